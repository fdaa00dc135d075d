//! What is given out as open data: what many have asked, and nobody in it.

use jiff::ToSpan;
use lots::answering::Decision;
use lots::desk::{Desk, OpenData, OpenTopic, QueueFilter, Receipt, Settlement, Subject};
use lots::knowledge::Language;
use tempfile::TempDir;

use crate::stage::{CRISIS, KNOWN, ROUTED, UNKNOWN, ask, desk_of, provby, sqlite};

/// What staff say that somebody else has.
const ELSEWHERE: &str = "Var finns nyckeln till fyren?";

/// The same as [`UNKNOWN`], in other words.
const OTHERWISE: &str = "hur många katter finns det på månen";

/// A desk for which what is asked now was asked yesterday.
async fn tomorrow() -> (Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    let (today, _) = desk.local_time();
    (desk.on(today.saturating_add(1.days())), folder)
}

/// Has so many people ask the same; their receipts.
async fn many(desk: &Desk, count: usize, text: &str) -> Vec<Receipt> {
    let mut receipts = Vec::new();
    for _ in 0..count {
        let reply = ask(desk, &Desk::new_conversation(), text).await;
        receipts.extend(reply.receipt);
    }
    receipts
}

async fn open(desk: &Desk) -> OpenData {
    OpenData::clone(&*desk.open_data().await.unwrap())
}

fn told(data: &OpenData) -> Vec<(Subject, Option<&str>, u64)> {
    let each = data.topics.iter();
    each.map(|t: &OpenTopic| {
        (
            t.subject.clone(),
            t.office.as_ref().map(|id| id.as_str()),
            t.askers,
        )
    })
    .collect()
}

#[tokio::test]
async fn four_are_too_few_and_five_are_enough() {
    for (askers, expected) in [(4, vec![]), (5, vec![5]), (9, vec![5]), (11, vec![10])] {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk_of(provby(), &sqlite(folder.path())).await;
        many(&desk, askers, ROUTED).await;
        // What is asked is counted on the day that it is taken to be.
        let (today, _) = desk.local_time();
        let desk = desk.on(today.saturating_add(1.days()));
        let data = open(&desk).await;
        let topics: Vec<u64> = data.topics.iter().map(|topic| topic.askers).collect();
        assert_eq!(topics, expected, "{askers}");
        let by_month: Vec<u64> = data
            .topics
            .iter()
            .flat_map(|t| t.months.values().copied())
            .collect();
        assert_eq!(by_month, expected, "{askers}");
        let questions: Vec<u64> = data.months.iter().map(|month| month.questions).collect();
        assert_eq!(questions, expected, "{askers}");
    }
}

#[tokio::test]
async fn whoever_asks_again_and_again_is_one() {
    let (desk, _folder) = tomorrow().await;
    let conversation = Desk::new_conversation();
    for _ in 0..7 {
        ask(&desk, &conversation, ROUTED).await;
    }
    many(&desk, 3, ROUTED).await;
    assert_eq!(open(&desk).await.topics, []);
}

#[tokio::test]
async fn a_cry_for_help_is_never_part_of_it() {
    let (desk, _folder) = tomorrow().await;
    for _ in 0..10 {
        let reply = ask(&desk, &Desk::new_conversation(), CRISIS).await;
        assert_eq!(reply.answer.decision, Decision::Crisis);
    }
    let data = open(&desk).await;
    assert_eq!((data.topics, data.months), (Vec::new(), Vec::new()));
}

#[tokio::test]
async fn words_are_told_only_when_staff_have_settled_what_many_wrote() {
    let (desk, _folder) = tomorrow().await;
    many(&desk, 6, ELSEWHERE).await;
    many(&desk, 5, KNOWN).await;
    let waiting = open(&desk).await;
    assert_eq!(told(&waiting), [(Subject::Untold, None, 5)]);
    assert!(waiting.topics[0].is_open);
    let csv = waiting.csv(desk.library().current().knowledge(), Language::Swedish);
    assert!(!csv.contains("fyren"), "{csv}");

    let by = Desk::command_line();
    let review = desk.review(&by);
    let queue = review.queue(&QueueFilter::default()).await.unwrap();
    let cluster = &queue.clusters[0];
    let settled = review.settle(&cluster.id, cluster.version, &Settlement::Dismiss, "");
    settled.await.unwrap();
    // It holds for an hour as it was.
    assert_eq!(open(&desk).await, waiting);
}

#[tokio::test]
async fn what_is_settled_is_told_in_words_that_five_have_used() {
    let (desk, _folder) = tomorrow().await;
    let mut receipts = many(&desk, 5, ELSEWHERE).await;
    // Six have asked this, but no five in the same words.
    receipts.extend(many(&desk, 3, UNKNOWN).await);
    receipts.extend(many(&desk, 3, OTHERWISE).await);
    desk.sort_questions().await.unwrap();
    for receipt in receipts {
        let answered = desk.answer_question(&receipt, "Det vet vi.");
        assert!(answered.await.unwrap());
    }
    let data = open(&desk).await;
    let words = Subject::Wording {
        text: ELSEWHERE.to_owned(),
        language: "sv".to_owned(),
    };
    let subjects: Vec<&Subject> = data.topics.iter().map(|t| &t.subject).collect();
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    assert!(
        subjects.contains(&&words) && subjects.contains(&&Subject::Untold),
        "{subjects:?}"
    );
    let text = data.csv(desk.library().current().knowledge(), Language::Swedish);
    assert!(
        text.contains(ELSEWHERE) && !text.to_lowercase().contains("katter"),
        "{text}"
    );
    let numbers = text
        .lines()
        .skip(1)
        .map(|line| line.rsplit(',').next().unwrap());
    assert!(
        numbers
            .map(|n| n.parse::<u64>().unwrap())
            .all(|n| n > 0 && n.is_multiple_of(5)),
        "{text}"
    );
}

#[tokio::test]
async fn today_is_not_part_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    many(&desk, 5, ROUTED).await;
    let data = open(&desk).await;
    assert_eq!((data.topics, data.months), (Vec::new(), Vec::new()));
    assert_eq!(data.to, desk.local_time().0.yesterday().unwrap());
}
