//! The page of an entry that is not there: the ones whose names are nearest, for a name may have been changed or mistyped.

use maud::{Markup, html};

use super::address::{list, name};
use super::{head, lists, parts};
use crate::knowledge::{Entry, EntryKind, Knowledge, Language};
use crate::web::layout::{self, Sheet};
use crate::web::places::Place;
use crate::web::site::Site;

/// How near a name must be, 0..1.
const NEAR: f64 = 0.78;
/// No more are offered.
const MOST: usize = 6;
/// Nothing is named longer than this.
const LONGEST: usize = 80;

/// The page, with what may have been meant.
pub(super) fn draw(site: &Site, language: Language, kind: EntryKind, sought: &str) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(language).browse;
    let (today, _) = site.desk.local_time();
    let near = near(knowledge, kind, sought);
    let main = html! {
        div .narrow {
            (parts::crumbs(knowledge, language, &[(Place::Browse.path(language), &phrases.all), (&list(kind, language), phrases.kind(kind))], &phrases.missing))
            h1 { (phrases.missing) }
            p .lead { (phrases.missing_lead) }
            (lists::field(knowledge, language, ""))
            @if !near.is_empty() {
                h2 { (phrases.missing_near) }
                (lists::entries(knowledge, language, today, near.into_iter()))
            }
        }
    };
    layout::draw(
        site,
        &Sheet {
            language,
            title: Some(&phrases.missing),
            path: "",
            other: None,
            head: head::unlisted(),
            class: "",
            main,
        },
    )
}

/// The entries whose names are nearest to what was sought, those of the kind that was sought first where two are alike.
fn near<'a>(knowledge: &'a Knowledge, kind: EntryKind, sought: &str) -> Vec<&'a Entry> {
    let sought: String = sought
        .chars()
        .take(LONGEST)
        .flat_map(char::to_lowercase)
        .collect();
    let likeness = |entry: &Entry| {
        let name = name(&entry.id);
        let is_part = name.len() >= 4 && (sought.contains(name) || name.contains(&sought));
        let alike = strsim::jaro_winkler(name, &sought);
        if is_part && sought.len() >= 4 {
            alike.max(NEAR)
        } else {
            alike
        }
    };
    let mut all: Vec<(f64, bool, &Entry)> = knowledge
        .entries()
        .iter()
        .map(|entry| (likeness(entry), entry.id.kind() == kind, entry))
        .filter(|(alike, _, _)| *alike >= NEAR)
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    all.into_iter()
        .take(MOST)
        .map(|(_, _, entry)| entry)
        .collect()
}
