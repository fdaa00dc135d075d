//! Those who want to be called: a form, a promise that only they see, and a way back.

use super::stand_in::{Message, Person};
use super::town::Town;
use crate::stage::{CRISIS, ROUTED, UNKNOWN, holds, waiting};

const BUTTON: &str = "Bli uppringd eller få mejl";
const SUBJECT: &str = "Vad gäller det?";
const ADDRESS: &str = "Ditt telefonnummer eller din mejladress";
const NUMBER: &str = "070-174 06 05";

/// Fills in the form that a button of a message opens; what comes back.
async fn filled(
    town: &Town,
    person: &Person,
    on: &Message,
    subject: &str,
    address: &str,
) -> Message {
    let pressed = town.discord.click(person, on, BUTTON);
    let form = town.discord.form_after(&pressed).await;
    assert_eq!(form["title"], BUTTON);
    let fields = [(SUBJECT, subject), (ADDRESS, address)];
    let sent = town.discord.hand_in(&pressed, &fields);
    town.discord.reply_to(&sent).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wants_to_be_called_is_promised_it_and_can_take_it_back() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let asked = town.mention(&ada, UNKNOWN);
    let unknown = town.discord.answer_to(&asked).await;
    let human = town.press(&ada, &unknown, "Prata med en människa").await;
    for on in [&unknown, &human] {
        let promised = filled(&town, &ada, on, ROUTED, NUMBER).await;
        assert_eq!(promised.only_for, Some(ada.id));
        let text = promised.text();
        assert!(text.contains("Byggkontoret ringer dig senast"), "{text}");
        assert!(!text.contains(NUMBER), "{text}");
        let queue = waiting(&town.desk).await;
        assert_eq!((queue.len(), queue[0].channel.as_str()), (1, "discord"));
        for said in [
            "Det du lämnade är raderat",
            "Det finns inget att ta tillbaka",
        ] {
            let withdrawn = town.press(&ada, &promised, "Ta tillbaka").await;
            assert!(withdrawn.text().contains(said), "{}", withdrawn.text());
        }
        assert!(!holds(&town.kept(), NUMBER));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_used_is_said_with_what_was_written() {
    let town = Town::open().await;
    let ada = town.discord.person("Ada");
    let unknown = town.ask(&ada, UNKNOWN).await;
    let refused = filled(&town, &ada, &unknown, "En *altan*\nmed tak", "ring mig").await;
    let text = refused.text();
    assert!(text.contains("riktnummer"), "{text}");
    assert!(text.contains("> En \\*altan\\*\n> med tak"), "{text}");
    assert_eq!(waiting(&town.desk).await, []);
    let promised = filled(&town, &ada, &refused, "En altan", NUMBER).await;
    assert!(promised.text().contains("senast"), "{}", promised.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn someone_in_need_gets_the_help_lines_and_an_address_goes_with_its_person() {
    let town = Town::open().await;
    let (ada, bo) = (town.discord.person("Ada"), town.discord.person("Bo"));
    let unknown = town.ask(&ada, UNKNOWN).await;
    let helped = filled(&town, &ada, &unknown, CRISIS, NUMBER).await;
    assert!(helped.text().contains("112"), "{}", helped.text());
    assert!(!holds(&town.kept(), NUMBER));

    let other = "08-465 004 98";
    let unknown_to_bo = town.ask(&bo, UNKNOWN).await;
    filled(&town, &bo, &unknown_to_bo, "Bygglov", other).await;
    filled(&town, &ada, &unknown, "Bygglov", NUMBER).await;
    assert!(holds(&town.kept(), NUMBER));
    let channel = town.discord.channel();
    let forget = town.discord.call(&ada, channel, "/glöm-mig", &[]);
    town.discord.reply_to(&forget).await;
    assert!(!holds(&town.kept(), NUMBER) && holds(&town.kept(), other));
}
