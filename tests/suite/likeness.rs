//! How well questions are put with others that ask the same, on wordings that were put together by hand.

use lots::answering::{ALIKE, Gist};
use serde::Deserialize;

use crate::stage::SHIPPED;

/// Of the pairs that come together, so many at least belong together; and of those that belong together, so many at least
/// come together: when one subject is asked about after the other.
const BY_SUBJECT: (f64, f64) = (0.75, 0.3);
/// The same when all subjects are asked about at once, which is harder.
const MIXED: (f64, f64) = (0.65, 0.25);
/// With so many wordings of a cluster others are compared.
const COMPARED: usize = 5;

#[derive(Deserialize)]
struct Month {
    ask: Vec<Asked>,
}

/// Wordings that ask the same.
#[derive(Deserialize)]
struct Asked {
    like: Vec<String>,
}

/// Put together as the desk does it: how many of the pairs that came together belong together, and the other way round.
fn precision_and_recall(asked: &[(usize, Gist)]) -> (f64, f64) {
    let mut clusters: Vec<(Vec<Gist>, Vec<String>)> = Vec::new();
    let mut put: Vec<(usize, usize)> = Vec::new();
    for (group, gist) in asked {
        let keys = gist.keys();
        let alike = clusters.iter().enumerate();
        let alike = alike.filter(|(_, (_, known))| known.iter().any(|k| keys.contains(k)));
        let weighed = alike.map(|(at, (gists, _))| (gist.likeness_with(gists), at));
        let nearest = weighed
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let at = nearest.map_or(clusters.len(), |(_, at)| at);
        if at == clusters.len() {
            clusters.push((Vec::new(), Vec::new()));
        }
        let (gists, known) = &mut clusters[at];
        if gists.len() < COMPARED {
            gists.push(gist.clone());
            known.extend(keys);
        }
        put.push((*group, at));
    }
    let (mut together, mut belong, mut both) = (0_u32, 0_u32, 0_u32);
    for (i, one) in put.iter().enumerate() {
        for other in &put[..i] {
            together += u32::from(one.1 == other.1);
            belong += u32::from(one.0 == other.0);
            both += u32::from(one == other);
        }
    }
    let of = |all: u32| f64::from(both) / f64::from(all);
    (of(together), of(belong))
}

#[test]
fn questions_that_ask_the_same_come_together() {
    let text = include_str!("../../src/desk/demo/questions.toml");
    let month: Month = toml::from_str(text).unwrap();
    let groups = month.ask.iter().enumerate();
    let all = groups.flat_map(|(group, asked)| asked.like.iter().map(move |w| (group, w)));
    let mut asked: Vec<(usize, Gist)> = all.map(|(group, w)| (group, SHIPPED.gist(w))).collect();
    let by_subject = precision_and_recall(&asked);
    // As they would come: the first of every subject, then the second of every one.
    let mut nth = vec![0; month.ask.len()];
    asked.sort_by_cached_key(|(group, _)| {
        nth[*group] += 1;
        (nth[*group], *group)
    });
    let mixed = precision_and_recall(&asked);
    for (reached, floor) in [(by_subject, BY_SUBJECT), (mixed, MIXED)] {
        assert!(
            reached.0 >= floor.0 && reached.1 >= floor.1,
            "by subject {by_subject:.3?}, mixed {mixed:.3?}"
        );
    }
}
