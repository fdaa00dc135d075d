//! What the tests of Discord stand on: a Discord of our own, a desk of Provby, and lots between them.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use lots::answering::Answerer;
use lots::config::{DiscordSettings, Secret, Snowflake};
use lots::desk::Desk;
use lots::discord::{self, Pages};
use lots::store::Receipt;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::stand_in::{Message, Options, Person, StandIn};
use crate::stage::{becomes, bytes_of, desk_of, provby, sqlite};

/// As long as nothing has to happen, nothing happens within this.
pub(crate) const A_WHILE: Duration = Duration::from_millis(400);

/// A town where lots answers on Discord.
pub(crate) struct Town {
    pub(crate) discord: StandIn,
    pub(crate) desk: Arc<Desk>,
    pub(crate) settings: DiscordSettings,
    pub(crate) folder: TempDir,
    lots: Lots,
}

/// Lots at work.
struct Lots {
    end: Option<oneshot::Sender<()>>,
    running: JoinHandle<anyhow::Result<()>>,
}

impl Town {
    /// Opens one as most tests need it.
    pub(crate) async fn open() -> Town {
        Town::open_with(Options::default(), |_, _| {}).await
    }

    /// Opens one with settings that may name what the stand-in has.
    pub(crate) async fn open_with(
        options: Options,
        set: impl FnOnce(&StandIn, &mut DiscordSettings),
    ) -> Town {
        let town = Town::start(options, set).await;
        town.discord.ready().await;
        town
    }

    /// The same without waiting until lots is connected, which it may never be.
    pub(crate) async fn start(
        options: Options,
        set: impl FnOnce(&StandIn, &mut DiscordSettings),
    ) -> Town {
        let discord = StandIn::start(options).await;
        let mut settings = DiscordSettings {
            token: Some(Secret::new(discord.token())),
            proxy: Some(discord.proxy()),
            ..DiscordSettings::default()
        };
        set(&discord, &mut settings);
        let folder = tempfile::tempdir().unwrap();
        let desk = Arc::new(desk_of(provby(), &sqlite(folder.path())).await);
        let lots = Lots::start(&desk, &settings, None);
        Town {
            discord,
            desk,
            settings,
            folder,
            lots,
        }
    }

    /// Ends lots and starts it again, through a client of its own when one is given.
    pub(crate) async fn restart(&mut self, client: Option<reqwest::Client>) {
        self.lots.end().await.unwrap();
        let logged_in = self.discord.identified().len();
        self.lots = Lots::start(&self.desk, &self.settings, client);
        until("lots to log in again", || {
            self.discord.identified().len() > logged_in
        })
        .await;
        self.discord.ready().await;
    }

    /// Ends lots and everything that it remembers, and starts it again on the same database.
    pub(crate) async fn begin_anew(&mut self) {
        self.begin_anew_with(provby(), |desk| desk).await;
    }

    /// The same on a day.
    pub(crate) async fn on(&mut self, day: Date) {
        // On the heap: a test that goes from day to day would else be more than its thread can hold.
        Box::pin(self.begin_anew_with(provby(), |desk| desk.on(day))).await;
    }

    /// The same with another base, and a desk that is made otherwise.
    pub(crate) async fn begin_anew_with(
        &mut self,
        base: Answerer,
        make: impl FnOnce(Desk) -> Desk,
    ) {
        self.lots.end().await.unwrap();
        self.desk.close().await;
        let desk = desk_of(base, &sqlite(self.folder.path())).await;
        self.desk = Arc::new(make(desk));
        let logged_in = self.discord.identified().len();
        self.lots = Lots::start(&self.desk, &self.settings, None);
        until("lots to log in again", || {
            self.discord.identified().len() > logged_in
        })
        .await;
        self.discord.ready().await;
    }

    /// Tells lots to end, and how it did.
    pub(crate) async fn end(mut self) -> anyhow::Result<()> {
        self.lots.end().await
    }

    /// How lots ended by itself.
    pub(crate) async fn ended(&mut self) -> anyhow::Result<()> {
        let running = &mut self.lots.running;
        tokio::time::timeout(Duration::from_secs(20), running)
            .await
            .expect("lots did not end by itself")
            .unwrap()
    }

    /// Someone asks by command in the channel; the answer as it is shown in the end.
    pub(crate) async fn ask(&self, person: &Person, text: &str) -> Message {
        let asked = self
            .discord
            .call(person, self.discord.channel(), "/fråga", &[("fråga", text)]);
        self.discord.reply_to(&asked).await
    }

    /// Someone presses a button; what it leads to.
    pub(crate) async fn press(&self, person: &Person, message: &Message, label: &str) -> Message {
        let pressed = self.discord.click(person, message, label);
        self.discord.reply_to(&pressed).await
    }

    /// Someone mentions the bot in the channel and says something.
    pub(crate) fn mention(&self, person: &Person, text: &str) -> Message {
        let text = format!("<@{}> {text}", self.discord.bot_user());
        self.discord.say(person, self.discord.channel(), &text)
    }

    /// Every byte that lots keeps.
    pub(crate) fn kept(&self) -> Vec<u8> {
        bytes_of(self.folder.path())
    }
}

impl Lots {
    fn start(
        desk: &Arc<Desk>,
        settings: &DiscordSettings,
        client: Option<reqwest::Client>,
    ) -> Lots {
        let (end, ended) = oneshot::channel();
        let (desk, settings) = (Arc::clone(desk), settings.clone());
        let running = tokio::spawn(async move {
            let shutdown = async move { _ = ended.await };
            discord::run_by(desk, &settings, pages(), client, shutdown).await
        });
        Lots {
            end: Some(end),
            running,
        }
    }

    async fn end(&mut self) -> anyhow::Result<()> {
        if let Some(end) = self.end.take() {
            _ = end.send(());
        }
        let running = &mut self.running;
        tokio::time::timeout(Duration::from_secs(10), running)
            .await
            .expect("lots did not end when it was told to")
            .unwrap()
    }
}

impl Drop for Lots {
    fn drop(&mut self) {
        self.running.abort();
    }
}

/// Where a result can be taken along from.
fn pages() -> Option<Pages> {
    Some(Pages {
        address: "https://lots.provby.example".to_owned(),
        print: |code, language| format!("/{language}/print?code={code}"),
        calendar: |code, language| format!("/{language}/days.ics?code={code}"),
    })
}

/// Waits until something is so.
pub(crate) async fn until(what: &str, is_so: impl Fn() -> bool) {
    let became = becomes(Duration::from_secs(25), async || is_so()).await;
    assert!(became, "waited in vain for {what}");
}

/// An id as the settings have it.
pub(crate) fn id(number: u64) -> Snowflake {
    Snowflake::try_from(number).unwrap()
}

/// The receipt that stands in a message.
#[track_caller]
pub(crate) fn receipt_in(message: &Message) -> Receipt {
    let text = message.text();
    Receipt::find_in(&text).unwrap_or_else(|| panic!("no receipt stands in {text:?}"))
}
