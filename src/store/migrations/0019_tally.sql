-- How much is asked, and how it goes: how often something happened, by day.
--
-- Only numbers: no conversation, no words, and nothing that ties two of them to one person. `day` is as in 2026-11-23, where
-- the municipality is. `language` is the code of the one that was asked in. `office` is the entry of the one that owns what
-- answered, or that was named; `entry` is what answered. Both are empty when there was none, and of a help line. Nothing of
-- a crisis is counted. The codes of what happened are not checked here, so that a later version can know more of them and
-- still be rolled back. Rows of more than three years ago are deleted.
create table tally (
    day text not null default '',
    happening text not null default '',
    language text not null default '',
    channel text not null default '',
    office text not null default '',
    entry text not null default '',
    count bigint not null default 0,
    primary key (day, happening, language, channel, office, entry)
);
