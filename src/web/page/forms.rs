//! The forms of the conversation: to ask, to choose, to judge an answer, to erase. Each, and that of `callback.rs`, brings the token of its
//! conversation, and works without JavaScript.

use maud::{Markup, html};

use super::draft::Draft;
use super::session::Session;
use super::transcript::Turn;
use crate::answering::Choice;
use crate::desk::{Complaint, LONGEST_MESSAGE, LONGEST_REMARK};
use crate::knowledge::{EntryId, Facet, Language, PagePhrases, fill};
use crate::web::places::Place;

/// What the forms of a page, or of an answer on it, have in common.
#[derive(Clone, Copy)]
pub(super) struct Forms<'a> {
    /// The language of the page.
    pub(super) language: Language,
    /// The language of what the forms stand in.
    pub(super) answered_in: Language,
    /// The language that a guided way in goes on in: that of what the forms stand in, unless the page has another since.
    pub(super) led_in: Language,
    /// The conversation, once it has begun.
    pub(super) session: Option<&'a Session>,
}

/// What can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// A question.
    Ask,
    /// An entry, or a part of it, to be shown.
    Show,
    /// Where something on a guided way in leads.
    Follow,
    /// Whether an answer helped.
    Judge,
    /// That the conversation is to be erased.
    Forget,
    /// Where someone wants to be called.
    CallBack,
    /// That nobody is to call after all.
    Withdraw,
}

impl Act {
    /// Where it is sent.
    pub(super) fn path(self, language: Language) -> String {
        let name = match self {
            Act::Ask => "ask",
            Act::Show => "show",
            Act::Follow => "follow",
            Act::Judge => "feedback",
            Act::Forget => "forget",
            Act::CallBack => "call-back",
            Act::Withdraw => "call-back/withdraw",
        };
        format!("/{language}/{name}")
    }
}

impl Forms<'_> {
    /// A form with what it holds.
    pub(super) fn form(&self, act: Act, class: Option<&str>, held: &Markup) -> Markup {
        let token = self.session.map(Session::token).unwrap_or_default();
        html! {
            form method="post" action=(act.path(self.language)) class=[class] {
                input type="hidden" name="token" value=(token);
                (held)
            }
        }
    }

    /// Entries to choose among.
    pub(super) fn choices(&self, choices: &[Choice]) -> Markup {
        let held = html! {
            input type="hidden" name="in" value=(self.answered_in.code());
            ol .choices {
                @for choice in choices {
                    li { button name="entry" value=(choice.entry) { (choice.title) } }
                }
            }
        };
        self.form(Act::Show, None, &held)
    }

    /// What else an entry can answer.
    pub(super) fn facets(
        &self,
        entry: &EntryId,
        facets: &[(Facet, String)],
        label: &str,
    ) -> Markup {
        let held = html! {
            input type="hidden" name="in" value=(self.answered_in.code());
            input type="hidden" name="entry" value=(entry);
            p .label { (label) }
            ul .buttons {
                @for (facet, heading) in facets {
                    li { button name="facet" value=(facet.code()) { (heading) } }
                }
            }
        };
        self.form(Act::Show, Some("screen"), &held)
    }

    /// What to ask first.
    pub(super) fn suggestions(&self, label: &str, questions: &[String]) -> Markup {
        let held = html! {
            p .label { (label) }
            ul .choices {
                @for question in questions {
                    li { button name="text" value=(question) { (question) } }
                }
            }
        };
        self.form(Act::Ask, None, &held)
    }

    /// Whether an answer helped, and why not.
    pub(super) fn judge(
        &self,
        turn: &Turn,
        entry: &EntryId,
        draft: &Draft,
        phrases: &PagePhrases,
    ) -> Markup {
        let about = html! {
            input type="hidden" name="turn" value=(turn.number);
            input type="hidden" name="in" value=(self.answered_in.code());
            input type="hidden" name="entry" value=(entry);
        };
        let helpful = html! {
            (about)
            button .quiet name="helpful" value="yes" { (phrases.helpful_yes) }
        };
        let kept = draft.verdict_on(turn.number);
        let field = format!("remark-{}", turn.number);
        let unhelpful = html! {
            (about)
            input type="hidden" name="helpful" value="no";
            fieldset .field {
                legend { (phrases.complaint_question) }
                @for complaint in Complaint::ALL {
                    label .option {
                        input type="radio" name="complaint" value=(complaint.code())
                            checked[kept.is_some_and(|(kept, _)| kept == Some(complaint))];
                        (reason(complaint, phrases))
                    }
                }
            }
            div .field {
                label for=(field) { (phrases.remark_label) }
                input #(field) type="text" name="remark" maxlength=(LONGEST_REMARK) autocomplete="off"
                    value=(kept.map(|(_, remark)| remark).unwrap_or_default());
            }
            button { (phrases.remark_button) }
        };
        html! {
            div .judge.screen {
                div .ask role="group" aria-label=(phrases.helpful_question) {
                    p { (phrases.helpful_question) }
                    (self.form(Act::Judge, None, &helpful))
                    details .fold open[kept.is_some()] {
                        summary { (phrases.helpful_no) }
                        (self.form(Act::Judge, None, &unhelpful))
                    }
                }
            }
        }
    }

    /// Whether to erase the conversation.
    pub(super) fn forget(&self, phrases: &PagePhrases) -> Markup {
        let held = html! {
            p { (phrases.forget_question) }
            button { (phrases.forget_button) }
        };
        html! {
            details .fold.forget.screen {
                summary { (phrases.forget_open) }
                (self.form(Act::Forget, None, &held))
            }
        }
    }

    /// The field for a question.
    pub(super) fn ask(&self, draft: &Draft, above: &Markup, phrases: &PagePhrases) -> Markup {
        let written = draft.text.chars().count();
        let count = if written > LONGEST_MESSAGE {
            let over = (written - LONGEST_MESSAGE).to_string();
            fill(&phrases.count_over, &[("count", &over)])
        } else {
            String::new()
        };
        let held = html! {
            (above)
            @if let Some(entry) = &draft.about {
                input type="hidden" name="about" value=(entry);
            }
            @if let Some(way) = draft.way {
                input type="hidden" name="way" value=(way.code());
            }
            div .over {
                // Which of them is shown follows from what was said last.
                label for="text" {
                    span .first { (phrases.ask_label) }
                    span .next { (phrases.ask_next) }
                    span .instead { (phrases.guided.type_instead) }
                    span .here { (phrases.guided.type_here) }
                }
                a href=(Place::Human.path(self.language)) { (phrases.ask_human) }
            }
            div .write {
                textarea #text name="text" rows="1" required autocomplete="off" enterkeyhint="send"
                    aria-describedby="text-hint text-count" data-limit=(LONGEST_MESSAGE)
                    data-left=(phrases.count_left) data-over=(phrases.count_over)
                    aria-invalid=[(written > LONGEST_MESSAGE).then_some("true")] {
                    // A browser leaves out a line break that stands first.
                    "\n" (draft.text)
                }
                button .main {
                    span .asks { (phrases.ask_button) }
                    span .answers { (phrases.guided.send) }
                }
            }
            div .under {
                p #text-hint { (phrases.ask_hint) span .spoken { " " (phrases.ask_keys) } }
                p #text-count .count.over[written > LONGEST_MESSAGE] { (count) }
            }
        };
        self.form(Act::Ask, Some("ask"), &held)
    }
}

/// A reason in words.
pub(in crate::web) fn reason(complaint: Complaint, phrases: &PagePhrases) -> &str {
    match complaint {
        Complaint::WrongSubject => &phrases.complaint_wrong_subject,
        Complaint::HardToUnderstand => &phrases.complaint_hard_to_understand,
        Complaint::OutOfDate => &phrases.complaint_out_of_date,
        Complaint::Incomplete => &phrases.complaint_incomplete,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facet_is_read_back_from_a_form() {
        for facet in [
            Facet::Who,
            Facet::How,
            Facet::When,
            Facet::Cost,
            Facet::Where,
            Facet::Requirements,
            Facet::Afterwards,
            Facet::Distinct,
            Facet::Unverified,
        ] {
            let sent = serde_json::Value::from(facet.code());
            assert_eq!(serde_json::from_value::<Facet>(sent).unwrap(), facet);
        }
    }
}
