import type { DuplicateQuery, LikelyDuplicate, Suspicion, SuspicionCode, SuspicionQuery } from '../intake.ts';
import { pageSize, textOf } from '../sql-text.ts';
import type { Queries } from '../sql-store.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** 异常线索, the latest first, 100 to a page unless told. Computed from what was said and when; nothing is stored. */
export async function readSuspicions(db: Queries, q: SuspicionQuery = {}): Promise<Suspicion[]> {
  const burst = q.burst ?? { count: 5, minutes: 10 };
  const rater = q.rater ?? { count: 5, days: 30 };
  const rows = await db.query(SUSPICIONS, [
    q.from ?? null, q.to ?? null, q.unit ?? null, q.secret ?? null, q.code ?? null, pageSize(q.limit, 100),
    burst.count, Math.round(burst.minutes * minute), rater.count, Math.round(rater.days * day),
  ]);
  return rows.map((row) => ({
    code: String(row['code']) as SuspicionCode,
    feedbackId: String(row['feedback_id']),
    caseNo: textOf(row['case_no']),
    unit: textOf(row['unit']),
    at: Number(row['happened_at']),
    numbers: row['numbers'] as Record<string, number>,
  }));
}

/**
 * The largest number of rows within `span` ms of each other that a row is one of: rows that end in it are counted back, and the largest
 * count that it takes part in is looked for ahead.
 */
const crowd = (by: string, at: string, span: string, where: string): string => `
  select feedback_id, max(n) over (partition by ${by} order by ${at} range between current row and ${span}::bigint following) as n
  from (select feedback_id, ${by}, ${at}, count(*) over (partition by ${by} order by ${at} range between ${span}::bigint preceding and current row) as n
        from feedback where ${by} is not null and ${at} is not null and ${where}
          and ($1::bigint is null or ${at} >= $1 - ${span}::bigint) and ($2::bigint is null or ${at} < $2 + ${span}::bigint)) counted`;

const wanted = (code: SuspicionCode): string => `($5::text is null or $5 = '${code}')`;

const SUSPICIONS = `
with burst as (${crowd('terminal', 'said_at', '$8', `kind = 'rating' and ${wanted('TERMINAL-BURST')}`)}),
same as (${crowd('rater_key', 'happened_at', '$10', wanted('SAME-RATER'))}),
fives as (
  select feedback_id, is_default and level = 5 as five, count(*) filter (where is_default and level = 5) over (partition by unit) as defaults, count(*) over (partition by unit) as ratings
  from feedback where kind = 'rating' and ${wanted('DEFAULT-FIVE')} and ($1::bigint is null or happened_at >= $1) and ($2::bigint is null or happened_at < $2)),
found as (
  select 'RATED-BEFORE-SERVICE' as code, feedback_id, json_build_object('saidAt', said_at, 'acceptedAt', accepted_at) as numbers
    from feedback where said_at < accepted_at and ${wanted('RATED-BEFORE-SERVICE')}
  union all select 'TERMINAL-BURST', feedback_id, json_build_object('count', n, 'withinMs', $8::bigint) from burst where n >= $7::integer
  union all select 'DEFAULT-FIVE', feedback_id, json_build_object('defaults', defaults, 'ratings', ratings) from fives where five
  union all select 'SAME-RATER', feedback_id, json_build_object('count', n, 'withinMs', $10::bigint) from same where n >= $9::integer)
select s.code, s.feedback_id, f.case_no, f.unit, f.happened_at, s.numbers from found s join feedback f on f.feedback_id = s.feedback_id
where ($1::bigint is null or f.happened_at >= $1) and ($2::bigint is null or f.happened_at < $2)
  and ($3::text is null or f.unit = $3) and ($4::boolean is null or f.secret = $4)
order by f.happened_at desc, f.feedback_id, s.code limit $6`;

/**
 * 疑似重复: open cases about the same matter, at the same place or of the same unit, said within so many days (15) of each other. Each
 * is shown beside the oldest within that time, so that a crowd of them is as many lines as cases.
 */
export async function readDuplicates(db: Queries, q: DuplicateQuery = {}): Promise<LikelyDuplicate[]> {
  const rows = await db.query(DUPLICATES, [Math.round((q.days ?? 15) * day), q.unit ?? null, q.field ?? null, q.case ?? null, pageSize(q.limit, 100)]);
  return rows.map((row) => ({
    caseNo: String(row['case_no']),
    other: String(row['other']),
    because: { matter: String(row['matter']), unit: textOf(row['unit']), place: textOf(row['place']), apartMs: Number(row['apart']) },
  }));
}

/** Instant and number in one text, so that the least of them is the oldest, and of two at once always the same one. */
const oldest = (by: string): string => `
  select case_no, matter, ${by === 'unit' ? 'unit, null as place' : 'null as unit, place'}, at, field, own_unit,
    min(lpad(at::text, 15, '0') || case_no) over (partition by matter, ${by} order by at range between $1::bigint preceding and current row) as first
  from standing where ${by} is not null`;

const DUPLICATES = `
with standing as (
  select p.case_no, p.field, p.board->>'matterCode' as matter, p.board->>'ratedUnit' as unit, p.board->>'ratedUnit' as own_unit, p.board->>'place' as place,
    coalesce((select min(f.happened_at) from feedback f where f.case_no = p.case_no), (p.board->>'capturedAt')::bigint) as at
  from problems p where p.board->>'kind' = 'open'),
pairs as (${oldest('unit')} union all ${oldest('place')})
select case_no, substring(first from 16) as other, matter, max(unit) as unit, max(place) as place, min(at - substring(first for 15)::bigint) as apart
from pairs where substring(first from 16) <> case_no and ($2::text is null or own_unit = $2) and ($3::text is null or field = $3)
  and ($4::text is null or case_no = $4 or substring(first from 16) = $4)
group by case_no, substring(first from 16), matter order by case_no, other limit $5`;
