//! The page where a resident talks to lots.

use super::site::Site;

#[tokio::test]
async fn the_page_is_written_in_the_language_of_the_base() {
    let site = Site::open().await;
    let page = reqwest::get(site.url("/")).await.unwrap();
    assert_eq!(page.status(), 200);
    let page = page.text().await.unwrap();
    assert!(page.contains(r#"<html lang="sv">"#), "{page}");
    site.close().await;
}
