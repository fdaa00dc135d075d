//! Erasing what has a receipt, or all of a person, with what staff are writing of it.

use lots::desk::{Desk, HandedIdea, Named, Naming, Practice, ReviewError, Wanted};
use lots::knowledge::{BestTime, Language};

use super::{NUMBER, Town, admin};
use crate::stage::{ROUTED, UNKNOWN, ask, bytes_of, copy, desk_of, holds, provby_folder, sqlite};

#[tokio::test]
async fn what_has_a_receipt_is_erased_and_the_rest_stays_unless_that_is_wanted_too() {
    let town = Town::open().await;
    let conversation = Desk::new_conversation();
    let (first, second) = (
        town.asked(&conversation, UNKNOWN).await,
        town.asked(&conversation, ROUTED).await,
    );
    let (erased, of) = town.desk.erase_receipt(&first, false).await.unwrap();
    assert_eq!((erased.questions, erased.held), (1, 0));
    assert_eq!(of.as_deref(), Some(conversation.as_str()));
    let text = town
        .desk
        .erased_receipt_text(&first, &erased, Language::Swedish);
    assert!(text.contains("är raderat"), "{text}");
    assert!(!town.is_there(&first).await && town.is_there(&second).await);
    let bytes = town.bytes();
    assert!(!holds(&bytes, UNKNOWN) && !holds(&bytes, first.as_str()));

    let (again, _) = town.desk.erase_receipt(&first, false).await.unwrap();
    assert!(!again.is_any());
    let text = town
        .desk
        .erased_receipt_text(&first, &again, Language::Swedish);
    assert!(text.contains("Jag hittar inget med koden"), "{text}");

    let idea = HandedIdea {
        words: "En odling vid ån",
        audiences: &[],
        needs: &[],
        company: "",
        language: Language::Swedish,
    };
    let handed = town.desk.hand_over_idea(&conversation, "web", &idea).await;
    let handed = handed.unwrap();
    let wanted = Wanted {
        office: None,
        address: NUMBER,
        subject: "Bygglov",
        best_time: BestTime::Anytime,
        language: Language::Swedish,
    };
    let asked = town.desk.ask_call_back(&conversation, "web", &wanted).await;
    let promised = asked.unwrap();
    assert!(holds(&town.bytes(), NUMBER));
    let (erased, _) = town
        .desk
        .erase_receipt(&promised.receipt, false)
        .await
        .unwrap();
    assert_eq!((erased.call_backs, erased.ideas), (1, 0));
    assert!(!holds(&town.bytes(), NUMBER));
    let (erased, _) = town.desk.erase_receipt(&handed, true).await.unwrap();
    assert_eq!((erased.questions, erased.ideas), (1, 1));
    assert!(!town.is_there(&second).await);
    town.desk.close().await;
    let bytes = town.bytes();
    for gone in [ROUTED, "odling", &conversation] {
        assert!(!holds(&bytes, gone), "{gone}");
    }
}

#[tokio::test]
async fn a_wording_that_was_erased_is_taken_out_of_what_is_being_written() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("base");
    copy(&provby_folder(), &files);
    let origin = lots::desk::Origin::Folder(files);
    let base = lots::desk::open(&origin).unwrap();
    let desk = desk_of(base, &sqlite(folder.path()))
        .await
        .with_files_of(origin);
    let by = admin();
    let review = desk.review(&by);
    let secret = "Hur varmt är det egentligen på Jupiter?";
    let receipt = ask(&desk, "a", secret).await.receipt.unwrap();
    desk.sort_questions().await.unwrap();
    let queue = review.queue(&Default::default()).await.unwrap();
    let cluster = &queue.clusters[0].id;
    let answer = review.begin_answer(cluster).await.unwrap();
    let teach = review
        .begin_teach(cluster, "guides/lana-lokal")
        .await
        .unwrap();
    assert!(holds(&bytes_of(folder.path()), "Jupiter"));
    desk.erase_receipt(&receipt, false).await.unwrap();
    for id in [&answer, &teach] {
        let draft = review.draft(id).await.unwrap();
        let kept = format!("{:?} {:?}", draft.kept, draft.form);
        assert!(!kept.contains("Jupiter"), "{kept}");
    }
    assert!(!holds(&bytes_of(folder.path()), "Jupiter"));
}

#[tokio::test]
async fn someone_on_discord_is_erased_by_their_id_and_the_id_is_kept_nowhere() {
    let token = lots::config::Secret::new("a.token.of.discord");
    let id = "112233445566778899";
    let named = lots::discord::named(&token, id).unwrap();
    assert_eq!(lots::discord::named(&token, "ada"), None);
    assert_eq!(lots::discord::named(&token, "0"), None);
    let Named { prefix, .. } = named.clone();
    let naming = Naming::new(move |id| lots::discord::named(&token, id));
    let town = Town::with(Practice {
        naming: Some(naming),
        ..Practice::default()
    })
    .await;
    let (hers, others) = (
        town.asked(&format!("{prefix}0011"), UNKNOWN).await,
        town.asked("discord:someone:0011", ROUTED).await,
    );
    assert!(
        town.desk
            .tell_me(&others, "discord", id, Language::Swedish)
            .await
    );
    let by = admin();
    let review = town.desk.review(&by);
    let wrong = review.erase_person("ada", "").await;
    assert!(matches!(wrong, Err(ReviewError::Problems(_))));
    let erased = review.erase_person(id, "Begäran").await.unwrap();
    assert_eq!(erased.questions, 1);
    assert!(!town.is_there(&hers).await && town.is_there(&others).await);
    let trail = town
        .desk
        .audit_lines(&by, &Default::default())
        .await
        .unwrap();
    assert_eq!(
        (trail[0].act.as_str(), trail[0].about.as_str()),
        ("person-erased", "discord")
    );
    assert!(!holds(&town.bytes(), id));

    let nobody = Town::open().await;
    let unnamed = nobody.desk.review(&by).erase_person(id, "").await;
    assert!(matches!(unnamed, Err(ReviewError::Problems(_))));
}
