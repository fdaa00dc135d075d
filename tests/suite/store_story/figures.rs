//! The part of the story about how much is asked, how staff fare, and what can be told to everyone.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use lots::knowledge::EntryKind;
use lots::store::{
    Act, Measured, NewQuestion, Occurrence, PurgeRule, Purgeable, Reason, RoutedTo, State, Store,
    Tallied,
};

use super::clusters::{act, ask, clear, found, here, line, put};
use super::{DAY, NOON, entry, question};

const TODAY: Date = date(2026, 11, 23);

pub(super) async fn what_happens_is_counted_by_day(store: &Store) {
    let answered = occurrence(Tallied::Answered, "sv", Some("offices/kundcenter"));
    let unknown = occurrence(Tallied::Unknown, "uk", None);
    let odd = occurrence(Tallied::Helpful, "s\0v", None);
    let yesterday = TODAY.yesterday().unwrap();
    let long_ago = date(2023, 11, 1);
    let counts = |all: &[(Date, &Occurrence, u64)]| -> BTreeMap<(Date, Occurrence), u64> {
        let all = all.iter();
        all.map(|(day, what, count)| ((*day, (*what).clone()), *count))
            .collect()
    };
    let first = counts(&[(yesterday, &answered, 2), (TODAY, &answered, 3)]);
    store.add_tallies(&first).await.unwrap();
    store.add_tallies(&counts(&[])).await.unwrap();
    // Several replicas add up.
    let adding = (0..4).map(|_| {
        let all = [
            (TODAY, &answered, 1),
            (TODAY, &unknown, 1),
            (TODAY, &odd, 2),
            (long_ago, &answered, 5),
        ];
        let (store, more) = (store.clone(), counts(&all));
        tokio::spawn(async move { store.add_tallies(&more).await.unwrap() })
    });
    for added in adding.collect::<Vec<_>>() {
        added.await.unwrap();
    }
    let odd = occurrence(Tallied::Helpful, "s\u{fffd}v", None);
    let today = counts(&[
        (TODAY, &answered, 7),
        (TODAY, &unknown, 4),
        (TODAY, &odd, 8),
    ]);
    assert_eq!(store.tallies(TODAY, TODAY).await.unwrap(), today);
    let mut both = counts(&[(yesterday, &answered, 2)]);
    both.extend(today);
    assert_eq!(store.tallies(yesterday, TODAY).await.unwrap(), both);
    let before = store.tallies(Date::MIN, long_ago).await.unwrap();
    assert_eq!(before, counts(&[(long_ago, &answered, 20)]));

    let rules = [PurgeRule {
        name: "antal".to_owned(),
        what: Purgeable::Tallies,
        older_than_days: 3 * 365,
    }];
    let lines = store.purge(&rules, "", NOON + 6).await.unwrap();
    let told: Vec<_> = lines.iter().map(|l| (l.rule.as_deref(), l.count)).collect();
    assert_eq!(told, [(None, 1), (Some("antal"), 1)]);
    assert_eq!(store.tallies(Date::MIN, Date::MAX).await.unwrap(), both);
}

fn occurrence(what: Tallied, language: &str, office: Option<&str>) -> Occurrence {
    Occurrence {
        what,
        language: language.to_owned(),
        channel: "web".to_owned(),
        office: office.map(entry),
        entry: None,
    }
}

/// Long before the rest of the story.
const THEN: i64 = NOON - 1_000 * DAY;

pub(super) async fn how_staff_fare_is_read_from_the_log(store: &Store) {
    let (bygg, kund) = (entry("offices/byggkontoret"), entry("offices/kundcenter"));
    let log = async |wording: &str, channel: &str, office: Option<&_>, at: i64| {
        let asked = NewQuestion {
            wording: wording.to_owned(),
            channel: channel.to_owned(),
            office: office.cloned(),
            reason: Reason::Routed,
            ..question(&format!("fares {at}"), at)
        };
        store.record(&asked).await.unwrap();
        asked.receipt
    };
    let first = log("altan", "web", Some(&bygg), THEN).await;
    let second = log("altan", "discord", Some(&bygg), THEN + 10).await;
    let third = log("mack", "web", Some(&kund), THEN + 20).await;
    let fourth = log("skräp", "web", None, THEN + 30).await;
    let cluster = found(store, &first, "fares1", &["w1"]).await;
    found(store, &second, "fares2", &["w2"]).await;
    found(store, &third, "fares3", &["w3"]).await;
    found(store, &fourth, "fares4", &["w4"]).await;
    let all = Measured {
        from: THEN,
        until: THEN + 100,
        ..Measured::default()
    };
    let since = [THEN, THEN + 10, THEN + 20, THEN + 30];
    assert_eq!(store.waiting_since(&all).await.unwrap(), since);
    assert_eq!(store.waits(&all).await.unwrap(), Vec::<i64>::new());

    let seen = here(store, &cluster).await;
    let settled = Act {
        entry: Some(entry("guides/altan")),
        office: Some(kund.clone()),
        judges_office: true,
        at: THEN + 5_000,
        ..act(&seen, State::Answered)
    };
    assert!(store.act(&settled, &line("eva", &cluster)).await.unwrap());
    let dismissed = here(store, "fares4").await;
    let dismissal = act(&dismissed, State::Dismissed);
    assert!(store.act(&dismissal, &line("eva", "fares4")).await.unwrap());
    let judged = here(store, "fares3").await;
    let assigned = Act {
        office: Some(kund.clone()),
        judges_office: true,
        ..act(&judged, State::Assigned)
    };
    assert!(store.act(&assigned, &line("eva", "fares3")).await.unwrap());

    // What was dismissed was not answered.
    assert_eq!(store.waits(&all).await.unwrap(), [5_000]);
    assert_eq!(
        store.waiting_since(&all).await.unwrap(),
        [THEN + 10, THEN + 20]
    );
    let routed = |office: &_, judged, right| RoutedTo {
        office: Clone::clone(office),
        judged,
        right,
    };
    let told = store.routed_to(&all).await.unwrap();
    assert_eq!(told, [routed(&bygg, 1, 0), routed(&kund, 1, 1)]);
    let of = async |which: &Measured| -> Vec<(String, u64)> {
        let most = store.asked_most(which, 3).await.unwrap();
        most.into_iter().map(|m| (m.cluster, m.questions)).collect()
    };
    let named = |all: &[&str]| -> Vec<(String, u64)> {
        all.iter().map(|id| ((*id).to_owned(), 1)).collect()
    };
    assert_eq!(of(&all).await, named(&["fares1", "fares2", "fares3"]));

    let narrowed = |change: fn(&mut Measured)| {
        let mut which = all.clone();
        change(&mut which);
        which
    };
    let discord = narrowed(|m| m.channel = Some("discord".to_owned()));
    assert_eq!(of(&discord).await, named(&["fares2"]));
    let guides = narrowed(|m| m.kind = Some(EntryKind::Guides));
    assert_eq!(of(&guides).await, named(&["fares1"]));
    let english = narrowed(|m| m.language = Some("en".to_owned()));
    assert_eq!(of(&english).await, named(&[]));
    let later = narrowed(|m| m.from = THEN + 1);
    assert_eq!(of(&later).await, named(&["fares2", "fares3", "fares4"]));
    let earlier = narrowed(|m| m.until = THEN + 10);
    assert_eq!(of(&earlier).await, named(&["fares1"]));
    // The office that was named, and the one that has it.
    let mut of_bygg = all.clone();
    of_bygg.office = Some(bygg.clone());
    assert_eq!(
        store.routed_to(&of_bygg).await.unwrap(),
        [routed(&bygg, 1, 0)]
    );
    assert_eq!(store.waits(&of_bygg).await.unwrap(), Vec::<i64>::new());
    let gone: Vec<String> = since.map(|at| format!("fares {at}")).to_vec();
    clear(store, &gone.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

pub(super) async fn only_what_many_have_asked_is_told(store: &Store) {
    let from = THEN - 500 * DAY;
    let mut conversations = Vec::new();
    let mut asked = async |id: &str, wording: &str, who: &[&str]| {
        for (place, who) in who.iter().enumerate() {
            let receipt = ask(store, who, wording, from + place as i64).await;
            conversations.push((*who).to_owned());
            if place == 0 {
                found(store, &receipt, id, &[id]).await;
            } else {
                put(store, &receipt, id).await;
            }
        }
    };
    asked("many5", "fem olika", &["t1", "t2", "t3", "t4", "t5"]).await;
    asked("many4", "fyra olika", &["t1", "t2", "t3", "t4", "t4"]).await;
    asked("often", "en och samma", &["t6", "t6", "t6", "t6", "t6"]).await;
    asked("junk", "skräp", &["t1", "t2", "t3", "t4", "t5"]).await;
    let junk = here(store, "junk").await;
    let dismissal = act(&junk, State::Dismissed);
    assert!(store.act(&dismissal, &line("eva", "junk")).await.unwrap());
    let told = async |floor| -> Vec<(String, u64, bool)> {
        let topics = store.topics(from, from + DAY, floor).await.unwrap();
        topics
            .into_iter()
            .map(|t| (t.name, t.askers, t.is_open))
            .collect()
    };
    assert_eq!(told(5).await, [("many5".to_owned(), 5, true)]);
    let names: Vec<String> = told(1).await.into_iter().map(|t| t.0).collect();
    assert_eq!(names, ["many4", "many5", "often"]);
    assert_eq!(store.topics(from + 1, from + DAY, 5).await.unwrap(), []);

    // Two that one entry answers are one, and whoever asked both is counted once.
    for id in ["many4", "many5"] {
        let settled = Act {
            entry: Some(entry("grants/lovpeng")),
            ..act(&here(store, id).await, State::Answered)
        };
        assert!(store.act(&settled, &line("eva", id)).await.unwrap());
    }
    assert_eq!(told(5).await, [("grants/lovpeng".to_owned(), 5, false)]);

    let common = async |cluster: &str, floor| store.common_wording(cluster, floor).await.unwrap();
    let said = Some(("fem olika".to_owned(), "sv".to_owned()));
    assert_eq!(common("many5", 5).await, said);
    assert_eq!(common("many4", 5).await, None);
    assert_eq!(common("often", 2).await, None);
    clear(
        store,
        &conversations.iter().map(String::as_str).collect::<Vec<_>>(),
    )
    .await;
    assert_eq!(store.topics(from, from + DAY, 1).await.unwrap(), []);
}
