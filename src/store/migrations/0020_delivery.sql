-- What staff are told outside the console: who is told of what and when, and each time that they are.
--
-- `address` is a mail address of the municipality's, or the address of a webhook, which lets whoever has it write there: it
-- is shown to nobody. `secret` signs what is sent. `hour` is in the municipality's time zone. `next_at` is when the next
-- digest is due, 0 for never; `told_until` is up to when the digests have told; `calls_since` is when it began to be told at
-- once of those who want to be called, 0 for not at all. `version` grows with every act of staff. Times are milliseconds
-- since 1970, UTC.
create table subscription (
    id text primary key,
    courier text not null default 'mail' check (courier in ('mail', 'teams', 'slack', 'discord', 'json')),
    address text not null default '',
    secret text not null default '',
    rhythm text not null default 'weekdays' check (rhythm in ('never', 'weekdays', 'weekly')),
    hour bigint not null default 8,
    office text not null default '',
    language text not null default '',
    calls_since bigint not null default 0,
    next_at bigint not null default 0,
    told_until bigint not null default 0,
    changed_at bigint not null default 0,
    changed_by text not null default '',
    version bigint not null default 0
);

-- One thing that is told once. It holds nothing of what is told: that is worked out when it is sent, so that no wording
-- outlives its question here. `about` is the day of a digest, or the one who wants to be called; `told_from` and `told_until`
-- are the time that a digest tells of. `due_at` is when it is tried next, `claimed_until` until when somebody tries it,
-- `began_at` is what giving up is counted from. `why` is a code, `detail` what the other side answered with.
create table delivery (
    id text primary key,
    subscription text not null default '' references subscription (id) on delete cascade,
    kind text not null default 'digest' check (kind in ('digest', 'call', 'test')),
    about text not null default '',
    told_from bigint not null default 0,
    told_until bigint not null default 0,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'quiet', 'failed')),
    attempts bigint not null default 0,
    created_at bigint not null default 0,
    began_at bigint not null default 0,
    due_at bigint not null default 0,
    claimed_until bigint not null default 0,
    changed_at bigint not null default 0,
    why text not null default '',
    detail text not null default ''
);

-- Nothing is told twice; what is to be sent; what a subscription has sent; and deleting what is old.
create unique index delivery_once on delivery (subscription, kind, about);
create index delivery_due on delivery (due_at, id) where state = 'waiting';
create index delivery_by_subscription on delivery (subscription, created_at);
create index delivery_by_age on delivery (created_at, id);
