//! Reading the entries: all of them, those of a kind, those that a search finds, and one.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use serde::Serialize;
use utoipa::ToSchema;

use super::pages::Pages;
use super::read::Fields;
use super::refusals::{OfEntry, OfSearch};
use super::wire::{Block, Kind, Language, Standing, blocks};
use crate::knowledge::{self, EntryId};
use crate::web::client::Client;
use crate::web::site::Site;
use crate::web::trouble::{Told, Trouble};

/// How many entries a page has when nothing else is asked for.
const PAGE: usize = 50;
/// How many it has at most.
const LARGEST_PAGE: usize = 200;
/// What is sought is a few words.
const LONGEST_SEARCH: usize = 300;

/// A page of entries.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Entries {
    /// How many there are in all.
    total: usize,
    /// Which page this is, from 1.
    page: usize,
    /// How many a page has at most.
    size: usize,
    /// The entries: by title, or by how well they fit what is sought.
    entries: Vec<Listed>,
}

/// An entry in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Listed {
    /// Its name.
    #[schema(example = "grants/lovpeng")]
    entry: String,
    /// What kind it is of.
    kind: Kind,
    /// The language of the title and the summary.
    language: Language,
    /// What it is called.
    title: String,
    /// What it is, in Markdown.
    summary: String,
    /// Whether what it says holds.
    standing: Standing,
    /// The day its text was last gone through.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    reviewed: Option<String>,
    /// The address of its page.
    url: String,
}

/// An entry with all it has to say.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Entry {
    #[serde(flatten)]
    listed: Listed,
    /// What to show, in this order.
    blocks: Vec<Block>,
}

/// List or search the entries
///
/// Without `q`, all of them by title; with it, those that fit, the best first, spelling mistakes and all.
#[utoipa::path(
    get, path = "/api/v1/entries", tag = "entries", operation_id = "entries",
    params(
        ("language" = Option<Language>, Query, description = "The language to read in; an entry that is not written in it is given in the other"),
        ("kind" = Option<Kind>, Query, description = "Only those of a kind"),
        ("q" = Option<String>, Query, description = "What is sought, in a few words", max_length = 300),
        ("page" = Option<usize>, Query, description = "Which page, from 1", minimum = 1, maximum = 10_000),
        ("size" = Option<usize>, Query, description = "How many a page has; 50 when it is not said", minimum = 1, maximum = 200),
    ),
    responses((status = 200, description = "The entries", body = Entries), OfSearch)
)]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    client: Client,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Entries>, Told> {
    let mut fields = Fields::of_address(&[], &uri, &headers, &site);
    let language = fields.language();
    let kind = fields.kind("kind");
    let sought = fields.text_if_any("q").unwrap_or_default();
    if sought.chars().count() > LONGEST_SEARCH {
        fields.too_long("q", LONGEST_SEARCH);
    }
    let page = fields.number("page", 1..=10_000).unwrap_or(1);
    let size = fields.number("size", 1..=LARGEST_PAGE).unwrap_or(PAGE);
    fields.finish(Some(()))?;
    let read_in = language.unwrap_or_else(|| site.desk.default_language());
    let base = site.base();
    let knowledge = base.knowledge();
    let mut found: Vec<&knowledge::Entry> = if sought.trim().is_empty() {
        let mut all: Vec<_> = knowledge.entries().iter().collect();
        all.sort_by_cached_key(|entry| entry.text(read_in).title.to_lowercase());
        all
    } else {
        site.pace
            .admit(client, || false)
            .map_err(|over| Trouble::from(over).told_in(language))?;
        let found = base.search(&sought, read_in, knowledge.entries().len());
        found.iter().filter_map(|id| knowledge.entry(id)).collect()
    };
    found.retain(|entry| kind.is_none_or(|kind| entry.id.kind() == kind));
    let pages = Pages::of(&site, read_in);
    let entries = found.iter().skip((page - 1) * size).take(size);
    Ok(Json(Entries {
        total: found.len(),
        page,
        size,
        entries: entries
            .map(|entry| Listed::of(entry, read_in, &pages))
            .collect(),
    }))
}

/// Read an entry
///
/// All that an entry has to say, in blocks, as on its page.
#[utoipa::path(
    get, path = "/api/v1/entries/{kind}/{name}", tag = "entries", operation_id = "entry",
    params(
        ("kind" = Kind, Path, description = "The kind of the entry", example = "grants"),
        ("name" = String, Path, description = "Its name within the kind", pattern = "^[a-z0-9_-]+$", example = "lovpeng"),
        ("language" = Option<Language>, Query, description = "The language to read in; an entry that is not written in it is given in the other"),
    ),
    responses((status = 200, description = "The entry", body = Entry), OfEntry)
)]
pub(super) async fn entry(
    State(site): State<Arc<Site>>,
    path: Result<Path<(String, String)>, PathRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Entry>, Told> {
    let Path((kind, name)) = path.map_err(|_| Trouble::NoPage)?;
    let fields = Fields::of_address(&[], &uri, &headers, &site);
    let language = fields.language();
    fields.finish(Some(()))?;
    let read_in = language.unwrap_or_else(|| site.desk.default_language());
    let (today, _) = site.desk.local_time();
    let base = site.base();
    let found = EntryId::parse(&format!("{kind}/{name}")).ok();
    let found = found.and_then(|id| {
        base.knowledge()
            .entry(&id)
            .zip(base.page(&id, read_in, today))
    });
    let (entry, shown) = found.ok_or_else(|| Trouble::NoEntry.told_in(language))?;
    let pages = Pages::of(&site, read_in);
    Ok(Json(Entry {
        listed: Listed::of(entry, read_in, &pages),
        blocks: blocks(&pages.said_now(&shown), Some(&entry.id), &pages),
    }))
}

impl Listed {
    fn of(entry: &knowledge::Entry, language: knowledge::Language, pages: &Pages<'_>) -> Listed {
        let text = entry.text(language);
        let written_in = entry.texts.best(language).map_or(language, |(l, _)| l);
        Listed {
            entry: entry.id.to_string(),
            kind: entry.id.kind().into(),
            language: written_in.into(),
            title: text.title.clone(),
            summary: text.summary.clone(),
            standing: entry.standing.into(),
            reviewed: entry.reviewed.map(|day| day.to_string()),
            url: pages.entry(&entry.id),
        }
    }
}
