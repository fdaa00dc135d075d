//! The one door: a channel brings a message, the desk has it answered, remembers the conversation, logs what could not
//! be answered, and gives back what to show.
//!
//! A channel never sees SQL, the answering never sees a channel. Nothing unmasked passes from here to the store.

mod backlog;
mod callbacks;
mod clock;
mod counting;
mod day;
mod demo;
mod diary;
mod dossier;
mod erasing;
mod feedback;
mod figures;
mod groups;
mod guided;
mod handing_over;
mod health;
mod ideas;
mod library;
mod links;
mod logging;
mod memory;
mod open_data;
mod outgoing;
mod overlay;
mod own_words;
mod practice;
mod purged;
mod reachable;
mod receipts;
mod reminders;
mod resting;
mod retention;
mod review;
mod sheets;
mod showing;
mod staff;
mod steps;
mod tallies;
mod tending;
mod waiting;
mod walks;
mod watching;
mod ways_in;
mod wishes;
mod working;

use std::sync::Arc;
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use jiff::Timestamp;
use jiff::civil::DateTime;
use quick_cache::sync::Cache;
use tokio::sync::{Semaphore, broadcast};

pub use callbacks::{
    CallBackField, CallBackRefusal, LONGEST_SUBJECT, MOST_CALL_BACKS, Promised, Wanted,
};
pub use demo::DemoError;
pub use diary::{DIARY_SCHEMA, Diary};
pub use dossier::{Dossier, DossierAct, Kept, LeftKind};
pub use feedback::{LONGEST_REMARK, Verdict};
pub use groups::{Digest, OpenGroup, Post, ToPost};
pub use health::Health;
pub use ideas::{HandedIdea, IdeaRefusal, LONGEST_IDEA, MOST_IDEAS};
pub use library::{BaseStanding, Library, LibraryError, Origin, Refused, find, open, read};
pub use links::LinkStanding;
pub use open_data::{OPEN_DATA_FLOOR, OpenData, OpenMonth, OpenTopic, Subject};
pub use outgoing::{Console, Pace};
pub use own_words::WordsAsked;
pub use practice::{Named, Naming, Practice};
pub use purged::{Period, Purged, PurgedRow};
pub use receipts::Outcome;
pub use reminders::{MOST_REMINDERS, Reminded};
pub use retention::{COUNTED_FOR, Keep, KeptDays};
pub use review::{
    AnswerForm, ChangeLine, Checkup, ClusterView, Count, Doubt, DoubtKind, Doubted, Draft, Figures,
    FiguresWanted, Form, Freshness, FreshnessCount, FreshnessFilter, GoneThrough, Group,
    IdeaFilter, Ideas, KEPT_FOR, LONGEST_REPLY, MOST_SUBSCRIPTIONS, OpenQuestion, PassOnForm,
    PathFigures, Preview, Published, Queue, QueueFilter, Receiver, Records, Replay, ReplayLine,
    Review, ReviewBounds, ReviewError, ReviewFigures, Settlement, Span, Step, StepFigures,
    Subscribed, SubscriptionForm, TeachForm, TextForm, Waits, WayFigures, Wording,
};
pub use sheets::Export;
pub use staff::{
    CodeRules, CodeSetUp, CodesStanding, Half, HalfStep, LONGEST_PASSWORD, PasswordFault,
    RECOVERY_CODES, SHORTEST_PASSWORD, SealingKey, SessionTimes, SignInError, SignOnBegun,
    SignOnFinished, SignOnRefusal, SignOnRules, SignedIn, Staff, StaffError,
};
pub use steps::PATH_END;
pub use watching::Watched;

pub use wishes::Wished;

pub use crate::outside::Answered;
pub use crate::store::{
    Account, AddressKind, AskedMost, AuditCheck, AuditFilter, AuditLine, CallBack, CallBackCount,
    CallBackState, Cluster, Complaint, Courier, Delivery, DeliveryKind, DeliveryState, Erased,
    Flaw, Happening, HeldFor, Hold, Idea, IdeaState, KeptChange, MarkCount, Marks, Order,
    PurgeLine, Receipt, Regression, Rhythm, Role, RoutedTo, Setting, Stage, State, StoreError, Way,
};

use crate::answering::{Answer, Block, Conversation, Decision, LeftOpen};
use crate::knowledge::{Language, fill};
use crate::language::mask;
use crate::store::{Occurrence, PathStep, Reason, Store};
use backlog::Backlog;
use callbacks::is_office;
use guided::Walked;

/// Longer messages are sent back with a request to be shorter.
pub const LONGEST_MESSAGE: usize = 2_000;
/// How many candidates are ranked for the log.
const NEAREST: usize = 5;
/// A resident waits no longer than this for the database.
const PATIENCE: Duration = Duration::from_secs(1);
/// Whoever wants something erased waits longer rather than be told that it could not be.
const ERASING: Duration = Duration::from_secs(2);

/// A message as a channel brings it.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// Which conversation it belongs to, from [`Desk::new_conversation`] or made by the channel.
    pub conversation: &'a str,
    /// The channel's name, for the log: `terminal`, `web`, `discord`.
    pub channel: &'a str,
    /// What was written.
    pub text: &'a str,
    /// The language the channel believes the person speaks.
    pub language: Option<Language>,
}

/// What to show.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The answer, with what became of the question as its last block.
    pub answer: Answer,
    /// The receipt, when the question was saved.
    pub receipt: Option<Receipt>,
    /// What was promised, when someone is to be called.
    pub promised: Option<Promised>,
}

/// Answers, remembers and logs. Shared by every channel.
#[derive(Debug)]
pub struct Desk {
    library: Library,
    store: ArcSwapOption<Store>,
    database_url: ArcSwap<String>,
    keep: retention::Kept,
    /// Within how many open days those who ask for it are called.
    open_days: u8,
    backlog: Backlog,
    recent: Cache<String, Conversation>,
    erasures: broadcast::Sender<String>,
    walks: walks::Walks,
    /// The time it is taken to be where the municipality is, when that is not now.
    moment: Option<DateTime>,
    /// How many days before a last day those who wish it are reminded, the most first.
    remind_days: Vec<u16>,
    turns: Semaphore,
    door: staff::Door,
    overlay: overlay::Overlay,
    overlapping: review::Overlapping,
    resting: resting::Resting,
    practice: practice::Practice,
    steps: counting::Counting<PathStep>,
    tallies: counting::Counting<Occurrence>,
    open_data: open_data::Made,
    outgoing: outgoing::Outgoing,
}

impl Desk {
    /// Opens the desk on a base and a database. A database that is away is no reason to stay closed: it is tried again
    /// by [`Desk::tend`]. Fails when the address of the database makes no sense.
    pub async fn open(
        library: Library,
        database_url: &str,
        keep: Keep,
    ) -> Result<Desk, StoreError> {
        let desk = Desk {
            library,
            store: ArcSwapOption::empty(),
            database_url: ArcSwap::from_pointee(database_url.to_owned()),
            keep: retention::Kept::new(keep),
            open_days: callbacks::OPEN_DAYS,
            backlog: Backlog::default(),
            recent: memory::recent(),
            erasures: broadcast::Sender::new(erasing::UNHEARD),
            walks: walks::Walks::default(),
            moment: None,
            remind_days: reminders::DAYS.to_vec(),
            turns: working::turns(),
            door: staff::Door::default(),
            overlay: overlay::Overlay::default(),
            overlapping: review::Overlapping::default(),
            resting: resting::Resting::default(),
            practice: practice::Practice::default(),
            steps: counting::Counting::default(),
            tallies: counting::Counting::default(),
            open_data: open_data::Made::default(),
            outgoing: outgoing::Outgoing::default(),
        };
        match Store::open(database_url).await {
            Ok(store) => desk.store.store(Some(Arc::new(store))),
            Err(error @ StoreError::Url { .. }) => return Err(error),
            Err(error) => {
                tracing::warn!(%error, "the database cannot be opened; questions are answered, and kept in memory until it can")
            }
        }
        Ok(desk)
    }

    /// The base in use.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Answers a message. Never fails: what goes wrong around the answer costs at most the receipt.
    pub async fn ask(&self, message: &Message<'_>) -> Reply {
        waiting::for_a_message(self.take(message)).await
    }

    async fn take(&self, message: &Message<'_>) -> Reply {
        let answerer = self.library.current();
        let before = self.conversation(message.conversation).await;
        let language = before
            .language
            .or(message.language)
            .unwrap_or(answerer.knowledge().municipality().default_language);
        let phrases = answerer.knowledge().phrases(language);
        if message.text.trim().is_empty() {
            return self.say(phrases.empty.clone(), language);
        }
        // However much someone in need writes, and whatever stands beside it, they are answered.
        let in_need = || self.is_in_need(message, &answerer, language);
        if self.is_resting() && !in_need() {
            return self.resting_reply(language);
        }
        if message.text.chars().count() > LONGEST_MESSAGE && !in_need() {
            return self.say(
                fill(
                    &phrases.too_long,
                    &[("limit", &LONGEST_MESSAGE.to_string())],
                ),
                language,
            );
        }
        if let Some(receipt) = Receipt::find_in(message.text)
            && !in_need()
        {
            return Reply {
                receipt: Some(receipt.clone()),
                ..self.receipt_state(&receipt, language).await
            };
        }
        let walked = self.walk(message, &answerer, language, &before.offered);
        let aside = match walked.await {
            Walked::To(reply) => {
                self.count_answer(&reply.answer, message.channel);
                return *reply;
            }
            Walked::Aside { path, asks } => Some((path, asks)),
            Walked::Elsewhere => None,
        };
        let (mut answer, after) = self.work_out(&answerer, message, before).await;
        if let Some((path, false)) = &aside
            && (reason(&answer).is_some() || answer.decision == Decision::Choice)
        {
            // What states something that nobody asked about is no question for staff, and is not kept.
            return self.not_understood(path, language);
        }
        self.count_answer(&answer, message.channel);
        let receipt = match (reason(&answer), answer.left_open.take()) {
            (Some(reason), _) => {
                let (wording, office) = (mask(message.text).text, answer.office.clone());
                self.log(message, &mut answer, reason, wording, office)
                    .await
            }
            (None, Some(LeftOpen { wording, office })) => {
                self.log(message, &mut answer, Reason::Routed, wording, office)
                    .await
            }
            (None, None) => None,
        };
        self.remember(message.conversation, after).await;
        let mut reply = Reply {
            answer,
            receipt,
            promised: None,
        };
        match aside {
            // What is to be chosen first is asked alone.
            Some(_) if reply.answer.decision == Decision::Choice => {}
            Some((path, _)) => self.ask_again(&mut reply, &path),
            None => self.offer_paths(&mut reply.answer),
        }
        reply
    }

    /// Sets the language of a conversation.
    pub async fn speak(&self, conversation: &str, language: Language) {
        let before = self.conversation(conversation).await;
        if before.language == Some(language) {
            return;
        }
        self.remember(
            conversation,
            Conversation {
                language: Some(language),
                ..before
            },
        )
        .await;
    }

    /// A sentence of the bot's own as a reply.
    fn say(&self, text: String, language: Language) -> Reply {
        let answer = Answer {
            decision: Decision::SmallTalk,
            confidence: None,
            ranked: Vec::new(),
            shown: Vec::new(),
            office: None,
            language,
            asked_in: language.code().to_owned(),
            small_talk: None,
            left_open: None,
            blocks: vec![Block::Text { text }],
        };
        Reply {
            answer,
            receipt: None,
            promised: None,
        }
    }
}

/// Why an answer's question is to be logged, if it is.
fn reason(answer: &Answer) -> Option<Reason> {
    match answer.decision {
        Decision::Route => Some(Reason::Routed),
        Decision::Unknown => Some(Reason::Unknown),
        Decision::Answer
        | Decision::Choice
        | Decision::Crisis
        | Decision::SmallTalk
        | Decision::Path => None,
    }
}

fn now() -> i64 {
    Timestamp::now().as_millisecond()
}
