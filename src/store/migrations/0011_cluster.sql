-- Questions that ask the same, in whatever words: what staff work through.
--
-- `wording` stands for all of them and is one of theirs, masked; `also` is a few more as JSON, to compare new ones with;
-- `seek` is all of these, folded, to search in; `channels` is those they came by, as in `|web|discord|`. A cluster keeps
-- its id for ever: one that was merged into another says so and holds nothing else. `version` grows with every act of
-- staff, so that of two who act at once the second hears of it. `stale` grows whenever one has lost questions or gained
-- others' and is 0 once it has been counted and told anew.
create table cluster (
    id text primary key,
    wording text not null default '',
    also text not null default '[]',
    seek text not null default '',
    language text not null default '',
    channels text not null default '|',
    state text not null default 'new'
        check (state in ('new', 'assigned', 'answered', 'taught', 'not-ours', 'dismissed', 'merged')),
    is_open bigint not null default 1 check (is_open in (0, 1)),
    office text,
    entry text,
    merged_into text,
    questions bigint not null default 0,
    unhelpful bigint not null default 0,
    first_at bigint not null default 0,
    last_at bigint not null default 0,
    version bigint not null default 0,
    changed_at bigint not null default 0,
    changed_by text not null default '',
    stale bigint not null default 0
);

-- The queue, by how many ask, by the latest and by the oldest; a page at a time. What it is filtered by stands in the index
-- too, so that those that are left out need not be read.
create index cluster_by_questions on cluster (is_open, questions, id, state, office, language, unhelpful, channels);
create index cluster_by_latest on cluster (is_open, last_at, id, state, office, language, unhelpful, channels);
create index cluster_by_first on cluster (is_open, first_at, id, state, office, language, unhelpful, channels);

-- Those to be counted anew, and those that lead on to another.
create index cluster_by_stale on cluster (id) where stale > 0;
create index cluster_by_merged on cluster (merged_into) where merged_into is not null;

-- Whoever moves questions between clusters, or deletes questions, changes this row first, which lets one at a time do so:
-- otherwise a question could be put into a cluster while it is deleted, and its wording would stay there.
create table cluster_turn (
    id text primary key,
    taken bigint not null default 0
);
insert into cluster_turn (id) values ('turn');

-- What a cluster is found by when a new question comes: the words that tell most of its wordings, as hashes of stems.
create table cluster_word (
    word text not null default '',
    cluster text not null default '' references cluster (id) on delete cascade,
    primary key (word, cluster)
);

-- Dropping the words of one that is gone.
create index cluster_word_by_cluster on cluster_word (cluster);

-- Empty until the question has been put with others; `entry` is the one that answers it now; `routed` is the office that
-- was named to whoever asked, from when staff have said which office is the right one: empty when none was named.
alter table question add column cluster text not null default '';
alter table question add column entry text;
alter table question add column routed text;

-- The questions of a cluster; those that are in none yet; and those whose office staff have judged.
create index question_by_cluster on question (cluster, asked_at, receipt);
create index question_unsorted on question (cluster, asked_at, receipt) where state in ('new', 'assigned');
create index question_by_routed on question (routed, office) where routed is not null;
