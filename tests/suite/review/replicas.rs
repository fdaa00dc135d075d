//! Several programs on one database: what one of them publishes or switches, the others follow.

use std::time::Duration;

use lots::answering::Decision;
use lots::desk::{Desk, QueueFilter, Role};

use super::{answered_with, beside, cats, staff};
use crate::stage::{CRISIS, KNOWN, UNKNOWN, ask, becomes, on_postgres, sqlite};

const PATIENCE: Duration = Duration::from_secs(15);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replicas_follow_each_other_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    follow_each_other(sqlite(folder.path())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replicas_follow_each_other_on_postgresql() {
    on_postgres(follow_each_other).await;
}

async fn follow_each_other(url: String) {
    // On the heap: what several desks need at once is more than the thread of a test can hold.
    let one = Box::pin(beside(&url)).await;
    let other = Box::pin(beside(&url)).await;
    let ada = staff(&one, "ada", Role::Admin).await;
    let review = one.review(&ada);
    let work = async {
        ask(&other, &Desk::new_conversation(), UNKNOWN).await;
        let waits = review.queue(&QueueFilter::default()).await.unwrap();
        let cluster = &waits.clusters[0].id;
        let id = review.begin_answer(cluster).await.unwrap();
        let form = lots::desk::Form::Answer(Box::new(cats()));
        review.save(&id, 0, &form).await.unwrap();
        review.publish(&id, 1, "").await.unwrap();
        let is_there = async || answered_with(&other, UNKNOWN).await.is_some();
        assert!(becomes(PATIENCE, is_there).await);
        // One that starts later has it too.
        let third = Box::pin(beside(&url)).await;
        third.catch_up().await.unwrap();
        assert!(answered_with(&third, UNKNOWN).await.is_some());
        third.close().await;
        review.undo(&id, "").await.unwrap();
        let is_gone = async || answered_with(&other, UNKNOWN).await.is_none();
        assert!(becomes(PATIENCE, is_gone).await);

        review.rest(true, "något är fel").await.unwrap();
        assert!(one.is_resting(), "at once where it is switched");
        assert!(becomes(PATIENCE, async || other.is_resting()).await);
        for desk in [&one, &other] {
            let reply = ask(desk, "a", KNOWN).await;
            assert_ne!(reply.answer.decision, Decision::Answer);
            assert!(reply.receipt.is_none());
            let text = reply.answer.plain_text();
            assert!(text.contains("Kundcenter"), "{text}");
            let reply = ask(desk, "b", CRISIS).await;
            assert_eq!(reply.answer.decision, Decision::Crisis);
        }
        review.rest(false, "").await.unwrap();
        assert!(becomes(PATIENCE, async || !other.is_resting()).await);
        assert!(answered_with(&other, KNOWN).await.is_some());
        assert_eq!(review.resting().await.unwrap().version, 2);
    };
    tokio::select! {
        () = Box::pin(other.follow()) => {}
        () = Box::pin(work) => {}
    }
    one.close().await;
    other.close().await;
}
