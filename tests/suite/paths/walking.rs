//! Every place that can be reached on a way in leads on, back and out, and says everything in full, in every language.

use std::collections::BTreeSet;

use lots::answering::{Block, LinkKind, Match};
use lots::knowledge::{Language, PathName};
use lots::paths::{Act, Given, Guide, Heard, Path, View, steps};
use serde_json::Value;

use super::{answers, follow, has_ways_back_and_out, links};
use crate::stage::{SHIPPED, TODAY};

/// What is typed where one's own words are asked for, by the step.
fn words(step: &str) -> &'static str {
    match step {
        "idea" => "En odling på taket till skolan",
        "about" => "Vår simhall är stängd",
        "address" => "070-174 06 05",
        other => panic!("{other} is a new step"),
    }
}

/// A walk over every place of a way in.
struct Walk<'a> {
    guide: Guide<'a>,
    /// So many questions are asked at most.
    most: usize,
    seen: BTreeSet<String>,
    ends: usize,
}

/// Walks a way in from its beginning, in a language.
fn walk(name: PathName, language: Language, most: usize, hold: &mut dyn FnMut(&View)) {
    let guide = Guide {
        answerer: &SHIPPED,
        language,
        today: TODAY,
    };
    let mut walk = Walk {
        guide,
        most,
        seen: BTreeSet::new(),
        ends: 0,
    };
    walk.on(&Path::begin(name), None, hold);
    assert!(walk.ends > 10, "{name:?} has {} ends", walk.ends);
}

impl Walk<'_> {
    fn on(&mut self, at: &Path, from: Option<&Path>, hold: &mut dyn FnMut(&View)) {
        let view = self.guide.look(at);
        let (path, code) = (&view.path, view.path.code());
        if !self.seen.insert(code.clone()) {
            return;
        }
        let again = Path::parse(&code).map(|p| p.with_words_of(path));
        assert_eq!(again.as_ref(), Some(path), "{code} is not read back");
        assert!(code.len() <= 80, "{code} is too long for a button");
        let asked = path.given().iter().filter(|g| **g != Given::Skipped);
        assert!(asked.count() <= self.most, "too much is asked until {code}");
        if view.act.is_none() {
            has_ways_back_and_out(&view, from);
            says_everything(&view);
        }
        hold(&view);
        let Some(step) = view.step else {
            self.ends += 1;
            return self.onwards(&view, hold);
        };
        let Some(Block::Step { writes, .. }) = view.blocks.last() else {
            panic!("{code} does not end with its step")
        };
        let steps_of = steps(path.name());
        assert_eq!(steps_of[path.given().len()].key, step, "{code}");
        if *writes {
            let Heard::To(next) = self.guide.hear(Some(path), words(step)) else {
                panic!("words are not taken at {code}")
            };
            return self.on(&next, Some(path), hold);
        }
        let next: Vec<Path> = answers(&view).map(|l| follow(l, path)).collect();
        assert!(next.len() > 2, "nothing can be answered at {code}");
        for next in &next {
            assert_eq!(next.given().len(), path.given().len() + 1, "{code}");
            self.on(next, Some(path), hold);
        }
    }

    /// From a result: what sends leads to an act, what begins leads to a beginning.
    fn onwards(&mut self, view: &View, hold: &mut dyn FnMut(&View)) {
        for link in links(view) {
            match link.kind {
                LinkKind::Send => {
                    let sent = self.guide.look(&follow(link, &view.path));
                    assert!(sent.act.is_some(), "{} does nothing", link.code);
                    hold(&sent);
                }
                LinkKind::Begin => {
                    let begun = follow(link, &view.path);
                    assert!(begun.given().is_empty(), "{}", link.code);
                }
                LinkKind::Option | LinkKind::Unsure => {
                    panic!("{} answers nothing", link.code)
                }
                LinkKind::Back | LinkKind::Stop => {}
            }
        }
    }
}

/// Holds every text of a place to being there, with all its gaps filled.
fn says_everything(view: &View) {
    fn hold(value: &Value, at: &str) {
        match value {
            Value::String(text) => {
                assert!(!text.trim().is_empty(), "an empty text at {at}");
                assert!(!text.contains(['{', '}']), "a gap in {text:?} at {at}");
            }
            Value::Array(all) => all.iter().for_each(|v| hold(v, at)),
            Value::Object(all) => all.values().for_each(|v| hold(v, at)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    assert!(
        view.blocks
            .iter()
            .all(|b| !matches!(b, Block::Matches { matches, .. } if matches.is_empty()))
    );
    hold(
        &serde_json::to_value(&view.blocks).unwrap(),
        &view.path.code(),
    );
}

/// What is shown at a place.
fn shown(view: &View) -> impl Iterator<Item = &Match> {
    let blocks = view.blocks.iter();
    blocks
        .filter_map(|block| match block {
            Block::Matches { matches, .. } => Some(matches),
            _ => None,
        })
        .flatten()
}

fn is_result(view: &View) -> bool {
    view.step.is_none() && view.act.is_none()
}

#[test]
fn finding_a_grant_leads_on_in_either_language() {
    for language in Language::ALL {
        walk(PathName::Grants, language, 5, &mut |_| {});
    }
}

#[test]
fn finding_something_to_do_always_ends_with_something_real() {
    for language in Language::ALL {
        walk(PathName::People, language, 4, &mut |view| {
            if is_result(view) {
                let code = view.path.code();
                assert!(shown(view).next().is_some(), "nothing at {code}");
                let knowledge = SHIPPED.knowledge();
                assert!(shown(view).all(|m| knowledge.entry(&m.entry).is_some()));
            }
        });
    }
}

#[test]
fn having_a_say_always_ends_with_a_way() {
    for language in Language::ALL {
        walk(PathName::Influence, language, 2, &mut |view| {
            if is_result(view) {
                assert!(shown(view).next().is_some(), "{}", view.path.code());
            }
        });
    }
}

#[test]
fn an_idea_always_ends_with_a_plan_that_can_be_sent() {
    // A plan is much work, and in every language the same one.
    walk(PathName::Idea, Language::Swedish, 5, &mut |view| {
        let code = view.path.code();
        if is_result(view) {
            assert!(shown(view).next().is_some(), "nothing at {code}");
            let sends = links(view).filter(|l| l.kind == LinkKind::Send);
            assert_eq!(sends.count(), 1, "{code}");
        }
        if let Some(act) = &view.act {
            let Act::HandOver { words, .. } = act else {
                panic!("{act:?} at {code}")
            };
            assert_eq!(words, self::words("idea"), "{code}");
        }
    });
}

#[test]
fn being_called_always_ends_with_a_call() {
    for language in Language::ALL {
        let mut calls = 0;
        walk(PathName::CallBack, language, 4, &mut |view| {
            assert!(!is_result(view), "{}", view.path.code());
            let Some(act) = &view.act else { return };
            let Act::CallBack { about, address, .. } = act else {
                panic!("{act:?}")
            };
            let said = (about.as_str(), address.as_str());
            assert_eq!(said, (words("about"), words("address")));
            calls += 1;
        });
        assert!(calls > 10, "{calls}");
    }
}

#[test]
fn words_that_are_not_known_any_longer_are_asked_for_again() {
    for (code, step) in [
        ("idea.*.young.money.friends", "idea"),
        ("idea.*.young.money.friends.yes", "idea"),
        ("call.*.offices/ekero-direkt.morning.*", "about"),
    ] {
        let guide = Guide {
            answerer: &SHIPPED,
            language: Language::Swedish,
            today: TODAY,
        };
        let view = guide.look(&Path::parse(code).unwrap());
        assert_eq!((view.step, view.act), (Some(step), None), "{code}");
        let say = &SHIPPED.knowledge().path_texts(Language::Swedish).say;
        let Some(Block::Text { text }) = view.blocks.first() else {
            panic!("{:?}", view.blocks)
        };
        assert_eq!(*text, say.forgotten, "{code}");
    }
}
