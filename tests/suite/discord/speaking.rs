//! Messages: lots speaks when it is spoken to, to people, and pings nobody.

use lots::desk::Desk;
use serenity::all::Permissions;

use super::stand_in::Options;
use super::town::{A_WHILE, Town, id, receipt_in, until};
use crate::stage::{CRISIS, KNOWN, UNKNOWN, holds};

#[tokio::test(flavor = "multi_thread")]
async fn lots_answers_a_mention_a_reply_and_a_direct_message() {
    let town = Town::open().await;
    let (ada, bo) = (town.discord.person("Ada"), town.discord.person("Bo"));
    let asked = town.mention(&ada, KNOWN);
    let answer = town.discord.answer_to(&asked).await;
    assert_eq!(answer.replies_to, Some(asked.id));
    assert!(answer.text().contains("Lovpeng är") && !answer.ephemeral());
    assert!(answer.buttons().contains(&"Ta bort"));

    let on = town.discord.reply(&ada, &answer, "när är sista dag?");
    let answer = town.discord.answer_to(&on).await;
    assert!(answer.text().contains("Om Lovpeng"), "{}", answer.text());
    let other = town.discord.reply(&bo, &answer, "när är sista dag?");
    let text = town.discord.answer_to(&other).await.text();
    assert!(
        !text.contains("Om Lovpeng"),
        "another's conversation: {text}"
    );

    let direct = town.discord.direct_messages(&bo);
    let asked = town.discord.say(&bo, direct, KNOWN);
    let answer = town.discord.answer_to(&asked).await;
    assert!(answer.text().contains("Lovpeng är"));
    let on = town.discord.say(&bo, direct, "hur mycket?");
    assert!(
        town.discord
            .answer_to(&on)
            .await
            .text()
            .contains("15 000 kr")
    );

    let nothing = town.mention(&ada, "");
    assert!(
        town.discord
            .answer_to(&nothing)
            .await
            .text()
            .contains("/fråga")
    );
    assert_eq!(
        town.discord.pings(),
        [],
        "not even the one who is replied to"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn lots_says_nothing_unless_spoken_to() {
    let town = Town::open().await;
    let discord = &town.discord;
    let channel = discord.channel();
    let (ada, bo) = (discord.person("Ada"), discord.person("Bo"));
    let said = discord.say(&ada, channel, KNOWN);
    discord.reply(&bo, &said, "Hur får vi det?");
    discord.say(&ada, channel, "@everyone Vad är lovpeng?");
    discord.say(&ada, channel, &format!("{} Vad är lovpeng?", bo.mention()));
    let (robot, webhook) = (discord.other_bot("robot"), discord.webhook("krok"));
    let mention = format!("<@{}> {KNOWN}", discord.bot_user());
    discord.say(&robot, channel, &mention);
    discord.say(&webhook, channel, &mention);
    discord.stays_silent(A_WHILE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_ignored_gets_no_answer() {
    let mut ada = None;
    let town = Town::open_with(Options::default(), |discord, settings| {
        let person = discord.person("Ada");
        settings.ignored = vec![id(person.id)];
        ada = Some(person);
    })
    .await;
    let ada = ada.unwrap();
    let direct = town.discord.direct_messages(&ada);
    town.discord.say(&ada, direct, KNOWN);
    town.mention(&ada, KNOWN);
    town.discord
        .call(&ada, town.discord.channel(), "/hjälp", &[]);
    town.discord.stays_silent(A_WHILE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_bots_that_meet_do_not_talk_on() {
    let town = Town::open().await;
    let (ada, robot) = (town.discord.person("Ada"), town.discord.other_bot("robot"));
    let asked = town.mention(&ada, KNOWN);
    let answer = town.discord.answer_to(&asked).await;
    let said = town.discord.reply(&robot, &answer, "Tack! Vad är lovpeng?");
    town.discord.stays_silent(A_WHILE).await;
    town.discord.reply(&ada, &said, "Hör du?");
    town.discord.stays_silent(A_WHILE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_resident_writes_pings_nobody_and_is_kept_without_ids() {
    let town = Town::open_with(Options::default(), |discord, settings| {
        settings.staff_channel = Some(id(discord.add_channel("personal")));
    })
    .await;
    let (ada, bo) = (town.discord.person("Ada"), town.discord.person("Bo"));
    let role = town.discord.role("alla");
    let text = format!(
        "@everyone @here {} <@&{role}> <#{}> Hur många **katter** bor det på månen?",
        bo.mention(),
        town.discord.channel()
    );
    let asked = town.mention(&ada, &text);
    let answer = town.discord.answer_to(&asked).await;
    let question = town
        .desk
        .question(&receipt_in(&answer))
        .await
        .unwrap()
        .unwrap();
    assert!(
        question
            .wording
            .contains("Hur många **katter** bor det på månen?"),
        "{}",
        question.wording
    );
    for number in [
        ada.id,
        bo.id,
        role,
        town.discord.channel(),
        town.discord.bot_user(),
    ] {
        assert!(
            !holds(&town.kept(), &number.to_string()),
            "{}",
            question.wording
        );
    }
    let staff = town.settings.staff_channel.unwrap().get();
    let post = town
        .discord
        .wait_for("staff to be told", |w| {
            w.messages().find(|m| m.channel == staff).cloned()
        })
        .await;
    assert!(
        post.text().contains("\\*\\*katter\\*\\*"),
        "{}",
        post.text()
    );
    assert_eq!(town.discord.pings(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_too_much_is_told_once_and_answered_again_later() {
    let town = Town::open_with(Options::default(), |_, settings| settings.rate = 3).await;
    let (ada, bo) = (town.discord.person("Ada"), town.discord.person("Bo"));
    let direct = town.discord.direct_messages(&ada);
    for _ in 0..3 {
        let asked = town.discord.say(&ada, direct, "hej");
        town.discord.answer_to(&asked).await;
    }
    let one_more = town.discord.say(&ada, direct, "hej");
    let text = town.discord.answer_to(&one_more).await.text();
    assert!(text.contains("lite fort") && text.contains("112"), "{text}");
    town.discord.say(&ada, direct, "hej");
    town.discord.stays_silent(A_WHILE).await;
    let told = town.ask(&ada, KNOWN).await;
    assert!(
        told.text().contains("lite fort"),
        "a command is never met with silence"
    );
    assert!(
        town.ask(&bo, KNOWN).await.text().contains("Lovpeng är"),
        "each for themselves"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn while_lots_rests_it_says_so_and_helps_someone_in_need() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let by = Desk::command_line();
    town.desk.review(&by).rest(true, "").await.unwrap();
    let answer = town.ask(&ada, KNOWN).await.text();
    assert!(answer.contains("Lots vilar just nu"), "{answer}");
    assert!(!answer.contains("Lovpeng är pengar"), "{answer}");
    let help = town.ask(&ada, CRISIS).await.text();
    assert!(help.contains("**Telefon: 112**"), "{help}");
    town.desk.review(&by).rest(false, "").await.unwrap();
    let answer = town.ask(&ada, KNOWN).await.text();
    assert!(answer.contains("Lovpeng är pengar"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_removed_by_the_one_who_asked_or_who_keeps_order() {
    let town = Town::open().await;
    let (ada, bo) = (town.discord.person("Ada"), town.discord.person("Bo"));
    let keeper = town
        .discord
        .person("Cecilia")
        .who_may(Permissions::MANAGE_MESSAGES);
    let answer = async || {
        let asked = town.mention(&ada, UNKNOWN);
        town.discord.answer_to(&asked).await
    };
    let first = answer().await;
    let refused = town.press(&bo, &first, "Ta bort").await;
    assert!(refused.text().contains("bara den som frågade") && refused.ephemeral());
    assert!(!town.discord.message(first.id).deleted);
    for person in [&ada, &keeper] {
        let answer = answer().await;
        town.discord.click(person, &answer, "Ta bort");
        until("the answer to be removed", || {
            town.discord.message(answer.id).deleted
        })
        .await;
    }
    let direct = town.discord.direct_messages(&ada);
    let asked = town.discord.say(&ada, direct, KNOWN);
    let answer = town.discord.answer_to(&asked).await;
    town.discord.click(&ada, &answer, "Ta bort");
    until("a direct message to be removed", || {
        town.discord.message(answer.id).deleted
    })
    .await;
    assert_eq!(
        town.discord.requests("DELETE /channels/*/messages/*").len(),
        3
    );
}
