//! Someone in need: answered before anything else, where nobody else sees it, and without a trace.

use super::stand_in::{Fault, Options};
use super::town::{A_WHILE, Town, id};
use crate::stage::{CRISIS, holds};

#[tokio::test(flavor = "multi_thread")]
async fn a_command_of_someone_in_need_is_answered_to_them_alone() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let answer = town.ask(&ada, CRISIS).await;
    assert_eq!(answer.only_for, Some(ada.id));
    let text = answer.text();
    assert!(
        text.contains("Är du i fara? Ring 112 nu.") && text.contains("**Telefon: 112**"),
        "{text}"
    );
    assert!(
        text.contains("sparas inte") && !text.contains("Ada"),
        "{text}"
    );
    assert_eq!(
        answer.buttons(),
        Vec::<&str>::new(),
        "nothing to decide about"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn someone_in_need_who_writes_in_a_channel_is_answered_directly() {
    let town = Town::open_with(Options::default(), |discord, settings| {
        settings.staff_channel = Some(id(discord.add_channel("personal")));
    })
    .await;
    let ada = town.discord.person("Ada");
    town.mention(&ada, CRISIS);
    let direct = town.discord.direct_messages(&ada);
    let answer = town
        .discord
        .wait_for("a direct message", |w| {
            w.messages().find(|m| m.channel == direct).cloned()
        })
        .await;
    assert!(answer.text().contains("Ring 112 nu"), "{}", answer.text());
    assert_eq!(
        answer.buttons(),
        ["Ta bort"],
        "it can be taken away from a shared telephone"
    );
    town.discord.stays_silent(A_WHILE).await;
    let seen = town.discord.messages_in(town.discord.channel());
    assert!(
        seen.iter().all(|m| !m.is_the_bots()),
        "the channel learns nothing: {seen:?}"
    );
    assert_eq!(
        town.discord.look(|w| w.typing_in(town.discord.channel())),
        0
    );
    assert_eq!(town.desk.questions(None, 10).await.unwrap().len(), 0);
    assert!(!holds(&town.kept(), "Kvarnbacken"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_direct_messages_the_lines_are_shown_to_whoever_asks_for_them() {
    let town = Town::open().await;
    let (ada, bo) = (town.discord.person("Ada"), town.discord.person("Bo"));
    town.discord.refuse_direct_messages(&ada);
    town.mention(&ada, CRISIS);
    let channel = town.discord.channel();
    let here = town
        .discord
        .wait_for("a message in the channel", |w| {
            w.messages()
                .find(|m| m.is_the_bots() && m.channel == channel)
                .cloned()
        })
        .await;
    let text = here.text();
    assert_eq!(here.replies_to, None, "it replies to nobody");
    assert!(
        text.contains("112") && !text.contains("Ada") && !text.contains(&ada.id.to_string()),
        "{text}"
    );
    assert!(
        !text.contains("fara för liv, hälsa"),
        "the lines are not for everyone: {text}"
    );
    for person in [&ada, &bo] {
        let lines = town.press(person, &here, "Visa bara för mig").await;
        assert_eq!(lines.only_for, Some(person.id));
        assert!(
            lines.text().contains("**Telefon: 112**"),
            "{}",
            lines.text()
        );
    }
    assert_eq!(town.discord.pings(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn someone_in_need_is_never_told_to_wait() {
    let town = Town::open_with(Options::default(), |_, settings| settings.rate = 1).await;
    let ada = town.discord.person("Ada");
    let direct = town.discord.direct_messages(&ada);
    let first = town.discord.say(&ada, direct, "hej");
    town.discord.answer_to(&first).await;
    for _ in 0..3 {
        let asked = town.discord.say(&ada, direct, CRISIS);
        assert!(
            town.discord
                .answer_to(&asked)
                .await
                .text()
                .contains("Ring 112 nu")
        );
    }
    assert!(town.ask(&ada, CRISIS).await.text().contains("Ring 112 nu"));
    town.discord
        .fault("POST /channels/*/messages", 2, Fault::Broken(502));
    let asked = town.discord.say(&ada, direct, CRISIS);
    assert!(
        town.discord
            .answer_to(&asked)
            .await
            .text()
            .contains("Ring 112 nu")
    );
}
