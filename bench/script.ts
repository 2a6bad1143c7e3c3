/** The commands that the benches send: made ahead on the pure core and sealed, so that what is measured is the engine and not the edge. */
import { randomBytes } from 'node:crypto';
import { currentVersion, dateAt, dateOf, epochDay } from '../cases/index.ts';
import type { Actor, CommandType, Envelope } from '../schemas/index.ts';
import { sealed } from '../test/support/case.ts';
import { secret } from '../test/support/ledger.ts';
import { World, actor, day, pack } from '../test/support/world.ts';
import type { CaseInput } from '../workflows/messages.ts';

export type Script = { caseNo: string; input: CaseInput; envelopes: Envelope[] };
const sealLifeMs = 10 * 60_000;

const freshCaseNo = (): string => `YC-2026-JY-${String(randomBytes(4).readUInt32BE() % 100_000_000).padStart(8, '0')}`;

/** 登记, 核实, 属实, 分级, 交办, 签收 and then so many 立改措施. */
export function scriptOf(measures: number): Script {
  const caseNo = freshCaseNo();
  const world = new World(caseNo, Date.now(), pack);
  const due = dateOf(epochDay(dateAt(pack.calendar, world.at + day)) + 1);
  const uo = actor('UO', 1, 'U1');
  const measure = (n: number) => ({ taskId: `C${n}`, measure: '修订指南', target: '不再跑第二趟', owner: uo.person, due, mark: '现场可查' });
  const steps: [CommandType, Actor, unknown][] = [
    ['capture', actor('INTAKE'), captured],
    ['verifyStart', actor('VERIFIER'), {}],
    ['confirmValid', actor('VERIFIER'), { record: { facts: '属实', contacted: '已联系', conclusion: '属实' } }],
    ['triage', actor('HUB'), { colour: 'blue', track: 'immediate', reasonCode: 'N0' }],
    ['assign', actor('HUB'), { leadUnit: 'U1', unitHead: 'UH-1@U1', coopUnits: [] }],
    ['signFor', actor('UC', 1, 'U1'), {}],
    ...Array.from({ length: measures }, (_, n): [CommandType, Actor, unknown] => ['addMeasure', uo, measure(n + 1)]),
  ];
  return { caseNo, input: { caseNo, machine: currentVersion, pack }, envelopes: steps.map((step) => stepped(world, step)) };
}

const captured = { source: 'rating', externalKey: 'K1', field: 'JY', matter: { code: 'M1', name: '入学材料' }, ratedUnit: 'U1', place: '东湖区', raters: [{ raterId: 'R1', feedbackId: 'F1', named: true }] };

/** The world takes the step as well, so that the next one stands on it. */
function stepped(world: World, [type, by, payload]: [CommandType, Actor, unknown]): Envelope {
  const more = { commandId: `c-${randomBytes(6).toString('hex')}`, facts: { keyNew: true } };
  const env = JSON.parse(JSON.stringify(world.envelope(type, by, payload, more))) as Envelope;
  const result = world.send(env);
  if (!result.ok) throw new Error(`${type}: ${result.refusal.code} ${result.refusal.en}`);
  return sealed(world.state.caseNo, env, secret, Date.now() + sealLifeMs);
}

/** A command that is refused in every stage: not by this role. */
export function refusedEnvelope({ caseNo }: Script): Envelope {
  const world = new World(caseNo, Date.now(), pack);
  const env = JSON.parse(JSON.stringify(world.envelope('signClosure', actor('UH', 1, 'U1'), { opinion: '同意' }, { commandId: `c-${randomBytes(6).toString('hex')}` }))) as Envelope;
  return sealed(caseNo, env, secret, Date.now() + sealLifeMs);
}
