-- Who wants to be reminded of a last day, by which channel: beside the wishes and the call backs the only table with addresses
-- of persons.
--
-- The address is left on purpose, serves only this, and is deleted with the last reminder, when whoever left it takes it back or
-- erases what is theirs, and when the day has passed. `day` is the last day as in 2027-02-25, and `looked_on` the day on which
-- it was last compared with the base, both where the municipality is. `told` is how many days before the day the last reminder
-- was for, and more than any when there was none. `claimed_until` keeps two replicas from reminding the same person at once.
create table reminder (
    channel text not null default '',
    address text not null default '',
    entry text not null default '',
    day text not null default '',
    language text not null default '',
    told bigint not null default 1000,
    looked_on text not null default '',
    asked_at bigint not null default 0,
    claimed_until bigint not null default 0,
    primary key (channel, address, entry)
);

-- What has not been looked at today.
create index reminder_by_look on reminder (channel, looked_on);
-- What is past its time.
create index reminder_by_day on reminder (day);
