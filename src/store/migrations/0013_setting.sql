-- What all replicas hold to, by name: whether lots is resting, and which changes are laid. `version` grows whenever the
-- value is set, so that a replica that looks sees that something is new.
create table setting (
    name text primary key,
    value text not null default '',
    version bigint not null default 0,
    changed_at bigint not null default 0,
    changed_by text not null default ''
);

-- What one replica at a time does, and until when it does it.
create table lease (
    name text primary key,
    until bigint not null default 0
);
