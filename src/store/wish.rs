//! Wishes to be told when a question or an idea has been answered. Beside the call backs the only table with addresses of persons.

use super::db::{on, plain};
use super::{Receipt, Store, StoreError};

/// Where someone wants to be told of the answer to a question or an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The question, or the idea.
    pub receipt: Receipt,
    /// The channel to tell by.
    pub channel: String,
    /// Where, in that channel's own terms.
    pub address: String,
    /// The code of the language to tell it in.
    pub language: String,
}

impl Store {
    /// Keeps a wish; one that is there already is kept as it is. Returns false when there is no such question
    /// or idea. `now` is in milliseconds, UTC. Fails when the database does not answer.
    pub async fn wish(&self, wish: &Wish, now: i64) -> Result<bool, StoreError> {
        const WISH: &str = "insert into wish (receipt, channel, address, language, wished_at) \
            select receipt, $2, $3, $4, $5 from question where receipt = $1 \
            on conflict (receipt, channel, address) do update set language = excluded.language";
        const OF_IDEA: &str = "insert into idea_wish (receipt, channel, address, language, wished_at) \
            select receipt, $2, $3, $4, $5 from idea where receipt = $1 \
            on conflict (receipt, channel, address) do update set language = excluded.language";
        let (channel, address) = (plain(&wish.channel), plain(&wish.address));
        let language = plain(&wish.language);
        for statement in [WISH, OF_IDEA] {
            let written = on!(&self.db, pool => {
                sqlx::query(statement)
                    .bind(wish.receipt.as_str())
                    .bind(&*channel)
                    .bind(&*address)
                    .bind(&*language)
                    .bind(now)
                    .execute(pool)
                    .await
                    .map(|done| done.rows_affected())
            })?;
            if written > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The wishes of a channel whose questions and ideas need no more work by staff, the oldest first, except those that
    /// someone is about to fulfil: a claim for more than a day was made by a clock that was wrong. Fails when the database does
    /// not answer.
    pub async fn wishes_to_fulfil(
        &self,
        channel: &str,
        limit: u32,
        now: i64,
    ) -> Result<Vec<Wish>, StoreError> {
        const DUE: &str = "select receipt, address, language from (\
            select wish.receipt, wish.address, wish.language, wish.wished_at from wish \
            join question on question.receipt = wish.receipt \
            where wish.channel = $1 and not wish.claimed_until between $2 and $2 + 86400000 and question.state not in ('new', 'assigned') \
            union all \
            select wish.receipt, wish.address, wish.language, wish.wished_at from idea_wish wish \
            join idea on idea.receipt = wish.receipt \
            where wish.channel = $1 and not wish.claimed_until between $2 and $2 + 86400000 and idea.state <> 'new') due \
            order by wished_at, receipt, address limit $3";
        let channel = plain(channel);
        let rows: Vec<(String, String, String)> = on!(&self.db, pool => {
            sqlx::query_as(DUE).bind(&*channel).bind(now).bind(i64::from(limit)).fetch_all(pool).await
        })?;
        let wish = |(receipt, address, language): (String, String, String)| {
            let receipt = Receipt::parse(&receipt)
                .ok_or_else(|| StoreError::Corrupt(format!("{receipt} is no receipt")))?;
            Ok(Wish {
                receipt,
                channel: channel.to_string(),
                address,
                language,
            })
        };
        rows.into_iter().map(wish).collect()
    }

    /// Takes it upon the caller to fulfil a wish until a time, in milliseconds UTC. Returns false when another has, or
    /// when the wish is gone. Fails when the database does not answer.
    pub async fn claim_wish(&self, wish: &Wish, now: i64, until: i64) -> Result<bool, StoreError> {
        const CLAIM: &str = "update wish set claimed_until = $5 \
            where receipt = $1 and channel = $2 and address = $3 \
            and not claimed_until between $4 and $4 + 86400000";
        const OF_IDEA: &str = "update idea_wish set claimed_until = $5 \
            where receipt = $1 and channel = $2 and address = $3 \
            and not claimed_until between $4 and $4 + 86400000";
        let (channel, address) = (plain(&wish.channel), plain(&wish.address));
        let mut claimed = 0;
        for statement in [CLAIM, OF_IDEA] {
            claimed += on!(&self.db, pool => {
                sqlx::query(statement)
                    .bind(wish.receipt.as_str())
                    .bind(&*channel)
                    .bind(&*address)
                    .bind(now)
                    .bind(until)
                    .execute(pool)
                    .await
                    .map(|done| done.rows_affected())
            })?;
        }
        Ok(claimed > 0)
    }

    /// Deletes a wish and the address in it. Fails when the database does not answer.
    pub async fn forget_wish(&self, wish: &Wish) -> Result<(), StoreError> {
        const FORGET: &str =
            "delete from wish where receipt = $1 and channel = $2 and address = $3";
        const OF_IDEA: &str =
            "delete from idea_wish where receipt = $1 and channel = $2 and address = $3";
        let (channel, address) = (plain(&wish.channel), plain(&wish.address));
        for statement in [FORGET, OF_IDEA] {
            on!(&self.db, pool => {
                sqlx::query(statement)
                    .bind(wish.receipt.as_str())
                    .bind(&*channel)
                    .bind(&*address)
                    .execute(pool)
                    .await
                    .map(|_| ())
            })?;
        }
        self.db.settle().await;
        Ok(())
    }

    /// The channels that wait to tell someone of the answer to a question or an idea. Fails when the database does not
    /// answer.
    pub async fn wished_by(&self, receipt: &Receipt) -> Result<Vec<String>, StoreError> {
        const BY: &str = "select channel from wish where receipt = $1 union \
            select channel from idea_wish where receipt = $1 order by channel";
        Ok(on!(&self.db, pool => {
            sqlx::query_scalar(BY).bind(receipt.as_str()).fetch_all(pool).await
        })?)
    }
}
