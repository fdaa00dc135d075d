//! What is wrong with a draft, in words and at the field where it is mended.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::typed::Typed;
use crate::desk::Checkup;
use crate::knowledge::{
    ConsolePhrases, DraftsPhrases, Knowledge, Language, Problem, Severity, fill,
};

/// Something to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// The field where it is mended.
    pub(super) field: String,
    /// Whether nothing can be published before.
    pub(super) is_error: bool,
    /// What is wrong and what to do.
    pub(super) text: String,
    /// The line of the field that it is about, when it is one.
    line: Option<String>,
}

/// What checking came to, in words.
pub(super) fn in_words(
    checkup: &Checkup,
    typed: &Typed,
    knowledge: &Knowledge,
    phrases: &ConsolePhrases,
) -> Vec<Wrong> {
    let first = knowledge.municipality().default_language;
    let wrong = |problem: &Problem| {
        let line = checkup.line(problem).unwrap_or_default();
        let field = field_of(problem, line, typed, first);
        Wrong {
            // Of a line that lots has written itself, nothing needs to be shown.
            line: typed_in(line, typed.get(&field)).map(str::to_owned),
            field,
            is_error: problem.severity == Severity::Error,
            text: words(problem, &phrases.problems),
        }
    };
    let mut all: Vec<Wrong> = checkup.problems.iter().map(wrong).collect();
    all.sort_by_key(|wrong| !wrong.is_error);
    all
}

/// The list of what is wrong, each with a link to its field.
pub(super) fn list(all: &[Wrong], phrases: &DraftsPhrases) -> Markup {
    html! {
        @if all.is_empty() { p { (phrases.no_problems) } } @else {
            ul .wrongs {
                @for wrong in all {
                    li data-field=(wrong.field) {
                        @if wrong.is_error { span .badge.bad { (phrases.error) } }
                        @else { span .badge.due { (phrases.warning) } }
                        " " a href={ "#" (wrong.field) } { (wrong.text) }
                        @if let Some(line) = &wrong.line { " " q { (line) } }
                    }
                }
            }
        }
    }
}

/// What is said of a problem: by its rule, or as the check says it.
pub(in crate::web::console) fn words(
    problem: &Problem,
    phrases: &BTreeMap<String, String>,
) -> String {
    let Some(phrase) = phrases.get(&key(problem)) else {
        return format!("{}: {}.", capital(&problem.reason), problem.mend);
    };
    let found = problem.reason.split('`').nth(1).unwrap_or_default();
    let instead = problem.mend.split_once(": ").map_or("", |(_, said)| said);
    fill(
        phrase,
        &[("found", &format!("”{found}”")), ("instead", instead)],
    )
}

/// Under which name the phrase of a problem stands.
fn key(problem: &Problem) -> String {
    match (problem.rule, problem.path.as_str()) {
        ("field", path) if path.ends_with(".md") => "field-file".to_owned(),
        ("field", field) => format!("field-{}", field.replace('.', "-")),
        (rule, _) => rule.to_owned(),
    }
}

/// The field where a problem is mended.
fn field_of(problem: &Problem, line: &str, typed: &Typed, first: Language) -> String {
    let Some(name) = problem.path.strip_suffix(".md") else {
        return problem.path.clone();
    };
    let named = Language::ALL
        .into_iter()
        .find(|l| name.ends_with(&format!(".{l}")));
    let language = named.unwrap_or(first);
    let within = |part: &str| format!("{language}.{part}");
    match problem.rule {
        "no-title" => within("title"),
        "few-questions" | "question-is-title" | "question-twice" => within("questions"),
        "no-responsibilities" => within("responsible_for"),
        "no-opening" | "unknown-heading" | "heading-twice" | "facets-differ" | "long-sentence"
        | "officialese" | "passive-heap" | "lix" => within("body"),
        "missing-translation" => format!("{}.title", language.other()),
        "translation-of-nothing" => format!("{first}.title"),
        "no-office" => "office".to_owned(),
        "no-source" | "old-source" => "sources".to_owned(),
        "not-reviewed" | "review-order" | "review-overdue" => "review_by".to_owned(),
        "bad-name" => "slug".to_owned(),
        _ => where_it_stands(line, typed, language),
    }
}

/// The field with the longest line that stands in a line of a file.
fn where_it_stands(line: &str, typed: &Typed, language: Language) -> String {
    let parts = [
        "body",
        "title",
        "questions",
        "also_called",
        "responsible_for",
    ];
    let own = parts.map(|part| format!("{language}.{part}"));
    let all = ["more", "sources", "wordings"]
        .map(str::to_owned)
        .into_iter()
        .chain(own);
    let longest = |field: &String| typed_in(line, typed.get(field)).map_or(0, str::len);
    let best = all.max_by_key(longest).filter(|field| longest(field) > 0);
    let or = || {
        if typed.get("wordings").is_empty() {
            "more"
        } else {
            "wordings"
        }
    };
    best.unwrap_or_else(|| or().to_owned())
}

/// The longest line of what is typed in a field that stands in a line of a file.
fn typed_in<'a>(line: &str, text: &'a str) -> Option<&'a str> {
    let lines = text.lines().map(str::trim);
    let within = lines.filter(|l| !l.is_empty() && line.contains(l));
    within.max_by_key(|l| l.len())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Typed {
        let fields = [
            ("sv.title", "Kören"),
            ("sv.body", "Kom till kören.\nRing 070-174 06 05."),
            ("en.questions", "Where is it?\nCall 070-174 06 05?"),
        ];
        Typed::sent(fields.map(|(n, t)| (n.to_owned(), t.to_owned())).into())
    }

    #[test]
    fn a_problem_stands_at_the_field_where_it_is_mended() {
        for (path, rule, line, expected) in [
            ("sv.title", "field", "", "sv.title"),
            ("guides/a.md", "officialese", "", "sv.body"),
            ("guides/a.en.md", "question-twice", "", "en.questions"),
            ("guides/a.md", "missing-translation", "", "en.title"),
            (
                "guides/a.md",
                "private-phone",
                "Ring 070-174 06 05.",
                "sv.body",
            ),
            (
                "guides/a.en.md",
                "private-phone",
                "\"Call 070-174 06 05?\",",
                "en.questions",
            ),
            ("guides/a.md", "unknown-key", "agez = 1", "more"),
        ] {
            let problem = Problem::error(path, 1, rule, "", "");
            let field = field_of(&problem, line, &typed(), Language::Swedish);
            assert_eq!(field, expected, "{rule} in {path}");
        }
    }

    #[test]
    fn what_has_no_phrase_is_said_as_the_check_says_it() {
        let problem = Problem::error(
            "a.md",
            1,
            "officialese",
            "`avseende` is old",
            "say it with: om",
        );
        assert_eq!(
            words(&problem, &BTreeMap::new()),
            "`avseende` is old: say it with: om."
        );
        let phrases = [("officialese", "Inte {found}, utan: {instead}")];
        let phrases = phrases.map(|(n, t)| (n.to_owned(), t.to_owned())).into();
        assert_eq!(words(&problem, &phrases), "Inte ”avseende”, utan: om");
    }
}
