import type { CommandType, RoleId, RuleId, StageId } from '../schemas/index.ts';
import type { ConditionId } from './conditions.ts';
import type { EffectId } from './effects/index.ts';

/** One row of the case table, as `table.ts` holds it. */
export type Row = {
  readonly row: string;
  readonly part: 'main' | 'extension' | 'task' | 'callback' | 'alert' | 'appeal' | 'pending';
  readonly from: readonly StageId[];
  readonly command: CommandType;
  readonly zh: string;
  readonly en: string;
  readonly actor: string;
  /** Who acts, in order; the first acts, each further one approves. `if`: the step is needed under that condition only. */
  readonly steps: readonly { readonly roles: readonly RoleId[]; readonly if?: ConditionId }[];
  readonly guards: readonly { readonly rule: RuleId; readonly when?: ConditionId }[];
  readonly to: readonly { readonly if?: ConditionId; readonly to: StageId | 'same' | 'work' | 'remembered' }[];
  readonly with: { readonly region?: string; readonly task?: readonly string[]; readonly act?: string };
  readonly limit: unknown;
  readonly visible: 'case' | 'office' | 'served' | 'covert' | 'sealed' | 'asRow';
  readonly do: readonly EffectId[];
  readonly docs: readonly string[];
  readonly notify: readonly string[];
};
