//! The part of the story about ideas that are handed over.

use lots::knowledge::{Audience, Need};
use lots::store::{Idea, IdeaAct, IdeaState, NewAudit, PurgeRule, Purgeable, Receipt, Store, Wish};

use super::{DAY, NOON, entry, erase, erase_person};

pub(super) async fn an_idea_is_kept_and_read_back(store: &Store) {
    let full = Idea {
        audiences: vec![Audience::Young, Audience::Old],
        needs: vec![Need::Premises],
        company: "friends".to_owned(),
        ..idea("talkative", NOON)
    };
    assert!(store.add_idea(&full, 2).await.unwrap());
    assert!(!store.add_idea(&full, 2).await.unwrap(), "it is there");
    assert_eq!(store.idea(&full.receipt).await.unwrap(), Some(full.clone()));
    let odd = Idea {
        words: "En\0odling".to_owned(),
        ..idea("talkative", NOON + 1)
    };
    assert!(store.add_idea(&odd, 2).await.unwrap());
    let third = idea("talkative", NOON + 2);
    assert!(!store.add_idea(&third, 2).await.unwrap());
    assert_eq!(store.idea(&third.receipt).await.unwrap(), None);
    let kept = store.ideas_of("talkative").await.unwrap();
    let words: Vec<&str> = kept.iter().map(|i| i.words.as_str()).collect();
    assert_eq!(words, ["En gemensam odling.", "En\u{fffd}odling"]);
    erase(store, "talkative").await;
    assert_eq!(store.ideas_of("talkative").await.unwrap(), []);
}

pub(super) async fn of_two_who_answer_one_is_told(store: &Store) {
    let new = idea("answered", NOON);
    store.add_idea(&new, 3).await.unwrap();
    let act = async |who: &str, version, state, text: &str| {
        let act = IdeaAct {
            receipt: &new.receipt,
            version,
            state,
            text,
            role: "editor",
        };
        store.act_on_idea(&act, &by(who)).await.unwrap()
    };
    assert!(act("ada", 0, IdeaState::Answered, "Ja, ring oss.").await);
    assert!(!act("bo", 0, IdeaState::Closed, "Nej.").await);
    let answered = Idea {
        state: IdeaState::Answered,
        answer: Some("Ja, ring oss.".to_owned()),
        answered_at: Some(NOON + 1),
        answered_by: Some("editor".to_owned()),
        changed_at: NOON + 1,
        changed_by: "ada".to_owned(),
        version: 1,
        ..new.clone()
    };
    assert_eq!(store.idea(&new.receipt).await.unwrap(), Some(answered));
    assert!(act("bo", 1, IdeaState::Closed, "Nej.").await);
    let kept = store.idea(&new.receipt).await.unwrap().unwrap();
    assert_eq!((kept.state, kept.version), (IdeaState::Closed, 2));
    erase(store, "answered").await;
}

pub(super) async fn those_that_wait_are_listed_first(store: &Store) {
    let (old, young, done) = (
        idea("old", NOON - DAY),
        idea("young", NOON),
        idea("done", NOON + DAY),
    );
    for new in [&old, &young, &done] {
        store.add_idea(new, 3).await.unwrap();
    }
    let act = IdeaAct {
        receipt: &done.receipt,
        version: 0,
        state: IdeaState::Answered,
        text: "Ja.",
        role: "editor",
    };
    store.act_on_idea(&act, &by("ada")).await.unwrap();
    let listed = async |state, after: Option<&Idea>, limit| -> Vec<String> {
        let after = after.map(Idea::place);
        let all = store.ideas(state, after.as_ref(), limit).await.unwrap();
        all.into_iter().map(|idea| idea.conversation).collect()
    };
    assert_eq!(listed(None, None, 10).await, ["young", "old", "done"]);
    assert_eq!(listed(None, None, 1).await, ["young"]);
    assert_eq!(listed(None, Some(&young), 10).await, ["old", "done"]);
    assert_eq!(listed(None, Some(&old), 10).await, ["done"]);
    assert_eq!(
        listed(Some(IdeaState::New), None, 10).await,
        ["young", "old"]
    );
    assert_eq!(listed(Some(IdeaState::Closed), None, 10).await.len(), 0);
    assert_eq!(store.count_new_ideas().await.unwrap(), 2);
    for conversation in ["old", "young", "done"] {
        erase(store, conversation).await;
    }
}

pub(super) async fn an_idea_goes_with_its_person_and_its_time_and_takes_its_wishes(store: &Store) {
    let (mine, other) = (idea("discord:ab:1", NOON), idea("discord:ac:1", NOON));
    let old = idea("old", NOON - 31 * DAY);
    for new in [&mine, &other, &old] {
        store.add_idea(new, 3).await.unwrap();
    }
    let wish = |of: &Idea, address: &str| Wish {
        receipt: of.receipt.clone(),
        channel: "discord".to_owned(),
        address: address.to_owned(),
        language: "sv".to_owned(),
    };
    for (of, address) in [(&mine, "1"), (&other, "1"), (&other, "2"), (&old, "3")] {
        for _ in 0..2 {
            assert!(store.wish(&wish(of, address), NOON).await.unwrap());
        }
    }
    let due = async || store.wishes_to_fulfil("discord", 10, NOON).await.unwrap();
    assert_eq!(due().await, [], "nobody has answered yet");
    for of in [&mine, &other, &old] {
        let act = IdeaAct {
            receipt: &of.receipt,
            version: 0,
            state: IdeaState::Closed,
            text: "Nej.",
            role: "editor",
        };
        let audit = NewAudit {
            at: of.asked_at,
            ..by("ada")
        };
        store.act_on_idea(&act, &audit).await.unwrap();
    }
    assert_eq!(due().await.len(), 4);
    erase_person(store, "discord:ab:", "discord", "1").await;
    assert_eq!(store.idea(&mine.receipt).await.unwrap(), None);
    assert_eq!(due().await.len(), 2);

    let rule = |state| PurgeRule {
        name: "idéer".to_owned(),
        what: Purgeable::Ideas(state),
        older_than_days: 30,
    };
    let rules = [rule(IdeaState::New), rule(IdeaState::Closed)];
    let lines = store.purge(&rules, "", NOON + 4).await.unwrap();
    let told: Vec<_> = lines.iter().map(|l| (l.rule.as_deref(), l.count)).collect();
    assert_eq!(told, [(None, 1), (Some("idéer"), 1)]);
    let left = wish(&other, "2");
    assert_eq!(due().await, std::slice::from_ref(&left));

    let claim = async || store.claim_wish(&left, NOON, NOON + 1).await.unwrap();
    assert!(claim().await && !claim().await);
    store.forget_wish(&left).await.unwrap();
    assert_eq!(due().await, []);
    erase(store, "discord:ac:1").await;
}

/// An idea that nobody has answered.
fn idea(conversation: &str, asked_at: i64) -> Idea {
    Idea {
        receipt: Receipt::new(),
        conversation: conversation.to_owned(),
        words: "En gemensam odling.".to_owned(),
        audiences: Vec::new(),
        needs: Vec::new(),
        company: String::new(),
        receiver: entry("contacts/lab"),
        language: "sv".to_owned(),
        channel: "web".to_owned(),
        asked_at,
        state: IdeaState::New,
        answer: None,
        answered_at: None,
        answered_by: None,
        changed_at: asked_at,
        changed_by: String::new(),
        version: 0,
    }
}

/// Someone of the staff who acts.
fn by(who: &str) -> NewAudit {
    NewAudit {
        who: who.to_owned(),
        act: "idea-answered".to_owned(),
        at: NOON + 1,
        ..NewAudit::default()
    }
}
