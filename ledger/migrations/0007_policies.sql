-- Policy packs as people read them: names, notices and citations of a compiled pack, under its hash. Append-only: a name and version
-- stand for one text.
create table policy_texts (hash text primary key, name text not null, version integer not null, content text not null, saved_at bigint not null, unique (name, version));

-- Which pack new cases got from when on. Append-only.
create table policy_adoptions (id bigint generated always as identity primary key, hash text not null, before text not null, at bigint not null);
