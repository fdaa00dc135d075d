//! Which of the questions someone wants to see, as the address says it.

use serde::Deserialize;

use super::drawing::Drawing;
use crate::desk::{Order, QueueFilter, State};
use crate::knowledge::{EntryId, QueuePhrases, fill};
use crate::web::places::encoded;

/// In place of a state: all those that staff are done with.
pub(super) const DONE: &str = "done";

/// Which questions to show. Each part that is empty lets every question through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// Words to search for.
    pub(super) q: String,
    /// The code of a state, or [`DONE`]; empty for all that wait.
    pub(super) state: String,
    pub(super) office: String,
    pub(super) language: String,
    pub(super) channel: String,
    pub(super) unhelpful: bool,
    pub(super) order: Order,
    /// Where the page begins.
    pub(super) after: String,
}

impl Wanted {
    /// What waits for an office.
    pub(super) fn of_office(office: &EntryId) -> Wanted {
        Wanted {
            office: office.to_string(),
            ..Wanted::default()
        }
    }

    /// Whether those are shown that staff are done with.
    pub(super) fn is_done(&self) -> bool {
        self.state == DONE || State::from_code(&self.state).is_some_and(|state| !waits(state))
    }

    /// What the desk is asked for.
    pub(super) fn filter(&self) -> QueueFilter {
        let state = State::from_code(&self.state);
        QueueFilter {
            done: self.is_done(),
            state: state.map_or("", State::code).to_owned(),
            office: self.office.clone(),
            language: self.language.clone(),
            channel: self.channel.clone(),
            unhelpful: self.unhelpful,
            seek: self.q.clone(),
            order: self.order,
            after: self.after.clone(),
        }
    }

    /// The query of an address that asks for the same from a place on; empty when it asks for nothing in particular.
    pub(super) fn query(&self, after: &str) -> String {
        let unhelpful = if self.unhelpful { "true" } else { "" };
        let order = match self.order {
            Order::Most => "",
            order => code(order),
        };
        let parts = [
            ("q", self.q.as_str()),
            ("state", &self.state),
            ("office", &self.office),
            ("language", &self.language),
            ("channel", &self.channel),
            ("unhelpful", unhelpful),
            ("order", order),
            ("after", after),
        ];
        let given = parts.into_iter().filter(|(_, value)| !value.is_empty());
        let given: Vec<String> = given
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        match given.is_empty() {
            true => String::new(),
            false => format!("?{}", given.join("&")),
        }
    }

    /// What was chosen, in words.
    pub(super) fn in_words(&self, drawing: &Drawing<'_>) -> Vec<String> {
        let phrases = &drawing.console.queue;
        let office = EntryId::parse(&self.office).ok();
        let state = match self.state.as_str() {
            DONE => phrases.done.as_str(),
            code => State::from_code(code).map_or("", |s| drawing.console.states.name(s.code())),
        };
        let order = match self.order {
            Order::Most => "",
            order => name(order, phrases),
        };
        let named = [
            (&phrases.seek, self.q.trim()),
            (&phrases.state, state),
            (
                &phrases.office,
                office
                    .as_ref()
                    .map_or("", |id| drawing.knowledge.title(id, drawing.language())),
            ),
            (&phrases.language, drawing.tongue(&self.language)),
            (&phrases.channel, drawing.channel(&self.channel)),
            (&phrases.order, order),
        ];
        let mut all: Vec<String> = named
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| fill(&phrases.choice, &[("name", name), ("value", value)]))
            .collect();
        if self.unhelpful {
            all.push(phrases.unhelpful.clone());
        }
        all
    }
}

/// Whether questions in a state wait.
pub(super) fn waits(state: State) -> bool {
    match state {
        State::New | State::Assigned => true,
        State::Answered | State::Taught | State::NotOurs | State::Dismissed => false,
    }
}

/// An order as an address says it.
pub(super) fn code(order: Order) -> &'static str {
    match order {
        Order::Most => "most",
        Order::Latest => "latest",
        Order::Oldest => "oldest",
    }
}

/// What an order is called.
pub(super) fn name(order: Order, phrases: &QueuePhrases) -> &str {
    match order {
        Order::Most => &phrases.most,
        Order::Latest => &phrases.latest,
        Order::Oldest => &phrases.oldest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_can_be_asked_for_again() {
        let wanted = Wanted {
            q: "å & ä".to_owned(),
            state: DONE.to_owned(),
            unhelpful: true,
            order: Order::Oldest,
            ..Wanted::default()
        };
        let query = "?q=%C3%A5%20%26%20%C3%A4&state=done&unhelpful=true&order=oldest&after=3.x";
        assert_eq!(wanted.query("3.x"), query);
        assert_eq!(Wanted::default().query(""), "");
        assert!(wanted.filter().done && wanted.filter().state.is_empty());
    }

    #[test]
    fn a_state_says_whether_it_waits() {
        for state in State::ALL {
            let wanted = Wanted {
                state: state.code().to_owned(),
                ..Wanted::default()
            };
            let filter = wanted.filter();
            assert_eq!(
                (filter.done, filter.state.as_str()),
                (!waits(state), state.code())
            );
        }
    }
}
