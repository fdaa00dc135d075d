//! All that is kept about a receipt, on the page and through the API: seen, had as a file, erased.

use lots::desk::{Desk, HeldFor, Practice, Receipt};
use reqwest::{Client, Method};
use serde_json::Value;

use super::browser::Browser;
use super::site::Site;
use crate::stage::{ROUTED, UNKNOWN, ask};

/// The code on a page.
fn receipt_on(text: &str) -> Receipt {
    Receipt::find_in(text).unwrap()
}

#[tokio::test]
async fn whoever_has_a_receipt_sees_all_that_is_kept_and_erases_it() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.ask(UNKNOWN).await;
    let receipt = receipt_on(page.between("Din kvittokod är ", "Skriv den"));
    let path = format!("/sv/kvitto?code={receipt}");
    let page = browser.open(&path).await;
    page.says("Se allt som är sparat");
    let data = page.between("<a href=\"/sv/kvitto/data", "\"");
    let page = browser.open(&format!("/sv/kvitto/data{data}")).await;
    for part in [
        UNKNOWN,
        "En fråga",
        "Lots kunde inte svara",
        "Regeln är 180 dagar.",
        "Ingen har gjort något med det än.",
        "<meta name=\"robots\" content=\"noindex\">",
        "href=\"/en/receipt/data?code=",
    ] {
        page.says(part);
    }
    let file = browser.open(&format!("/sv/kvitto/data.json{data}")).await;
    assert_eq!(file.headers["content-type"], "application/json");
    assert_eq!(file.headers["cache-control"], "no-store");
    let api = site.url(&format!("/api/v1/receipts/{receipt}/data"));
    let api = reqwest::get(api).await.unwrap();
    assert_eq!(api.status(), 200);
    assert_eq!(api.headers()["cache-control"], "no-store");
    let file: Value = serde_json::from_str(&file.text).unwrap();
    assert_eq!(
        (&file["words"], &file["kind"]),
        (&UNKNOWN.into(), &"question".into())
    );

    browser.open(&path).await;
    let erase = "/sv/kvitto/erase";
    let old = [("token", "x"), ("code", receipt.as_str())];
    let refused = browser.send(Method::POST, erase, &old).await;
    assert_eq!(refused.status, 403);
    let done = browser.submit(erase, &[("code", receipt.as_str())]).await;
    assert_eq!(done.status, 200);
    done.says(&format!("{receipt} är raderat"));
    let again = browser.submit(erase, &[("code", receipt.as_str())]).await;
    assert_eq!(again.status, 404);
    browser.open("/sv/").await.does_not_say(UNKNOWN);
    let gone = browser.open(&format!("/sv/kvitto/data{data}")).await;
    assert_eq!(gone.status, 404);
    let page = browser.open(&path).await;
    page.does_not_say("Se allt som är sparat");
    for wrong in [
        "/sv/kvitto/data",
        "/en/receipt/data?code=hej",
        "/en/receipt/data.json",
    ] {
        assert_eq!(browser.open(wrong).await.status, 404, "{wrong}");
    }
    site.close().await;
}

#[tokio::test]
async fn a_receipt_from_elsewhere_is_enough_and_all_of_its_conversation_can_go() {
    let site = Site::open().await;
    let conversation = Desk::new_conversation();
    let first = ask(site.desk(), &conversation, UNKNOWN)
        .await
        .receipt
        .unwrap();
    let second = ask(site.desk(), &conversation, ROUTED)
        .await
        .receipt
        .unwrap();
    let mut stranger = Browser::new(&site);
    stranger.says = vec![("sec-fetch-site", "cross-site".to_owned())];
    let fields = [("code", first.as_str()), ("all", "true")];
    let refused = stranger.submit("/en/receipt/erase", &fields).await;
    assert_eq!(refused.status, 403, "by a page of someone else");
    let mut browser = Browser::new(&site);
    browser.open(&format!("/en/receipt?code={first}")).await;
    let done = browser.submit("/en/receipt/erase", &fields).await;
    done.says("is deleted");
    for receipt in [&first, &second] {
        assert!(site.desk().question(receipt).await.unwrap().is_none());
    }
    site.close().await;
}

#[tokio::test]
async fn a_program_does_the_same_and_is_told_what_stays() {
    let practice = Practice {
        data_protection: Some("dataskydd@provby.example".to_owned()),
        ..Practice::default()
    };
    let site = Site::practising(practice).await;
    let conversation = Desk::new_conversation();
    let held = ask(site.desk(), &conversation, UNKNOWN)
        .await
        .receipt
        .unwrap();
    let free = ask(site.desk(), &conversation, ROUTED)
        .await
        .receipt
        .unwrap();
    let by = Desk::command_line();
    let review = site.desk().review(&by);
    review.hold(&held, HeldFor::Request, "").await.unwrap();
    let client = Client::new();
    let call = async |method: Method, path: String| {
        let response = client
            .request(method, site.url(&path))
            .send()
            .await
            .unwrap();
        let status = response.status().as_u16();
        (status, response.json::<Value>().await.unwrap())
    };
    let at = |receipt: &Receipt| format!("/api/v1/receipts/{receipt}");
    let (status, data) = call(Method::GET, format!("{}/data", at(&held))).await;
    assert_eq!(
        (status, &data["held_for"]),
        (200, &"request".into()),
        "{data}"
    );
    assert_eq!(data["until"], Value::Null);
    let (status, data) = call(Method::GET, format!("{}/data", at(&free))).await;
    assert_eq!((status, &data["days"]), (200, &180.into()), "{data}");
    assert!(data["until"].as_str().unwrap().ends_with('Z'));

    let (status, erased) = call(Method::DELETE, at(&free)).await;
    assert_eq!((status, &erased["questions"]), (200, &1.into()), "{erased}");
    let (status, erased) = call(Method::DELETE, format!("{}?language=en", at(&held))).await;
    assert_eq!(
        (status, &erased["questions"], &erased["held"]),
        (200, &0.into(), &1.into())
    );
    let text = erased["text"].as_str().unwrap();
    assert!(
        text.contains("must keep for now: 1") && text.contains("dataskydd@"),
        "{text}"
    );
    let (status, problem) = call(Method::DELETE, at(&free)).await;
    assert_eq!(
        (status, &problem["type"]),
        (404, &"/api/problems#no-receipt".into())
    );
    let (status, _) = call(Method::GET, format!("{}/data", at(&free))).await;
    assert_eq!(status, 404);
    let (status, _) = call(Method::GET, "/api/v1/receipts/katt/data".to_owned()).await;
    assert_eq!(status, 422);
    let (status, state) = call(Method::GET, at(&held)).await;
    assert_eq!(status, 200);
    assert!(
        state["text"]
            .as_str()
            .unwrap()
            .contains("begärt att få se den"),
        "{state}"
    );
    let (status, erased) = call(
        Method::DELETE,
        format!("/api/v1/conversations/{conversation}"),
    )
    .await;
    assert_eq!((status, &erased["held"]), (200, &1.into()), "{erased}");
    site.close().await;
}

#[tokio::test]
async fn what_is_erased_elsewhere_is_shown_on_the_page_no_longer() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.ask(UNKNOWN).await;
    let receipt = receipt_on(page.between("Din kvittokod är ", "Skriv den"));
    browser.open("/sv/").await.says(UNKNOWN);
    // By another channel, or by staff.
    site.desk().erase_receipt(&receipt, false).await.unwrap();
    let mut is_shown = true;
    for _ in 0..100 {
        is_shown = browser.open("/sv/").await.text.contains(UNKNOWN);
        if !is_shown {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(!is_shown);
    site.close().await;
}
