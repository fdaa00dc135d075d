//! All that is kept about one receipt, as people read it: on the page of whoever holds it, and in the console.

use jiff::Timestamp;
use maud::{Markup, html};

use super::site::Site;
use crate::desk::{Complaint, Dossier, DossierAct, LeftKind};
use crate::knowledge::{EntryId, Knowledge, Language, Phrases, fill};
use crate::web::page::reason;

/// What the parts of it are drawn with.
#[derive(Clone, Copy)]
struct Drawing<'a> {
    site: &'a Site,
    knowledge: &'a Knowledge,
    language: Language,
    all: &'a Phrases,
}

/// All that is kept, and what has been done.
pub(super) fn draw(site: &Site, language: Language, dossier: &Dossier) -> Markup {
    drawn(site, language, dossier, true)
}

/// What was left, what was answered and what has been done; without how long it is kept.
pub(super) fn draw_matter(site: &Site, language: Language, dossier: &Dossier) -> Markup {
    drawn(site, language, dossier, false)
}

fn drawn(site: &Site, language: Language, dossier: &Dossier, with_keeping: bool) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let drawing = Drawing {
        site,
        knowledge,
        language,
        all: knowledge.phrases(language),
    };
    let phrases = &drawing.all.keeping;
    html! {
        dl .facts {
            (drawing.matter(dossier))
            @if with_keeping { (drawing.keeping(dossier)) }
        }
        h2 { (phrases.acts) }
        @if dossier.acts.is_empty() { p { (phrases.acts_none) } } @else {
            ol .list { @for act in &dossier.acts { (drawing.act(act)) } }
        }
    }
}

impl Drawing<'_> {
    /// What was left, and what was answered.
    fn matter(self, dossier: &Dossier) -> Markup {
        let phrases = &self.all.keeping;
        let queue = &self.all.console.queue;
        let complaint = dossier.complaint.as_deref().and_then(Complaint::parse);
        let nearest = dossier.nearest.iter().map(|(entry, _)| self.title(entry));
        let nearest: Vec<&str> = nearest.collect();
        html! {
            (fact(&phrases.kind, html! { (named(&phrases.kinds, dossier.kind.code())) }))
            (fact(&phrases.left, self.minute(&dossier.left_at)))
            (fact(&phrases.channel, html! { (queue.channel(&dossier.channel)) }))
            (fact(&phrases.language, html! { (queue.tongue(&dossier.language)) }))
            (fact(&phrases.words, html! {
                @if dossier.words.is_empty() { (phrases.no_words) }
                @else { p .plainly lang=(dossier.language) { (dossier.words) } }
            }))
            @if let Some(reason) = &dossier.reason {
                (fact(&phrases.reason, html! { (named(&phrases.reasons, reason)) }))
            }
            @if complaint.is_some() || dossier.remark.is_some() {
                (fact(&phrases.complaint, html! {
                    @if let Some(complaint) = complaint { (reason(complaint, &self.all.page)) ". " }
                    @if let Some(remark) = &dossier.remark { q { (remark) } }
                }))
            }
            @if !nearest.is_empty() { (fact(&phrases.nearest, html! { (nearest.join(", ")) })) }
            @if !dossier.chosen.is_empty() { (fact(&phrases.chosen, html! { (self.chosen(dossier)) })) }
            @if let Some(office) = &dossier.office { (fact(&phrases.office, html! { (self.title(office)) })) }
            (fact(&phrases.state, html! { (self.state(dossier)) }))
            @if dossier.answer.is_some() || dossier.answered_at.is_some() {
                (fact(&phrases.answer, self.answer(dossier)))
            }
        }
    }

    fn answer(self, dossier: &Dossier) -> Markup {
        let phrases = &self.all.keeping;
        let role = dossier.answered_by.as_deref().unwrap_or("staff");
        let at = dossier.answered_at.as_deref().map(|at| self.local(at));
        html! {
            @if let Some(answer) = &dossier.answer { p .plainly { (answer) } }
            @if let Some(at) = at {
                p .small {
                    (fill(&phrases.answered, &[("date", &at), ("role", named(&phrases.roles, role))]))
                }
            }
        }
    }

    /// How long it is kept, and which addresses are.
    fn keeping(self, dossier: &Dossier) -> Markup {
        let phrases = &self.all.keeping;
        html! {
            @if let Some(end) = &dossier.address {
                (fact(&phrases.address, html! { (fill(&phrases.address_kept, &[("end", end)])) }))
            }
            @for channel in &dossier.told_by {
                @let channel = self.all.console.queue.channel(channel);
                (fact(&phrases.told, html! { (fill(&phrases.told_by, &[("channel", channel)])) }))
            }
            (fact(&phrases.kept, html! { (self.kept(dossier)) }))
            @if let Some(at) = &dossier.erasure_asked_at { (fact(&phrases.asked, self.minute(at))) }
            @if let Some(at) = &dossier.registered_at { (fact(&phrases.registered, self.minute(at))) }
        }
    }

    fn kept(self, dossier: &Dossier) -> String {
        let phrases = &self.all.keeping;
        match (&dossier.held, &dossier.kept.until) {
            (Some((why, since)), _) => {
                let values = [
                    ("date", self.day(since)),
                    ("why", phrases.why(why).to_owned()),
                ];
                let values = values
                    .each_ref()
                    .map(|(name, value)| (*name, value.as_str()));
                fill(&phrases.kept_held, &values)
            }
            (None, Some(until)) => {
                let (date, days) = (self.day(until), dossier.kept.days.to_string());
                fill(&phrases.kept_until, &[("date", &date), ("days", &days)])
            }
            (None, None) => String::new(),
        }
    }

    fn act(self, act: &DossierAct) -> Markup {
        let phrases = &self.all.keeping;
        let acts = &self.all.console.audit.acts;
        html! {
            li {
                p {
                    (acts.get(&act.act).unwrap_or(&act.act)) ", " (named(&phrases.roles, &act.by)) ", "
                    (self.minute(&act.at))
                }
                p .small {
                    @if !act.before.is_empty() { del { (self.standing(act, &act.before)) } " " }
                    @if !act.after.is_empty() { ins { (self.standing(act, &act.after)) } }
                }
                @if !act.reason.is_empty() { p .small { q { (act.reason) } } }
            }
        }
    }

    /// Where something stood, as the trail has it: a state and an entry, or why it is held.
    fn standing(self, act: &DossierAct, text: &str) -> String {
        if matches!(
            act.act.as_str(),
            "question-held" | "cluster-held" | "question-released"
        ) {
            return named(&self.all.console.records.whys, text).to_owned();
        }
        let word = |word: &str| match EntryId::parse(word) {
            Ok(_) => self.title(word).to_owned(),
            Err(_) => self.all.console.states.name(word).to_owned(),
        };
        let words: Vec<String> = text.split(' ').map(word).collect();
        words.join(" ")
    }

    fn state(self, dossier: &Dossier) -> String {
        match dossier.kind {
            LeftKind::Question => self.all.console.states.name(&dossier.state).to_owned(),
            LeftKind::Idea | LeftKind::CallBack => {
                named(&self.all.keeping.states, &dossier.state).to_owned()
            }
        }
    }

    /// What was chosen on the way to an idea, in words.
    fn chosen(self, dossier: &Dossier) -> String {
        let texts = self.knowledge.path_texts(self.language);
        let name = |code: &String| {
            let options = ["audience", "need", "with"].map(|set| texts.option(set, code));
            let labels = options.iter().map(|option| option.label.as_str());
            labels
                .into_iter()
                .find(|label| !label.is_empty())
                .unwrap_or(code)
                .to_owned()
        };
        dossier
            .chosen
            .iter()
            .map(name)
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn title<'b>(&'b self, id: &'b str) -> &'b str {
        match EntryId::parse(id) {
            Ok(entry) => match self.knowledge.entry(&entry) {
                Some(entry) => self.knowledge.title(&entry.id, self.language),
                None => id,
            },
            Err(_) => id,
        }
    }

    fn minute(self, time: &str) -> Markup {
        html! { time datetime=(time) { (self.local(time)) } }
    }

    /// A time to the minute, where the municipality is.
    fn local(self, time: &str) -> String {
        let read = time.parse::<Timestamp>();
        read.map_or_else(
            |_| time.to_owned(),
            |time| self.site.desk.local_minute(time.as_millisecond()),
        )
    }

    fn day(self, time: &str) -> String {
        let minute = self.local(time);
        minute.split(' ').next().unwrap_or_default().to_owned()
    }
}

fn fact(name: &str, held: Markup) -> Markup {
    html! { div { dt { (name) } dd { (held) } } }
}

/// What something is called by its code; the code itself when nothing is.
fn named<'a>(names: &'a std::collections::BTreeMap<String, String>, code: &'a str) -> &'a str {
    names.get(code).map_or(code, String::as_str)
}
