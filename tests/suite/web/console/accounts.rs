//! How admins see to the accounts.

use lots::desk::Role;

use super::{PASSWORD, place, sign_in, signed_in, staffed};
use crate::web::browser::Browser;

#[tokio::test]
async fn an_admin_makes_an_account_that_can_be_used() {
    let site = staffed().await;
    let mut ada = signed_in(&site, Role::Admin).await;
    ada.open("/en/console/accounts/new")
        .await
        .says("offices/byggkontoret");
    let path = "/en/console/accounts/new";
    let new = |name: &'static str, office: &'static str, password: &'static str| {
        [
            ("name", name),
            ("role", "editor"),
            ("office", office),
            ("password", password),
        ]
    };
    for (name, office, password, said) in [
        ("Nils Ek", "", PASSWORD, "The user name cannot be so"),
        ("eva", "", PASSWORD, "The name is taken"),
        (
            "nils",
            "offices/nowhere",
            PASSWORD,
            "The office is no longer there",
        ),
        (
            "nils",
            "\"><script>",
            PASSWORD,
            "The office is no longer there",
        ),
        (
            "nils",
            "offices/byggkontoret",
            "kort",
            "at least 12 characters",
        ),
    ] {
        let page = ada.submit(path, &new(name, office, password)).await;
        assert_eq!(page.status, 422, "{name}, {office}");
        page.says(said);
        page.says(&format!("value=\"{name}\""));
        page.says("<option value=\"editor\" selected>");
        page.does_not_say(&format!("value=\"{password}\""));
        page.does_not_say("<script>");
        if office == "offices/byggkontoret" {
            page.says("<option value=\"offices/byggkontoret\" selected>");
        }
    }
    let made = ada
        .submit(path, &new("nils", "offices/byggkontoret", PASSWORD))
        .await;
    let page = ada.open(place(&made)).await;
    page.says("The account nils has been added");
    page.says("/en/console/accounts/of/nils");
    let mut nils = Browser::new(&site);
    assert_eq!(sign_in(&mut nils, "nils", PASSWORD).await.status, 303);
    nils.open("/en/console/account").await.says("Editor");
    site.close().await;
}

#[tokio::test]
async fn an_admin_changes_an_account() {
    let site = staffed().await;
    let mut ada = signed_in(&site, Role::Admin).await;
    let of = |act: &str| format!("/en/console/accounts/of/eva{act}");
    let other = "ett annat långt lösenord";
    for (act, fields, said) in [
        ("/role", &[("role", "reader")][..], "Reader"),
        ("/password", &[("password", other)], "The change is made"),
        ("/close", &[], "Closed"),
        ("/reopen", &[], "Open"),
    ] {
        let page = ada.submit(&of(act), fields).await;
        assert_eq!(place(&page), of("?done=1"));
        ada.open(&of("?done=1")).await.says(said);
    }
    assert_eq!(
        sign_in(&mut Browser::new(&site), "eva", other).await.status,
        303
    );
    let short = ada.submit(&of("/password"), &[("password", "kort")]).await;
    assert_eq!(short.status, 422);
    short.says("at least 12 characters");
    for (act, fields) in [("/role", &[("role", "reader")][..]), ("/close", &[])] {
        let page = ada
            .submit(&format!("/en/console/accounts/of/ada{act}"), fields)
            .await;
        assert_eq!(page.status, 422);
        page.says("This is the only admin");
    }
    for path in [
        "/en/console/accounts/of/nobody",
        "/en/console/accounts/of/%3Cscript%3E",
    ] {
        assert_eq!(ada.open(path).await.status, 404);
    }
    let trail = ada.open("/en/console/audit?about=account%2Feva").await;
    for said in [
        "Role changed",
        "Password changed",
        "Account closed",
        "Account opened again",
    ] {
        trail.says(said);
    }
    site.close().await;
}
