//! What the holder of a receipt is told.

use jiff::Timestamp;

use super::{Desk, PATIENCE, Reply};
use crate::knowledge::{Language, Phrases, fill};
use crate::store::{
    CallBack, CallBackState, Idea, IdeaState, Marks, Question, Receipt, State, Store, StoreError,
};

/// What became of what someone has left: a question, an idea, or a wish to be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody has answered or called yet.
    Open,
    /// An office has been given it, or someone has taken it on.
    Assigned,
    /// It has an answer, or someone has called.
    Answered,
    /// It was closed without an answer, or taken back.
    Closed,
    /// There is nothing with that receipt.
    NoSuchReceipt,
    /// It cannot be looked up just now.
    Unavailable,
}

/// What a receipt leads to.
pub(super) enum Left {
    Question(Box<Question>, Option<Marks>),
    Idea(Box<Idea>),
    CallBack(Box<CallBack>),
}

impl Desk {
    /// What became of what someone has left, for the one who has its receipt.
    pub async fn receipt_state(&self, receipt: &Receipt, language: Language) -> Reply {
        let (_, text) = self.outcome(receipt, language).await;
        self.say(text, language)
    }

    /// The same, and in words what the one who has the receipt is told.
    pub async fn outcome(&self, receipt: &Receipt, language: Language) -> (Outcome, String) {
        let answerer = self.library.current();
        let phrases = answerer.knowledge().phrases(language);
        let looked_up = match self.store.load_full() {
            Some(store) => tokio::time::timeout(PATIENCE, look_up(&store, receipt))
                .await
                .ok()
                .and_then(Result::ok),
            None => None,
        };
        match looked_up {
            None => (Outcome::Unavailable, phrases.receipt_unavailable.clone()),
            Some(None) => {
                let text = fill(&phrases.receipt_unknown, &[("receipt", receipt.as_str())]);
                (Outcome::NoSuchReceipt, text)
            }
            Some(Some(Left::Question(question, marks))) => {
                let outcome = match question.state {
                    State::New => Outcome::Open,
                    State::Assigned => Outcome::Assigned,
                    State::Answered | State::Taught => Outcome::Answered,
                    State::NotOurs | State::Dismissed => Outcome::Closed,
                };
                let text = self.state_of(&question, phrases, language);
                (outcome, below(text, self.wish_erased(marks, language)))
            }
            Some(Some(Left::Idea(idea))) => self.idea_state(&idea, phrases, language),
            Some(Some(Left::CallBack(call_back))) => {
                self.call_back_state(&call_back, phrases, language)
            }
        }
    }

    fn state_of(&self, question: &Question, phrases: &Phrases, language: Language) -> String {
        let receipt = question.receipt.as_str();
        let asked = self.date(question.asked_at, phrases);
        match question.state {
            State::New => fill(
                &phrases.receipt_open,
                &[("receipt", receipt), ("date", &asked)],
            ),
            State::Assigned => {
                let answerer = self.library.current();
                let office = question
                    .office
                    .as_ref()
                    .map_or("", |id| answerer.knowledge().title(id, language));
                fill(
                    &phrases.receipt_assigned,
                    &[("receipt", receipt), ("date", &asked), ("office", office)],
                )
            }
            State::Answered | State::Taught => {
                let answered =
                    self.date(question.answered_at.unwrap_or(question.changed_at), phrases);
                let head = fill(
                    &phrases.receipt_answered,
                    &[("receipt", receipt), ("date", &answered)],
                );
                let answer = question.answer.clone();
                below(head, answer.or_else(|| self.answer_of(question, language)))
            }
            State::NotOurs | State::Dismissed => {
                let head = fill(&phrases.receipt_closed, &[("receipt", receipt)]);
                below(head, question.answer.clone())
            }
        }
    }

    /// That a question stays which its holder wants erased, and why.
    fn wish_erased(&self, marks: Option<Marks>, language: Language) -> Option<String> {
        let marks = marks?;
        let (asked, hold) = (marks.erase_asked_at?, marks.hold?);
        let answerer = self.library.current();
        let all = answerer.knowledge().phrases(language);
        let phrases = &all.keeping;
        let values = [
            ("receipt", marks.receipt.as_str()),
            ("date", &self.date(asked, all)),
            ("why", phrases.why(hold.why.code())),
        ];
        let told = fill(&phrases.wanted_erased, &values);
        Some(format!("{told} {}", self.whom_to_ask(language)))
    }

    fn idea_state(&self, idea: &Idea, all: &Phrases, language: Language) -> (Outcome, String) {
        let phrases = &all.idea;
        let (outcome, phrase) = match idea.state {
            IdeaState::New => (Outcome::Open, &phrases.state_new),
            IdeaState::Answered => (Outcome::Answered, &phrases.state_answered),
            IdeaState::Closed => (Outcome::Closed, &phrases.state_closed),
        };
        let answerer = self.library.current();
        let receiver = answerer.knowledge().title(&idea.receiver, language);
        let date = self.date(idea.answered_at.unwrap_or(idea.asked_at), all);
        let values = [
            ("receipt", idea.receipt.as_str()),
            ("date", &date),
            ("receiver", receiver),
        ];
        (outcome, below(fill(phrase, &values), idea.answer.clone()))
    }

    fn call_back_state(
        &self,
        call_back: &CallBack,
        all: &Phrases,
        language: Language,
    ) -> (Outcome, String) {
        let phrases = &all.callback;
        let receipt = call_back.receipt.as_ref().map_or("", Receipt::as_str);
        let (outcome, phrase, at) = match (call_back.state, &call_back.claimed_by) {
            (CallBackState::Waiting, None) => {
                (Outcome::Open, &phrases.state_waiting, call_back.asked_at)
            }
            (CallBackState::Waiting, Some(_)) => {
                (Outcome::Assigned, &phrases.state_taken, call_back.asked_at)
            }
            (CallBackState::Handled { at }, _) => (Outcome::Answered, &phrases.state_handled, at),
            (CallBackState::TakenBack { at }, _) => {
                (Outcome::Closed, &phrases.state_taken_back, at)
            }
        };
        let date = self.date(at, all);
        let head = fill(phrase, &[("receipt", receipt), ("date", &date)]);
        let waits = call_back.state == CallBackState::Waiting;
        let promised = self.promised_before(call_back).filter(|_| waits);
        let promise = promised.map(|promised| self.says_when(&promised, language));
        (outcome, below(head, promise))
    }

    /// What the base says now to a question that one of its entries answers.
    pub(super) fn answer_of(&self, question: &Question, language: Language) -> Option<String> {
        let answerer = self.library.current();
        let entry = answerer.knowledge().entry(question.entry.as_ref()?)?;
        let text = entry.text(language);
        Some(format!("{}\n\n{}", text.title, text.summary))
    }

    fn date(&self, milliseconds: i64, phrases: &Phrases) -> String {
        let Ok(time) = Timestamp::from_millisecond(milliseconds) else {
            return String::new();
        };
        let day = time.to_zoned_datetime(self.library.zone()).date();
        phrases.date(day)
    }
}

/// What has this receipt; `None` when there is nothing. Fails when the database does not answer.
pub(super) async fn look_up(store: &Store, receipt: &Receipt) -> Result<Option<Left>, StoreError> {
    if let Some(question) = store.question(receipt).await? {
        let marks = store.marks(receipt).await?;
        return Ok(Some(Left::Question(Box::new(question), marks)));
    }
    if let Some(idea) = store.idea(receipt).await? {
        return Ok(Some(Left::Idea(Box::new(idea))));
    }
    let call_back = store.call_back(receipt).await?;
    Ok(call_back.map(|call_back| Left::CallBack(Box::new(call_back))))
}

impl Left {
    /// The conversation that it was left in.
    pub(super) fn conversation(self) -> String {
        match self {
            Left::Question(question, _) => question.conversation,
            Left::Idea(idea) => idea.conversation,
            Left::CallBack(call_back) => call_back.conversation,
        }
    }
}

/// A sentence, and a text below it when there is one.
fn below(head: String, text: Option<String>) -> String {
    match text {
        Some(text) => format!("{head}\n\n{text}"),
        None => head,
    }
}
