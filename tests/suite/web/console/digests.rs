//! The pages where admins say who is told outside the console how things stand.

use lots::desk::{Desk, Role};
use reqwest::Method;

use super::{place, signed_in, staffed};

/// What there is here, as in [`super::ROUTES`].
pub(crate) const ROUTES: [(Method, &str, Role); 8] = [
    (Method::GET, "/settings/digests", Role::Admin),
    (Method::POST, "/settings/digests/again", Role::Admin),
    (Method::GET, "/settings/digests/new", Role::Admin),
    (Method::POST, "/settings/digests/new", Role::Admin),
    (Method::GET, "/settings/digests/of/{digest}", Role::Admin),
    (Method::POST, "/settings/digests/of/{digest}", Role::Admin),
    (
        Method::POST,
        "/settings/digests/of/{digest}/test",
        Role::Admin,
    ),
    (
        Method::POST,
        "/settings/digests/of/{digest}/remove",
        Role::Admin,
    ),
];

const HOOK: &str = "https://hooks.provby.example/services/hemligt";
const NEW: &str = "/sv/konsol/settings/digests/new";

/// Has a webhook told, past the pages; its name.
pub(crate) async fn subscribed(desk: &Desk) -> String {
    let form = lots::desk::SubscriptionForm {
        courier: "slack".to_owned(),
        address: HOOK.to_owned(),
        rhythm: "weekly".to_owned(),
        hour: "8".to_owned(),
        ..lots::desk::SubscriptionForm::default()
    };
    desk.review(&Desk::command_line())
        .subscribe(&form)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_is_added_changed_and_removed_and_its_address_is_not_shown() {
    let site = staffed().await;
    let mut ada = signed_in(&site, Role::Admin).await;
    ada.open("/sv/konsol/settings")
        .await
        .says("/sv/konsol/settings/digests\"");
    ada.open("/sv/konsol/settings/digests")
        .await
        .says("Ingen får utskick än.");
    let page = ada.open(NEW).await;
    page.says("<option value=\"8\" selected>08:00</option>");
    page.says("Byggkontoret");
    let typed = |address| {
        [
            ("courier", "teams"),
            ("address", address),
            ("secret", ""),
            ("rhythm", "weekdays"),
            ("hour", "7"),
            ("office", "offices/byggkontoret"),
            ("language", "sv"),
            ("version", "0"),
        ]
    };
    let wrong = ada.submit(NEW, &typed("ring oss")).await;
    assert_eq!(wrong.status, 422);
    wrong.says("Det är ingen adress till en webhook.");
    wrong.says("value=\"ring oss\"");
    wrong.says("<option value=\"7\" selected>07:00</option>");
    let mail = [
        ("courier", "mail"),
        ("address", "ada@provby.example"),
        ("rhythm", "weekdays"),
        ("hour", "7"),
    ];
    let wrong = ada.submit(NEW, &mail).await;
    assert_eq!(wrong.status, 422);
    wrong.says("ställa in en e-postserver");

    let added = ada.submit(NEW, &typed(HOOK)).await;
    let page = ada.open(place(&added)).await;
    page.says("Utskicket är sparat.");
    page.says("hooks.provby.example");
    page.says("Varje vardag 07:00");
    page.does_not_say("hemligt");
    let path = page.between("quiet\" href=\"", "\"").to_owned();
    let page = ada.open(&path).await;
    page.says("Skickas nu till hooks.provby.example.");
    page.does_not_say("hemligt");
    let mut later = typed("");
    later[4] = ("hour", "9");
    later[7] = ("version", "1");
    let changed = ada.submit(&path, &later).await;
    ada.open(place(&changed)).await.says("Varje vardag 09:00");
    let overtaken = ada.submit(&path, &later).await;
    assert_eq!(overtaken.status, 409);
    overtaken.says("ada");
    let removed = ada.submit(&format!("{path}/remove"), &[]).await;
    let page = ada.open(place(&removed)).await;
    page.says("Utskicket är borttaget.");
    page.does_not_say("hooks.provby.example");
    assert_eq!(ada.open(&path).await.status, 404);
    let page = ada.open("/sv/konsol/audit").await;
    page.says("Utskick tillagt");
    page.says("teams hooks.provby.example weekdays 7 offices/byggkontoret sv");
    page.does_not_say("hemligt");
    site.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_sent_again_says_so() {
    let site = staffed().await;
    let mut ada = signed_in(&site, Role::Admin).await;
    ada.open(NEW).await;
    let again = ada
        .submit(
            "/sv/konsol/settings/digests/again",
            &[("delivery", "inget")],
        )
        .await;
    ada.open(place(&again))
        .await
        .says("Det finns inget att skicka igen.");
    site.close().await;
}
