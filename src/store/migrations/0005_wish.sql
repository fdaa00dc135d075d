-- Where someone wants to be told that their question has been answered: the one address that leads to a person.
--
-- It is left on purpose, serves only this, and is deleted when it has been used, when whoever left it erases what is
-- theirs, and with the question. `claimed_until` keeps two replicas from telling the same person at once.
create table wish (
    receipt text not null default '' references question (receipt) on delete cascade,
    channel text not null default '',
    address text not null default '',
    language text not null default '',
    wished_at bigint not null default 0,
    claimed_until bigint not null default 0,
    primary key (receipt, channel, address)
);

-- Erasing what one person has left.
create index wish_by_address on wish (channel, address);
