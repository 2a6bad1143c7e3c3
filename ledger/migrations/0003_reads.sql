-- Who looked at personal data, of which case and why. A row for each time; append-only like the entries.
create table reads (
  id bigint generated always as identity primary key,
  case_no text not null,
  what text not null,
  person text not null,
  role text not null,
  unit text not null,
  reason text,
  masked boolean not null,
  at bigint not null
);
create index reads_case on reads (case_no, id);

create function reads_are_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'reads are append-only (查阅记录只增不改): % refused', tg_op using errcode = 'restrict_violation';
end
$$;
create trigger reads_rows before update or delete on reads for each row execute function reads_are_append_only();
create trigger reads_table before truncate on reads for each statement execute function reads_are_append_only();
