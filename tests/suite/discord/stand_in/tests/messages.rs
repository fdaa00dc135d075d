//! Messages in channels and direct ones, and who is pinged.

use serenity::all::{Permissions, UserId};

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mention_is_replied_to_and_the_reply_edited_and_deleted() {
    let stand_in = StandIn::start(Options::default()).await;
    let mut bot = Bot::log_in(&stand_in).await;
    let asta = stand_in.person("asta");
    let asked = stand_in.say(
        &asta,
        stand_in.channel(),
        &format!("<@{}> hej", stand_in.bot_user()),
    );
    let heard = bot.hears_message_of(&asta).await;
    assert!(heard.mentions_user_id(UserId::new(stand_in.bot_user())));
    assert!(!heard.author.bot && heard.guild_id.is_some() && heard.member.is_some());
    let channel = heard.channel_id;
    channel.broadcast_typing(&bot.http).await.unwrap();
    let sent = heard.reply(&bot.http, "hej hej").await.unwrap();
    let answer = stand_in.answer_to(&asked).await;
    assert_eq!(
        (answer.content.as_str(), answer.replies_to),
        ("hej hej", Some(asked.id))
    );
    stand_in.look(|world| assert_eq!(world.typing_in(stand_in.channel()), 1));
    let own = bot.hears(|heard| match heard {
        Heard::Message(_, message) if message.author.id == stand_in.bot_user() => Some(message),
        _ => None,
    });
    assert_eq!(own.await.id, sent.id, "a bot hears itself");

    bot.http
        .edit_message(
            channel,
            sent.id,
            &json!({ "content": "hej då" }),
            Vec::new(),
        )
        .await
        .unwrap();
    let answer = stand_in.message(answer.id);
    assert_eq!((answer.content.as_str(), answer.edits), ("hej då", 1));
    assert_eq!(
        bot.http
            .get_message(channel, sent.id)
            .await
            .unwrap()
            .content,
        "hej då"
    );
    assert_eq!(stand_in.messages_in(stand_in.channel()).len(), 2);
    sent.delete(&bot.http).await.unwrap();
    assert_eq!(stand_in.messages_in(stand_in.channel()).len(), 1);
    assert_eq!(
        refusal(bot.http.get_message(channel, sent.id).await),
        (404, 10008)
    );
    assert_eq!(
        refusal(
            bot.http
                .delete_message(channel, asked.id.into(), None)
                .await
        ),
        (403, 50013)
    );
    stand_in.deny(stand_in.channel(), Permissions::SEND_MESSAGES);
    stand_in.stays_silent(Duration::from_millis(50)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_persons_reply_mentions_whom_it_answers() {
    let stand_in = StandIn::start(Options::default()).await;
    let mut bot = Bot::log_in(&stand_in).await;
    let asta = stand_in.person("asta");
    let placed = stand_in.place(stand_in.channel(), &json!({ "content": "Fråga mig!" }));
    stand_in.reply(&asta, &placed, "Vad är lovpeng?");
    let heard = bot.hears_message_of(&asta).await;
    assert_eq!(
        heard.content, "Vad är lovpeng?",
        "a mention is read without an intent"
    );
    assert_eq!(heard.referenced_message.unwrap().id, placed.id);
    assert!(
        heard
            .mentions
            .iter()
            .any(|user| user.id == stand_in.bot_user())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_bots_and_webhooks_are_told_apart() {
    let stand_in = StandIn::start(Options::default()).await;
    let mut bot = Bot::log_in(&stand_in).await;
    let other = stand_in.other_bot("pling");
    stand_in.say(&other, stand_in.channel(), "pling");
    let heard = bot.hears_message_of(&other).await;
    assert!(heard.author.bot && heard.webhook_id.is_none());
    let hook = stand_in.webhook("nyheter");
    stand_in.say(&hook, stand_in.channel(), "nytt");
    let heard = bot.hears_message_of(&hook).await;
    assert_eq!(heard.webhook_id.map(|id| id.get()), Some(hook.id));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn direct_messages_can_be_closed() {
    let stand_in = StandIn::start(Options::default()).await;
    let bot = Bot::log_in(&stand_in).await;
    let asta = stand_in.person("asta");
    let body = json!({ "recipient_id": asta.id.to_string() });
    let channel = bot.http.create_private_channel(&body).await.unwrap().id;
    assert_eq!(channel, stand_in.direct_messages(&asta));
    assert!(channel.say(&bot.http, "hej").await.is_ok());
    stand_in.refuse_direct_messages(&asta);
    assert_eq!(refusal(channel.say(&bot.http, "hej").await), (403, 50007));
    let nobody = json!({ "recipient_id": "17" });
    assert_eq!(
        refusal(bot.http.create_private_channel(&nobody).await),
        (400, 50033)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_or_gone_is_said() {
    let stand_in = StandIn::start(Options::default()).await;
    let bot = Bot::log_in(&stand_in).await;
    let say = async |channel: u64, body: Value| {
        bot.http
            .send_message(channel.into(), Vec::new(), &body)
            .await
    };
    let text = || json!({ "content": "hej" });
    let embed = || json!({ "embeds": [{ "title": "hej" }] });
    let cases = [
        (Permissions::VIEW_CHANNEL, text(), (403, 50001)),
        (Permissions::SEND_MESSAGES, text(), (403, 50013)),
        (Permissions::EMBED_LINKS, embed(), (403, 50013)),
    ];
    for (denied, body, expected) in cases {
        let channel = stand_in.add_channel("rum");
        assert!(say(channel, body.clone()).await.is_ok());
        stand_in.deny(channel, denied);
        assert_eq!(refusal(say(channel, body).await), expected, "{denied}");
    }
    let channel = stand_in.add_channel("rum");
    let first = say(channel, text()).await.unwrap().id;
    let reply = |to: String| json!({ "content": "hej", "message_reference": { "message_id": to } });
    assert!(say(channel, reply(first.to_string())).await.is_ok());
    assert_eq!(
        refusal(say(channel, reply("1".to_owned())).await),
        (400, 50035)
    );
    stand_in.deny(channel, Permissions::READ_MESSAGE_HISTORY);
    assert_eq!(
        refusal(say(channel, reply(first.to_string())).await),
        (400, 160002)
    );
    stand_in.delete_message(&stand_in.message(first.get()));
    let edit = text();
    let edited = bot
        .http
        .edit_message(channel.into(), first, &edit, Vec::new());
    assert_eq!(refusal(edited.await), (404, 10008));
    stand_in.delete_channel(channel);
    assert_eq!(refusal(say(channel, text()).await), (404, 10003));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pings_are_counted() {
    let stand_in = StandIn::start(Options::default()).await;
    let bot = Bot::log_in(&stand_in).await;
    let asta = stand_in.person("asta");
    let asked = stand_in.say(&asta, stand_in.channel(), "hej");
    let content = format!("@everyone {}", asta.mention());
    let none = json!({ "parse": [] });
    let cases = [
        (
            json!({ "content": content, "allowed_mentions": none }),
            vec![],
        ),
        (json!({ "embeds": [{ "title": content }] }), vec![]),
        (
            json!({ "content": content }),
            vec![Pinged::Everyone, Pinged::User(asta.id)],
        ),
        (
            json!({ "content": content, "allowed_mentions": { "users": [asta.id.to_string()] } }),
            vec![Pinged::User(asta.id)],
        ),
        (
            json!({ "content": "hej", "message_reference": { "message_id": asked.id.to_string() } }),
            vec![Pinged::User(asta.id)],
        ),
    ];
    let mut expected = Vec::new();
    for (body, pinged) in cases {
        let sent = bot
            .http
            .send_message(stand_in.channel().into(), Vec::new(), &body)
            .await;
        let message = sent.unwrap().id.get();
        expected.extend(pinged.into_iter().map(|whom| Ping { message, whom }));
        assert_eq!(stand_in.pings(), expected, "{body}");
    }
    let both =
        json!({ "content": "x", "allowed_mentions": { "parse": ["users"], "users": ["1"] } });
    let sent = bot
        .http
        .send_message(stand_in.channel().into(), Vec::new(), &both)
        .await;
    assert_eq!(refusal(sent), (400, 50035));
}
