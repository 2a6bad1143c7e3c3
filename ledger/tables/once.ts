import { canonical, caseError } from '../../schemas/index.ts';

/** What is saved twice under one id must be the same. @throws BAD-INPUT naming `what` */
export function sameOrRefuse(what: string, stored: unknown, given: unknown): void {
  if (canonical(stored) !== canonical(given)) throw caseError('BAD-INPUT', { zh: `${what} 已登记, 内容不同`, en: `${what} is on record with other content` });
}
