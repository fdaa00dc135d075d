//! The strict rules of a base: everything a person must mend before residents see it.

mod beside;
mod entries;
mod fits;
mod private_data;

use jiff::civil::Date;

use super::entry::{EntryId, EntryKind};
use super::problem::Problem;
use super::{Files, Knowledge, Loaded};

/// Every problem of a base: those of loading it and those of the strict rules, by file and line.
///
/// `today` decides which reviews are overdue and which sources are old. A base with an error must
/// not replace one without; a warning is for someone to look at.
pub fn check(files: &Files, today: Date) -> Vec<Problem> {
    check_loaded(files, &Knowledge::load(files), today)
}

/// The same for a base that was loaded from these files already.
pub fn check_loaded(files: &Files, loaded: &Loaded, today: Date) -> Vec<Problem> {
    let mut check = Check {
        files,
        today,
        problems: loaded.problems.clone(),
    };
    check.private_data();
    if let Some(knowledge) = &loaded.knowledge {
        check.entries(knowledge);
        check.beside(knowledge);
    }
    let mut problems = check.problems;
    problems.sort_by(|a, b| (&a.path, a.line, a.rule).cmp(&(&b.path, b.line, b.rule)));
    problems.dedup();
    problems
}

/// What in a text of staff's own seems to belong to a private person, as problems of the field that it stands in.
pub fn private_data_in(field: &str, text: &str) -> Vec<Problem> {
    let remarks = private_data::private_data(text).into_iter();
    remarks
        .map(|r| Problem::error(field, r.line, r.rule, r.reason, r.mend))
        .collect()
}

/// A base under check, and what was found so far.
struct Check<'a> {
    files: &'a Files,
    today: Date,
    problems: Vec<Problem>,
}

/// A place in a file of the base.
#[derive(Clone, Copy)]
struct At<'a> {
    path: &'a str,
    line: usize,
}

impl<'a> Check<'a> {
    fn private_data(&mut self) {
        for (path, text) in self.files {
            for r in private_data::private_data(text) {
                let at = At { path, line: r.line };
                self.error(at, r.rule, r.reason, r.mend);
            }
        }
    }

    /// Whether an id leads somewhere, and somewhere that makes sense; where it stands is only looked up if not.
    fn id<'p>(
        &mut self,
        at: impl FnOnce(&Self) -> At<'p>,
        key: &str,
        id: &EntryId,
        knowledge: &Knowledge,
    ) {
        // What cannot be read was reported on loading, once and not for every link to it.
        let unreadable = self.files.contains_key(&format!("{id}.md"));
        if knowledge.entry(id).is_none() && !unreadable {
            self.error(
                at(self),
                "dangling-id",
                format!(
                    "`{key}` names `{id}`, which is not an entry, so the reader is led nowhere"
                ),
                format!("write {id}.md, or name an entry that exists"),
            );
        } else if matches!(key, "office" | "way_in") && id.kind() != EntryKind::Offices {
            self.error(
                at(self),
                "wrong-kind",
                format!("`{key}` names `{id}`, and questions can only be sent to an office"),
                "name an entry in the folder `offices`",
            );
        }
    }

    /// Where `value` stands, at or below its key; an empty key or value is not looked for.
    fn at<'p>(&self, path: &'p str, key: &str, value: &str) -> At<'p> {
        let source = self.source(path);
        let is_key = |line: &str| {
            line.trim_start()
                .strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        let start = if key.is_empty() {
            Some(0)
        } else {
            source.lines().position(is_key)
        };
        let Some(start) = start else {
            return At { path, line: 1 };
        };
        let escaped = value.replace('"', "\\\"");
        let below = source
            .lines()
            .skip(start)
            .position(|l| l.contains(value) || l.contains(&escaped));
        At {
            path,
            line: start + below.unwrap_or(0) + 1,
        }
    }

    fn source(&self, path: &str) -> &'a str {
        self.files.get(path).map_or("", String::as_str)
    }

    fn error(
        &mut self,
        at: At<'_>,
        rule: &'static str,
        reason: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.problems
            .push(Problem::error(at.path, at.line, rule, reason, mend));
    }

    fn warning(
        &mut self,
        at: At<'_>,
        rule: &'static str,
        reason: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.problems
            .push(Problem::warning(at.path, at.line, rule, reason, mend));
    }
}

/// A text as it stands in TOML, so that `grants/a` is not found in `grants/ab`.
fn quoted(text: impl std::fmt::Display) -> String {
    format!("\"{text}\"")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::knowledge::Severity;

    const TODAY: Date = date(2026, 11, 23);

    const FACTS: &str = r#"office = "offices/desk"
contact = "helplines/112"
standing = "current"
reviewed = 2026-11-01
reviewed_by = "editor"
review_by = 2027-05-01
see_also = ["helplines/112"]
sources = [{ name = "A", year = 2026 }]
"#;

    const GRANT: &str =
        "[grant]\ndeadlines = [\"02-25\"]\namount = { at_most = 10 }\nfacts_from = 2026\n";

    const GRANT_FITS: &str =
        "[fits]\naudiences = [\"old\"]\npurposes = [\"event\"]\nscopes = [\"here\"]\n";

    /// A base without a mistake.
    fn base() -> Files {
        let duties = "responsible_for = [\"all\"]\n";
        let desk = FACTS.replace("office = \"offices/desk\"", "responsible_for = [\"allt\"]");
        let desk = format!("{desk}[fits]\n");
        let grant = format!("{FACTS}{GRANT}{GRANT_FITS}");
        let line = FACTS.replace("helplines/112", "grants/a") + "[fits]\n";
        let choir = format!("{FACTS}[fits]\naudiences = [\"young\"]\ninterests = [\"culture\"]\n");
        let council = format!("{FACTS}[fits]\ninfluence = [\"council\"]\n");
        Files::from([
            (
                "municipality.toml".into(),
                r#"name = "A"
languages = ["sv", "en"]
default_language = "sv"
way_in = "offices/desk"
"#
                .into(),
            ),
            (
                "crisis.toml".into(),
                r#"[sets]
me = ["jag", "vi"]
[markers.child]
patterns = ["jag ar #0-17"]
[[situation]]
name = "danger"
patterns = ["@me|han? ... radd"]
lines = ["helplines/112"]
instead = [{ marker = "child", lines = ["helplines/112"] }]
text_sv = "Ring."
"#
                .into(),
            ),
            (
                "crisis_examples.toml".into(),
                "[[told]]\nsituation = \"danger\"\nmarker = \"child\"\nwordings = [\"a\"]\n".into(),
            ),
            (
                "elsewhere.toml".into(),
                r#"[[elsewhere]]
name_sv = "R"
about_sv = ["a"]
about_en = ["b"]
text_sv = "A"
text_en = "B"
"#
                .into(),
            ),
            (
                "clarifications.toml".into(),
                r#"[[clarification]]
ask_sv = "A?"
ask_en = "B?"
entries = ["grants/a", "helplines/112"]
examples_sv = ["a"]
examples_en = ["b"]
"#
                .into(),
            ),
            (
                "phrases.sv.toml".into(),
                "# Våra ord.\nabout = \"Om {title}:\"\n".into(),
            ),
            (
                "offices/desk.md".into(),
                entry("Disken", &desk, "## När\nNu."),
            ),
            (
                "offices/desk.en.md".into(),
                entry("Desk", duties, "## When\nNow."),
            ),
            (
                "grants/a.md".into(),
                entry("Stödet", &grant, "## När\nNu.\n\n## Krav\nInga."),
            ),
            (
                "grants/a.en.md".into(),
                entry("Grant", "", "## When\nNow.\n\n## Requirements\nNone."),
            ),
            ("helplines/112.md".into(), entry("Larm", &line, "")),
            ("helplines/112.en.md".into(), entry("Alarm", "", "")),
            ("activities/choir.md".into(), entry("Kören", &choir, "")),
            ("activities/choir.en.md".into(), entry("Choir", "", "")),
            ("councils/old.md".into(), entry("Rådet", &council, "")),
            ("councils/old.en.md".into(), entry("Council", "", "")),
        ])
    }

    /// The title is on line 2, the questions on line 3, the facts from line 4.
    fn entry(title: &str, facts: &str, sections: &str) -> String {
        let questions: Vec<String> = (1..=8).map(|i| format!("\"{title} {i}?\"")).collect();
        let questions = questions.join(", ");
        let front = format!("title = \"{title}\"\nquestions = [{questions}]\n{facts}");
        format!("+++\n{front}+++\nA {title}.\n\n{sections}\n")
    }

    /// A rule, where it is reported, and the edit that breaks it: in the file, this becomes that.
    type Mistake = (
        &'static str,
        (&'static str, usize),
        &'static str,
        &'static str,
        &'static str,
    );

    const G: &str = "grants/a.md";
    const L: &str = "helplines/112.md";
    const K: &str = "activities/choir.md";
    const O: &str = "councils/old.md";
    const D: &str = "offices/desk.en.md";
    const E: &str = "grants/a.en.md";
    const C: &str = "crisis.toml";
    const M: &str = "municipality.toml";
    const A: &str = "clarifications.toml";
    const X: &str = "crisis_examples.toml";

    #[rustfmt::skip]
    const ERRORS: [Mistake; 78] = [
        ("dangling-id", (G, 4), G, "office = \"offices/desk\"", "office = \"offices/gone\""),
        ("dangling-id", (G, 5), G, "contact = \"helplines/112\"", "contact = \"contacts/gone\""),
        ("dangling-id", (G, 10), G, "[\"helplines/112\"]", "[\"helplines/112\", \"guides/gone\"]"),
        ("dangling-id", (G, 4), G, "office =", "not_to_confuse_with = [\"guides/gone\"]\noffice ="),
        ("dangling-id", (G, 7), G, "\"current\"", "\"ended\"\nreplaced_by = \"guides/gone\""),
        ("dangling-id", (M, 4), M, "offices/desk", "offices/gone"),
        ("dangling-id", (C, 8), C, "[\"helplines/112\"]\n", "[\"helplines/113\"]\n"),
        ("dangling-id", (C, 9), C, "[\"helplines/112\"] }", "[\"helplines/113\"] }"),
        ("dangling-id", (M, 6), M, "desk\"", "desk\"\n[instead]\nnetwork = \"guides/gone\""),
        ("dangling-id", (G, 4), G, "office =", "instead = \"guides/gone\"\noffice ="),
        ("dangling-id", (A, 4), A, "grants/a", "grants/gone"),
        ("clarification-entries", (A, 2), A, ", \"helplines/112\"", ""),
        ("empty-clarification", (A, 2), A, "ask_en = \"B?\"", ""),
        ("empty-clarification", (A, 2), A, "[\"a\"]", "[]"),
        ("ages-order", (G, 4), G, "office =", "ages = [18, 12]\noffice ="),
        ("opening-never", (G, 13), G, "[grant]", "[reach]\nopening = [{ days = [\"mon\"], from = \"16:00\", to = \"09:00\" }]\n[grant]"),
        ("opening-never", (G, 13), G, "[grant]", "[reach]\nopening = [{ days = [], from = \"09:00\", to = \"16:00\" }]\n[grant]"),
        ("opening-twice", (G, 13), G, "[grant]", "[reach]\nopening = [{ days = [\"mon\"], from = \"09:00\", to = \"16:00\" }, { days = [\"mon\"], from = \"15:00\", to = \"17:00\" }]\n[grant]"),
        ("wrong-kind", (G, 4), G, "office = \"offices/desk\"", "office = \"helplines/112\""),
        ("wrong-kind", (M, 4), M, "offices/desk", "grants/a"),
        ("refers-to-itself", (G, 10), G, "[\"helplines/112\"]", "[\"grants/a\"]"),
        ("no-title", (G, 2), G, "title = \"Stödet\"", "title = \" \""),
        ("no-title", (E, 1), E, "title = \"Grant\"", ""),
        ("no-opening", (E, 4), E, "A Grant.", ""),
        ("no-office", (G, 1), G, "office = \"offices/desk\"", ""),
        ("no-source", (G, 11), G, "[{ name = \"A\", year = 2026 }]", "[]"),
        ("no-responsibilities", (D, 1), D, "responsible_for = [\"all\"]", ""),
        ("replaced-not-ended", (G, 4), G, "office =", "replaced_by = \"helplines/112\"\noffice ="),
        ("missing-translation", (G, 1), E, "", ""),
        ("unlisted-language", (D, 1), M, ", \"en\"", ""),
        ("unlisted-language", (M, 3), M, "\"sv\", \"en\"", "\"en\""),
        ("unlisted-language", ("phrases.sv.toml", 1), M, "\"sv\", \"en\"", "\"en\""),
        ("facets-differ", (G, 26), E, "## Requirements\nNone.", ""),
        ("facets-differ", (E, 7), E, "## When\nNow.", "## Where\nHere."),
        ("question-twice", (L, 3), L, "Larm 1?", "STÖDET 1"),
        ("question-is-title", (G, 3), G, "Stödet 1?", "Stödet?"),
        ("reviewed-in-future", (G, 7), G, "2026-11-01", "2026-11-24"),
        ("not-reviewed", (G, 1), G, "reviewed = 2026-11-01", ""),
        ("not-reviewed", (G, 8), G, "\"editor\"", "\"\""),
        ("not-reviewed", (G, 1), G, "review_by = 2027-05-01", ""),
        ("review-order", (G, 9), G, "2027-05-01", "2026-10-31"),
        ("private-phone", (G, 27), G, "Inga.", "Ring 070-123 45 67."),
        ("private-email", (L, 12), L, "[fits]", "reach.post = \"bo.ek@a.se\"\n[fits]"),
        ("personal-number", ("elsewhere.toml", 5), "elsewhere.toml", "\"A\"", "\"850709-9805\""),
        ("unknown-set", (C, 7), C, "@me|han?", "han|@us?"),
        ("unfolded-pattern", (C, 7), C, "radd", "rädd"),
        ("unfolded-pattern", (C, 2), C, "\"vi\"", "\"Vi\""),
        ("unknown-marker", (C, 9), C, "marker = \"child\"", "marker = \"now\""),
        ("unknown-situation", (X, 2), X, "\"danger\"", "\"gone\""),
        ("unknown-marker", (X, 3), X, "\"child\"", "\"gone\""),
        ("no-lines", (C, 6), C, "lines = [\"helplines/112\"]\n", "lines = []\n"),
        ("unknown-placeholder", ("phrases.sv.toml", 2), "phrases.sv.toml", "Om", "{name}, om"),
        ("missing-placeholder", ("phrases.sv.toml", 2), "phrases.sv.toml", "{title}", "det"),
        ("empty-elsewhere", ("elsewhere.toml", 2), "elsewhere.toml", "about_en = [\"b\"]", ""),
        ("empty-elsewhere", ("elsewhere.toml", 2), "elsewhere.toml", "text_sv = \"A\"", ""),
        ("no-fits", (G, 1), G, GRANT_FITS, ""),
        ("no-fits", (O, 1), O, "[fits]\ninfluence = [\"council\"]\n", ""),
        ("no-facet", (G, 16), G, "audiences = [\"old\"]\n", ""),
        ("no-facet", (G, 16), G, "purposes = [\"event\"]", "purposes = []"),
        ("no-facet", (G, 16), G, "scopes = [\"here\"]", ""),
        ("no-facet", (K, 12), K, "audiences = [\"young\"]\n", ""),
        ("no-facet", (K, 12), K, "interests = [\"culture\"]\n", ""),
        ("no-facet", (O, 12), O, "influence = [\"council\"]\n", ""),
        ("facet-without-terms", (K, 14), K, "interests", "purposes = [\"event\"]\ninterests"),
        ("facet-without-terms", (K, 14), K, "interests", "scopes = [\"here\"]\ninterests"),
        ("facet-without-terms", (O, 13), O, "influence", "documents = [\"plan\"]\ninfluence"),
        ("value-twice", (K, 14), K, "[\"culture\"]", "[\"culture\", \"meet\", \"culture\"]"),
        ("value-twice", (G, 17), G, "audiences", "days = [\"mon\", \"mon\"]\naudiences"),
        ("unknown-part", (K, 14), K, "interests", "parts = [\"norrby\"]\ninterests"),
        ("unknown-language", (K, 14), K, "interests", "languages = [\"ar\", \"arabiska\"]\ninterests"),
        ("part-code", (M, 6), M, "desk\"", "desk\"\n[[part]]\ncode = \"norr-by\"\nname = \"Norrby\""),
        ("part-twice", (M, 6), M, "desk\"", "desk\"\n[[part]]\ncode = \"by\"\nname = \"A\"\n[[part]]\ncode = \"by\"\nname = \"B\""),
        ("unknown-part", (M, 8), M, "desk\"", "desk\"\n[[part]]\ncode = \"by\"\nname = \"A\"\nwithin = \"gone\""),
        ("dangling-id", (M, 6), M, "desk\"", "desk\"\n[paths]\nideas = \"guides/gone\""),
        ("dangling-id", (M, 6), M, "desk\"", "desk\"\n[paths.offered_with]\nidea = [\"grants/a\", \"guides/gone\"]"),
        ("unknown-path", (M, 6), M, "desk\"", "desk\"\n[paths.offered_with]\ngifts = [\"grants/a\"]"),
        ("unknown-key", (G, 4), G, "office =", "ofice ="),
        ("no-municipality", (M, 1), M, "", ""),
    ];

    #[rustfmt::skip]
    const WARNINGS: [Mistake; 9] = [
        ("no-fits", (L, 1), L, "[fits]\n", ""),
        ("review-overdue", (G, 9), G, "2027-05-01", "2026-11-22"),
        ("few-questions", (G, 3), G, "\"Stödet 8?\"", ""),
        ("few-questions", (E, 3), E, ", \"Grant 8?\"", ""),
        ("old-source", (G, 11), G, "year = 2026", "year = 2020"),
        ("undated-facts", (G, 14), G, "facts_from = 2026", ""),
        ("no-crisis-file", (C, 1), C, "", ""),
        ("officialese", (G, 27), G, "Inga.", "Ni erhåller det."),
        ("officialese", (E, 8), E, "Now.", "Prior to May."),
    ];

    fn assert_found(mistakes: &[Mistake], severity: Severity) {
        for (rule, (path, line), file, this, that) in mistakes {
            let mut files = base();
            if this.is_empty() {
                files.remove(*file);
            } else {
                let text = files.get_mut(*file).unwrap();
                assert!(text.contains(this), "{rule}: {file} has no {this}");
                *text = text.replacen(this, that, 1);
            }
            let problems = check(&files, TODAY);
            let found = problems
                .iter()
                .find(|p| p.rule == *rule && p.path == *path && p.line == *line);
            assert_eq!(
                found.map(|p| p.severity),
                Some(severity),
                "{rule} {path}:{line} {problems:#?}"
            );
        }
    }

    #[test]
    fn a_base_without_mistakes_has_no_problem() {
        assert_eq!(check(&base(), TODAY), []);
    }

    #[test]
    fn every_mistake_is_found_where_it_stands() {
        assert_found(&ERRORS, Severity::Error);
        assert_found(&WARNINGS, Severity::Warning);
    }

    #[test]
    fn one_mistake_is_one_problem() {
        let mut files = base();
        let grant = files.get_mut(G).unwrap();
        *grant = grant.replace("helplines/112", "helplines/113");
        let crisis = files.get_mut(C).unwrap();
        *crisis = crisis.replace("helplines/112", "helplines/113");
        let found: Vec<_> = check(&files, TODAY)
            .into_iter()
            .map(|p| (p.rule, p.path, p.line))
            .collect();
        let at = |path: &str, line| ("dangling-id", path.to_owned(), line);
        // Twice in the crisis rules, on the line where it is first named.
        assert_eq!(found, [at(C, 8), at(G, 5), at(G, 10)]);
    }

    #[test]
    fn an_entry_that_cannot_be_read_is_reported_once() {
        let mut files = base();
        files.insert("helplines/112.md".into(), "+++\ntitle =\n+++\n".into());
        let problems = check(&files, TODAY);
        let found: Vec<_> = problems.iter().map(|p| (p.rule, p.path.as_str())).collect();
        assert_eq!(
            found,
            [
                ("translation-of-nothing", "helplines/112.en.md"),
                ("unreadable", "helplines/112.md")
            ]
        );
    }

    #[test]
    fn a_minimal_base_is_loaded_and_complained_about() {
        let files = Files::from([
            (
                M.into(),
                r#"name = "A"
languages = ["sv"]
default_language = "sv"
way_in = "offices/desk"
"#
                .into(),
            ),
            (
                "offices/desk.md".into(),
                "+++\ntitle = \"Desk\"\n+++\nDesk.\n".into(),
            ),
        ]);
        assert!(Knowledge::load(&files).knowledge.is_some());
        let rules: Vec<_> = check(&files, TODAY).into_iter().map(|p| p.rule).collect();
        let expected = [
            "no-crisis-file",
            "few-questions",
            "no-fits",
            "no-responsibilities",
            "no-source",
            "not-reviewed",
            "not-reviewed",
            "not-reviewed",
        ];
        assert_eq!(rules, expected);
    }
}
