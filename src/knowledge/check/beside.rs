//! The strict rules of what stands beside the entries: municipality, crisis, phrases, other bodies.

use std::collections::BTreeSet;

use super::{At, Check, quoted};
use crate::knowledge::crisis::CrisisRules;
use crate::knowledge::language::Language;
use crate::knowledge::{Clarification, Knowledge, load};

impl Check<'_> {
    pub(super) fn beside(&mut self, knowledge: &Knowledge) {
        self.municipality(knowledge);
        self.paths(knowledge);
        self.crisis(knowledge);
        self.crisis_examples(knowledge);
        self.phrases(knowledge);
        self.elsewhere(knowledge);
        self.clarifications(knowledge);
    }

    fn municipality(&mut self, knowledge: &Knowledge) {
        let path = "municipality.toml";
        let municipality = knowledge.municipality();
        let way_in = &municipality.way_in;
        self.id(|c| c.at(path, "way_in", ""), "way_in", way_in, knowledge);
        for (key, id) in municipality.instead.named() {
            self.id(|c| c.at(path, key, id.as_str()), key, id, knowledge);
        }
        if !municipality
            .languages
            .contains(&municipality.default_language)
        {
            self.error(
                self.at(path, "default_language", ""),
                "unlisted-language",
                "`default_language` is not among `languages`",
                format!("add \"{}\" to `languages`", municipality.default_language),
            );
        }
    }

    fn crisis(&mut self, knowledge: &Knowledge) {
        let path = "crisis.toml";
        if !self.files.contains_key(path) {
            self.warning(
                At { path, line: 1 },
                "no-crisis-file",
                "there is no crisis.toml, so someone in need is answered like anyone else",
                "write one; `lots init FOLDER` makes an example",
            );
            return;
        }
        let rules = knowledge.crisis();
        for pattern in patterns(rules) {
            for set in pattern
                .split([' ', '|'])
                .filter_map(|w| w.strip_prefix('@'))
            {
                let set = set.trim_end_matches('?');
                if !rules.sets.contains_key(set) {
                    self.error(
                        self.at(path, "", &quoted(pattern)),
                        "unknown-set",
                        format!("the pattern `{pattern}` uses `@{set}`, which is not in `[sets]`"),
                        format!("add `{set}` to `[sets]`, or correct its name"),
                    );
                }
            }
        }
        for words in patterns(rules).chain(rules.sets.values().flatten().map(String::as_str)) {
            if words
                .chars()
                .any(|c| !c.is_ascii() || c.is_ascii_uppercase())
            {
                self.error(
                    self.at(path, "", &quoted(words)),
                    "unfolded-pattern",
                    format!(
                        "`{words}` is never found, as capitals and accents are taken off before"
                    ),
                    "write small letters, a for å and ä, o for ö",
                );
            }
        }
        for situation in &rules.situation {
            let others = situation
                .instead
                .iter()
                .map(|i| (&i.lines, i.marker.as_str()));
            for (lines, marker) in std::iter::once((&situation.lines, "")).chain(others) {
                if lines.is_empty() {
                    self.error(
                        self.at(path, "name", &quoted(&situation.name)),
                        "no-lines",
                        format!("the situation `{}` leads to no help line", situation.name),
                        "add at least one id to `lines`",
                    );
                }
                if !marker.is_empty() && !rules.markers.contains_key(marker) {
                    self.error(
                        self.at(path, "", &quoted(marker)),
                        "unknown-marker",
                        format!("`{marker}` is not in `[markers]`, so these lines are never used"),
                        format!("add `[markers.{marker}]`, or correct its name"),
                    );
                }
                for id in lines {
                    self.id(|c| c.at(path, "", &quoted(id)), "lines", id, knowledge);
                }
            }
        }
    }

    /// Examples of a crisis that is in no rule would be learnt as something that is never said.
    fn crisis_examples(&mut self, knowledge: &Knowledge) {
        let (path, rules) = ("crisis_examples.toml", knowledge.crisis());
        for told in &knowledge.crisis_examples().told {
            if rules.situation.iter().all(|s| s.name != told.situation) {
                self.error(
                    self.at(path, "situation", &quoted(&told.situation)),
                    "unknown-situation",
                    format!("the situation `{}` is not in crisis.toml", told.situation),
                    "correct its name, or add the situation there",
                );
            }
            let marker = told.marker.as_ref();
            if let Some(marker) = marker.filter(|m| !rules.markers.contains_key(*m)) {
                self.error(
                    self.at(path, "marker", &quoted(marker)),
                    "unknown-marker",
                    format!("`{marker}` is not in `[markers]` of crisis.toml"),
                    format!("add `[markers.{marker}]` there, or correct its name"),
                );
            }
        }
    }

    /// A phrase has the placeholders of the built-in one: a missing value is never said, an unknown
    /// one is shown as it is.
    fn phrases(&mut self, knowledge: &Knowledge) {
        for language in Language::ALL {
            let path = format!("phrases.{language}.toml");
            let Some(text) = self.files.get(&path) else {
                continue;
            };
            if !knowledge.municipality().languages.contains(&language) {
                self.error(
                    At {
                        path: &path,
                        line: 1,
                    },
                    "unlisted-language",
                    format!("`{language}` is not a language of the base, so this is never said"),
                    "add it to `languages` in municipality.toml, or take the file away",
                );
            }
            // A file that is not TOML has been reported on loading.
            let own: toml::Table = toml::from_str(text).unwrap_or_default();
            let built_in = load::default_phrases_table(language);
            for (key, own, built_in) in pairs(&own, &built_in) {
                let (own, built_in) = (placeholders(own), placeholders(built_in));
                for name in own.difference(&built_in) {
                    self.error(
                        self.at(&path, key, &format!("{{{name}}}")),
                        "unknown-placeholder",
                        format!("`{key}` has `{{{name}}}`, which gets no value here"),
                        "take it away, or compare with the built-in phrase",
                    );
                }
                for name in built_in.difference(&own) {
                    self.error(
                        self.at(&path, key, ""),
                        "missing-placeholder",
                        format!("`{key}` lacks `{{{name}}}`, so residents are not told it"),
                        format!("put `{{{name}}}` where the value is to stand"),
                    );
                }
            }
        }
    }

    fn elsewhere(&mut self, knowledge: &Knowledge) {
        for body in knowledge.elsewhere() {
            for language in &knowledge.municipality().languages {
                let (about, text) = match language {
                    Language::Swedish => (&body.about_sv, &body.text_sv),
                    Language::English => (&body.about_en, &body.text_en),
                };
                for (key, empty) in [
                    ("about", about.is_empty()),
                    ("text", text.trim().is_empty()),
                ] {
                    if empty {
                        self.error(
                            self.at("elsewhere.toml", "name_sv", &body.name_sv),
                            "empty-elsewhere",
                            format!("`{}` has no `{key}_{language}`", body.name_sv),
                            "write what residents ask that belongs there, and who to turn to",
                        );
                    }
                }
            }
        }
    }

    fn clarifications(&mut self, knowledge: &Knowledge) {
        let path = "clarifications.toml";
        for asks in knowledge.clarifications() {
            let at = self.at(path, "ask_sv", &asks.ask_sv);
            if !Clarification::ENTRIES.contains(&asks.entries.len()) {
                self.error(
                    at,
                    "clarification-entries",
                    format!(
                        "\"{}\" leaves {} entries to choose among",
                        asks.ask_sv,
                        asks.entries.len()
                    ),
                    "name two to four; a single one is an example question of that entry",
                );
            }
            for id in &asks.entries {
                let at = |c: &Self| c.at(path, "entries", id.as_str());
                self.id(at, "entries", id, knowledge);
            }
            for language in &knowledge.municipality().languages {
                let (ask, examples) = match language {
                    Language::Swedish => (&asks.ask_sv, &asks.examples_sv),
                    Language::English => (&asks.ask_en, &asks.examples_en),
                };
                for (key, empty) in [
                    ("ask", ask.trim().is_empty()),
                    ("examples", examples.is_empty()),
                ] {
                    if empty {
                        self.error(
                            at,
                            "empty-clarification",
                            format!("\"{}\" has no `{key}_{language}`", asks.ask_sv),
                            "write what is asked back, and the messages that call for it",
                        );
                    }
                }
            }
        }
    }
}

/// Every pattern of the crisis rules.
fn patterns(rules: &CrisisRules) -> impl Iterator<Item = &str> {
    let markers = rules.markers.values().flat_map(|m| &m.patterns);
    let situations = rules.situation.iter().flat_map(|s| &s.patterns);
    rules
        .harmless
        .patterns
        .iter()
        .chain(markers)
        .chain(situations)
        .map(String::as_str)
}

/// Each phrase of a base beside the built-in one, whatever table it stands in.
fn pairs<'a>(
    own: &'a toml::Table,
    built_in: &'a toml::Table,
) -> Vec<(&'a str, &'a toml::Value, &'a toml::Value)> {
    let both = own
        .iter()
        .filter_map(|(key, value)| Some((key.as_str(), value, built_in.get(key)?)));
    both.flat_map(|(key, own, built_in)| match (own, built_in) {
        (toml::Value::Table(own), toml::Value::Table(built_in)) => pairs(own, built_in),
        (own, built_in) => vec![(key, own, built_in)],
    })
    .collect()
}

/// The names that stand in braces in a phrase, or in any of a list of phrases.
fn placeholders(phrase: &toml::Value) -> BTreeSet<String> {
    let text = phrase.to_string();
    let names = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'));
    names.map(|(name, _)| name.to_owned()).collect()
}
