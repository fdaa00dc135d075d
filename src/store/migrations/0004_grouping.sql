-- Which questions ask the same: those with the same grouping, which is a number made of the stems of the masked wording.
-- It is empty for questions that were saved before there were groupings; each of them stands for itself.
alter table question add column grouping text not null default '';

-- Counting the questions of a group.
create index question_by_grouping on question (grouping, state);
