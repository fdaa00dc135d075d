//! The trail as staff read it.

use lots::desk::Role;

use super::{run, signed_in, staffed};

#[tokio::test]
async fn the_trail_is_read_page_by_page() {
    let site = staffed().await;
    let mut rut = signed_in(&site, Role::Reader).await;
    // Three accounts and one who has signed in have a line each.
    for _ in 0..50 {
        let by = lots::desk::Desk::command_line();
        for role in [Role::Reader, Role::Editor] {
            site.desk().set_role(&by, "eva", role).await.unwrap();
        }
    }
    let rows = |text: &str| text.matches("<th scope=\"row\">").count();
    let page = rut.open("/en/console/audit").await;
    assert_eq!(rows(&page.text), 50);
    page.says("before=55\"");
    let page = rut.open("/en/console/audit?before=55").await;
    assert_eq!(rows(&page.text), 50);
    let page = rut.open("/en/console/audit?before=5").await;
    assert_eq!(rows(&page.text), 4);
    page.does_not_say("Older activity");
    let page = rut.open("/en/console/audit?who=rut").await;
    assert_eq!(rows(&page.text), 1);
    page.says("Signed in");
    rut.open("/en/console/audit?who=nobody")
        .await
        .says("Nothing to show");
    assert_eq!(rows(&rut.open("/en/console/audit?before=x").await.text), 50);
    site.close().await;
}

#[tokio::test]
async fn whoever_verifies_the_trail_is_told_where_it_is_broken() {
    let site = staffed().await;
    let mut rut = signed_in(&site, Role::Reader).await;
    let page = rut.submit("/en/console/audit/verify", &[]).await;
    page.says("all 4 lines are as they were written");
    run(&site, "update audit set after = 'admin' where seq = 2").await;
    let page = rut.submit("/sv/konsol/audit/verify", &[]).await;
    page.says("rad 2 är inte som när den skrevs");
    site.close().await;
}

#[tokio::test]
async fn nothing_that_was_written_becomes_part_of_the_page() {
    let site = staffed().await;
    let mut rut = signed_in(&site, Role::Reader).await;
    let script = "<script>alert(1)</script>";
    for column in ["who", "act", "about", "before", "after", "reason"] {
        run(
            &site,
            &format!("update audit set {column} = '{script}' where seq = 1"),
        )
        .await;
    }
    run(
        &site,
        &format!("update account set office = 'offices/{script}' where name = 'eva'"),
    )
    .await;
    let sought = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    for path in [
        "/en/console/audit".to_owned(),
        format!("/en/console/audit?who={sought}&about={sought}"),
        format!("/en/console/sign-in?next={sought}"),
    ] {
        rut.open(&path).await.does_not_say("<script");
    }
    rut.open("/en/console/audit")
        .await
        .says("&lt;script&gt;alert(1)");
    let mut ada = signed_in(&site, Role::Admin).await;
    ada.open("/en/console/accounts")
        .await
        .does_not_say("<script");
    site.close().await;
}
