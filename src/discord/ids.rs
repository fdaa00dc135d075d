//! What a button, a menu or a form means, written in its id: it goes on working after a restart, for nothing of it is
//! kept in memory.

use crate::desk::{Desk, Receipt};
use crate::knowledge::{EntryId, Facet, Language};
use crate::paths::Guide;

pub use super::names::Tag;

/// The longest id that Discord takes, in characters.
pub const LONGEST_ID: usize = 100;
/// Says whose id it is, and of which edition, so that ids of another program or of tomorrow are told apart.
const OURS: &str = "lots1";

/// What is meant by pressing something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// Show an entry, or one facet of it.
    Show {
        /// The entry.
        entry: EntryId,
        /// The facet; the whole entry without one.
        facet: Option<Facet>,
    },
    /// Show the entry that was picked in a menu. The number tells the menus of one message apart.
    Pick(u8),
    /// The answer about this entry helped.
    Helpful(EntryId),
    /// It did not.
    Unhelpful(EntryId),
    /// Say how to reach a person.
    Human,
    /// Tell the one who presses when this question has an answer.
    Tell(Receipt),
    /// Remind the one who presses of the next last day of this entry.
    Remind(EntryId),
    /// Remind them of it no more.
    StopReminding(EntryId),
    /// Remind them no more of what was picked in a menu.
    DropReminders,
    /// Open the form for a question.
    AskOn,
    /// Ask what stands in that form.
    Form,
    /// Open the form to be called.
    CallBack,
    /// Keep what stands in that form.
    CallBackForm,
    /// Delete what was kept of it, by its name.
    Withdraw(String),
    /// Remove the message; for the one who asked.
    Remove(Tag),
    /// Show help lines to the one who presses.
    HelpLines(Vec<EntryId>),
    /// Go to a place on a guided way in, or out of it.
    Path(String),
    /// Go where the answers to a step lead that were picked in a menu.
    Answers,
    /// Open the form for one's own words to the step at this place.
    Write(String),
    /// Take what stands in that form to that step.
    Written(String),
}

/// An id: what is meant, and in which language to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    /// What is meant.
    pub press: Press,
    /// The language to answer in.
    pub language: Language,
}

impl Id {
    /// The id as Discord keeps it; `None` when it would be too long, and the button is to be left out. Of help lines
    /// too many for one id, the first are kept.
    pub fn print(&self) -> Option<String> {
        let head = format!("{OURS}:{}", self.language);
        let text = match &self.press {
            Press::Show { entry, facet: None } => format!("{head}:show:{entry}"),
            Press::Show {
                entry,
                facet: Some(facet),
            } => format!("{head}:show:{entry}:{}", facet.code()),
            Press::Pick(menu) => format!("{head}:pick:{menu}"),
            Press::Helpful(entry) => format!("{head}:helpful:{entry}"),
            Press::Unhelpful(entry) => format!("{head}:unhelpful:{entry}"),
            Press::Human => format!("{head}:human"),
            Press::Tell(receipt) => format!("{head}:tell:{receipt}"),
            Press::Remind(entry) => format!("{head}:remind:{entry}"),
            Press::StopReminding(entry) => format!("{head}:stop-reminding:{entry}"),
            Press::DropReminders => format!("{head}:drop-reminders"),
            Press::AskOn => format!("{head}:ask-on"),
            Press::Form => format!("{head}:form"),
            Press::CallBack => format!("{head}:call-back"),
            Press::CallBackForm => format!("{head}:call-back-form"),
            Press::Withdraw(id) => format!("{head}:withdraw:{id}"),
            Press::Remove(asker) => format!("{head}:remove:{asker}"),
            Press::Path(code) => format!("{head}:path:{code}"),
            Press::Answers => format!("{head}:answers"),
            Press::Write(code) => format!("{head}:write:{code}"),
            Press::Written(code) => format!("{head}:written:{code}"),
            Press::HelpLines(lines) => {
                let mut text = format!("{head}:lines");
                for line in lines {
                    if text.len() + 1 + line.as_str().len() > LONGEST_ID {
                        break;
                    }
                    text.push(':');
                    text.push_str(line.as_str());
                }
                text
            }
        };
        // Ids are ASCII, so that bytes are characters.
        (text.len() <= LONGEST_ID).then_some(text)
    }

    /// Reads an id; `None` when it is none of ours, or of another edition.
    pub fn parse(text: &str) -> Option<Id> {
        let mut parts = text.split(':');
        if parts.next() != Some(OURS) {
            return None;
        }
        let language = Language::from_code(parts.next()?)?;
        let name = parts.next()?;
        let rest: Vec<&str> = parts.collect();
        let entry = |text: &str| EntryId::parse(text).ok();
        let press = match (name, rest.as_slice()) {
            ("show", [id]) => Press::Show {
                entry: entry(id)?,
                facet: None,
            },
            ("show", [id, facet]) => Press::Show {
                entry: entry(id)?,
                facet: Some(FACETS.into_iter().find(|f| f.code() == *facet)?),
            },
            ("pick", [menu]) => Press::Pick(menu.parse().ok()?),
            ("helpful", [id]) => Press::Helpful(entry(id)?),
            ("unhelpful", [id]) => Press::Unhelpful(entry(id)?),
            ("human", []) => Press::Human,
            ("tell", [receipt]) => Press::Tell(Receipt::parse(receipt)?),
            ("remind", [id]) => Press::Remind(entry(id)?),
            ("stop-reminding", [id]) => Press::StopReminding(entry(id)?),
            ("drop-reminders", []) => Press::DropReminders,
            ("ask-on", []) => Press::AskOn,
            ("form", []) => Press::Form,
            ("call-back", []) => Press::CallBack,
            ("call-back-form", []) => Press::CallBackForm,
            // Its name is made as that of a conversation.
            ("withdraw", [id]) if Desk::is_conversation(id) => Press::Withdraw((*id).to_owned()),
            ("remove", [asker]) => Press::Remove(asker.parse().ok()?),
            ("path", [code]) if leads(code) => Press::Path((*code).to_owned()),
            ("answers", []) => Press::Answers,
            ("write", [code]) if leads(code) => Press::Write((*code).to_owned()),
            ("written", [code]) if leads(code) => Press::Written((*code).to_owned()),
            ("lines", ids) => {
                Press::HelpLines(ids.iter().map(|id| entry(id)).collect::<Option<_>>()?)
            }
            _ => return None,
        };
        Some(Id { press, language })
    }
}

/// Whether a code leads along or out of a guided way in.
fn leads(code: &str) -> bool {
    Guide::place(code, None).is_some()
}

const FACETS: [Facet; 9] = [
    Facet::Who,
    Facet::How,
    Facet::When,
    Facet::Cost,
    Facet::Where,
    Facet::Requirements,
    Facet::Afterwards,
    Facet::Distinct,
    Facet::Unverified,
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entries() -> impl Strategy<Value = EntryId> {
        "(grants|offices|helplines|associations)/[a-z0-9_-]{1,120}"
            .prop_map(|id| EntryId::parse(&id).unwrap())
    }

    fn presses() -> impl Strategy<Value = Press> {
        let facets = proptest::option::of(proptest::sample::select(FACETS.to_vec()));
        prop_oneof![
            (entries(), facets).prop_map(|(entry, facet)| Press::Show { entry, facet }),
            any::<u8>().prop_map(Press::Pick),
            entries().prop_map(Press::Helpful),
            entries().prop_map(Press::Unhelpful),
            Just(Press::Human),
            Just(()).prop_map(|()| Press::Tell(Receipt::new())),
            entries().prop_map(Press::Remind),
            entries().prop_map(Press::StopReminding),
            Just(Press::DropReminders),
            Just(Press::AskOn),
            Just(Press::Form),
            Just(Press::CallBack),
            Just(Press::CallBackForm),
            Just(()).prop_map(|()| Press::Withdraw(Desk::new_conversation())),
            "[0-9a-f]{16}".prop_map(|tag| Press::Remove(tag.parse().unwrap())),
            codes().prop_map(Press::Path),
            Just(Press::Answers),
            codes().prop_map(Press::Write),
            codes().prop_map(Press::Written),
        ]
    }

    fn codes() -> impl Strategy<Value = String> {
        proptest::sample::select(vec![
            "stop",
            "grants",
            "grants.approved.event._.here.-",
            "idea.*.disability.money+premises+people+advice+permit+spread+decision.association.yes",
            "call.*.offices/kundcenter.morning",
        ])
        .prop_map(str::to_owned)
    }

    fn languages() -> impl Strategy<Value = Language> {
        proptest::sample::select(Language::ALL.to_vec())
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(press in presses(), language in languages()) {
            let id = Id { press, language };
            if let Some(text) = id.print() {
                prop_assert!(text.chars().count() <= LONGEST_ID, "{text}");
                prop_assert_eq!(Id::parse(&text), Some(id));
            }
        }

        #[test]
        fn of_help_lines_the_first_are_kept(lines in proptest::collection::vec(entries(), 0..9), language in languages()) {
            let text = Id { press: Press::HelpLines(lines.clone()), language }.print().unwrap();
            prop_assert!(text.chars().count() <= LONGEST_ID, "{text}");
            let Some(Id { press: Press::HelpLines(kept), .. }) = Id::parse(&text) else { panic!("{text}") };
            prop_assert!(lines.starts_with(&kept));
        }

        #[test]
        fn anything_can_be_read(text in any::<String>()) {
            _ = Id::parse(&text);
        }
    }

    #[test]
    fn ids_of_others_are_nothing() {
        for text in [
            "",
            "lots1",
            "lots1:sv",
            "lots1:sv:human:more",
            "lots1:fi:human",
            "lots2:sv:human",
            "lots1:sv:show",
            "lots1:sv:show:castles/one",
            "lots1:sv:show:grants/one:whenever",
            "lots1:sv:remove:me",
            "lots1:sv:withdraw:1",
            "lots1:sv:lines:x",
            "lots1:sv:path:grants.royalty",
            "lots1:sv:write:",
        ] {
            assert_eq!(Id::parse(text), None, "{text}");
        }
        let entry = EntryId::parse("grants/aktivitetsstod").unwrap();
        let id = Id {
            press: Press::Show {
                entry,
                facet: Some(Facet::When),
            },
            language: Language::Swedish,
        };
        assert_eq!(
            id.print().unwrap(),
            "lots1:sv:show:grants/aktivitetsstod:when",
            "the form must not change"
        );
    }
}
