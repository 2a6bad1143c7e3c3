-- What was done, one short row for each entry: what statistics count by. A projection like the others, made anew from entries alone.
create table acts (
  case_no text not null,
  seq integer not null,
  type text not null,
  fired text not null,
  outcome text not null,
  from_stage text not null,
  to_stage text not null,
  at bigint not null,
  primary key (case_no, seq)
);

-- Escapes that this database cannot read (NUL, lone halves of characters) stand for nothing here.
insert into acts (case_no, seq, type, fired, outcome, from_stage, to_stage, at)
select e.case_no, e.seq, h.value->>'type', b.value->>'row', b.value->>'outcome', b.value->>'from', b.value->>'to', (coalesce(h.value->>'effectiveAt', h.value->>'at'))::bigint
from entries e,
  lateral (select e.header::json as value) h,
  lateral (select regexp_replace(e.body, '\\u(0000|d[89a-f][0-9a-f]{2})', '\\ufffd', 'gi')::json as value) b;
