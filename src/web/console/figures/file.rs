//! The figures and the questions as files to take along.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::PATH;
use super::drawing::Drawing;
use super::wanted::{Wanted, fields};
use crate::desk::{Export, FiguresWanted, Role};
use crate::web::console::asked::Asked;
use crate::web::console::parts::token;
use crate::web::console::refused::refused;
use crate::web::console::section::{Section, home};
use crate::web::console::sent::Sent;
use crate::web::console::signed_in::{Editor, SignedIn};
use crate::web::site::Site;

/// The figures, without what anyone has written.
pub(super) async fn figures(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(asked): Asked<Wanted>,
) -> Response {
    let wanted = asked.read(site.desk.local_time().0);
    let form = form(&asked);
    let review = site.desk.review(&signed.staff);
    match review.take_figures(&wanted, form, signed.language).await {
        Ok(text) => file("figures", &wanted, form, text),
        Err(error) => refused(&site, &signed, Section::Figures, &error),
    }
}

/// The questions of the log, as they were masked. It is sent as a form, since it leaves a line in the trail.
pub(super) async fn questions(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Sent(asked): Sent<Wanted>,
) -> Response {
    let wanted = asked.read(site.desk.local_time().0);
    let form = form(&asked);
    let review = site.desk.review(&signed.staff);
    match review.take_questions(&wanted, form).await {
        Ok(text) => file("questions", &wanted, form, text),
        Err(error) => refused(&site, &signed, Section::Figures, &error),
    }
}

/// What can be taken along, in which forms.
pub(super) fn offer(drawing: &Drawing<'_>, wanted: &FiguresWanted) -> Markup {
    let phrases = drawing.phrases;
    let action = format!("{}/{PATH}", home(drawing.language()));
    let chosen = html! {
        @for (name, value) in fields(wanted) { input type="hidden" name=(name) value=(value); }
    };
    let forms = |of: &str| {
        html! {
            div .buttons {
                @for (code, name) in [("excel", &phrases.excel), ("csv", &phrases.csv), ("json", &phrases.json)] {
                    button name="form" value=(code) { (name) span .spoken { ": " (of) } }
                }
            }
        }
    };
    html! {
        section .card {
            h2 { (phrases.take) }
            h3 { (phrases.take_figures) }
            p { (phrases.take_figures_hint) }
            form method="get" action={ (action) "/export" } { (chosen) (forms(&phrases.take_figures)) }
            @if drawing.signed.staff.role() >= Role::Editor {
                h3 { (phrases.take_questions) }
                p { (phrases.take_questions_hint) }
                form method="post" action={ (action) "/questions" } {
                    (token(drawing.signed))
                    (chosen)
                    (forms(&phrases.take_questions))
                }
            }
        }
    }
}

/// The form that is asked for; that for programs when none is.
fn form(asked: &Wanted) -> Export {
    Export::from_code(&asked.form).unwrap_or(Export::Csv)
}

fn file(name: &str, wanted: &FiguresWanted, form: Export, text: String) -> Response {
    let name = format!(
        "lots-{name}-{}-{}.{}",
        wanted.from,
        wanted.to,
        form.ending()
    );
    let head = [
        (header::CONTENT_TYPE, form.media_type().to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (head, text).into_response()
}
