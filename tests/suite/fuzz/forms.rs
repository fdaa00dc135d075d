//! What is sent to the pages and to the API, with forms and JSON that no page of ours sends: nothing is answered with a mistake of
//! the program's, and every page that comes of it is whole and acts for nobody else.

use lots::config::WebSettings;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use reqwest::{Client, redirect::Policy};
use serde_json::{Value, json};

use super::json::{change, changes, values};
use super::markup::wrong_with;
use super::mutating::{questions, traps};
use super::volume::try_out;
use crate::stage::provby;
use crate::web::site::Site;

const KEPT: &str = "tests/proptest-regressions/fuzz/forms.txt";
const API: &str = "tests/proptest-regressions/fuzz/api.txt";

const FORMS: [&str; 8] = [
    "/sv/ask",
    "/en/ask",
    "/sv/show",
    "/sv/follow",
    "/sv/feedback",
    "/sv/forget",
    "/en/call-back",
    "/sv/call-back/withdraw",
];
const PAGES: [&str; 7] = [
    "/sv/",
    "/en/search",
    "/sv/sok",
    "/sv/vagen",
    "/en/way",
    "/sv/kvitto",
    "/en/console/sign-in",
];
const FIELDS: [&str; 20] = [
    "token", "text", "entry", "facet", "in", "code", "turn", "helpful", "reason", "remark",
    "subject", "address", "office", "time", "q", "next", "name", "password", "words", "pick",
];

/// A site where one client may ask as often as it likes.
async fn site() -> Site {
    let settings = WebSettings {
        rate: 6_000,
        trusted_proxies: vec![[127, 0, 0, 1].into()],
        ..WebSettings::default()
    };
    Site::with(provby(), settings).await
}

/// Someone else each time, as a proxy tells it.
fn anyone() -> String {
    std::net::Ipv4Addr::from(getrandom::u32().unwrap() | 0x0a00_0000).to_string()
}

#[test]
fn whatever_is_sent_as_a_form_comes_to_a_whole_page() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let site = runtime.block_on(site());
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let value = prop_oneof![3 => questions(), 2 => traps(), 2 => select(vec![
        "grants/lovpeng", "offices/kundcenter", "when", "sv", "en", "1", "yes", "no", "grants.association", "stop", "070-174 06 05",
    ]).prop_map(str::to_owned)];
    let fields = vec((select(FIELDS.to_vec()), value), 0..6);
    let inputs = (
        any::<bool>(),
        select(FORMS.to_vec()),
        select(PAGES.to_vec()),
        fields,
        any::<bool>(),
    );
    try_out(KEPT, 24, &inputs, |(sends, form, page, fields, begun)| {
        let (status, text, is_html) = runtime.block_on(async {
            let mut fields = fields;
            let mut cookie = None;
            if begun {
                // Someone who has asked before, with the cookie and the token that they were given.
                let asked = client
                    .post(site.url("/sv/ask"))
                    .header("x-forwarded-for", anyone());
                let asked = asked
                    .header("sec-fetch-site", "same-origin")
                    .form(&[("token", ""), ("text", "Vad är lovpeng?")]);
                let asked = asked.send().await.unwrap();
                cookie = asked
                    .headers()
                    .get("set-cookie")
                    .and_then(|c| Some(c.to_str().ok()?.split(';').next()?.to_owned()));
                if let Some(cookie) = &cookie {
                    let page = client
                        .get(site.url("/sv/"))
                        .header("cookie", cookie)
                        .header("x-forwarded-for", anyone());
                    let page = page.send().await.unwrap().text().await.unwrap();
                    let token = page
                        .split_once("name=\"token\" value=\"")
                        .map(|(_, rest)| rest.split('"').next());
                    fields.insert(0, ("token", token.flatten().unwrap_or_default().to_owned()));
                }
            }
            let request = if sends {
                client
                    .post(site.url(form))
                    .header("sec-fetch-site", "same-origin")
                    .form(&fields)
            } else {
                client.get(site.url(page)).query(&fields)
            };
            let request = request.header("x-forwarded-for", anyone());
            let request = match &cookie {
                Some(cookie) => request.header("cookie", cookie),
                None => request,
            };
            let answer = request.send().await.unwrap();
            let mut status = answer.status().as_u16();
            let mut kind = answer.headers().get("content-type").cloned();
            let mut text = answer.text().await.unwrap();
            if let (303, Some(cookie)) = (status, &cookie) {
                let shown = client
                    .get(site.url("/sv/"))
                    .header("cookie", cookie)
                    .header("x-forwarded-for", anyone());
                let shown = shown.send().await.unwrap();
                status = shown.status().as_u16();
                kind = shown.headers().get("content-type").cloned();
                text = shown.text().await.unwrap();
            }
            let is_html = kind.is_some_and(|k| k.as_bytes().starts_with(b"text/html"));
            (status, text, is_html)
        });
        prop_assert!(status < 500, "{status}: {text}");
        if is_html {
            let wrong = wrong_with(&text, None);
            prop_assert!(wrong.is_none(), "{}\n{text}", wrong.unwrap());
        }
        Ok(())
    });
    runtime.block_on(site.close());
}

#[test]
fn whatever_is_sent_to_the_api_is_answered_or_refused() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let site = runtime.block_on(site());
    let client = Client::new();
    let talk = "7F3K2QX8M4T9WA5C7R3N6PE2HV9B";
    let calls: Vec<(&str, Value)> = vec![
        (
            "ask",
            json!({ "text": "Vad är lovpeng?", "conversation": talk, "language": "sv" }),
        ),
        ("ask", json!({ "text": "jag vill ha bidrag" })),
        (
            "show",
            json!({ "entry": "grants/lovpeng", "facet": "when", "conversation": talk }),
        ),
        (
            "feedback",
            json!({ "conversation": talk, "entry": "grants/lovpeng", "helpful": false, "reason": "out_of_date", "remark": "x" }),
        ),
        (
            "call-backs",
            json!({ "subject": "x", "address": "070-174 06 05", "office": "offices/kundcenter" }),
        ),
    ];
    let texts = prop_oneof![questions().prop_map(Value::String), values()];
    let inputs = (select(calls), texts, any::<bool>(), changes());
    try_out(
        API,
        32,
        &inputs,
        |((path, mut body), text, own, changes)| {
            if own && !body["text"].is_null() {
                body["text"] = text;
            }
            change(&mut body, &changes);
            let (status, answer) = runtime.block_on(async {
                let sent = client
                    .post(site.url(&format!("/api/v1/{path}")))
                    .header("x-forwarded-for", anyone());
                let answer = sent.json(&body).send().await.unwrap();
                (answer.status().as_u16(), answer.text().await.unwrap())
            });
            prop_assert!(status < 500, "{status}: {answer}");
            let read: Result<Value, _> = serde_json::from_str(&answer);
            prop_assert!(read.is_ok(), "{answer}");
            Ok(())
        },
    );
    runtime.block_on(site.close());
}
