import type { PolicyMore } from '../../schemas/index.ts';

type Of<K extends keyof PolicyMore> = NonNullable<PolicyMore[K]>;
type Standard = { caps: Of<'caps'>; thresholds: Of<'thresholds'>; marks: Of<'marks'>; ladder: Of<'ladder'> };

/**
 * What holds where a compiled pack says nothing: caps, thresholds, marks and ladder of `data/policies/default.yaml` (a test compares
 * them). The first packs carried none of these, and their hashes are pinned by cases: it never changes.
 */
export const standard: Standard = {
  caps: { extensions: 2, extensionNotice: { amount: 1, unit: 'wd' }, redExtensionNotice: { amount: 4, unit: 'h' }, renewals: 1, reinspectionBuffer: { amount: 5, unit: 'wd' } },
  thresholds: { behindPoints: 15, failsRed: 2, dissatisfiedRed: 2, extensionsRed: 3, planReturnsTalk: 2, talkAfterRed: { amount: 5, unit: 'wd' }, overdueTimes: 3 },
  marks: [
    { id: 'half', command: 'remind', at: { elapsed: 0.5 } },
    { id: 'three-days', command: 'remind', at: { before: { amount: 3, unit: 'wd' } } },
    { id: 'near-share', command: 'nearDue', at: { left: 0.2 } },
    { id: 'near-day', command: 'nearDue', at: { before: { amount: 1, unit: 'wd' } } },
    { id: 'overdue', command: 'fallOverdue', at: { elapsed: 1 } },
  ],
  ladder: [
    { level: 0, command: 'remind', alert: 'none', by: ['SYS'] },
    { level: 1, command: 'issueUrge', alert: 'blue', by: ['SUP'] },
    { level: 2, command: 'issueSupervisionLetter', alert: 'yellow', by: ['SUP'] },
    { level: 3, command: 'issueRedNotice', alert: 'red', by: ['HUB'] },
    { level: 4, command: 'summonTalk', alert: 'red', by: ['LDR_DEPUTY', 'LDR_CHIEF'] },
    { level: 5, command: 'issueCircular', alert: 'red', by: ['LDR_CHIEF'] },
    { level: 6, command: 'listForSupervision', alert: 'red', by: ['LDR_DEPUTY', 'LDR_CHIEF'] },
    { level: 7, command: 'proposeAccountability', alert: 'red', by: ['LDR_CHIEF'] },
  ],
};
