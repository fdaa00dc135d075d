//! What staff are told outside the console, in words.

use serde_json::{Value, json};

use super::gathering::Standing;
use super::{Console, Desk};
use crate::knowledge::{DigestPhrases, EntryId, Language, fill};
use crate::outside::{Asked, Notice};
use crate::store::{CallBack, Rhythm, Subscription};

/// Puts things in the words of one language.
pub(super) struct Telling<'a> {
    desk: &'a Desk,
    language: Language,
    office: Option<&'a EntryId>,
    rhythm: Rhythm,
}

impl<'a> Telling<'a> {
    /// As a subscription wants it.
    pub(super) fn to(desk: &'a Desk, subscription: &'a Subscription) -> Telling<'a> {
        let wanted = Language::from_code(&subscription.language);
        Telling {
            desk,
            language: wanted.unwrap_or_else(|| desk.default_language()),
            office: subscription.office.as_ref(),
            rhythm: subscription.rhythm,
        }
    }

    /// How things stand; `None` when there is nothing to tell. Who is told once a week is told even so, and knows that it
    /// works.
    pub(super) fn standing(&self, standing: &Standing) -> Option<Notice> {
        if standing.is_quiet() && self.rhythm != Rhythm::Weekly {
            return None;
        }
        let told = self.with(|phrases| self.facts(standing, phrases));
        let asked = self.with(|phrases| self.asked(standing, phrases));
        let subject = self.with(|phrases| match self.rhythm {
            Rhythm::Weekly => phrases.week.clone(),
            Rhythm::Never | Rhythm::Weekdays => phrases.day.clone(),
        });
        let mut notice = self.notice(&subject, told, "queue");
        notice.asked = asked;
        notice.data = json!({
            "kind": "digest",
            "office": self.office,
            "since": standing.since,
            "until": standing.until,
            "new_questions": standing.queue.fresh,
            "open_questions": standing.queue.open,
            "oldest_days": standing.oldest_days,
            "ideas": standing.ideas,
            "call_backs": standing.calls.waiting,
            "call_backs_overdue": standing.calls.overdue,
            "overdue_reviews": standing.overdue_reviews,
            "dead_links": standing.dead_links,
        });
        Some(notice)
    }

    /// That someone wants to be called: by whom and by when, and nothing else.
    pub(super) fn call(&self, call_back: &CallBack) -> Notice {
        let due = self.desk.local_minute(call_back.due_at);
        let office = self.title(&call_back.office);
        let lines = self.with(|phrases| {
            vec![
                fill(&phrases.call_office, &[("office", &office)]),
                fill(&phrases.call_due, &[("time", &due)]),
                phrases.call_where.clone(),
            ]
        });
        let subject = self.with(|phrases| fill(&phrases.call, &[("office", &office)]));
        let mut notice = self.notice(&subject, lines, "calls");
        notice.data =
            json!({ "kind": "call", "office": call_back.office, "due": call_back.due_at });
        notice
    }

    /// That it gets there.
    pub(super) fn test(&self) -> Notice {
        let lines = self.with(|phrases| vec![phrases.test_text.clone()]);
        let mut notice = self.notice(
            &self.with(|phrases| phrases.test.clone()),
            lines,
            "settings",
        );
        notice.data = json!({ "kind": "test" });
        notice
    }

    fn notice(&self, subject: &str, lines: Vec<String>, section: &str) -> Notice {
        let answerer = self.desk.library.current();
        let municipality = &answerer.knowledge().municipality().name;
        let console = self.desk.outgoing.console.as_ref();
        let link = console.map(|Console { address, home }| {
            let label = self.with(|phrases| phrases.link.clone());
            let address = address.trim_end_matches('/');
            (label, format!("{address}{}/{section}", home(self.language)))
        });
        Notice {
            subject: fill(subject, &[("municipality", municipality)]),
            lines,
            asked: None,
            link,
            footer: self.with(|phrases| phrases.footer.clone()),
            data: Value::Null,
        }
    }

    fn facts(&self, standing: &Standing, phrases: &DigestPhrases) -> Vec<String> {
        let (from, to) = (
            self.desk.local_minute(standing.since),
            self.desk.local_minute(standing.until),
        );
        let mut lines = vec![fill(&phrases.period, &[("from", &from), ("to", &to)])];
        if let Some(office) = self.office {
            lines.push(fill(&phrases.office, &[("office", &self.title(office))]));
        }
        if standing.is_quiet() {
            lines.push(phrases.quiet.clone());
            return lines;
        }
        let queue = &standing.queue;
        let counts = [
            // These two are told even when there are none: that is what is looked for.
            (&phrases.fresh, queue.fresh, true),
            (&phrases.open, queue.open, true),
            (&phrases.oldest, standing.oldest_days, false),
            (&phrases.ideas, standing.ideas, false),
            (&phrases.calls, standing.calls.waiting, false),
            (&phrases.overdue, standing.calls.overdue, false),
            (&phrases.reviews, standing.overdue_reviews, false),
            (&phrases.links, standing.dead_links, false),
        ];
        let told = counts
            .into_iter()
            .filter(|(_, count, always)| *always || *count > 0);
        lines.extend(told.map(|(phrase, count, _)| fill(phrase, &[("count", &count.to_string())])));
        lines
    }

    fn asked(&self, standing: &Standing, phrases: &DigestPhrases) -> Option<Asked> {
        let item = |cluster: &crate::store::FreshCluster| {
            let times = match cluster.askers {
                0 | 1 => phrases.once.clone(),
                count => fill(&phrases.askers, &[("count", &count.to_string())]),
            };
            let about = match &cluster.office {
                Some(office) => format!("{times}, {}", self.title(office)),
                None => times,
            };
            (cluster.wording.clone(), about)
        };
        let items: Vec<(String, String)> = standing.top.iter().map(item).collect();
        (!items.is_empty()).then(|| Asked {
            heading: phrases.top.clone(),
            items,
        })
    }

    fn title(&self, entry: &EntryId) -> String {
        let answerer = self.desk.library.current();
        answerer.knowledge().title(entry, self.language).to_owned()
    }

    fn with<T>(&self, told: impl FnOnce(&DigestPhrases) -> T) -> T {
        let answerer = self.desk.library.current();
        told(&answerer.knowledge().phrases(self.language).digest)
    }
}
