-- Calendar editions as people wrote them, with names and notices, kept for ever. `calendar` is what they compile to: several editions
-- may mark the same days, so that they have rows of their own beside the compiled ones.
create table editions (
  hash text primary key,
  id text not null unique,
  calendar text not null references calendars (hash),
  content text not null,
  saved_at bigint not null
);
