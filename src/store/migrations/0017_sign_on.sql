-- How someone signs in: with a password that is kept here, or at the identity provider of the municipality.
alter table account add column way text not null default 'password' check (way in ('password', 'sign-on'));

-- Whose account it is that signs in at a provider: `subject` is what the provider knows them by, and never changes.
create table identity (
    issuer text not null default '',
    subject text not null default '',
    account text not null default '' references account (name) on delete cascade,
    primary key (issuer, subject)
);

-- What a provider wants back when someone signs out there as well; empty for whoever signed in with a password.
alter table staff_session add column id_token text not null default '';

-- Those who are in the middle of signing in: at the provider, or with a code after the password. `token` is the SHA-256 of
-- what the browser holds, and `place` is the page that they wanted. A line is used once, and deleted when its time is up.
create table sign_in_step (
    token text primary key,
    step text not null default 'code' check (step in ('sign-on', 'code', 'set-up')),
    account text not null default '',
    place text not null default '',
    until bigint not null default 0
);

-- Whose password is not enough. `secret` is what the codes are made from, encrypted when there is a key to do it with.
-- `last_step` is the half minute of the last code that was taken, so that none is taken twice.
create table code_secret (
    account text primary key references account (name) on delete cascade,
    secret text not null default '',
    last_step bigint not null default 0,
    set_at bigint not null default 0
);

-- What is taken once instead of a code: the SHA-256 of each.
create table recovery_code (
    account text not null default '' references account (name) on delete cascade,
    code text not null default '',
    primary key (account, code)
);
