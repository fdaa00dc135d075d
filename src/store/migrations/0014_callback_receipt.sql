-- Whoever wants to be called gets a receipt, and can say when it suits best.
--
-- `receipt` is empty for those who asked before there were receipts. `best_time` is a code; an unknown one means any time.
-- A row that nobody waits in any longer holds no address and no subject, only what its holder can be told: `withdrawn_at`
-- is when it was taken back, and 0 when someone has called; `claimed_at` is when that was.
alter table callback add column receipt text not null default '';
alter table callback add column best_time text not null default 'anytime';
alter table callback add column withdrawn_at bigint not null default 0;

-- Those who have been called before this have no subject either.
update callback set subject = '' where state = 'handled';

create unique index callback_by_receipt on callback (receipt) where receipt <> '';
