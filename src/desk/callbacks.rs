//! Those who want to be called or written to by a person: what they are promised, and the queue that staff work through.

use jiff::civil::DateTime;
use jiff::{Timestamp, ZonedDateTime};

use super::reachable::Reachable;
use super::{Desk, ERASING, Message, Reply, now};
use crate::answering::{Answerer, Conversation};
use crate::knowledge::{
    BestTime, CallBackPhrases, EntryId, EntryKind, Knowledge, Language, Opening, Phrases, Promise,
    fill,
};
use crate::language::mask;
pub use crate::paths::LONGEST_SUBJECT;
use crate::store::{AddressKind, CallBack, CallBackState, Receipt, StoreError};

/// So many may wait in one conversation, and at one address; more would only keep others waiting.
pub const MOST_CALL_BACKS: u32 = 3;
/// Within how many open days someone calls, when nothing else has been set.
pub(super) const OPEN_DAYS: u8 = 2;

/// What someone asks for who wants to be called.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The office that is to call; without one it is found by what it is about.
    pub office: Option<EntryId>,
    /// A telephone number or a mail address, as it was typed.
    pub address: &'a str,
    /// What it is about, as it was typed. It is masked before it is kept.
    pub subject: &'a str,
    /// When it suits best.
    pub best_time: BestTime,
    /// The language to speak.
    pub language: Language,
}

/// What someone has been promised who wants to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised {
    /// Its name, by which whoever left it can take it back.
    pub id: String,
    /// What whoever left it can ask about it by.
    pub receipt: Receipt,
    /// The office that calls.
    pub office: EntryId,
    /// Whether it calls or writes.
    pub kind: AddressKind,
    /// When it suits best.
    pub best_time: BestTime,
    /// By when.
    pub promise: Promise,
}

/// Why nobody will call.
#[derive(Clone, Debug)]
pub enum CallBackRefusal {
    /// It does not say what it is about.
    NoSubject,
    /// It says so in too many words.
    LongSubject,
    /// There is no address.
    NoAddress,
    /// What stands there is no address.
    WrongAddress,
    /// There is no such office any longer.
    NoSuchOffice,
    /// So many wait in this conversation, or at this address, already that no more are taken.
    TooMany,
    /// It cannot be saved just now.
    Unavailable,
    /// Someone is in need: here is the answer, and nothing has been kept.
    InNeed(Box<Reply>),
}

/// What of a form is to be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallBackField {
    /// What it is about.
    Subject,
    /// Who is to call.
    Office,
    /// Where to call.
    Address,
}

impl CallBackRefusal {
    /// What is to be mended before it can be sent again; `None` when nothing is wrong with what was written.
    pub fn field(&self) -> Option<CallBackField> {
        match self {
            CallBackRefusal::NoSubject | CallBackRefusal::LongSubject => {
                Some(CallBackField::Subject)
            }
            CallBackRefusal::NoAddress | CallBackRefusal::WrongAddress => {
                Some(CallBackField::Address)
            }
            CallBackRefusal::NoSuchOffice => Some(CallBackField::Office),
            CallBackRefusal::TooMany
            | CallBackRefusal::Unavailable
            | CallBackRefusal::InNeed(_) => None,
        }
    }

    /// What whoever asked is told.
    pub fn text(&self, knowledge: &Knowledge, language: Language) -> String {
        let phrases = &knowledge.phrases(language).callback;
        match self {
            CallBackRefusal::NoSubject => phrases.no_subject.clone(),
            CallBackRefusal::LongSubject => fill(
                &phrases.long_subject,
                &[("limit", &LONGEST_SUBJECT.to_string())],
            ),
            CallBackRefusal::NoAddress => phrases.no_address.clone(),
            CallBackRefusal::WrongAddress => phrases.wrong_address.clone(),
            CallBackRefusal::NoSuchOffice => phrases.no_office.clone(),
            CallBackRefusal::TooMany => fill(
                &phrases.too_many,
                &[("count", &MOST_CALL_BACKS.to_string())],
            ),
            CallBackRefusal::Unavailable => fill(
                &phrases.unavailable,
                &[("way_in", &knowledge.way_in(language))],
            ),
            CallBackRefusal::InNeed(reply) => reply.answer.plain_text(),
        }
    }
}

impl Desk {
    /// Promises to call within so many open days, in place of two.
    pub fn calling_back_within(self, open_days: u8) -> Desk {
        Desk { open_days, ..self }
    }

    /// Keeps the address of someone who wants to be called or written to, for that alone, and promises by when. Who asks for
    /// the same twice is promised it once.
    ///
    /// Fails when something is missing or wrong, when three wait already in the conversation or at the address, and when the database is away.
    /// A cry for help is answered as any is, and nothing of it is kept.
    pub async fn ask_call_back(
        &self,
        conversation: &str,
        channel: &str,
        wanted: &Wanted<'_>,
    ) -> Result<Promised, CallBackRefusal> {
        if let Some(cry) = [wanted.subject, wanted.address]
            .into_iter()
            .find(|text| self.is_cry_for_help(text))
        {
            let message = message(conversation, channel, cry, wanted.language);
            return Err(CallBackRefusal::InNeed(Box::new(self.ask(&message).await)));
        }
        let subject = subject(wanted.subject)?;
        if wanted.address.trim().is_empty() {
            return Err(CallBackRefusal::NoAddress);
        }
        let Ok(reachable) = Reachable::parse(wanted.address) else {
            return Err(CallBackRefusal::WrongAddress);
        };
        let office = match &wanted.office {
            Some(office) => self.office(office).ok_or(CallBackRefusal::NoSuchOffice)?,
            None => self.office_for(channel, wanted).await,
        };
        let asked = Timestamp::now();
        let promise = self.promise(&office, asked);
        let new = CallBack {
            id: Desk::new_conversation(),
            receipt: Some(Receipt::new()),
            office,
            address: reachable.address,
            kind: reachable.kind,
            subject,
            best_time: wanted.best_time,
            language: wanted.language.code().to_owned(),
            channel: channel.to_owned(),
            conversation: conversation.to_owned(),
            asked_at: asked.as_millisecond(),
            due_at: self.moment(promise.by),
            claimed_by: None,
            state: CallBackState::Waiting,
        };
        self.keep_call_back(new, promise).await
    }

    /// Deletes what someone has left in this conversation to be called at; its receipt says that it was taken back.
    /// Whether there was such a one. Fails when the database is away.
    pub async fn withdraw_call_back(
        &self,
        conversation: &str,
        id: &str,
    ) -> Result<bool, StoreError> {
        let store = self.open_store()?;
        store.withdraw_call_back(id, conversation, now()).await
    }

    /// What someone is told who is to be called: by whom, by when, by which receipt it is followed, and what is kept for
    /// how long.
    pub fn promised_text(&self, promised: &Promised, language: Language) -> String {
        let answerer = self.library.current();
        let phrases = &answerer.knowledge().phrases(language).callback;
        let receipt = fill(&phrases.receipt, &[("receipt", promised.receipt.as_str())]);
        let kept = fill(
            &phrases.kept,
            &[("days", &self.keep.now().call_backs.to_string())],
        );
        let says_when = self.says_when(promised, language);
        format!("{says_when}\n\n{receipt}\n\n{kept}")
    }

    /// Who calls or writes, and by when.
    pub(super) fn says_when(&self, promised: &Promised, language: Language) -> String {
        let answerer = self.library.current();
        let knowledge = answerer.knowledge();
        let all = knowledge.phrases(language);
        let phrases = &all.callback;
        let Promise { by, has_hour } = promised.promise;
        let phrase = match (promised.kind, has_hour) {
            (AddressKind::Phone, true) => &phrases.calls_by_hour,
            (AddressKind::Phone, false) => &phrases.calls_by_day,
            (AddressKind::Email, true) => &phrases.writes_by_hour,
            (AddressKind::Email, false) => &phrases.writes_by_day,
        };
        fill(
            phrase,
            &[
                ("office", knowledge.title(&promised.office, language)),
                ("date", &day(by, phrases, all)),
                ("time", &by.strftime("%H:%M").to_string()),
            ],
        )
    }

    async fn keep_call_back(
        &self,
        new: CallBack,
        promise: Promise,
    ) -> Result<Promised, CallBackRefusal> {
        let store = self.store.load_full().ok_or(CallBackRefusal::Unavailable)?;
        let keeping = async {
            let waiting = store.call_backs_of(&new.conversation).await?;
            let is_same = |other: &&CallBack| {
                other.best_time == new.best_time
                    && (&other.office, &other.address, &other.subject)
                        == (&new.office, &new.address, &new.subject)
            };
            // One that was left before there were receipts has nothing to be followed by.
            let mut before = waiting.iter().filter(is_same);
            if let Some(same) = before.find_map(|same| self.promised_before(same)) {
                return Ok(Some(same));
            }
            let is_kept = store.add_call_back(&new, MOST_CALL_BACKS).await?;
            Ok(promised(&new, promise).filter(|_| is_kept))
        };
        // Longer than for a question: this is not kept in memory when the database is slow.
        let kept: Result<_, StoreError> = match tokio::time::timeout(ERASING, keeping).await {
            Ok(kept) => kept,
            Err(_) => {
                tracing::warn!(patience = ?ERASING, "a wish to be called could not be saved in time");
                return Err(CallBackRefusal::Unavailable);
            }
        };
        match kept {
            Ok(Some(promised)) => Ok(promised),
            Ok(None) => Err(CallBackRefusal::TooMany),
            Err(error) => {
                tracing::warn!(%error, "a wish to be called could not be saved");
                Err(CallBackRefusal::Unavailable)
            }
        }
    }

    /// What was promised to someone before; `None` when it has no receipt.
    pub(super) fn promised_before(&self, before: &CallBack) -> Option<Promised> {
        let asked = Timestamp::from_millisecond(before.asked_at).unwrap_or_default();
        promised(before, self.promise(&before.office, asked))
    }

    fn promise(&self, office: &EntryId, asked: Timestamp) -> Promise {
        let answerer = self.library.current();
        let reach = answerer
            .knowledge()
            .entry(office)
            .and_then(|e| e.reach.as_ref());
        let asked: ZonedDateTime = asked.to_zoned_datetime(self.library.zone());
        Opening::of(reach, asked.date()).promise(&asked, self.open_days)
    }

    /// A time on the clock of the municipality in milliseconds, UTC.
    fn moment(&self, time: DateTime) -> i64 {
        let zoned = time.to_zoned_datetime(self.library.zone());
        zoned.map_or_else(|_| now(), |zoned| zoned.timestamp().as_millisecond())
    }

    /// The office, when it is one.
    fn office(&self, id: &EntryId) -> Option<EntryId> {
        let answerer = self.library.current();
        is_office(&answerer, id).then(|| id.clone())
    }

    /// The office that owns what someone wants to talk about, else the one where every question may be asked. Nothing of it
    /// is logged.
    async fn office_for(&self, channel: &str, wanted: &Wanted<'_>) -> EntryId {
        let answerer = self.library.current();
        let message = message("", channel, wanted.subject, wanted.language);
        let (answer, _) = self
            .work_out(&answerer, &message, Conversation::default())
            .await;
        let owner = answer.office.filter(|id| is_office(&answerer, id));
        owner.unwrap_or_else(|| answerer.knowledge().municipality().way_in.clone())
    }
}

/// What it is about, as it is kept.
fn subject(written: &str) -> Result<String, CallBackRefusal> {
    let written = written.trim();
    if written.is_empty() {
        return Err(CallBackRefusal::NoSubject);
    }
    if written.chars().count() > LONGEST_SUBJECT {
        return Err(CallBackRefusal::LongSubject);
    }
    Ok(mask(written).text)
}

pub(super) fn is_office(answerer: &Answerer, id: &EntryId) -> bool {
    id.kind() == EntryKind::Offices && answerer.knowledge().entry(id).is_some()
}

/// What was promised; `None` when it has no receipt.
fn promised(call_back: &CallBack, promise: Promise) -> Option<Promised> {
    Some(Promised {
        id: call_back.id.clone(),
        receipt: call_back.receipt.clone()?,
        office: call_back.office.clone(),
        kind: call_back.kind,
        best_time: call_back.best_time,
        promise,
    })
}

pub(super) fn message<'a>(
    conversation: &'a str,
    channel: &'a str,
    text: &'a str,
    language: Language,
) -> Message<'a> {
    Message {
        conversation,
        channel,
        text,
        language: Some(language),
    }
}

/// A day with the name of its weekday: `onsdag 25 november 2026`.
fn day(by: DateTime, phrases: &CallBackPhrases, all: &Phrases) -> String {
    let place = usize::try_from(by.weekday().to_monday_zero_offset()).unwrap_or_default();
    let weekday = phrases.weekdays.get(place).map_or("", String::as_str);
    format!("{weekday} {}", all.date(by.date()))
        .trim()
        .to_owned()
}
