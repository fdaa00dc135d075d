//! Those who want to be reminded of a last day are, and their address is deleted.

use std::time::Duration;

use jiff::civil::{Date, date};

use super::stand_in::{Fault, Message, Person};
use super::town::Town;
use crate::stage::{KNOWN, becomes, holds, provby, provby_due};

const PATIENCE: Duration = Duration::from_secs(12);
/// In this time it is looked whom to remind at least once.
const A_ROUND: Duration = Duration::from_secs(6);

/// The day on which someone asks; the last day is 31 March.
const ASKED: Date = date(2027, 3, 1);
const TWO_WEEKS: Date = date(2027, 3, 17);
const TWO_DAYS: Date = date(2027, 3, 29);

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wished_it_is_reminded_twice_and_their_address_is_gone() {
    let (mut town, ada) = Box::pin(asked_for()).await;
    assert!(keeps_address(&town, &ada), "until then it must be kept");
    town.on(date(2027, 3, 16)).await;
    tokio::time::sleep(A_ROUND).await;
    assert_eq!(reminders(&town, &ada).len(), 0, "not before it is time");

    town.on(TWO_WEEKS).await;
    let first = reminder(&town, &ada, 1).await;
    let text = first.text();
    for part in ["om 14 dagar", "Lovpeng", "31 mars 2027", "från 2021"] {
        assert!(text.contains(part), "{part:?}: {text}");
    }
    assert_eq!(first.buttons(), ["Läs mer", "Sluta påminna"]);
    let read = town.press(&ada, &first, "Läs mer").await;
    assert!(read.text().contains("Lovpeng är"), "{}", read.text());
    tokio::time::sleep(A_ROUND).await;
    assert_eq!(reminders(&town, &ada).len(), 1, "once that day");

    town.on(TWO_DAYS).await;
    let last = reminder(&town, &ada, 2).await;
    let text = last.text();
    assert!(
        text.contains("om 2 dagar") && text.contains("min sista påminnelse"),
        "{text}"
    );
    assert_eq!(last.buttons(), ["Läs mer"]);
    assert!(becomes(PATIENCE, async || !keeps_address(&town, &ada)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_is_reminded_of_is_listed_and_taken_away() {
    let (mut town, ada) = Box::pin(asked_for()).await;
    let bo = town.discord.person("Bo");
    assert!(list(&town, &bo).await.text().contains("inga påminnelser"));
    let kept = list(&town, &ada).await;
    assert!(kept.ephemeral() && kept.text().contains("Det här påminner jag dig om"));
    assert_eq!(kept.options(), ["31 mars 2027: Lovpeng"]);
    let chosen = town.discord.choose(&ada, &kept, &["31 mars 2027: Lovpeng"]);
    let gone = town.discord.reply_to(&chosen).await;
    assert!(
        gone.text().contains("påminner dig inte mer"),
        "{}",
        gone.text()
    );
    assert!(!keeps_address(&town, &ada));
    assert!(list(&town, &ada).await.text().contains("inga påminnelser"));

    // Below a reminder there is a button for it.
    ask_for(&town, &ada).await;
    town.on(TWO_WEEKS).await;
    let first = reminder(&town, &ada, 1).await;
    town.press(&ada, &first, "Sluta påminna").await;
    assert!(!keeps_address(&town, &ada));
    town.on(TWO_DAYS).await;
    tokio::time::sleep(A_ROUND).await;
    assert_eq!(reminders(&town, &ada).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_last_day_that_has_been_moved_is_told_of_and_one_that_is_gone() {
    let (mut town, ada) = Box::pin(asked_for()).await;
    let moved = provby_due("\"2027-04-20\"", "current", 2027);
    Box::pin(town.begin_anew_with(moved, |desk| desk.on(date(2027, 3, 2)))).await;
    let told = reminder(&town, &ada, 1).await.text();
    assert!(
        told.contains("har ändrats, och är nu 20 april 2027") && !told.contains("sista påminnelse"),
        "{told}"
    );
    let moved = provby_due("\"2027-04-20\"", "current", 2027);
    Box::pin(town.begin_anew_with(moved, |desk| desk.on(date(2027, 4, 6)))).await;
    let told = reminder(&town, &ada, 2).await.text();
    assert!(
        told.contains("om 14 dagar") && told.contains("20 april 2027"),
        "{told}"
    );
    let ended = provby_due("\"2027-04-20\"", "ended", 2027);
    Box::pin(town.begin_anew_with(ended, |desk| desk.on(date(2027, 4, 7)))).await;
    let told = reminder(&town, &ada, 3).await.text();
    assert!(told.contains("finns ingen sista dag längre"), "{told}");
    assert!(becomes(PATIENCE, async || !keeps_address(&town, &ada)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_direct_messages_the_reminder_is_dropped() {
    let (mut town, ada) = Box::pin(asked_for()).await;
    town.discord.refuse_direct_messages(&ada);
    town.on(TWO_WEEKS).await;
    assert!(becomes(PATIENCE, async || !keeps_address(&town, &ada)).await);
    assert_eq!(reminders(&town, &ada).len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_reminded_at_night_or_too_late_and_a_failure_that_passes_costs_nothing() {
    let (mut town, ada) = Box::pin(asked_for()).await;
    Box::pin(town.begin_anew_with(provby(), |desk| desk.at(TWO_WEEKS.at(23, 0, 0, 0)))).await;
    tokio::time::sleep(A_ROUND).await;
    assert_eq!(reminders(&town, &ada).len(), 0);
    town.discord
        .fault("POST /users/@me/channels", 2, Fault::Broken(503));
    // Discord was away on the day itself, and is back some days after.
    town.on(date(2027, 3, 20)).await;
    let text = reminder(&town, &ada, 1).await.text();
    assert!(text.contains("om 11 dagar"), "{text}");
    town.on(date(2027, 4, 2)).await;
    assert!(becomes(PATIENCE, async || !keeps_address(&town, &ada)).await);
    assert_eq!(reminders(&town, &ada).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_is_erased_with_the_rest_and_is_not_kept_when_it_is_too_late() {
    let (mut town, ada) = Box::pin(asked_for()).await;
    let channel = town.discord.channel();
    let forget = town.discord.call(&ada, channel, "/glöm-mig", &[]);
    town.discord.reply_to(&forget).await;
    assert!(!keeps_address(&town, &ada));
    town.on(date(2027, 3, 30)).await;
    let asked = town.ask(&ada, KNOWN).await;
    let refused = town.press(&ada, &asked, "Påminn mig").await;
    assert!(refused.text().contains("hinner"), "{}", refused.text());
    assert!(!keeps_address(&town, &ada));
}

/// Someone has asked to be reminded of the last day of what Provby's base answers.
async fn asked_for() -> (Town, Person) {
    let mut town = Box::pin(Town::open()).await;
    town.on(ASKED).await;
    let ada = town.discord.person("Ada");
    ask_for(&town, &ada).await;
    (town, ada)
}

async fn ask_for(town: &Town, ada: &Person) {
    let asked = town.ask(ada, KNOWN).await;
    let promised = town.press(ada, &asked, "Påminn mig").await;
    let text = promised.text();
    for part in ["31 mars 2027", "17 mars 2027 och 29 mars 2027", "från 2021"] {
        assert!(text.contains(part), "{part:?}: {text}");
    }
    assert!(promised.ephemeral());
}

async fn list(town: &Town, person: &Person) -> Message {
    let channel = town.discord.channel();
    let given = town.discord.call(person, channel, "/påminnelser", &[]);
    town.discord.reply_to(&given).await
}

fn keeps_address(town: &Town, person: &Person) -> bool {
    holds(&town.kept(), &person.id.to_string())
}

fn reminders(town: &Town, person: &Person) -> Vec<Message> {
    let channel = town.discord.direct_messages(person);
    let messages = town.discord.messages_in(channel).into_iter();
    messages
        .filter(|m| m.text().contains("Du bad mig påminna"))
        .collect()
}

/// The reminder with this number.
async fn reminder(town: &Town, person: &Person, number: usize) -> Message {
    let came = becomes(PATIENCE, async || reminders(town, person).len() >= number).await;
    assert!(came, "waited in vain for reminder {number}");
    reminders(town, person)[number - 1].clone()
}
