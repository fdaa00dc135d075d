//! Calls that fail: waited out, tried again, or explained to the one who asked.

use std::time::Duration;

use serenity::all::Permissions;
use sqlx::{ConnectOptions, Executor};

use super::stand_in::{Fault, Options};
use super::town::{A_WHILE, Town, until};
use crate::stage::{KNOWN, UNKNOWN, sqlite};

const WAIT: Duration = Duration::from_millis(700);

#[tokio::test(flavor = "multi_thread")]
async fn going_too_fast_is_waited_out() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    for fault in [
        Fault::RouteLimit(WAIT),
        Fault::GlobalLimit(WAIT),
        Fault::BareLimit(WAIT),
    ] {
        for path in [
            "POST /channels/*/messages",
            "POST /interactions/*/*/callback",
            "PATCH /webhooks/*/*/messages/@original",
        ] {
            town.discord.fault(path, 1, fault);
            let before = town.discord.requests(path).len();
            if path.contains("channels") {
                let asked = town.mention(&ada, KNOWN);
                town.discord.answer_to(&asked).await;
            } else {
                let answer = town.ask(&ada, KNOWN).await;
                assert!(answer.text().contains("Lovpeng"), "{fault:?} {path}");
            }
            let requests = &town.discord.requests(path)[before..];
            assert_eq!(requests.len(), 2, "{fault:?} {path}");
            assert!(requests[1].at - requests[0].at >= WAIT, "{fault:?} {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_of_discords_is_tried_again_and_nothing_is_said_twice() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    for fault in [Fault::Broken(500), Fault::Broken(502), Fault::Lost(503)] {
        town.discord.fault("POST /channels/*/messages", 1, fault);
        let asked = town.mention(&ada, KNOWN);
        town.discord.answer_to(&asked).await;
        town.discord
            .fault("POST /interactions/*/*/callback", 1, fault);
        town.discord
            .fault("PATCH /webhooks/*/*/messages/@original", 1, fault);
        let answer = town.ask(&ada, KNOWN).await;
        assert!(answer.text().contains("Lovpeng"), "{fault:?}");
    }
    tokio::time::sleep(A_WHILE).await;
    let answers = town.discord.messages_in(town.discord.channel());
    let answers = answers.iter().filter(|m| m.is_the_bots()).count();
    assert_eq!(
        answers, 3,
        "a message whose outcome was lost is not written twice"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interaction_that_is_too_old_costs_nothing_but_itself() {
    let options = Options {
        respond_within: Duration::from_millis(500),
        ..Options::default()
    };
    let town = Town::open_with(options, |_, _| {}).await;
    let ada = town.discord.person("Ada");
    town.discord.fault(
        "POST /interactions/*/*/callback",
        1,
        Fault::Slow(Duration::from_secs(1)),
    );
    town.discord.call(
        &ada,
        town.discord.channel(),
        "/fråga",
        &[("fråga", UNKNOWN)],
    );
    let callbacks = || town.discord.requests("POST /interactions/*/*/callback");
    until("the late response", || {
        callbacks().iter().any(|r| r.status == Some(404))
    })
    .await;
    town.discord.stays_silent(A_WHILE).await;
    assert_eq!(
        town.desk.questions(None, 5).await.unwrap().len(),
        0,
        "nothing is asked in vain"
    );
    assert!(town.ask(&ada, KNOWN).await.text().contains("Lovpeng är"));

    let asked = town
        .discord
        .call(&ada, town.discord.channel(), "/fråga", &[("fråga", KNOWN)]);
    town.discord.expire(&asked);
    tokio::time::sleep(A_WHILE).await;
    assert!(town.ask(&ada, KNOWN).await.text().contains("Lovpeng"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_database_is_no_reason_to_be_late() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let options: sqlx::sqlite::SqliteConnectOptions = sqlite(town.folder.path()).parse().unwrap();
    let mut holder = options.connect().await.unwrap();
    holder.execute("begin exclusive").await.unwrap();
    let asked = town.discord.call(
        &ada,
        town.discord.channel(),
        "/fråga",
        &[("fråga", UNKNOWN)],
    );
    let answer = town.discord.reply_to(&asked).await;
    assert!(answer.text().contains("inget kvitto"), "{}", answer.text());
    assert!(!answer.buttons().contains(&"Säg till när svaret finns"));
    let first_word = town
        .discord
        .look(|w| w.interaction(asked.id).responded_after());
    assert!(
        first_word.is_some_and(|after| after < Duration::from_secs(1)),
        "{first_word:?}"
    );
    holder.execute("rollback").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission_is_told_to_the_one_who_asked() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let asked = town.mention(&ada, KNOWN);
    let answer = town.discord.answer_to(&asked).await;
    town.discord
        .deny(town.discord.channel(), Permissions::SEND_MESSAGES);
    town.mention(&ada, KNOWN);
    let direct = town.discord.direct_messages(&ada);
    let told = town
        .discord
        .wait_for("a direct message", |w| {
            w.messages().find(|m| m.channel == direct).cloned()
        })
        .await;
    assert!(
        told.text().contains("Skicka meddelanden") && told.text().contains("Bädda in länkar"),
        "{}",
        told.text()
    );

    town.discord
        .deny(town.discord.channel(), Permissions::VIEW_CHANNEL);
    let pressed = town.discord.click(&ada, &answer, "Ta bort");
    until("what is missing to be told", || {
        !town.discord.follow_ups_of(&pressed).is_empty()
    })
    .await;
    let told = &town.discord.follow_ups_of(&pressed)[0];
    assert!(
        told.text().contains("ge mig: Visa kanal") && told.ephemeral(),
        "{}",
        told.text()
    );
    assert!(
        town.ask(&ada, KNOWN).await.text().contains("Lovpeng"),
        "commands work all the same"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_is_deleted_meanwhile_is_answered_all_the_same() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    town.discord.fault(
        "POST /channels/*/messages",
        1,
        Fault::Slow(Duration::from_millis(400)),
    );
    let asked = town.mention(&ada, KNOWN);
    town.discord.delete_message(&asked);
    let answer = town.discord.answer_to(&asked).await;
    assert_eq!(answer.replies_to, None);
    let gone = town.discord.add_channel("snart borta");
    let text = format!("<@{}> {KNOWN}", town.discord.bot_user());
    town.discord.fault(
        "POST /channels/*/messages",
        1,
        Fault::Slow(Duration::from_millis(400)),
    );
    town.discord.say(&ada, gone, &text);
    town.discord.delete_channel(gone);
    tokio::time::sleep(A_WHILE * 2).await;
    assert!(town.ask(&ada, KNOWN).await.text().contains("Lovpeng"));
}
