//! The guided ways in on Discord: walked by pressing, from start to end, and after a restart.

use super::stand_in::{Message, Options, Person};
use super::town::Town;
use crate::stage::{ROUTED, holds, waiting};

/// An idea, with a name in it.
pub(super) const IDEA: &str = "En gemensam odling vid ån, säger Kerstin Berg";
/// The button that opens a form.
pub(super) const WRITE: &str = "Skriv ditt svar";
const NUMBER: &str = "070-174 06 05";
const UNSURE: &str = "Vet inte";

/// A town where nobody is told to go slower.
pub(super) async fn town() -> Town {
    Town::open_with(Options::default(), |_, settings| settings.rate = 600).await
}

#[tokio::test(flavor = "multi_thread")]
async fn money_is_found_by_pressing_and_only_for_the_one_who_presses() {
    let town = town().await;
    let ada = town.discord.person("Ada");
    let who = begin(&town, &ada, "/bidrag").await;
    let text = who.text();
    for part in [
        "Det du svarar sparas inte.",
        "**Vem är det som söker?**",
        "Hitta bidrag · fråga 1",
    ] {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
    assert!(!who.buttons().contains(&WRITE) && !who.buttons().contains(&"Tillbaka"));
    let answers = ["En förening som inte är godkänd", "Något på lovet"];
    let (result, asked) = walked(&town, &ada, who.clone(), &answers).await;
    assert!((2..=5).contains(&asked), "{asked} questions");
    let text = result.text();
    for part in [
        "Det här passar\nLovpeng\n",
        "- Kan gå till aktiviteter på lov.",
        "- Ha redo: en plan",
        "- Belopp: högst",
        "- Sista dag: 31 mars",
    ] {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
    let buttons = result.buttons();
    for button in [
        "Skriv ut eller spara",
        "Lägg datumen i kalendern",
        "Bli uppringd",
        "Börja om",
        "Tillbaka",
        "Avsluta",
        "Fråga vidare",
    ] {
        assert!(
            buttons.contains(&button),
            "{button:?} is not among {buttons:?}"
        );
    }
    let shown = town.discord.choose(&ada, &result, &["Lovpeng"]);
    let shown = town.discord.reply_to(&shown).await;
    assert!(
        shown.text().contains("Lovpeng är pengar"),
        "{}",
        shown.text()
    );

    let back = town.press(&ada, &result, "Tillbaka").await;
    assert!(is_step(&back), "{}", back.text());
    let again = town.press(&ada, &result, "Börja om").await;
    assert!(again.text().contains("Vem är det som söker?"));
    let stopped = town.press(&ada, &again, "Avsluta").await;
    assert!(
        stopped.text().contains("Det du sa är borta."),
        "{}",
        stopped.text()
    );
    for message in [&who, &result, &shown, &back, &stopped] {
        assert_eq!(message.only_for, Some(ada.id));
    }
    assert_eq!(town.discord.messages_in(town.discord.channel()).len(), 0);
    let about = town.discord.call(
        &ada,
        town.discord.channel(),
        "/bidrag",
        &[("om", "läger på lovet")],
    );
    let about = town.discord.reply_to(&about).await;
    assert!(
        about.text().contains("Lovpeng är pengar"),
        "a question: {}",
        about.text()
    );
    assert!(
        about.buttons().contains(&"Hitta bidrag"),
        "which leads into the way in"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_know_is_led_to_someone_on_every_way_in() {
    let town = town().await;
    for (command, name) in [
        ("/bidrag", "Hitta bidrag"),
        ("/engagera", "Hitta något att göra"),
        ("/påverka", "Påverka"),
    ] {
        let person = town.discord.person(command);
        let first = begin(&town, &person, command).await;
        assert!(first.text().contains(name), "{}", first.text());
        let (result, _) = walked(&town, &person, first, &[]).await;
        assert!(
            result.buttons().contains(&"Bli uppringd"),
            "{:?}",
            result.buttons()
        );
    }
    let bo = town.discord.person("Bo").speaking("en-GB");
    let first = begin(&town, &bo, "/have-a-say").await;
    assert!(
        first.text().contains("What do you want to do?"),
        "{}",
        first.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_offered_before_a_restart_leads_on_after_it() {
    let mut town = town().await;
    let ada = town.discord.person("Ada");
    let who = begin(&town, &ada, "/bidrag").await;
    let first = begin(&town, &ada, "/idé").await;
    let whom = write(&town, &ada, &first, "Testa en idé", "Vad är din idé?", IDEA).await;
    let call = begin(&town, &ada, "/ring-mig").await;
    let office = write(
        &town,
        &ada,
        &call,
        "Bli uppringd",
        "Vad gäller det?",
        ROUTED,
    )
    .await;
    let time = answer(&town, &ada, &office, "Kundcenter").await;
    let number = answer(&town, &ada, &time, UNSURE).await;
    let form = town.discord.click(&ada, &number, WRITE);
    town.discord.form_after(&form).await;
    town.begin_anew().await;

    let purpose = answer(&town, &ada, &who, "Jag själv").await;
    assert!(purpose.text().contains("fråga 2"), "{}", purpose.text());
    let forgotten = answer(&town, &ada, &whom, "Äldre").await;
    let text = forgotten.text();
    assert!(
        text.contains("Jag har glömt det du skrev") && text.contains("Vad är din idé?"),
        "{text}"
    );
    let on = write(
        &town,
        &ada,
        &forgotten,
        "Testa en idé",
        "Vad är din idé?",
        IDEA,
    )
    .await;
    assert!(on.text().contains("Vilka är den för?"), "{}", on.text());
    // A form that was open meanwhile: its words are not taken for something else.
    let sent = town
        .discord
        .hand_in(&form, &[("Vilket nummer ska de ringa?", NUMBER)]);
    let sent = town.discord.reply_to(&sent).await;
    assert!(
        sent.text().contains("Jag har glömt det du skrev"),
        "{}",
        sent.text()
    );
    assert!(!holds(&town.kept(), NUMBER) && waiting(&town.desk).await.is_empty());
    assert_eq!(town.desk.questions(None, 10).await.unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_forgotten_is_on_no_way_in_any_longer() {
    let town = town().await;
    let ada = town.discord.person("Ada");
    let direct = town.discord.direct_messages(&ada);
    let first = say(&town, &ada, "hitta bidrag").await;
    assert!(is_step(&first));
    let forget = town.discord.call(&ada, direct, "/glöm-mig", &[]);
    town.discord.reply_to(&forget).await;
    let next = say(&town, &ada, "Jag själv").await;
    assert!(!is_step(&next), "{}", next.text());
    let pressed = answer(&town, &ada, &first, "Jag själv").await;
    assert!(
        is_step(&pressed),
        "what still stands there works: {}",
        pressed.text()
    );
    assert!(!holds(&town.kept(), "grants.individual"));
}

/// Someone gives a command in the channel.
pub(super) async fn begin(town: &Town, person: &Person, command: &str) -> Message {
    let called = town
        .discord
        .call(person, town.discord.channel(), command, &[]);
    town.discord.reply_to(&called).await
}

/// Someone writes to the bot directly.
pub(super) async fn say(town: &Town, person: &Person, text: &str) -> Message {
    let direct = town.discord.direct_messages(person);
    let said = town.discord.say(person, direct, text);
    town.discord.answer_to(&said).await
}

/// Someone presses an answer, or picks it in the menu.
pub(super) async fn answer(
    town: &Town,
    person: &Person,
    message: &Message,
    label: &str,
) -> Message {
    if message.buttons().contains(&label) {
        return town.press(person, message, label).await;
    }
    let chosen = town.discord.choose(person, message, &[label]);
    town.discord.reply_to(&chosen).await
}

/// Someone writes in the form that a step opens.
pub(super) async fn write(
    town: &Town,
    person: &Person,
    message: &Message,
    title: &str,
    question: &str,
    text: &str,
) -> Message {
    let pressed = town.discord.click(person, message, WRITE);
    let form = town.discord.form_after(&pressed).await;
    assert_eq!(form["title"], title);
    let sent = town.discord.hand_in(&pressed, &[(question, text)]);
    town.discord.reply_to(&sent).await
}

/// Someone answers each step with one of these answers where it is offered, else that they do not know; where that leads,
/// and how many steps there were.
pub(super) async fn walked(
    town: &Town,
    person: &Person,
    first: Message,
    answers: &[&str],
) -> (Message, usize) {
    let (mut message, mut steps) = (first, 0);
    while is_step(&message) {
        steps += 1;
        assert!(steps < 10, "there is no end: {}", message.text());
        let offered = offered(&message);
        let known = answers.iter().find(|a| offered.iter().any(|o| o == *a));
        message = answer(town, person, &message, known.unwrap_or(&UNSURE)).await;
    }
    (message, steps)
}

/// What can be pressed or picked.
pub(super) fn offered(message: &Message) -> Vec<String> {
    let all = message.options().into_iter().chain(message.buttons());
    all.map(str::to_owned).collect()
}

pub(super) fn is_step(message: &Message) -> bool {
    message.text().contains(" · fråga ")
}
