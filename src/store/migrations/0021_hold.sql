-- Questions that must stay although their time is up or whoever asked wants them erased: a document that someone has
-- asked to see, a complaint that is being tried, something that stands in the diary.
--
-- `held_for` is a code, empty when the question is not held; the codes are not checked here, so that a later version can
-- know more of them and still be rolled back. `held_note` has been masked. `erase_asked_at` is when whoever asked wanted a
-- held question erased: it is, as soon as nobody holds it any longer. `registered_at` is when it was last exported to the
-- diary.
alter table question add column held_for text not null default '';
alter table question add column held_note text not null default '';
alter table question add column held_by text not null default '';
alter table question add column held_at bigint not null default 0;
alter table question add column erase_asked_at bigint not null default 0;
alter table question add column registered_by text not null default '';
alter table question add column registered_at bigint not null default 0;

-- Those few that staff are shown.
create index question_marked on question (cluster)
    where held_at > 0 or registered_at > 0 or erase_asked_at > 0;

-- The decision that a deletion rested on when it was made; empty when none had been stated. What people have had erased
-- stands in the record as well, as `erased-…`.
alter table purge_record add column decision text not null default '';
