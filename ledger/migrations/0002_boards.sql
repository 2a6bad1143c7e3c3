-- Projections: what lists and pages read. Rebuilt from entries at any time; written in the transaction that appends.

create table problems (
  case_no text primary key,
  seq integer not null,
  stage text not null,
  colour text,
  lead_unit text,
  field text not null,
  due bigint,
  board jsonb not null
);
create index problems_stage on problems (stage, case_no);
create index problems_colour on problems (colour, case_no);
create index problems_unit on problems (lead_unit, case_no);
create index problems_field on problems (field, case_no);
create index problems_due on problems (due) where due is not null;

create table tasks (
  case_no text not null,
  task_id text not null,
  measure text not null,
  unit text not null,
  owner text not null,
  due text not null,
  state text not null,
  rework boolean not null,
  primary key (case_no, task_id)
);
create index tasks_unit on tasks (unit, state);

create table publications (case_no text primary key, text text, starts bigint not null, ends bigint not null, exempt text);
create index publications_window on publications (starts, ends);

create table documents (
  case_no text not null,
  seq integer not null,
  n integer not null,
  kind text not null,
  number text not null,
  signer text not null,
  recipient jsonb not null,
  served_at bigint,
  hash text not null,
  primary key (case_no, seq, n)
);

create table proofs (sha256 text not null, case_no text not null, primary key (sha256, case_no));
