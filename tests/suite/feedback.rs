//! What becomes of an answer that did not help.

use lots::answering::Decision;
use lots::desk::{Complaint, Desk, Export, LONGEST_REMARK, Verdict};
use lots::knowledge::{EntryId, Language};
use tempfile::TempDir;

use crate::stage::{CRISIS, KNOWN, ask, bytes_of, desk_of, holds, provby, sqlite};

#[tokio::test]
async fn an_answer_that_did_not_help_is_logged() {
    let (desk, _folder) = desk().await;
    let conversation = Desk::new_conversation();
    for helpful in [true, false] {
        assert_eq!(
            desk.feedback(&conversation, "web", helpful).await.receipt,
            None,
            "nothing has been answered yet"
        );
    }
    ask(&desk, &conversation, KNOWN).await;
    assert_eq!(
        desk.feedback(&conversation, "web", true).await.receipt,
        None
    );
    let reply = desk.feedback(&conversation, "discord", false).await;
    let receipt = reply.receipt.unwrap();
    assert!(reply.answer.plain_text().contains(receipt.as_str()));
    let question = desk.question(&receipt).await.unwrap().unwrap();
    assert_eq!(
        (
            question.wording.as_str(),
            question.reason.as_str(),
            question.channel.as_str()
        ),
        (KNOWN, "unhelpful", "discord")
    );
    assert_eq!(
        question.nearest.first().map(|(entry, _)| entry.as_str()),
        Some("grants/lovpeng")
    );
}

#[tokio::test]
async fn why_an_answer_did_not_help_is_logged_masked_and_shown_to_staff() {
    let (desk, _folder) = desk().await;
    let conversation = Desk::new_conversation();
    let entry = EntryId::parse("grants/lovpeng").unwrap();
    let judge = async |complaint, remark: &str| {
        let verdict = Verdict::Unhelpful { complaint, remark };
        desk.feedback_on(&conversation, "web", &entry, Language::Swedish, verdict)
            .await
    };
    ask(&desk, &conversation, KNOWN).await;
    let remark = "  Ring mig på 070-123 45 67, det gällde förra året. ";
    let reply = judge(Some(Complaint::OutOfDate), remark).await;
    let question = desk
        .question(&reply.receipt.unwrap())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (
            question.wording.as_str(),
            question.complaint.as_deref(),
            question.remark.as_deref()
        ),
        (
            KNOWN,
            Some("out_of_date"),
            Some("Ring mig på [telefon], det gällde förra året.")
        )
    );
    for form in [Export::Csv, Export::Json] {
        let export = desk.export(form).await.unwrap();
        assert!(
            export.contains("out_of_date") && export.contains("Ring mig på [telefon]"),
            "{export}"
        );
    }

    let long = judge(None, &"å".repeat(2 * LONGEST_REMARK)).await;
    let question = desk
        .question(&long.receipt.unwrap())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(question.complaint, None);
    assert_eq!(
        question.remark.map(|r| r.chars().count()),
        Some(LONGEST_REMARK)
    );
}

#[tokio::test]
async fn a_cry_for_help_in_a_remark_is_answered_and_not_kept() {
    let (desk, folder) = desk().await;
    let conversation = Desk::new_conversation();
    let entry = EntryId::parse("grants/lovpeng").unwrap();
    ask(&desk, &conversation, KNOWN).await;
    let verdict = Verdict::Unhelpful {
        complaint: None,
        remark: CRISIS,
    };
    let reply = desk
        .feedback_on(&conversation, "web", &entry, Language::Swedish, verdict)
        .await;
    assert_eq!(
        (reply.answer.decision, reply.receipt),
        (Decision::Crisis, None)
    );
    assert_eq!(desk.questions(None, 10).await.unwrap().len(), 0);
    desk.close().await;
    assert!(!holds(&bytes_of(folder.path()), "inte leva"));
}

async fn desk() -> (Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    (desk, folder)
}
