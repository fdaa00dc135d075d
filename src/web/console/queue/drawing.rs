//! What the pages of the questions are drawn with.

use jiff::Timestamp;
use maud::{Markup, html};

use super::PATH;
use crate::desk::{MarkCount, State};
use crate::knowledge::{ConsolePhrases, EntryId, Knowledge, Language, fill};
use crate::web::console::frame::{self, Sheet};
use crate::web::console::section::{Section, home};
use crate::web::console::signed_in::SignedIn;
use crate::web::site::Site;

/// What a page is drawn with: for whom, from what base, in which words.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'a> {
    pub(super) site: &'a Site,
    pub(super) signed: &'a SignedIn,
    pub(super) knowledge: &'a Knowledge,
    pub(super) console: &'a ConsolePhrases,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(
        site: &'a Site,
        signed: &'a SignedIn,
        knowledge: &'a Knowledge,
    ) -> Drawing<'a> {
        Drawing {
            site,
            signed,
            knowledge,
            console: &knowledge.phrases(signed.language).console,
        }
    }

    pub(super) fn language(&self) -> Language {
        self.signed.language
    }

    /// A page of the section.
    pub(super) fn page(&self, title: &str, path: &str, main: Markup) -> Markup {
        let sheet = Sheet {
            title,
            section: Section::Queue,
            path,
            main,
        };
        frame::draw(self.site, self.signed, &sheet)
    }

    /// The way back: to all that wait, and to one question when the page is about a part of it.
    pub(super) fn crumbs(&self, of: Option<(&str, &str)>) -> Markup {
        let home = home(self.language());
        html! {
            nav .crumbs aria-label=(self.knowledge.phrases(self.language()).browse.trail) {
                ol {
                    li { a href={ (home) "/" (PATH) } { (self.console.queue.heading) } }
                    @if let Some((id, wording)) = of {
                        li { a href={ (home) "/" (PATH) "/" (id) } { (wording) } }
                    }
                }
            }
        }
    }

    /// How far staff have come, in a word.
    pub(super) fn state(&self, state: State) -> Markup {
        let class = match state {
            State::New => "badge due",
            State::Answered | State::Taught => "badge good",
            State::Assigned | State::NotOurs | State::Dismissed => "badge",
        };
        html! { span class=(class) { (self.console.states.name(state.code())) } }
    }

    /// How many of its questions are kept for now, are wanted erased, or stand in the diary.
    pub(super) fn marks(&self, marks: &MarkCount) -> Markup {
        let phrases = &self.console.records;
        let badges = [
            (&phrases.asked_badge, marks.erase_asked, "badge due"),
            (&phrases.held_badge, marks.held, "badge"),
            (&phrases.registered_badge, marks.registered, "badge good"),
        ];
        html! {
            @for (phrase, count, class) in badges.into_iter().filter(|(_, count, _)| *count > 0) {
                " " span class=(class) { (fill(phrase, &[("count", &count.to_string())])) }
            }
        }
    }

    /// The name of an office.
    pub(super) fn office(&self, office: Option<&'a EntryId>) -> Option<&'a str> {
        office.map(|id| self.knowledge.title(id, self.language()))
    }

    /// How often something was asked.
    pub(super) fn times(&self, count: u64) -> String {
        match count {
            1 => self.console.queue.once.clone(),
            count => fill(&self.console.queue.times, &[("count", &count.to_string())]),
        }
    }

    /// What a language is called.
    pub(super) fn tongue(&self, code: &'a str) -> &'a str {
        self.console.queue.tongue(code)
    }

    /// What a channel is called.
    pub(super) fn channel(&self, name: &'a str) -> &'a str {
        self.console.queue.channel(name)
    }

    /// How long ago a time in milliseconds UTC was, with the minute for those who want it.
    pub(super) fn day(&self, milliseconds: i64) -> Markup {
        let Ok(time) = Timestamp::from_millisecond(milliseconds) else {
            return html! {};
        };
        let phrases = &self.console.queue;
        let day = time
            .to_zoned_datetime(self.site.desk.library().zone())
            .date();
        let (today, _) = self.site.desk.local_time();
        let days = day
            .until(today)
            .map_or(0, |passed| passed.get_days().max(0));
        let text = match days {
            0 => phrases.today.clone(),
            1 => phrases.yesterday.clone(),
            days => fill(&phrases.days_ago, &[("days", &days.to_string())]),
        };
        let minute = self.site.desk.local_minute(milliseconds);
        html! { time datetime=(time) title=(minute) { (text) } }
    }

    /// A time in milliseconds UTC, to the minute.
    pub(super) fn minute(&self, milliseconds: i64) -> Markup {
        let time = Timestamp::from_millisecond(milliseconds).ok();
        html! { time datetime=[time] { (self.site.desk.local_minute(milliseconds)) } }
    }
}
