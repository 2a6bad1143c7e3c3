/** The case workflow with one command more at its start: what a careless change would be. For the replay test alone. */
import { sleep } from '@temporalio/workflow';
import { caseWorkflow as real } from '../../workflows/case.ts';
import type { CaseInput, CaseOutcome } from '../../workflows/messages.ts';

export async function caseWorkflow(input: CaseInput): Promise<CaseOutcome> {
  await sleep('1s');
  return real(input);
}
