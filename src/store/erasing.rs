//! Erasing what people have left, at their wish: all of it or nothing, and nothing that staff must keep.

use super::audit::append;
use super::cluster::{TURN, mark};
use super::db::{on, plain};
use super::{NewAudit, Receipt, Store, StoreError};

/// What someone wants erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theirs<'a> {
    /// What has this receipt, and what is remembered of the conversation that it was left in.
    Receipt(&'a Receipt),
    /// A conversation with all that was left in it.
    Conversation(&'a str),
    /// All that a person has left by a channel.
    Person {
        /// What the ids of their conversations begin with; an empty one stands for no conversation.
        prefix: &'a str,
        /// The channel.
        channel: &'a str,
        /// Their address in it, for the wishes to be told and the reminders.
        address: &'a str,
    },
}

/// What was erased.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// How many questions.
    pub questions: u64,
    /// How many ideas.
    pub ideas: u64,
    /// How many wishes to be called.
    pub call_backs: u64,
    /// How many questions stay because staff hold them. They go when nobody does any longer.
    pub held: u64,
    /// The wordings that no question has any longer.
    pub gone: Vec<String>,
}

impl Erased {
    /// Whether there was anything.
    pub fn is_any(&self) -> bool {
        self.questions + self.ideas + self.call_backs + self.held > 0
    }
}

/// The statements for one way to say whose something is.
struct Statements {
    conversations: &'static str,
    mark: &'static str,
    ask: &'static str,
    held: &'static str,
    wishes: &'static str,
    questions: &'static str,
    call_backs: &'static str,
    ideas: &'static str,
}

/// The statements, given the condition for questions, ideas and call backs and that for conversations.
macro_rules! statements {
    ($whose:literal, $conversations:literal) => {
        Statements {
            conversations: concat!("delete from conversation where ", $conversations),
            mark: mark!($whose),
            ask: concat!(
                "update question set erase_asked_at = $2 where held_at > 0 and erase_asked_at = 0 and ",
                $whose
            ),
            held: concat!("select count(*) from question where held_at > 0 and ", $whose),
            // Where someone wants to be told is no part of what is held.
            wishes: concat!(
                "delete from wish where receipt in (select receipt from question where held_at > 0 and ",
                $whose,
                ")"
            ),
            questions: concat!(
                "delete from question where held_at = 0 and ",
                $whose,
                " returning wording"
            ),
            call_backs: concat!("delete from callback where ", $whose),
            ideas: concat!("delete from idea where ", $whose),
        }
    };
}

const OF_RECEIPT: Statements = statements!(
    "receipt = $1",
    "id <> '' and (id in (select conversation from question where receipt = $1) \
     or id in (select conversation from idea where receipt = $1) \
     or id in (select conversation from callback where receipt = $1))"
);
const OF_CONVERSATION: Statements = statements!("conversation = $1", "id = $1");
const OF_PERSON: Statements = statements!(
    "$1 <> '' and substr(conversation, 1, length($1)) = $1",
    "$1 <> '' and substr(id, 1, length($1)) = $1"
);

const WISHES: &str = "delete from wish where channel = $1 and address = $2";
const WISHES_OF_IDEAS: &str = "delete from idea_wish where channel = $1 and address = $2";
const REMINDERS: &str = "delete from reminder where channel = $1 and address = $2";
const OTHERS: &str = "select count(*) from question where wording = $1";
/// What must go on being answered as it is: not in these words, when nobody else has asked in them.
const REGRESSIONS: &str =
    "update regression set state = 'retired', wording = '' where wording = $1";
const NOTE: &str =
    "insert into purge_record (id, rule, removed, cutoff, ran_at) values ($1, $2, $3, $4, $4)";

impl Store {
    /// Erases what is someone's, with what hangs on it, and notes in the record of deletions how much that was; or nothing
    /// of it. What staff hold stays, and it is noted that whoever asked wants it erased. `audit` is the line for the trail
    /// when staff do it, and stands there when there was anything. `now` is in milliseconds, UTC. Fails when the database
    /// does not answer.
    pub async fn erase(
        &self,
        theirs: &Theirs<'_>,
        now: i64,
        audit: Option<&NewAudit>,
    ) -> Result<Erased, StoreError> {
        let (sql, whose) = match theirs {
            Theirs::Receipt(receipt) => (&OF_RECEIPT, plain(receipt.as_str())),
            Theirs::Conversation(id) => (&OF_CONVERSATION, plain(id)),
            Theirs::Person { prefix, .. } => (&OF_PERSON, plain(prefix)),
        };
        // Kept apart from the runs of the rules, which are named in the same way.
        let note = format!("{now}-{}", Receipt::new());
        let erased = on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            sqlx::query(TURN).execute(&mut *transaction).await?;
            sqlx::query(sql.mark).bind(&*whose).execute(&mut *transaction).await?;
            let conversations = sqlx::query(sql.conversations).bind(&*whose).execute(&mut *transaction).await?.rows_affected();
            sqlx::query(sql.ask).bind(&*whose).bind(now).execute(&mut *transaction).await?;
            let (held,): (i64,) = sqlx::query_as(sql.held).bind(&*whose).fetch_one(&mut *transaction).await?;
            sqlx::query(sql.wishes).bind(&*whose).execute(&mut *transaction).await?;
            let wordings: Vec<String> = sqlx::query_scalar(sql.questions).bind(&*whose).fetch_all(&mut *transaction).await?;
            let call_backs = sqlx::query(sql.call_backs).bind(&*whose).execute(&mut *transaction).await?.rows_affected();
            let ideas = sqlx::query(sql.ideas).bind(&*whose).execute(&mut *transaction).await?.rows_affected();
            if let Theirs::Person { channel, address, .. } = theirs {
                for wishes in [WISHES, WISHES_OF_IDEAS, REMINDERS] {
                    sqlx::query(wishes).bind(&*plain(channel)).bind(&*plain(address)).execute(&mut *transaction).await?;
                }
            }
            let questions = u64::try_from(wordings.len()).unwrap_or(u64::MAX);
            let mut gone = Vec::new();
            for wording in wordings {
                let (others,): (i64,) = sqlx::query_as(OTHERS).bind(&wording).fetch_one(&mut *transaction).await?;
                if others == 0 {
                    sqlx::query(REGRESSIONS).bind(&wording).execute(&mut *transaction).await?;
                    gone.push(wording);
                }
            }
            let erased = Erased {
                questions,
                ideas,
                call_backs,
                held: u64::try_from(held).unwrap_or_default(),
                gone,
            };
            let counts = [
                ("erased-questions", erased.questions),
                ("erased-ideas", ideas),
                ("erased-call-backs", call_backs),
                ("erased-conversations", conversations),
            ];
            for (what, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
                sqlx::query(NOTE)
                    .bind(format!("{note}/{what}"))
                    .bind(what)
                    .bind(i64::try_from(count).unwrap_or(i64::MAX))
                    .bind(now)
                    .execute(&mut *transaction)
                    .await?;
            }
            if let Some(audit) = audit.filter(|_| erased.is_any()) {
                append!(transaction, audit)?;
            }
            transaction.commit().await?;
            Ok::<_, StoreError>(erased)
        })?;
        self.db.settle().await;
        Ok(erased)
    }
}
