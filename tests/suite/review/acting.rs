//! Questions come together, and staff settle, merge and split what has come together.

use lots::desk::{Desk, Outcome, QueueFilter, ReviewError, Role, Settlement, State};
use lots::knowledge::{EntryId, Language};

use super::{BODY, OTHERWISE, Town, staff};
use crate::stage::{ROUTED, UNKNOWN, ask, bytes_of, holds};

fn office(name: &str) -> EntryId {
    EntryId::parse(&format!("offices/{name}")).unwrap()
}

#[tokio::test]
async fn questions_that_ask_the_same_wait_together() {
    let town = Town::new().await;
    for (who, text) in [
        ("a", UNKNOWN),
        ("b", "hur många katter bor det på månen"),
        ("c", OTHERWISE),
        ("d", ROUTED),
    ] {
        town.asks(who, text).await;
    }
    let queue = town.queue().await;
    assert_eq!((queue.waiting, queue.waiting_questions), (2, 4));
    let (cats, permit) = (&queue.clusters[0], &queue.clusters[1]);
    assert_eq!((cats.wording.as_str(), cats.questions), (UNKNOWN, 3));
    assert_eq!(permit.office, Some(office("byggkontoret")));
    let again = town.queue().await;
    assert_eq!(again.clusters[0].id, cats.id, "a name stays");
    let view = town.review().cluster(&cats.id).await.unwrap().unwrap();
    assert_eq!((view.questions.len(), view.wordings.len()), (3, 3));
    assert!(!view.explained.is_empty());
    for (seek, expected) in [
        ("månen", 1),
        ("MÅNEN!", 1),
        ("altan", 1),
        ("hund", 0),
        ("%", 2),
    ] {
        let filter = QueueFilter {
            seek: seek.to_owned(),
            ..QueueFilter::default()
        };
        let found = town.review().queue(&filter).await.unwrap().clusters;
        assert_eq!(found.len(), expected, "{seek}");
    }
}

#[tokio::test]
async fn of_two_who_settle_one_is_told_who_has_been_faster() {
    let town = Town::new().await;
    let bo = staff(&town.desk, "bo", Role::Editor).await;
    let receipt = town.asks("a", ROUTED).await;
    let seen = town.queue().await.clusters.remove(0);
    let to = Settlement::Assign(office("byggkontoret"));
    let settle = async |version, to: &Settlement| {
        let review = town.review();
        review.settle(&seen.id, version, to, "hos dem").await
    };
    settle(seen.version, &to).await.unwrap();
    let late = town.desk.review(&bo);
    let late = late
        .settle(&seen.id, seen.version, &Settlement::Dismiss, "")
        .await;
    assert!(
        matches!(&late, Err(ReviewError::Changed { by }) if by == "eva"),
        "{late:?}"
    );
    let (outcome, told) = town.desk.outcome(&receipt, Language::Swedish).await;
    assert_eq!(outcome, Outcome::Assigned);
    assert!(told.contains("Byggkontoret"), "{told}");
    let figures = town.review().figures().await.unwrap();
    assert_eq!((figures.judged, figures.rightly_routed), (1, 1));

    for wrong in [
        Settlement::Assign(office("nowhere")),
        Settlement::Assign(EntryId::parse("grants/lovpeng").unwrap()),
        Settlement::NotOurs("Ingen".to_owned()),
    ] {
        let settled = settle(1, &wrong).await;
        assert!(matches!(settled, Err(ReviewError::NotFound)), "{wrong:?}");
    }
    settle(1, &Settlement::NotOurs(BODY.to_owned()))
        .await
        .unwrap();
    let (outcome, told) = town.desk.outcome(&receipt, Language::Swedish).await;
    assert_eq!(outcome, Outcome::Closed);
    assert!(told.contains("Det sköter Rymdstyrelsen"), "{told}");
    assert_eq!(town.waiting().await, []);
    settle(2, &Settlement::Reopen).await.unwrap();
    assert_eq!(town.waiting().await.len(), 1);
    let (outcome, _) = town.desk.outcome(&receipt, Language::Swedish).await;
    assert_eq!(outcome, Outcome::Open);
    settle(3, &Settlement::Dismiss).await.unwrap();
    let acts = town.acts().await;
    assert_eq!(acts, ["eva cluster-settled"; 4]);
    town.holds_its_trail().await;
}

#[tokio::test]
async fn what_points_out_a_person_does_not_come_into_the_trail() {
    let town = Town::new().await;
    let cluster = town.cluster(UNKNOWN).await;
    let reason = "Samma person ringde från 070-174 06 05 i går";
    let review = town.review();
    let settled = review.settle(&cluster.id, cluster.version, &Settlement::Dismiss, reason);
    settled.await.unwrap();
    let trail = review.cluster(&cluster.id).await.unwrap().unwrap().trail;
    let [line] = trail.as_slice() else {
        panic!("{trail:?}")
    };
    assert!(line.reason.starts_with("Samma person ringde"), "{line:?}");
    assert!(!line.reason.contains("070"), "{line:?}");
}

#[tokio::test]
async fn clusters_are_merged_and_split_and_their_names_lead_on() {
    let town = Town::new().await;
    let permit = town.cluster(ROUTED).await;
    let receipt = town.asks("cats", UNKNOWN).await;
    let all = town.queue().await.clusters;
    let cats = all.iter().find(|c| c.id != permit.id).unwrap();
    let review = town.review();
    review
        .merge((&cats.id, cats.version), &permit.id)
        .await
        .unwrap();
    assert_eq!(
        review.cluster(&cats.id).await.unwrap().unwrap_err(),
        permit.id
    );
    let merged = town.now(&permit.id).await;
    assert_eq!(merged.questions, 2);
    let again = review.merge((&cats.id, cats.version), &permit.id).await;
    assert!(matches!(again, Err(ReviewError::NotFound)), "{again:?}");
    let itself = review.merge((&permit.id, merged.version), &permit.id).await;
    assert!(matches!(itself, Err(ReviewError::NotFound)), "{itself:?}");

    let late = review
        .split(
            (&permit.id, merged.version - 1),
            std::slice::from_ref(&receipt),
        )
        .await;
    assert!(matches!(late, Err(ReviewError::Changed { .. })), "{late:?}");
    let new = review
        .split((&permit.id, merged.version), std::slice::from_ref(&receipt))
        .await
        .unwrap();
    assert_eq!(town.now(&new).await.wording, UNKNOWN);
    assert_eq!(town.now(&permit.id).await.questions, 1);
    // Whoever asks in the same words from now on comes to where staff have put them.
    town.asks("later", UNKNOWN).await;
    town.queue().await;
    assert_eq!(town.now(&new).await.questions, 2);
    assert_eq!(
        town.acts().await,
        ["eva cluster-merged", "eva cluster-split"]
    );
    town.holds_its_trail().await;
}

#[tokio::test]
async fn whoever_only_reads_may_not_act() {
    let town = Town::new().await;
    let rut = staff(&town.desk, "rut", Role::Reader).await;
    let cluster = town.cluster(UNKNOWN).await;
    let id = cluster.id.as_str();
    let draft = town.review().begin_answer(id).await.unwrap();
    let form = town.review().draft(&draft).await.unwrap().form;
    let review = town.desk.review(&rut);
    review.queue(&QueueFilter::default()).await.unwrap();
    review.cluster(id).await.unwrap().unwrap();
    let lovpeng = EntryId::parse("grants/lovpeng").unwrap();
    let refused = [
        review.settle(id, 0, &Settlement::Dismiss, "").await.err(),
        review.merge((id, 0), "other").await.err(),
        review.split((id, 0), &[]).await.err(),
        review.begin_answer(id).await.err(),
        review.begin_mend(None, &lovpeng).await.err(),
        review.begin_teach(id, "grants/lovpeng").await.err(),
        review.begin_pass_on(id, "offices/kundcenter").await.err(),
        review.check(&form).await.err(),
        review.save(&draft, 0, &form).await.err(),
        review.discard(&draft).await.err(),
        review.publish(&draft, 0, "").await.err(),
        review.undo(&draft, "").await.err(),
        review.retire_regression("x", "").await.err(),
    ];
    for error in refused {
        assert!(
            matches!(error, Some(ReviewError::NotAllowed(Role::Editor))),
            "{error:?}"
        );
    }
    for by in [review, town.review()] {
        let rests = by.rest(true, "").await;
        assert!(
            matches!(rests, Err(ReviewError::NotAllowed(Role::Admin))),
            "{rests:?}"
        );
    }
    // That of the editor, before.
    assert_eq!(town.acts().await, ["eva draft-begun"]);
    assert_eq!(town.now(id).await.state, State::New);
}

#[tokio::test]
async fn what_is_erased_is_gone_from_the_queue() {
    let town = Town::new().await;
    let secret = Desk::new_conversation();
    town.asks(&secret, UNKNOWN).await;
    town.asks("b", OTHERWISE).await;
    assert_eq!(town.waiting().await, [(UNKNOWN.to_owned(), 2)]);
    let cluster = town.queue().await.clusters.remove(0);
    // Staff have acted on it, and given up what they wrote of it.
    let review = town.review();
    let other = town.cluster(ROUTED).await;
    review
        .merge((&other.id, other.version), &cluster.id)
        .await
        .unwrap();
    let erased = town.desk.forget(&secret).await.unwrap();
    assert_eq!(erased.questions, 1);
    let left = town.now(&cluster.id).await;
    assert_eq!(left.questions, 2);
    assert_ne!(left.wording, UNKNOWN);
    let bytes = bytes_of(town.folder.path());
    assert!(!holds(&bytes, UNKNOWN), "its wording stands somewhere");
    for who in ["b"] {
        town.desk.forget(who).await.unwrap();
    }
    assert_eq!(town.waiting().await, [(ROUTED.to_owned(), 1)]);
    // Asked and erased before it has been put anywhere.
    let hasty = Desk::new_conversation();
    ask(&town.desk, &hasty, UNKNOWN).await;
    town.desk.forget(&hasty).await.unwrap();
    assert_eq!(town.waiting().await.len(), 1);
    town.holds_its_trail().await;
}
