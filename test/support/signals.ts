/** The demonstration's file of feedback, read as the import reads it, and its cases opened one by one where a story asks for them. */
import { Edition, compileCalendar } from '../../cases/index.ts';
import type { CaseClient } from '../../client/client.ts';
import { directory } from '../../demo/directory.ts';
import type { StoryDriver } from '../../demo/driver.ts';
import { feedbackFile } from '../../demo/feedback/make.ts';
import { intake } from '../../demo/people.ts';
import { bind, contextOf, kindOfSheet, kinds, openTable, openingId } from '../../import/index.ts';
import type { Feedback } from '../../schemas/index.ts';
import calendar from '../../data/calendar-cn.json' with { type: 'json' };

/** Monday 2026-03-02, 09:00 in Shanghai. */
const monday = Date.UTC(2026, 2, 2, 1);

async function readSignals(): Promise<Map<string, Feedback>> {
  const context = contextOf({ directory, calendar: compileCalendar(Edition.parse(calendar)), now: monday });
  const file = await openTable(feedbackFile);
  const found = new Map<string, Feedback>();
  for await (const sheet of file.sheets()) {
    const kind = kinds[kindOfSheet(sheet.headers) ?? 'rating'];
    const binding = bind(kind.columns, sheet.headers);
    for await (const row of sheet.rows()) {
      const read = kind.map(row, binding, context);
      if ('key' in read && 'feedback' in read.item && !found.has(read.key)) found.set(read.key, read.item.feedback);
    }
  }
  await file.close();
  return found;
}
const signals = readSignals();

/** Opens a signal's case when it is first asked for. One person has one reference, as where a ledger knows them by their number. */
export function signalsFor(client: CaseClient, now: () => number): StoryDriver['signal'] {
  const people = new Map<string, string>();
  return async (key) => {
    const said = (await signals).get(key);
    if (said === undefined) throw new Error(`the file has no ${key}`);
    const phone = said.rater?.phone;
    const raterId = phone === undefined ? said.rater?.raterId : (people.get(phone) ?? people.set(phone, said.rater?.raterId ?? '').get(phone));
    const feedback = { ...said, receivedAt: now(), ...(said.rater === undefined || raterId === undefined ? {} : { rater: { ...said.rater, raterId } }) };
    const { caseNo } = await client.openCase(feedback, { ...intake, commandId: openingId(key), externalKey: key });
    return { caseNo, commandId: openingId(key), feedback };
  };
}
