/** Words of moving cases to another calendar edition or policy pack: part of the one catalogue (`messages.ts`). */
export const adoptionHelp = {
  adoptEdition: { zh: '日历版本 (编号, 或文件: JSON、日期表)', en: 'an edition (id, or a file: JSON, a table of dates)' },
  adoptDryRun: { zh: '只试算, 什么也不改', en: 'say what would happen, and change nothing' },
  adoptCase: { zh: '只这一件', en: 'this case alone' },
  adoptEveryCase: { zh: '未封存的每一件, 各有结果', en: 'every case that is not retired, each with an outcome of its own' },
} as const;

export const adoptionEvents = {
  adoptionOf: {
    zh: '改用 {id}: {cases} 件中 {moved} 个日期会变, {confirmed} 个由暂定转为确定, {rest} 个须由人核定; 什么也没有改',
    en: '{cases} cases: {moved} dates would move, {confirmed} would be confirmed, {rest} are for a person; nothing was changed',
  },
  adoptionFaults: { zh: '分录不成立, 未试算: {cases}', en: 'not counted, their entries do not hold' },
  adoptedSum: {
    zh: '改用 {id}: {cases} 件中 {adopted} 件已改, {unchanged} 件早已是, {refused} 件被拒绝, {failed} 件失败; {moved} 个日期变动',
    en: '{cases} cases: {adopted} adopted it, {unchanged} had it, {refused} refused, {failed} failed; {moved} dates moved',
  },
  adoptedAgain: { zh: '有失败的: 再运行一次即可, 已改的不会再改', en: 'some failed: run it again, what is done stays done' },
  adoptOneWay: { zh: '--case 与 --every-case 二选一', en: 'either --case or --every-case' },
  adoptNoCase: { zh: '须写 --case 或 --every-case', en: 'goes with --case or --every-case' },
  adoptNobody: { zh: '须写 --as: 改一件案件是一个人的操作', en: "needs --as: moving a case is somebody's act" },
} as const;

export const adoptionWords = {
  adopted: '已改 adopted',
  unchanged: '早已是 unchanged',
  refused: '被拒绝 refused',
  failed: '失败 failed',
} as const;
export const changeWords = {
  moved: '会变 moves',
  confirmed: '转为确定 confirmed',
  unclear: '须核定 for a person',
  offDay: '将是非工作日 off day',
} as const;
export const dateWords = {
  totalDue: '总期限',
  publicity: '公示期',
  supplement: '补正',
  resumeBy: '暂缓至',
  task: '任务期限',
  retire: '封存',
  ratification: '补签',
  act: '督办答复',
  lookback: '回头看',
  limit: '随之变动',
} as const;
