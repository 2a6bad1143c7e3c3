-- Feedback in two parts: what may be shown (masked) and what is sealed. What stood here whole moves to `sealed` as it is, into a new
-- table so that nothing of it stays behind in the old one's file; the ledger splits it when it opens (carry-over.ts).

-- Personal data, as a vault wrote it; `alg` says which. `ref` names the record that it belongs to: `feedback:<id>`, `past:<key>`.
create table sealed (ref text primary key, alg text not null, content bytea not null);

-- Random keys of this ledger, 64 hex digits, made once.
create table ledger_keys (name text primary key, key text not null);

create table open_feedback (
  feedback_id text primary key,
  -- RFC 8785 text of the open part. Null until what an older version wrote has been split.
  content text,
  -- HMAC over the whole record but `receivedAt`, by which a repeat is told from other content without opening anything.
  print text,
  kind text,
  level integer,
  channel text,
  field text,
  matter_code text,
  unit text,
  place text,
  said_at bigint,
  received_at bigint,
  accepted_at bigint,
  terminal text,
  is_default boolean not null default false,
  -- A report of misconduct, or an order that is to be kept secret.
  secret boolean not null default false,
  -- HMAC of the phone or identity number: one rater is recognised, and not shown.
  rater_key text,
  case_no text,
  -- When it was taken in from a file; null for what was entered by hand.
  recorded_at bigint,
  happened_at bigint generated always as (coalesce(said_at, received_at)) stored,
  constraint feedback_is_split check ((content is null) = (kind is null) and (content is null) = (print is null))
);
insert into sealed (ref, alg, content) select 'feedback:' || feedback_id, 'none', convert_to(content, 'UTF8') from feedback;
insert into open_feedback (feedback_id) select feedback_id from feedback;
-- The first entry of a case names the feedback that it began with. An id holds neither quotes nor backslashes; read as text, because a
-- body may hold what this database cannot read as JSON.
update open_feedback set case_no = e.case_no from entries e
  where e.seq = 1 and position('"type":"capture"' in e.header) > 0 and substring(e.body from '"feedbackId":"([^"]+)"') = open_feedback.feedback_id;
drop table feedback;
alter table open_feedback rename to feedback;
alter index open_feedback_pkey rename to feedback_pkey;

create index feedback_happened on feedback (happened_at, feedback_id);
create index feedback_case on feedback (case_no) where case_no is not null;
create index feedback_terminal on feedback (terminal, said_at) where terminal is not null;
create index feedback_rater on feedback (rater_key, happened_at) where rater_key is not null;
create index feedback_unit on feedback (unit, happened_at);
create index feedback_unsplit on feedback (feedback_id) where content is null;

-- Items of an imported ledger that were closed before: history to read, not cases.
create table past_problems (key text primary key, content jsonb not null, print text not null, imported_at bigint not null);

create function past_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'past problems are append-only (历史台账只增不改): % refused', tg_op using errcode = 'restrict_violation';
end
$$;
create trigger past_rows before update or delete on past_problems for each row execute function past_is_append_only();
create trigger past_table before truncate on past_problems for each statement execute function past_is_append_only();
