-- How far people come on the guided ways in: how often a step was reached, and how often someone stopped there, by day.
--
-- Only numbers: no conversation, no words, and nothing that ties two steps to one person. `day` is as in 2026-11-23, where the
-- municipality is. Rows of more than a year ago are deleted.
create table path_step (
    day text not null default '',
    path text not null default '',
    step text not null default '',
    happening text not null default 'reached' check (happening in ('reached', 'stopped')),
    count bigint not null default 0,
    primary key (day, path, step, happening)
);
