//! What Discord sends, meddled with: no event ends in a panic, lots goes on answering, and whatever it sends in return is within
//! Discord's limits, which the stand-in holds it to.

use std::cell::RefCell;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::json::{Change, change, changes};
use super::mutating::questions;
use super::volume::try_out;
use crate::discord::stand_in::{Interaction, Options, Person};
use crate::discord::town::Town;
use crate::stage::{KNOWN, UNKNOWN};

const KEPT: &str = "tests/proptest-regressions/fuzz/discord.txt";
/// Mistakes of the program's own.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// What is sent.
#[derive(Clone, Debug)]
enum Sent {
    /// One of the interactions, with what is meddled with in it.
    Act(Index, Vec<(Index, Change)>),
    /// One of the ids that something to press can have, on one of the messages.
    Press(String, bool),
    /// A message that was written.
    Message(String, bool, Vec<(Index, Change)>),
    /// A form, with what stands in it.
    Form(String, String, Vec<(Index, Change)>),
}

/// A town, someone in it, and what they have done there.
struct Stage {
    town: Town,
    ada: Person,
    acts: Vec<(Interaction, Value)>,
    /// How many times it was played on.
    played: usize,
    /// How many requests have been looked at.
    seen: usize,
}

/// The stand-in remembers all that happens, so that a town is left after so many times.
const LONGEST_PLAYED: usize = 64;

#[test]
fn whatever_discord_sends_lots_goes_on() {
    count_panics();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let stage = RefCell::new(runtime.block_on(Stage::open()));
    try_out(KEPT, 4, &vec(sent(), 1..24), |all| {
        let mut stage = stage.borrow_mut();
        if stage.played >= LONGEST_PLAYED {
            let left = std::mem::replace(&mut *stage, runtime.block_on(Stage::open()));
            runtime.block_on(left.town.end()).unwrap();
        }
        stage.played += 1;
        runtime.block_on(async {
            all.iter().for_each(|sent| stage.send(sent));
            // Someone else asks as people do, and is answered.
            let eva = stage.town.discord.person("Eva");
            let answer = stage.town.ask(&eva, KNOWN).await;
            assert!(answer.text().contains("Lovpeng"), "{}", answer.text());
        });
        prop_assert_eq!(PANICS.load(Ordering::Relaxed), 0, "it made a mistake");
        let (all, refused) = stage.town.discord.look(|world| {
            let new = world.requests().iter().skip(stage.seen);
            let refused: Vec<_> = new.filter(|r| r.status == Some(400)).cloned().collect();
            (world.requests().len(), refused)
        });
        stage.seen = all;
        prop_assert!(refused.is_empty(), "Discord refuses {refused:#?}");
        Ok(())
    });
    runtime.block_on(stage.into_inner().town.end()).unwrap();
}

impl Stage {
    async fn open() -> Stage {
        let town = Town::open_with(Options::default(), |_, settings| settings.rate = 60_000).await;
        let ada = town.discord.person("Ada");
        let acts = acts(&town, &ada).await;
        Stage {
            town,
            ada,
            acts,
            played: 0,
            seen: 0,
        }
    }

    fn send(&self, sent: &Sent) {
        let Stage {
            town, ada, acts, ..
        } = self;
        let discord = &town.discord;
        match sent {
            Sent::Act(at, changes) => {
                let (like, data) = at.get(acts);
                discord.act_oddly(like, data, |event| change(event, changes));
            }
            Sent::Press(id, menu) => {
                let (like, _) = acts.last().unwrap();
                let data = if *menu {
                    json!({ "custom_id": id, "component_type": 3, "values": [id, "grants.association", "grants/lovpeng"], "id": 1 })
                } else {
                    json!({ "custom_id": id, "component_type": 2, "id": 1 })
                };
                discord.act_oddly(like, &data, |_| {});
            }
            Sent::Message(text, mentions, changes) => {
                let text = if *mentions {
                    format!("<@{}> {text}", discord.bot_user())
                } else {
                    text.clone()
                };
                let channel = if *mentions {
                    discord.channel()
                } else {
                    discord.direct_messages(ada)
                };
                discord.say_oddly(ada, channel, &text, |event| change(event, changes));
            }
            Sent::Form(id, text, changes) => {
                let (like, _) = acts.last().unwrap();
                let row = |name: &str, value: &str| {
                    let field = json!({ "type": 4, "custom_id": name, "value": value });
                    json!({ "type": 1, "components": [field] })
                };
                let rows = [
                    row("question", text),
                    row("subject", text),
                    row("address", "070-174 06 05"),
                ];
                let data = json!({ "custom_id": id, "components": rows });
                discord.hand_in_oddly(like, &data, |event| change(event, changes));
            }
        }
    }
}

/// What people do as their clients let them, each with the data that it was sent with.
async fn acts(town: &Town, ada: &Person) -> Vec<(Interaction, Value)> {
    let discord = &town.discord;
    let channel = discord.channel();
    let mut acts = Vec::new();
    for (command, option, text) in [
        ("fråga", Some("fråga"), KNOWN),
        ("fråga", Some("fråga"), UNKNOWN),
        ("idé", None, ""),
    ] {
        let options: Vec<(&str, &str)> = option.map(|o| (o, text)).into_iter().collect();
        let called = discord.call(ada, channel, &format!("/{command}"), &options);
        discord.reply_to(&called).await;
        let data = discord.data_of(&called);
        acts.push((called, data));
    }
    let shown = town.ask(ada, KNOWN).await;
    let label = shown.buttons()[0].to_owned();
    let pressed = discord.click(ada, &shown, &label);
    let data = discord.data_of(&pressed);
    acts.push((pressed, data));
    acts
}

fn sent() -> impl Strategy<Value = Sent> {
    let ids = select(vec![
        "lots1:sv:show:grants/lovpeng",
        "lots1:sv:show:grants/finns-inte:when",
        "lots1:en:helpful:grants/lovpeng",
        "lots1:sv:unhelpful:offices/ingen",
        "lots1:sv:human",
        "lots1:sv:tell:7F3K-2QX",
        "lots1:sv:ask-on",
        "lots1:sv:call-back",
        "lots1:sv:call-back-form",
        "lots1:sv:withdraw:7F3K2QX8M4T9WA5C7R3N6PE2HV9B",
        "lots1:sv:remove:0123456789abcdef",
        "lots1:sv:path:grants.association",
        "lots1:sv:path:idea.*.young.money._._",
        "lots1:sv:path:call.*.offices/kundcenter.morning",
        "lots1:sv:answers",
        "lots1:sv:write:idea",
        "lots1:sv:written:idea",
        "lots1:sv:form",
        "lots1:sv:pick:0",
        "lots1:sv:lines:helplines/112:grants/lovpeng:helplines/ingen",
        "lots2:sv:human",
        "någon annans",
    ]);
    let ids = || ids.clone().prop_map(str::to_owned);
    prop_oneof![
        4 => (any::<Index>(), changes()).prop_map(|(at, changes)| Sent::Act(at, changes)),
        3 => (ids(), any::<bool>()).prop_map(|(id, menu)| Sent::Press(id, menu)),
        3 => (questions(), any::<bool>(), changes())
            .prop_map(|(text, mentions, changes)| Sent::Message(text, mentions, changes)),
        2 => (ids(), questions(), changes()).prop_map(|(id, text, changes)| Sent::Form(id, text, changes)),
    ]
}

/// Counts the panics of the program's own code from now on.
fn count_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if panic
                .location()
                .is_some_and(|place| place.file().starts_with("src/"))
            {
                PANICS.fetch_add(1, Ordering::Relaxed);
            }
            before(panic);
        }));
    });
}
