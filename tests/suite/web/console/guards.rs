//! Nobody gets to what is not for them: without a session, with too small a role, or by the form of another site.

use lots::desk::{Desk, Role};
use reqwest::Method;

use super::ideas;
use super::queue::cluster;
use super::{HOMES, PASSWORD, ROUTES, place, run, sign_in, signed_in, staff, staffed};
use super::{digests, drafts};
use crate::stage::{UNKNOWN, ask, provby};
use crate::web::browser::Browser;
use crate::web::site::{Site, at_home};

#[tokio::test]
async fn every_address_lets_in_those_it_is_for_and_nobody_else() {
    let site = drafts::staffed_on_files().await;
    let mut nobody = Browser::new(&site);
    let mut all = Vec::new();
    for role in Role::ALL {
        all.push((role, signed_in(&site, role).await));
    }
    let asked = ask(site.desk(), "a", UNKNOWN).await;
    let receipt = asked.receipt.unwrap();
    let cluster = cluster(&site, UNKNOWN).await;
    let draft = drafts::mending(&site).await;
    let idea = ideas::handed_over(&site, "En odling.").await;
    let digest = digests::subscribed(site.desk()).await;
    for home in HOMES {
        for (method, path, least) in ROUTES.iter().chain(&drafts::ROUTES).chain(&digests::ROUTES) {
            let path = path.replace("{cluster}", &cluster);
            let path = path.replace("{draft}", &draft);
            let path = path.replace("{idea}", idea.as_str());
            let path = path.replace("{receipt}", receipt.as_str());
            let path = path.replace("{digest}", &digest);
            let (path, what) = (format!("{home}{path}"), format!("{method} {home}{path}"));
            let page = nobody.send(method.clone(), &path, &[]).await;
            let sign_in = format!("{home}/sign-in?");
            assert!(
                place(&page).starts_with(&sign_in),
                "{what}: {:?}",
                page.headers
            );
            for (role, browser) in &mut all {
                let page = browser.send(method.clone(), &path, &[]).await;
                let is_refused =
                    page.text.contains("en annan roll") || page.text.contains("another role");
                assert_eq!(is_refused, *role < *least, "{what} by {role:?}");
                let expected = match (is_refused, method) {
                    (true, _) => 403,
                    // A form without a token is not taken, whoever sends it.
                    (false, &Method::POST) => 403,
                    (false, _) if path == home => 303,
                    (false, _) => 200,
                };
                assert_eq!(page.status, expected, "{what} by {role:?}: {}", page.text);
                assert_eq!(page.headers["cache-control"], "no-store", "{what}");
                assert_eq!(page.headers["x-robots-tag"], "noindex, nofollow", "{what}");
                let kind = page.headers.get("content-type");
                let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
                if page.status == 200 && is_page {
                    page.says("<meta name=\"robots\" content=\"noindex, nofollow\">");
                }
            }
        }
    }
    let accounts = site.desk().accounts(&Desk::command_line()).await.unwrap();
    assert_eq!(accounts.len(), 3, "nothing was done");
    assert!(accounts.iter().all(|account| account.is_open));
    site.close().await;
}

#[tokio::test]
async fn a_form_is_taken_only_from_a_page_of_the_session_it_is_sent_in() {
    let site = staffed().await;
    let mut ada = signed_in(&site, Role::Admin).await;
    let eva = signed_in(&site, Role::Editor).await;
    let secret = ada.cookie().unwrap().split('=').nth(1).unwrap().to_owned();
    let new = [("name", "nils"), ("role", "reader"), ("password", PASSWORD)];
    let path = "/en/console/accounts/new";
    for token in ["", "x", eva.token(), &secret] {
        let fields = [&[("token", token)], &new[..]].concat();
        let page = ada.send(Method::POST, path, &fields).await;
        assert_eq!(page.status, 403, "{token:?}");
        page.says("nothing has been changed");
        page.does_not_say(PASSWORD);
    }
    for said in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        ada.says = vec![(said.0, said.1.to_owned())];
        let page = ada.submit(path, &new).await;
        assert_eq!(page.status, 403, "{said:?}");
        page.says("sent from another site");
        let mut stranger = Browser::new(&site);
        stranger.says.clone_from(&ada.says);
        let page = sign_in(&mut stranger, "ada", PASSWORD).await;
        assert_eq!(
            (page.status.as_u16(), stranger.cookie()),
            (403, None),
            "{said:?}"
        );
    }
    ada.says = vec![("origin", site.url(""))];
    let page = ada.submit(path, &new).await;
    assert_eq!(place(&page), "/en/console/accounts?added=nils");
    site.close().await;
}

#[tokio::test]
async fn a_role_that_was_taken_away_is_gone_at_once() {
    let site = staffed().await;
    let mut eva = signed_in(&site, Role::Editor).await;
    site.desk()
        .close_account(&Desk::command_line(), "eva")
        .await
        .unwrap();
    let page = eva.open("/sv/konsol/queue").await;
    assert!(place(&page).starts_with("/sv/konsol/sign-in?next="));
    site.close().await;
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_at_the_end_of_its_time() {
    let site = staffed().await;
    for statement in [
        "update staff_session set seen_at = seen_at - 30 * 60000",
        "update staff_session set until = until - 12 * 3600000",
    ] {
        let mut eva = signed_in(&site, Role::Editor).await;
        assert_eq!(eva.open("/sv/konsol/queue").await.status, 200);
        run(&site, statement).await;
        let page = eva.open("/sv/konsol/queue").await;
        assert!(place(&page).contains("/sign-in?"), "{statement}");
    }
    site.close().await;
}

#[tokio::test]
async fn a_database_that_is_away_lets_nobody_in() {
    let site = staffed().await;
    let mut ada = signed_in(&site, Role::Admin).await;
    site.desk().close().await;
    for path in [
        "/en/console/accounts",
        "/en/console/sign-in",
        "/en/console/audit",
    ] {
        assert_eq!(ada.open(path).await.status, 503, "{path}");
    }
    let page = sign_in(&mut Browser::new(&site), "ada", PASSWORD).await;
    assert_eq!(page.status, 503);
    page.says("You cannot sign in just now");
    site.close().await;
}

#[tokio::test]
async fn the_pages_of_residents_do_not_lead_to_the_console() {
    let site = staffed().await;
    let mut browser = Browser::new(&site);
    for path in [
        "/sv/",
        "/en/",
        "/sv/lista",
        "/sv/manniska",
        "/sv/om/integritet",
        "/sitemap.xml",
        "/robots.txt",
    ] {
        let page = browser.open(path).await;
        for word in HOMES {
            page.does_not_say(word);
        }
    }
    site.close().await;
}

#[tokio::test]
async fn the_cookie_goes_nowhere_else() {
    let cookie = async |site: &Site| {
        let page = sign_in(&mut Browser::new(site), "ada", PASSWORD).await;
        page.headers["set-cookie"].to_str().unwrap().to_owned()
    };
    let attributes = |cookie: &str| cookie.split_once(';').unwrap().1.to_owned();
    let site = staffed().await;
    let plain = cookie(&site).await;
    assert!(plain.starts_with("lots-staff="), "{plain}");
    assert_eq!(attributes(&plain), " Path=/; HttpOnly; SameSite=Strict");
    site.close().await;

    let site = Site::with(provby(), at_home()).await;
    staff(&site).await;
    let secure = cookie(&site).await;
    assert!(secure.starts_with("__Host-lots-staff="), "{secure}");
    assert_eq!(
        attributes(&secure),
        " Path=/; HttpOnly; SameSite=Strict; Secure"
    );
    site.close().await;
}
