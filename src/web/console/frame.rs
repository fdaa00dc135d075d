//! What stands around every page of the console: the sections, who is signed in, and the way out.

use maud::{DOCTYPE, Markup, html};

use super::parts::token;
use super::section::{Section, home};
use super::signed_in::SignedIn;
use crate::knowledge::{FramePhrases, Language, fill};
use crate::web::assets::Asset;
use crate::web::site::Site;
use crate::web::{drawings, layout};

/// A page of the console.
pub(super) struct Sheet<'a> {
    /// What it is called, before the name of the console.
    pub(super) title: &'a str,
    /// The section it belongs to.
    pub(super) section: Section,
    /// Its own path after the console's, such as `accounts/new`: where it is found in the other language.
    pub(super) path: &'a str,
    /// What stands in its middle.
    pub(super) main: Markup,
}

/// A whole page for someone who is signed in.
pub(super) fn draw(site: &Site, signed: &SignedIn, sheet: &Sheet<'_>) -> Markup {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.frame;
    let around = html! {
        (sections(signed, sheet.section, phrases))
        (own(signed, sheet.section, phrases))
    };
    let more = html! {};
    whole(
        site,
        signed.language,
        (sheet.title, sheet.path),
        &more,
        &around,
        &sheet.main,
    )
}

/// A whole page for someone who is not signed in, or of whom that is not known.
pub(super) fn outside(
    site: &Site,
    language: Language,
    title: &str,
    path: &str,
    main: &Markup,
) -> Markup {
    let none = html! {};
    whole(site, language, (title, path), &none, &none, main)
}

/// The same, of a page that leads on by itself.
pub(super) fn leading(
    site: &Site,
    language: Language,
    title: &str,
    to: &str,
    main: &Markup,
) -> Markup {
    let more = html! { meta http-equiv="refresh" content={ "0;url=" (to) }; };
    whole(site, language, (title, ""), &more, &html! {}, main)
}

fn whole(
    site: &Site,
    language: Language,
    (title, path): (&str, &str),
    more: &Markup,
    around: &Markup,
    main: &Markup,
) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = knowledge.phrases(language);
    let municipality = &knowledge.municipality().name;
    let name = fill(
        &phrases.console.frame.title,
        &[("municipality", municipality)],
    );
    let more = html! {
        link rel="stylesheet" href=(Asset::Console.address());
        meta name="robots" content="noindex, nofollow";
        (more)
    };
    let other = language.other();
    html! {
        (DOCTYPE)
        html lang=(language.code()) {
            (layout::head(Some(title), &name, more))
            body .console {
                a .skip href="#main" { (phrases.page.skip) }
                header .bar {
                    div .across {
                        a .brand href=(home(language)) { (drawings::mark()) span { (name) } }
                        (around)
                        a .tongue href={ (home(other)) "/" (path) } lang=(other.code()) hreflang=(other.code()) {
                            (phrases.page.other_language)
                        }
                    }
                }
                @if site.desk.is_resting() {
                    p .note.alarm.resting role="status" { (phrases.console.settings.banner) }
                }
                main #main tabindex="-1" { div .across { (main) } }
            }
        }
    }
}

fn sections(signed: &SignedIn, current: Section, phrases: &FramePhrases) -> Markup {
    let seen = |section: &Section| signed.staff.role() >= section.role();
    html! {
        nav .sections aria-label=(phrases.nav) {
            ul .plain {
                @for section in Section::ROW.into_iter().filter(seen) {
                    li {
                        a href={ (home(signed.language)) "/" (section.path()) }
                            aria-current=[(section == current).then_some("page")] { (section.name(phrases)) }
                    }
                }
            }
        }
    }
}

/// One's own account, and the way out.
fn own(signed: &SignedIn, current: Section, phrases: &FramePhrases) -> Markup {
    let home = home(signed.language);
    let section = Section::Account;
    html! {
        div .own {
            a href={ (home) "/" (section.path()) } aria-current=[(section == current).then_some("page")] {
                span .spoken { (section.name(phrases)) " " }
                (signed.staff.name()) " "
                span .badge { (phrases.role(signed.staff.role().code())) }
            }
            form method="post" action={ (home) "/sign-out" } {
                (token(signed))
                button .quiet { (phrases.sign_out) }
            }
        }
    }
}
