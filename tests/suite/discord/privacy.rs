//! What is kept of people on Discord: nothing that leads to them, and nothing at all once they ask for it.

use super::town::{Town, receipt_in};
use crate::stage::{KNOWN, ROUTED, UNKNOWN, holds};

#[tokio::test(flavor = "multi_thread")]
async fn no_id_of_discords_is_kept() {
    let town = Town::open().await;
    let (ada, bo) = (town.discord.person("Ada Lovisa"), town.discord.person("Bo"));
    for text in [KNOWN, ROUTED, UNKNOWN] {
        town.ask(&ada, text).await;
        let asked = town.mention(&bo, text);
        town.discord.answer_to(&asked).await;
    }
    let kept = town.kept();
    let ids = [
        ada.id,
        bo.id,
        town.discord.channel(),
        town.discord.guild(),
        town.discord.bot_user(),
    ];
    for id in ids {
        assert!(!holds(&kept, &id.to_string()));
        assert!(!holds(&kept, &format!("{id:x}")));
    }
    assert!(!holds(&kept, "Ada Lovisa") && holds(&kept, "discord:"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_erases_what_is_theirs_from_wherever_they_are() {
    let town = Town::open().await;
    let (ada, bo) = (town.discord.person("Ada"), town.discord.person("Bo"));
    let direct = town.discord.direct_messages(&ada);
    let in_channel = receipt_in(&town.ask(&ada, UNKNOWN).await);
    let asked = town.discord.say(&ada, direct, ROUTED);
    let in_private = receipt_in(&town.discord.answer_to(&asked).await);
    let others = receipt_in(&town.ask(&bo, UNKNOWN).await);

    let forget = town.discord.call(&ada, direct, "/glöm-mig", &[]);
    let erased = town.discord.reply_to(&forget).await;
    assert!(erased.text().contains("(2)"), "{}", erased.text());
    for receipt in [&in_channel, &in_private] {
        assert!(town.desk.question(receipt).await.unwrap().is_none());
    }
    assert!(town.desk.question(&others).await.unwrap().is_some());
    let again = town.ask(&ada, KNOWN).await;
    assert!(
        again.text().contains("chattrobot"),
        "as if they had never met: {}",
        again.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_a_receipt_is_erased_by_it_wherever_it_was_left() {
    let town = Town::open().await;
    let (ada, bo) = (town.discord.person("Ada"), town.discord.person("Bo"));
    let asked = town.ask(&ada, UNKNOWN).await;
    let (kept, gone) = (
        receipt_in(&asked),
        receipt_in(&town.ask(&ada, ROUTED).await),
    );
    let direct = town.discord.direct_messages(&bo);
    let code = [("kod", gone.as_str())];
    let forget = town.discord.call(&bo, direct, "/glöm-mig", &code);
    let erased = town.discord.reply_to(&forget).await;
    assert!(erased.text().contains("är raderat"), "{}", erased.text());
    assert!(town.desk.question(&gone).await.unwrap().is_none());
    assert!(town.desk.question(&kept).await.unwrap().is_some());
    let wrong = town
        .discord
        .call(&bo, direct, "/glöm-mig", &[("kod", "hej")]);
    let told = town.discord.reply_to(&wrong).await;
    assert!(told.text().contains("ingen kvittokod"), "{}", told.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_of_commands_holds_on_discord() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    for text in ["vad sparar du om mig?", "radera mina uppgifter"] {
        let answer = town.ask(&ada, text).await.text();
        assert!(
            answer.contains("/glöm-mig") && !answer.contains("terminal"),
            "{text}: {answer}"
        );
    }
}
