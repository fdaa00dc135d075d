-- Who did what, and when: every act of staff, in a chain that shows when a line has been changed or taken away.
--
-- Lines are only ever added. The hash of a line is taken over the hash of the line before it and over all that the line
-- says. `who` is the sign-in name of a member of staff, or where an act came from, such as the command line; `about` is
-- what was acted on, such as `account/anna`. Nothing that a resident wrote stands here unmasked, and no password ever.
create table audit (
    seq bigint primary key,
    at bigint not null default 0,
    who text not null default '',
    act text not null default '',
    about text not null default '',
    before text not null default '',
    after text not null default '',
    reason text not null default '',
    hash text not null default ''
);

-- Reading what one person has done, and what has been done to one thing, latest first.
create index audit_by_who on audit (who, seq);
create index audit_by_about on audit (about, seq);

-- Where the chain ends. Whoever adds a line changes this row first, which lets one at a time do so; and it is how a line
-- that has been cut off the end is missed.
create table audit_head (
    id text primary key,
    seq bigint not null default 0,
    hash text not null default ''
);
insert into audit_head (id) values ('head');
