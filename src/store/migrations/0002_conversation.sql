-- Where a conversation stands, so that "and when is the last day?" is understood after a restart and by any replica.
--
-- The body is JSON that only `desk` reads and writes; it holds nothing that has not been masked.
create table conversation (
    id text primary key,
    body text not null default '{}',
    changed_at bigint not null default 0
);

-- Deleting conversations that have gone quiet.
create index conversation_by_time on conversation (changed_at);
