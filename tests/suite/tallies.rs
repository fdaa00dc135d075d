//! How much is asked and how it goes: counted in numbers alone, in every replica, and never at the cost of an answer.

use jiff::ToSpan;
use lots::answering::Decision;
use lots::desk::{Count, Desk, Figures, FiguresWanted, Verdict};
use lots::knowledge::{EntryId, Language};

use crate::stage::{CRISIS, KNOWN, ROUTED, UNKNOWN, ask, bytes_of, desk_of, holds, provby, sqlite};

fn id(text: &str) -> EntryId {
    EntryId::parse(text).unwrap()
}

async fn figures(desk: &Desk) -> Figures {
    let (today, _) = desk.local_time();
    let wanted = FiguresWanted::all(today.saturating_sub(1.days()), today);
    let by = Desk::command_line();
    desk.review(&by).figures_of(&wanted).await.unwrap()
}

#[tokio::test]
async fn every_decision_is_counted_once_and_a_cry_for_help_never() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    let mut decisions = Vec::new();
    for text in [
        KNOWN,
        "bidrag",
        ROUTED,
        UNKNOWN,
        "hej",
        "hitta bidrag",
        CRISIS,
        "",
        "7F3K-2QX",
    ] {
        let reply = ask(&desk, &Desk::new_conversation(), text).await;
        decisions.push(reply.answer.decision);
    }
    let first = [
        Decision::Answer,
        Decision::Choice,
        Decision::Route,
        Decision::Unknown,
        Decision::SmallTalk,
        Decision::Path,
        Decision::Crisis,
    ];
    assert_eq!(decisions[..7], first);
    let entry = id("grants/lovpeng");
    for verdict in [
        Verdict::Helpful,
        Verdict::Unhelpful {
            complaint: None,
            remark: "",
        },
    ] {
        let conversation = Desk::new_conversation();
        let judged = desk.feedback_on(&conversation, "discord", &entry, Language::Swedish, verdict);
        judged.await;
    }
    let shown = desk
        .show("x", &entry, None, Language::Swedish)
        .await
        .unwrap();
    desk.count_shown(&shown.answer, "web");
    let expected = Count {
        answered: 1,
        offered: 1,
        routed: 1,
        unknown: 1,
        small_talk: 1,
        on_paths: 1,
        shown: 1,
        helpful: 1,
        unhelpful: 1,
    };
    let counted = figures(&desk).await;
    assert_eq!(counted.total, expected);
    let entries = counted
        .entries
        .iter()
        .map(|g| (g.of.as_str(), g.count.given()));
    assert_eq!(entries.collect::<Vec<_>>(), [("grants/lovpeng", 2)]);
    let offices: Vec<_> = counted
        .offices
        .iter()
        .map(|g| (g.of.clone(), g.count.questions()))
        .collect();
    assert!(
        offices.contains(&(Some(id("offices/byggkontoret")), 1)),
        "{offices:?}"
    );
    assert!(offices.contains(&(None, 2)), "{offices:?}");
    let channels: Vec<_> = counted
        .channels
        .iter()
        .map(|g| (g.of.as_str(), g.count.questions()))
        .collect();
    assert_eq!(channels, [("web", 4), ("discord", 0)]);
    desk.close().await;

    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    assert_eq!(figures(&desk).await, counted, "they are written down");
}

#[tokio::test]
async fn what_is_asked_of_a_help_line_is_an_answer_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    let shown = desk
        .show("x", &id("helplines/112"), None, Language::Swedish)
        .await
        .unwrap();
    desk.count_shown(&shown.answer, "web");
    let counted = figures(&desk).await;
    assert_eq!(counted.total.shown, 1);
    assert!(
        counted.entries.is_empty() && counted.kinds.is_empty(),
        "{counted:?}"
    );
}

#[tokio::test]
async fn what_replicas_have_counted_adds_up() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite(folder.path());
    let (first, second) = (desk_of(provby(), &url).await, desk_of(provby(), &url).await);
    for desk in [&first, &second, &second] {
        ask(desk, &Desk::new_conversation(), KNOWN).await;
    }
    assert_eq!(
        figures(&first).await.total.answered,
        1,
        "as far as it knows"
    );
    second.close().await;
    assert_eq!(figures(&first).await.total.answered, 3);
    first.close().await;
    let third = desk_of(provby(), &url).await;
    assert_eq!(figures(&third).await.total.answered, 3);
}

#[tokio::test]
async fn a_database_that_is_away_costs_neither_an_answer_nor_a_count() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("not/there");
    let away = format!("sqlite://{}/lots.db", there.display());
    let desk = desk_of(provby(), &away).await;
    for _ in 0..3 {
        let reply = ask(&desk, &Desk::new_conversation(), KNOWN).await;
        assert_eq!(reply.answer.decision, Decision::Answer);
    }
    std::fs::create_dir_all(&there).unwrap();
    desk.close().await;
    assert!(holds(&bytes_of(&there), "grants/lovpeng"));
    let desk = desk_of(provby(), &away).await;
    assert_eq!(figures(&desk).await.total.answered, 3);
}
