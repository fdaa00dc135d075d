//! The program under load: started on a folder of its own, weighed, and told to end.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use lots::desk::{Desk, Keep, Library, Origin, Role, State, open};
use tempfile::TempDir;

use crate::stand_in::{Options, StandIn};

/// The name and the password of someone of the staff.
pub(crate) const STAFF: (&str, &str) = ("eva", "fyra ord som jag minns");

/// The program at work, and the Discord that it is on.
pub(crate) struct Running {
    program: Child,
    /// Where its page is.
    pub(crate) site: String,
    pub(crate) discord: Arc<StandIn>,
    log: JoinHandle<String>,
    _folder: TempDir,
}

impl Running {
    /// Starts `LOTS_BINARY`, or the program that was built with this, on the shipped base, and waits until it answers.
    pub(crate) async fn start() -> anyhow::Result<Running> {
        let folder = tempfile::tempdir()?;
        let settings =
            "[web]\nrate = 6000\ntrusted_proxies = [\"127.0.0.1\"]\n[discord]\nrate = 600\n";
        std::fs::write(folder.path().join("lots.toml"), settings)?;
        let database = format!("sqlite://{}", folder.path().join("lots.db").display());
        add_staff(&database).await?;
        let discord = StandIn::start(Options {
            patience: Duration::from_secs(60),
            ..Options::default()
        })
        .await;
        let binary = std::env::var("LOTS_BINARY").unwrap_or(env!("CARGO_BIN_EXE_lots").to_owned());
        let mut program = Command::new(binary)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .current_dir(folder.path())
            .env("LOTS_DATABASE_URL", &database)
            .env("LOTS_DISCORD_TOKEN", discord.token())
            .env("LOTS_DISCORD_PROXY", discord.proxy())
            .env("LOTS_LOG", "warn")
            .env_remove("LOTS_METRICS")
            .env_remove("LOTS_KNOWLEDGE")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut err = BufReader::new(program.stderr.take().context("nothing is heard of it")?);
        let mut line = String::new();
        let site = loop {
            line.clear();
            ensure!(err.read_line(&mut line)? > 0, "it ended");
            if let Some(site) = line.strip_prefix("lots: the page is at ") {
                break site.trim_end().to_owned();
            }
        };
        let log = std::thread::spawn(move || {
            let mut rest = String::new();
            // What cannot be read is not counted.
            _ = err.read_to_string(&mut rest);
            rest
        });
        // Connections wait until the base is read.
        reqwest::get(format!("{site}/healthz")).await?;
        discord.ready().await;
        Ok(Running {
            program,
            site,
            discord: Arc::new(discord),
            log,
            _folder: folder,
        })
    }

    /// How much memory it holds, in bytes.
    pub(crate) fn memory(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.program.id()))?;
        let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
        let number = line.and_then(|l| l.trim().strip_suffix(" kB"));
        let kilobytes: u64 = number.context("it is gone")?.parse()?;
        Ok(kilobytes * 1024)
    }

    /// Tells it to end, and gives what it logged. Fails when it does not end well.
    pub(crate) fn end(mut self) -> anyhow::Result<String> {
        Command::new("kill")
            .arg(self.program.id().to_string())
            .status()?;
        let told = Instant::now();
        let status = loop {
            if let Some(status) = self.program.try_wait()? {
                break status;
            }
            ensure!(told.elapsed() < Duration::from_secs(30), "it did not end");
            std::thread::sleep(Duration::from_millis(50));
        };
        let log = self.log.join().unwrap_or_default();
        // The log has a few lines for whoever started it.
        let log: Vec<&str> = log.lines().filter(|l| !l.starts_with("lots: ")).collect();
        let log = log.join("\n");
        ensure!(status.success(), "it ended with {status}:\n{log}");
        Ok(log)
    }
}

async fn add_staff(database: &str) -> anyhow::Result<()> {
    let keep = Keep {
        questions: State::ALL.map(|state| (state, 180)).to_vec(),
        conversations: 7,
        call_backs: 14,
    };
    let desk = Desk::open(Library::new(open(&Origin::Bundled)?), database, keep).await?;
    let (name, password) = STAFF;
    desk.add_account(&Desk::command_line(), name, Role::Admin, None, password)
        .await
        .map_err(|error| anyhow::anyhow!("{error:?}"))?;
    desk.close().await;
    Ok(())
}
