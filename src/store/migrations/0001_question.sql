-- Every question that was not answered from the knowledge base, or whose answer did not help.
--
-- The wording has been masked before it comes here: names, numbers and addresses are gone. The conversation is a
-- random id that leads to no person; it is kept so that whoever asked can have everything erased. `nearest` is the
-- entries that came closest, as JSON: [["grants/aktivitetsstod", 0.41], …]. Times are milliseconds since 1970, UTC.
-- `answered_by` is a role, never a person. `changed_at` is when staff last touched the question, and what the rules of
-- deletion count from.
create table question (
    receipt text primary key,
    conversation text not null default '',
    wording text not null default '',
    language text not null default '',
    channel text not null default '',
    reason text not null default 'unknown' check (reason in ('routed', 'unknown', 'unhelpful')),
    office text,
    nearest text not null default '[]',
    asked_at bigint not null default 0,
    state text not null default 'new'
        check (state in ('new', 'assigned', 'answered', 'taught', 'not-ours', 'dismissed')),
    answer text,
    answered_at bigint,
    answered_by text,
    changed_at bigint not null default 0
);

-- The console lists questions newest first, a page at a time.
create index question_by_time on question (asked_at, receipt);

-- Counting by state, and deleting what has been in a state for long enough.
create index question_by_state on question (state, changed_at);

-- Erasing what one conversation has left behind.
create index question_by_conversation on question (conversation);
