//! What is told, to whom, and who may set that up.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn of_someone_who_wants_to_be_called_nothing_is_told_but_where_and_when() {
    let folder = tempfile::tempdir().unwrap();
    let (receiver, other) = (Receiver::open(&[]).await, Receiver::open(&[]).await);
    let (desk, _sending) = town(&sqlite(folder.path())).await;
    let calls = |form: SubscriptionForm, office: &str| SubscriptionForm {
        rhythm: "never".to_owned(),
        calls: true,
        office: office.to_owned(),
        ..form
    };
    subscribe(&desk, &calls(receiver.form(), "offices/byggkontoret")).await;
    subscribe(&desk, &calls(other.form(), "offices/kundcenter")).await;
    let wanted = Wanted {
        office: None,
        address: NUMBER,
        subject: ROUTED,
        best_time: BestTime::Anytime,
        language: Language::Swedish,
    };
    desk.ask_call_back("a", "web", &wanted).await.unwrap();
    let is_told = async || !receiver.taken().is_empty();
    assert!(becomes(PATIENCE, is_told).await);
    let (_, body) = &receiver.taken()[0];
    assert!(body.contains("Byggkontoret ska höra av sig"), "{body}");
    assert!(
        body.contains("https://lots.provby.example/sv/konsol/calls"),
        "{body}"
    );
    for hidden in ["070", "altan", "bygglov"] {
        assert!(!body.contains(hidden), "{hidden} in {body}");
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!((receiver.taken().len(), other.taken().len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_nothing_nothing_is_told_but_once_a_week() {
    let folder = tempfile::tempdir().unwrap();
    let receiver = Receiver::open(&[]).await;
    // The texts of the base are to be gone through some day, and then something waits.
    let desk = desk_of(provby(), &sqlite(folder.path()))
        .await
        .on(jiff::civil::date(2026, 11, 23));
    let desk = Arc::new(
        desk.sending_by(couriers(), Some(console()))
            .sending_at(quick()),
    );
    let _sending = send(&desk);
    let weekly = SubscriptionForm {
        rhythm: "weekly".to_owned(),
        language: "en".to_owned(),
        ..receiver.form()
    };
    subscribe(&desk, &receiver.form()).await;
    subscribe(&desk, &weekly).await;
    run(folder.path(), "update subscription set next_at = 1").await;
    let are_over = async || {
        let all = deliveries(&desk).await;
        all.len() == 2 && all.iter().all(|d| d.state != DeliveryState::Waiting)
    };
    assert!(becomes(PATIENCE, are_over).await);
    let taken = receiver.taken();
    assert_eq!(taken.len(), 1, "{taken:?}");
    assert!(taken[0].1.contains("Nothing waits."), "{}", taken[0].1);
    let states: Vec<DeliveryState> = deliveries(&desk).await.iter().map(|d| d.state).collect();
    assert!(states.contains(&DeliveryState::Quiet), "{states:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_keeps_nothing_of_what_it_tells() {
    let folder = tempfile::tempdir().unwrap();
    let receiver = Receiver::open(&[503; 100]).await;
    let (desk, sending) = town(&sqlite(folder.path())).await;
    let conversation = Desk::new_conversation();
    ask(&desk, &conversation, UNKNOWN).await;
    subscribe(&desk, &receiver.form()).await;
    run(folder.path(), "update subscription set next_at = 1").await;
    let is_tried = async || receiver.taken().len() > 1;
    assert!(becomes(PATIENCE, is_tried).await);
    assert!(receiver.taken()[0].1.contains("katter bor"));
    drop(sending);
    desk.erase(&conversation).await;
    desk.close().await;
    assert!(!holds(&bytes_of(folder.path()), "katter bor"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_up_is_held_to_a_role_and_to_reason() {
    let folder = tempfile::tempdir().unwrap();
    let receiver = Receiver::open(&[]).await;
    let (desk, _sending) = town(&sqlite(folder.path())).await;
    let by = Desk::command_line();
    let password = "fyra ord som jag minns";
    let added = desk.add_account(&by, "eva", Role::Editor, None, password);
    added.await.unwrap();
    let eva = desk
        .sign_in("eva", password, "127.0.0.1")
        .await
        .unwrap()
        .staff;
    let refused = desk.review(&eva).subscribe(&receiver.form()).await;
    assert!(
        matches!(refused, Err(ReviewError::NotAllowed(Role::Admin))),
        "{refused:?}"
    );
    assert!(desk.review(&eva).subscriptions().await.is_err());
    assert!(desk.review(&eva).deliveries("").await.is_err());

    let review = desk.review(&by);
    let form = |change: &dyn Fn(&mut SubscriptionForm)| {
        let mut form = receiver.form();
        change(&mut form);
        form
    };
    let mail = |form: &mut SubscriptionForm| {
        form.courier = Courier::Mail.code().to_owned();
        form.address = "ada@provby.example".to_owned();
    };
    for (form, rule) in [
        (form(&|f| f.courier = "duva".to_owned()), "no-courier"),
        (form(&|f| f.rhythm = "ibland".to_owned()), "no-rhythm"),
        (form(&|f| f.rhythm = "never".to_owned()), "nothing-told"),
        (form(&|f| f.hour = "24".to_owned()), "no-hour"),
        (form(&|f| f.office = "offices/gone".to_owned()), "no-office"),
        (
            form(&|f| f.office = "grants/lovpeng".to_owned()),
            "no-office",
        ),
        (form(&|f| f.address = " ".to_owned()), "no-address"),
        (
            form(&|f| f.address = "http://hook.example/a".to_owned()),
            "no-web-address",
        ),
        (
            form(&|f| f.address = "https://10.0.0.1/a".to_owned()),
            "closed-address",
        ),
        (form(&mail), "no-mail-server"),
    ] {
        match review.subscribe(&form).await {
            Err(ReviewError::Problems(problems)) => assert_eq!(problems[0].rule, rule),
            other => panic!("{rule}: {other:?}"),
        }
    }
    let id = subscribe(&desk, &receiver.form()).await;
    let seen = review.subscription(&id).await.unwrap();
    assert!(
        seen.is_signed && !format!("{seen:?}").contains("/hemligt"),
        "{seen:?}"
    );
    // What is left empty stays, and another way to send takes another address.
    let later = SubscriptionForm {
        address: String::new(),
        secret: String::new(),
        hour: "9".to_owned(),
        ..receiver.form()
    };
    review.resubscribe(&id, 1, &later).await.unwrap();
    assert_eq!(
        review.try_subscription(&id).await.unwrap().state,
        DeliveryState::Sent
    );
    assert!(receiver.taken()[0].0.contains_key("lots-signature"));
    let overtaken = review.resubscribe(&id, 1, &later).await;
    assert!(
        matches!(overtaken, Err(ReviewError::Changed { .. })),
        "{overtaken:?}"
    );
    let to_slack = SubscriptionForm {
        courier: "slack".to_owned(),
        ..later
    };
    let refused = review.resubscribe(&id, 2, &to_slack).await;
    assert!(
        matches!(refused, Err(ReviewError::Problems(_))),
        "{refused:?}"
    );
    review.unsubscribe(&id).await.unwrap();
    assert!(review.deliveries("").await.unwrap().is_empty());
    let trail = desk
        .audit_lines(&by, &AuditFilter::default())
        .await
        .unwrap();
    let trail = format!("{trail:?}");
    for act in [
        "subscription-added",
        "subscription-changed",
        "subscription-tried",
        "subscription-removed",
    ] {
        assert!(trail.contains(act), "{act} in {trail}");
    }
    assert!(
        !trail.contains("/hemligt") && !trail.contains(SECRET),
        "{trail}"
    );
}
