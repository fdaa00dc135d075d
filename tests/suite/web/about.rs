//! The pages about privacy, accessibility and people, and what they are made of.

use lots::config::{AboutSettings, AccessibilitySettings, Compliance, WebSettings, Wording};

use lots::desk::{Desk, KeptDays, Practice, SubscriptionForm};

use super::browser::Browser;
use super::site::Site;
use crate::stage::provby;

#[tokio::test]
async fn what_is_not_set_is_said_not_to_be_stated() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.open("/sv/om/integritet").await;
    for part in [
        "Kommunen har inte angett vem som är personuppgiftsansvarig än.",
        "Kommunen har inte angett vilken rättslig grund",
        "Kommunen har inte angett hur du når dataskyddsombudet än.",
        "Kommunen har inte angett något beslut om gallring än.",
    ] {
        page.says(part);
    }
    let page = browser.open("/en/about/accessibility").await;
    page.says("has not yet stated how well lots meets the requirements");
    page.says("has not yet stated when the site was last tested");
    page.says("Get in touch with the municipality: ");
    site.close().await;
}

#[tokio::test]
async fn what_is_set_is_stated() {
    let both = |sv: &str, en: &str| Wording::Each {
        sv: sv.to_owned(),
        en: en.to_owned(),
    };
    let about = AboutSettings {
        controller: Some(Wording::Same("Kommunstyrelsen i Provby".to_owned())),
        legal_basis: Some(both(
            "Uppgift av allmänt intresse <1>",
            "A task of public interest",
        )),
        data_protection: Some("dataskydd@provby.example".to_owned()),
        archive_decision: Some("KS 2026/17".to_owned()),
        accessibility: AccessibilitySettings {
            status: Some(Compliance::Partial),
            tested: Some(jiff::civil::date(2026, 11, 20)),
            contact: Some("webb@provby.example".to_owned()),
            limits: vec![both(
                "Kartan går inte att läsa upp.",
                "The map cannot be read out.",
            )],
        },
    };
    let settings = WebSettings {
        about,
        ..WebSettings::default()
    };
    let site = Site::with(provby(), settings).await;
    let mut browser = Browser::new(&site);
    let privacy = browser.open("/sv/om/integritet").await;
    for part in [
        "Personuppgiftsansvarig är Kommunstyrelsen i Provby.",
        "Uppgift av allmänt intresse &lt;1&gt;",
        "<a href=\"mailto:dataskydd@provby.example\">dataskydd@provby.example</a>",
        "KS 2026/17",
        "180 dagar",
        "7 dagar",
        "i högst 60 minuter",
    ] {
        privacy.says(part);
    }
    browser
        .open("/en/about/privacy")
        .await
        .says("A task of public interest");
    let accessibility = browser.open("/sv/om/tillganglighet").await;
    for part in [
        "uppfyller inte alla krav",
        "Kartan går inte att läsa upp.",
        "<a href=\"mailto:webb@provby.example\">",
        "2026-11-20",
        "https://www.digg.se/",
    ] {
        accessibility.says(part);
    }
    browser
        .open("/en/about/accessibility")
        .await
        .says("The map cannot be read out.");
    site.close().await;
}

#[tokio::test]
async fn what_is_said_to_be_kept_is_what_is_set_up() {
    const ON_DISCORD: &str = "På Discord: inget namn och inget användar-id";
    const TO_STAFF: &str = "i en egen kanal på Discord";
    const SENT: &str = "skickas till kommunens medarbetare";
    for (is_on_discord, tells_staff_on_discord) in [(false, false), (true, false), (true, true)] {
        let site = Site::practising(Practice {
            is_on_discord,
            tells_staff_on_discord,
            ..Practice::default()
        })
        .await;
        let mut browser = Browser::new(&site);
        let page = browser.open("/sv/om/integritet").await;
        for (part, is_said) in [
            (ON_DISCORD, is_on_discord),
            (TO_STAFF, tells_staff_on_discord),
        ] {
            match is_said {
                true => page.says(part),
                false => page.does_not_say(part),
            }
        }
        page.says("bara antal per dag, i högst 365 dagar");
        page.says("14 dagar");
        // As admins set it in the console, the page says it from then on.
        let days = KeptDays {
            new: 45,
            call_backs: 33,
            conversations: 3,
            ..site.desk().kept()
        };
        let by = Desk::command_line();
        let review = site.desk().review(&by);
        review.keep_for(Some(days), "Beslut 7").await.unwrap();
        let page = browser.open("/sv/om/integritet").await;
        for part in ["45 dagar", "33 dagar", "<td>3 dagar"] {
            page.says(part);
        }
        page.does_not_say("14 dagar");
        page.does_not_say(SENT);
        let form = SubscriptionForm {
            courier: "slack".to_owned(),
            address: "https://hooks.provby.example/services/hemligt".to_owned(),
            rhythm: "weekly".to_owned(),
            hour: "8".to_owned(),
            ..SubscriptionForm::default()
        };
        review.subscribe(&form).await.unwrap();
        browser.open("/sv/om/integritet").await.says(SENT);
        site.close().await;
    }
}

#[tokio::test]
async fn a_person_can_be_reached_from_every_page() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    for path in [
        "/sv/",
        "/sv/om/integritet",
        "/sv/kvitto",
        "/sv/finns/inte",
        "/sv/manniska",
    ] {
        browser.open(path).await.says("href=\"/sv/manniska\"");
    }
    let page = browser.open("/sv/manniska").await;
    page.says("Kundcenter");
    page.says("href=\"tel:");
    let english = browser.open("/en/human").await;
    english.says("Talk to a person");
    english.says("href=\"/sv/manniska\" lang=\"sv\"");
    site.close().await;
}
