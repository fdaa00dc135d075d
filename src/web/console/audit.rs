//! The trail of what staff have done: to read, and to see that it is as it was written.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::asked::Asked;
use super::frame::{self, Sheet};
use super::parts::{Field, alarm, away, note, token};
use super::section::{Section, home};
use super::sent::Sent;
use super::sign_in::Bare;
use super::signed_in::{SignedIn, not_allowed};
use crate::desk::{AuditCheck, AuditFilter, AuditLine, Flaw, StaffError};
use crate::knowledge::{AuditPhrases, fill};
use crate::web::places::encoded;
use crate::web::site::Site;

const PATH: &str = Section::Audit.path();
/// How many lines a page has.
const LINES: u32 = 50;

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new()
        .route(&format!("{home}/{PATH}"), get(show))
        .route(&format!("{home}/{PATH}/verify"), post(verify))
}

/// Which lines someone wants to see.
#[derive(Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    who: String,
    #[serde(default)]
    about: String,
    before: Option<i64>,
}

impl Wanted {
    fn is_all(&self) -> bool {
        self.who.is_empty() && self.about.is_empty() && self.before.is_none()
    }

    /// One line more than a page has, to know whether there is another page.
    fn filter(&self) -> AuditFilter {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        AuditFilter {
            who: given(&self.who),
            about: given(&self.about),
            before: self.before,
            limit: LINES + 1,
        }
    }
}

async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    page(&site, &signed, &wanted, None).await
}

async fn verify(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Sent(Bare {}): Sent<Bare>,
) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.audit;
    let said = match site.desk.verify_audit(&signed.staff).await {
        Ok(check) => outcome(&check, phrases),
        Err(error) => return failed(&site, &signed, error),
    };
    page(&site, &signed, &Wanted::default(), Some(said)).await
}

fn outcome(check: &AuditCheck, phrases: &AuditPhrases) -> Markup {
    match check {
        AuditCheck::Whole { lines, last } => {
            let values = [("lines", lines.to_string()), ("hash", last.clone())];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            note(&fill(&phrases.whole, &values))
        }
        AuditCheck::Broken { seq, why } => {
            let phrase = match why {
                Flaw::Changed => &phrases.broken_changed,
                Flaw::Missing => &phrases.broken_missing,
                Flaw::Added => &phrases.broken_added,
            };
            alarm(&fill(phrase, &[("line", &seq.to_string())]))
        }
    }
}

async fn page(site: &Site, signed: &SignedIn, wanted: &Wanted, said: Option<Markup>) -> Response {
    let mut lines = match site.desk.audit_lines(&signed.staff, &wanted.filter()).await {
        Ok(lines) => lines,
        Err(error) => return failed(site, signed, error),
    };
    let has_older = lines.len() > LINES as usize;
    lines.truncate(LINES as usize);
    let older = lines.last().filter(|_| has_older).map(|line| line.seq);
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.audit;
    let home = home(signed.language);
    let main = html! {
        h1 { (phrases.heading) }
        p .lead { (phrases.lead) }
        @if let Some(said) = said { (said) }
        div .toolbar {
            (filter(home, wanted, phrases))
            form method="post" action={ (home) "/" (PATH) "/verify" } {
                (token(signed))
                button aria-describedby="verify-hint" { (phrases.verify) }
            }
        }
        p .small #verify-hint { (phrases.verify_hint) }
        @if lines.is_empty() { p { (phrases.none) } } @else { (table(site, &lines, phrases)) }
        @if let Some(before) = older {
            p {
                a .button href={
                    (home) "/" (PATH) "?who=" (encoded(&wanted.who)) "&about=" (encoded(&wanted.about)) "&before=" (before)
                } { (phrases.older) }
            }
        }
    };
    let sheet = Sheet {
        title: &phrases.heading,
        section: Section::Audit,
        path: PATH,
        main,
    };
    frame::draw(site, signed, &sheet).into_response()
}

fn filter(home: &str, wanted: &Wanted, phrases: &AuditPhrases) -> Markup {
    let field = |name, label, hint, value| Field {
        name,
        label,
        hint,
        value,
        autocomplete: "off",
    };
    html! {
        form .filter method="get" action={ (home) "/" (PATH) } role="search" aria-label=(phrases.filter) {
            (field("who", phrases.who.as_str(), "", wanted.who.as_str()).text())
            (field("about", &phrases.about, &phrases.about_hint, &wanted.about).text())
            button { (phrases.show) }
            @if !wanted.is_all() { a .button.quiet href={ (home) "/" (PATH) } { (phrases.all) } }
        }
    }
}

fn table(site: &Site, lines: &[AuditLine], phrases: &AuditPhrases) -> Markup {
    html! {
        div .scroll tabindex="0" role="region" aria-label=(phrases.heading) {
            table {
                thead {
                    tr {
                        th scope="col" { (phrases.number) }
                        th scope="col" { (phrases.when) }
                        th scope="col" { (phrases.who) }
                        th scope="col" { (phrases.act) }
                        th scope="col" { (phrases.about) }
                        th scope="col" { (phrases.change) }
                        th scope="col" { (phrases.reason) }
                    }
                }
                tbody {
                    @for line in lines {
                        tr {
                            th scope="row" { (line.seq) }
                            td { (site.desk.local_minute(line.at)) }
                            td { (line.who) }
                            td { (phrases.acts.get(&line.act).unwrap_or(&line.act)) }
                            td { (line.about) }
                            td .free {
                                @if !line.before.is_empty() { del { (line.before) } " " }
                                @if !line.after.is_empty() { ins { (line.after) } }
                            }
                            td .free { (line.reason) }
                        }
                    }
                }
            }
        }
    }
}

/// The page when the trail cannot be read.
fn failed(site: &Site, signed: &SignedIn, error: StaffError) -> Response {
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    let why = match error {
        StaffError::NotAllowed(role) => return not_allowed(site, signed, role),
        StaffError::Store(error) => away(&error, &console.frame),
        StaffError::Unknown
        | StaffError::Taken
        | StaffError::BadName
        | StaffError::NoOffice
        | StaffError::BadPassword(_)
        | StaffError::WrongPassword
        | StaffError::LastAdmin
        | StaffError::Elsewhere
        | StaffError::WrongCode
        | StaffError::CodesRequired => console.frame.away.clone(),
    };
    let heading = &console.audit.heading;
    let sheet = Sheet {
        title: heading,
        section: Section::Audit,
        path: PATH,
        main: html! { h1 { (heading) } (alarm(&why)) },
    };
    (
        StatusCode::SERVICE_UNAVAILABLE,
        frame::draw(site, signed, &sheet),
    )
        .into_response()
}
