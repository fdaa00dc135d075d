//! Signing in and out, and one's own account.

use lots::desk::{Desk, Role};

use super::{PASSWORD, name, place, sign_in, signed_in, staffed};
use crate::web::browser::Browser;

#[tokio::test]
async fn whoever_signs_in_comes_to_the_page_they_wanted() {
    let site = staffed().await;
    let mut eva = Browser::new(&site);
    let page = eva.open("/sv/konsol/audit?who=ada&before=3").await;
    let first = place(&page).to_owned();
    assert_eq!(
        first,
        "/sv/konsol/sign-in?next=%2Fsv%2Fkonsol%2Faudit%3Fwho%3Dada%26before%3D3"
    );
    let page = eva.open(&first).await;
    page.says("<html lang=\"sv\">");
    page.says("value=\"/sv/konsol/audit?who=ada&amp;before=3\"");
    page.says("href=\"/en/console/sign-in\"");
    let fields = [
        ("name", "eva"),
        ("password", PASSWORD),
        ("next", "/sv/konsol/audit?who=ada&before=3"),
    ];
    let page = eva.submit("/sv/konsol/sign-in", &fields).await;
    assert_eq!(place(&page), "/sv/konsol/audit?who=ada&before=3");
    let page = eva.open("/sv/konsol/audit?who=ada&before=3").await;
    page.says("Redaktör");
    page.does_not_say("/sv/konsol/accounts");
    let again = eva.open("/sv/konsol/sign-in").await;
    assert_eq!(place(&again), "/sv/konsol", "signed in already");
    for next in ["https://evil.example", "//evil.example", "/sv/"] {
        let fields = [("name", "eva"), ("password", PASSWORD), ("next", next)];
        let page = Browser::new(&site)
            .submit("/sv/konsol/sign-in", &fields)
            .await;
        assert_eq!(place(&page), "/sv/konsol", "{next}");
    }
    site.close().await;
}

#[tokio::test]
async fn whoever_is_refused_is_not_told_why_and_writes_only_the_password_again() {
    let site = staffed().await;
    let mut browser = Browser::new(&site);
    let mut pages = Vec::new();
    for (name, password) in [
        ("eva", "fel lösenord men långt"),
        ("nobody", PASSWORD),
        ("eva", ""),
    ] {
        let page = sign_in(&mut browser, name, password).await;
        assert_eq!(page.status, 422);
        page.says(&format!("value=\"{name}\""));
        page.does_not_say(PASSWORD);
        page.does_not_say("fel lösenord");
        pages.push(page.text.replace(&format!("value=\"{name}\""), ""));
    }
    assert!(
        pages.iter().all(|page| *page == pages[0]),
        "the same words, whatever was wrong"
    );
    for _ in 0..3 {
        sign_in(&mut browser, "eva", "fel lösenord men långt").await;
    }
    let held = sign_in(&mut browser, "eva", PASSWORD).await;
    assert_eq!(held.status, 422, "even with the right password");
    assert_eq!(held.text.replace("value=\"eva\"", ""), pages[0]);
    assert_eq!(browser.cookie(), None);
    let page = sign_in(&mut browser, "\"><script>alert(1)</script>", "x").await;
    page.does_not_say("<script>alert");
    page.says("&lt;script&gt;alert(1)");
    site.close().await;
}

#[tokio::test]
async fn a_session_from_before_is_never_taken_over() {
    let site = staffed().await;
    let planted = format!("lots-staff={}", "0a".repeat(32));
    let mut eva = Browser::new(&site);
    eva.take_cookie(Some(&planted));
    let page = eva.open("/en/console/queue").await;
    assert!(place(&page).contains("/sign-in?"));
    sign_in(&mut eva, "eva", PASSWORD).await;
    let first = eva.cookie().unwrap().to_owned();
    assert_ne!(first, planted);
    sign_in(&mut eva, "eva", PASSWORD).await;
    assert_ne!(eva.cookie().unwrap(), first);
    let mut thief = Browser::new(&site);
    for old in [planted.as_str(), &first] {
        thief.take_cookie(Some(old));
        let page = thief.open("/en/console/queue").await;
        assert!(
            place(&page).contains("/sign-in?"),
            "what was there before has ended"
        );
    }
    site.close().await;
}

#[tokio::test]
async fn whoever_signs_out_is_out() {
    let site = staffed().await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let mut elsewhere = signed_in(&site, Role::Editor).await;
    let cookie = eva.cookie().unwrap().to_owned();
    let page = eva.submit("/en/console/sign-out", &[]).await;
    assert_eq!(place(&page), "/en/console/sign-in?out=1");
    assert_eq!(eva.cookie(), None);
    eva.open("/en/console/sign-in?out=1")
        .await
        .says("You are signed out");
    eva.take_cookie(Some(&cookie));
    assert!(place(&eva.open("/en/console/queue").await).contains("/sign-in?"));

    assert_eq!(elsewhere.open("/en/console/queue").await.status, 200);
    let mut third = signed_in(&site, Role::Editor).await;
    let page = third.submit("/en/console/account/sign-out", &[]).await;
    assert_eq!(place(&page), "/en/console/sign-in?out=1");
    assert!(place(&elsewhere.open("/en/console/queue").await).contains("/sign-in?"));
    site.close().await;
}

#[tokio::test]
async fn someone_changes_their_password_and_stays_signed_in_here() {
    let site = staffed().await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let mut elsewhere = signed_in(&site, Role::Editor).await;
    let new = "ett annat långt lösenord";
    let send = async |browser: &mut Browser, old: &str, one: &str, other: &str| {
        let fields = [("old", old), ("new", one), ("again", other)];
        browser
            .submit("/en/console/account/password", &fields)
            .await
    };
    for (old, one, other, said) in [
        (
            "fel lösenord",
            new,
            new,
            "The current password is not right",
        ),
        (PASSWORD, new, "ett helt annat lösenord", "not the same"),
        (PASSWORD, "kort", "kort", "at least 12 characters"),
    ] {
        let page = send(&mut eva, old, one, other).await;
        assert_eq!(page.status, 422);
        page.says(said);
        page.does_not_say(&format!("value=\"{one}\""));
    }
    let before = eva.cookie().unwrap().to_owned();
    let page = send(&mut eva, PASSWORD, new, new).await;
    assert_eq!(place(&page), "/en/console/account?done=1");
    assert_ne!(eva.cookie().unwrap(), before);
    eva.open("/en/console/account?done=1")
        .await
        .says("The password is changed");
    assert!(place(&elsewhere.open("/en/console/queue").await).contains("/sign-in?"));
    let page = sign_in(&mut Browser::new(&site), name(Role::Editor), new).await;
    assert_eq!(page.status, 303);
    let trail = site
        .desk()
        .audit_lines(&Desk::command_line(), &Default::default())
        .await
        .unwrap();
    assert!(
        trail
            .iter()
            .any(|line| line.who == "eva" && line.act == "password-changed")
    );
    assert!(!format!("{trail:?}").contains(new));
    site.close().await;
}
