//! Everything there is to read, kind by kind, and what a search finds of it.

use std::sync::Arc;

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::address::{address, list};
use super::head::{self, Head};
use super::indexes::Versions;
use super::plain::{first_sentence, plain};
use super::{calendar, parts, structured};
use crate::answering::{Conversation, Decision, Question};
use crate::desk::LONGEST_MESSAGE;
use crate::knowledge::{Entry, EntryKind, Knowledge, Language, Standing, fill, is_old};
use crate::web::client::Client;
use crate::web::layout::{self, Sheet};
use crate::web::page::blocks;
use crate::web::places::{Place, encoded};
use crate::web::site::Site;
use crate::web::trouble::Trouble;

/// No more is shown of what a search finds.
const MOST_FOUND: usize = 12;
/// A last day is told of in a list when it is no more days away than this.
const SOON_DAYS: i64 = 60;

/// What is sought.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Sought {
    #[serde(default)]
    q: String,
}

/// Everything, or what a search finds. What cannot be read as a search is none.
pub(super) async fn all(
    site: Arc<Site>,
    language: Language,
    client: Client,
    sought: Result<Query<Sought>, QueryRejection>,
) -> Response {
    let sought = sought.map(|Query(sought)| sought).unwrap_or_default();
    let query: String = sought.q.trim().chars().take(LONGEST_MESSAGE).collect();
    if query.is_empty() {
        return everything(&site, language).into_response();
    }
    let in_need = || site.desk.is_cry_for_help(&query);
    if let Err(over) = site.pace.admit(client, in_need) {
        return Trouble::from(over).told_in(Some(language)).into_response();
    }
    found(&site, language, &query).await.into_response()
}

/// The kinds that the base has anything of, in the order they are shown in.
pub(super) fn kinds(knowledge: &Knowledge) -> impl Iterator<Item = EntryKind> {
    let has = |kind: &EntryKind| knowledge.entries().iter().any(|e| e.id.kind() == *kind);
    EntryKind::ALL.into_iter().filter(has)
}

fn everything(site: &Site, language: Language) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(language).browse;
    let (today, _) = site.desk.local_time();
    let versions = Versions::of_all(knowledge, |l| Place::Browse.path(l).to_owned());
    let main = html! {
        div .narrow {
            (parts::crumbs(knowledge, language, &[], &phrases.all))
            h1 { (phrases.all) }
            p .lead { (phrases.all_lead) }
            (field(knowledge, language, ""))
            nav .kinds aria-label=(phrases.all) {
                ul .plain {
                    @for kind in kinds(knowledge) {
                        li { a href={ "#" (kind.folder()) } { (phrases.kind(kind)) } }
                    }
                }
            }
            @for kind in kinds(knowledge) {
                section .card {
                    h2 #(kind.folder()) { a href=(list(kind, language)) { (phrases.kind(kind)) } }
                    (entries(knowledge, language, today, of_kind(knowledge, language, kind).into_iter()))
                    @if kind == EntryKind::Grants { (subscribe(knowledge, language)) }
                }
            }
        }
    };
    let head = Head {
        language,
        title: &phrases.all,
        about: &phrases.all_lead,
        versions: &versions,
        dates: Some((calendar::feed(language), &phrases.calendar_all)),
        data: None,
    };
    sheet(
        site,
        language,
        &phrases.all,
        &versions,
        head::draw(site, &head),
        main,
    )
}

/// The list of a kind.
pub(super) fn of_one_kind(site: &Site, language: Language, kind: EntryKind) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(language).browse;
    let title = phrases.kind(kind);
    let (today, _) = site.desk.local_time();
    let versions = Versions::of_all(knowledge, |l| list(kind, l));
    let has_dates = matches!(kind, EntryKind::Grants | EntryKind::Awards);
    let main = html! {
        div .narrow {
            (parts::crumbs(knowledge, language, &[(Place::Browse.path(language), &phrases.all)], title))
            h1 { (title) }
            (field(knowledge, language, ""))
            (entries(knowledge, language, today, of_kind(knowledge, language, kind).into_iter()))
            @if has_dates { (subscribe(knowledge, language)) }
        }
    };
    let head = Head {
        language,
        title,
        about: &phrases.all_lead,
        versions: &versions,
        dates: has_dates.then_some((calendar::feed(language), phrases.calendar_all.as_str())),
        data: Some(structured::of_list(site, language, kind)),
    };
    sheet(
        site,
        language,
        title,
        &versions,
        head::draw(site, &head),
        main,
    )
}

/// What a search finds; for someone in need, help and nothing else.
async fn found(site: &Site, language: Language, query: &str) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(language).browse;
    let (today, _) = site.desk.local_time();
    let versions = Versions::of_all(knowledge, |l| Place::Browse.path(l).to_owned());
    if let Some(help) = help(site, language, query, today) {
        let main = html! { div .narrow { (help) } };
        return sheet(
            site,
            language,
            &phrases.all,
            &versions,
            head::unlisted(),
            main,
        );
    }
    let ids = site.desk.search(query, language, MOST_FOUND).await;
    let found: Vec<&Entry> = ids.iter().filter_map(|id| knowledge.entry(id)).collect();
    let title = if found.is_empty() {
        &phrases.found_nothing
    } else {
        &phrases.found
    };
    let title = fill(title, &[("query", query)]);
    let main = html! {
        div .narrow {
            (parts::crumbs(knowledge, language, &[(Place::Browse.path(language), &phrases.all)], &phrases.search_button))
            h1 { (title) }
            (field(knowledge, language, query))
            @if !found.is_empty() { (entries(knowledge, language, today, found.into_iter())) }
            div .instead {
                p { (phrases.ask_instead) }
                ul .buttons {
                    li {
                        a .button.main href={ (Place::Talk.path(language)) "?q=" (encoded(query)) } { (phrases.ask_button) }
                    }
                    li { a .button.quiet href=(Place::Browse.path(language)) { (phrases.show_all) } }
                }
            }
        }
    };
    sheet(site, language, &title, &versions, head::unlisted(), main)
}

/// The field to search with, and what was sought in it.
pub(super) fn field(knowledge: &Knowledge, language: Language, query: &str) -> Markup {
    let phrases = &knowledge.phrases(language).browse;
    html! {
        form .field.row role="search" method="get" action=(Place::Browse.path(language)) {
            label for="q" { (phrases.search_label) }
            input #q type="search" name="q" value=(query) maxlength=(LONGEST_MESSAGE) autocomplete="off";
            button .main { (phrases.search_button) }
        }
    }
}

/// Entries by their titles, each with what it is and, when it is near, the last day.
pub(super) fn entries<'a>(
    knowledge: &Knowledge,
    language: Language,
    today: Date,
    entries: impl Iterator<Item = &'a Entry>,
) -> Markup {
    let phrases = &knowledge.phrases(language).browse;
    html! {
        ul .list {
            @for entry in entries {
                @let written = entry.texts.best(language).map_or(language, |(l, _)| l);
                @let text = entry.text(language);
                li lang=[(written != language).then_some(written.code())] {
                    a href=(address(&entry.id, written)) { (text.title) }
                    @if entry.standing == Standing::Ended { " " strong { "(" (phrases.ended) ")" } }
                    @if let Some(soon) = soon(knowledge, language, entry, today) {
                        p .due { (soon) }
                    }
                    p { (plain(first_sentence(&text.summary))) }
                }
            }
        }
    }
}

/// The last day of an entry in words, when it is near.
fn soon(knowledge: &Knowledge, language: Language, entry: &Entry, today: Date) -> Option<String> {
    let day = calendar::days(entry, today).into_iter().next()?;
    let phrases = knowledge.phrases(language);
    let date = phrases.date(day);
    let year = entry.terms.as_ref().and_then(|terms| terms.facts_from);
    let is_near = day <= today.saturating_add(SOON_DAYS.days());
    is_near.then(|| match year.filter(|year| is_old(*year, today)) {
        Some(year) => fill(
            &phrases.browse.deadline_soon_old,
            &[("date", &date), ("year", &year.to_string())],
        ),
        None => fill(&phrases.browse.deadline_soon, &[("date", &date)]),
    })
}

/// The entries of a kind by title, those that are no longer there last.
fn of_kind(knowledge: &Knowledge, language: Language, kind: EntryKind) -> Vec<&Entry> {
    let of_kind = knowledge.entries().iter().filter(|e| e.id.kind() == kind);
    let mut entries: Vec<&Entry> = of_kind.collect();
    let title = |entry: &Entry| sort_key(&entry.text(language).title);
    entries.sort_by_cached_key(|e| (e.standing == Standing::Ended, title(e)));
    entries
}

/// A title so that sorting by it gives the order of a Swedish dictionary, which does an English one no harm.
fn sort_key(title: &str) -> String {
    let place = |c: char| match c {
        'å' => '\u{f8fd}',
        'ä' => '\u{f8fe}',
        'ö' => '\u{f8ff}',
        'é' => 'e',
        other => other,
    };
    title
        .chars()
        .flat_map(char::to_lowercase)
        .map(place)
        .collect()
}

/// How to have every last day in one's calendar.
fn subscribe(knowledge: &Knowledge, language: Language) -> Markup {
    let phrases = &knowledge.phrases(language).browse;
    let path = calendar::feed(language);
    html! {
        p .screen {
            a href=(path) { (phrases.calendar_all) }
            " "
            span .small { (phrases.calendar_how) }
        }
    }
}

/// Help lines, when what was sought is a cry for help.
fn help(site: &Site, language: Language, query: &str, today: Date) -> Option<Markup> {
    let base = site.base();
    if !base.is_cry_for_help(query) {
        return None;
    }
    let question = Question {
        text: query,
        language: Some(language),
        today,
        top: 0,
        kept_days: 0,
    };
    let (answer, _) = base.answer(&question, &Conversation::default());
    let phrases = base.knowledge().phrases(answer.language);
    (answer.decision == Decision::Crisis).then(|| blocks::crisis(&answer.blocks, phrases))
}

fn sheet(
    site: &Site,
    language: Language,
    title: &str,
    versions: &Versions,
    head: Markup,
    main: Markup,
) -> Markup {
    let path = |wanted: Language| versions.paths().iter().find(|(l, _)| *l == wanted);
    layout::draw(
        site,
        &Sheet {
            language,
            title: Some(title),
            path: path(language).map_or("", |(_, path)| path.as_str()),
            other: path(language.other()).map(|(_, path)| path.as_str()),
            head,
            class: "",
            main,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_sorted_as_in_a_dictionary() {
        let mut titles = ["Östra", "Zoo", "Älvan", "Åsen", "idé", "Idébank", "axel"];
        titles.sort_by_key(|t| sort_key(t));
        assert_eq!(
            titles,
            ["axel", "idé", "Idébank", "Zoo", "Åsen", "Älvan", "Östra"]
        );
    }
}
