//! How answers look, and that nothing that anyone writes is more than text.

use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE};

use super::browser::{Browser, Page};
use super::site::Site;
use crate::stage::{CRISIS, KNOWN, ROUTED, TODAY, UNKNOWN, provby};

/// What people try, and what programs try.
const INJECTIONS: [&str; 9] = [
    "<script>alert(1)</script> Vad är lovpeng?",
    "\"><img src=x onerror=alert(1)> lovpeng",
    "</textarea><svg/onload=alert(1)>",
    "'; drop table question; --",
    "lovpeng\r\nSet-Cookie: a=b\r\n\r\n<b>",
    "[klicka](javascript:alert(1)) katter på månen",
    "{{7*7}} ${7*7} <%= 7*7 %> katter på månen",
    "\u{202e}gnepvol\u{0000} katter",
    "&lt;b&gt; &amp;amp; katter på månen",
];

#[tokio::test]
async fn whatever_is_written_is_shown_as_text_and_nothing_else() {
    let site = Site::open().await;
    for text in INJECTIONS {
        let mut browser = Browser::new(&site);
        let page = browser.ask(text).await;
        let said = page.between("<p class=\"said\">", "</p>");
        let said = said.split_once("</span>").unwrap().1;
        let expected = text.replace("\r\n", "\n").replace('&', "&amp;");
        let expected = expected
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;");
        assert_eq!(said, expected);
        is_closed(&page);
        assert!(
            !page.text.contains("javascript:alert(1)\""),
            "{}",
            page.text
        );
        assert!(!page.headers.contains_key("a"));
    }
    assert!(
        site.desk().questions(None, 50).await.is_ok(),
        "the table is still there"
    );
    site.close().await;
}

#[tokio::test]
async fn no_page_holds_a_style_or_a_script_of_its_own() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    for question in [KNOWN, ROUTED, UNKNOWN, "bidrag", CRISIS, "hej"] {
        is_closed(&browser.ask(question).await);
    }
    for path in [
        "/sv/?ung",
        "/en/?about=grants/lovpeng",
        "/sv/kvitto?code=hej",
        "/sv/?vag=people",
        "/en/way?code=grants.network.-.-.-.later",
        "/sv/vagen?code=idea.*._._.alone",
        "/en/human",
        "/sv/om/integritet",
        "/en/about/accessibility",
        "/sv/borta",
        "/en/ask",
    ] {
        is_closed(&browser.open(path).await);
    }
    site.close().await;
}

/// Holds a page to having everything from files of ours: no style, no script and no handler stands in it.
#[track_caller]
fn is_closed(page: &Page) {
    let tags = page
        .text
        .split('<')
        .skip(1)
        .map(|t| t.split('>').next().unwrap());
    for tag in tags {
        let name = tag.split([' ', '/']).next().unwrap();
        assert!(
            !matches!(name, "style" | "iframe" | "object" | "base"),
            "<{tag}>"
        );
        let attributes: Vec<&str> = tag
            .split('"')
            .step_by(2)
            .flat_map(str::split_whitespace)
            .collect();
        let is_handler =
            |a: &&str| a.starts_with("style=") || (a.starts_with("on") && a.contains('='));
        assert!(!attributes.iter().any(is_handler), "<{tag}>");
        if name == "script" {
            assert!(tag.contains("src=\"/assets/"), "<{tag}>");
        }
        for source in ["src=\"", "href=\""] {
            let Some((_, rest)) = tag.split_once(source) else {
                continue;
            };
            let is_loaded = matches!(name, "script" | "img" | "link");
            assert!(!is_loaded || rest.starts_with('/'), "<{tag}>");
        }
    }
}

#[tokio::test]
async fn answers_are_drawn_with_every_block() {
    // A Monday morning, when the office is open.
    let site = Site::at_time(provby(), TODAY.at(9, 30, 0, 0)).await;
    for (name, question) in [
        ("answer", "Vad är lovpeng och när söker man det?"),
        ("choice", "bidrag"),
        ("route", ROUTED),
        ("unknown", UNKNOWN),
        ("crisis", CRISIS),
    ] {
        let mut browser = Browser::new(&site);
        browser.says.push(("lots-piece", "1".to_owned()));
        browser.open("/sv/").await;
        let piece = browser.submit("/sv/ask", &[("text", question)]).await;
        let settings = snapshots();
        settings.bind(|| insta::assert_snapshot!(name, piece.text.replace("><", ">\n<")));
    }
    site.close().await;
}

#[tokio::test]
async fn a_guided_way_in_is_drawn_step_by_step_and_in_what_it_leads_to() {
    let site = Site::open().await;
    for (name, code) in [
        ("step", "grants"),
        ("own-words", "idea"),
        ("result", "grants.network.-.-.-.later"),
    ] {
        let mut browser = Browser::new(&site);
        browser.says.push(("lots-piece", "1".to_owned()));
        browser.open("/sv/").await;
        let piece = browser.submit("/sv/follow", &[("code", code)]).await;
        is_closed(&piece);
        let settings = snapshots();
        settings.bind(|| insta::assert_snapshot!(name, piece.text.replace("><", ">\n<")));
    }
    site.close().await;
}

/// What differs from run to run stands in a snapshot by what it is.
fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("drawn");
    settings.add_filter("[0-9A-Z]{4}-[0-9A-Z]{3}", "[receipt]");
    settings.add_filter("value=\"[0-9a-f]{32}\"", "value=\"[token]\"");
    settings.add_filter(r"\(\d+ dagar kvar\)", "([days] dagar kvar)");
    settings.add_filter(
        r"\d+ dagar kvar, sista dag \d+ \w+ \d+",
        "[days] dagar kvar, sista dag [day]",
    );
    settings.add_filter(r"\d+ \w+ \d{4} om samma dag", "[day] om samma dag");
    settings.add_filter("Texten skulle ha setts över.*?stämmer\\.", "[overdue]");
    settings
}

#[tokio::test]
async fn files_are_kept_for_as_long_as_they_are_what_they_were() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.open("/sv/").await;
    for (before, media) in [
        (
            "<link rel=\"stylesheet\" href=\"",
            "text/css; charset=utf-8",
        ),
        ("<script src=\"", "text/javascript; charset=utf-8"),
        (
            "<link rel=\"icon\" type=\"image/svg+xml\" href=\"",
            "image/svg+xml",
        ),
    ] {
        let path = page.between(before, "\"").to_owned();
        let file = browser.open(&path).await;
        assert_eq!(
            (file.status.as_u16(), &file.headers[CONTENT_TYPE]),
            (200, &media.parse().unwrap()),
            "{path}"
        );
        assert!(
            file.headers[CACHE_CONTROL]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        assert_eq!(file.headers["x-content-type-options"], "nosniff");

        // A page that an earlier program has drawn asks for an earlier hash.
        let mut parts: Vec<&str> = path.split('.').collect();
        parts[1] = "0011223344556677";
        let earlier = browser.open(&parts.join(".")).await;
        assert_eq!(earlier.text, file.text);
        assert_eq!(earlier.headers[CACHE_CONTROL], "no-cache");
    }
    for path in [
        "/assets/",
        "/assets/style",
        "/assets/..%2fCargo.toml",
        "/assets/mod.rs",
    ] {
        assert_eq!(browser.open(path).await.status, 404, "{path}");
    }
    site.close().await;
}
