-- Those who want to be called or written to by an office: beside `wish` the one table with an address that leads to a person.
--
-- It is left on purpose and serves only this. It is emptied when someone has called or written, and the whole row goes when
-- whoever left it takes it back or erases what is theirs, and when its time is up. `subject` has been masked. `claimed_by` is
-- the one of the staff who calls, or has called.
create table callback (
    id text not null default '' primary key,
    office text not null default '',
    address text not null default '',
    kind text not null default 'phone' check (kind in ('phone', 'email')),
    subject text not null default '',
    language text not null default '',
    channel text not null default '',
    conversation text not null default '',
    asked_at bigint not null default 0,
    due_at bigint not null default 0,
    state text not null default 'waiting' check (state in ('waiting', 'handled')),
    claimed_by text not null default '',
    claimed_at bigint not null default 0
);

-- The queue of an office, and that of all.
create index callback_by_office on callback (state, office, due_at);
create index callback_by_due on callback (state, due_at);

-- How many wait in a conversation or at an address; erasing a conversation; and deleting what is old.
create index callback_by_conversation on callback (conversation);
create index callback_by_address on callback (address);
create index callback_by_age on callback (asked_at);
