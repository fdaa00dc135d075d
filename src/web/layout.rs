//! What stands around every page: its head, the way to everything else, and what is printed with it.

use maud::{DOCTYPE, Markup, html};

use super::assets::Asset;
use super::drawings;
use super::places::Place;
use super::site::Site;
use crate::knowledge::{Language, fill};

/// A page, and what its head says of it.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// The language it is written in.
    pub(super) language: Language,
    /// What it is called, before the name of the site.
    pub(super) title: Option<&'a str>,
    /// Its own path.
    pub(super) path: &'a str,
    /// The path of the same page in the other language; `None` when there is none.
    pub(super) other: Option<&'a str>,
    /// What its head holds beside what every head holds: `link`, `meta` and data.
    pub(super) head: Markup,
    /// A class for what looks different on it; empty for none.
    pub(super) class: &'a str,
    /// What stands in its middle.
    pub(super) main: Markup,
}

/// A whole page.
pub(super) fn draw(site: &Site, sheet: &Sheet<'_>) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(sheet.language).page;
    let name = fill(
        &phrases.title,
        &[("municipality", &knowledge.municipality().name)],
    );
    html! {
        (DOCTYPE)
        html lang=(sheet.language.code()) {
            (head(sheet.title, &name, html! {
                script src=(Asset::Script.address()) defer {}
                (sheet.head)
            }))
            body class=[(!sheet.class.is_empty()).then_some(sheet.class)] {
                a .skip href="#main" { (phrases.skip) }
                (top(site, sheet, &name))
                @if site.desk.is_resting() {
                    p .note.caution.resting role="status" { (site.desk.resting_notice(sheet.language)) }
                }
                main #main tabindex="-1" { (sheet.main) }
                (foot(site, sheet))
            }
        }
    }
}

/// The head of a page: what it is called on what site, and what its own head holds beside what every head holds.
pub(super) fn head(title: Option<&str>, name: &str, more: Markup) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title {
                @if let Some(title) = title { (title) " – " }
                (name)
            }
            link rel="stylesheet" href=(Asset::Style.address());
            link rel="icon" type="image/svg+xml" href=(Asset::Icon.address());
            meta name="theme-color" media="(prefers-color-scheme: light)" content="#f6f3ec";
            meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0f1a1e";
            (more)
        }
    }
}

fn top(site: &Site, sheet: &Sheet<'_>, name: &str) -> Markup {
    let language = sheet.language;
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).page;
    let other = language.other();
    let link = |place: Place, class: Option<&str>, text: &str| {
        let path = place.path(language);
        html! { a class=[class] href=(path) aria-current=[(sheet.path == path).then_some("page")] { (text) } }
    };
    html! {
        header .top {
            div .wide {
                a .brand href=(Place::Talk.path(language)) {
                    (drawings::mark())
                    span { (name) }
                }
                @if let Some(path) = sheet.other {
                    a .tongue href=(path) lang=(other.code()) hreflang=(other.code()) rel="alternate" {
                        (phrases.other_language)
                    }
                }
                nav aria-label=(phrases.nav_label) {
                    ul .plain {
                        li { (link(Place::Browse, None, &phrases.browse_link)) }
                        li { (link(Place::Human, Some("person"), &phrases.human_link)) }
                    }
                }
            }
        }
    }
}

fn foot(site: &Site, sheet: &Sheet<'_>) -> Markup {
    let language = sheet.language;
    let base = site.base();
    let knowledge = base.knowledge();
    let municipality = knowledge.municipality();
    let all = knowledge.phrases(language);
    let phrases = &all.page;
    let mut links = vec![
        (Place::Receipt, &phrases.receipt_link),
        (Place::Privacy, &phrases.privacy.title),
        (Place::Accessibility, &phrases.accessibility.title),
    ];
    if site.settings.open_data {
        links.push((Place::OpenData, &all.open_data.title));
    }
    let (today, _) = site.desk.local_time();
    let printed = fill(
        &phrases.printed,
        &[
            ("date", &today.to_string()),
            ("address", &site.address(sheet.path)),
        ],
    );
    html! {
        footer .foot {
            div .wide {
                div {
                    p { (phrases.foot) }
                    @if !municipality.adopted {
                        p { (fill(&all.unofficial, &[("municipality", &municipality.name)])) }
                    }
                    p .printed { (printed) }
                }
                nav aria-label=(phrases.foot_label) {
                    ul .plain {
                        @for (place, text) in links {
                            @let path = place.path(language);
                            li { a href=(path) aria-current=[(sheet.path == path).then_some("page")] { (text) } }
                        }
                    }
                }
            }
        }
    }
}
