-- What staff have been told of in a channel: a message for each group of questions, with how many it says there are.
--
-- `channel` and `message` are ids of the channel's own; the message is empty until it has been written. The wording is
-- read from the questions, so that it goes with them. `claimed_until` keeps two replicas from writing the same message.
create table staff_post (
    channel text not null default '',
    grouping text not null default '',
    message text not null default '',
    shown bigint not null default 0,
    state text not null default 'open' check (state in ('open', 'closed')),
    posted_at bigint not null default 0,
    claimed_until bigint not null default 0,
    primary key (channel, grouping)
);

-- Which daily digests have been written, so that two replicas do not both write one. `day` is as in 2026-11-23.
create table digest (
    channel text not null default '',
    day text not null default '',
    written_at bigint not null default 0,
    primary key (channel, day)
);
