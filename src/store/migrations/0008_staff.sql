-- Who works with lots, and what they may do.
--
-- `password` is an argon2id hash in the PHC string format, never the password. `office` is the entry of the office that
-- someone works for. An account is closed and not deleted, so that the trail of what was done still names someone.
create table account (
    name text primary key,
    role text not null default 'reader' check (role in ('reader', 'editor', 'admin')),
    state text not null default 'open' check (state in ('open', 'closed')),
    office text,
    password text not null default '',
    made_at bigint not null default 0,
    changed_at bigint not null default 0
);

-- Who is signed in. `token` is the SHA-256 of what the browser holds, which is kept nowhere.
create table staff_session (
    token text primary key,
    account text not null default '' references account (name) on delete cascade,
    begun_at bigint not null default 0,
    seen_at bigint not null default 0,
    until bigint not null default 0
);

-- Ending all that one account has begun.
create index staff_session_by_account on staff_session (account);

-- How often someone has tried to sign in of late, by name and by client: `subject` is a hash that leads to neither. `since`
-- is when the count began; lines are deleted when it no longer matters.
create table sign_in_attempt (
    subject text primary key,
    attempts bigint not null default 0,
    since bigint not null default 0
);
