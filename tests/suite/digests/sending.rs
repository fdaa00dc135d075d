//! What is sent gets there once, or is given up, and holds up nobody.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_is_tried_until_it_gets_there_and_then_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let receiver = Receiver::open(&[503, 500]).await;
    let (desk, _sending) = town(&sqlite(folder.path())).await;
    ask(&desk, &Desk::new_conversation(), UNKNOWN).await;
    ask(&desk, &Desk::new_conversation(), UNKNOWN).await;
    subscribe(&desk, &receiver.form()).await;
    run(folder.path(), "update subscription set next_at = 1").await;
    let is_sent = async || state_of(&desk).await == Some(DeliveryState::Sent);
    assert!(becomes(PATIENCE, is_sent).await);
    let all = deliveries(&desk).await;
    assert_eq!((all.len(), all[0].attempts), (1, 3));
    assert_eq!(
        (all[0].kind, all[0].why.as_str()),
        (DeliveryKind::Digest, "")
    );

    let taken = receiver.taken();
    assert_eq!(taken.len(), 3);
    for (headers, body) in &taken {
        assert_eq!(
            headers["lots-delivery"],
            all[0].id.as_str(),
            "it is known again"
        );
        let signed = format!("{}.{body}", headers["lots-timestamp"].to_str().unwrap());
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(signed.as_bytes());
        let sum = mac.finalize().into_bytes();
        let hex: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(headers["lots-signature"], format!("sha256={hex}").as_str());
    }
    let body: Value = serde_json::from_str(&taken[2].1).unwrap();
    assert_eq!(body["data"]["new_questions"], 2);
    assert_eq!(body["data"]["open_questions"], 1);
    assert_eq!(body["questions"][0]["wording"], UNKNOWN);
    assert_eq!(body["questions"][0]["about"], "i 2 samtal");
    assert_eq!(body["link"], "https://lots.provby.example/sv/konsol/queue");
    // The next one is planned, and the day is not told again though the clock goes back.
    run(folder.path(), "update subscription set next_at = 1").await;
    let is_planned = async || subscribed_next(&desk).await > 1;
    assert!(becomes(PATIENCE, is_planned).await);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(receiver.taken().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_will_never_be_taken_is_given_up_and_can_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let receiver = Receiver::open(&[410]).await;
    let (desk, _sending) = town(&sqlite(folder.path())).await;
    let by = Desk::command_line();
    let review = desk.review(&by);
    let id = subscribe(&desk, &receiver.form()).await;
    let tried = review.try_subscription(&id).await.unwrap();
    assert_eq!(tried.state, DeliveryState::Failed);
    assert_eq!(
        (tried.why.as_str(), tried.detail.as_str(), tried.attempts),
        ("gone", "410", 1)
    );
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(receiver.taken().len(), 1, "it is not tried by itself");
    let again = review.send_again(&tried.id).await.unwrap();
    assert_eq!(again.state, DeliveryState::Sent);
    let nothing = review.send_again(&tried.id).await;
    assert!(matches!(nothing, Err(ReviewError::NotFound)), "{nothing:?}");
    let text = &receiver.taken()[1].1;
    assert!(text.contains("Det här är ett prov"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_never_gets_there_is_given_up_in_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let receiver = Receiver::open(&[503; 100]).await;
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    let pace = Pace {
        whole: Duration::from_secs(3),
        ..quick()
    };
    let desk = Arc::new(desk.sending_by(couriers(), None).sending_at(pace));
    let _sending = send(&desk);
    let id = subscribe(&desk, &receiver.form()).await;
    desk.review(&Desk::command_line())
        .try_subscription(&id)
        .await
        .unwrap();
    let is_over = async || state_of(&desk).await == Some(DeliveryState::Failed);
    assert!(becomes(PATIENCE, is_over).await);
    let all = deliveries(&desk).await;
    assert!(all[0].attempts > 1 && all[0].why == "busy", "{all:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_never_answers_holds_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", silent.local_addr().unwrap());
    let _silent = Ends(tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = silent.accept().await {
            held.push(stream);
        }
    }));
    let receiver = Receiver::open(&[]).await;
    let (desk, _sending) = town(&sqlite(folder.path())).await;
    let by = Desk::command_line();
    let review = desk.review(&by);
    let hanging = SubscriptionForm {
        address,
        ..receiver.form()
    };
    let hanging = subscribe(&desk, &hanging).await;
    let id = subscribe(&desk, &receiver.form()).await;
    let waits = async {
        let tried = review.try_subscription(&hanging).await.unwrap();
        assert_eq!(
            (tried.state, tried.attempts),
            (DeliveryState::Waiting, 1),
            "it is under way"
        );
    };
    let goes_on = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let began = Instant::now();
        for _ in 0..5 {
            let reply = ask(&desk, &Desk::new_conversation(), KNOWN).await;
            assert_eq!(reply.answer.decision, Decision::Answer);
        }
        let sent = review.try_subscription(&id).await.unwrap();
        assert_eq!(sent.state, DeliveryState::Sent);
        assert!(
            began.elapsed() < Duration::from_secs(5),
            "{:?}",
            began.elapsed()
        );
    };
    tokio::join!(waits, goes_on);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_send_it_once_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    send_once(sqlite(folder.path())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_send_it_once_on_postgresql() {
    on_postgres(send_once).await;
}

async fn send_once(url: String) {
    let receiver = Receiver::open(&[]).await;
    let (one, sending) = town(&url).await;
    let (other, sending_too) = town(&url).await;
    for i in 0..5 {
        let form = SubscriptionForm {
            rhythm: "never".to_owned(),
            calls: true,
            ..receiver.form()
        };
        subscribe(if i % 2 == 0 { &one } else { &other }, &form).await;
    }
    let wanted = Wanted {
        office: None,
        address: NUMBER,
        subject: ROUTED,
        best_time: BestTime::Anytime,
        language: Language::Swedish,
    };
    one.ask_call_back("a", "web", &wanted).await.unwrap();
    let are_sent = async || receiver.taken().len() >= 5;
    assert!(becomes(PATIENCE, are_sent).await);
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(receiver.taken().len(), 5);
    drop((sending, sending_too));
    one.close().await;
    other.close().await;
}
