//! To be called or written to by a person: the form, what it leads to, and taking it back.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::acts::{admitted, going_on};
use super::forms::{Act, Forms};
use super::human;
use super::outcome::{answered, unread};
use super::refusal::Refusal;
use super::session::Session;
use super::visitor::Visitor;
use crate::desk::{CallBackField, CallBackRefusal, LONGEST_SUBJECT, Promised, Wanted};
use crate::knowledge::{BestTime, CallBackPhrases, EntryId, Knowledge, Language, fill};
use crate::web::CHANNEL;
use crate::web::client::Client;
use crate::web::layout::{self, Sheet};
use crate::web::markdown;
use crate::web::places::Place;
use crate::web::site::Site;

/// Where the form stands on its page.
pub(super) const PLACE: &str = "call-back";

/// What someone has filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    token: String,
    subject: String,
    office: String,
    address: String,
    best_time: String,
}

impl Filled {
    /// What is none of the choices means any time.
    fn best_time(&self) -> BestTime {
        BestTime::from_code(&self.best_time).unwrap_or(BestTime::Anytime)
    }
}

/// That what someone has left is to be deleted.
#[derive(Deserialize)]
pub(super) struct Withdrawn {
    #[serde(default)]
    token: String,
    id: String,
}

/// What is to be mended in the form: where, when it is in one place, and what.
pub(super) struct Mend {
    field: Option<CallBackField>,
    text: String,
}

/// Takes in where someone wants to be called.
pub(super) async fn ask(
    State(site): State<Arc<Site>>,
    client: Client,
    visitor: Visitor,
    form: Result<Form<Filled>, FormRejection>,
) -> Response {
    let Form(filled) = match form {
        Ok(form) => form,
        Err(rejection) => return unread(&site, &visitor, &rejection),
    };
    let taken = visitor
        .may_send(&filled.token)
        .and_then(|()| admitted(&site, client, &filled.subject));
    if let Err(refusal) = taken {
        return refuse(&site, &visitor, refusal, &filled);
    }
    let session = going_on(&site, &visitor);
    // What is no id is no office either.
    let office = match filled.office.as_str() {
        "" => Ok(None),
        id => EntryId::parse(id).map(Some),
    };
    let asked = match office {
        Ok(office) => {
            let wanted = Wanted {
                office,
                address: &filled.address,
                // A browser sends every line break as two characters, and counts it as one.
                subject: &filled.subject.replace("\r\n", "\n"),
                best_time: filled.best_time(),
                language: visitor.language,
            };
            let conversation = session.conversation();
            site.desk
                .ask_call_back(conversation, CHANNEL, &wanted)
                .await
        }
        Err(_) => Err(CallBackRefusal::NoSuchOffice),
    };
    match asked {
        Ok(promised) => done(&site, visitor, session, &promised),
        Err(CallBackRefusal::InNeed(reply)) => {
            answered(&site, visitor, session, String::new(), *reply)
        }
        Err(refusal) => {
            let status = match refusal.field() {
                Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
                None if matches!(refusal, CallBackRefusal::TooMany) => StatusCode::CONFLICT,
                None => StatusCode::SERVICE_UNAVAILABLE,
            };
            let base = site.base();
            let mend = Mend {
                field: refusal.field(),
                text: refusal.text(base.knowledge(), visitor.language),
            };
            let page = human::page(&site, &visitor, &filled, Some(&mend));
            (status, page).into_response()
        }
    }
}

/// Deletes what someone has left.
pub(super) async fn withdraw(
    State(site): State<Arc<Site>>,
    visitor: Visitor,
    form: Result<Form<Withdrawn>, FormRejection>,
) -> Response {
    let Form(withdrawn) = match form {
        Ok(form) => form,
        Err(rejection) => return unread(&site, &visitor, &rejection),
    };
    if let Err(refusal) = visitor.may_send(&withdrawn.token) {
        return refuse(&site, &visitor, refusal, &Filled::default());
    }
    let base = site.base();
    let all = base.knowledge().phrases(visitor.language);
    let phrases = &all.callback;
    let was_there = match &visitor.session {
        Some(session) => {
            let conversation = session.conversation();
            site.desk
                .withdraw_call_back(conversation, &withdrawn.id)
                .await
        }
        None => Ok(false),
    };
    let (status, text) = match was_there {
        Ok(true) => (StatusCode::OK, &phrases.withdrawn_text),
        Ok(false) => (StatusCode::OK, &phrases.withdrawn_nothing),
        Err(error) => {
            tracing::warn!(%error, "a wish to be called could not be taken back");
            (StatusCode::SERVICE_UNAVAILABLE, &all.erase_unavailable)
        }
    };
    let main = html! {
        p .lead { (text) }
        p { a .button.main href=(Place::Talk.path(visitor.language)) { (all.page.go_back) } }
    };
    (
        status,
        sheet(&site, visitor.language, &phrases.withdrawn, &main),
    )
        .into_response()
}

/// The form, with what has been filled in and what is to be mended.
pub(super) fn form(
    knowledge: &Knowledge,
    visitor: &Visitor,
    filled: &Filled,
    mend: Option<&Mend>,
) -> Markup {
    let language = visitor.language;
    let phrases = &knowledge.phrases(language).callback;
    let limit = LONGEST_SUBJECT.to_string();
    let fields = Fields { mend };
    let held = html! {
        div .field {
            label for="call-back-subject" { (phrases.subject) }
            p #call-back-subject-hint .small { (fill(&phrases.subject_hint, &[("limit", &limit)])) }
            (fields.wrong(CallBackField::Subject))
            textarea #call-back-subject name="subject" rows="2" required autocomplete="off"
                aria-describedby=(fields.described(CallBackField::Subject, true))
                aria-invalid=[fields.invalid(CallBackField::Subject)]
                autofocus[fields.invalid(CallBackField::Subject).is_some()] {
                // A browser leaves out a line break that stands first.
                "\n" (filled.subject)
            }
        }
        div .field {
            label for="call-back-address" { (phrases.address) }
            p #call-back-address-hint .small { (phrases.address_hint) }
            (fields.wrong(CallBackField::Address))
            input #call-back-address type="text" name="address" required autocomplete="tel" value=(filled.address)
                aria-describedby=(fields.described(CallBackField::Address, true))
                aria-invalid=[fields.invalid(CallBackField::Address)]
                autofocus[fields.invalid(CallBackField::Address).is_some()];
        }
        div .field {
            label for="call-back-office" { (phrases.office) }
            (fields.wrong(CallBackField::Office))
            select #call-back-office name="office"
                aria-describedby=[fields.invalid(CallBackField::Office).map(|_| fields.described(CallBackField::Office, false))]
                aria-invalid=[fields.invalid(CallBackField::Office)] {
                option value="" { (phrases.office_unknown) }
                @for (id, title) in knowledge.offices(language) {
                    option value=(id) selected[filled.office == id.as_str()] { (title) }
                }
            }
        }
        div .field {
            label for="call-back-time" { (phrases.best_time) }
            select #call-back-time name="best_time" {
                @for time in times() {
                    option value=(time.code()) selected[filled.best_time() == time] { (phrases.times.name(time)) }
                }
            }
        }
        button .main { (phrases.send) }
    };
    html! {
        section #(PLACE) .card.screen {
            h2 { (phrases.heading) }
            p { (phrases.lead) }
            @if let Some(mend) = mend {
                div .note.alarm role="alert" {
                    p { @if mend.field.is_some() { (phrases.mend) } @else { (mend.text) } }
                }
            }
            (forms(visitor).form(Act::CallBack, None, &held))
        }
    }
}

/// What is to be mended, field by field.
struct Fields<'a> {
    mend: Option<&'a Mend>,
}

impl Fields<'_> {
    fn mend(&self, field: CallBackField) -> Option<&Mend> {
        self.mend.filter(|mend| mend.field == Some(field))
    }

    fn invalid(&self, field: CallBackField) -> Option<&'static str> {
        self.mend(field).map(|_| "true")
    }

    /// What is wrong with a field, before it.
    fn wrong(&self, field: CallBackField) -> Markup {
        html! {
            @if let Some(mend) = self.mend(field) {
                p id={ (name(field)) "-wrong" } .note.alarm { (mend.text) }
            }
        }
    }

    /// The ids of what describes a field: what is wrong with it, and its hint.
    fn described(&self, field: CallBackField, has_hint: bool) -> String {
        let wrong = self.mend(field).map(|_| format!("{}-wrong", name(field)));
        let hint = has_hint.then(|| format!("{}-hint", name(field)));
        let both: Vec<String> = [wrong, hint].into_iter().flatten().collect();
        both.join(" ")
    }
}

fn name(field: CallBackField) -> &'static str {
    match field {
        CallBackField::Subject => "call-back-subject",
        CallBackField::Office => "call-back-office",
        CallBackField::Address => "call-back-address",
    }
}

/// The times to choose from; that any will do comes first, and is chosen unless another is.
fn times() -> impl Iterator<Item = BestTime> {
    let others = BestTime::ALL.iter().copied();
    std::iter::once(BestTime::Anytime).chain(others.filter(|time| *time != BestTime::Anytime))
}

fn forms(visitor: &Visitor) -> Forms<'_> {
    Forms {
        language: visitor.language,
        led_in: visitor.language,
        answered_in: visitor.language,
        session: visitor.session.as_ref(),
    }
}

/// The page that says who calls and by when, and how to take it back.
fn done(site: &Site, mut visitor: Visitor, session: Session, promised: &Promised) -> Response {
    let cookie = session.cookie().filter(|_| visitor.session.is_none());
    visitor.session = Some(session);
    let base = site.base();
    let phrases: &CallBackPhrases = &base.knowledge().phrases(visitor.language).callback;
    let held = html! {
        input type="hidden" name="id" value=(promised.id);
        p { (phrases.withdraw_lead) }
        button { (phrases.withdraw) }
    };
    let text = site.desk.promised_text(promised, visitor.language);
    let main = html! {
        div .note role="status" { (markdown::draw(&text)) }
        (forms(&visitor).form(Act::Withdraw, Some("screen"), &held))
    };
    let mut headers = HeaderMap::new();
    if let Some(cookie) = cookie {
        headers.insert(header::SET_COOKIE, cookie);
    }
    (headers, sheet(site, visitor.language, &phrases.done, &main)).into_response()
}

/// Says why something is not taken, with what was filled in.
fn refuse(site: &Site, visitor: &Visitor, refusal: Refusal, filled: &Filled) -> Response {
    let base = site.base();
    let mend = Mend {
        field: None,
        text: refusal.text(base.knowledge().phrases(visitor.language)),
    };
    let page = human::page(site, visitor, filled, Some(&mend));
    (refusal.status(), refusal.headers(), page).into_response()
}

fn sheet(site: &Site, language: Language, title: &str, main: &Markup) -> Markup {
    layout::draw(
        site,
        &Sheet {
            language,
            title: Some(title),
            path: Place::Human.path(language),
            other: Some(Place::Human.path(language.other())),
            head: html! { meta name="robots" content="noindex"; },
            class: "",
            main: html! { div .narrow { h1 { (title) } (main) } },
        },
    )
}
