//! The pages about privacy and accessibility, made of the settings: what is not set, they say has not been stated.

use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};

use super::transcript;
use super::visitor::Visitor;
use crate::config::Compliance;
use crate::desk::COUNTED_FOR;
use crate::knowledge::{Language, PrivacyPhrases, fill};
use crate::web::layout::{self, Sheet};
use crate::web::markdown;
use crate::web::places::Place;
use crate::web::site::Site;

/// What is kept, for how long, and who answers for it.
pub(super) async fn privacy(State(site): State<Arc<Site>>, visitor: Visitor) -> Markup {
    let language = visitor.language;
    let base = site.base();
    let all = base.knowledge().phrases(language);
    let phrases = &all.page.privacy;
    let about = &site.settings.about;
    let code = language.code();
    let minutes = (transcript::SHOWN.as_secs() / 60).to_string();
    let stated = |value: Option<&str>, name: &str, phrase: &str, unstated: &str| match value {
        Some(value) => fill(phrase, &[(name, value)]),
        None => unstated.to_owned(),
    };
    let controller = about.controller.as_ref().map(|w| w.of(code));
    let basis = about.legal_basis.as_ref().map(|w| w.of(code));
    let counts = fill(&phrases.kept_counts, &[("days", &COUNTED_FOR.to_string())]);
    let is_sent = site.desk.sends_to_staff().await;
    let further = [
        &all.idea.privacy_kept,
        &all.callback.privacy_kept,
        &all.reminder.privacy_kept,
        &phrases.kept_acts,
        &counts,
    ];
    let kept = phrases.kept.iter().chain(further);
    let main = html! {
        h1 { (phrases.title) }
        p .lead { (phrases.lead) }
        h2 { (phrases.kept_heading) }
        (points(kept.chain(set_up(&site, is_sent, phrases))))
        h2 { (phrases.never_heading) }
        (points(&phrases.never))
        h2 #time { (phrases.time_heading) }
        p { (phrases.time_lead) }
        (times(&site, phrases, &all.callback.privacy_time))
        p { (all.idea.privacy_time) }
        p { (fill(&phrases.time_transcript, &[("minutes", &minutes)])) }
        p {
            (stated(about.archive_decision.as_deref(), "reference", &phrases.archive, &phrases.archive_unstated))
        }
        h2 #cookies { (phrases.cookie_heading) }
        p { (phrases.cookie) }
        h2 { (phrases.law_heading) }
        p { (stated(controller, "controller", &phrases.controller, &phrases.controller_unstated)) }
        p { (stated(basis, "basis", &phrases.basis, &phrases.basis_unstated)) }
        p {
            @match &about.data_protection {
                Some(mail) => (with_mail(&phrases.officer, "{mail}", mail)),
                None => (phrases.officer_unstated),
            }
        }
        h2 { (phrases.rights_heading) }
        (points(&phrases.rights))
        (markdown::draw(&phrases.complain))
    };
    page(&site, language, Place::Privacy, &phrases.title, &main)
}

/// How well everyone can use the pages.
pub(super) async fn accessibility(State(site): State<Arc<Site>>, visitor: Visitor) -> Markup {
    let language = visitor.language;
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(language).page.accessibility;
    let stated = &site.settings.about.accessibility;
    let status = match stated.status {
        Some(Compliance::Full) => &phrases.full,
        Some(Compliance::Partial) => &phrases.partial,
        Some(Compliance::Not) => &phrases.not,
        None => &phrases.unstated,
    };
    let main = html! {
        h1 { (phrases.title) }
        p .lead { (phrases.lead) }
        h2 { (phrases.status_heading) }
        p { (status) }
        @if !stated.limits.is_empty() || stated.status.is_some() {
            h2 { (phrases.limits_heading) }
            @if stated.limits.is_empty() {
                p { (phrases.no_limits) }
            } @else {
                ul { @for limit in &stated.limits { li { (limit.of(language.code())) } } }
            }
        }
        h2 { (phrases.report_heading) }
        p {
            @match &stated.contact {
                Some(mail) => (with_mail(&phrases.report, "{contact}", mail)),
                None => (fill(&phrases.report_unstated, &[("way_in", &knowledge.way_in(language))])),
            }
        }
        h2 { (phrases.supervision_heading) }
        (markdown::draw(&phrases.supervision))
        h2 { (phrases.test_heading) }
        p {
            @match stated.tested {
                Some(day) => (fill(&phrases.tested, &[("date", &day.to_string())])),
                None => (phrases.untested),
            }
        }
        (points(&phrases.made_so))
    };
    page(&site, language, Place::Accessibility, &phrases.title, &main)
}

fn page(site: &Site, language: Language, place: Place, title: &str, main: &Markup) -> Markup {
    layout::draw(
        site,
        &Sheet {
            language,
            title: Some(title),
            path: place.path(language),
            other: Some(place.path(language.other())),
            head: html! {},
            class: "",
            main: html! { div .narrow { (main) } },
        },
    )
}

fn points<'a>(points: impl IntoIterator<Item = &'a String>) -> Markup {
    html! { ul { @for point in points { li { (point) } } } }
}

/// What is kept only where the municipality has it set up.
fn set_up<'a>(
    site: &Site,
    is_sent: bool,
    phrases: &'a PrivacyPhrases,
) -> impl Iterator<Item = &'a String> {
    let practice = site.desk.practice();
    let points = [
        (practice.is_on_discord, &phrases.kept_discord),
        (practice.tells_staff_on_discord, &phrases.kept_staff_discord),
        (is_sent, &phrases.kept_sent),
    ];
    points
        .into_iter()
        .filter_map(|(is_so, point)| is_so.then_some(point))
}

/// How long each thing is kept.
fn times(site: &Site, phrases: &PrivacyPhrases, call_backs: &str) -> Markup {
    let kept = site.desk.kept();
    let rows = [
        (phrases.time_new.as_str(), kept.new),
        (&phrases.time_assigned, kept.assigned),
        (&phrases.time_answered, kept.answered),
        (&phrases.time_taught, kept.taught),
        (&phrases.time_not_ours, kept.not_ours),
        (&phrases.time_dismissed, kept.dismissed),
        (&phrases.time_conversation, kept.conversations),
        (call_backs, kept.call_backs),
    ];
    let days = |count: u32| match count {
        0 => phrases.no_day.clone(),
        1 => phrases.one_day.clone(),
        many => fill(&phrases.days, &[("days", &many.to_string())]),
    };
    html! {
        table {
            thead { tr { th scope="col" { (phrases.time_what) } th scope="col" { (phrases.time_long) } } }
            tbody {
                @for (what, count) in rows {
                    tr { th scope="row" { (what) } td { (days(count)) } }
                }
            }
        }
    }
}

/// A phrase with a mail address in it, as a link.
fn with_mail(phrase: &str, name: &str, mail: &str) -> Markup {
    let (before, after) = phrase.split_once(name).unwrap_or((phrase, ""));
    html! { (before) a href={ "mailto:" (mail) } { (mail) } (after) }
}
