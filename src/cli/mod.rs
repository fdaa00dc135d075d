//! The command line: what can be typed after `lots`, and what each command does.

mod ask;
mod audit;
mod backup;
mod base;
mod demo;
mod evaluate;
mod keeping;
mod knowledge;
mod links;
mod questions;
mod staff;
mod train;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::app;
use crate::config::{Flags, Listen, LogFormat, Settings};

pub use evaluate::{Figures, Item, evaluate};

/// The way in to a municipality: answers questions from a curated base, names the right office, and logs what it could
/// not answer.
#[derive(Debug, Parser)]
#[command(name = "lots", version, about)]
struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Args)]
struct Shared {
    /// The folder of the knowledge base [env: LOTS_KNOWLEDGE]
    #[arg(long, global = true, value_name = "FOLDER")]
    knowledge: Option<PathBuf>,
    /// The database: sqlite://FILE or postgres://… [env: LOTS_DATABASE_URL]
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Talk in the terminal
    Chat,
    /// Ask one question, or many through a pipe
    Ask(ask::AskArgs),
    /// Look up what became of a saved question
    Receipt {
        /// The code that the bot gave, such as 7F3K-2QX
        code: String,
        /// Print all that is kept about it, for whoever asks what the municipality has about them
        #[arg(long)]
        json: bool,
    },
    /// Erase what someone has left, at their wish
    Erase(keeping::EraseArgs),
    /// Check a knowledge base and list every problem with what to do about it
    Check {
        /// The folder; without it, the base that would be used
        folder: Option<PathBuf>,
    },
    /// Write a small base for another municipality
    Init {
        /// A folder that does not exist yet, or is empty
        folder: PathBuf,
        /// What residents call the municipality
        #[arg(long, default_value = "Exempel kommun")]
        name: String,
    },
    /// Print the JSON Schema of an entry's front matter
    Schema,
    /// Print how well a set of questions is answered
    Evaluate(evaluate::EvaluateArgs),
    /// Learn the weights of the matching from the base, and print them
    Train(train::TrainArgs),
    /// Read and answer the questions that were saved
    Questions {
        #[command(subcommand)]
        command: questions::QuestionsCommand,
    },
    /// See to the accounts of those who work with the questions
    Staff {
        #[command(subcommand)]
        command: staff::StaffCommand,
    },
    /// Read and verify the trail of what staff have done
    Audit {
        #[command(subcommand)]
        command: audit::AuditCommand,
    },
    /// What staff have changed in the knowledge base
    Knowledge {
        #[command(subcommand)]
        command: knowledge::KnowledgeCommand,
    },
    /// Look now whether every link of the knowledge base still leads somewhere; the status is 1 when one has led nowhere for
    /// more than a day
    Links,
    /// Delete what is past its time, and print what was deleted
    Purge(keeping::PurgeArgs),
    /// Copy the database into a file while lots runs (SQLite; for PostgreSQL there is pg_dump)
    Backup(backup::BackupArgs),
    /// Fill a fresh database with a month of invented questions, to try the console with
    Demo,
    /// Serve the page, and Discord when a token is set, until Ctrl-C (what `lots` alone does)
    Serve(ServeArgs),
    /// Things to do with the Discord channel
    Discord {
        #[command(subcommand)]
        command: DiscordCommand,
    },
    /// Print the settings in force, with secrets hidden
    Config,
}

#[derive(Debug, Default, clap::Args)]
struct ServeArgs {
    /// Where the page is served: an address and a port, or off [env: LOTS_LISTEN] [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS", value_parser = |text: &str| Listen::try_from(text.to_owned()))]
    listen: Option<Listen>,
}

#[derive(Debug, Subcommand)]
enum DiscordCommand {
    /// Print the address where a server's owner lets the bot in
    Invite,
}

/// What is never logged, whatever is set: libraries that would write down messages of residents, or the token.
const SILENCED: [&str; 9] = [
    "serenity=error",
    "serenity::gateway::ws=off",
    "tungstenite=off",
    "tokio_tungstenite=off",
    "reqwest=warn",
    "hyper=warn",
    "hyper_util=warn",
    "h2=warn",
    "rustls=warn",
];

/// Runs what the command line says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match start(cli) {
        Ok(code) => code,
        Err(error) => {
            say_error(&error);
            ExitCode::FAILURE
        }
    }
}

fn start(cli: Cli) -> anyhow::Result<ExitCode> {
    let command = cli
        .command
        .unwrap_or_else(|| Command::Serve(ServeArgs::default()));
    let listen = match &command {
        Command::Serve(args) => args.listen,
        _ => None,
    };
    let settings = Settings::read(Flags {
        knowledge: cli.shared.knowledge,
        database_url: cli.shared.database_url,
        listen,
    })?;
    start_log(&settings);
    match command {
        Command::Chat => later(app::chat(&settings)).map(|()| ExitCode::SUCCESS),
        Command::Ask(args) => ask::run(&settings, args),
        Command::Receipt { code, json: true } => later(keeping::dossier(&settings, &code)),
        Command::Receipt { code, json: false } => later(questions::receipt(&settings, &code)),
        Command::Erase(args) => later(keeping::erase(&settings, args)),
        Command::Check { folder } => base::check(&settings, folder),
        Command::Init { folder, name } => base::init(&folder, &name),
        Command::Schema => base::schema(),
        Command::Evaluate(args) => evaluate::run(&settings, &args),
        Command::Train(args) => train::run(&settings, &args),
        Command::Questions { command } => later(questions::run(&settings, command)),
        Command::Staff { command } => later(staff::run(&settings, command)),
        Command::Audit { command } => later(audit::run(&settings, command)),
        Command::Knowledge { command } => later(knowledge::run(&settings, command)),
        Command::Purge(args) => later(keeping::purge(&settings, args)),
        Command::Backup(args) => later(backup::run(&settings, args)),
        Command::Links => later(links::run(&settings)),
        Command::Demo => later(demo::run(&settings)),
        Command::Serve(_) => later(serve(&settings)).map(|()| ExitCode::SUCCESS),
        Command::Discord {
            command: DiscordCommand::Invite,
        } => {
            let address = later(app::discord_invitation(&settings))?;
            print(&format!("{address}\n"))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Config => {
            print(&settings.shown())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Opens the channels, says where they are, and keeps them open.
async fn serve(settings: &Settings) -> anyhow::Result<()> {
    keep_panics_to_ourselves();
    let serving = app::open_doors(settings).await?;
    if let Some(address) = serving.page() {
        say(&format!("lots: the page is at http://{address}"));
    }
    if let Some(address) = serving.figures() {
        say(&format!(
            "lots: the figures are at http://{address}/metrics"
        ));
    }
    if settings.discord.token.is_some() {
        say("lots: serving Discord");
    }
    say("lots: Ctrl-C ends it");
    serving.run().await
}

/// Has a panic say where it was and nothing more: its message can hold what a resident wrote.
fn keep_panics_to_ourselves() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "the program made a mistake; this is a bug in lots");
    }));
}

/// What the stack of a thread may take, in bytes: in an unoptimised build a publication comes near tokio's own 2 MiB.
const STACK: usize = 8 * 1024 * 1024;

/// Runs what waits for a database or a person. Commands that do not, have no runtime to start.
fn later<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()?
        .block_on(work)
}

fn start_log(settings: &Settings) {
    let filter = tracing_subscriber::EnvFilter::try_new(&settings.log)
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let filter = SILENCED
        .iter()
        .filter_map(|directive| directive.parse().ok())
        .fold(filter, |filter, directive| filter.add_directive(directive));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    // A second start in one process, as tests do, keeps the first log.
    let _ = match settings.log_format {
        LogFormat::Text => log.compact().try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
}

/// Writes to standard output. A reader that went away, as `head` does, ends the program quietly.
fn print(text: &str) -> anyhow::Result<()> {
    use std::io::Write;
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        other => Ok(other?),
    }
}

/// A time as it is printed, to the minute, in UTC.
fn minute(milliseconds: i64) -> String {
    jiff::Timestamp::from_millisecond(milliseconds)
        .map(|t| t.strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

fn say_error(error: &anyhow::Error) {
    say(&format!("lots: {error:#}"));
}

#[expect(
    clippy::print_stderr,
    reason = "the one place where the operator is told what is no result"
)]
fn say(text: &str) {
    eprintln!("{text}");
}
