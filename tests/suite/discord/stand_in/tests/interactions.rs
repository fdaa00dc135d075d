//! Commands, buttons, menus and forms: what is responded to, once and in time.

use serenity::all::{ModalInteraction, Permissions};

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deferred_command_keeps_its_secret() {
    let stand_in = StandIn::start(Options::default()).await;
    let mut bot = Bot::log_in(&stand_in).await;
    bot.registers("ask").await;
    let asta = stand_in.person("asta");
    let asked = ask(&stand_in, &asta);
    let heard = bot.hears_interaction().await;
    let (token, http) = (heard.1.as_str(), &bot.http);
    let content = |text: &str| json!({ "content": text });
    let refused = http
        .edit_original_interaction_response(token, &content("hej"), Vec::new())
        .await;
    assert_eq!(refusal(refused), (404, 10015));

    bot.respond(&heard, json!({ "type": 5, "data": { "flags": 64 } }))
        .await
        .unwrap();
    stand_in.look(|world| {
        let thinking = world.messages().find(|m| m.is_loading() && m.ephemeral());
        assert_eq!(thinking.map(|m| m.interaction), Some(Some(asked.id)));
        assert!(world.interaction(asked.id).responded_after().is_some());
    });
    let loud = content("hej @everyone");
    let original = http.edit_original_interaction_response(token, &loud, Vec::new());
    let original = original.await.unwrap();
    let reply = stand_in.reply_to(&asked).await;
    assert_eq!(
        (reply.id, reply.text().as_str()),
        (original.id.get(), "hej @everyone")
    );
    assert!(reply.ephemeral() && !reply.is_loading());
    assert_eq!(
        stand_in.pings().len(),
        1,
        "what fills a deferral is sent, not edited"
    );
    assert_eq!(stand_in.messages_in(stand_in.channel()).len(), 0);
    assert_eq!(
        http.get_original_interaction_response(token)
            .await
            .unwrap()
            .content,
        "hej @everyone"
    );
    assert_eq!(
        refusal(
            http.get_message(stand_in.channel().into(), reply.id.into())
                .await
        ),
        (404, 10008)
    );

    let more = http
        .create_followup_message(token, &content("mer"), Vec::new())
        .await
        .unwrap();
    let follow_ups = stand_in.follow_ups_of(&asked);
    assert_eq!(follow_ups.len(), 1);
    assert!(follow_ups[0].id == more.id.get() && !follow_ups[0].ephemeral());
    http.delete_followup_message(token, more.id).await.unwrap();
    http.delete_original_interaction_response(token)
        .await
        .unwrap();
    assert_eq!(
        refusal(http.get_original_interaction_response(token).await),
        (404, 10008)
    );
    stand_in.expire(&asked);
    let late = http
        .create_followup_message(token, &content("mer"), Vec::new())
        .await;
    assert_eq!(refusal(late), (401, 50027));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_follow_up_fills_a_deferral() {
    let stand_in = StandIn::start(Options::default()).await;
    let mut bot = Bot::log_in(&stand_in).await;
    bot.registers("ask").await;
    let asta = stand_in.person("asta");
    let asked = stand_in.call(&asta, stand_in.direct_messages(&asta), "ask", &[]);
    let heard = bot.hears_interaction().await;
    bot.respond(&heard, json!({ "type": 5, "data": { "flags": 64 } }))
        .await
        .unwrap();
    let body = json!({ "content": "hej" });
    bot.http
        .create_followup_message(&heard.1, &body, Vec::new())
        .await
        .unwrap();
    let reply = stand_in.reply_to(&asked).await;
    assert!(reply.ephemeral() && stand_in.follow_ups_of(&asked).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_response_a_late_one_and_an_unknown_one_are_refused() {
    let stand_in = StandIn::start(Options {
        respond_within: Duration::from_millis(200),
        ..Options::default()
    })
    .await;
    let mut bot = Bot::log_in(&stand_in).await;
    bot.registers("ask").await;
    let asta = stand_in.person("asta");
    let hello = || json!({ "type": 4, "data": { "content": "hej" } });
    ask(&stand_in, &asta);
    let heard = bot.hears_interaction().await;
    let empty = json!({ "type": 4, "data": { "content": " " } });
    assert_eq!(refusal(bot.respond(&heard, empty).await), (400, 50006));
    assert_eq!(
        refusal(bot.respond(&heard, json!({ "type": 7, "data": {} })).await),
        (400, 50035)
    );
    bot.respond(&heard, hello()).await.unwrap();
    assert_eq!(refusal(bot.respond(&heard, hello()).await), (400, 40060));

    ask(&stand_in, &asta);
    let heard = bot.hears_interaction().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(refusal(bot.respond(&heard, hello()).await), (404, 10062));
    assert_eq!(
        refusal(bot.respond(&(17, heard.1), hello()).await),
        (404, 10062)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn buttons_menus_and_forms_lead_on() {
    let stand_in = StandIn::start(Options::default()).await;
    let mut bot = Bot::log_in(&stand_in).await;
    let asta = stand_in.person("asta");
    let placed = stand_in.place(
        stand_in.channel(),
        &json!({ "content": "Vad?", "components": [
        { "type": 1, "components": [
            { "type": 2, "style": 1, "label": "När?", "custom_id": "when" },
            { "type": 2, "style": 5, "label": "Mer", "url": "https://example.com" },
        ] },
        { "type": 1, "components": [{ "type": 3, "custom_id": "which", "options": [
            { "label": "Ett", "value": "1" }, { "label": "Två", "value": "2" },
        ] }] },
    ] }),
    );
    assert_eq!(
        (placed.buttons(), placed.options()),
        (vec!["När?", "Mer"], vec!["Ett", "Två"])
    );

    let clicked = stand_in.click(&asta, &placed, "När?");
    let heard = bot.hears_interaction().await;
    bot.respond(&heard, json!({ "type": 6 })).await.unwrap();
    let body = json!({ "content": "I mars." });
    bot.http
        .edit_original_interaction_response(&heard.1, &body, Vec::new())
        .await
        .unwrap();
    let changed = stand_in.reply_to(&clicked).await;
    assert_eq!(
        (changed.id, changed.text().as_str()),
        (placed.id, "I mars.")
    );

    let chosen = stand_in.choose(&asta, &placed, &["Två"]);
    let heard = bot.hears_interaction().await;
    bot.respond(
        &heard,
        json!({ "type": 7, "data": { "content": "Två.", "components": placed.components } }),
    )
    .await
    .unwrap();
    assert_eq!(stand_in.reply_to(&chosen).await.content, "Två.");

    let clicked = stand_in.click(&asta, &placed, "När?");
    let heard = bot.hears_interaction().await;
    let inputs = [
        json!({ "type": 4, "custom_id": "name", "label": "Namn", "style": 1, "value": "Asta" }),
        json!({ "type": 4, "custom_id": "more", "label": "Mer", "style": 2, "required": false }),
    ];
    let rows = inputs.map(|input| json!({ "type": 1, "components": [input] }));
    let form = json!({ "title": "Vem?", "custom_id": "who", "components": rows });
    bot.respond(&heard, json!({ "type": 9, "data": form }))
        .await
        .unwrap();
    assert_eq!(stand_in.form_after(&clicked).await["title"], "Vem?");
    let handed_in = stand_in.hand_in(&clicked, &[("Mer", "hej")]);
    let heard = bot.hears(|heard| match heard {
        Heard::Interaction(interaction) => interaction.modal_submit(),
        _ => None,
    });
    let heard: ModalInteraction = heard.await;
    let values = serde_json::to_value(&heard.data.components).unwrap();
    let value = |row: usize| values[row]["components"][0]["value"].clone();
    assert_eq!((value(0), value(1)), (json!("Asta"), json!("hej")));
    let heard = (heard.id.get(), heard.token);
    bot.respond(
        &heard,
        json!({ "type": 4, "data": { "content": "Tack.", "flags": 64 } }),
    )
    .await
    .unwrap();
    assert_eq!(stand_in.reply_to(&handed_in).await.content, "Tack.");

    stand_in.click(&asta, &placed, "När?");
    let heard = bot.hears_interaction().await;
    stand_in.delete_message(&placed);
    let late = bot
        .respond(&heard, json!({ "type": 7, "data": { "content": "x" } }))
        .await;
    assert_eq!(refusal(late), (404, 10008));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_are_shown_and_called_as_people_do() {
    let stand_in = StandIn::start(Options::default()).await;
    let mut bot = Bot::log_in(&stand_in).await;
    let commands = json!([
        { "name": "ask", "description": "Ask", "name_localizations": { "sv-SE": "fråga" }, "options": [
            { "type": 3, "name": "question", "name_localizations": { "sv-SE": "fråga" }, "description": "What?",
              "required": true, "max_length": 100 },
            { "type": 3, "name": "about", "description": "About", "choices": [{ "name": "Grants", "value": "g" }] },
            { "type": 4, "name": "top", "description": "How many" },
        ] },
        { "name": "staff", "description": "Staff", "default_member_permissions": "8192", "contexts": [0], "options": [
            { "type": 1, "name": "top", "description": "The top" },
        ] },
    ]);
    let first = bot.http.create_global_commands(&commands).await.unwrap();
    let again = bot.http.create_global_commands(&commands).await.unwrap();
    assert_eq!((first[0].id, first[1].id), (again[0].id, again[1].id));
    assert_eq!(
        bot.http
            .get_global_commands_with_localizations()
            .await
            .unwrap()
            .len(),
        2
    );
    let in_guild = bot
        .http
        .create_guild_commands(stand_in.guild().into(), &json!([]))
        .await;
    assert!(in_guild.unwrap().is_empty());
    stand_in.look(|world| {
        assert_eq!(
            (world.registered(true).len(), world.registered(false).len()),
            (2, 0)
        );
    });

    let asta = stand_in.person("asta");
    let john = stand_in.person("john").speaking("en-GB");
    let role = stand_in.role("personal");
    let stina = stand_in
        .person("stina")
        .with_role(role)
        .who_may(Permissions::MANAGE_MESSAGES);
    let direct = stand_in.direct_messages(&stina);
    assert_eq!(
        stand_in.commands_shown_to(&asta, stand_in.channel()),
        ["fråga"]
    );
    assert_eq!(
        stand_in.commands_shown_to(&john, stand_in.channel()),
        ["ask"]
    );
    assert_eq!(
        stand_in.commands_shown_to(&stina, stand_in.channel()),
        ["fråga", "staff"]
    );
    assert_eq!(stand_in.commands_shown_to(&stina, direct), ["fråga"]);

    let options = [
        ("fråga", "Vad är lovpeng?"),
        ("about", "Grants"),
        ("top", "3"),
    ];
    stand_in.call(&stina, direct, "/fråga", &options);
    stand_in.call(&stina, stand_in.channel(), "staff top", &[]);
    let mut heard = Vec::new();
    while heard.len() < 2 {
        heard.push(
            bot.hears(|heard| match heard {
                Heard::Interaction(interaction) => interaction.command(),
                _ => None,
            })
            .await,
        );
    }
    heard.sort_by_key(|command| command.id);
    let [ask, staff] = heard.try_into().unwrap();
    let given: Vec<_> = ask
        .data
        .options
        .iter()
        .map(|o| (o.name.as_str(), o.value.clone()))
        .collect();
    let expected = json!(["question", "about", "top"]);
    assert_eq!(
        json!(given.iter().map(|(name, _)| name).collect::<Vec<_>>()),
        expected
    );
    assert_eq!(given[1].1.as_str(), Some("g"));
    assert_eq!(
        (ask.data.name.as_str(), ask.user.id.get()),
        ("ask", stina.id)
    );
    assert_eq!((ask.locale.as_str(), ask.guild_id), ("sv-SE", None));
    let member = staff.member.unwrap();
    assert!(member.roles.contains(&role.into()));
    assert!(member.permissions.unwrap().manage_messages());
    assert!(staff.app_permissions.unwrap().embed_links());
    assert_eq!(staff.data.options[0].name, "top");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_at_once_are_all_carried() {
    let stand_in = StandIn::start(Options {
        respond_within: Duration::from_secs(60),
        heartbeat: Duration::from_secs(60),
        ..Options::default()
    })
    .await;
    let mut bot = Bot::log_in(&stand_in).await;
    bot.registers("ask").await;
    let asta = stand_in.person("asta");
    let asked: Vec<_> = (0..1_000).map(|_| ask(&stand_in, &asta)).collect();
    let mut responding = tokio::task::JoinSet::new();
    for _ in &asked {
        let (id, token) = bot.hears_interaction().await;
        let http = Arc::clone(&bot.http);
        responding.spawn(async move {
            let body = json!({ "type": 4, "data": { "content": "hej" } });
            http.create_interaction_response(id.into(), &token, &body, Vec::new())
                .await
        });
    }
    assert!(responding.join_all().await.iter().all(Result::is_ok));
    for asked in &asked {
        stand_in.reply_to(asked).await;
    }
}

#[tokio::test]
#[should_panic(expected = "there is no button \"Nej\", but [\"Ja\"]")]
async fn what_is_not_there_cannot_be_clicked() {
    let stand_in = StandIn::start(Options::default()).await;
    stand_in.click(&stand_in.person("asta"), &one_button(&stand_in), "Nej");
}

#[tokio::test]
#[should_panic(expected = "the client cannot read this INTERACTION_CREATE")]
async fn an_event_that_would_vanish_is_found_out() {
    let stand_in = StandIn::start(Options::default()).await;
    stand_in.push("INTERACTION_CREATE", &json!({ "type": 2 }));
}

#[tokio::test]
#[should_panic(expected = "has no response")]
async fn a_wait_in_vain_says_what_was_seen() {
    let stand_in = StandIn::start(Options {
        patience: Duration::from_millis(50),
        ..Options::default()
    })
    .await;
    let clicked = stand_in.click(&stand_in.person("asta"), &one_button(&stand_in), "Ja");
    stand_in.form_after(&clicked).await;
}

/// Has someone call the command that has no options.
fn ask(stand_in: &StandIn, person: &Person) -> Asked {
    stand_in.call(person, stand_in.channel(), "ask", &[])
}

/// A message of the bot's with the button "Ja".
fn one_button(stand_in: &StandIn) -> Shown {
    let button = json!({ "type": 2, "style": 1, "label": "Ja", "custom_id": "yes" });
    let row = json!({ "type": 1, "components": [button] });
    stand_in.place(
        stand_in.channel(),
        &json!({ "content": "Ja?", "components": [row] }),
    )
}
