-- An idea that someone has handed over, for whoever takes ideas to answer.
--
-- The words have been masked before they come here. `audiences` and `needs` are codes with commas between them, `company`
-- is one code: what someone has chosen on the way. `receiver` is the entry of who takes ideas. `answered_by` is a role, never
-- a person; `changed_by` is the one of the staff who acted last, so that of two who act at once the second hears of it, which
-- is what `version` is for. What the rules of deletion count from is `changed_at`.
create table idea (
    receipt text primary key,
    conversation text not null default '',
    words text not null default '',
    audiences text not null default '',
    needs text not null default '',
    company text not null default '',
    receiver text not null default '',
    language text not null default '',
    channel text not null default '',
    asked_at bigint not null default 0,
    state text not null default 'new' check (state in ('new', 'answered', 'closed')),
    answer text,
    answered_at bigint,
    answered_by text,
    changed_at bigint not null default 0,
    changed_by text not null default '',
    version bigint not null default 0
);

-- Listing them, a page at a time; deleting what is old; and erasing what one conversation has left.
create index idea_by_time on idea (asked_at, receipt);
create index idea_by_state on idea (state, changed_at);
create index idea_by_conversation on idea (conversation);

-- Where someone wants to be told that their idea has been answered: what `wish` is for questions.
create table idea_wish (
    receipt text not null default '' references idea (receipt) on delete cascade,
    channel text not null default '',
    address text not null default '',
    language text not null default '',
    wished_at bigint not null default 0,
    claimed_until bigint not null default 0,
    primary key (receipt, channel, address)
);

-- Erasing what one person has left.
create index idea_wish_by_address on idea_wish (channel, address);
