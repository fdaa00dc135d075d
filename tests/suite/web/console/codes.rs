//! Codes that follow the password, as a browser meets them.

use lots::desk::{CodeRules, Role};
use totp_rs::{Builder, Secret};

use super::{PASSWORD, place, sign_in, signed_in, staff, staffed};
use crate::web::browser::{Browser, Page};
use crate::web::site::Site;

/// The code that an app shows for the secret of a page, so many half minutes from now.
fn code(page: &Page, later: i64) -> String {
    let secret = page.between("name=\"secret\" value=\"", "\"");
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let seconds = jiff::Timestamp::now().as_second() + 30 * later;
    totp.generate(u64::try_from(seconds).unwrap()).to_string()
}

/// Brings the code of a page where codes are set up.
async fn confirm(browser: &mut Browser, path: &str, page: &Page, code: &str) -> Page {
    let secret = page.between("name=\"secret\" value=\"", "\"").to_owned();
    browser
        .submit(path, &[("secret", &secret), ("code", code)])
        .await
}

/// The recovery codes of a page.
fn recovery(page: &Page) -> Vec<String> {
    let list = page.between("<ul class=\"codes\">", "</ul>");
    let codes = list.split("<code>").skip(1);
    codes
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn someone_turns_on_codes_signs_in_with_one_and_turns_them_off() {
    let site = staffed().await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let path = "/en/console/account/codes";
    eva.open("/en/console/account")
        .await
        .says(&format!("href=\"{path}\""));
    let page = eva.open(path).await;
    page.says("<svg ");
    page.says("role=\"img\"");
    let wrong = confirm(&mut eva, path, &page, "000000").await;
    assert_eq!(wrong.status, 422);
    wrong.says("The code is not right");
    let secret = |page: &Page| page.between("name=\"secret\" value=\"", "\"").to_owned();
    assert_eq!(secret(&wrong), secret(&page), "the app has it already");
    let done = confirm(&mut eva, path, &page, &code(&page, -1)).await;
    assert_eq!(done.status, 200);
    let codes = recovery(&done);
    assert_eq!(codes.len(), 8);
    let on = eva.open(path).await;
    on.says("You have 8 recovery codes left");
    on.does_not_say(&codes[0]);

    let mut elsewhere = Browser::new(&site);
    let fields = [
        ("name", "eva"),
        ("password", PASSWORD),
        ("next", "/en/console/audit"),
    ];
    let led = elsewhere.submit("/en/console/sign-in", &fields).await;
    assert_eq!(
        place(&led),
        "/en/console/sign-in/code?next=%2Fen%2Fconsole%2Faudit"
    );
    let cookie = led.headers["set-cookie"].to_str().unwrap();
    assert!(
        cookie.starts_with("lots-half=") && cookie.ends_with("SameSite=Strict; Max-Age=300"),
        "{cookie}"
    );
    let asked = elsewhere.open(place(&led)).await;
    asked.says("autocomplete=\"one-time-code\"");
    asked.says("value=\"/en/console/audit\"");
    assert!(
        place(&elsewhere.open("/en/console/audit").await).contains("/sign-in?"),
        "half is not in"
    );
    let ask = "/en/console/sign-in/code";
    let refused = elsewhere
        .submit(ask, &[("code", "000000"), ("next", "/en/console/audit")])
        .await;
    assert_eq!(refused.status, 422);
    refused.says("value=\"/en/console/audit\"");
    let fields = [("code", &*code(&page, 0)), ("next", "/en/console/audit")];
    let in_now = elsewhere.submit(ask, &fields).await;
    assert_eq!(place(&in_now), "/en/console/audit");
    let cookie = elsewhere.cookie().unwrap();
    assert!(
        cookie.starts_with("lots-staff=") && !cookie.contains("; "),
        "{cookie}"
    );
    assert_eq!(elsewhere.open("/en/console/audit").await.status, 200);

    eva.open(path).await;
    let renewed = eva
        .submit(&format!("{path}/renew"), &[("code", &codes[0])])
        .await;
    let newer = recovery(&renewed);
    assert!(newer.len() == 8 && !newer.contains(&codes[1]));
    let wrong = eva
        .submit(
            &format!("{path}/off"),
            &[("password", "fel"), ("code", &newer[0])],
        )
        .await;
    assert_eq!(wrong.status, 422);
    wrong.says("The current password is not right");
    let off = eva
        .submit(
            &format!("{path}/off"),
            &[("password", PASSWORD), ("code", &newer[0])],
        )
        .await;
    assert_eq!(place(&off), &format!("{path}?off=1"));
    eva.open(place(&off)).await.says("Codes are off");
    assert!(place(&elsewhere.open("/en/console/audit").await).contains("/sign-in?"));
    site.close().await;
}

#[tokio::test]
async fn without_the_password_there_is_nothing_to_bring_a_code_to() {
    let site = staffed().await;
    let mut browser = Browser::new(&site);
    for path in ["/sv/konsol/sign-in/code", "/sv/konsol/sign-in/set-up"] {
        assert_eq!(
            place(&browser.open(path).await),
            "/sv/konsol/sign-in?late=1"
        );
        for half in [None, Some(format!("lots-half={}", "0a".repeat(32)))] {
            browser.take_cookie(half.as_deref());
            let page = browser.submit(path, &[("code", "123456")]).await;
            assert_eq!(place(&page), "/sv/konsol/sign-in?late=1");
        }
    }
    browser
        .open("/sv/konsol/sign-in?late=1")
        .await
        .says("Det tog för lång tid");
    browser.says = vec![("sec-fetch-site", "cross-site".to_owned())];
    let page = browser
        .submit("/sv/konsol/sign-in/code", &[("code", "123456")])
        .await;
    assert_eq!(page.status, 403);
    site.close().await;
}

#[tokio::test]
async fn where_everyone_needs_codes_they_are_set_up_before_anything_else() {
    let rules = CodeRules {
        is_required: true,
        key: None,
    };
    let site = Site::with_desk(|desk| desk.with_codes(rules)).await;
    staff(&site).await;
    let mut ada = Browser::new(&site);
    let led = sign_in(&mut ada, "ada", PASSWORD).await;
    let path = "/en/console/sign-in/set-up";
    assert_eq!(place(&led), &format!("{path}?next="));
    let page = ada.open(path).await;
    page.says("Everyone needs a code");
    assert!(place(&ada.open("/en/console/queue").await).contains("/sign-in?"));
    let wrong = confirm(&mut ada, path, &page, "000000").await;
    assert_eq!(wrong.status, 422);
    let done = confirm(&mut ada, path, &wrong, &code(&page, 0)).await;
    assert_eq!((done.status.as_u16(), recovery(&done).len()), (200, 8));
    done.says("href=\"/en/console\"");
    assert_eq!(ada.open("/en/console/queue").await.status, 200);
    let on = ada.open("/en/console/account/codes").await;
    on.does_not_say("/account/codes/off");

    // Whoever has lost their telephone has an admin remove their codes.
    let list = ada.open("/en/console/accounts").await;
    list.says("Password and code");
    let of = "/en/console/accounts/of/ada";
    ada.open(of).await.says(&format!("{of}/codes"));
    let reset = ada.submit(&format!("{of}/codes"), &[]).await;
    assert_eq!(place(&reset), &format!("{of}?done=1"));
    let led = sign_in(&mut ada, "ada", PASSWORD).await;
    assert_eq!(place(&led), &format!("{path}?next="));
    site.close().await;
}
