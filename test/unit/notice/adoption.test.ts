/** What the unit and the head of the office are told when a case is moved to another calendar. */
import { expect, it } from 'vitest';
import { currentVersion } from '../../../cases/index.ts';
import { noticesOf } from '../../../client/notice/compose.ts';
import { Notice } from '../../../schemas/notice.ts';
import { adoptIn, withOff } from '../../support/adopting.ts';
import { testDirectory } from '../../support/directory.ts';
import { go, hub, toTriaged } from '../../support/scenarios/build.ts';
import { World } from '../../support/world.ts';

it('names the act and both dates of the total, to the unit and to the office', () => {
  const w = new World();
  toTriaged(w, 'blue', 'immediate');
  go(w, 'assign', hub, { due: undefined });
  const r = adoptIn(w, { calendar: withOff(['2026-03-04', '2026-03-05', '停止办公']) });
  const [effect] = r.ok ? r.effects : [];
  if (!effect) throw new Error('nobody is told');
  const notices = noticesOf(effect, {
    directory: testDirectory,
    today: '2026-03-02',
    now: w.at,
    calendar: w.pack.calendar,
    machine: currentVersion,
    board: null,
  });
  expect(notices.map((n) => n.person)).toEqual(expect.arrayContaining(['zhu', 'wang']));
  expect(notices[0]?.text).toEqual({
    zh: '【启用日历版本】YC-2026-JY-0001: 整改总期限由 2026-03-09 改为 2026-03-11',
    en: '[adopt a calendar edition] YC-2026-JY-0001: the total limit moves from 2026-03-09 to 2026-03-11',
  });
  expect(notices.every((n) => Notice.safeParse(n).success)).toBe(true);
});
