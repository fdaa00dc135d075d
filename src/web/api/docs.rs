//! The documentation of the API: the document for programs, and a page to read it on and try it with.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::Config;

use crate::web::layout::{self, Sheet};
use crate::web::preferred;
use crate::web::site::Site;
use crate::web::trouble::{PROBLEMS, Trouble};

/// Where the document is.
const DOCUMENT: &str = "/api/v1/openapi.json";
/// Sets the viewer up. It would otherwise have a service of someone else's check the document.
const SET_UP: &str = "window.addEventListener('load', () => {
  window.ui = SwaggerUIBundle({
    url: '/api/v1/openapi.json',
    dom_id: '#viewer',
    deepLinking: true,
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis],
  });
});
";
/// What the viewer needs of all that comes with it.
const VIEWER: [&str; 2] = ["swagger-ui.css", "swagger-ui-bundle.js"];

pub(super) fn routes(document: OpenApi) -> Router<Arc<Site>> {
    // It is the same for everyone, and large: it is written once.
    let document: Arc<str> = document.to_json().unwrap_or_default().into();
    Router::new()
        .route(
            DOCUMENT,
            get(move || {
                let document = document.to_string();
                async move { ([(header::CONTENT_TYPE, "application/json")], document) }
            }),
        )
        .route("/api", get(async || Redirect::permanent("/api/")))
        .route("/api/", get(viewer))
        .route("/api/viewer/{file}", get(file))
        .route(PROBLEMS, get(problems))
}

async fn viewer() -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "lots API" }
                link rel="stylesheet" href="/api/viewer/swagger-ui.css";
                script src="/api/viewer/swagger-ui-bundle.js" defer {}
                script src="/api/viewer/set-up.js" defer {}
            }
            body {
                main #viewer {
                    // For whoever has no JavaScript.
                    p { a href=(DOCUMENT) { "The API of lots, as OpenAPI 3.1" } }
                }
            }
        }
    }
}

/// A file of the viewer.
async fn file(Path(name): Path<String>) -> Response {
    if name == "set-up.js" {
        return ([(header::CONTENT_TYPE, "text/javascript")], SET_UP).into_response();
    }
    let known = VIEWER.contains(&name.as_str());
    let found = known.then(|| utoipa_swagger_ui::serve(&name, Arc::new(Config::from(DOCUMENT))));
    match found {
        Some(Ok(Some(file))) => {
            let head = [
                (header::CONTENT_TYPE, file.content_type),
                (header::CACHE_CONTROL, "public, max-age=3600".to_owned()),
            ];
            (head, file.bytes.into_owned()).into_response()
        }
        Some(Ok(None) | Err(_)) | None => Trouble::NoPage.into_response(),
    }
}

/// What each problem means, in the language of whoever reads.
async fn problems(State(site): State<Arc<Site>>, headers: HeaderMap) -> Markup {
    let language = preferred::by_header(&headers).unwrap_or_else(|| site.desk.default_language());
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).api;
    layout::draw(
        &site,
        &Sheet {
            language,
            title: Some(&phrases.problems),
            path: PROBLEMS,
            other: None,
            head: html! { meta name="robots" content="noindex"; },
            class: "",
            main: html! {
                div .narrow {
                    h1 { (phrases.problems) }
                    p .lead { (phrases.problems_about) }
                    dl {
                        @for trouble in Trouble::kinds() {
                            dt id=(trouble.name()) {
                                code { (trouble.name()) } " (" (trouble.status().as_u16()) "): "
                                (trouble.words(phrases).title)
                            }
                            dd { (trouble.detail(phrases)) }
                        }
                    }
                }
            },
        },
    )
}
