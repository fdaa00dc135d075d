//! One file's text becomes a value and the problems found in it.

use std::ops::Range;

use serde::de::DeserializeOwned;

use super::entry::Section;
use super::facet::Facet;
use super::front_matter::FrontMatter;
use super::language::Language;
use super::problem::{Problem, line_at, line_of};

/// An entry's file, taken apart.
pub(crate) struct ParsedFile {
    pub(crate) front: FrontMatter,
    pub(crate) summary: String,
    pub(crate) sections: Vec<Section>,
}

/// Takes a file apart into front matter, opening text and sections.
///
/// Unknown keys and headings become problems, not failures: what can be read is kept.
pub(crate) fn parse_entry(
    path: &str,
    text: &str,
    language: Language,
    problems: &mut Vec<Problem>,
) -> Option<ParsedFile> {
    let Some((front, body, body_line)) = split(text) else {
        problems.push(Problem::error(
            path,
            1,
            "no-front-matter",
            "the file does not begin with front matter between two lines of `+++`",
            "start the file with `+++`, the facts, and another `+++` before the text",
        ));
        return None;
    };
    let front: FrontMatter = parse_toml(path, front, 1, problems)?;
    let (summary, sections) = parse_body(path, body, body_line, language, problems);
    Some(ParsedFile {
        front,
        summary,
        sections,
    })
}

/// Reads TOML; unknown keys are problems, a value that cannot be read is a problem and gives `None`.
///
/// `lines_before` is the number of lines in the file above the TOML.
pub(crate) fn parse_toml<T: DeserializeOwned>(
    path: &str,
    text: &str,
    lines_before: usize,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let deserializer = match toml::Deserializer::parse(text) {
        Ok(d) => d,
        Err(e) => {
            problems.push(toml_problem(path, text, lines_before, &e));
            return None;
        }
    };
    let mut unknown = Vec::new();
    let parsed = serde_ignored::deserialize(deserializer, |key| unknown.push(key.to_string()));
    for key in unknown {
        let last = key.rsplit('.').next().unwrap_or(&key);
        problems.push(Problem::error(
            path,
            lines_before + line_of(text, last),
            "unknown-key",
            format!("`{key}` is not a key that means anything here, so it would be ignored"),
            "correct its spelling or take it away; `lots schema` lists the keys",
        ));
    }
    match parsed {
        Ok(value) => Some(value),
        Err(e) => {
            problems.push(toml_problem(path, text, lines_before, &e));
            None
        }
    }
}

fn toml_problem(path: &str, text: &str, lines_before: usize, error: &toml::de::Error) -> Problem {
    let line = error.span().map_or(1, |s| line_at(text, s.start));
    Problem::error(
        path,
        lines_before + line,
        "unreadable",
        format!(
            "this cannot be read: {}",
            error.message().lines().next().unwrap_or("not TOML")
        ),
        "correct the value; text stands in double quotes, days are written 2026-11-23",
    )
}

/// Where the front matter of a file stands, without its lines of `+++`.
pub(super) fn front_matter(text: &str) -> Option<Range<usize>> {
    let rest = text
        .strip_prefix('\u{feff}')
        .unwrap_or(text)
        .strip_prefix("+++")?
        .trim_start_matches('\r')
        .strip_prefix('\n')?;
    let start = text.len() - rest.len();
    let length = rest
        .find("\n+++")
        .map(|i| i + 1)
        .or_else(|| rest.starts_with("+++").then_some(0))?;
    Some(start..start + length)
}

/// The front matter, the body, and the number of lines above the body.
pub(super) fn split(text: &str) -> Option<(&str, &str, usize)> {
    let front = front_matter(text)?;
    let after = &text[front.end + 3..];
    let body_start = after.find('\n').map_or(after.len(), |i| i + 1);
    let front = &text[front];
    Some((front, &after[body_start..], front.lines().count() + 2))
}

fn parse_body(
    path: &str,
    body: &str,
    lines_before: usize,
    language: Language,
    problems: &mut Vec<Problem>,
) -> (String, Vec<Section>) {
    let mut summary = String::new();
    let mut sections: Vec<Section> = Vec::new();
    let mut skipping = false;
    for (number, line) in body.lines().enumerate() {
        let line_number = lines_before + number + 1;
        let Some(heading) = line.strip_prefix('#') else {
            if !skipping {
                let into = sections.last_mut().map_or(&mut summary, |s| &mut s.body);
                into.push_str(line);
                into.push('\n');
            }
            continue;
        };
        let title = heading.trim_start_matches('#').trim();
        let facet = heading
            .strip_prefix("# ")
            .and_then(|_| Facet::from_heading(language, title));
        skipping = facet.is_none();
        let Some(facet) = facet else {
            let known: Vec<&str> = Facet::headings(language).collect();
            problems.push(Problem::error(
                path,
                line_number,
                "unknown-heading",
                format!("`{line}` is not in the list of headings, so no follow-up would find the text under it"),
                format!("use a second-level heading of: {}", known.join(", ")),
            ));
            continue;
        };
        if sections.iter().any(|s| s.facet == facet) {
            problems.push(Problem::error(
                path,
                line_number,
                "heading-twice",
                format!("`{title}` answers the same question as an earlier heading of this file"),
                "put the two sections together",
            ));
        }
        sections.push(Section {
            facet,
            heading: title.to_owned(),
            body: String::new(),
        });
    }
    for section in &mut sections {
        section.body = section.body.trim().to_owned();
    }
    (summary.trim().to_owned(), sections)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Option<ParsedFile>, Vec<Problem>) {
        let mut problems = Vec::new();
        let parsed = parse_entry("guides/a.md", text, Language::Swedish, &mut problems);
        (parsed, problems)
    }

    #[test]
    fn a_file_is_taken_apart() {
        let (parsed, problems) = parse(
            "+++\ntitle = \"A\"\nreviewed = 2026-01-02\n+++\nEtt.\n\nTvå.\n\n## När\nI juni.\n",
        );
        let parsed = parsed.unwrap();
        assert_eq!(problems, []);
        assert_eq!(parsed.front.title, "A");
        assert_eq!(parsed.front.reviewed, Some(jiff::civil::date(2026, 1, 2)));
        assert_eq!(parsed.summary, "Ett.\n\nTvå.");
        assert_eq!(parsed.sections[0].body, "I juni.");
    }

    #[test]
    fn problems_carry_their_line() {
        let (parsed, problems) =
            parse("+++\ntitle = \"A\"\ntitel = \"B\"\n+++\nEtt.\n## Huruvida\nText.\n");
        assert!(parsed.is_some());
        let found: Vec<_> = problems.iter().map(|p| (p.rule, p.line)).collect();
        assert_eq!(found, [("unknown-key", 3), ("unknown-heading", 6)]);
    }

    #[test]
    fn what_is_not_toml_is_said_with_its_line() {
        let (parsed, problems) = parse("+++\ntitle = \"A\"\nquestions = [\n+++\nEtt.\n");
        assert!(parsed.is_none());
        assert_eq!(problems[0].rule, "unreadable");
    }

    #[test]
    fn windows_line_ends_are_read() {
        let (parsed, problems) =
            parse("+++\r\ntitle = \"A\"\r\n+++\r\nEtt.\r\n\r\n## När\r\nNu.\r\n");
        assert_eq!(problems, []);
        assert_eq!(parsed.unwrap().sections[0].body, "Nu.");
    }
}
