//! The pages of the entries, and the lists of them.

use lots::config::WebSettings;
use lots::desk::{Origin, open};
use reqwest::redirect::Policy;

use super::html::Page;
use super::site::{HOME, Site, at_home};
use crate::stage::{copy, provby_folder};

#[tokio::test]
async fn an_entry_has_a_page_with_all_that_is_known_of_it() {
    let site = Site::open().await;
    let page = Page::get(&site, "/sv/bidrag/lovpeng").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.attribute("html", "lang"), ["sv"]);
    assert_eq!(page.texts("h1"), ["Lovpeng"]);
    for part in [
        "bidrag till lovaktiviteter",
        "Uppgifterna är från 2021 och kan ha ändrats.",
        "Lovpeng är pengar till föreningar och nätverk",
        "Aktiviteten är gratis och öppen för alla barn.",
        "högst 15 000 kr",
        "Texten gicks igenom 2 november 2026.",
        "Regler för lovpeng",
    ] {
        assert!(
            page.text().contains(part),
            "{part:?} is not there: {}",
            page.text()
        );
    }
    let headings = page.texts("h2");
    for heading in [
        "Vem kan söka",
        "Krav",
        "Så gör ni",
        "När",
        "Belopp",
        "Kontakt",
    ] {
        assert!(
            headings.iter().any(|h| h == heading),
            "{heading}: {headings:?}"
        );
    }
    let links = page.links();
    for link in [
        "/sv/",
        "/sv/lista",
        "/sv/bidrag/",
        "/sv/?about=grants/lovpeng",
        "/sv/bidrag/lovpeng.ics",
        "/sv/guider/lana-lokal",
        "/sv/forvaltningar/kundcenter",
    ] {
        assert!(links.iter().any(|l| l == link), "{link}: {links:?}");
    }
    for scheme in ["tel:", "mailto:"] {
        assert!(links.iter().any(|l| l.starts_with(scheme)), "{links:?}");
    }
    site.close().await;
}

#[tokio::test]
async fn someone_in_need_reads_the_number_of_a_help_line_first() {
    let site = Site::open().await;
    let page = Page::get(&site, "/sv/stodlinjer/112").await;
    let number = page.body.find("href=\"tel:112\"").unwrap();
    let text = page.body.find("class=\"prose\"").unwrap();
    assert!(number < text, "{}", page.body);
    site.close().await;
}

#[tokio::test]
async fn an_office_says_what_it_answers_for() {
    let site = Site::open().await;
    let page = Page::get(&site, "/en/offices/kundcenter").await;
    let links = page.links();
    assert!(links.iter().any(|l| l == "/en/grants/lovpeng"), "{links:?}");
    site.close().await;
}

#[tokio::test]
async fn an_entry_that_is_written_in_one_language_is_shown_in_it_and_found_there() {
    let folder = tempfile::tempdir().unwrap();
    copy(&provby_folder(), folder.path());
    std::fs::remove_file(folder.path().join("grants/scenpeng.en.md")).unwrap();
    let base = open(&Origin::Folder(folder.path().to_owned())).unwrap();
    let site = Site::with(base, at_home()).await;
    let page = Page::get(&site, "/en/grants/scenpeng").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.attribute("html", "lang"), ["sv"]);
    assert!(
        page.text()
            .contains("This text is only written in Swedish.")
    );
    let own = format!("{HOME}/sv/bidrag/scenpeng");
    assert_eq!(page.rel("canonical"), [own.as_str()]);
    assert_eq!(
        page.alternates().keys().collect::<Vec<_>>(),
        ["sv", "x-default"]
    );
    // In a list it leads to where it is written, and says in which language.
    let list = Page::get(&site, "/en/grants/").await;
    assert!(list.links().iter().any(|l| l == "/sv/bidrag/scenpeng"));
    assert!(list.body.contains("<li lang=\"sv\">"), "{}", list.body);
    site.close().await;
}

#[tokio::test]
async fn what_has_ended_is_last_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    copy(&provby_folder(), folder.path());
    let grant = folder.path().join("grants/lovpeng.md");
    let text = std::fs::read_to_string(&grant).unwrap();
    std::fs::write(
        &grant,
        text.replace("standing = \"confirm\"", "standing = \"ended\""),
    )
    .unwrap();
    let base = open(&Origin::Folder(folder.path().to_owned())).unwrap();
    let site = Site::with(base, WebSettings::default()).await;
    let list = Page::get(&site, "/sv/bidrag/").await;
    let (ended, other) = (
        list.text().find("Lovpeng").unwrap(),
        list.text().find("Scenpeng").unwrap(),
    );
    assert!(
        ended > other && list.text().contains("(Upphört)"),
        "{}",
        list.text()
    );
    let page = Page::get(&site, "/sv/bidrag/lovpeng").await;
    assert!(page.text().contains("Det här har upphört."));
    assert_eq!(
        reqwest::get(site.url("/sv/bidrag/lovpeng.ics"))
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
            .matches("BEGIN:VEVENT")
            .count(),
        0
    );
    site.close().await;
}

#[tokio::test]
async fn a_name_that_is_not_there_leads_to_those_that_are_near() {
    let site = Site::open().await;
    for (path, near) in [
        ("/sv/bidrag/lovpang", "/sv/bidrag/lovpeng"),
        ("/sv/bidrag/LOVPENG", "/sv/bidrag/lovpeng"),
        ("/sv/guider/lovpeng", "/sv/bidrag/lovpeng"),
        ("/en/grants/lovpeng-2025", "/en/grants/lovpeng"),
        (
            "/sv/forvaltningar/kundcentrum",
            "/sv/forvaltningar/kundcenter",
        ),
    ] {
        let page = Page::get(&site, path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(
            page.links().iter().any(|l| l == near),
            "{path}: {:?}",
            page.links()
        );
        assert_eq!(page.robots(), ["noindex"]);
    }
    let nowhere = Page::get(&site, "/sv/bidrag/zzzzzzzz").await;
    assert_eq!(nowhere.status, 404);
    assert!(!nowhere.text().contains("menade"), "{}", nowhere.text());
    site.close().await;
}

#[tokio::test]
async fn hostile_names_are_no_names() {
    let site = Site::with(open(&Origin::Folder(provby_folder())).unwrap(), at_home()).await;
    let client = reqwest::Client::builder()
        .redirect(Policy::none())
        .build()
        .unwrap();
    for name in [
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "..%2F..%2Fetc%2Fpasswd",
        "%2e%2e%2fmunicipality.toml",
        "lovpeng%00",
        "lovpeng%0d%0aSet-Cookie:%20a=b",
        "lovpeng.md",
        "lovpeng.ics.ics",
        "%22%20onload=alert(1)%20x=%22",
        "'%20OR%20'1'='1",
        "%F0%9F%92%A9",
        "%FF%FE",
        &"a".repeat(5_000),
    ] {
        for path in ["/sv/bidrag/", "/en/grants/", "/sv/grants/"] {
            let answer = client
                .get(site.url(&format!("{path}{name}")))
                .send()
                .await
                .unwrap();
            let status = answer.status().as_u16();
            assert!([308, 400, 404].contains(&status), "{name}: {status}");
            assert!(answer.headers().get("set-cookie").is_none());
            if status == 308 {
                let to = answer.headers()["location"].to_str().unwrap();
                assert!(to.starts_with("/sv/bidrag/") && !to.contains("//"), "{to}");
            }
            let body = answer.text().await.unwrap();
            for part in ["<script>alert", "onload=alert(1) x=\"", "root:"] {
                assert!(!body.contains(part), "{name}: {body}");
            }
        }
    }
    site.close().await;
}

#[tokio::test]
async fn an_address_in_the_other_language_or_without_its_slash_leads_on() {
    let site = Site::open().await;
    for (path, lands) in [
        ("/sv/bidrag", "/sv/bidrag/"),
        ("/en/grants", "/en/grants/"),
        ("/sv/grants/", "/sv/bidrag/"),
        ("/en/bidrag/lovpeng", "/en/grants/lovpeng"),
        ("/sv/grants/lovpeng.ics", "/sv/bidrag/lovpeng.ics"),
    ] {
        let answer = reqwest::get(site.url(path)).await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), answer.url().path()),
            (200, lands),
            "{path}"
        );
    }
    site.close().await;
}

#[tokio::test]
async fn a_list_has_every_entry_of_its_kind_with_its_first_sentence() {
    let site = Site::open().await;
    let page = Page::get(&site, "/sv/bidrag/").await;
    assert_eq!(page.texts("h1"), ["Bidrag och stöd"]);
    for part in [
        "Lovpeng",
        "Scenpeng",
        "Scenpeng är pengar till den som ordnar konsert, teater eller dans för en publik.",
    ] {
        assert!(page.text().contains(part), "{}", page.text());
    }
    assert!(
        !page.text().contains("Ni söker när som helst på året."),
        "only the first"
    );
    let all = Page::get(&site, "/en/browse").await;
    for path in [
        "/en/grants/lovpeng",
        "/en/guides/lana-lokal",
        "/en/helplines/112",
        "/en/offices/",
        "/calendar.ics",
    ] {
        assert!(
            all.links().iter().any(|l| l == path),
            "{path}: {:?}",
            all.links()
        );
    }
    site.close().await;
}
