//! Discord's REST, as much of it as lots uses: each call is sent, and sent again when that can help.
//!
//! Without a proxy, the library's limiter paces the calls and waits out what Discord refuses for going too fast. With a
//! proxy, pacing is the proxy's, and what it refuses is waited out here. Failures of Discord's own are tried again here
//! in either case.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serenity::all::{
    ApplicationId, BotGateway, ChannelId, CreateCommand, CreateInteractionResponse, CreateMessage,
    CurrentApplicationInfo, CurrentUser, EditInteractionResponse, EditMessage, GuildId, Http,
    HttpBuilder, InteractionId, MessageId, Nonce, UserId,
};
use serenity::http::{HttpError, LightMethod, Request, Route};

use super::retry::{Attempts, Failure};
use crate::config::DiscordSettings;

/// A call that gets no answer for so long has failed.
const PATIENCE: Duration = Duration::from_secs(15);

/// What an interaction is answered by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ticket<'a> {
    pub(super) id: InteractionId,
    pub(super) application: ApplicationId,
    pub(super) token: &'a str,
}

/// Discord's REST.
pub(super) struct Rest {
    http: Http,
    /// The client and the address, when there is a proxy.
    proxy: Option<(reqwest::Client, String)>,
}

#[derive(serde::Deserialize)]
struct Made<T> {
    id: T,
}

impl Rest {
    /// Ready to call. A client of the caller's own takes the place of the usual one.
    pub(super) fn new(
        settings: &DiscordSettings,
        client: Option<reqwest::Client>,
    ) -> anyhow::Result<Rest> {
        let client = match client {
            Some(client) => client,
            None => reqwest::Client::builder().timeout(PATIENCE).build()?,
        };
        Ok(Rest {
            http: http(settings, client.clone()),
            proxy: settings.proxy.clone().map(|proxy| (client, proxy)),
        })
    }

    /// The application that the token belongs to.
    pub(super) async fn application(&self) -> Result<CurrentApplicationInfo, Failure> {
        self.ask(Route::Oauth2ApplicationCurrent).await
    }

    /// The bot's own user, which need not have the id of its application.
    pub(super) async fn me(&self) -> Result<CurrentUser, Failure> {
        self.ask(Route::UserMe).await
    }

    /// Where the gateway is, and how many connections Discord recommends.
    pub(super) async fn gateway(&self) -> Result<BotGateway, Failure> {
        self.ask(Route::GatewayBot).await
    }

    /// Makes these the commands, in one server or everywhere; those that are the same already stay as they are.
    pub(super) async fn register(
        &self,
        application_id: ApplicationId,
        guild: Option<GuildId>,
        commands: &[CreateCommand],
    ) -> Result<(), Failure> {
        let route = match guild {
            Some(guild_id) => Route::GuildCommands {
                application_id,
                guild_id,
            },
            None => Route::Commands { application_id },
        };
        self.send(route, LightMethod::Put, Some(&commands)).await?;
        Ok(())
    }

    /// Answers an interaction for the first time. One that has been answered by an attempt whose outcome was lost counts
    /// as answered.
    pub(super) async fn respond(
        &self,
        ticket: Ticket<'_>,
        response: &CreateInteractionResponse,
    ) -> Result<(), Failure> {
        let route = Route::InteractionResponse {
            interaction_id: ticket.id,
            token: ticket.token,
        };
        match self.send(route, LightMethod::Post, Some(response)).await {
            Ok(_) | Err(Failure::DoneBefore) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    /// Puts the answer in the place of "lots is thinking".
    pub(super) async fn respond_late(
        &self,
        ticket: Ticket<'_>,
        response: &EditInteractionResponse,
    ) -> Result<(), Failure> {
        let route = Route::WebhookOriginalInteractionResponse {
            application_id: ticket.application,
            token: ticket.token,
        };
        self.send(route, LightMethod::Patch, Some(response)).await?;
        Ok(())
    }

    /// Says one thing more to an interaction that has been answered.
    pub(super) async fn follow_up(
        &self,
        ticket: Ticket<'_>,
        response: &serenity::all::CreateInteractionResponseFollowup,
    ) -> Result<(), Failure> {
        let route = Route::WebhookFollowupMessages {
            application_id: ticket.application,
            token: ticket.token,
        };
        self.send(route, LightMethod::Post, Some(response)).await?;
        Ok(())
    }

    /// Writes in a channel; the message's id. Of messages with the same nonce Discord writes one, however often and by
    /// whomever it is sent within some minutes; a nonce is at most 25 characters.
    pub(super) async fn write(
        &self,
        channel_id: ChannelId,
        nonce: String,
        message: CreateMessage,
    ) -> Result<MessageId, Failure> {
        let message = message.nonce(Nonce::String(nonce)).enforce_nonce(true);
        let route = Route::ChannelMessages { channel_id };
        let response = self.send(route, LightMethod::Post, Some(&message)).await?;
        Ok(read::<Made<MessageId>>(response).await?.id)
    }

    /// Changes a message of the bot's own.
    pub(super) async fn change(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
        message: &EditMessage,
    ) -> Result<(), Failure> {
        let route = Route::ChannelMessage {
            channel_id,
            message_id,
        };
        self.send(route, LightMethod::Patch, Some(message)).await?;
        Ok(())
    }

    /// Deletes a message of the bot's own.
    pub(super) async fn remove(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
    ) -> Result<(), Failure> {
        let route = Route::ChannelMessage {
            channel_id,
            message_id,
        };
        self.send(route, LightMethod::Delete, None::<&()>).await?;
        Ok(())
    }

    /// The channel of direct messages with someone.
    pub(super) async fn direct(&self, user: UserId) -> Result<ChannelId, Failure> {
        let body = serde_json::json!({ "recipient_id": user.to_string() });
        let response = self
            .send(Route::UserMeDmChannels, LightMethod::Post, Some(&body))
            .await?;
        Ok(read::<Made<ChannelId>>(response).await?.id)
    }

    async fn ask<T: DeserializeOwned>(&self, route: Route<'_>) -> Result<T, Failure> {
        read(self.send(route, LightMethod::Get, None::<&()>).await?).await
    }

    async fn send(
        &self,
        route: Route<'_>,
        method: LightMethod,
        body: Option<&impl Serialize>,
    ) -> Result<reqwest::Response, Failure> {
        let body = body
            .map(serde_json::to_vec)
            .transpose()
            .map_err(|e| Failure::Unreachable(e.to_string()))?;
        let mut attempts = Attempts::default();
        loop {
            let request = Request::new(route, method).body(body.clone());
            let failure = match self.once(request).await {
                Ok(response) => return Ok(response),
                Err(failure) => failure,
            };
            match attempts.again_in(&failure) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(attempts.outcome(failure)),
            }
        }
    }

    async fn once(&self, request: Request<'_>) -> Result<reqwest::Response, Failure> {
        let Some((client, proxy)) = &self.proxy else {
            return self.http.request(request).await.map_err(Failure::from);
        };
        let response = request
            .build(client, self.http.token(), Some(proxy))?
            .send()
            .await
            .map_err(|e| Failure::Unreachable(e.without_url().to_string()))?;
        if response.status().is_success() {
            Ok(response)
        } else {
            Err(Failure::of_response(response).await)
        }
    }
}

impl std::fmt::Debug for Rest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rest")
    }
}

/// The library's own client, with its limiter unless there is a proxy.
pub(super) fn http(settings: &DiscordSettings, client: reqwest::Client) -> Http {
    let token = settings.token.as_ref().map_or("", |t| t.reveal());
    let http = HttpBuilder::new(token).client(client);
    match &settings.proxy {
        Some(proxy) => http.proxy(proxy).ratelimiter_disabled(true).build(),
        None => http.build(),
    }
}

async fn read<T: DeserializeOwned>(response: reqwest::Response) -> Result<T, Failure> {
    response
        .json()
        .await
        .map_err(|e| Failure::Unreachable(e.without_url().to_string()))
}

impl From<serenity::Error> for Failure {
    fn from(error: serenity::Error) -> Failure {
        match error {
            serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => Failure::Refused {
                status: response.status_code.as_u16(),
                code: i64::try_from(response.error.code).unwrap_or_default(),
                wait: None,
            },
            // The address holds tokens of interactions.
            serenity::Error::Http(HttpError::Request(error)) => {
                Failure::Unreachable(error.without_url().to_string())
            }
            error => Failure::Unreachable(error.to_string()),
        }
    }
}
