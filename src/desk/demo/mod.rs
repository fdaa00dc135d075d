//! A month of invented questions, so that the review can be tried at once: asked by nobody, about no place, believable
//! anywhere. `questions.toml` beside this file holds them.

mod counted;
mod handed;

use jiff::Timestamp;
use serde::Deserialize;

use super::review::{QueueFilter, Settlement};
use super::staff::Staff;
use super::working::blocking;
use super::{Desk, NEAREST, Wanted};
use crate::answering::{Answer, Conversation, Decision, Outcome, Question};
use crate::knowledge::{BestTime, EntryId, EntryKind};
use crate::language::{hash, mask};
use crate::store::{
    Cluster, Complaint, Filter, NewQuestion, Order, Reason, Receipt, Store, StoreError,
};

/// The invented questions.
const QUESTIONS: &str = include_str!("questions.toml");
/// Over how many days they were asked.
const DAYS: u64 = 30;
const DAY: i64 = 24 * 3_600_000;
/// Between which hours, UTC, they were asked.
const HOURS: std::ops::Range<u64> = 6..21;

/// Why a database is not filled.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// There is something in it.
    #[error(
        "the database holds questions or accounts already; invented ones go into a fresh one: set LOTS_DATABASE_URL, for \
         example to sqlite://demo.db"
    )]
    NotFresh,
    /// It could not be worked out, or written down.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the program carries cannot be read, or staff could not do what they do in it.
    #[error("the invented questions could not be worked through: {0}")]
    Broken(String),
}

#[derive(Deserialize)]
struct Invented {
    ask: Vec<Ask>,
    call: Vec<Call>,
    idea: Vec<handed::Handed>,
}

/// Someone who wants to be called, at a number that is nobody's.
#[derive(Deserialize)]
struct Call {
    subject: String,
    address: String,
    #[serde(default = "any_time")]
    best_time: BestTime,
}

/// A question, in the words of several people.
#[derive(Deserialize)]
struct Ask {
    like: Vec<String>,
    channel: String,
    times: usize,
    #[serde(default)]
    complaint: Option<String>,
    #[serde(default)]
    remark: String,
    #[serde(default)]
    entry: Option<EntryId>,
    then: String,
}

impl Desk {
    /// Fills a fresh database with a month of invented questions, with those who want to be called, with ideas, with how
    /// much is asked and with how far people come on the guided ways in, and has staff begin to work through them. How many questions there are. Fails with [`DemoError::NotFresh`] when there is anything in it.
    pub async fn invent_a_month(&self, by: &Staff) -> Result<u64, DemoError> {
        let store = self.open_store()?;
        let one = Filter {
            limit: 1,
            ..Filter::default()
        };
        if !store.questions(&one).await?.is_empty() || !store.accounts().await?.is_empty() {
            return Err(DemoError::NotFresh);
        }
        let invented: Invented =
            toml::from_str(QUESTIONS).map_err(|e| DemoError::Broken(e.to_string()))?;
        let mut count = 0;
        for (number, ask) in invented.ask.iter().enumerate() {
            count += self.ask_invented(&store, number, ask).await?;
        }
        self.sort_questions().await?;
        for ask in &invented.ask {
            self.work_through(by, ask).await?;
        }
        for call in &invented.call {
            self.ask_invented_call(call).await?;
        }
        for idea in &invented.idea {
            self.hand_over_invented(by, idea).await?;
        }
        self.count_invented(&store).await?;
        self.tally_invented(&store).await?;
        Ok(count)
    }

    /// Has a question asked as often as it was. What the base answers is no question for staff, and is left out.
    async fn ask_invented(
        &self,
        store: &Store,
        number: usize,
        ask: &Ask,
    ) -> Result<u64, DemoError> {
        let answerer = self.library.current();
        let mut count = 0;
        for time in 0..ask.times {
            let wording = &ask.like[time % ask.like.len().max(1)];
            let answer = self.answer_to(wording).await;
            let unhelpful = ask.entry.as_ref();
            let unhelpful = unhelpful.and_then(|id| answerer.knowledge().entry(id));
            let (reason, office, nearest) = match (unhelpful, answer.decision) {
                (Some(entry), _) => {
                    let nearest = vec![(entry.id.clone(), 1.0)];
                    (Reason::Unhelpful, entry.office.clone(), nearest)
                }
                (None, Decision::Route) => {
                    (Reason::Routed, answer.office.clone(), nearest(&answer))
                }
                (None, Decision::Unknown) => (Reason::Unknown, None, nearest(&answer)),
                (None, Decision::Answer | Decision::Choice) => continue,
                (None, Decision::Crisis | Decision::SmallTalk | Decision::Path) => continue,
            };
            let question = NewQuestion {
                receipt: Receipt::new(),
                // Each from someone else.
                conversation: Desk::new_conversation(),
                grouping: answerer.grouping(wording),
                wording: mask(wording).text,
                language: answer.asked_in,
                channel: ask.channel.clone(),
                reason,
                office,
                nearest,
                asked_at: moment(&format!("{number} {time} {wording}")),
                complaint: ask.complaint.as_deref().and_then(Complaint::parse),
                remark: ask.remark.clone(),
            };
            store.record(&question).await?;
            count += 1;
        }
        Ok(count)
    }

    async fn ask_invented_call(&self, call: &Call) -> Result<(), DemoError> {
        let wanted = Wanted {
            office: None,
            address: &call.address,
            subject: &call.subject,
            best_time: call.best_time,
            language: self.default_language(),
        };
        let conversation = Desk::new_conversation();
        let asked = self.ask_call_back(&conversation, "web", &wanted).await;
        asked.map(|_| ()).map_err(|refusal| {
            let answerer = self.library.current();
            DemoError::Broken(refusal.text(answerer.knowledge(), self.default_language()))
        })
    }

    /// What the base answers to a wording.
    async fn answer_to(&self, wording: &str) -> Answer {
        let (answerer, text, today) = (self.library.current(), wording.to_owned(), self.today());
        let answer = move || {
            let question = Question {
                text: &text,
                language: None,
                today,
                top: NEAREST,
                kept_days: 0,
            };
            answerer.answer(&question, &Conversation::default()).0
        };
        blocking(answer).await
    }

    /// Does with the clusters of a question what staff have done.
    async fn work_through(&self, by: &Staff, ask: &Ask) -> Result<(), DemoError> {
        let broken = |error: super::ReviewError| DemoError::Broken(error.to_string());
        let Some(first) = ask.like.first().filter(|_| ask.then != "new") else {
            return Ok(());
        };
        let review = self.review(by);
        let filter = QueueFilter {
            seek: mask(first).text,
            order: Order::Most,
            ..QueueFilter::default()
        };
        for cluster in review.queue(&filter).await.map_err(broken)?.clusters {
            if let Some(settlement) = self.settlement(&ask.then, &cluster, first) {
                let settled = review.settle(&cluster.id, cluster.version, &settlement, "");
                settled.await.map_err(broken)?;
            }
        }
        Ok(())
    }

    fn settlement(&self, then: &str, cluster: &Cluster, wording: &str) -> Option<Settlement> {
        let answerer = self.library.current();
        let knowledge = answerer.knowledge();
        match then {
            "assigned" => {
                let way_in = &knowledge.municipality().way_in;
                let office = cluster.office.clone().unwrap_or_else(|| way_in.clone());
                let is_office = office.kind() == EntryKind::Offices;
                is_office.then_some(Settlement::Assign(office))
            }
            "not-ours" => match answerer.outcome(wording, self.today()) {
                Outcome::Elsewhere(body) => Some(Settlement::NotOurs(body)),
                _ => None,
            },
            "dismissed" => Some(Settlement::Dismiss),
            _ => None,
        }
    }
}

fn any_time() -> BestTime {
    BestTime::Anytime
}

fn nearest(answer: &Answer) -> Vec<(EntryId, f32)> {
    let ranked = answer.ranked.iter();
    ranked.map(|c| (c.entry.clone(), c.confidence)).collect()
}

/// A moment within the last month, by day, that follows from a text; more often lately than long ago.
fn moment(text: &str) -> i64 {
    let number = hash(text);
    let ago = number % (DAYS * DAYS);
    // The root of an even spread: most are of the last days.
    let days_ago = DAYS - 1 - ((ago as f64).sqrt() as u64).min(DAYS - 1);
    let hour = HOURS.start + (number >> 20) % (HOURS.end - HOURS.start);
    let minute = (number >> 40) % 60;
    let now = Timestamp::now().as_millisecond();
    let midnight = now - now % DAY - i64::try_from(days_ago).unwrap_or_default() * DAY;
    let of_day = i64::try_from(hour * 60 + minute).unwrap_or_default() * 60_000;
    // Nothing was asked in the time to come.
    (midnight + of_day).min(now - i64::try_from(number % 3_600_000).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_invented_can_be_read_and_lies_in_the_last_month() {
        let invented: Invented = toml::from_str(QUESTIONS).unwrap();
        assert!(invented.ask.len() > 50);
        let now = Timestamp::now().as_millisecond();
        for ask in &invented.ask {
            assert!(ask.times >= ask.like.len() && !ask.like.is_empty());
            let at = moment(&ask.like[0]);
            assert!(at <= now && at > now - 32 * DAY);
        }
    }
}
