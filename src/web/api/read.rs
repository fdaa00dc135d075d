//! Reading what a program sent: each field by its name, with everything that is wrong told at once and where it is.

use std::ops::RangeInclusive;
use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Query, Request};
use axum::http::{HeaderMap, Uri, header};
use serde_json::{Map, Value};

use super::wire::FACETS;
use crate::answering::Answerer;
use crate::desk::{Complaint, Desk, Receipt};
use crate::knowledge::{ApiPhrases, BestTime, EntryId, EntryKind, Facet, Language, fill};
use crate::web::limits::LARGEST_BODY;
use crate::web::preferred;
use crate::web::site::Site;
use crate::web::trouble::{Fault, Told, Trouble};

/// Where fields come from, which is also how it is said where one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// The body: told by JSON pointer.
    Body,
    /// The path and the query: told by name.
    Address,
}

/// The fields that were sent, and what was found to be wrong with them so far.
///
/// A field that is wrong is read as none. [`Fields::finish`] gives what was read only when nothing was wrong.
#[derive(Debug)]
pub(super) struct Fields {
    from: From,
    left: Map<String, Value>,
    faults: Vec<Fault>,
    /// The language that is asked for, or else what the header prefers.
    language: Option<Language>,
    phrases: Phrases,
}

/// The sentences of whichever base is in use, in the language of the request.
#[derive(Debug)]
struct Phrases {
    base: Arc<Answerer>,
    language: Language,
}

impl Phrases {
    fn get(&self) -> &ApiPhrases {
        &self.base.knowledge().phrases(self.language).api
    }
}

impl FromRequest<Arc<Site>> for Fields {
    type Rejection = Told;

    /// Reads the body as a JSON object. Fails when it is none.
    async fn from_request(request: Request, site: &Arc<Site>) -> Result<Fields, Told> {
        if !is_json(request.headers()) {
            return Err(Trouble::NotJson.into());
        }
        let headers = request.headers().clone();
        let body = to_bytes(request.into_body(), LARGEST_BODY).await;
        let body = body.map_err(|_| Trouble::TooLarge)?;
        let value = serde_json::from_slice(&body).map_err(|error| Trouble::BrokenJson {
            line: error.line(),
            column: error.column(),
        })?;
        match value {
            Value::Object(sent) => Ok(Fields::new(From::Body, sent, &headers, site)),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => {
                let mut fields = Fields::new(From::Body, Map::new(), &headers, site);
                let detail = fields.phrases.get().field_not_object.clone();
                fields.faults.push(Fault {
                    pointer: Some(String::new()),
                    parameter: None,
                    detail,
                });
                Err(fields.told())
            }
        }
    }
}

impl Fields {
    /// What stands in the address: its query, and those of its parts that have names. Of what is there twice, the last
    /// counts.
    pub(super) fn of_address(
        named: &[(&str, &str)],
        uri: &Uri,
        headers: &HeaderMap,
        site: &Site,
    ) -> Fields {
        let query = Query::<Vec<(String, String)>>::try_from_uri(uri);
        let query = query.map_or_else(|_| Vec::new(), |Query(pairs)| pairs);
        let named = named
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        let sent = query.into_iter().chain(named);
        let sent = sent.map(|(name, value)| (name, Value::String(value)));
        Fields::new(From::Address, sent.collect(), headers, site)
    }

    fn new(from: From, sent: Map<String, Value>, headers: &HeaderMap, site: &Site) -> Fields {
        let asked = sent.get("language").and_then(Value::as_str);
        let language = asked
            .and_then(Language::from_code)
            .or_else(|| preferred::by_header(headers));
        let mut fields = Fields {
            from,
            left: sent,
            faults: Vec::new(),
            language,
            phrases: Phrases {
                base: site.base(),
                language: language.unwrap_or_else(|| site.desk.default_language()),
            },
        };
        // Read already; what is wrong with it is told like everything else.
        let known = Language::ALL.map(Language::code);
        fields.one_of("language", &known, Language::from_code);
        fields
    }

    /// The language that is asked for, or that the header prefers.
    pub(super) fn language(&self) -> Option<Language> {
        self.language
    }

    /// Text that has to be there, and not be empty.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let text = self.needed(name)?;
        let filled = Some(text).filter(|text| !text.trim().is_empty());
        self.accept(name, filled, |p| p.field_empty.clone())
    }

    /// Text, if it is there.
    pub(super) fn text_if_any(&mut self, name: &str) -> Option<String> {
        self.string(name)
    }

    /// A conversation that has to be named.
    pub(super) fn conversation(&mut self, name: &str) -> Option<String> {
        let text = self.needed(name)?;
        let known = Desk::is_conversation(&text).then_some(text);
        self.accept(name, known, |p| p.field_not_conversation.clone())
    }

    /// A conversation, if it is there.
    pub(super) fn conversation_if_any(&mut self, name: &str) -> Option<String> {
        self.left
            .contains_key(name)
            .then(|| self.conversation(name))?
    }

    /// An entry that has to be named.
    pub(super) fn entry(&mut self, name: &str) -> Option<EntryId> {
        let text = self.needed(name)?;
        self.accept(name, EntryId::parse(&text).ok(), |p| {
            p.field_not_entry.clone()
        })
    }

    /// An entry, if it is there.
    pub(super) fn entry_if_any(&mut self, name: &str) -> Option<EntryId> {
        self.left.contains_key(name).then(|| self.entry(name))?
    }

    /// A receipt that has to be named.
    pub(super) fn receipt(&mut self, name: &str) -> Option<Receipt> {
        let text = self.needed(name)?;
        self.accept(name, Receipt::parse(&text), |p| p.field_not_receipt.clone())
    }

    /// A part of an entry, if it is there.
    pub(super) fn facet(&mut self, name: &str) -> Option<Facet> {
        self.one_of(name, &FACETS.map(|(code, _)| code), |code| {
            let mut all = FACETS.into_iter();
            all.find(|(known, _)| *known == code)
                .map(|(_, facet)| facet)
        })
    }

    /// A kind of entry, if it is there.
    pub(super) fn kind(&mut self, name: &str) -> Option<EntryKind> {
        self.one_of(
            name,
            &EntryKind::ALL.map(EntryKind::folder),
            EntryKind::from_folder,
        )
    }

    /// Why an answer did not help, if it is there.
    pub(super) fn complaint(&mut self, name: &str) -> Option<Complaint> {
        self.one_of(name, &Complaint::ALL.map(Complaint::code), Complaint::parse)
    }

    /// When it suits someone best, if it is there.
    pub(super) fn best_time(&mut self, name: &str) -> Option<BestTime> {
        let codes: Vec<&str> = BestTime::ALL.iter().map(|time| time.code()).collect();
        self.one_of(name, &codes, BestTime::from_code)
    }

    /// Whether something is so; it has to be there.
    pub(super) fn truth(&mut self, name: &str) -> Option<bool> {
        match self.left.remove(name) {
            None => self.missing(name),
            Some(Value::Bool(truth)) => Some(truth),
            Some(_) => {
                self.wrong(name, |p| p.field_not_truth.clone());
                None
            }
        }
    }

    /// A whole number, if it is there.
    pub(super) fn number(&mut self, name: &str, within: RangeInclusive<usize>) -> Option<usize> {
        let text = self.string(name)?;
        let number = text.parse().ok().filter(|number| within.contains(number));
        self.accept(name, number, |p| {
            let (least, most) = (within.start().to_string(), within.end().to_string());
            fill(&p.field_not_number, &[("least", &least), ("most", &most)])
        })
    }

    /// Says that a field is longer than it may be.
    pub(super) fn too_long(&mut self, name: &str, most: usize) {
        self.wrong(name, |p| {
            fill(&p.field_too_long, &[("most", &most.to_string())])
        });
    }

    /// Says what is wrong with a field.
    pub(super) fn wrong(&mut self, name: &str, detail: impl FnOnce(&ApiPhrases) -> String) {
        let detail = detail(self.phrases.get());
        // `~` and `/` have a meaning in a pointer.
        let pointer = || format!("/{}", name.replace('~', "~0").replace('/', "~1"));
        self.faults.push(Fault {
            pointer: (self.from == From::Body).then(pointer),
            parameter: (self.from == From::Address).then(|| name.to_owned()),
            detail,
        });
    }

    /// What was read. Fails when anything was wrong, or is left over.
    pub(super) fn finish<T>(mut self, read: Option<T>) -> Result<T, Told> {
        for name in std::mem::take(&mut self.left)
            .into_iter()
            .map(|(name, _)| name)
        {
            self.wrong(&name, |p| p.field_unknown.clone());
        }
        match read {
            Some(read) if self.faults.is_empty() => Ok(read),
            Some(_) | None => Err(self.told()),
        }
    }

    /// A trouble in the language of the request.
    fn told(self) -> Told {
        Trouble::Wrong(self.faults).told_in(Some(self.phrases.language))
    }

    /// A string that has to be there.
    fn needed(&mut self, name: &str) -> Option<String> {
        if self.left.contains_key(name) {
            self.string(name)
        } else {
            self.missing(name)
        }
    }

    /// A string, if it is there.
    fn string(&mut self, name: &str) -> Option<String> {
        match self.left.remove(name)? {
            Value::String(text) => Some(text),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_) => {
                self.wrong(name, |p| p.field_not_text.clone());
                None
            }
        }
    }

    /// One of several values, if it is there.
    fn one_of<T>(
        &mut self,
        name: &str,
        values: &[&str],
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.string(name)?;
        self.accept(name, read(&text), |p| {
            fill(&p.field_not_one_of, &[("values", &values.join(", "))])
        })
    }

    /// What was read of a field, or that it could not be.
    fn accept<T>(
        &mut self,
        name: &str,
        read: Option<T>,
        detail: impl FnOnce(&ApiPhrases) -> String,
    ) -> Option<T> {
        if read.is_none() {
            self.wrong(name, detail);
        }
        read
    }

    fn missing<T>(&mut self, name: &str) -> Option<T> {
        self.wrong(name, |p| p.field_missing.clone());
        None
    }
}

/// Whether a body is said to be JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let said = headers.get(header::CONTENT_TYPE);
    let said = said.and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = said.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}
