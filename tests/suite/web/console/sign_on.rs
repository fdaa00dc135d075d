//! Signing in at an identity provider, as a browser meets it.

use lots::desk::Role;
use reqwest::Url;

use super::{HOMES, PASSWORD, place, sign_in, staff};
use crate::provider::{Provider, query};
use crate::web::browser::{Browser, Page};
use crate::web::site::Site;

async fn signing_on() -> (Site, Provider) {
    let provider = Provider::open().await;
    let rules = provider.rules();
    let site = Site::with_desk(|desk| desk.with_sign_on(rules)).await;
    staff(&site).await;
    (site, provider)
}

/// Goes to the provider and comes back.
async fn sign_on(browser: &mut Browser, provider: &Provider, begin: &str) -> Page {
    let led = browser.open(begin).await;
    let brought = provider.lets_in(place(&led));
    come_back(browser, &brought).await
}

async fn come_back(browser: &mut Browser, brought: &[(String, String)]) -> Page {
    let address = Url::parse_with_params("http://site/sign-on", brought).unwrap();
    let query = address.query().unwrap();
    browser.open(&format!("/sign-on?{query}")).await
}

#[tokio::test]
async fn whoever_signs_in_at_the_provider_comes_to_the_page_they_wanted() {
    let (site, provider) = signing_on().await;
    let mut kim = Browser::new(&site);
    let page = kim
        .open("/sv/konsol/sign-in?next=%2Fsv%2Fkonsol%2Faudit")
        .await;
    page.says("Logga in med Provby-id");
    page.says("name=\"password\"");
    let begin = page
        .between("class=\"button main\" href=\"", "\"")
        .replace("&amp;", "&");
    let led = kim.open(&begin).await;
    let cookie = led.headers["set-cookie"].to_str().unwrap();
    assert!(
        cookie.starts_with("lots-sign-on=") && cookie.ends_with("SameSite=Lax; Max-Age=600"),
        "{cookie}"
    );
    assert_eq!(led.headers["cache-control"], "no-store");
    let page = come_back(&mut kim, &provider.lets_in(place(&led))).await;
    assert_eq!(page.status, 200);
    // Led on by a page of ours: a cookie that is strict goes with the next step then.
    page.says("<meta http-equiv=\"refresh\" content=\"0;url=/sv/konsol/audit\">");
    page.says("href=\"/sv/konsol/audit\"");
    let cookie = kim.cookie().unwrap();
    assert!(
        cookie.starts_with("lots-staff=") && !cookie.contains("; "),
        "{cookie}"
    );
    let page = kim.open("/sv/konsol/account").await;
    page.says("Redaktör");
    page.says("Kontot loggar in med Provby-id");
    page.does_not_say("name=\"old\"");
    assert_eq!(
        place(&kim.open("/sv/konsol/account/codes").await),
        "/sv/konsol/account"
    );

    let mut ada = Browser::new(&site);
    sign_in(&mut ada, "ada", PASSWORD).await;
    let page = ada.open("/en/console/accounts/of/kim").await;
    page.says("Single sign-on");
    page.does_not_say("/accounts/of/kim/role");
    page.says("/accounts/of/kim/close");
    let refused = ada
        .submit("/en/console/accounts/of/kim/role", &[("role", "admin")])
        .await;
    assert_eq!(refused.status, 422);
    refused.says("the role decided");

    let page = kim.submit("/sv/konsol/sign-out", &[]).await;
    assert_eq!((page.status.as_u16(), kim.cookie()), (200, None));
    let out = page.between("0;url=", "\"").replace("&amp;", "&");
    assert!(
        out.starts_with(&format!("{}/sign-out?", provider.issuer())),
        "{out}"
    );
    let after = kim
        .open(&format!("/sign-on/out?state={}", query(&out)["state"]))
        .await;
    assert_eq!(place(&after), "/sv/konsol/sign-in?out=1");
    site.close().await;
}

#[tokio::test]
async fn whoever_is_refused_is_told_what_to_do() {
    let (site, provider) = signing_on().await;
    let begin = "/en/console/sign-on";
    let mut kim = Browser::new(&site);
    provider.says(|says| says.claims["roles"] = serde_json::json!(["Others"]));
    let page = sign_on(&mut kim, &provider, begin).await;
    assert_eq!((page.status.as_u16(), kim.cookie()), (403, None));
    page.says("have no role in lots");
    page.says("Turn to Provbys kundtjänst for a role");
    page.says("href=\"/en/console/sign-in\"");

    provider.says(|says| says.claims["aud"] = serde_json::json!("another"));
    let page = sign_on(&mut kim, &provider, begin).await;
    assert_eq!(page.status, 403);
    page.says("could not be trusted");
    provider.says(|says| says.claims["aud"] = serde_json::json!("lots"));
    provider.says(|says| says.claims["roles"] = serde_json::json!(["Readers"]));

    let led = kim.open(begin).await;
    let mut brought = provider.lets_in(place(&led));
    let mut stranger = Browser::new(&site);
    for page in [
        come_back(&mut stranger, &brought).await,
        stranger.open("/sign-on").await,
        stranger
            .open("/sign-on?state=x&code=y&error=%3Cscript%3E")
            .await,
    ] {
        assert_eq!((page.status.as_u16(), stranger.cookie()), (400, None));
        page.says("Börja om");
        page.does_not_say("<script>");
    }
    brought.retain(|(name, _)| name == "state");
    let other = |name: &str, value: &str| {
        let mut all = brought.clone();
        all.extend([
            ("iss".to_owned(), provider.issuer().to_owned()),
            (name.to_owned(), value.to_owned()),
        ]);
        all
    };
    let page = come_back(&mut kim, &other("error", "access_denied")).await;
    assert_eq!(page.status, 403);
    page.says("did not let you in");
    let page = come_back(&mut kim, &other("code", "x")).await;
    assert_eq!(page.status, 400, "it was used up");

    provider.says(|says| says.metadata = serde_json::json!({ "issuer": "https://evil.example" }));
    let fresh = provider.rules();
    let away = Site::with_desk(|desk| desk.with_sign_on(fresh)).await;
    staff(&away).await;
    let mut eva = Browser::new(&away);
    let page = eva.open(begin).await;
    assert_eq!(page.status, 503);
    page.says("Provby-id does not answer just now");
    assert_eq!(
        sign_in(&mut eva, super::name(Role::Editor), PASSWORD)
            .await
            .status,
        303
    );
    away.close().await;
    site.close().await;
}

#[tokio::test]
async fn nobody_is_sent_to_the_provider_by_another_site_and_without_one_there_is_nothing() {
    let (site, provider) = signing_on().await;
    let client = reqwest::Client::new();
    for from in ["cross-site", "same-site"] {
        let sent = client
            .get(site.url("/sv/konsol/sign-on"))
            .header("sec-fetch-site", from);
        assert_eq!(sent.send().await.unwrap().status(), 400, "{from}");
    }
    assert_eq!(provider.discoveries(), 0);
    site.close().await;

    let site = super::staffed().await;
    let mut browser = Browser::new(&site);
    for home in HOMES {
        browser
            .open(&format!("{home}/sign-in"))
            .await
            .does_not_say("/sign-on");
        assert_eq!(browser.open(&format!("{home}/sign-on")).await.status, 404);
    }
    assert_eq!(browser.open("/sign-on?state=x&code=y").await.status, 404);
    site.close().await;
}
