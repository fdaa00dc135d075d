//! Proof of the guided ways in: what the grant finder says is what the terms say, for every combination of answers and on
//! bases that nobody has seen, and every place on every way in leads on, back and out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use lots::answering::{Answerer, Block, Fit, Link, LinkKind, Match};
use lots::knowledge::{
    Applicant, Audience, Condition, Entry, EntryKind, Files, Knowledge, Language, PathName,
    Purpose, Scope, Standing,
};
use lots::paths::{Given, Guide, Heard, Path};
use proptest::prelude::*;

use crate::stage::{SHIPPED, TODAY};

fn guide(answerer: &Answerer, language: Language) -> Guide<'_> {
    Guide {
        answerer,
        language,
        today: TODAY,
    }
}

// What follows reads the terms by itself, as someone would with the entry in one hand and the answers in the other.

/// The answers of the grant finder, as they stand in a code; `None` where nothing was said.
#[derive(Clone, Debug)]
struct Answers {
    who: Option<String>,
    purpose: Option<String>,
    whom: Option<String>,
    place: Option<String>,
    soon: Option<String>,
}

impl Answers {
    fn of(code: &str) -> Answers {
        let mut parts = code.split('.').skip(1);
        let mut next = || {
            let part = parts.next().filter(|part| !["_", "-"].contains(part));
            part.map(str::to_owned)
        };
        Answers {
            who: next(),
            purpose: next(),
            whom: next(),
            place: next(),
            soon: next(),
        }
    }
}

/// How well a grant fits: `None` when it does not.
fn by_hand(entry: &Entry, said: &Answers, today: Date) -> Option<Fit> {
    let terms = entry.terms.as_ref()?;
    let fits = entry.fits.clone().unwrap_or_default();
    if entry.standing == Standing::Ended {
        return None;
    }
    let is_listed = |codes: Vec<&str>, said: &Option<String>| {
        codes.is_empty() || said.as_deref().is_none_or(|said| codes.contains(&said))
    };
    if !is_listed(
        fits.purposes.iter().map(|p| p.code()).collect(),
        &said.purpose,
    ) || !is_listed(fits.scopes.iter().map(|s| s.code()).collect(), &said.place)
    {
        return None;
    }
    let is_for_all = fits.audiences.contains(&Audience::Everyone);
    if !is_for_all
        && !is_listed(
            fits.audiences.iter().map(|a| a.code()).collect(),
            &said.whom,
        )
    {
        return None;
    }
    let mut lacks = 0;
    let may = |kind| terms.applicants.is_empty() || terms.applicants.contains(&kind);
    let must_be_approved = terms
        .eligibility
        .iter()
        .any(|e| e.about == Condition::ApprovedAssociation);
    match said.who.as_deref() {
        None => {}
        Some("approved") if may(Applicant::Association) => {}
        Some("association") if may(Applicant::Association) => {
            lacks += usize::from(must_be_approved);
        }
        Some("network") if may(Applicant::Network) => {}
        Some("network") if may(Applicant::Association) => lacks += 1,
        Some("individual") if may(Applicant::Individual) => {}
        Some("school") if may(Applicant::School) => {}
        Some("company") if may(Applicant::Company) => {}
        Some(_) => return None,
    }
    if let Some(soon) = said.soon.as_deref()
        && !terms.open_all_year
        && !terms.deadlines.is_empty()
    {
        let days = terms
            .deadlines
            .iter()
            .filter_map(|d| d.next(today))
            .map(|day| (day - today).get_days())
            .min();
        lacks += match (soon, days) {
            (_, None) => 1,
            ("month", Some(days)) if days > 31 => 1,
            ("half", Some(days)) if days > 183 => 1,
            (_, Some(_)) => 0,
        };
    }
    Some(if lacks == 0 { Fit::Fits } else { Fit::Nearly })
}

fn all_by_hand(knowledge: &Knowledge, said: &Answers) -> BTreeMap<String, Fit> {
    let entries = knowledge.entries().iter();
    entries
        .filter(|e| matches!(e.id.kind(), EntryKind::Grants | EntryKind::Awards))
        .filter_map(|e| Some((e.id.to_string(), by_hand(e, said, TODAY)?)))
        .collect()
}

/// The groups of a result without what can be done instead of applying.
fn groups<'a>(blocks: &'a [Block], instead: &'a str) -> impl Iterator<Item = (Fit, &'a [Match])> {
    blocks.iter().filter_map(move |block| match block {
        Block::Matches {
            heading,
            fit,
            matches,
        } if heading != instead => Some((*fit, matches.as_slice())),
        _ => None,
    })
}

/// Holds the result at a place against the terms.
#[track_caller]
fn is_justified(answerer: &Answerer, language: Language, path: &Path, blocks: &[Block]) {
    let knowledge = answerer.knowledge();
    let texts = knowledge.path_texts(language).of(PathName::Grants);
    let code = path.code();
    let expected = all_by_hand(knowledge, &Answers::of(&code));
    let mut shown = BTreeMap::new();
    for (fit, matches) in groups(blocks, texts.say("instead")) {
        for found in matches {
            let id = found.entry.to_string();
            if fit == Fit::Not {
                assert!(!expected.contains_key(&id), "{code}: {id} would do");
                assert!(!found.because.is_empty(), "{code}: why not {id}?");
                continue;
            }
            let says_what_is_missing = !found.missing.is_empty();
            assert_eq!(says_what_is_missing, fit == Fit::Nearly, "{code}: {id}");
            assert_eq!(shown.insert(id, fit), None, "{code}: shown twice");
        }
    }
    assert_eq!(shown, expected, "{code}");
    // What was passed over would have changed nothing.
    for (at, given) in path.given().iter().enumerate() {
        if *given == Given::Skipped {
            for option in options(at) {
                let mut parts: Vec<&str> = code.split('.').collect();
                parts[at + 1] = option;
                let other = all_by_hand(knowledge, &Answers::of(&parts.join(".")));
                assert_eq!(other, expected, "{code}: {option} would have mattered");
            }
        }
    }
}

fn options(step: usize) -> Vec<&'static str> {
    let codes = |all: Vec<&'static str>| all;
    match step {
        0 => codes(vec![
            "approved",
            "association",
            "network",
            "individual",
            "school",
            "company",
        ]),
        1 => Purpose::ALL.iter().map(|p| p.code()).collect(),
        2 => Audience::ALL.iter().map(|a| a.code()).collect(),
        3 => Scope::ALL.iter().map(|s| s.code()).collect(),
        _ => vec!["month", "half", "later"],
    }
}

/// What can be pressed at a place.
fn links(blocks: &[Block]) -> Vec<Link> {
    let of = |block: &Block| match block {
        Block::Step { links, .. } | Block::Links { links } => links.clone(),
        _ => Vec::new(),
    };
    blocks.iter().flat_map(of).collect()
}

/// Goes to every place that can be reached from one by answering; how many results there were.
fn every_answer(guide: &Guide<'_>, path: &Path) -> usize {
    let view = guide.look(path);
    if view.step.is_none() {
        is_justified(guide.answerer, guide.language, &view.path, &view.blocks);
        return 1;
    }
    let answers = links(&view.blocks)
        .into_iter()
        .filter(|link| matches!(link.kind, LinkKind::Option | LinkKind::Unsure));
    let places = answers.map(|link| Path::parse(&link.code).unwrap());
    places.map(|place| every_answer(guide, &place)).sum()
}

#[test]
fn every_combination_of_answers_finds_the_grants_that_the_terms_justify() {
    let guide = guide(&SHIPPED, Language::Swedish);
    let first = guide.look(&Path::begin(PathName::Grants));
    let answers: Vec<Path> = links(&first.blocks)
        .into_iter()
        .filter(|link| matches!(link.kind, LinkKind::Option | LinkKind::Unsure))
        .map(|link| Path::parse(&link.code).unwrap())
        .collect();
    assert_eq!(answers.len(), 7);
    let counted: usize = std::thread::scope(|threads| {
        let all = answers
            .iter()
            .map(|path| threads.spawn(move || every_answer(&guide, path)));
        let all: Vec<_> = all.collect();
        all.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert!(counted > 300, "only {counted} results");
}

/// A grant of a base that nobody has seen, as it stands in its file.
fn grants() -> impl Strategy<Value = String> {
    let some = |all: Vec<&'static str>, most: usize| proptest::sample::subsequence(all, 0..=most);
    let applicants = some(
        vec!["association", "network", "individual", "company", "school"],
        5,
    );
    let purposes = some(options(1), 4);
    let audiences = some(options(2), 3);
    let scopes = some(options(3), 2);
    let deadlines = some(
        vec![
            "12-01",
            "01-20",
            "05-01",
            "08-25",
            "2025-01-01",
            "2027-02-01",
        ],
        3,
    );
    let eligibility = proptest::option::of(Just("{ about = \"approved_association\" }"));
    let rest = (any::<bool>(), 0..8_u8);
    (applicants, purposes, audiences, scopes, deadlines, eligibility, rest).prop_map(
        |(applicants, purposes, audiences, scopes, deadlines, eligibility, (is_open, standing))| {
            let standing = if standing == 0 { "ended" } else { "current" };
            let eligibility = eligibility.unwrap_or_default();
            format!(
                "+++\ntitle = \"Bidrag\"\nstanding = \"{standing}\"\noffice = \"offices/desk\"\n[grant]\napplicants = {applicants:?}\n\
                deadlines = {deadlines:?}\nopen_all_year = {is_open}\neligibility = [{eligibility}]\n[fits]\n\
                purposes = {purposes:?}\naudiences = {audiences:?}\nscopes = {scopes:?}\n+++\nEtt bidrag.\n"
            )
        },
    )
}

fn answers() -> impl Strategy<Value = String> {
    let one = |step: usize| {
        let mut all = options(step);
        all.push("_");
        proptest::sample::select(all)
    };
    (one(0), one(1), one(2), one(3), one(4))
        .prop_map(|(a, b, c, d, e)| format!("grants.{a}.{b}.{c}.{d}.{e}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn on_any_base_the_grants_found_are_those_that_the_terms_justify(
        grants in proptest::collection::vec(grants(), 1..9),
        codes in proptest::collection::vec(answers(), 40),
    ) {
        let mut files = Files::from([
            ("municipality.toml".to_owned(), "name = \"A\"\nlanguages = [\"sv\"]\ndefault_language = \"sv\"\nway_in = \"offices/desk\"\n".to_owned()),
            ("offices/desk.md".to_owned(), "+++\ntitle = \"Desk\"\nresponsible_for = [\"allt\"]\n+++\nDesk.\n".to_owned()),
        ]);
        for (i, grant) in grants.iter().enumerate() {
            files.insert(format!("grants/a{i}.md"), grant.clone());
        }
        let loaded = Knowledge::load(&files);
        prop_assert_eq!(&loaded.problems, &[]);
        let answerer = Answerer::new(loaded.knowledge.unwrap());
        let guide = guide(&answerer, Language::Swedish);
        for code in codes {
            let view = guide.look(&Path::parse(&code).unwrap());
            is_justified(&answerer, Language::Swedish, &view.path, &view.blocks);
        }
        let begun = Path::begin(PathName::Grants);
        for link in links(&guide.look(&begun).blocks) {
            if matches!(link.kind, LinkKind::Option) {
                every_third(&guide, &Path::parse(&link.code).unwrap());
            }
        }
    }
}

/// Goes along some of the answers, so that steps are passed over as they are when someone presses.
fn every_third(guide: &Guide<'_>, path: &Path) {
    let view = guide.look(path);
    if view.step.is_none() {
        return is_justified(guide.answerer, guide.language, &view.path, &view.blocks);
    }
    let answers = links(&view.blocks)
        .into_iter()
        .filter(|link| matches!(link.kind, LinkKind::Option));
    for link in answers.step_by(3) {
        every_third(guide, &Path::parse(&link.code).unwrap());
    }
}

/// What someone writes wherever words are asked for.
const WORDS: &str = "En odling på taket för alla i huset";

/// Holds a place to all that must be so of every place, and goes on from it to those that come after.
fn wander(guide: &Guide<'_>, at: &Path, before: Option<&Path>, seen: &mut BTreeSet<String>) {
    let view = guide.look(at);
    if view.act.is_some() || !seen.insert(view.path.code()) {
        return;
    }
    let code = view.path.code();
    assert_eq!(
        Path::parse(&code).unwrap().with_words_of(&view.path),
        view.path,
        "{code}"
    );
    for block in &view.blocks {
        let text = block.plain_text();
        assert!(!text.contains(['{', '}']), "{code}: {text}");
    }
    let links = links(&view.blocks);
    assert!(
        links.iter().any(|l| l.kind == LinkKind::Stop),
        "{code}: no way out"
    );
    for link in &links {
        assert!(!link.label.trim().is_empty(), "{code}: {link:?}");
        assert!(!link.label.contains(['{', '}']), "{code}: {link:?}");
        assert!(
            Guide::place(&link.code, Some(&view.path)).is_some(),
            "{code}: {link:?}"
        );
    }
    if let Some(before) = before {
        let back = links.iter().find(|l| l.kind == LinkKind::Back);
        let back = back.unwrap_or_else(|| panic!("{code}: no way back"));
        let Some(Heard::To(back)) = Guide::place(&back.code, Some(&view.path)) else {
            panic!("{code}: {back:?}");
        };
        assert_eq!(guide.look(&back).path, *before, "{code}");
    }
    let Some(step) = view.step else {
        let leads_somewhere = view
            .blocks
            .iter()
            .any(|b| matches!(b, Block::Matches { .. }));
        assert!(leads_somewhere, "{code} leads to nothing");
        return;
    };
    let steps = view.path.given().iter().filter(|g| **g != Given::Skipped);
    assert!(steps.count() < 6, "{code}: how long is this to go on?");
    let writes = view
        .blocks
        .iter()
        .any(|b| matches!(b, Block::Step { writes: true, .. }));
    if writes {
        let Heard::To(next) = guide.hear(Some(&view.path), WORDS) else {
            panic!("{code}: {WORDS} is not taken at {step}");
        };
        return wander(guide, &next, Some(&view.path), seen);
    }
    let answers = links
        .iter()
        .filter(|l| matches!(l.kind, LinkKind::Option | LinkKind::Unsure));
    for link in answers {
        let Some(Heard::To(next)) = Guide::place(&link.code, Some(&view.path)) else {
            panic!("{code}: {link:?}");
        };
        wander(guide, &next, Some(&view.path), seen);
    }
}

#[test]
fn every_place_leads_on_and_back_and_out() {
    std::thread::scope(|threads| {
        for language in Language::ALL {
            threads.spawn(move || {
                let guide = guide(&SHIPPED, language);
                for (name, least) in [
                    (PathName::People, 100),
                    (PathName::Influence, 20),
                    (PathName::CallBack, 20),
                ] {
                    let mut seen = BTreeSet::new();
                    wander(&guide, &Path::begin(name), None, &mut seen);
                    assert!(seen.len() > least, "{name:?}: {} places", seen.len());
                }
            });
        }
    });
}

#[test]
fn an_idea_leads_to_a_plan_whoever_has_it() {
    let guide = guide(&SHIPPED, Language::English);
    let begun = Path::begin(PathName::Idea);
    let Heard::To(said) = guide.hear(Some(&begun), "A skate ramp in the park") else {
        panic!("an idea is not taken");
    };
    for code in [
        "idea.*.young.money+premises.friends",
        "idea.*._._._",
        "idea.*.old.permit.alone",
        "idea.*.everyone.decision+spread+people.association",
    ] {
        let path = Path::parse(code).unwrap().with_words_of(&said);
        let view = guide.look(&path);
        assert_eq!((view.step, view.act), (None, None), "{code}");
        let text: String = view.blocks.iter().map(Block::plain_text).collect();
        assert!(text.contains("A skate ramp in the park"), "{code}: {text}");
        assert!(!text.contains(['{', '}']), "{code}: {text}");
        let sends = links(&view.blocks)
            .into_iter()
            .filter(|l| l.kind == LinkKind::Send);
        assert_eq!(sends.count(), 1, "{code}");
    }
}
