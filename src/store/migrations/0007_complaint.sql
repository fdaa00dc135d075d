-- Why an answer did not help, when whoever asked has said so: a code, and a line of text that has been masked.
--
-- The codes are not checked here, so that a later version can know more of them and still be rolled back.
alter table question add column complaint text;
alter table question add column remark text not null default '';
