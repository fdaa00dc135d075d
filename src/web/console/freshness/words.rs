//! Why an entry is to be gone through, in words that staff read.

use maud::{Markup, html};

use super::place;
use crate::desk::{Doubt, DoubtKind};
use crate::knowledge::{Disputed, EntryId, FreshnessPhrases, Knowledge, Language, Phrases, fill};
use crate::outside::Finding;
use crate::web::console::section::{Section, home};
use crate::web::page::reason;
use crate::web::site::Site;

/// Says why entries are to be gone through.
#[derive(Clone, Copy)]
pub(super) struct InWords<'a> {
    pub(super) site: &'a Site,
    pub(super) knowledge: &'a Knowledge,
    pub(super) language: Language,
}

impl<'a> InWords<'a> {
    pub(super) fn all(&self) -> &'a Phrases {
        self.knowledge.phrases(self.language)
    }

    pub(super) fn phrases(&self) -> &'a FreshnessPhrases {
        &self.all().console.freshness
    }

    /// What a kind of doubt is called.
    pub(super) fn kind(&self, kind: DoubtKind) -> &'a str {
        let name = self.phrases().kinds.get(kind.code());
        name.map_or(kind.code(), String::as_str)
    }

    /// A kind of doubt as a badge, the louder the more it hurts.
    pub(super) fn badge(&self, kind: DoubtKind) -> Markup {
        let class = match kind {
            DoubtKind::Contradicted | DoubtKind::Complaints | DoubtKind::DeadLink => "badge bad",
            DoubtKind::Passed | DoubtKind::Overdue | DoubtKind::Overlaps => "badge due",
            DoubtKind::Unconfirmed | DoubtKind::DueSoon | DoubtKind::Moved => "badge",
        };
        html! { span class=(class) { (self.kind(kind)) } }
    }

    /// A doubt in whole sentences, with what leads on.
    pub(super) fn say(&self, doubt: &Doubt) -> Markup {
        let phrases = self.phrases();
        let on = |phrase: &str, day| fill(phrase, &[("day", &self.all().date(day))]);
        match doubt {
            Doubt::Contradicted {
                other,
                fact,
                own,
                others,
            } => {
                let values = [("fact", self.fact(*fact)), ("own", own), ("others", others)];
                html! { (fill(&phrases.contradicted, &values)) " " (self.entry(other)) }
            }
            Doubt::Complaints {
                count,
                why,
                cluster,
            } => html! {
                @if *count == 1 { (phrases.complaints_one) }
                @else { (fill(&phrases.complaints, &[("count", &count.to_string())])) }
                @for (complaint, count) in why {
                    " "
                    (fill(&phrases.complaint, &[
                        ("why", reason(*complaint, &self.all().page)),
                        ("count", &count.to_string()),
                    ]))
                }
                @if let Some(cluster) = cluster {
                    " "
                    a href={ (home(self.language)) "/" (Section::Queue.path()) "/" (cluster) } { (phrases.questions) }
                }
            },
            Doubt::DeadLink {
                address,
                finding,
                status,
                since,
            } => html! {
                (outward(address)) " " (self.dead(*finding, *since))
                @if let Some(status) = status {
                    " " (fill(&phrases.status, &[("status", &status.to_string())]))
                }
            },
            Doubt::Passed { last } => html! { (on(&phrases.passed, *last)) },
            Doubt::Overdue { by } => html! { (on(&phrases.overdue, *by)) },
            Doubt::DueSoon { by } => html! { (on(&phrases.due_soon, *by)) },
            Doubt::Overlaps { other, taken } => html! {
                (phrases.overlaps) " " (self.entry(other))
                @if let Some(question) = taken.first() {
                    " " (fill(&phrases.taken, &[("question", question)]))
                }
            },
            Doubt::Unconfirmed => html! { (phrases.unconfirmed) },
            Doubt::Moved { address, to } => html! {
                (outward(address)) " " (phrases.moved) " " (outward(to))
            },
        }
    }

    /// Since when a link does not work, and what is wrong.
    pub(super) fn dead(&self, finding: Finding, since: i64) -> String {
        let phrases = self.phrases();
        let found = phrases.findings.get(finding.code());
        let since = self.site.desk.local_minute(since);
        let values = [
            ("finding", found.map_or(finding.code(), String::as_str)),
            ("since", since.split(' ').next().unwrap_or_default()),
        ];
        fill(&phrases.dead_link, &values)
    }

    fn fact(&self, fact: Disputed) -> &'a str {
        let code = match fact {
            Disputed::Amount => "amount",
            Disputed::Deadlines => "deadlines",
            Disputed::Phones => "phones",
            Disputed::Emails => "emails",
        };
        self.phrases().facts.get(code).map_or(code, String::as_str)
    }

    /// Another entry, which leads to where that is gone through. Two that disagree have the same title, so that its name
    /// stands there too.
    fn entry(&self, entry: &EntryId) -> Markup {
        html! {
            a href=(place(self.language, entry)) { (self.knowledge.title(entry, self.language)) }
            " (" (entry) ")"
        }
    }
}

/// An address that leads out, as it is written. What stands there knows nothing of the console.
pub(super) fn outward(address: &str) -> Markup {
    html! { a href=(address) rel="noreferrer nofollow external" { (address) } }
}
