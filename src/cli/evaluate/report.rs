//! What `lots evaluate` prints.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Evaluation, Figures};

/// Tags with fewer questions say too little.
const FEWEST: usize = 5;
/// The confidence of answers in so many steps.
const STEPS: usize = 5;

/// The figures of a set for a terminal, with every miss if wished.
pub(super) fn text(evaluation: &Evaluation, with_misses: bool) -> String {
    let mut out = String::new();
    by_expectation(evaluation, &mut out);
    for (name, value) in named(&evaluation.figures) {
        let _ = writeln!(out, "{name:<26} {value}");
    }
    let _ = writeln!(out);
    for (tag, all, right) in by_tag(evaluation) {
        let _ = writeln!(out, "{tag:<18} {all:>4}  {right:.3}");
    }
    let _ = writeln!(out, "\nconfidence of answers   answers  right");
    for Step {
        from,
        to,
        all,
        right,
    } in reliability(evaluation)
    {
        let _ = writeln!(
            out,
            "{from:.1} to {to:.1}              {all:>7}  {right:.3}"
        );
    }
    if with_misses {
        misses(evaluation, &mut out);
    }
    out
}

/// The figures of several sets side by side, per decision and tag, as Markdown.
pub(super) fn markdown(sets: &[(String, Evaluation)]) -> String {
    let mut out = String::from(
        "# How well the shipped base answers\n\nMade by `lots evaluate --markdown`; `tests/README.md` says what the sets are.\n\n",
    );
    let names: Vec<&str> = sets.iter().map(|(name, _)| name.as_str()).collect();
    let head = |out: &mut String, first: &str| {
        let _ = writeln!(out, "| {first} | {} |", names.join(" | "));
        let _ = writeln!(out, "|---|{}", "---|".repeat(names.len()));
    };
    let row = |out: &mut String, name: &str, cells: Vec<String>| {
        let _ = writeln!(out, "| {name} | {} |", cells.join(" | "));
    };
    head(&mut out, "figure");
    let figures: Vec<Vec<(String, String)>> = sets.iter().map(|(_, e)| named(&e.figures)).collect();
    for (i, (name, _)) in figures.first().into_iter().flatten().enumerate() {
        let cells = figures.iter().map(|f| f[i].1.clone()).collect();
        row(&mut out, name, cells);
    }
    let _ = writeln!(
        out,
        "\nShare right of the questions with a tag, and how many they are:\n"
    );
    head(&mut out, "tag");
    let tags: Vec<BTreeMap<String, (usize, f64)>> = sets
        .iter()
        .map(|(_, e)| {
            let tags = by_tag(e).into_iter();
            tags.map(|(tag, all, right)| (tag.to_owned(), (all, right)))
                .collect()
        })
        .collect();
    let mut all: Vec<&String> = tags.iter().flat_map(BTreeMap::keys).collect();
    all.sort_unstable();
    all.dedup();
    for tag in all {
        let cell = |t: &BTreeMap<String, (usize, f64)>| {
            t.get(tag)
                .map_or_else(String::new, |(n, right)| format!("{right:.3} of {n}"))
        };
        row(&mut out, tag, tags.iter().map(cell).collect());
    }
    let _ = writeln!(
        out,
        "\nOf the answers given with a confidence, share right, and how many they are:\n"
    );
    head(&mut out, "confidence");
    let steps: Vec<Vec<Step>> = sets.iter().map(|(_, e)| reliability(e)).collect();
    for i in 0..STEPS {
        let cells = steps.iter().map(|s| match s[i].all {
            0 => String::new(),
            all => format!("{:.3} of {all}", s[i].right),
        });
        let name = format!(
            "{:.1} to {:.1}",
            i as f64 / STEPS as f64,
            (i + 1) as f64 / STEPS as f64
        );
        row(&mut out, &name, cells.collect());
    }
    out
}

/// The answers whose confidence lies in a range, and the share of them that was right.
struct Step {
    from: f64,
    to: f64,
    all: usize,
    right: f64,
}

fn reliability(evaluation: &Evaluation) -> Vec<Step> {
    let answers = evaluation
        .outcomes
        .iter()
        .filter_map(|(_, answer, verdict)| {
            let confidence = answer.confidence?;
            Some((f64::from(confidence), *verdict == "right"))
        });
    let answers: Vec<(f64, bool)> = answers.collect();
    let steps = (0..STEPS).map(|i| {
        let (from, to) = (i as f64 / STEPS as f64, (i + 1) as f64 / STEPS as f64);
        let within = answers.iter().filter(|(c, _)| (from..to).contains(c));
        let all = within.clone().count();
        let right = within.filter(|(_, right)| *right).count();
        Step {
            from,
            to,
            all,
            right: right as f64 / all.max(1) as f64,
        }
    });
    steps.collect()
}

/// The figures by name: shares with three decimals, counts as they are.
fn named(figures: &Figures) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(all)) = serde_json::to_value(figures) else {
        return Vec::new();
    };
    let shown = all.into_iter().map(|(name, value)| {
        let value = match value.as_u64() {
            Some(count) => count.to_string(),
            None => format!("{:.3}", value.as_f64().unwrap_or_default()),
        };
        (name, value)
    });
    shown.collect()
}

/// Tag, how many questions have it, and the share of them that came out right; the commonest first.
fn by_tag(evaluation: &Evaluation) -> Vec<(&str, usize, f64)> {
    let mut tags: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (item, _, verdict) in &evaluation.outcomes {
        for tag in &item.tags {
            let (all, right) = tags.entry(tag).or_default();
            *all += 1;
            *right += usize::from(*verdict == "right");
        }
    }
    let mut tags: Vec<_> = tags
        .into_iter()
        .filter(|(_, (all, _))| *all >= FEWEST)
        .collect();
    tags.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(b.0)));
    let shares = tags.into_iter();
    shares
        .map(|(tag, (all, right))| (tag, all, right as f64 / all as f64))
        .collect()
}

fn by_expectation(evaluation: &Evaluation, out: &mut String) {
    for expect in [
        "answer",
        "choice",
        "route",
        "unknown",
        "crisis",
        "smalltalk",
    ] {
        let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
        evaluation
            .outcomes
            .iter()
            .filter(|(i, ..)| i.expect == expect)
            .for_each(|(.., v)| *verdicts.entry(v).or_default() += 1);
        let total: usize = verdicts.values().sum();
        if total > 0 {
            let mut all: Vec<(&str, usize)> = verdicts.into_iter().collect();
            all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
            let words: Vec<String> = all.iter().map(|(v, n)| format!("{v} {n}")).collect();
            let _ = writeln!(out, "{expect:<10} {total:>4}  {}", words.join(", "));
        }
    }
}

fn misses(evaluation: &Evaluation, out: &mut String) {
    for (item, answer, verdict) in evaluation.outcomes.iter().filter(|(.., v)| *v != "right") {
        let wording: String = item.turns.join(" | ").chars().take(300).collect();
        let _ = writeln!(out, "\n{} [{verdict}] {wording}", item.id);
        let _ = writeln!(
            out,
            "   expected {} {:?} {}",
            item.expect,
            item.entries,
            item.office.as_deref().unwrap_or_default()
        );
        let office = answer.office.as_ref().map_or("", |o| o.as_str());
        let _ = writeln!(
            out,
            "   got      {:?} {:?} {office}",
            answer.decision, answer.shown
        );
    }
}
