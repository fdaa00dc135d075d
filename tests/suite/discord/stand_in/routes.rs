//! Which request does what.

use serde_json::{Value, json};

use super::refusal::Refusal;
use super::world::{APPLICATION, Request, World, id_in};

/// What a request came to: a status and a body, which is null when there is none.
pub(super) type Outcome = Result<(u16, Value), Refusal>;

impl World {
    /// Does what a request asks for.
    pub(super) fn answer(&mut self, request: &Request) -> Outcome {
        let steps: Vec<&str> = request.path.split('/').skip(1).collect();
        // What is known by a token of its own needs no other.
        let open = matches!(steps[..], ["gateway"] | ["interactions" | "webhooks", ..]);
        let expected = format!("Bot {}", self.options.token);
        if !open && request.authorization.as_deref() != Some(&expected) {
            return Err(Refusal::UNAUTHORIZED);
        }
        if request.body == Value::String(NO_JSON.to_owned()) {
            return Err(Refusal::INVALID_JSON);
        }
        let body = &request.body;
        match (request.method.as_str(), &steps[..]) {
            ("GET", ["gateway"]) => ok(json!({ "url": self.gateway_url })),
            ("GET", ["gateway", "bot"]) => ok(self.describe_gateway()),
            ("GET", ["users", "@me"]) => ok(self.bot.user()),
            ("GET", ["users", id]) => {
                let person = id.parse().ok().and_then(|id| self.person(id));
                ok(person.ok_or(Refusal::UNKNOWN_USER)?.user())
            }
            ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
                ok(self.describe_application())
            }
            ("POST", ["users", "@me", "channels"]) => ok(self.open_direct(&body["recipient_id"])?),
            (method, ["applications", application, rest @ ..]) => {
                if *application != APPLICATION.to_string() {
                    return Err(Refusal::NOT_FOUND);
                }
                match rest {
                    ["commands", id @ ..] => self.answer_on_commands(method, None, id, request),
                    ["guilds", guild, "commands", id @ ..] => {
                        let guild = number(guild, &Refusal::UNKNOWN_GUILD)?;
                        self.answer_on_commands(method, Some(guild), id, request)
                    }
                    _ => Err(Refusal::NOT_FOUND),
                }
            }
            (method, ["channels", channel, rest @ ..]) => {
                let channel = number(channel, &Refusal::UNKNOWN_CHANNEL)?;
                self.answer_on_channel(method, channel, rest, body)
            }
            ("POST", ["interactions", id, token, "callback"]) => {
                done(self.respond(number(id, &Refusal::UNKNOWN_INTERACTION)?, token, body)?)
            }
            ("POST", ["webhooks", application, token]) => {
                ok(self.follow_up(application, token, body)?)
            }
            (method, ["webhooks", application, token, "messages", which]) => match method {
                "GET" => ok(self.read_response(application, token, which)?),
                "PATCH" => ok(self.edit_response(application, token, which, body)?),
                "DELETE" => done(self.delete_response(application, token, which)?),
                _ => Err(Refusal::NOT_FOUND),
            },
            _ => Err(Refusal::NOT_FOUND),
        }
    }

    fn answer_on_channel(
        &mut self,
        method: &str,
        channel: u64,
        rest: &[&str],
        body: &Value,
    ) -> Outcome {
        match (method, rest) {
            ("GET", []) => ok(self.describe_channel(self.channel(channel)?)),
            ("POST", ["typing"]) => done(self.type_in(channel)?),
            ("GET", ["messages"]) => ok(self.read_all(channel)?),
            ("POST", ["messages"]) => ok(self.post(channel, body)?),
            (method, ["messages", id]) => {
                let id = number(id, &Refusal::UNKNOWN_MESSAGE)?;
                match method {
                    "GET" => ok(self.read(channel, id)?),
                    "PATCH" => ok(self.edit(channel, id, body)?),
                    "DELETE" => done(self.delete(channel, id)?),
                    _ => Err(Refusal::NOT_FOUND),
                }
            }
            _ => Err(Refusal::NOT_FOUND),
        }
    }

    fn answer_on_commands(
        &mut self,
        method: &str,
        scope: Option<u64>,
        id: &[&str],
        request: &Request,
    ) -> Outcome {
        match (method, id) {
            ("GET", []) => ok(self.list_commands(scope, &request.query)),
            ("PUT", []) => ok(self.put_commands(scope, &request.body)?),
            ("POST", []) => Ok((201, self.post_command(scope, &request.body)?)),
            ("DELETE", [id]) => done(self.delete_command(scope, id)?),
            _ => Err(Refusal::NOT_FOUND),
        }
    }

    fn open_direct(&mut self, recipient: &Value) -> Result<Value, Refusal> {
        let known = id_in(recipient).filter(|id| self.people.contains_key(id));
        let channel = self.direct(known.ok_or(Refusal::INVALID_RECIPIENTS)?);
        Ok(self.describe_channel(self.channel(channel)?))
    }

    fn describe_gateway(&self) -> Value {
        json!({
            "url": self.gateway_url, "shards": self.options.shards,
            "session_start_limit": { "total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1 },
        })
    }
}

/// What stands for a body that is no JSON.
pub(super) const NO_JSON: &str = "\u{0}no JSON";

fn ok(body: Value) -> Outcome {
    Ok((200, body))
}

fn done(body: Value) -> Outcome {
    Ok((204, body))
}

fn number(step: &str, otherwise: &Refusal) -> Result<u64, Refusal> {
    step.parse().map_err(|_| otherwise.clone())
}
