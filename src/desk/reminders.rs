//! Who wants to be reminded before a last day to apply, and that they have been.
//!
//! Every reminder is compared with the base once a day, so that a last day that has been moved or taken away is told of, and
//! nobody is reminded of one that does not hold any longer.

use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Desk, ERASING, now};
use crate::knowledge::{EntryId, Knowledge, Language, fill, is_old};
use crate::store::{NOT_TOLD, Reminder, StoreError};

/// So many may be kept for one person.
pub const MOST_REMINDERS: u32 = 20;
/// How many days before a last day people are reminded, when nothing else has been set.
pub(super) const DAYS: [u16; 2] = [14, 2];
/// A channel that has begun to remind someone is left alone for so long; then another may try.
const LEASE: Duration = Duration::from_secs(60);
/// How many are looked at at a time.
const AT_ONCE: u32 = 20;
/// From this hour to the one before the other, people are reminded.
const DAYTIME: std::ops::Range<i8> = 8..21;

/// Someone who is to be reminded.
#[derive(Clone, Debug)]
pub struct Reminded {
    /// What to tell.
    pub text: String,
    /// The language to tell it in.
    pub language: Language,
    /// Whether the base still has what it is about.
    pub can_be_read: bool,
    reminder: Reminder,
    /// What it becomes when they have been told; `None` when it was the last.
    after: Option<Reminder>,
}

impl Reminded {
    /// Where to tell it, in the channel's own terms.
    pub fn address(&self) -> &str {
        &self.reminder.address
    }

    /// What it is about.
    pub fn entry(&self) -> &EntryId {
        &self.reminder.entry
    }

    /// Whether there is another reminder to come.
    pub fn is_followed(&self) -> bool {
        self.after.is_some()
    }
}

/// What looking at a reminder comes to.
enum Look {
    /// Someone is to be told.
    Tell(Box<Reminded>),
    /// It is to be looked at again tomorrow.
    Wait,
    /// Its day has passed.
    Drop,
}

impl Desk {
    /// Reminds so many days before a last day, in place of 14 and 2.
    #[must_use]
    pub fn reminding(self, mut days: Vec<u16>) -> Desk {
        days.sort_unstable_by(|a, b| b.cmp(a));
        days.dedup();
        Desk {
            remind_days: days,
            ..self
        }
    }

    /// Keeps an address until the next last day of an entry, to remind whoever left it; what to say to them.
    pub async fn remind_me(
        &self,
        channel: &str,
        address: &str,
        entry: &EntryId,
        language: Language,
    ) -> String {
        let answerer = self.library.current();
        let knowledge = answerer.knowledge();
        let phrases = knowledge.phrases(language);
        let today = self.today();
        let found = knowledge.entry(entry);
        let Some((found, day)) = found.and_then(|e| Some((e, e.next_deadline(today)?))) else {
            return phrases.reminder.no_day.clone();
        };
        let said = |phrase: &str| about(knowledge, entry, day, language, phrase);
        let when = self.ahead(day, today, NOT_TOLD);
        if when.is_empty() {
            return said(&phrases.reminder.too_late);
        }
        let when: Vec<String> = when.iter().map(|day| phrases.date(*day)).collect();
        let when = when.join(&format!(" {} ", phrases.and));
        let reminder = Reminder {
            channel: channel.to_owned(),
            address: address.to_owned(),
            entry: entry.clone(),
            day,
            language: language.code().to_owned(),
            told: self.due(day, today).unwrap_or(NOT_TOLD),
        };
        match self.keep_reminder(&reminder, today).await {
            Ok(true) => {
                let kept = fill(&said(&phrases.reminder.kept), &[("when", &when)]);
                with_doubt(knowledge, found.id.clone(), kept, today, language)
            }
            Ok(false) => fill(
                &phrases.reminder.too_many,
                &[("count", &MOST_REMINDERS.to_string())],
            ),
            Err(error) => {
                tracing::warn!(%error, "a reminder could not be saved");
                phrases.reminder.unavailable.clone()
            }
        }
    }

    /// What an address is reminded of, the nearest day first, each in words; `None` when the database is away.
    pub async fn reminders(
        &self,
        channel: &str,
        address: &str,
        language: Language,
    ) -> Option<Vec<(EntryId, String)>> {
        let store = self.store.load_full()?;
        let reading = tokio::time::timeout(ERASING, store.reminders(channel, address));
        let kept = reading.await.ok()?.ok()?;
        let answerer = self.library.current();
        let knowledge = answerer.knowledge();
        let item = &knowledge.phrases(language).reminder.item;
        let said = |r: Reminder| {
            let text = about(knowledge, &r.entry, r.day, language, item);
            (r.entry, text)
        };
        Some(kept.into_iter().map(said).collect())
    }

    /// Deletes what an address is reminded of these entries. Whether the database could be reached.
    pub async fn stop_reminding(&self, channel: &str, address: &str, entries: &[EntryId]) -> bool {
        let Some(store) = self.store.load_full() else {
            return false;
        };
        let deleting = async {
            for entry in entries {
                store.forget_reminder(channel, address, entry).await?;
            }
            Ok::<_, StoreError>(())
        };
        matches!(tokio::time::timeout(ERASING, deleting).await, Ok(Ok(())))
    }

    /// Those of a channel who are to be reminded now: by day, and of what the base says now. Each is given to one caller,
    /// which has a minute to tell them and call [`Desk::reminded`]; after that they are given out again, until the last day
    /// has passed. Fails when the database is away.
    pub async fn to_remind(&self, channel: &str) -> Result<Vec<Reminded>, StoreError> {
        let (today, hour) = self.local_time();
        if !DAYTIME.contains(&hour) {
            return Ok(Vec::new());
        }
        let store = self.open_store()?;
        let lease = i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
        let mut all = Vec::new();
        for reminder in store
            .reminders_to_look_at(channel, today, AT_ONCE, now())
            .await?
        {
            let claimed = store.claim_reminder(&reminder, today, now(), now() + lease);
            if !claimed.await? {
                continue;
            }
            match self.look_at_reminder(&reminder, today) {
                Look::Tell(reminded) => all.push(*reminded),
                Look::Wait => store.looked_at_reminder(&reminder, today).await?,
                Look::Drop => _ = forget(&store, &reminder).await?,
            }
        }
        Ok(all)
    }

    /// Notes that someone has been reminded, or deletes their address when it was the last time. Fails when the database is
    /// away.
    pub async fn reminded(&self, reminded: &Reminded) -> Result<(), StoreError> {
        let store = self.open_store()?;
        match &reminded.after {
            Some(after) => store.looked_at_reminder(after, self.today()).await,
            None => forget(&store, &reminded.reminder).await.map(|_| ()),
        }
    }

    /// Deletes the address of someone who cannot be reminded. Fails when the database is away.
    pub async fn cannot_remind(&self, reminded: &Reminded) -> Result<(), StoreError> {
        let store = self.open_store()?;
        forget(&store, &reminded.reminder).await.map(|_| ())
    }

    async fn keep_reminder(&self, reminder: &Reminder, today: Date) -> Result<bool, StoreError> {
        let store = self.open_store()?;
        let keeping = store.remind(reminder, today, MOST_REMINDERS, now());
        let late = || StoreError::Unavailable("it did not answer in time".to_owned());
        tokio::time::timeout(ERASING, keeping)
            .await
            .unwrap_or_else(|_| Err(late()))
    }

    /// What is to be done about a reminder on a day, by what the base says now.
    fn look_at_reminder(&self, reminder: &Reminder, today: Date) -> Look {
        let answerer = self.library.current();
        let knowledge = answerer.knowledge();
        let language =
            Language::from_code(&reminder.language).unwrap_or_else(|| self.default_language());
        let phrases = &knowledge.phrases(language).reminder;
        let entry = knowledge.entry(&reminder.entry);
        let terms = entry.and_then(|entry| entry.terms_that_hold());
        let holds = terms.is_some_and(|terms| terms.is_deadline(reminder.day));
        if holds && reminder.day < today {
            return Look::Drop;
        }
        let next = terms.and_then(|terms| terms.next_deadline(today));
        let (phrase, day, told) = match (holds, next) {
            (true, _) => match self.due(reminder.day, today) {
                Some(due) if due < reminder.told => {
                    let phrase = match (reminder.day - today).get_days() {
                        0 => &phrases.due_today,
                        1 => &phrases.due_tomorrow,
                        _ => &phrases.due,
                    };
                    (phrase, reminder.day, due)
                }
                _ => return Look::Wait,
            },
            (false, Some(day)) => (
                &phrases.moved,
                day,
                self.due(day, today).unwrap_or(NOT_TOLD),
            ),
            // A day that has passed is not worth telling that it was taken away.
            (false, None) if reminder.day < today => return Look::Drop,
            (false, None) => (&phrases.gone, reminder.day, 0),
        };
        let is_followed = !self.ahead(day, today, told).is_empty();
        let after = is_followed.then(|| Reminder {
            day,
            told,
            ..reminder.clone()
        });
        let days = (day - today).get_days().to_string();
        let text = about(knowledge, &reminder.entry, day, language, phrase);
        let mut text = fill(&text, &[("days", &days)]);
        if next.is_some() {
            text = with_doubt(knowledge, reminder.entry.clone(), text, today, language);
        }
        if after.is_none() {
            text = format!("{text}\n\n{}", phrases.last);
        }
        Look::Tell(Box::new(Reminded {
            text,
            language,
            can_be_read: entry.is_some(),
            reminder: reminder.clone(),
            after,
        }))
    }

    /// For which of the numbers of days before a last day it is time, or was last; `None` before the first.
    fn due(&self, day: Date, today: Date) -> Option<u16> {
        let left = (day - today).get_days();
        let due = self
            .remind_days
            .iter()
            .filter(|days| left <= i32::from(**days));
        due.min().copied()
    }

    /// The days to come on which someone is reminded of a last day, when they have been told of so many days before.
    fn ahead(&self, day: Date, today: Date, told: u16) -> Vec<Date> {
        let ahead = self.remind_days.iter().filter(|days| **days < told);
        let ahead = ahead.map(|days| day.saturating_sub(i32::from(*days).days()));
        ahead.filter(|when| *when > today).collect()
    }
}

async fn forget(store: &crate::store::Store, reminder: &Reminder) -> Result<bool, StoreError> {
    let Reminder {
        channel,
        address,
        entry,
        ..
    } = reminder;
    store.forget_reminder(channel, address, entry).await
}

/// A sentence about the last day of an entry.
fn about(
    knowledge: &Knowledge,
    entry: &EntryId,
    day: Date,
    language: Language,
    phrase: &str,
) -> String {
    let title = knowledge.title(entry, language);
    let date = knowledge.phrases(language).date(day);
    fill(phrase, &[("title", title), ("date", &date)])
}

/// A sentence about a last day, and from which year that is, when it is from an older source.
fn with_doubt(
    knowledge: &Knowledge,
    entry: EntryId,
    text: String,
    today: Date,
    language: Language,
) -> String {
    let terms = knowledge.entry(&entry).and_then(|e| e.terms.as_ref());
    let old = terms.and_then(|terms| terms.facts_from);
    match old.filter(|year| is_old(*year, today)) {
        Some(year) => {
            let doubt = &knowledge.phrases(language).browse.event_old;
            let doubt = fill(doubt, &[("year", &year.to_string())]);
            format!("{text}\n\n{doubt}")
        }
        None => text,
    }
}
