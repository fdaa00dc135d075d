//! What residents ask, as open data.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use serde::Serialize;
use utoipa::ToSchema;

use super::read::Fields;
use super::refusals::OfOpenData;
use super::wire::Language;
use crate::desk::{self, OPEN_DATA_FLOOR, Subject};
use crate::knowledge;
use crate::web::browse::LICENCE;
use crate::web::site::Site;
use crate::web::trouble::{Told, Trouble};

/// What residents have asked. Every number is rounded down to a multiple of the floor.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OpenData {
    /// The first day.
    #[schema(format = Date)]
    from: String,
    /// The last day, which is included.
    #[schema(format = Date)]
    to: String,
    /// What fewer have asked about is left out, and numbers are rounded down to a multiple of this.
    floor: u32,
    /// The licence of the data.
    licence: &'static str,
    /// How many questions there were in each month, the oldest first.
    months: Vec<OpenMonth>,
    /// What many have asked about that had no answer, or whose answer did not help; most askers first.
    topics: Vec<OpenTopic>,
}

/// How many questions there were in a month, at least.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OpenMonth {
    /// The month.
    #[schema(example = "2026-11", pattern = "^[0-9]{4}-[0-9]{2}$")]
    month: String,
    /// How many there were.
    questions: u64,
    /// How many of them were answered.
    answered: u64,
    /// How many were taken to an office.
    routed: u64,
    /// How many had neither.
    unknown: u64,
}

/// What many have asked about.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OpenTopic {
    /// What it is: the title of what answers it now, or words that many have used; otherwise only that there is something.
    topic: String,
    /// The code of the language of that.
    #[schema(example = "sv")]
    language: String,
    /// The entry that answers it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "grants/lovpeng")]
    entry: Option<String>,
    /// The office that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "offices/kundcenter")]
    office: Option<String>,
    /// Whether it waits for an answer.
    waits: bool,
    /// How many have asked about it, at least.
    askers: u64,
    /// The months in which enough have, the oldest first.
    months: Vec<OpenTopicMonth>,
}

/// How many have asked about something in a month, at least.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OpenTopicMonth {
    /// The month.
    #[schema(example = "2026-11", pattern = "^[0-9]{4}-[0-9]{2}$")]
    month: String,
    /// How many.
    askers: u64,
}

/// Read what residents ask
///
/// Open data, when the municipality gives them out: how many questions there are, and what many have asked about that had no
/// answer. Nobody can be singled out in it.
#[utoipa::path(
    get, path = "/api/v1/open-data", tag = "open data", operation_id = "open_data",
    params(("language" = Option<Language>, Query, description = "The language of the titles")),
    responses((status = 200, description = "The data", body = OpenData), OfOpenData)
)]
pub(super) async fn read(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<OpenData>, Told> {
    let fields = Fields::of_address(&[], &uri, &headers, &site);
    let language = fields.language();
    fields.finish(Some(()))?;
    if !site.settings.open_data {
        return Err(Trouble::NoPage.told_in(language));
    }
    let data = site.desk.open_data().await.map_err(|error| {
        tracing::warn!(%error, "the open data could not be worked out");
        Trouble::LogAway.told_in(language)
    })?;
    let told_in = language.unwrap_or_else(|| site.desk.default_language());
    let base = site.base();
    let topics = data.topics.iter();
    let months = data.months.iter().map(|m| OpenMonth {
        month: m.month.strftime("%Y-%m").to_string(),
        questions: m.questions,
        answered: m.answered,
        routed: m.routed,
        unknown: m.unknown,
    });
    Ok(Json(OpenData {
        from: data.from.to_string(),
        to: data.to.to_string(),
        floor: OPEN_DATA_FLOOR,
        licence: LICENCE,
        months: months.collect(),
        topics: topics
            .map(|topic| told(topic, base.knowledge(), told_in))
            .collect(),
    }))
}

fn told(
    topic: &desk::OpenTopic,
    knowledge: &knowledge::Knowledge,
    told_in: knowledge::Language,
) -> OpenTopic {
    let own = told_in.code().to_owned();
    let (entry, language) = match &topic.subject {
        Subject::Entry(id) => (Some(id.to_string()), own),
        Subject::Wording { language, .. } => (None, language.clone()),
        Subject::Untold => (None, own),
    };
    let months = topic.months.iter();
    OpenTopic {
        topic: topic.name(knowledge, told_in),
        language,
        entry,
        office: topic.office.as_ref().map(ToString::to_string),
        waits: topic.is_open,
        askers: topic.askers,
        months: months
            .map(|(month, askers)| OpenTopicMonth {
                month: month.strftime("%Y-%m").to_string(),
                askers: *askers,
            })
            .collect(),
    }
}
