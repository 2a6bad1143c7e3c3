-- The record: entries, what a repeat is recognised by, and what never enters a case. Append-only where it says so.
-- Instants are milliseconds since 1970 (bigint). Text columns hold RFC 8785 JSON where the very bytes matter.

create table entries (
  case_no text not null,
  seq integer not null check (seq > 0),
  hash text not null,
  header text not null,
  body text not null,
  primary key (case_no, seq)
);

create function entries_are_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'entries are append-only (台账分录只增不改): % refused', tg_op using errcode = 'restrict_violation';
end
$$;
create trigger entries_rows before update or delete on entries for each row execute function entries_are_append_only();
create trigger entries_table before truncate on entries for each statement execute function entries_are_append_only();
revoke update, delete, truncate on entries from public;

-- The end of each chain. The row is locked by whoever appends to the case.
create table heads (case_no text primary key, seq integer not null, hash text not null);

-- The secret behind `bodyCommit`, 64 hex digits. Destroying a row makes every commitment of the case unguessable for ever.
create table case_keys (case_no text primary key, key text not null);

create table commands (
  case_no text not null,
  command_id text not null,
  fingerprint text not null,
  seq integer not null,
  receipt jsonb,
  primary key (case_no, command_id)
);

create table case_counters (prefix text not null, year integer not null, field text not null, last integer not null, primary key (prefix, year, field));
create table case_numbers (case_no text primary key, external_key text not null unique, command_id text not null);

create table refusals (
  case_no text not null,
  command_id text not null,
  fingerprint text not null,
  revision integer not null,
  code text not null,
  type text not null,
  person text not null,
  role text not null,
  unit text not null,
  by text not null,
  count bigint not null,
  first_at bigint not null,
  last_at bigint not null,
  primary key (case_no, command_id, fingerprint, revision, code)
);

create table effects (
  key text primary key,
  kind text not null,
  case_no text not null,
  seq integer not null,
  at bigint not null,
  content text not null,
  delivered_at bigint,
  attempts integer not null default 0
);
create index effects_pending on effects (at, key) where delivered_at is null;
create index effects_case on effects (case_no, seq);

create table feedback (feedback_id text primary key, content text not null);

create table exhibits (id text primary key, case_no text not null, sha256 text not null, content text not null, registered_at bigint not null);
create index exhibits_case on exhibits (case_no);

create table directories (version integer primary key, content text not null, imported_at bigint not null);

create table policies (hash text primary key, name text not null, content text not null, saved_at bigint not null);
create table calendars (hash text primary key, name text not null, content text not null, saved_at bigint not null);
create table current_pack (one boolean primary key default true check (one), policy text not null, calendar text not null, since bigint not null);

create table draws (case_no text primary key, commitment text not null, drawn boolean not null, committed_at bigint not null);

create table runs (
  case_no text not null,
  run_id text not null,
  sha256 text not null,
  bytes bytea not null,
  at bigint not null,
  primary key (case_no, run_id)
);
