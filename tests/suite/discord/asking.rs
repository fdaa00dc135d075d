//! Commands: what is registered, and what each of them answers.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::stand_in::Options;
use super::town::{A_WHILE, Town, id, receipt_in};
use crate::stage::{KNOWN, ROUTED, UNKNOWN};

#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_answered_to_the_one_who_gave_it() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let answer = town.ask(&ada, KNOWN).await;
    assert_eq!(answer.only_for, Some(ada.id), "in a shared channel");
    let text = answer.text();
    for part in [
        "Lovpeng",
        "Lovpeng är pengar till föreningar",
        "Kontakt: Kundcenter",
        "08-465 004 00",
        "[Provby kommun, Regler för lovpeng](https://provby.example/lovpeng) (2021)",
        "Texten gicks igenom 2 november 2026.",
        "⚠️ Uppgifterna är från 2021",
        "Jag är lots, en chattrobot",
    ] {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
    let buttons = answer.buttons();
    for button in [
        "När?",
        "Vem kan söka?",
        "Belopp",
        "Det hjälpte",
        "Prata med en människa",
        "Fråga vidare",
    ] {
        assert!(
            buttons.contains(&button),
            "{button:?} is not among {buttons:?}"
        );
    }
    assert!(
        !buttons.contains(&"Ta bort"),
        "Discord puts away what only one sees"
    );
    assert!(answer.options().contains(&"Låna en lokal"));
    assert_eq!(
        town.discord.messages_in(town.discord.channel()).len(),
        0,
        "nobody else saw it"
    );

    let again = town.ask(&ada, "när är sista dag?").await;
    assert!(
        again.text().contains("Om Lovpeng"),
        "a conversation goes on: {}",
        again.text()
    );
    assert!(!again.text().contains("chattrobot"), "said once");

    let direct = town.discord.direct_messages(&ada);
    let asked = town
        .discord
        .call(&ada, direct, "/fråga", &[("fråga", KNOWN)]);
    let answer = town.discord.reply_to(&asked).await;
    assert!(!answer.ephemeral(), "nobody else is there");
    assert!(answer.buttons().contains(&"Ta bort"));
    town.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_no_answer_gets_a_receipt_that_can_be_looked_up() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let routed = town.ask(&ada, ROUTED).await;
    assert!(routed.text().contains("Byggkontoret"), "{}", routed.text());
    let receipt = receipt_in(&routed);
    assert!(town.desk.question(&receipt).await.unwrap().is_some());
    let look_up = async |code: &str| {
        let asked = town
            .discord
            .call(&ada, town.discord.channel(), "/kvitto", &[("kod", code)]);
        town.discord.reply_to(&asked).await.text()
    };
    assert!(
        look_up(receipt.as_str())
            .await
            .contains("Ingen har svarat än")
    );
    town.desk
        .answer_question(&receipt, "Sök *bygglov* hos oss.")
        .await
        .unwrap();
    let text = look_up(&receipt.as_str().to_lowercase()).await;
    assert!(text.contains("Sök \\*bygglov\\* hos oss."), "{text}");
    assert!(look_up("hej").await.contains("ingen kvittokod"));
    assert!(look_up("2222-222").await.contains("Jag hittar inget"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_that_of_the_message_then_that_of_discord() {
    let town = Town::open().await;
    let channel = town.discord.channel();
    let ask = async |locale: &str, name: &str, text: &str| {
        let person = town
            .discord
            .person(&format!("{locale} {text}"))
            .speaking(locale);
        let asked = town.discord.call(&person, channel, "/ask", &[(name, text)]);
        town.discord.reply_to(&asked).await.text()
    };
    for (locale, name, text, part) in [
        ("en-GB", "question", "lovpeng", "Holiday grant"),
        ("sv-SE", "fråga", "lovpeng", "Lovpeng är"),
        (
            "en-US",
            "question",
            "Hur söker vi lovpeng till sommaren?",
            "Lovpeng är",
        ),
        (
            "sv-SE",
            "fråga",
            "What is the holiday grant?",
            "Holiday grant",
        ),
        ("fi", "fråga", "lovpeng", "Lovpeng är"),
    ] {
        let answer = ask(locale, name, text).await;
        assert!(answer.contains(part), "{locale} {text}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_can_be_written_in_a_form() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let channel = town.discord.channel();
    let asked = town.discord.call(&ada, channel, "/fråga", &[]);
    let form = town.discord.form_after(&asked).await;
    assert_eq!(form["title"], "Ställ en fråga");
    let sent = town.discord.hand_in(&asked, &[("Din fråga", KNOWN)]);
    let answer = town.discord.reply_to(&sent).await;
    assert!(answer.text().contains("Lovpeng är") && answer.ephemeral());

    let pressed = town.discord.click(&ada, &answer, "Fråga vidare");
    town.discord.form_after(&pressed).await;
    let sent = town
        .discord
        .hand_in(&pressed, &[("Din fråga", "hur mycket?")]);
    let answer = town.discord.reply_to(&sent).await;
    assert!(answer.text().contains("15 000 kr"), "{}", answer.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_without_a_question_show_where_to_begin() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let channel = town.discord.channel();
    let call = async |name: &str, options: &[(&str, &str)]| {
        let called = town.discord.call(&ada, channel, name, options);
        town.discord.reply_to(&called).await
    };
    let contacts = call("/kontakt", &[]).await;
    assert!(
        contacts
            .options()
            .iter()
            .any(|o| o.starts_with("Byggkontoret")),
        "{:?}",
        contacts.options()
    );
    let about = call("/kontakt", &[("om", ROUTED)]).await;
    assert!(about.text().contains("Byggkontoret"), "{}", about.text());
    let building = town
        .discord
        .choose(&ada, &contacts, &[contacts.options()[0]]);
    let shown = town.discord.reply_to(&building).await;
    assert!(
        shown.text().contains("Byggkontoret tar hand om"),
        "{}",
        shown.text()
    );

    let help = call("/hjälp", &[]).await;
    for part in [
        "/bidrag",
        "/engagera",
        "/idé",
        "/påverka",
        "/ring-mig",
        "/glöm-mig",
        "högst 180 dagar",
        "Provby kommun",
        "Discord är ett företag",
    ] {
        assert!(
            help.text().contains(part),
            "{part:?} is not in:\n{}",
            help.text()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_registered_the_same_however_often_lots_starts() {
    let mut town = Town::open().await;
    // Their version is new with every registration; nothing else is.
    let commands = |town: &Town, everywhere| {
        let mut commands = town.discord.look(|w| w.registered(everywhere).to_vec());
        commands.iter_mut().for_each(|c| c["version"] = Value::Null);
        commands
    };
    let first = commands(&town, true);
    let names = |commands: &[Value]| -> BTreeSet<String> {
        commands
            .iter()
            .map(|c| c["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let expected = [
        "fråga",
        "ask",
        "engagera",
        "bidrag",
        "idé",
        "påverka",
        "ring-mig",
        "kontakt",
        "kvitto",
        "påminnelser",
        "glöm-mig",
        "hjälp",
    ];
    assert_eq!(
        names(&first),
        expected.map(str::to_owned).into(),
        "none for staff without a role"
    );
    assert!(commands(&town, false).is_empty());
    let forget = first.iter().find(|c| c["name"] == "glöm-mig").unwrap();
    assert_eq!(forget["name_localizations"]["en-GB"], "forget-me");
    assert_eq!(
        forget["description_localizations"]["sv-SE"],
        "Radera dina samtal och sparade frågor"
    );
    assert_eq!(
        forget["contexts"],
        json!([0, 1]),
        "in servers and in direct messages"
    );
    town.restart(None).await;
    assert_eq!(commands(&town, true), first, "with the same ids");

    let ada = town.discord.person("Ada").speaking("en-US");
    let shown = town.discord.commands_shown_to(&ada, town.discord.channel());
    for name in [
        "ask",
        "get-involved",
        "grants",
        "idea",
        "have-a-say",
        "call-me",
        "contact",
        "receipt",
        "reminders",
        "forget-me",
        "help",
    ] {
        assert!(
            shown.contains(&name.to_owned()),
            "{name} is not among {shown:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_development_commands_are_registered_in_one_server() {
    let town = Town::open_with(Options::default(), |discord, settings| {
        settings.guild = Some(id(discord.guild()));
        settings.staff_role = Some(id(discord.role("personal")));
    })
    .await;
    let (everywhere, here) = town
        .discord
        .look(|w| (w.registered(true).len(), w.registered(false).len()));
    assert_eq!((everywhere, here), (0, 13), "with the one for staff");
    let ada = town.discord.person("Ada");
    assert!(
        town.ask(&ada, UNKNOWN)
            .await
            .text()
            .contains("Det vet jag inte.")
    );
    town.discord.stays_silent(A_WHILE).await;
}
