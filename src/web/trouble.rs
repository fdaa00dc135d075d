//! What is said when a request cannot be done: to a person as a page, to a program as a problem (RFC 9457).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::places::language_of;
use super::site::Site;
use super::{page, preferred};
use crate::knowledge::{ApiPhrases, Language, ProblemWords, fill};

/// The address of the page that explains the problems.
pub(super) const PROBLEMS: &str = "/api/problems";
/// The media type of a problem.
pub(super) const PROBLEM: &str = "application/problem+json";

/// Why a request cannot be done. As a response it is drawn by [`tell`] on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// There is nothing at the address.
    NoPage,
    /// There is no such entry.
    NoEntry,
    /// There is no question with that receipt.
    NoReceipt,
    /// A code leads to no place on a guided way in.
    NoPlace,
    /// The address is there, but not for this method.
    WrongMethod,
    /// The body did not arrive in time.
    SlowBody,
    /// The body is too large.
    TooLarge,
    /// The body is not said to be JSON.
    NotJson,
    /// The body cannot be read as JSON from here on, both counted from 1.
    BrokenJson {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// The body, or the query, is not what it should be.
    Wrong(Vec<Fault>),
    /// The client has asked too often, and may again after so many seconds.
    TooMany {
        /// The seconds, at least 1.
        seconds: u64,
    },
    /// There is more to do than there is room for.
    Busy,
    /// The program is ending; another takes over.
    Ending,
    /// The database is away, and this cannot be done without it.
    LogAway,
    /// It took longer than anyone waits.
    TookTooLong,
    /// A mistake of ours.
    Broken,
}

/// What is wrong in a body or a query, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Fault {
    /// Where in the body, as a JSON pointer (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pointer: Option<String>,
    /// Or which parameter of the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parameter: Option<String>,
    /// What is wrong, in words.
    pub(super) detail: String,
}

/// A trouble on its way out, and the language it is to be told in when the request said which.
#[derive(Clone, Debug)]
pub(super) struct Told {
    trouble: Trouble,
    language: Option<Language>,
}

impl Trouble {
    /// The trouble in a language that the request asked for.
    pub(super) fn told_in(self, language: Option<Language>) -> Told {
        Told {
            trouble: self,
            language,
        }
    }

    /// Every kind, for the page that explains them.
    pub(super) fn kinds() -> [Trouble; 16] {
        [
            Trouble::BrokenJson { line: 1, column: 1 },
            Trouble::NoPage,
            Trouble::NoEntry,
            Trouble::NoReceipt,
            Trouble::NoPlace,
            Trouble::WrongMethod,
            Trouble::SlowBody,
            Trouble::TooLarge,
            Trouble::NotJson,
            Trouble::Wrong(Vec::new()),
            Trouble::TooMany { seconds: 2 },
            Trouble::Broken,
            Trouble::Busy,
            Trouble::Ending,
            Trouble::LogAway,
            Trouble::TookTooLong,
        ]
    }

    /// The status of its response.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Trouble::BrokenJson { .. } => StatusCode::BAD_REQUEST,
            Trouble::NoPage | Trouble::NoEntry | Trouble::NoReceipt | Trouble::NoPlace => {
                StatusCode::NOT_FOUND
            }
            Trouble::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Trouble::SlowBody => StatusCode::REQUEST_TIMEOUT,
            Trouble::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Trouble::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Trouble::Wrong(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Trouble::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Trouble::Broken => StatusCode::INTERNAL_SERVER_ERROR,
            Trouble::Busy | Trouble::Ending | Trouble::LogAway | Trouble::TookTooLong => {
                StatusCode::SERVICE_UNAVAILABLE
            }
        }
    }

    /// Its name, which is the same in every language.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Trouble::NoPage => "no-page",
            Trouble::NoEntry => "no-entry",
            Trouble::NoReceipt => "no-receipt",
            Trouble::NoPlace => "no-place",
            Trouble::WrongMethod => "wrong-method",
            Trouble::SlowBody => "slow-body",
            Trouble::TooLarge => "too-large",
            Trouble::NotJson => "not-json",
            Trouble::BrokenJson { .. } => "broken-json",
            Trouble::Wrong(_) => "wrong",
            Trouble::TooMany { .. } => "too-many",
            Trouble::Busy => "busy",
            Trouble::Ending => "ending",
            Trouble::LogAway => "log-away",
            Trouble::TookTooLong => "took-too-long",
            Trouble::Broken => "broken",
        }
    }

    /// What is said of it, before values are put in.
    pub(super) fn words<'a>(&self, phrases: &'a ApiPhrases) -> &'a ProblemWords {
        match self {
            Trouble::NoPage => &phrases.no_page,
            Trouble::NoEntry => &phrases.no_entry,
            Trouble::NoReceipt => &phrases.no_receipt,
            Trouble::NoPlace => &phrases.no_place,
            Trouble::WrongMethod => &phrases.wrong_method,
            Trouble::SlowBody => &phrases.slow_body,
            Trouble::TooLarge => &phrases.too_large,
            Trouble::NotJson => &phrases.not_json,
            Trouble::BrokenJson { .. } => &phrases.broken_json,
            Trouble::Wrong(_) => &phrases.wrong,
            Trouble::TooMany { .. } => &phrases.too_many,
            Trouble::Busy => &phrases.busy,
            Trouble::Ending => &phrases.ending,
            Trouble::LogAway => &phrases.log_away,
            Trouble::TookTooLong => &phrases.took_too_long,
            Trouble::Broken => &phrases.broken,
        }
    }

    /// What is said of this one.
    pub(super) fn detail(&self, phrases: &ApiPhrases) -> String {
        let detail = &self.words(phrases).detail;
        match self {
            Trouble::BrokenJson { line, column } => fill(
                detail,
                &[("line", &line.to_string()), ("column", &column.to_string())],
            ),
            Trouble::TooMany { seconds } => fill(detail, &[("seconds", &seconds.to_string())]),
            Trouble::TooLarge => {
                let most = super::limits::LARGEST_BODY / 1024;
                fill(detail, &[("most", &most.to_string())])
            }
            Trouble::NoPage
            | Trouble::NoEntry
            | Trouble::NoReceipt
            | Trouble::NoPlace
            | Trouble::WrongMethod
            | Trouble::SlowBody
            | Trouble::NotJson
            | Trouble::Wrong(_)
            | Trouble::Busy
            | Trouble::Ending
            | Trouble::LogAway
            | Trouble::TookTooLong
            | Trouble::Broken => detail.clone(),
        }
    }

    /// What is wrong in what was sent.
    fn faults(&self) -> &[Fault] {
        match self {
            Trouble::Wrong(faults) => faults,
            _ => &[],
        }
    }

    /// After how many seconds it may go better.
    pub(super) fn retry_after(&self) -> Option<u64> {
        match self {
            Trouble::TooMany { seconds } => Some(*seconds),
            Trouble::Busy | Trouble::Ending => Some(2),
            Trouble::LogAway | Trouble::TookTooLong => Some(10),
            Trouble::NoPage
            | Trouble::NoEntry
            | Trouble::NoReceipt
            | Trouble::NoPlace
            | Trouble::WrongMethod
            | Trouble::SlowBody
            | Trouble::TooLarge
            | Trouble::NotJson
            | Trouble::BrokenJson { .. }
            | Trouble::Wrong(_)
            | Trouble::Broken => None,
        }
    }
}

impl From<Trouble> for Told {
    fn from(trouble: Trouble) -> Told {
        trouble.told_in(None)
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        Told::from(self).into_response()
    }
}

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let mut response = self.trouble.status().into_response();
        if let Some(seconds) = self.trouble.retry_after() {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// What a program is told, as RFC 9457 has it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// What kind of problem it is; the address of a text about it, beside the API's own.
    #[schema(example = "/api/problems#too-many")]
    r#type: String,
    /// The same in words.
    title: String,
    /// The status of the response.
    status: u16,
    /// What to do about it.
    detail: String,
    /// Where it occurred.
    instance: String,
    /// What is wrong in what was sent, and where.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Fault>,
}

impl Problem {
    /// A trouble that occurred at an address, as a problem.
    pub(super) fn of(trouble: &Trouble, phrases: &ApiPhrases, instance: &str) -> Problem {
        Problem {
            r#type: format!("{PROBLEMS}#{}", trouble.name()),
            title: trouble.words(phrases).title.clone(),
            status: trouble.status().as_u16(),
            detail: trouble.detail(phrases),
            instance: instance.to_owned(),
            errors: trouble.faults().to_vec(),
        }
    }
}

/// Draws what troubles there are on their way out, in the language of whoever asked.
pub(super) async fn tell(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let language = language_of(&path).or_else(|| preferred::by_header(request.headers()));
    let response = next.run(request).await;
    let Some(told) = response.extensions().get::<Told>() else {
        return response;
    };
    let Told {
        trouble,
        language: asked,
    } = told.clone();
    let language = asked
        .or(language)
        .unwrap_or_else(|| site.desk.default_language());
    let drawn = if is_for_programs(&path) {
        problem(&site, &path, language, &trouble)
    } else {
        page::trouble(&site, language, &trouble)
    };
    // What the trouble brought along, such as when to come again, stands in the head of the one that is empty.
    let (mut head, _) = response.into_parts();
    let (drawn_head, body) = drawn.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.extend(drawn_head.headers);
    head.headers.insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(language.code()),
    );
    Response::from_parts(head, body)
}

/// Whether whoever asks at an address is a program.
fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/v")
}

fn problem(site: &Site, path: &str, language: Language, trouble: &Trouble) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).api;
    let problem = Problem::of(trouble, phrases, path);
    let json = serde_json::to_string(&problem).unwrap_or_default();
    ([(header::CONTENT_TYPE, PROBLEM)], json).into_response()
}
