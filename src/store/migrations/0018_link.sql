-- What was found behind each web address that the base leads to, and when it is looked at again.
--
-- `finding` is a code, empty until it has been looked at; it is not checked here, so that a later version can know more of
-- them and still be rolled back. `status` is what the site answered with, 0 for nothing. `moved` is where the page has moved to
-- for good. `failed_at` is since when there is nothing to be found, 0 while there is. Times are milliseconds since 1970, UTC.
create table link (
    address text primary key,
    finding text not null default '',
    status bigint not null default 0,
    moved text not null default '',
    failed_at bigint not null default 0,
    checked_at bigint not null default 0,
    due_at bigint not null default 0
);

-- Those whose time has come.
create index link_by_due on link (due_at, address);

-- Which answers residents have said did not help, of those that nobody has dealt with.
create index question_unhelpful on question (state, asked_at) where reason = 'unhelpful';
