//! Having a say: from a wish to the way that fits, by the ways that entries say they are.

use super::grants::{audiences, group, welcomes};
use super::guide::Guide;
use super::path::Path;
use super::step::Set;
use crate::answering::{Block, Fact, Fit, Match};
use crate::knowledge::{
    Audience, Entry, EntryId, EntryKind, Fits, Influence, PathName, Standing, fill,
};

/// So many are shown of each.
const MOST: usize = 4;

impl<'a> Guide<'a> {
    /// The ways to have a say that fit, or may do instead, the best first.
    pub(super) fn influence_found(&self, path: &Path) -> Vec<(EntryId, Fit)> {
        let ways = self.ways(path).into_iter();
        ways.map(|(entry, fit)| (entry.id.clone(), fit)).collect()
    }

    /// What the wish to have a say has led to.
    pub(super) fn influence(&self, path: &Path) -> Vec<Block> {
        let text = self.text_of(path);
        let ways = self.ways(path);
        let mut blocks = Vec::new();
        if ways.is_empty() {
            blocks.push(Block::Text {
                text: text.say("none").to_owned(),
            });
        }
        for (kind, key) in [(Fit::Fits, "fits"), (Fit::Nearly, "nearly")] {
            let of = ways.iter().filter(|(_, fit)| *fit == kind).take(MOST);
            let matches = of.map(|(entry, _)| self.way(entry, path)).collect();
            blocks.extend(group(text.say(key), kind, matches));
        }
        let way_in = self.name_of(&self.knowledge().municipality().way_in);
        blocks.push(Block::Text {
            text: fill(text.say("talk"), &[("title", way_in)]),
        });
        blocks.push(Block::Take {
            code: path.code(),
            print: self.texts().say.print.clone(),
            calendar: None,
        });
        let idea = self.begin_link(PathName::Idea);
        let suggests = wish(path) == Some(Influence::Suggest);
        blocks.push(self.links_on(path, suggests.then_some(idea)));
        blocks
    }

    /// The entries that are a way to have a say: those that are the wished one fit, others that are made for the same people
    /// may do instead. Those of which no source says for whom they are may do where nothing fits.
    fn ways(&self, path: &Path) -> Vec<(&'a Entry, Fit)> {
        let wish = wish(path);
        let whom = audiences(path, "whom").first().copied();
        let mut ways = Vec::new();
        for entry in self.knowledge().entries() {
            let Some(fits) = entry.fits.as_ref().filter(|f| !f.influence.is_empty()) else {
                continue;
            };
            let is_for = whom.is_none_or(|whom| welcomes(&fits.audiences, whom));
            if entry.standing == Standing::Ended || !is_for {
                continue;
            }
            let is_wished = wish.is_none_or(|w| fits.influence.contains(&w));
            let is_theirs = made_for(fits, whom);
            let is_told =
                !fits.audiences.is_empty() || whom.is_none_or(|w| w == Audience::Everyone);
            let fit = match (is_wished, is_theirs) {
                (true, _) if is_told => Fit::Fits,
                (true, _) | (false, true) => Fit::Nearly,
                (false, false) => continue,
            };
            ways.push((entry, fits, fit));
        }
        if ways.iter().any(|(.., fit)| *fit == Fit::Fits) {
            ways.retain(|(_, fits, fit)| *fit == Fit::Fits || made_for(fits, whom));
        }
        ways.sort_by_key(|(entry, fits, fit)| {
            (
                *fit,
                // Who answers every question comes after what is about this one.
                entry.id.kind() == EntryKind::Offices,
                !made_for(fits, whom),
                place(fits, wish),
                entry.standing != Standing::Current,
                fits.influence.len(),
                entry.id.kind(),
                entry.id.clone(),
            )
        });
        ways.into_iter()
            .map(|(entry, _, fit)| (entry, fit))
            .collect()
    }

    fn way(&self, entry: &Entry, path: &Path) -> Match {
        let text = self.text_of(path);
        let none = Fits::default();
        let fits = entry.fits.as_ref().unwrap_or(&none);
        let wished = wish(path).filter(|w| fits.influence.contains(w));
        let mut because = Vec::new();
        because.extend(wished.map(|w| {
            let within = self.within(Set::Influence, w.code());
            fill(text.say("because"), &[("influence", within)])
        }));
        let whom = audiences(path, "whom").first().copied();
        if let Some(whom) = whom.filter(|_| made_for(fits, whom)) {
            let within = self.within(Set::Audience, whom.code());
            because.push(fill(text.say("because_audience"), &[("audience", within)]));
        }
        if fits.influence.contains(&Influence::Council) {
            let is_council = entry.id.kind() == EntryKind::Councils;
            let key = if is_council {
                "council_how"
            } else {
                "council_through"
            };
            because.push(text.say(key).to_owned());
        }
        let mut check = Vec::new();
        let mut facts = Vec::new();
        if let Some(meetings) = &fits.meetings {
            let phrases = self.knowledge().phrases(self.language);
            match meetings.next(self.today) {
                Some(day) => facts.push(Fact {
                    label: text.say("next_meeting").to_owned(),
                    value: phrases.date(day),
                }),
                None => check.push(text.say("no_meeting").to_owned()),
            }
            facts.extend(meetings.announced_at.iter().map(|url| Fact {
                label: text.say("announced").to_owned(),
                value: url.clone(),
            }));
        }
        if let (Standing::Confirm, Some(years)) = (entry.standing, entry.source_years()) {
            check.push(fill(&self.texts().say.old, &[("years", &years)]));
        }
        Match {
            because,
            check,
            facts,
            ..self.plain_match(entry)
        }
    }
}

/// How early something names what is wished, the first first: it is most for what it names first. Where nothing is wished,
/// what has several ways comes first.
fn place(fits: &Fits, wish: Option<Influence>) -> usize {
    match wish {
        Some(wish) => {
            let mut named = fits.influence.iter();
            named.position(|i| *i == wish).unwrap_or(usize::MAX)
        }
        None => usize::MAX - fits.influence.len(),
    }
}

fn wish(path: &Path) -> Option<Influence> {
    path.pick("wish", Influence::from_code)
}

/// Whether something is made for these people, not only open to them.
fn made_for(fits: &Fits, whom: Option<Audience>) -> bool {
    whom.is_some_and(|w| w != Audience::Everyone && fits.audiences.contains(&w))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::answering::{Answerer, Block};
    use crate::knowledge::{Files, Knowledge, Language};
    use crate::paths::{Guide, Path};

    #[test]
    fn an_open_meeting_is_told_with_its_next_day() {
        let guide = "+++\ntitle = \"Fullmäktige\"\noffice = \"offices/desk\"\n[fits]\ninfluence = [\"meeting\"]\n\
            meetings = { days = [\"2026-10-01\", \"2027-02-09\", \"2026-12-08\"] }\n+++\nFullmäktige bestämmer.\n";
        let files = Files::from([
            (
                "municipality.toml".into(),
                "name = \"A\"\nlanguages = [\"sv\"]\ndefault_language = \"sv\"\nway_in = \"offices/desk\"\n".into(),
            ),
            ("offices/desk.md".into(), "+++\ntitle = \"Desk\"\n+++\nDesk.\n".into()),
            ("guides/fullmaktige.md".into(), guide.into()),
        ]);
        let answerer = Answerer::new(Knowledge::load(&files).knowledge.unwrap());
        let days = |today| {
            let guide = Guide {
                answerer: &answerer,
                language: Language::Swedish,
                today,
            };
            let view = guide.look(&Path::parse("influence.meeting._").unwrap());
            let found = view.blocks.into_iter().find_map(|block| match block {
                Block::Matches { matches, .. } => matches.into_iter().next(),
                _ => None,
            });
            let facts = found.unwrap().facts.into_iter();
            facts.map(|fact| fact.value).collect::<Vec<_>>()
        };
        assert_eq!(days(date(2026, 11, 23)), ["8 december 2026"]);
        assert_eq!(days(date(2026, 12, 9)), ["9 februari 2027"]);
        assert_eq!(days(date(2027, 3, 1)), Vec::<String>::new());
    }
}
