//! What people do: each kind as whoever does it would, with what must come of it.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::program::{Running, STAFF};
use crate::stand_in::{Person, StandIn};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Someone opens the page, asks, reads the answer and erases it all: what a page shows of a conversation stands in memory for
    /// an hour, and would look like a leak.
    Page,
    /// A program asks by the API, two questions in a conversation.
    Api,
    /// Someone reads an entry, or searches.
    Read,
    /// Someone of the staff looks at the queue, a question in it, the figures or the trail.
    Console,
    /// Someone asks on Discord.
    Discord,
}

impl Kind {
    pub(crate) const ALL: [Kind; 5] = [
        Kind::Page,
        Kind::Api,
        Kind::Read,
        Kind::Console,
        Kind::Discord,
    ];

    /// Of twenty, five are by the page, seven by the API, three read, two are of the staff, and three on Discord.
    pub(crate) fn of(number: u32) -> Kind {
        match number % 20 {
            0 | 4 | 8 | 12 | 16 => Kind::Page,
            1 | 3 | 6 | 9 | 11 | 14 | 18 => Kind::Api,
            2 | 10 | 17 => Kind::Read,
            5 | 15 => Kind::Console,
            // 7, 13 and 19.
            7.. => Kind::Discord,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Api => "API",
            Kind::Read => "entries",
            Kind::Console => "console",
            Kind::Discord => "Discord",
        }
    }
}

/// Some that the base answers, some that it asks back about, some that have to be written down.
const QUESTIONS: [&str; 8] = [
    "Hur startar man en förening?",
    "Vilka bidrag kan vår förening söka?",
    "när är sista dag?",
    "Hur många katter bor det på månen?",
    "Who can I call about volunteering?",
    "Hur får jag bygglov till en altan?",
    "Var kan vi låna en lokal?",
    "Vem ansvarar för ljudet från rymden?",
];
const PAGES: [&str; 5] = [
    "/sv/lista",
    "/sv/lista?q=bidrag",
    "/en/browse?q=hall",
    "/sv/manniska",
    "/api/v1/entries?q=bidrag",
];
const CONSOLE: [&str; 5] = [
    "/sv/konsol/accounts",
    "/sv/konsol/queue",
    "/sv/konsol/paths",
    "/sv/konsol/audit",
    "/sv/konsol/changes",
];
/// How many different people are on Discord.
const PEOPLE: usize = 100;
/// As long as anyone would wait.
const PATIENCE: Duration = Duration::from_secs(30);

/// Those who do it.
pub(crate) struct Traffic {
    site: String,
    client: Client,
    /// What the browser of the one of the staff holds.
    staff: String,
    discord: Arc<StandIn>,
    people: Vec<Person>,
}

impl Traffic {
    /// Signs in, and gets to know those on Discord.
    pub(crate) async fn begin(running: &Running) -> anyhow::Result<Traffic> {
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()?;
        let (name, password) = STAFF;
        let fields = [("token", ""), ("name", name), ("password", password)];
        let sent = client
            .post(format!("{}/sv/konsol/sign-in", running.site))
            .header("sec-fetch-site", "same-origin")
            .form(&fields);
        let signed_in = sent.send().await?;
        ensure!(
            signed_in.status() == StatusCode::SEE_OTHER,
            "nobody can sign in: {}",
            signed_in.status()
        );
        let discord = Arc::clone(&running.discord);
        Ok(Traffic {
            site: running.site.clone(),
            staff: cookie_of(&signed_in).context("signing in gives no cookie")?,
            people: (0..PEOPLE)
                .map(|n| discord.person(&format!("person {n}")))
                .collect(),
            client,
            discord,
        })
    }

    /// Does one thing. Fails when what comes of it is not what must.
    pub(crate) async fn one(&self, kind: Kind, number: u32) -> anyhow::Result<()> {
        match kind {
            Kind::Page => self.page(number).await,
            Kind::Api => self.api(number).await,
            Kind::Read => self.read(number).await,
            Kind::Console => self.console(number).await,
            Kind::Discord => self.on_discord(number).await,
        }
    }

    async fn page(&self, number: u32) -> anyhow::Result<()> {
        let text = pick(&QUESTIONS, number / 20);
        let opened = whole(self.get("/sv/", number)).await?;
        ensure!(opened.contains("<form"), "there is nothing to ask with");
        let asked = self
            .post("/sv/ask", number)
            .form(&[("token", ""), ("text", text)]);
        let asked = asked.send().await?;
        ensure!(
            asked.status() == StatusCode::SEE_OTHER,
            "{}",
            asked.status()
        );
        let cookie = cookie_of(&asked).context("a conversation has no cookie")?;
        let place = asked.headers().get(LOCATION).context("it leads nowhere")?;
        let place = place
            .to_str()?
            .split('#')
            .next()
            .unwrap_or_default()
            .to_owned();
        let shown = whole(self.get(&place, number).header(COOKIE, &cookie)).await?;
        // What was asked stands on the page, beside what is answered.
        ensure!(shown.contains(text), "the page does not say {text:?}");
        let token = shown.split("name=\"token\" value=\"").nth(1);
        let token = token.and_then(|rest| rest.split('"').next());
        let fields = [("token", token.context("there is nothing to go on with")?)];
        let erased = self.post("/sv/forget", number).header(COOKIE, &cookie);
        whole(erased.form(&fields)).await?;
        Ok(())
    }

    async fn api(&self, number: u32) -> anyhow::Result<()> {
        let mut conversation = Value::Null;
        for turn in 0..2 {
            let text = pick(&QUESTIONS, number / 20 + turn * 3);
            let mut body = json!({ "text": text });
            if !conversation.is_null() {
                body["conversation"] = conversation;
            }
            let asked = self.post("/api/v1/ask", number).json(&body);
            let answer: Value = serde_json::from_str(&whole(asked).await?)?;
            conversation = answer["conversation"].clone();
            let is_unknown = ["unknown", "route"]
                .iter()
                .any(|d| answer["decision"] == *d);
            ensure!(
                !is_unknown || answer["receipt"].is_string(),
                "no receipt: {answer}"
            );
        }
        Ok(())
    }

    async fn read(&self, number: u32) -> anyhow::Result<()> {
        let text = whole(self.get(pick(&PAGES, number / 10), number)).await?;
        ensure!(text.len() > 100, "{text}");
        Ok(())
    }

    async fn console(&self, number: u32) -> anyhow::Result<()> {
        let get = |path: &str| self.get(path, number).header(COOKIE, &self.staff);
        let path = pick(&CONSOLE, number / 10);
        let page = whole(get(path)).await?;
        // The first question in the queue, when there is one by now.
        let cluster = page.split("href=\"/sv/konsol/queue/").nth(1);
        if let Some(cluster) = cluster.and_then(|rest| rest.split('"').next()) {
            whole(get(&format!("/sv/konsol/queue/{cluster}"))).await?;
        }
        Ok(())
    }

    async fn on_discord(&self, number: u32) -> anyhow::Result<()> {
        let person = &self.people[number as usize / 6 % PEOPLE];
        let text = pick(&QUESTIONS, number / 20);
        let channel = self.discord.channel();
        let asked = self
            .discord
            .call(person, channel, "/fråga", &[("fråga", text)]);
        let answer = timeout(PATIENCE, self.discord.reply_to(&asked)).await?;
        ensure!(!answer.text().is_empty(), "nothing is said");
        Ok(())
    }

    fn get(&self, path: &str, number: u32) -> RequestBuilder {
        let request = self.client.get(format!("{}{path}", self.site));
        request.header("x-forwarded-for", who(number))
    }

    fn post(&self, path: &str, number: u32) -> RequestBuilder {
        let request = self.client.post(format!("{}{path}", self.site));
        let request = request.header("x-forwarded-for", who(number));
        request.header("sec-fetch-site", "same-origin")
    }
}

/// The text of what comes back, which must be well.
async fn whole(request: RequestBuilder) -> anyhow::Result<String> {
    let answer = request.send().await?;
    let (status, place) = (answer.status(), answer.url().path().to_owned());
    let text = answer.text().await?;
    ensure!(status == StatusCode::OK, "{place}: {status}");
    Ok(text)
}

fn cookie_of(answer: &Response) -> Option<String> {
    let set = answer.headers().get(SET_COOKIE)?.to_str().ok()?;
    Some(set.split(';').next()?.to_owned())
}

/// Where someone is, as a proxy tells it: there are some thousands.
fn who(number: u32) -> String {
    Ipv4Addr::from(0x0a00_0000 + number % 5_000).to_string()
}

fn pick<'a>(all: &[&'a str], number: u32) -> &'a str {
    all[number as usize % all.len()]
}
