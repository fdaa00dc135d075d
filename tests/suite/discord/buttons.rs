//! Buttons and menus: what they mean stands in their ids, so that they work for as long as the message stands.

use serde_json::json;

use super::town::{Town, receipt_in};
use crate::stage::KNOWN;

#[tokio::test(flavor = "multi_thread")]
async fn buttons_lead_on_and_go_on_working_after_a_restart() {
    let mut town = Town::open().await;
    let (ada, bo) = (town.discord.person("Ada"), town.discord.person("Bo"));
    let asked = town.mention(&ada, KNOWN);
    let answer = town.discord.answer_to(&asked).await;
    for after_restart in [false, true] {
        let when = town.press(&ada, &answer, "När?").await;
        assert!(when.text().contains("senast 31 mars"), "{}", when.text());
        assert_eq!(
            when.only_for,
            Some(ada.id),
            "after a restart: {after_restart}"
        );
        assert!(!when.buttons().contains(&"När?"), "{:?}", when.buttons());
        let amount = town.press(&ada, &when, "Belopp").await;
        assert!(amount.text().contains("15 000 kr"));
        let chosen = town.discord.choose(&ada, &answer, &["Låna en lokal"]);
        let chosen = town.discord.reply_to(&chosen).await;
        assert!(chosen.text().contains("Låna en lokal"));
        if !after_restart {
            town.restart(None).await;
        }
    }
    // What a button is about becomes what the conversation is about.
    town.press(&bo, &answer, "När?").await;
    let on = town.ask(&bo, "hur mycket?").await;
    assert!(on.text().contains("Om Lovpeng"), "{}", on.text());
    assert!(
        town.press(&bo, &answer, "Prata med en människa")
            .await
            .text()
            .contains("Kundcenter")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_meant_is_offered_as_buttons() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let choice = town.ask(&ada, "bidrag").await;
    assert!(
        choice.text().contains("Menar du något av det här?"),
        "{}",
        choice.text()
    );
    assert_eq!(choice.buttons()[..2], ["1. Lovpeng", "2. Scenpeng"]);
    let shown = town.press(&ada, &choice, "2. Scenpeng").await;
    assert!(shown.text().contains("Scenpeng"), "{}", shown.text());
    let bo = town.discord.person("Bo");
    town.ask(&bo, "bidrag").await;
    let by_number = town.ask(&bo, "1").await;
    assert!(
        by_number.text().contains("Lovpeng är"),
        "{}",
        by_number.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn feedback_is_about_the_answer_it_stands_under() {
    let town = Town::open().await;
    let (ada, bo) = (town.discord.person("Ada"), town.discord.person("Bo"));
    let answer = town.ask(&ada, "Hur mycket lovpeng kan vi få?").await;
    let thanks = town.press(&ada, &answer, "Det hjälpte").await;
    assert!(thanks.text().contains("Vad bra"));
    assert_eq!(town.desk.questions(None, 10).await.unwrap().len(), 0);
    let sorry = town.press(&ada, &answer, "Det hjälpte inte").await;
    let question = town
        .desk
        .question(&receipt_in(&sorry))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (question.reason.as_str(), question.wording.as_str()),
        ("unhelpful", "Hur mycket lovpeng kan vi få?")
    );

    // Someone who asked something else meanwhile means the answer that they press under.
    let asked = town.mention(&bo, KNOWN);
    let answer = town.discord.answer_to(&asked).await;
    town.ask(&bo, "Hur lånar vi en lokal?").await;
    let sorry = town.press(&bo, &answer, "Det hjälpte inte").await;
    let question = town
        .desk
        .question(&receipt_in(&sorry))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (question.wording.as_str(), question.nearest[0].0.as_str()),
        ("Lovpeng", "grants/lovpeng")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_of_yesterday_says_that_it_is_outdated() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let button =
        |id: &str, label: &str| json!({ "type": 2, "style": 2, "custom_id": id, "label": label });
    let body = json!({
        "content": "Från i går",
        "components": [{ "type": 1, "components": [
            button("lots0:show:grants/lovpeng", "Gammal"),
            button("lots1:sv:show:grants/borttaget", "Borttagen"),
            button("lots1:sv:show:grants/lovpeng:where", "Var?"),
        ] }],
    });
    let old = town.discord.place(town.discord.channel(), &body);
    for label in ["Gammal", "Borttagen"] {
        let answer = town.press(&ada, &old, label).await;
        assert!(
            answer.text().contains("Det finns inte längre"),
            "{label}: {}",
            answer.text()
        );
    }
    let missing = town.press(&ada, &old, "Var?").await;
    assert!(
        missing.text().contains("Det framgår inte"),
        "{}",
        missing.text()
    );
}
