//! The console: who gets to what, and that nobody gets further.

mod accounts;
mod audit;
mod calls;
mod cluster;
mod codes;
mod digests;
mod drafts;
mod figures;
mod freshness;
mod guards;
mod ideas;
mod publishing;
mod queue;
mod records;
mod settings;
mod sign_on;
mod signing_in;

use lots::desk::{Desk, Role};
use reqwest::Method;
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};

use super::browser::{Browser, Page};
use super::site::Site;
use crate::stage::sqlite;

/// The password of everyone here.
pub(crate) const PASSWORD: &str = "fyra ord som jag minns";

/// Everything there is in the console: how, where after the console's own path, and the role that it takes. Whoever adds
/// an address adds it here. `{cluster}` stands for a question that waits, `{receipt}` for its receipt, and
/// `{idea}` for an idea.
pub(crate) const ROUTES: [(Method, &str, Role); 61] = [
    (Method::GET, "", Role::Reader),
    (Method::GET, "/queue", Role::Reader),
    (Method::GET, "/queue/{cluster}", Role::Reader),
    (Method::POST, "/queue/{cluster}/answer", Role::Editor),
    (Method::GET, "/queue/{cluster}/teach", Role::Editor),
    (Method::POST, "/queue/{cluster}/teach", Role::Editor),
    (Method::GET, "/queue/{cluster}/pass-on", Role::Editor),
    (Method::POST, "/queue/{cluster}/pass-on", Role::Editor),
    (Method::POST, "/queue/{cluster}/mend", Role::Editor),
    (Method::POST, "/queue/{cluster}/dismiss", Role::Editor),
    (Method::POST, "/queue/{cluster}/reopen", Role::Editor),
    (Method::POST, "/queue/{cluster}/merge", Role::Editor),
    (Method::POST, "/queue/{cluster}/split", Role::Editor),
    (Method::POST, "/queue/{cluster}/hold", Role::Editor),
    (Method::GET, "/records", Role::Reader),
    (Method::POST, "/records/person", Role::Admin),
    (Method::GET, "/records/purged?from=2026-01-01", Role::Reader),
    (Method::GET, "/records/purged.csv", Role::Reader),
    (Method::GET, "/records/diary.xsd", Role::Reader),
    (Method::GET, "/records/of/{receipt}", Role::Reader),
    (Method::GET, "/records/of/{receipt}/data.json", Role::Reader),
    (Method::POST, "/records/of/{receipt}/hold", Role::Editor),
    (Method::POST, "/records/of/{receipt}/release", Role::Editor),
    (Method::POST, "/records/of/{receipt}/diary", Role::Editor),
    (Method::POST, "/records/of/{receipt}/erase", Role::Admin),
    (Method::GET, "/calls", Role::Reader),
    (Method::POST, "/calls/7f3k2qx/take", Role::Editor),
    (Method::POST, "/calls/7f3k2qx/handled", Role::Editor),
    (Method::GET, "/ideas", Role::Reader),
    (Method::GET, "/ideas/{idea}", Role::Reader),
    (Method::POST, "/ideas/{idea}/answer", Role::Editor),
    (Method::POST, "/ideas/{idea}/close", Role::Editor),
    (Method::GET, "/figures", Role::Reader),
    (Method::GET, "/figures/export", Role::Reader),
    (Method::POST, "/figures/questions", Role::Editor),
    (Method::GET, "/paths", Role::Reader),
    (Method::GET, "/freshness", Role::Reader),
    (Method::GET, "/freshness/grants/lovpeng", Role::Reader),
    (
        Method::POST,
        "/freshness/grants/lovpeng/holds",
        Role::Editor,
    ),
    (Method::POST, "/freshness/grants/lovpeng/mend", Role::Editor),
    (Method::GET, "/changes", Role::Reader),
    (Method::GET, "/account", Role::Reader),
    (Method::POST, "/account/password", Role::Reader),
    (Method::POST, "/account/sign-out", Role::Reader),
    (Method::GET, "/account/codes", Role::Reader),
    (Method::POST, "/account/codes", Role::Reader),
    (Method::POST, "/account/codes/renew", Role::Reader),
    (Method::POST, "/account/codes/off", Role::Reader),
    (Method::POST, "/sign-out", Role::Reader),
    (Method::GET, "/audit", Role::Reader),
    (
        Method::GET,
        "/audit?who=ada&about=account/ada&before=3",
        Role::Reader,
    ),
    (Method::POST, "/audit/verify", Role::Reader),
    (Method::GET, "/accounts", Role::Admin),
    (Method::GET, "/accounts/new", Role::Admin),
    (Method::POST, "/accounts/new", Role::Admin),
    (Method::GET, "/accounts/of/ada", Role::Admin),
    (Method::POST, "/accounts/of/ada/role", Role::Admin),
    (Method::POST, "/accounts/of/ada/password", Role::Admin),
    (Method::POST, "/accounts/of/ada/codes", Role::Admin),
    (Method::POST, "/accounts/of/ada/close", Role::Admin),
    (Method::POST, "/accounts/of/ada/reopen", Role::Admin),
];

/// The console in each language.
pub(crate) const HOMES: [&str; 2] = ["/sv/konsol", "/en/console"];

/// A name for each role.
pub(crate) fn name(role: Role) -> &'static str {
    match role {
        Role::Reader => "rut",
        Role::Editor => "eva",
        Role::Admin => "ada",
    }
}

/// Gives a site an account for each role.
pub(crate) async fn staff(site: &Site) {
    let by = Desk::command_line();
    for role in Role::ALL {
        let added = site
            .desk()
            .add_account(&by, name(role), role, None, PASSWORD);
        added.await.unwrap();
    }
}

/// A site with staff.
pub(crate) async fn staffed() -> Site {
    let site = Site::open().await;
    staff(&site).await;
    site
}

/// Someone with a role who has signed in, with the token of the forms of a page at hand.
pub(crate) async fn signed_in(site: &Site, role: Role) -> Browser {
    let mut browser = Browser::new(site);
    let page = sign_in(&mut browser, name(role), PASSWORD).await;
    assert_eq!(page.status, 303, "{}", page.text);
    browser.open("/en/console/account").await.says(name(role));
    browser
}

/// Sends the form for signing in.
pub(crate) async fn sign_in(browser: &mut Browser, name: &str, password: &str) -> Page {
    let fields = [("name", name), ("password", password)];
    browser.submit("/en/console/sign-in", &fields).await
}

/// Where a response leads.
#[track_caller]
pub(crate) fn place(page: &Page) -> &str {
    assert_eq!(page.status, 303, "{}", page.text);
    page.headers["location"].to_str().unwrap()
}

/// Runs a statement past the store of a site.
pub(crate) async fn run(site: &Site, statement: &str) {
    let options: sqlx::sqlite::SqliteConnectOptions = sqlite(site.folder()).parse().unwrap();
    let mut connection = options.connect().await.unwrap();
    connection
        .execute(AssertSqlSafe(statement.to_owned()))
        .await
        .unwrap();
}
