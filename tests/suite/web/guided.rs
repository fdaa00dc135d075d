//! The guided ways in on the page, as a browser without JavaScript walks them.

use icalendar::{Calendar, CalendarComponent, Component};
use lots::config::WebSettings;
use reqwest::StatusCode;
use reqwest::header::{CACHE_CONTROL, SET_COOKIE};

use super::browser::{Browser, Page};
use super::site::Site;
use crate::stage::{CRISIS, KNOWN, bytes_of, holds, provby};

const NETWORK: &str = "Några som gör något ihop, utan förening";
const IDEA: &str = "En odlingslåda utanför varje port i Kvarnbacken";

/// The button of this label that stands last on a page, and what its form is sent with.
#[track_caller]
fn button<'a>(page: &'a Page, label: &str) -> [(&'static str, &'a str); 2] {
    let end = page.text.rfind(&format!("\">{label}</button>"));
    let end = end.unwrap_or_else(|| panic!("nothing says {label:?}:\n{}", page.text));
    let before = &page.text[..end];
    let code = &before[before.rfind("name=\"code\" value=\"").unwrap()..end];
    let code = code.split('"').nth(3).unwrap();
    let language = &before[before.rfind("name=\"in\" value=\"").unwrap()..];
    [("code", code), ("in", language.split('"').nth(3).unwrap())]
}

/// Presses a button on the page that the browser looks at.
async fn press(browser: &mut Browser, page: &Page, label: &str) -> Page {
    browser
        .send_and_follow("/sv/follow", &button(page, label))
        .await
}

/// The last answer on a page.
fn last(page: &Page) -> &str {
    let last = page.text.rsplit("<article class=\"turn\"").next().unwrap();
    last.split("</article>").next().unwrap()
}

/// Presses that one does not know until everything has been answered.
async fn without_knowing(browser: &mut Browser, mut page: Page) -> Page {
    while last(&page).contains("<fieldset>") {
        page = press(browser, &page, "Vet inte").await;
    }
    page
}

#[tokio::test]
async fn someone_is_led_from_the_start_to_the_grants_that_fit() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let start = browser.open("/sv/").await;
    for way in [
        "Hitta bidrag",
        "Hitta något att göra",
        "Testa en idé",
        "Påverka",
        "Bli uppringd",
    ] {
        button(&start, way);
    }
    let page = press(&mut browser, &start, "Hitta bidrag").await;
    page.says("Det du svarar sparas inte.");
    page.says("<legend><h2>Vem är det som söker?</h2></legend>");
    page.says("Jag är lots");
    let page = press(&mut browser, &page, NETWORK).await;
    page.says(&format!("</span>{NETWORK}</p>"));
    let page = without_knowing(&mut browser, page).await;
    let result = last(&page);
    let [fits, nearly] = ["Det här passar", "Det här är nära"].map(|heading| {
        let at = result.find(&format!("<h2>{heading}</h2>"));
        at.unwrap_or_else(|| panic!("{heading}: {result}"))
    });
    let lovpeng = result.find("<a href=\"/sv/bidrag/lovpeng\">Lovpeng</a>");
    let scenpeng = result.find("<a href=\"/sv/bidrag/scenpeng\">Scenpeng</a>");
    assert!(fits < lovpeng.unwrap() && lovpeng.unwrap() < nearly);
    assert!(nearly < scenpeng.unwrap());
    assert!(result.contains("Bilda en förening först."), "{result}");
    assert!(result.contains("<dt>Belopp</dt>"), "{result}");

    // Whoever goes back is where they were, and what stands there as said is what was pressed.
    let page = press(&mut browser, &page, "Tillbaka").await;
    page.says("</span>Tillbaka</p>");
    assert!(last(&page).contains("<fieldset>"), "{}", page.text);
    // A step that was answered long ago leads on from there.
    let earlier = [("code", "grants.individual"), ("in", "sv")];
    let page = browser.send_and_follow("/sv/follow", &earlier).await;
    page.says("</span>Jag själv</p>");
    let page = without_knowing(&mut browser, page).await;
    let (fitting, _) = last(&page).split_once("<details").unwrap();
    assert!(fitting.contains("/sv/bidrag/scenpeng"), "{}", page.text);
    assert!(!fitting.contains("/sv/bidrag/lovpeng"), "{}", page.text);

    let page = press(&mut browser, &page, "Avsluta").await;
    page.says("Det du sa är borta.");
    for said in ["network", "individual", "utan förening"] {
        assert!(!holds(&bytes_of(site.folder()), said), "{said} is kept");
    }
    site.close().await;
}

#[tokio::test]
async fn what_was_pressed_is_said_by_the_site_and_never_by_the_form() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.open("/sv/").await;
    for code in ["", "castles", "grants.royalty", "<b>", "grants.approved.*"] {
        let page = browser.submit("/sv/follow", &[("code", code)]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{code}");
        page.says("Det finns inte längre.");
    }
    let unread = browser.submit("/sv/follow", &[("text", KNOWN)]).await;
    assert_eq!(unread.status, StatusCode::BAD_REQUEST);
    let forged = [
        ("code", "grants.school"),
        ("said", "<b>hej</b>"),
        ("label", "hej"),
    ];
    let page = browser.send_and_follow("/sv/follow", &forged).await;
    page.says("</span>En skola</p>");

    // It takes the token of the conversation, as every form does.
    let mut other = Browser::new(&site);
    other.take_cookie(browser.cookie());
    let page = other.submit("/sv/follow", &[("code", "grants")]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    other.says = vec![("sec-fetch-site", "cross-site".to_owned())];
    let page = other.submit("/sv/follow", &[("code", "grants")]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    page.says("från en annan webbplats");
    site.close().await;
}

#[tokio::test]
async fn a_link_leads_to_where_a_way_in_begins_and_begins_nothing() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.open("/sv/?vag=grants").await;
    assert!(!page.headers.contains_key(SET_COOKIE));
    page.says("<h1>Hitta bidrag</h1>");
    page.says("href=\"/en/?way=grants\"");
    let page = press(&mut browser, &page, "En skola").await;
    page.says("</span>En skola</p>");
    page.does_not_say("class=\"begin\"");

    // Where it is answered in one's own words, the field is for that; and it stays so when too much was written.
    let mut browser = Browser::new(&site);
    let page = browser.open("/en/?way=idea").await;
    page.says("<input type=\"hidden\" name=\"way\" value=\"idea\">");
    let long = format!("{IDEA} {}", "och en till ".repeat(200));
    let long = [("text", long.as_str()), ("way", "idea")];
    let refused = browser.submit("/en/ask", &long).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    refused.says("name=\"way\" value=\"idea\"");
    let said = [("text", IDEA), ("way", "idea")];
    let page = browser.send_and_follow("/en/ask", &said).await;
    page.says("Who is it for?");
    page.says("I am lots");

    for nothing in ["/sv/?vag=castles", "/sv/?vag="] {
        browser = Browser::new(&site);
        browser.open(nothing).await.says("Hej, vad undrar du?");
    }
    site.close().await;
}

#[tokio::test]
async fn whoever_types_is_led_too_and_a_question_in_between_is_answered() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.ask("hitta bidrag").await;
    page.says("Vem är det som söker?");
    let page = browser.send_and_follow("/sv/ask", &[("text", KNOWN)]).await;
    let answer = last(&page);
    assert!(answer.contains("Lovpeng är pengar"), "{answer}");
    assert!(answer.contains("Vem är det som söker?"), "{answer}");
    let page = browser
        .send_and_follow("/sv/ask", &[("text", "en skola")])
        .await;
    assert!(!last(&page).contains("<h2>Vem är det som söker?"));
    let page = browser
        .send_and_follow("/sv/ask", &[("text", CRISIS)])
        .await;
    assert!(last(&page).contains("class=\"crisis\""));
    site.close().await;
}

#[tokio::test]
async fn the_step_is_asked_in_the_language_that_the_page_has_since() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.open("/sv/").await;
    press(&mut browser, &page, "Hitta bidrag").await;
    let page = browser.open("/en/").await;
    let step = last(&page);
    assert!(step.contains("Who is applying?"), "{step}");
    assert!(step.contains("lang=\"en\""), "{step}");
    let pressed = button(&page, "A school");
    assert_eq!(pressed, [("code", "grants.school"), ("in", "en")]);
    let page = browser.send_and_follow("/en/follow", &pressed).await;
    page.says("</span>A school</p>");
    assert!(last(&page).contains("lang=\"en\""), "{}", page.text);
    site.close().await;
}

#[tokio::test]
async fn a_result_can_be_taken_along_on_paper_and_in_a_calendar() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let taken = "/sv/vagen?code=grants.network.-.-.-.later";
    let page = browser.open(taken).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.headers[CACHE_CONTROL], "no-store");
    assert!(!page.headers.contains_key(SET_COOKIE));
    page.says("<meta name=\"robots\" content=\"noindex\">");
    page.says("<h1>Hitta bidrag</h1>");
    page.says(&format!("Provby kommun, {}", day(&site)));
    page.says("<a href=\"/sv/bidrag/lovpeng\">Lovpeng</a>");
    page.says("tel:0846500400");
    page.says("href=\"/en/way?code=grants.network.-.-.-.later\"");
    page.does_not_say("action=\"/sv/follow\"");

    let dates = page.between("href=\"/sv/vagen.ics", "\"").to_owned();
    let file = browser.open(&format!("/sv/vagen.ics{dates}")).await;
    assert_eq!(file.headers[CACHE_CONTROL], "no-store");
    assert_eq!(file.headers["x-robots-tag"], "noindex");
    let calendar: Calendar = file.text.parse().unwrap();
    let days = calendar.components.iter().filter_map(|c| match c {
        CalendarComponent::Event(event) => event.get_url(),
        _ => None,
    });
    let days: Vec<&str> = days.collect();
    assert!(days.len() >= 4, "two a year, for two years: {days:?}");
    assert!(days.iter().all(|url| url.ends_with("/sv/bidrag/lovpeng")));

    for path in ["/sv/vagen", "/sv/vagen?code=castles", "/en/way.ics?code=x"] {
        let page = browser.open(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        page.does_not_say("castles");
    }
    // Not all has been answered, and an idea that nobody here remembers.
    for (path, begin) in [
        ("/en/way?code=grants.network", "/en/?way=grants"),
        ("/sv/vagen?code=idea.*.young.money.alone", "/sv/?vag=idea"),
        (
            "/sv/vagen?code=call.*.offices/kundcenter.morning.*",
            "/sv/?vag=call",
        ),
    ] {
        let page = browser.open(path).await;
        assert_eq!(page.status, StatusCode::GONE, "{path}");
        page.says(&format!("href=\"{begin}\""));
    }
    site.close().await;
}

#[tokio::test]
async fn the_plan_for_an_idea_is_shown_to_whoever_wrote_it_and_to_nobody_else() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.ask("testa en idé").await;
    browser.send_and_follow("/sv/ask", &[("text", IDEA)]).await;
    let said = [("text", "alla")];
    browser.send_and_follow("/sv/ask", &said).await;
    let said = [("text", "pengar och lokal")];
    let page = browser.send_and_follow("/sv/ask", &said).await;
    let page = press(&mut browser, &page, "Bara jag än så länge").await;
    let plan = last(&page).to_owned();
    assert!(plan.contains(IDEA), "{plan}");
    assert!(plan.contains("<h2>Pengar att söka</h2>"), "{plan}");
    let (_, path) = plan.split_once("href=\"/sv/vagen?").unwrap();
    let path = format!("/sv/vagen?{}", path.split('"').next().unwrap());
    assert!(!path.contains("Kvarnbacken"), "{path}");
    let page = browser.open(&path).await;
    page.says("<h1>Min plan</h1>");
    page.says(IDEA);
    page.does_not_say("action=\"/sv/follow\"");
    let elsewhere = Browser::new(&site).open(&path).await;
    assert_eq!(elsewhere.status, StatusCode::GONE);
    elsewhere.does_not_say("Kvarnbacken");
    assert!(!holds(&bytes_of(site.folder()), "Kvarnbacken"));
    site.close().await;
}

#[tokio::test]
async fn an_entry_leads_into_the_ways_in_that_go_with_it() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.open("/sv/bidrag/lovpeng").await;
    page.says("<a class=\"button\" href=\"/sv/?vag=grants\">Hitta bidrag</a>");
    let page = browser.open("/en/grants/scenpeng").await;
    page.does_not_say("?way=");
    let page = browser.ask(KNOWN).await;
    button(&page, "Hitta bidrag");
    site.close().await;
}

#[tokio::test]
async fn each_client_presses_only_so_often() {
    let settings = WebSettings {
        rate: 2,
        ..WebSettings::default()
    };
    let site = Site::with(provby(), settings).await;
    let mut browser = Browser::new(&site);
    browser.open("/sv/").await;
    let pressed = [("code", "grants")];
    browser.send_and_follow("/sv/follow", &pressed).await;
    browser.send_and_follow("/sv/follow", &pressed).await;
    let refused = browser.submit("/sv/follow", &pressed).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    site.close().await;
}

/// Today as the page says it.
fn day(site: &Site) -> String {
    let base = site.desk().library().current();
    let phrases = base.knowledge().phrases(lots::knowledge::Language::Swedish);
    phrases.date(site.desk().local_time().0)
}
