//! Every limit: what just fits is taken, what is one over is refused, and where.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_have_limits() {
    let stand_in = StandIn::start(Options::default()).await;
    let http = http(&stand_in);
    let embed = |embed: Value| json!({ "embeds": [embed] });
    let fields = |count: usize| {
        embed(json!({ "fields": vec![json!({ "name": "a", "value": "b" }); count] }))
    };
    let field = |name: usize, value: usize| {
        embed(json!({ "fields": [{ "name": "a".repeat(name), "value": "b".repeat(value) }] }))
    };
    let all = |more: usize| {
        let embeds =
            [4_096, 1_904 + more].map(|length| json!({ "description": "a".repeat(length) }));
        json!({ "embeds": embeds })
    };
    let text = |length: usize| json!({ "content": "å".repeat(length) });
    let in_embed = |key: &str, length: usize| embed(json!({ key: "a".repeat(length) }));
    let footer = |length: usize| embed(json!({ "footer": { "text": "a".repeat(length) } }));
    let cases = [
        (text(2_000), text(2_001), "content"),
        (
            in_embed("title", 256),
            in_embed("title", 257),
            "embeds.0.title",
        ),
        (
            in_embed("description", 4_096),
            in_embed("description", 4_097),
            "embeds.0.description",
        ),
        (fields(25), fields(26), "embeds.0.fields"),
        (
            field(256, 1_024),
            field(257, 1_024),
            "embeds.0.fields.0.name",
        ),
        (field(1, 1_024), field(1, 1_025), "embeds.0.fields.0.value"),
        (field(1, 1), field(1, 0), "embeds.0.fields.0.value"),
        (footer(2_048), footer(2_049), "embeds.0.footer.text"),
        (all(0), all(1), "embeds"),
        (
            json!({ "embeds": vec![json!({ "title": "a" }); 10] }),
            json!({ "embeds": vec![json!({ "title": "a" }); 11] }),
            "embeds",
        ),
        (
            embed(json!({ "title": "a", "url": "https://example.com" })),
            embed(json!({ "title": "a", "url": "example.com" })),
            "embeds.0.url",
        ),
    ];
    for (fits, over, at) in cases {
        http.send_message(stand_in.channel().into(), Vec::new(), &fits)
            .await
            .unwrap();
        let refused = http
            .send_message(stand_in.channel().into(), Vec::new(), &over)
            .await;
        assert!(wrong_fields(refused).contains(&at.to_owned()), "{at}");
    }
    for nothing in [
        json!({}),
        json!({ "content": " \n" }),
        json!({ "embeds": [] }),
    ] {
        let refused = http
            .send_message(stand_in.channel().into(), Vec::new(), &nothing)
            .await;
        assert_eq!(refusal(refused), (400, 50006));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn components_have_limits() {
    let stand_in = StandIn::start(Options::default()).await;
    let http = http(&stand_in);
    let rows = |rows: Vec<Vec<Value>>| -> Value {
        rows.into_iter()
            .map(|row| json!({ "type": 1, "components": row }))
            .collect()
    };
    let row = |components: Vec<Value>| rows(vec![components]);
    let button = |id: &str| json!({ "type": 2, "style": 1, "label": "a", "custom_id": id });
    let buttons = |count: usize| {
        (0..count)
            .map(|i| button(&i.to_string()))
            .collect::<Vec<_>>()
    };
    let labelled = |length: usize| {
        row(vec![
            json!({ "type": 2, "style": 1, "label": "a".repeat(length), "custom_id": "a" }),
        ])
    };
    let named = |length: usize| row(vec![button(&"a".repeat(length))]);
    let option =
        |i: usize, length: usize| json!({ "label": "a".repeat(length), "value": format!("{i}") });
    let menu = |options: Vec<Value>| json!({ "type": 3, "custom_id": "menu", "options": options });
    let options = |count: usize| row(vec![menu((0..count).map(|i| option(i, 1)).collect())]);
    let described = |length: usize| {
        row(vec![menu(vec![
            json!({ "label": "a", "value": "a", "description": "a".repeat(length) }),
        ])])
    };
    let link = |id: Option<&str>| {
        row(vec![
            json!({ "type": 2, "style": 5, "label": "a", "url": "https://example.com", "custom_id": id }),
        ])
    };
    let inside = "components.0.components";
    let in_menu = "components.0.components.0.options";
    let cases = [
        (
            rows((0..5).map(|i| vec![button(&i.to_string())]).collect()),
            rows((0..6).map(|i| vec![button(&i.to_string())]).collect()),
            "components".to_owned(),
        ),
        (row(buttons(5)), row(buttons(6)), inside.to_owned()),
        (row(buttons(1)), row(Vec::new()), inside.to_owned()),
        (labelled(80), labelled(81), format!("{inside}.0.label")),
        (named(100), named(101), format!("{inside}.0.custom_id")),
        (
            row(buttons(2)),
            row(vec![button("a"), button("a")]),
            format!("{inside}.1.custom_id"),
        ),
        (options(25), options(26), in_menu.to_owned()),
        (options(1), options(0), in_menu.to_owned()),
        (
            row(vec![menu(vec![option(0, 100)])]),
            row(vec![menu(vec![option(0, 101)])]),
            format!("{in_menu}.0.label"),
        ),
        (
            options(2),
            row(vec![menu(vec![option(0, 1), option(0, 1)])]),
            format!("{in_menu}.1.value"),
        ),
        (
            described(100),
            described(101),
            format!("{in_menu}.0.description"),
        ),
        (
            row(buttons(2)),
            row(vec![menu(vec![option(0, 1)]), button("a")]),
            inside.to_owned(),
        ),
        (link(None), link(Some("a")), format!("{inside}.0")),
    ];
    for (fits, over, at) in cases {
        let fits = json!({ "content": "a", "components": fits });
        http.send_message(stand_in.channel().into(), Vec::new(), &fits)
            .await
            .unwrap();
        let over = json!({ "content": "a", "components": over });
        let refused = http
            .send_message(stand_in.channel().into(), Vec::new(), &over)
            .await;
        assert!(wrong_fields(refused).contains(&at), "{at}: {over}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_have_limits() {
    let stand_in = StandIn::start(Options::default()).await;
    let http = http(&stand_in);
    let named = |name: &str| json!([{ "name": name, "description": "a" }]);
    let described = |length: usize| json!([{ "name": "a", "description": "a".repeat(length) }]);
    let translated = |locale: &str, name: &str| json!([{ "name": "a", "description": "a", "name_localizations": { locale: name } }]);
    let option = |name: &str, required: bool| json!({ "type": 3, "name": name, "description": "a", "required": required });
    let with =
        |options: Vec<Value>| json!([{ "name": "a", "description": "a", "options": options }]);
    let choice = |length: usize| {
        let choices = json!([{ "name": "a".repeat(length), "value": "a" }]);
        with(vec![
            json!({ "type": 3, "name": "a", "description": "a", "choices": choices }),
        ])
    };
    let cases = [
        (named("glöm-mig"), named("Glöm"), "0.name"),
        (named(&"å".repeat(32)), named(&"å".repeat(33)), "0.name"),
        (named("a_b"), named("a b"), "0.name"),
        (described(100), described(101), "0.description"),
        (described(1), described(0), "0.description"),
        (
            translated("sv-SE", "fråga"),
            translated("sv", "fråga"),
            "0.name_localizations.sv",
        ),
        (
            translated("sv-SE", "fråga"),
            translated("sv-SE", "Fråga"),
            "0.name_localizations.sv-SE",
        ),
        (
            with(vec![option("a", true), option("b", false)]),
            with(vec![option("a", false), option("b", true)]),
            "0.options.1",
        ),
        (
            with(vec![option("a", true)]),
            with(vec![option("a", true), option("a", true)]),
            "0.options.1",
        ),
        (choice(100), choice(101), "0.options.0.choices.0.name"),
        (
            named("a"),
            json!([{ "name": "a", "description": "a" }, { "name": "a", "description": "b" }]),
            "1",
        ),
    ];
    for (fits, over, at) in cases {
        http.create_global_commands(&fits).await.unwrap();
        let refused = http.create_global_commands(&over).await;
        assert!(
            wrong_fields(refused).contains(&at.to_owned()),
            "{at}: {over}"
        );
    }
    let elsewhere = http.create_guild_commands(17.into(), &named("a")).await;
    assert_eq!(refusal(elsewhere), (404, 10004));
    let one = json!({ "name": "b", "description": "b" });
    let added = http.create_global_command(&one).await.unwrap();
    http.delete_global_command(added.id).await.unwrap();
    assert_eq!(
        refusal(http.delete_global_command(added.id).await),
        (404, 10063)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_have_limits() {
    let stand_in = StandIn::start(Options::default()).await;
    let mut bot = Bot::log_in(&stand_in).await;
    bot.registers("ask").await;
    stand_in.call(&stand_in.person("asta"), stand_in.channel(), "ask", &[]);
    let heard = bot.hears_interaction().await;
    let input = |label: usize, id: &str| {
        let input = json!({ "type": 4, "custom_id": id, "label": "a".repeat(label), "style": 1 });
        json!({ "type": 1, "components": [input] })
    };
    let form = |title: usize, rows: Vec<Value>| json!({ "type": 9, "data": { "title": "a".repeat(title), "custom_id": "a", "components": rows } });
    let in_row = "data.components.0.components.0";
    let cases = [
        (form(46, vec![input(1, "a")]), "data.title".to_owned()),
        (form(45, vec![input(46, "a")]), format!("{in_row}.label")),
        (form(45, vec![input(1, "")]), format!("{in_row}.custom_id")),
        (form(45, Vec::new()), "data.components".to_owned()),
        (
            form(45, vec![input(1, "a"), input(1, "a")]),
            "data.components.1.components.0.custom_id".to_owned(),
        ),
    ];
    for (over, at) in cases {
        assert!(
            wrong_fields(bot.respond(&heard, over).await).contains(&at),
            "{at}"
        );
    }
    bot.respond(&heard, form(45, vec![input(45, "a")]))
        .await
        .unwrap();
}

/// The paths of the fields that a request was refused for.
fn wrong_fields<T: std::fmt::Debug>(result: serenity::Result<T>) -> Vec<String> {
    match result.unwrap_err() {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            assert_eq!(
                (response.status_code.as_u16(), response.error.code),
                (400, 50035)
            );
            response
                .error
                .errors
                .into_iter()
                .map(|error| error.path)
                .collect()
        }
        other => panic!("{other:?} is no refusal"),
    }
}
