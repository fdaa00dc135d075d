//! Those who want to know are told when there is an answer, and their address is deleted.

use std::time::Duration;

use super::stand_in::{Fault, Message, Person};
use super::town::{Town, receipt_in};
use crate::stage::{UNKNOWN, becomes, holds};

const PATIENCE: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wished_it_is_told_and_their_address_is_gone() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let asked = town.ask(&ada, UNKNOWN).await;
    let receipt = receipt_in(&asked);
    assert!(!keeps_address(&town, &ada));
    let promised = town.press(&ada, &asked, "Säg till när svaret finns").await;
    assert!(promised.text().contains(receipt.as_str()) && promised.ephemeral());
    assert!(keeps_address(&town, &ada), "until then it must be kept");

    town.desk
        .answer_question(&receipt, "Inga alls.")
        .await
        .unwrap();
    let told = direct_message(&town, &ada).await;
    let text = told.text();
    assert!(
        text.contains("Du ville veta") && text.contains("Inga alls."),
        "{text}"
    );
    assert!(becomes(PATIENCE, async || !keeps_address(&town, &ada)).await);
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(town.discord.messages_in(told.channel).len(), 1, "told once");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_direct_messages_the_receipt_remains_and_the_address_goes() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let asked = town.ask(&ada, UNKNOWN).await;
    let receipt = receipt_in(&asked);
    town.press(&ada, &asked, "Säg till när svaret finns").await;
    town.discord.refuse_direct_messages(&ada);
    town.desk
        .answer_question(&receipt, "Inga alls.")
        .await
        .unwrap();
    assert!(becomes(PATIENCE, async || !keeps_address(&town, &ada)).await);
    let looked_up = town.discord.call(
        &ada,
        town.discord.channel(),
        "/kvitto",
        &[("kod", receipt.as_str())],
    );
    assert!(
        town.discord
            .reply_to(&looked_up)
            .await
            .text()
            .contains("Inga alls.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_that_passes_costs_nobody_their_answer() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let asked = town.ask(&ada, UNKNOWN).await;
    town.press(&ada, &asked, "Säg till när svaret finns").await;
    town.discord
        .fault("POST /users/@me/channels", 2, Fault::Broken(503));
    town.desk
        .answer_question(&receipt_in(&asked), "Inga alls.")
        .await
        .unwrap();
    assert!(
        direct_message(&town, &ada)
            .await
            .text()
            .contains("Inga alls.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_is_erased_with_the_rest() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let asked = town.ask(&ada, UNKNOWN).await;
    let receipt = receipt_in(&asked);
    town.press(&ada, &asked, "Säg till när svaret finns").await;
    let forget = town
        .discord
        .call(&ada, town.discord.channel(), "/glöm-mig", &[]);
    let erased = town.discord.reply_to(&forget).await;
    assert!(erased.text().contains("(1)"), "{}", erased.text());
    assert!(!keeps_address(&town, &ada));
    assert!(town.desk.question(&receipt).await.unwrap().is_none());
    let too_late = town.press(&ada, &asked, "Säg till när svaret finns").await;
    assert!(
        too_late.text().contains("Jag kan inte spara det"),
        "{}",
        too_late.text()
    );
}

fn keeps_address(town: &Town, person: &Person) -> bool {
    holds(&town.kept(), &person.id.to_string())
}

async fn direct_message(town: &Town, person: &Person) -> Message {
    let channel = town.discord.direct_messages(person);
    town.discord
        .wait_for("a direct message", |w| {
            w.messages().find(|m| m.channel == channel).cloned()
        })
        .await
}
