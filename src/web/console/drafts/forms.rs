//! The fields of each act, in the order in which they are filled in.

use maud::{Markup, html};

use super::fields::{Choice, Control, Fields};
use crate::desk::{Form, Wording};
use crate::knowledge::{DraftsPhrases, EntryKind, Facet, FieldWords, Knowledge, Language};

/// What is needed to draw them.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'a> {
    pub(super) fields: Fields<'a>,
    pub(super) phrases: &'a DraftsPhrases,
    pub(super) knowledge: &'a Knowledge,
    /// The language of the console.
    pub(super) language: Language,
    /// What residents have asked.
    pub(super) asked: &'a [Wording],
}

impl Drawing<'_> {
    /// The fields of a form.
    pub(super) fn draw(self, form: &Form) -> Markup {
        match form {
            Form::Answer(form) => self.answer(form.mends.is_empty()),
            Form::Teach(_) => html! {
                (self.asked())
                (self.field("entry", &self.phrases.entry, &Control::Suggest(self.entries(|_| true))))
                (self.wordings())
            },
            Form::PassOn(_) => html! {
                (self.asked())
                (self.field("to", &self.phrases.to, &Control::Choose(self.receivers())))
                (self.wordings())
            },
        }
    }

    fn answer(self, is_new: bool) -> Markup {
        let phrases = self.phrases;
        let one_of = |kind: Option<EntryKind>| {
            let none = (String::new(), vec![(String::new(), phrases.none.clone())]);
            let is_one = move |k: EntryKind| kind.is_none_or(|kind| k == kind);
            let entries = self.entries(is_one);
            Control::Choose(vec![none, (String::new(), entries)])
        };
        html! {
            (self.asked())
            h2 { (phrases.texts) }
            div .beside {
                @for language in [self.first(), self.first().other()] { (self.text(language)) }
            }
            h2 { (phrases.facts) }
            div .grid {
                @if is_new {
                    (self.field("kind", &phrases.kind, &Control::Choose(self.kinds())))
                    (self.field("slug", &phrases.slug, &Control::Line))
                }
                (self.field("office", &phrases.office, &one_of(Some(EntryKind::Offices))))
                (self.field("contact", &phrases.contact, &one_of(None)))
                (self.field("standing", &phrases.standing, &Control::Choose(self.standings())))
                (self.field("review_by", &phrases.review_by, &Control::Day))
                div .whole { (self.field("sources", &phrases.sources, &Control::Lines(3))) }
                details .fold.whole open[self.is_said("more")] {
                    summary { (phrases.more.label) }
                    (self.field("more", &phrases.more, &Control::Lines(6)))
                }
            }
        }
    }

    /// The words in one language.
    fn text(self, language: Language) -> Markup {
        let phrases = self.phrases;
        let field = |part: &str, words: &FieldWords, control: &Control| {
            self.field(&format!("{language}.{part}"), words, control)
        };
        let is_office = self.fields.typed.get("kind") == EntryKind::Offices.folder()
            || !self
                .fields
                .typed
                .get(&format!("{language}.responsible_for"))
                .is_empty();
        let name = match language {
            Language::Swedish => &phrases.swedish,
            Language::English => &phrases.english,
        };
        html! {
            fieldset {
                legend { (name) }
                (field("title", &phrases.title, &Control::Line))
                (field("body", &phrases.body, &Control::Lines(12)))
                details .fold {
                    summary { (phrases.headings) }
                    ul .headings data-into={ (language) ".body" } {
                        @for heading in Facet::headings(language) { li { code { "## " (heading) } } }
                    }
                }
                (field("questions", &phrases.questions, &Control::Lines(6)))
                (field("also_called", &phrases.also_called, &Control::Lines(2)))
                details .fold open[is_office] {
                    summary { (phrases.responsible_for.label) }
                    (field("responsible_for", &phrases.responsible_for, &Control::Lines(4)))
                }
            }
        }
    }

    fn wordings(self) -> Markup {
        let languages = [
            ("sv".to_owned(), self.phrases.swedish.clone()),
            ("en".to_owned(), self.phrases.english.clone()),
        ];
        let languages = Control::Choose(vec![(String::new(), languages.to_vec())]);
        html! {
            (self.field("wordings", &self.phrases.wordings, &Control::Lines(6)))
            (self.field("language", &self.phrases.language, &languages))
        }
    }

    /// What residents have asked, to be seen while writing.
    fn asked(self) -> Markup {
        html! {
            @if !self.asked.is_empty() {
                details .fold open {
                    summary { (self.phrases.asked) }
                    ul .asked {
                        @for wording in self.asked {
                            li lang=(wording.language) {
                                (wording.text)
                                @if wording.count > 1 { " " span .badge { "×" (wording.count) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn field(self, name: &str, words: &FieldWords, control: &Control) -> Markup {
        self.fields.draw(name, words, control)
    }

    /// Whether something is wrong in a field that may be folded away.
    fn is_said(self, name: &str) -> bool {
        self.fields.wrong.iter().any(|wrong| wrong.field == name)
    }

    fn first(self) -> Language {
        self.knowledge.municipality().default_language
    }

    fn kinds(self) -> Vec<(String, Vec<Choice>)> {
        let choice = |kind: EntryKind| {
            let words = self.phrases.kinds.get(kind.folder());
            let words = words.map_or(kind.folder(), String::as_str);
            (kind.folder().to_owned(), words.to_owned())
        };
        vec![(String::new(), EntryKind::ALL.map(choice).to_vec())]
    }

    fn standings(self) -> Vec<(String, Vec<Choice>)> {
        let phrases = self.phrases;
        let all = [
            ("current", &phrases.current),
            ("confirm", &phrases.confirm),
            ("ended", &phrases.ended),
        ];
        let all = all.map(|(code, words)| (code.to_owned(), words.clone()));
        vec![(String::new(), all.to_vec())]
    }

    /// Offices, and bodies outside the municipality.
    fn receivers(self) -> Vec<(String, Vec<Choice>)> {
        let body = |body: &crate::knowledge::Elsewhere| {
            let name = match self.language {
                Language::English if !body.name_en.is_empty() => &body.name_en,
                Language::English | Language::Swedish => &body.name_sv,
            };
            (format!("⇢ {}", body.name_sv), name.clone())
        };
        let mut bodies: Vec<Choice> = self.knowledge.elsewhere().iter().map(body).collect();
        bodies.sort_by(|a, b| a.1.cmp(&b.1));
        let none = vec![(String::new(), self.phrases.none.clone())];
        vec![
            (String::new(), none),
            (
                self.phrases.offices.clone(),
                self.entries(|kind| kind == EntryKind::Offices),
            ),
            (self.phrases.bodies.clone(), bodies),
        ]
    }

    /// Entries of some kinds, by title.
    fn entries(self, is_one: impl Fn(EntryKind) -> bool) -> Vec<Choice> {
        let all = self.knowledge.entries().iter();
        let mut choices: Vec<Choice> = all
            .filter(|entry| is_one(entry.id.kind()))
            .map(|entry| {
                let title = self.knowledge.title(&entry.id, self.language);
                (entry.id.to_string(), title.to_owned())
            })
            .collect();
        choices.sort_by(|a, b| a.1.cmp(&b.1));
        choices
    }
}
