//! The guided ways in on Discord, from start to end: by pressing, by writing, and in forms where others are.

use lots::desk::Desk;

use super::stand_in::{Message, Options, Person};
use super::town::{Town, receipt_in};
use crate::stage::{CRISIS, KNOWN, ROUTED, becomes, holds, waiting};

const NUMBER: &str = "070-174 06 05";
const IDEA: &str = "En gemensam odling vid ån, säger Kerstin Berg";
/// The button that opens a form.
const WRITE: &str = "Skriv ditt svar";
const UNSURE: &str = "Vet inte";

/// A town where nobody is told to go slower.
async fn town() -> Town {
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
        "15 000 kr",
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
    assert!(
        shown.buttons().contains(&"Hitta bidrag"),
        "an answer leads into the way in"
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
            result.text().contains("Kundcenter"),
            "{command}: {}",
            result.text()
        );
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
async fn an_idea_is_written_in_a_form_and_handed_over_with_a_receipt() {
    let town = town().await;
    let ada = town.discord.person("Ada");
    let first = begin(&town, &ada, "/idé").await;
    let whom = write(&town, &ada, &first, "Testa en idé", "Vad är din idé?", IDEA).await;
    assert!(whom.text().contains("Vilka är den för?"), "{}", whom.text());
    let needs = answer(&town, &ada, &whom, "Äldre").await;
    let needed = ["Pengar", "En lokal eller plats"];
    let chosen = town.discord.choose(&ada, &needs, &needed);
    let with = town.discord.reply_to(&chosen).await;
    let plan = answer(&town, &ada, &with, "Några kompisar eller grannar").await;
    let text = plan.text();
    for part in [
        "En gemensam odling vid ån, säger [namn]",
        "pengar och en lokal eller plats",
        "Låna en lokal",
        "Nästa steg\n\n1. ",
    ] {
        assert!(
            text.contains(&part.replace('[', "\\[")) || text.contains(part),
            "{part:?} is not in:\n{text}"
        );
    }
    assert!(
        !plan.buttons().contains(&"Skriv ut eller spara"),
        "no page knows the words"
    );
    assert!(!holds(&town.kept(), "odling"), "until it is handed over");
    let handed = town.press(&ada, &plan, "Skicka till Kundcenter").await;
    let receipt = receipt_in(&handed);
    assert!(holds(&town.kept(), "odling") && !holds(&town.kept(), "Kerstin Berg"));
    let told = town.press(&ada, &handed, "Säg till när svaret finns").await;
    assert!(told.text().contains(receipt.as_str()), "{}", told.text());
    let by = Desk::command_line();
    let review = town.desk.review(&by);
    let version = review.idea(&receipt).await.unwrap().version;
    let answered = review.answer_idea(&receipt, version, "Kom förbi på torsdag.");
    answered.await.unwrap();
    let direct = town.discord.direct_messages(&ada);
    let written = town
        .discord
        .wait_for("a direct message", |w| {
            w.messages().find(|m| m.channel == direct).cloned()
        })
        .await;
    assert!(
        written.text().contains("Kom förbi på torsdag."),
        "{}",
        written.text()
    );
    let back = town.press(&ada, &handed, "Tillbaka").await;
    assert!(
        back.text().contains("En gemensam odling vid ån"),
        "the plan is still there"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_direct_message_one_simply_writes() {
    let town = town().await;
    let ada = town.discord.person("Ada");
    let first = say(&town, &ada, "jag har en idé").await;
    assert!(first.text().contains("Vad är din idé?") && !first.buttons().contains(&WRITE));
    let whom = say(&town, &ada, IDEA).await;
    assert!(whom.text().contains("Vilka är den för?"), "{}", whom.text());

    let aside = say(&town, &ada, KNOWN).await;
    let text = aside.text();
    let order = [
        "Lovpeng är pengar",
        "Texten gicks igenom",
        "Nu tillbaka till frågan:",
        "Vilka är den för?",
    ];
    let places: Vec<Option<usize>> = order.iter().map(|part| text.find(part)).collect();
    assert!(
        places.is_sorted() && places[0].is_some(),
        "{places:?} in:\n{text}"
    );
    assert!(
        offered(&aside).contains(&"Äldre".to_owned()) && aside.buttons().contains(&"Det hjälpte")
    );

    let needs = say(&town, &ada, "äldre").await;
    assert!(
        needs.text().contains("Vad behöver du mest?"),
        "{}",
        needs.text()
    );
    let with = say(&town, &ada, "pengar och en lokal").await;
    assert!(with.text().contains("Vilka är med dig?"), "{}", with.text());
    let back = say(&town, &ada, "tillbaka").await;
    assert!(
        back.text().contains("Vad behöver du mest?"),
        "{}",
        back.text()
    );
    let unsure = say(&town, &ada, "vet inte").await;
    assert!(
        unsure.text().contains("Vilka är med dig?"),
        "{}",
        unsure.text()
    );
    let nonsense = say(&town, &ada, "blå").await;
    assert!(
        nonsense.text().contains("har jag inte sparat")
            || nonsense.text().contains("inte sparat det"),
        "{}",
        nonsense.text()
    );

    // Another way in can be begun anywhere, and what was pressed decides in which language one goes on.
    let money = say(&town, &ada, "hitta bidrag").await;
    let english = say(&town, &ada, "a company").await;
    assert!(
        english.text().contains("What is the money for?"),
        "{}",
        english.text()
    );
    let swedish = answer(&town, &ada, &money, "Ett företag").await;
    assert!(
        swedish.text().contains("Vad ska pengarna gå till?"),
        "{}",
        swedish.text()
    );
    let written = say(&town, &ada, "vet inte").await;
    assert!(
        !written.text().contains("What") && !written.text().contains("Who"),
        "{}",
        written.text()
    );
    let stopped = say(&town, &ada, "avsluta").await;
    assert!(
        stopped.text().contains("Det du sa är borta."),
        "{}",
        stopped.text()
    );
    assert_eq!(town.desk.questions(None, 10).await.unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn someone_is_called_by_the_right_office_and_their_number_is_seen_by_nobody() {
    let town = town().await;
    let ada = town.discord.person("Ada");
    let first = begin(&town, &ada, "/ring-mig").await;
    let office = write(
        &town,
        &ada,
        &first,
        "Bli uppringd",
        "Vad gäller det?",
        ROUTED,
    )
    .await;
    assert_eq!(offered(&office)[0], "Byggkontoret (mitt förslag)");
    let time = answer(&town, &ada, &office, "Byggkontoret (mitt förslag)").await;
    let number = answer(&town, &ada, &time, "På förmiddagen").await;
    let (title, question) = ("Bli uppringd", "Vilket nummer ska de ringa?");
    let wrong = write(&town, &ada, &number, title, question, "ring mig").await;
    assert!(
        wrong.text().contains("riktnummer") && is_step(&wrong),
        "{}",
        wrong.text()
    );
    let promised = write(&town, &ada, &wrong, title, question, NUMBER).await;
    let text = promised.text();
    assert!(
        text.contains("Byggkontoret ringer dig senast") && !text.contains(NUMBER),
        "{text}"
    );
    assert_eq!(promised.only_for, Some(ada.id));
    assert!(!promised.buttons().contains(&"Säg till när svaret finns"));
    assert_eq!(waiting(&town.desk).await.len(), 1);
    let withdrawn = town.press(&ada, &promised, "Ta tillbaka").await;
    assert!(withdrawn.text().contains("raderat"), "{}", withdrawn.text());
    assert!(!holds(&town.kept(), NUMBER));
    assert_eq!(town.discord.messages_in(town.discord.channel()).len(), 0);

    let helped = write(&town, &ada, &first, title, "Vad gäller det?", CRISIS).await;
    assert!(
        helped.text().contains("112") && helped.ephemeral(),
        "{}",
        helped.text()
    );
    let next = say(&town, &ada, "vid lunch").await;
    assert!(!is_step(&next), "the way in is left: {}", next.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_others_are_a_message_leads_to_a_form() {
    let town = town().await;
    let (ada, bo) = (town.discord.person("Ada"), town.discord.person("Bo"));
    let asked = town.mention(&ada, "kan någon ringa mig");
    let public = town.discord.answer_to(&asked).await;
    assert!(public.text().contains("Vad gäller det?") && !public.ephemeral());
    let question = "Vad gäller det?";
    let office = write(&town, &ada, &public, "Bli uppringd", question, ROUTED).await;
    assert_eq!(office.only_for, Some(ada.id));
    // Whoever else presses goes their own way.
    let other = write(
        &town,
        &bo,
        &public,
        "Bli uppringd",
        question,
        "En spelning i parken",
    )
    .await;
    assert_eq!(offered(&other)[0], "Kundcenter (mitt förslag)");
    assert_eq!(offered(&office)[0], "Byggkontoret (mitt förslag)");
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
    let next = say(&town, &ada, "Ett företag").await;
    assert!(!is_step(&next), "{}", next.text());
    let pressed = answer(&town, &ada, &first, "Ett företag").await;
    assert!(
        is_step(&pressed),
        "what still stands there works: {}",
        pressed.text()
    );
    let kept = becomes(std::time::Duration::ZERO, async || {
        holds(&town.kept(), "grants.company")
    })
    .await;
    assert!(!kept);
}

/// Someone gives a command in the channel.
async fn begin(town: &Town, person: &Person, command: &str) -> Message {
    let called = town
        .discord
        .call(person, town.discord.channel(), command, &[]);
    town.discord.reply_to(&called).await
}

/// Someone writes to the bot directly.
async fn say(town: &Town, person: &Person, text: &str) -> Message {
    let direct = town.discord.direct_messages(person);
    let said = town.discord.say(person, direct, text);
    town.discord.answer_to(&said).await
}

/// Someone presses an answer, or picks it in the menu.
async fn answer(town: &Town, person: &Person, message: &Message, label: &str) -> Message {
    if message.buttons().contains(&label) {
        return town.press(person, message, label).await;
    }
    let chosen = town.discord.choose(person, message, &[label]);
    town.discord.reply_to(&chosen).await
}

/// Someone writes in the form that a step opens.
async fn write(
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
async fn walked(
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
fn offered(message: &Message) -> Vec<String> {
    let all = message.options().into_iter().chain(message.buttons());
    all.map(str::to_owned).collect()
}

fn is_step(message: &Message) -> bool {
    message.text().contains(" · fråga ")
}
