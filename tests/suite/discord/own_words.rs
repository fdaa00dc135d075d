//! The guided ways in on Discord, where something is said in one's own words: directly, and in forms where others are.

use lots::desk::Desk;

use super::guided::{IDEA, WRITE, answer, begin, is_step, offered, say, town, write};
use super::town::receipt_in;
use crate::stage::{CRISIS, KNOWN, ROUTED, holds, waiting};

const NUMBER: &str = "070-174 06 05";

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
        "En gemensam odling vid ån, säger \\[namn\\]",
        "pengar och en lokal eller plats",
        "Låna en lokal",
        "Nästa steg\n\n1. ",
    ] {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
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

    let nonsense = say(&town, &ada, "kvarnhjulsblomma").await;
    assert!(
        nonsense.text().contains("så jag har inte sparat det"),
        "{}",
        nonsense.text()
    );

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

    // Another way in can be begun anywhere, and what was pressed decides in which language one goes on.
    let money = say(&town, &ada, "hitta bidrag").await;
    let english = say(&town, &ada, "an association").await;
    assert!(
        english.text().contains("What is the money for?"),
        "{}",
        english.text()
    );
    let swedish = answer(&town, &ada, &money, "En förening som inte är godkänd").await;
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
    let wrong = write(&town, &ada, &number, title, question, "det vanliga").await;
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
