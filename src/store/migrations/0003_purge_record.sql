-- What has been deleted because it was old enough, so that the municipality can show that it keeps its own rules.
--
-- Every run leaves one line for itself (its `rule` is null) and one for each rule that deleted something. A line is
-- written in the same transaction as the deletion that it tells of. `id` begins with the run, so that its lines stand
-- together; `cutoff` is the time that the deleted rows were older than.
create table purge_record (
    id text primary key,
    rule text,
    removed bigint not null default 0,
    cutoff bigint not null default 0,
    ran_at bigint not null default 0
);

-- Reading the record, latest run first.
create index purge_record_by_time on purge_record (ran_at, id);
