//! Gathering all that is kept about one receipt.

use jiff::{Span, Timestamp};
use tokio::time::timeout;

use super::{Dossier, DossierAct, Kept, LeftKind, about, named, time};
use crate::desk::erasing::too_slow;
use crate::desk::receipts::{Left, look_up};
use crate::desk::review::OpenQuestion;
use crate::desk::{Desk, ERASING};
use crate::knowledge::Language;
use crate::store::{
    AddressKind, AuditFilter, AuditLine, CallBack, CallBackState, Idea, IdeaState, Marks, Question,
    Receipt, State, Store, StoreError,
};

/// How many acts are told of.
const ACTS: u32 = 200;
/// How many digits of a number are shown: enough to know one's own by, and of no use to a stranger.
const SHOWN: usize = 2;

impl Desk {
    /// All that is kept about a receipt, as its holder may see it; `None` when there is nothing with that receipt. Fails
    /// when the database is away.
    pub async fn dossier(&self, receipt: &Receipt) -> Result<Option<Dossier>, StoreError> {
        let gathered = timeout(ERASING, self.whole_dossier(receipt)).await;
        let mut dossier = gathered.map_err(|_| too_slow())??;
        for act in dossier.iter_mut().flat_map(|dossier| &mut dossier.acts) {
            // It may be about someone else.
            act.reason.clear();
        }
        Ok(dossier)
    }

    /// The same with what staff alone may see.
    pub(in crate::desk) async fn whole_dossier(
        &self,
        receipt: &Receipt,
    ) -> Result<Option<Dossier>, StoreError> {
        let store = self.open_store()?;
        Ok(match look_up(&store, receipt).await? {
            Some(Left::Question(question, marks)) => {
                Some(self.of_question(&store, *question, marks).await?)
            }
            Some(Left::Idea(idea)) => Some(self.of_idea(&store, *idea).await?),
            Some(Left::CallBack(call_back)) => {
                Some(self.of_call_back(&store, receipt, *call_back).await?)
            }
            None => None,
        })
    }

    async fn of_question(
        &self,
        store: &Store,
        question: Question,
        marks: Option<Marks>,
    ) -> Result<Dossier, StoreError> {
        let receipt = question.receipt.clone();
        let mut about = vec![about(&receipt)];
        if let Some(cluster) = &question.cluster {
            about.push(format!("cluster/{cluster}"));
            let changes = store.changes_of(cluster).await?;
            about.extend(changes.into_iter().map(|c| format!("change/{}", c.id)));
        }
        let answer = question.answer.clone();
        let language = Language::from_code(&question.language);
        let language = language.unwrap_or_else(|| self.default_language());
        let answer = answer.or_else(|| self.answer_of(&question, language));
        let rule = format!("questions-{}", question.state.code());
        let days = self.keep.now().days_of(question.state);
        let hold = marks.as_ref().and_then(|marks| marks.hold.as_ref());
        let kept = kept(rule, days, question.changed_at, hold.is_none());
        let dossier = Dossier {
            told_by: store.wished_by(&receipt).await?,
            acts: acts(store, &about, question.asked_at).await?,
            held: hold.map(|hold| (hold.why.code().to_owned(), time(hold.at))),
            erasure_asked_at: marks.as_ref().and_then(|m| m.erase_asked_at).map(time),
            registered_at: marks.as_ref().and_then(|m| m.registered_at).map(time),
            answered_by: question.answered_by.clone(),
            entry: question.entry.as_ref().map(ToString::to_string),
            ..self.blank(&receipt, LeftKind::Question, question.asked_at, kept)
        };
        let open = OpenQuestion::from(question);
        Ok(Dossier {
            channel: open.channel,
            language: open.language,
            words: open.wording,
            reason: Some(open.reason),
            complaint: open.complaint,
            remark: open.remark,
            nearest: open.nearest,
            office: open.office,
            state: open.state,
            answer,
            answered_at: open.answered_at,
            ..dossier
        })
    }

    async fn of_idea(&self, store: &Store, idea: Idea) -> Result<Dossier, StoreError> {
        let like = match idea.state {
            IdeaState::New => State::New,
            IdeaState::Answered => State::Answered,
            IdeaState::Closed => State::Dismissed,
        };
        let rule = format!("ideas-{}", idea.state.code());
        let days = self.keep.now().days_of(like);
        let kept = kept(rule, days, idea.changed_at, true);
        let audiences = idea.audiences.iter().map(|a| a.code());
        let needs = idea.needs.iter().map(|n| n.code());
        let company = Some(idea.company.as_str()).filter(|code| !code.is_empty());
        let chosen = audiences.chain(needs).chain(company).map(str::to_owned);
        let about = [named("idea", &idea.receipt), about(&idea.receipt)];
        Ok(Dossier {
            chosen: chosen.collect(),
            told_by: store.wished_by(&idea.receipt).await?,
            acts: acts(store, &about, idea.asked_at).await?,
            channel: idea.channel,
            language: idea.language,
            words: idea.words,
            office: Some(idea.receiver.to_string()),
            state: idea.state.code().to_owned(),
            answer: idea.answer,
            answered_at: idea.answered_at.map(time),
            answered_by: idea.answered_by,
            ..self.blank(&idea.receipt, LeftKind::Idea, idea.asked_at, kept)
        })
    }

    async fn of_call_back(
        &self,
        store: &Store,
        receipt: &Receipt,
        call_back: CallBack,
    ) -> Result<Dossier, StoreError> {
        let state = match call_back.state {
            CallBackState::Waiting => "waiting",
            CallBackState::Handled { .. } => "handled",
            CallBackState::TakenBack { .. } => "taken-back",
        };
        let days = self.keep.now().call_backs;
        let kept = kept("call-backs".to_owned(), days, call_back.asked_at, true);
        let begin: String = call_back.id.chars().take(8).collect();
        let about = [
            format!("call-back/{begin} {}", call_back.office),
            about(receipt),
        ];
        Ok(Dossier {
            address: (!call_back.address.is_empty()).then(|| ending(&call_back)),
            acts: acts(store, &about, call_back.asked_at).await?,
            channel: call_back.channel,
            language: call_back.language,
            words: call_back.subject,
            office: Some(call_back.office.to_string()),
            state: state.to_owned(),
            ..self.blank(receipt, LeftKind::CallBack, call_back.asked_at, kept)
        })
    }

    fn blank(&self, receipt: &Receipt, kind: LeftKind, left_at: i64, kept: Kept) -> Dossier {
        let answerer = self.library.current();
        Dossier {
            municipality: answerer.knowledge().municipality().name.clone(),
            receipt: receipt.to_string(),
            kind,
            left_at: time(left_at),
            channel: String::new(),
            language: String::new(),
            words: String::new(),
            reason: None,
            complaint: None,
            remark: None,
            nearest: Vec::new(),
            chosen: Vec::new(),
            office: None,
            state: String::new(),
            answer: None,
            entry: None,
            answered_at: None,
            answered_by: None,
            address: None,
            told_by: Vec::new(),
            acts: Vec::new(),
            kept,
            held: None,
            erasure_asked_at: None,
            registered_at: None,
        }
    }
}

fn kept(rule: String, days: u32, from: i64, goes: bool) -> Kept {
    let from = Timestamp::from_millisecond(from).unwrap_or_default();
    let until = from.checked_add(Span::new().hours(i64::from(days) * 24));
    Kept {
        rule,
        days,
        until: until.ok().filter(|_| goes).map(|time| time.to_string()),
    }
}

/// The end of an address.
fn ending(call_back: &CallBack) -> String {
    let address = call_back.address.as_str();
    let shown = match call_back.kind {
        AddressKind::Email => address.split_once('@').map_or("", |(_, domain)| domain),
        AddressKind::Phone => {
            let from = address.char_indices().rev().nth(SHOWN - 1);
            from.map_or("", |(at, _)| &address[at..])
        }
    };
    format!("…{shown}")
}

/// What has been done with some things since a time, the first act first.
async fn acts(store: &Store, about: &[String], since: i64) -> Result<Vec<DossierAct>, StoreError> {
    let mut lines: Vec<AuditLine> = Vec::new();
    for about in about {
        let filter = AuditFilter {
            about: Some(about.clone()),
            limit: ACTS,
            ..AuditFilter::default()
        };
        lines.extend(store.audit_lines(&filter).await?);
    }
    lines.retain(|line| line.at >= since);
    lines.sort_by_key(|line| line.seq);
    let accounts = store.accounts().await?;
    let role = |who: &str| {
        let account = accounts.iter().find(|account| account.name == who);
        account.map_or("staff", |account| account.role.code())
    };
    // Who has taken something on stands there by name.
    let nameless = |text: String| match accounts.iter().any(|account| account.name == text) {
        true => role(&text).to_owned(),
        false => text,
    };
    let act = |line: AuditLine| DossierAct {
        at: time(line.at),
        by: role(&line.who).to_owned(),
        act: line.act,
        before: nameless(line.before),
        after: nameless(line.after),
        reason: line.reason,
    };
    Ok(lines.into_iter().map(act).collect())
}
