//! What a question was held against, read from how explanations name it.

use maud::{Markup, html};

use super::drawing::Drawing;
use crate::knowledge::{EntryId, fill};
use crate::web::browse;

/// What a question was held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// An entry, which would be the answer.
    Entry(EntryId),
    /// An office that it may be for.
    Office(EntryId),
    /// A body outside the municipality, by its Swedish name.
    Elsewhere(&'a str),
    /// Small talk, by its name.
    Talk(&'a str),
    /// What would be asked back.
    Ask(&'a str),
}

impl<'a> Target<'a> {
    /// Reads one; `None` for a name that is none.
    pub(super) fn read(name: &'a str) -> Option<Target<'a>> {
        let Some((sign, rest)) = name.split_once(' ') else {
            return EntryId::parse(name).ok().map(Target::Entry);
        };
        match sign {
            "→" => EntryId::parse(rest).ok().map(Target::Office),
            "⇢" => Some(Target::Elsewhere(rest)),
            "☺" => Some(Target::Talk(rest)),
            "?" => Some(Target::Ask(rest)),
            _ => None,
        }
    }

    /// Who has the question, as the form to pass it on names them; `None` when nobody else has.
    pub(super) fn receiver(&self) -> Option<String> {
        match self {
            Target::Office(id) => Some(id.to_string()),
            Target::Elsewhere(name) => Some(format!("⇢ {name}")),
            Target::Entry(_) | Target::Talk(_) | Target::Ask(_) => None,
        }
    }

    /// What it is called.
    pub(super) fn name(&self, drawing: &Drawing<'_>) -> String {
        let language = drawing.language();
        match self {
            Target::Entry(id) | Target::Office(id) => {
                drawing.knowledge.title(id, language).to_owned()
            }
            Target::Elsewhere(name) => {
                let mut bodies = drawing.knowledge.elsewhere().iter();
                let body = bodies.find(|body| body.name_sv == *name);
                body.map_or(*name, |body| body.name(language)).to_owned()
            }
            Target::Talk(name) | Target::Ask(name) => (*name).to_owned(),
        }
    }

    /// What it is called and what it is, with a way there when there is one.
    pub(super) fn draw(&self, drawing: &Drawing<'_>) -> Markup {
        let phrases = &drawing.console.cluster;
        let name = self.name(drawing);
        let said = |phrase: &str| html! { (fill(phrase, &[("name", &name)])) };
        match self {
            Target::Entry(id) => {
                html! { a href=(browse::address(id, drawing.language())) { (name) } }
            }
            Target::Office(_) => said(&phrases.target_office),
            Target::Elsewhere(_) => said(&phrases.target_elsewhere),
            Target::Talk(_) => said(&phrases.target_talk),
            Target::Ask(_) => said(&phrases.target_ask),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_read_as_explanations_name_it() {
        let id = |text| EntryId::parse(text).unwrap();
        for (name, expected) in [
            (
                "guides/lana-lokal",
                Some(Target::Entry(id("guides/lana-lokal"))),
            ),
            (
                "→ offices/byggkontoret",
                Some(Target::Office(id("offices/byggkontoret"))),
            ),
            (
                "⇢ Polisen i länet",
                Some(Target::Elsewhere("Polisen i länet")),
            ),
            ("☺ thanks", Some(Target::Talk("thanks"))),
            ("? Vilket menar du?", Some(Target::Ask("Vilket menar du?"))),
            ("nothing", None),
            ("! what", None),
        ] {
            assert_eq!(Target::read(name), expected, "{name}");
        }
    }
}
