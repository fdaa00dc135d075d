//! All that is kept about a receipt, for whoever holds it and for the diary.

use lots::desk::{
    Desk, HeldFor, LeftKind, Receipt, ReviewError, Role, Settlement, Verdict, Wanted,
};
use lots::knowledge::{BestTime, EntryId, Language};

use super::{NUMBER, Town, admin};
use crate::stage::{KNOWN, ROUTED, ask};

#[tokio::test]
async fn whoever_holds_a_receipt_sees_all_of_it_and_no_names() {
    let town = Town::open().await;
    let by = admin();
    let added = town.desk.add_account(
        &by,
        "kim.larsson",
        Role::Editor,
        None,
        "fyra ord som jag minns",
    );
    added.await.unwrap();
    let signed = town
        .desk
        .sign_in("kim.larsson", "fyra ord som jag minns", "here")
        .await;
    let kim = signed.unwrap().staff;
    let review = town.desk.review(&kim);
    let conversation = Desk::new_conversation();
    ask(&town.desk, &conversation, KNOWN).await;
    let entry = EntryId::parse("grants/lovpeng").unwrap();
    let verdict = Verdict::Unhelpful {
        complaint: lots::desk::Complaint::parse("incomplete"),
        remark: "ring 070-174 06 05",
    };
    let judged = town
        .desk
        .feedback_on(&conversation, "web", &entry, Language::Swedish, verdict);
    let receipt = judged.await.receipt.unwrap();
    assert!(
        town.desk
            .tell_me(&receipt, "discord", "112233", Language::Swedish)
            .await
    );
    town.desk.sort_questions().await.unwrap();
    let queue = review.queue(&Default::default()).await.unwrap();
    let cluster = &queue.clusters[0];
    let office = EntryId::parse("offices/byggkontoret").unwrap();
    let passed_on = Settlement::Assign(office);
    let passed = review.settle(&cluster.id, cluster.version, &passed_on, "Om grannen");
    passed.await.unwrap();

    let dossier = town.desk.dossier(&receipt).await.unwrap().unwrap();
    assert_eq!(
        (dossier.kind, dossier.words.as_str()),
        (LeftKind::Question, KNOWN)
    );
    assert_eq!(dossier.remark.as_deref(), Some("ring [telefon]"));
    assert_eq!(dossier.complaint.as_deref(), Some("incomplete"));
    assert_eq!(dossier.office.as_deref(), Some("offices/byggkontoret"));
    assert_eq!(dossier.told_by, ["discord"]);
    assert_eq!(
        (dossier.kept.days, dossier.kept.rule.as_str()),
        (180, "questions-assigned")
    );
    assert!(dossier.kept.until.is_some());
    let [act] = dossier.acts.as_slice() else {
        panic!("{:?}", dossier.acts)
    };
    assert_eq!(
        (act.act.as_str(), act.by.as_str()),
        ("cluster-settled", "editor")
    );
    assert_eq!(act.reason, "", "what staff say of it may be about others");
    let json = serde_json::to_string(&dossier).unwrap();
    for unsaid in ["kim", NUMBER, "112233", &conversation, "grannen"] {
        assert!(!json.contains(unsaid), "{unsaid}: {json}");
    }
    let whole = review.dossier(&receipt).await.unwrap();
    assert_eq!(whole.acts[0].reason, "Om grannen");

    review.hold(&receipt, HeldFor::Complaint, "").await.unwrap();
    let held = town.desk.dossier(&receipt).await.unwrap().unwrap();
    assert_eq!(held.held.map(|(why, _)| why).as_deref(), Some("complaint"));
    assert_eq!(held.kept.until, None);
    assert!(held.acts.iter().any(|act| act.act == "question-held"));
}

#[tokio::test]
async fn of_a_call_back_the_end_of_the_number_is_shown_and_no_more() {
    let town = Town::open().await;
    for (address, shown) in [(NUMBER, "…05"), ("anna.ek@exempel.se", "…exempel.se")] {
        let wanted = Wanted {
            office: None,
            address,
            subject: "Bygglov",
            best_time: BestTime::Anytime,
            language: Language::Swedish,
        };
        let conversation = Desk::new_conversation();
        let asked = town.desk.ask_call_back(&conversation, "web", &wanted).await;
        let receipt = asked.unwrap().receipt;
        let dossier = town.desk.dossier(&receipt).await.unwrap().unwrap();
        assert_eq!(
            (dossier.kind, dossier.state.as_str()),
            (LeftKind::CallBack, "waiting")
        );
        assert_eq!(dossier.address.as_deref(), Some(shown));
        assert!(!serde_json::to_string(&dossier).unwrap().contains(address));
        assert_eq!(dossier.kept.days, 14);
        let id = &crate::stage::waiting(&town.desk).await[0].id;
        town.desk.review(&admin()).take_call_back(id).await.unwrap();
        let taken = town.desk.dossier(&receipt).await.unwrap().unwrap();
        assert_eq!(
            (taken.acts[0].by.as_str(), taken.acts[0].after.as_str()),
            ("staff", "command line")
        );
        town.desk.erase_receipt(&receipt, false).await.unwrap();
    }
}

#[tokio::test]
async fn a_question_is_registered_with_its_whole_trail() {
    let town = Town::open().await;
    let by = admin();
    let review = town.desk.review(&by);
    let receipt = town.asked("a", ROUTED).await;
    town.desk
        .answer_question(&receipt, "Sök på <webben> & kom hit.")
        .await
        .unwrap();
    let diary = review.register(&receipt).await.unwrap();
    for part in [
        "<municipality>Provby",
        receipt.as_str(),
        "<words lang=\"sv\">Hur får jag bygglov till en altan?</words>",
        "<office>offices/byggkontoret</office>",
        "Sök på &lt;webben&gt; &amp; kom hit.",
    ] {
        assert!(diary.xml.contains(part), "{part}: {}", diary.xml);
    }
    let marks = review.marks(&receipt).await.unwrap().unwrap();
    assert!(marks.registered_at.is_some());
    let trail = town
        .desk
        .audit_lines(&by, &Default::default())
        .await
        .unwrap();
    assert_eq!(trail[0].after, format!("sha-256 {}", diary.checksum));
    let again = review.register(&receipt).await.unwrap();
    assert_eq!(again.checksum, diary.checksum, "nothing has happened since");
    let unknown = review.register(&Receipt::new()).await;
    assert!(matches!(unknown, Err(ReviewError::NotFound)));
}
