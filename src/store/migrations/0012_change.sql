-- What staff have decided that the base says: an entry, an example question, a concern of an office. As JSON, laid over
-- the files of the base while it is `live`; a `draft` is being written, and is seen by staff alone.
--
-- `form` is what was typed, so that a draft can be gone on with. `before` is where the cluster stood, for undoing.
-- `place` is the order in which live changes are laid.
create table change (
    id text primary key,
    cluster text not null default '',
    act text not null default 'answer' check (act in ('answer', 'teach', 'pass-on', 'mend')),
    about text not null default '',
    title text not null default '',
    body text not null default '[]',
    form text not null default '{}',
    state text not null default 'draft' check (state in ('draft', 'live', 'undone', 'retired', 'discarded')),
    version bigint not null default 0,
    made_by text not null default '',
    made_at bigint not null default 0,
    changed_by text not null default '',
    changed_at bigint not null default 0,
    published_by text not null default '',
    published_at bigint not null default 0,
    reason text not null default '',
    before text not null default '{}',
    place bigint not null default 0
);

-- Those that are laid, in order; and the newest, a page at a time.
create index change_by_place on change (state, place, id);
create index change_by_time on change (changed_at, id);
create index change_by_cluster on change (cluster, state);

-- A wording that must go on being answered as it is. `expected` is an entry, an office or another body, as answers are
-- named when changes are tried out. Masked, and without any tie to who asked.
create table regression (
    id text primary key,
    wording text not null default '',
    language text not null default '',
    expected text not null default '',
    change text not null default '',
    state text not null default 'live' check (state in ('live', 'undone', 'retired')),
    made_at bigint not null default 0
);

create index regression_by_state on regression (state, made_at, id);
create index regression_by_change on regression (change);
