//! The site as search engines read it: everything is found, every link leads somewhere, and what pages say to programs is
//! complete.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use lots::desk::{Origin, open};
use lots::knowledge::{EntryKind, Language};
use serde_json::Value;

use super::html::Page;
use super::site::{HOME, Site, at_home};
use crate::stage::{provby_folder, shipped_folder};

#[tokio::test]
async fn robots_are_told_where_everything_is() {
    let site = Site::with(open(&Origin::Folder(provby_folder())).unwrap(), at_home()).await;
    let robots = reqwest::get(site.url("/robots.txt")).await.unwrap();
    assert!(
        robots.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/plain")
    );
    let robots = robots.text().await.unwrap();
    assert!(
        robots.contains(&format!("Sitemap: {HOME}/sitemap.xml")),
        "{robots}"
    );
    site.close().await;
}

/// The shipped base, as a search engine reads it: every entry has its page in both languages, the sitemap lists exactly the
/// pages there are, each names the others, and what it says to programs is complete.
#[tokio::test(flavor = "multi_thread")]
async fn every_entry_of_the_shipped_base_can_be_found_and_read() {
    let base = open(&Origin::Folder(shipped_folder())).unwrap();
    let entries: Vec<_> = base
        .knowledge()
        .entries()
        .iter()
        .map(|e| {
            (
                e.id.clone(),
                e.texts.iter().map(|(l, _)| l).collect::<Vec<_>>(),
                e.reviewed,
            )
        })
        .collect();
    let site = Site::with(base, at_home()).await;
    let sitemap = reqwest::get(site.url("/sitemap.xml"))
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let listed: BTreeSet<String> = tags(&sitemap, "<loc>", "</loc>")
        .into_iter()
        .map(|address| address.strip_prefix(HOME).unwrap().to_owned())
        .collect();
    let mut wrong = Vec::new();
    let mut pages: BTreeMap<String, Page> = BTreeMap::new();
    for path in &listed {
        let page = Page::get(&site, path).await;
        if page.status != 200 {
            wrong.push(format!("{path}: {}", page.status));
        }
        pages.insert(path.clone(), page);
    }
    for (id, languages, reviewed) in &entries {
        assert_eq!(languages.len(), 2, "{id}");
        for language in languages {
            let path = address(id.as_str(), *language);
            let Some(page) = pages.get(&path) else {
                wrong.push(format!("{path} is not in the sitemap"));
                continue;
            };
            check_entry_page(&path, page, *language, &mut wrong);
            let dated = format!(
                "<loc>{HOME}{path}</loc>\n<lastmod>{}</lastmod>",
                reviewed.unwrap()
            );
            if !sitemap.contains(&dated) {
                wrong.push(format!("{path} is not dated"));
            }
        }
    }
    for (path, page) in &pages {
        for (code, other) in page.alternates() {
            let other = other.strip_prefix(HOME).unwrap_or(&other).to_owned();
            let back = pages.get(&other).map(Page::alternates).unwrap_or_default();
            if !back
                .values()
                .any(|address| *address == format!("{HOME}{path}"))
            {
                wrong.push(format!(
                    "{path}: {code} leads to {other}, which does not lead back"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let missing = links_that_lead_nowhere(&site, pages).await;
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    site.close().await;
}

/// What every page of an entry must say of itself.
fn check_entry_page(path: &str, page: &Page, language: Language, wrong: &mut Vec<String>) {
    let mut hold = |is_so: bool, what: &str| {
        if !is_so {
            wrong.push(format!("{path}: {what}"));
        }
    };
    hold(
        page.attribute("html", "lang") == [language.code()],
        "the language",
    );
    hold(page.texts("h1").len() == 1, "one heading");
    hold(
        page.rel("canonical") == [format!("{HOME}{path}")],
        "its own address",
    );
    hold(page.alternates().len() == 3, "sv, en and x-default");
    hold(!page.meta("description").is_empty(), "a description");
    hold(
        !page.property("og:title").is_empty(),
        "a title for sites that link to it",
    );
    hold(!page.body.contains(" style="), "no style of its own");
    let data = page.data();
    hold(data.len() == 1, "data for programs");
    let graph = data
        .first()
        .and_then(|d| d["@graph"].as_array())
        .cloned()
        .unwrap_or_default();
    let of = |kind: &str| {
        graph
            .iter()
            .find(|node| node["@type"] == kind)
            .cloned()
            .unwrap_or(Value::Null)
    };
    let (about, trail) = (of("WebPage"), of("BreadcrumbList"));
    hold(
        about["url"] == format!("{HOME}{path}"),
        "the address in its data",
    );
    hold(
        about["inLanguage"] == language.code(),
        "the language in its data",
    );
    let steps = trail["itemListElement"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    hold(steps.len() == 4, "where it stands");
    hold(
        steps
            .iter()
            .zip(1..)
            .all(|(s, n)| s["position"] == n && s["name"].is_string() && s["item"].is_string()),
        "each step of the way",
    );
    let thing = graph
        .iter()
        .find(|node| node["@id"] == about["mainEntity"]["@id"]);
    let thing = thing.cloned().unwrap_or(Value::Null);
    let required: &[&str] = match thing["@type"].as_str().unwrap_or_default() {
        "MonetaryGrant" => &["name", "description", "funder"],
        "GovernmentOffice" => &["name", "description", "parentOrganization"],
        "GovernmentOrganization" | "Organization" => &["name", "description"],
        "ContactPoint" => &["name", "contactType"],
        "Service" => &["name", "description", "provider"],
        "FAQPage" => &["name", "mainEntity"],
        other => {
            hold(false, &format!("a kind that is known, not {other:?}"));
            &[]
        }
    };
    for key in required {
        hold(!thing[*key].is_null(), &format!("{key} in its data"));
    }
    if thing["@type"] == "FAQPage" {
        let questions = thing["mainEntity"].as_array().cloned().unwrap_or_default();
        let whole = |q: &Value| {
            q["name"].is_string()
                && q["acceptedAnswer"]["text"]
                    .as_str()
                    .is_some_and(|t| !t.is_empty())
        };
        hold(
            !questions.is_empty() && questions.iter().all(whole),
            "questions with answers",
        );
    }
}

/// Follows every link within the site, from pages that are known.
async fn links_that_lead_nowhere(site: &Site, known: BTreeMap<String, Page>) -> Vec<String> {
    let mut missing = Vec::new();
    let mut seen: BTreeSet<String> = known.keys().cloned().collect();
    let mut waiting: VecDeque<(String, Vec<String>)> = known
        .into_iter()
        .map(|(path, page)| (path, page.links()))
        .collect();
    while let Some((from, links)) = waiting.pop_front() {
        for link in links {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            let inside = link.starts_with('/') || link.starts_with(HOME);
            let path = link.trim_start_matches(HOME).to_owned();
            if !inside || !seen.insert(path.clone()) {
                continue;
            }
            let page = Page::get(site, &path).await;
            if page.status != 200 {
                missing.push(format!("{from} leads to {path}: {}", page.status));
            }
            if page.media_type.starts_with("text/html") {
                waiting.push_back((path, page.links()));
            }
        }
    }
    missing
}

/// The path of an entry's page, as the addresses were agreed on.
fn address(id: &str, language: Language) -> String {
    let (folder, name) = id.split_once('/').unwrap();
    let kind = EntryKind::from_folder(folder).unwrap();
    let swedish = match kind {
        EntryKind::Grants => "bidrag",
        EntryKind::Awards => "utmarkelser",
        EntryKind::Councils => "rad",
        EntryKind::Offices => "forvaltningar",
        EntryKind::Contacts => "kontakter",
        EntryKind::Activities => "aktiviteter",
        EntryKind::Networks => "natverk",
        EntryKind::Associations => "foreningar",
        EntryKind::Guides => "guider",
        EntryKind::Helplines => "stodlinjer",
    };
    match language {
        Language::Swedish => format!("/sv/{swedish}/{name}"),
        Language::English => format!("/en/{folder}/{name}"),
    }
}

/// What stands between two marks, each time.
fn tags<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from)
        .skip(1)
        .filter_map(|rest| rest.split(to).next())
        .collect()
}
