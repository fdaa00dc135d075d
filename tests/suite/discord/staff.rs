//! Staff: told in their channel, once for each question however often it is asked, and of each day.

use std::time::Duration;

use super::stand_in::{Message, Options};
use super::town::{A_WHILE, Town, id, receipt_in, until};
use crate::stage::{KNOWN, ROUTED, UNKNOWN, ask};

/// A little longer than staff have to wait for news.
const NEWS: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread")]
async fn the_same_question_again_edits_the_count() {
    let town = with_staff().await;
    let (ada, bo) = (town.discord.person("Ada"), town.discord.person("Bo"));
    town.ask(&ada, KNOWN).await;
    town.ask(&ada, &format!("{ROUTED} 0701740605")).await;
    let post = told(&town, "Frågad en gång").await;
    let text = post.text();
    assert!(
        text.contains("bygglov till en altan") && !text.contains("0701740605"),
        "masked: {text}"
    );
    assert!(text.contains("Hör troligen till Byggkontoret"), "{text}");
    assert!(text.contains("lots questions answer "), "{text}");

    town.ask(&bo, "Altan: hur får man bygglov till en?").await;
    // From another channel, by another process.
    ask(&town.desk, "web", "Hur får jag bygglov till en altan!").await;
    let post_now = told(&town, "gånger").await;
    assert_eq!(post_now.id, post.id, "the message is edited");
    let wait = "the count to be three";
    let of_three = |m: &&Message| m.text().contains("Frågad 3 gånger");
    town.discord
        .wait_for(wait, |w| w.messages().find(of_three).cloned())
        .await;
    town.ask(&ada, UNKNOWN).await;
    told(&town, "katter").await;
    assert_eq!(posts(&town).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_says_when_its_question_has_been_dealt_with_and_goes_with_it() {
    let town = with_staff().await;
    let ada = town.discord.person("Ada");
    let receipt = receipt_in(&town.ask(&ada, UNKNOWN).await);
    let post = told(&town, "katter").await;
    town.desk.answer_question(&receipt, "Inga.").await.unwrap();
    let settled = told(&town, "Avklarad fråga").await;
    assert_eq!(settled.id, post.id);

    let again = receipt_in(&town.ask(&ada, UNKNOWN).await);
    let new = told(&town, "Fråga utan svar").await;
    assert_ne!(new.id, post.id, "a new message, so that it is seen");
    assert_eq!(posts(&town).len(), 1, "in place of the old one");
    assert!(new.text().contains(again.as_str()));
    let forget = town
        .discord
        .call(&ada, town.discord.channel(), "/glöm-mig", &[]);
    town.discord.reply_to(&forget).await;
    until("the message to go with the questions", || {
        posts(&town).is_empty()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_replicas_tell_staff_once() {
    let town = with_staff().await;
    let (desk, settings) = (std::sync::Arc::clone(&town.desk), town.settings.clone());
    let other = tokio::spawn(async move {
        lots::discord::run(desk, &settings, None, std::future::pending()).await
    });
    let ada = town.discord.person("Ada");
    town.ask(&ada, UNKNOWN).await;
    told(&town, "katter").await;
    tokio::time::sleep(NEWS).await;
    assert_eq!(posts(&town).len(), 1);
    other.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_for_staff_only() {
    let mut role = 0;
    let town = Town::open_with(Options::default(), |discord, settings| {
        role = discord.role("personal");
        settings.staff_role = Some(id(role));
    })
    .await;
    let (ada, staff) = (
        town.discord.person("Ada"),
        town.discord.person("Bo").with_role(role),
    );
    let channel = town.discord.channel();
    let list = async |person| {
        let called = town.discord.call(person, channel, "/obesvarade", &[]);
        let answer = town.discord.reply_to(&called).await;
        assert!(answer.ephemeral());
        answer.text()
    };
    assert!(list(&ada).await.contains("bara för personal"));
    assert!(list(&staff).await.contains("Ingen fråga väntar"));
    for text in [UNKNOWN, ROUTED, ROUTED] {
        town.ask(&ada, text).await;
    }
    assert!(list(&ada).await.contains("bara för personal"));
    let text = list(&staff).await;
    let (routed, unknown) = (text.find("bygglov").unwrap(), text.find("katter").unwrap());
    assert!(
        routed < unknown && text.contains("Frågad 2 gånger"),
        "most asked first: {text}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_is_written_once_a_day() {
    let mut town = Town::open_with(Options::default(), |discord, settings| {
        settings.staff_channel = Some(id(discord.add_channel("personal")));
        settings.digest_hour = Some(0);
    })
    .await;
    let digest = told(&town, "Det senaste dygnet").await;
    assert!(
        digest.text().contains("Väntar på svar: 0"),
        "{}",
        digest.text()
    );
    town.restart(None).await;
    tokio::time::sleep(NEWS).await;
    assert_eq!(posts(&town).len(), 1, "not again after a restart");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_message_or_channel_stops_nothing() {
    let town = with_staff().await;
    let ada = town.discord.person("Ada");
    town.ask(&ada, UNKNOWN).await;
    let post = told(&town, "katter").await;
    town.discord.delete_message(&post);
    tokio::time::sleep(NEWS).await;
    assert_eq!(posts(&town).len(), 0, "whoever deleted it has seen it");
    town.ask(&ada, UNKNOWN).await;
    told(&town, "Frågad 2 gånger").await;
    town.discord
        .delete_channel(town.settings.staff_channel.unwrap().get());
    town.ask(&ada, ROUTED).await;
    tokio::time::sleep(NEWS).await;
    assert!(
        town.ask(&ada, KNOWN).await.text().contains("Lovpeng är"),
        "residents are answered"
    );
    town.discord.stays_silent(A_WHILE).await;
    town.end().await.unwrap();
}

async fn with_staff() -> Town {
    Town::open_with(Options::default(), |discord, settings| {
        settings.staff_channel = Some(id(discord.add_channel("personal")));
    })
    .await
}

fn posts(town: &Town) -> Vec<Message> {
    let channel = town.settings.staff_channel.unwrap().get();
    town.discord.messages_in(channel)
}

/// Waits until a message in the staff's channel says something.
async fn told(town: &Town, part: &str) -> Message {
    let channel = town.settings.staff_channel.unwrap().get();
    let says = |m: &&Message| m.channel == channel && !m.deleted && m.text().contains(part);
    let what = format!("staff to be told {part:?}");
    town.discord
        .wait_for(&what, |w| w.messages().find(says).cloned())
        .await
}
