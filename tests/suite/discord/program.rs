//! The built program: `lots serve` and `lots discord invite`.

use std::io::Read;
use std::process::{Child, Command};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::stand_in::{Options, StandIn};
use crate::stage::Program;

#[tokio::test(flavor = "multi_thread")]
async fn serve_answers_until_it_is_told_to_end() {
    let discord = StandIn::start(Options::default()).await;
    let program = Program::new();
    let serving = serve(&program, &discord, discord.token());
    discord.ready().await;
    let ada = discord.person("Ada");
    let asked = discord.call(
        &ada,
        discord.channel(),
        "/fråga",
        &[("fråga", "Vad är lovpeng, undrar hemligheten?")],
    );
    assert!(discord.reply_to(&asked).await.text().contains("Lovpeng är"));
    let said = discord.say(
        &ada,
        discord.direct_messages(&ada),
        "Mitt namn är Hemligheten, vad är lovpeng?",
    );
    discord.answer_to(&said).await;
    let begun = discord.call(&ada, discord.channel(), "/idé", &[]);
    let step = discord.reply_to(&begun).await;
    let pressed = discord.click(&ada, &step, "Skriv ditt svar");
    discord.form_after(&pressed).await;
    let sent = discord.hand_in(&pressed, &[("Vad är din idé?", "Hemligheten om odlingen")]);
    let whom = discord.reply_to(&sent).await;
    assert!(whom.text().contains("Vilka är den för?"), "{}", whom.text());
    let (status, log) = serving.end().await;
    assert_eq!(status, Some(0), "{log}");
    // Everything was to be logged that may be.
    for secret in [discord.token(), "emligheten", &ada.id.to_string()] {
        assert!(!log.contains(secret), "{secret} stands in the log:\n{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_closes_the_channel_and_not_the_program() {
    let discord = StandIn::start(Options::default()).await;
    let program = Program::new();
    let mut serving = serve(&program, &discord, "fel.token.hemligt");
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(serving.is_running(), "the rest goes on");
    let (status, log) = serving.end().await;
    assert_eq!(status, Some(0));
    let told: Vec<&str> = log.lines().filter(|l| l.contains("ERROR")).collect();
    assert_eq!(told.len(), 1, "{log}");
    assert!(told[0].contains("LOTS_DISCORD_TOKEN"), "{log}");
    assert!(!log.contains("fel.token"), "{log}");
}

#[test]
fn without_a_token_it_is_said_what_to_set() {
    for arguments in [
        ["serve", "--listen", "off"].as_slice(),
        &["discord", "invite"],
    ] {
        Program::new()
            .run(arguments)
            .fails_saying("LOTS_DISCORD_TOKEN");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invite_prints_the_address_where_the_bot_is_let_in() {
    let discord = StandIn::start(Options::default()).await;
    let program = Program::new();
    let invite = async |token: &str| {
        let mut command = program.command(&["discord", "invite"]);
        command
            .env("LOTS_DISCORD_TOKEN", token)
            .env("LOTS_DISCORD_PROXY", discord.proxy());
        tokio::task::spawn_blocking(move || command.output().unwrap())
            .await
            .unwrap()
    };
    let printed = String::from_utf8(invite(discord.token()).await.stdout).unwrap();
    let expected = format!(
        "https://discord.com/oauth2/authorize?client_id={}&scope=bot+applications.commands&permissions=274877991936\n",
        discord.application()
    );
    assert_eq!(printed, expected);
    let refused = invite("fel").await;
    assert!(!refused.status.success());
    assert!(
        String::from_utf8(refused.stderr)
            .unwrap()
            .contains("Discord refuses the token")
    );
}

#[test]
fn config_hides_the_token() {
    let program = Program::new();
    let output = program
        .command(&["config"])
        .env("DISCORD_TOKEN", "mycket.hemligt")
        .output()
        .unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(
        shown.contains("token = \"***\"") && !shown.contains("hemligt"),
        "{shown}"
    );
}

/// The program at work.
struct Serving {
    program: Child,
    /// Read from the beginning: a pipe holds only so much.
    log: JoinHandle<String>,
}

fn serve(program: &Program, discord: &StandIn, token: &str) -> Serving {
    let mut program = program
        .command(&["serve", "--listen", "127.0.0.1:0"])
        .env("LOTS_DISCORD_TOKEN", token)
        .env("LOTS_DISCORD_PROXY", discord.proxy())
        .env("LOTS_LOG", "trace")
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut err = program.stderr.take().unwrap();
    let log = std::thread::spawn(move || {
        let mut log = String::new();
        err.read_to_string(&mut log).unwrap();
        log
    });
    Serving { program, log }
}

impl Serving {
    fn is_running(&mut self) -> bool {
        self.program.try_wait().unwrap().is_none()
    }

    /// Tells it to end, as systems do; its status and what it logged.
    async fn end(mut self) -> (Option<i32>, String) {
        let told = Command::new("kill")
            .arg(self.program.id().to_string())
            .status();
        assert!(told.unwrap().success());
        let began = Instant::now();
        while self.is_running() {
            assert!(
                began.elapsed() < Duration::from_secs(15),
                "lots did not end"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        (
            self.program.wait().unwrap().code(),
            self.log.join().unwrap(),
        )
    }
}
