//! Signing in at an identity provider that speaks OpenID Connect: with the authorisation code, PKCE and a nonce.
//!
//! What the provider says of itself is read when someone first signs on, kept for an hour and read anew after that, and
//! when it has changed its keys. All that it says of someone is verified before it is believed.

mod kinds;
mod vouching;

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use openidconnect::core::{CoreAuthenticationFlow, CoreClientAuthMethod};
use openidconnect::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, LogoutRequest,
    Nonce, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl, RedirectUrl,
    RequestTokenError, Scope,
};
use tokio::sync::Mutex;

use kinds::{Metadata, ProviderClient, Token, Tokens};

/// How long the provider may take to take a connection, and to answer.
const CONNECTING: Duration = Duration::from_secs(3);
const ANSWERING: Duration = Duration::from_secs(8);
/// For how long what it says of itself is believed.
const KEPT: Duration = Duration::from_secs(60 * 60);
/// For how long it is believed when it does not answer.
const KEPT_WHEN_AWAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How often it is asked before it is taken to be away, and how long is waited in between.
const TRIES: u32 = 2;
const PAUSE: Duration = Duration::from_millis(300);

/// What a provider knows lots by, and what is asked of it.
#[derive(Clone)]
pub struct Registration {
    /// The provider: its address, exactly as it gives it itself.
    pub issuer: String,
    /// What it calls lots.
    pub client_id: String,
    /// What shows that it is lots; some providers make do with PKCE.
    pub client_secret: Option<String>,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
    /// Where it leads back to after someone has signed in.
    pub redirect: String,
    /// Where it leads back to after someone has signed out.
    pub after: String,
    /// The claim that says what someone may do; dots lead into a claim that holds others.
    pub role_claim: String,
    /// The claim that says where they work.
    pub office_claim: Option<String>,
}

/// What ties a sign-on to the browser that began it. Each is a secret of its own.
#[derive(Clone)]
pub struct Secrets {
    /// What comes back with the browser.
    pub state: String,
    /// What stands in the ID token.
    pub nonce: String,
    /// What is shown to the provider for the code: 43 to 128 letters and digits.
    pub verifier: String,
}

/// What the browser has brought back from the provider.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answered<'a> {
    /// The code.
    pub code: Option<&'a str>,
    /// The provider, when it says so.
    pub issuer: Option<&'a str>,
    /// Why there is no code, as OAuth 2.0 names it.
    pub error: Option<&'a str>,
}

/// Whom the provider vouches for.
#[derive(Clone, PartialEq, Eq)]
pub struct Vouched {
    /// The provider.
    pub issuer: String,
    /// What it knows them by.
    pub subject: String,
    /// What they may be called, the best first.
    pub names: Vec<String>,
    /// What stands in the claim that says what they may do.
    pub roles: BTreeSet<String>,
    /// What stands in the claim that says where they work.
    pub offices: BTreeSet<String>,
    /// What it wants back when they sign out.
    pub id_token: String,
}

/// Why nobody is vouched for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignOnError {
    /// The registration makes no sense.
    #[error("{0}")]
    Registration(String),
    /// The provider does not answer, or not as a provider does.
    #[error("the identity provider does not answer as it should: {0}")]
    Away(String),
    /// The answer is that of another provider.
    #[error("the answer is not that of the identity provider that was asked")]
    OtherProvider,
    /// Whoever was asked to sign in did not, or may not.
    #[error("the identity provider lets nobody in: {0}")]
    Declined(String),
    /// What the provider has sent does not hold.
    #[error("what the identity provider has sent does not hold: {0}")]
    Unproven(String),
}

/// A provider where people sign in.
pub struct SignOn {
    registration: Registration,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    after: PostLogoutRedirectUrl,
    http: reqwest::Client,
    known: Mutex<Option<Arc<Provider>>>,
}

impl SignOn {
    /// Fails when the registration makes no sense, with what to mend. Nothing is asked of the provider yet.
    pub fn new(registration: Registration) -> Result<SignOn, SignOnError> {
        let wrong = SignOnError::Registration;
        let issuer = IssuerUrl::new(registration.issuer.clone()).map_err(|_| {
            wrong(format!(
                "the issuer must be an address, such as https://login.example.se, not {:?}",
                registration.issuer
            ))
        })?;
        let is_secure = issuer.url().scheme() == "https";
        let host = issuer.url().host_str();
        let is_here = issuer.url().scheme() == "http"
            && matches!(host, Some("localhost" | "127.0.0.1" | "[::1]"));
        if !is_secure && !is_here {
            return Err(wrong(format!(
                "the issuer must begin with https://, not {:?}; only on this machine itself it may be http://",
                registration.issuer
            )));
        }
        let address = |text: &str| format!("{text} is no address to lead back to; set web.address");
        let redirect = RedirectUrl::new(registration.redirect.clone())
            .map_err(|_| wrong(address(&registration.redirect)))?;
        let after = PostLogoutRedirectUrl::new(registration.after.clone())
            .map_err(|_| wrong(address(&registration.after)))?;
        // An address that leads elsewhere is not followed: what is asked for here is where the provider says it is.
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .https_only(is_secure)
            .connect_timeout(CONNECTING)
            .timeout(ANSWERING)
            .build()
            .map_err(|error| wrong(format!("no connection can be made at all: {error}")))?;
        Ok(SignOn {
            registration,
            issuer,
            redirect,
            after,
            http,
            known: Mutex::new(None),
        })
    }

    /// Where a browser is led to sign in. `tongue` is the code of the language that the provider had best speak. Fails
    /// when the provider does not answer.
    pub async fn way_in(&self, secrets: &Secrets, tongue: &str) -> Result<String, SignOnError> {
        let provider = self.provider(false).await?;
        let (state, nonce) = (secrets.state.clone(), secrets.nonce.clone());
        let verifier = PkceCodeVerifier::new(secrets.verifier.clone());
        let client = self.client(&provider);
        let request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_scopes(self.registration.scopes.iter().cloned().map(Scope::new))
            .add_extra_param("ui_locales", tongue.to_owned());
        let (address, _, _) = request.url();
        Ok(address.into())
    }

    /// Whom the provider vouches for, given what the browser has brought back. The state has been compared already. Fails
    /// when the provider does not answer, and when anything that it has sent does not hold.
    pub async fn finish(
        &self,
        answered: &Answered<'_>,
        secrets: &Secrets,
    ) -> Result<Vouched, SignOnError> {
        let provider = self.provider(false).await?;
        let says_who = provider.metadata.additional_metadata();
        match answered.issuer {
            Some(issuer) if issuer != self.issuer.as_str() => {
                return Err(SignOnError::OtherProvider);
            }
            None if says_who.authorization_response_iss_parameter_supported => {
                return Err(SignOnError::OtherProvider);
            }
            Some(_) | None => {}
        }
        if let Some(error) = answered.error {
            return Err(SignOnError::Declined(error.chars().take(80).collect()));
        }
        let Some(code) = answered.code else {
            return Err(SignOnError::Unproven("there is no code".to_owned()));
        };
        let tokens = self.tokens(&provider, code, secrets).await?;
        self.vouched(&provider, &tokens, secrets).await
    }

    /// Where a browser is led to sign out at the provider as well; `None` when there is no such place, or the provider
    /// does not answer. `state` comes back with the browser.
    pub async fn way_out(&self, id_token: &str, state: &str) -> Option<String> {
        let provider = self.provider(false).await.ok()?;
        let place = provider.metadata.additional_metadata();
        let request = LogoutRequest::from(place.end_session_endpoint.clone()?)
            .set_id_token_hint(&Token::from_str(id_token).ok()?)
            .set_client_id(ClientId::new(self.registration.client_id.clone()))
            .set_post_logout_redirect_uri(self.after.clone())
            .set_state(CsrfToken::new(state.to_owned()));
        Some(request.http_get_url().into())
    }

    /// What the provider says of itself; anew when that is to be, or it has grown old.
    async fn provider(&self, anew: bool) -> Result<Arc<Provider>, SignOnError> {
        let mut known = self.known.lock().await;
        let age = known.as_ref().map(|provider| provider.read.elapsed());
        if let Some(provider) = known.as_ref()
            && !anew
            && age < Some(KEPT)
        {
            return Ok(Arc::clone(provider));
        }
        let mut why = String::new();
        for attempt in 0..TRIES {
            if attempt > 0 {
                tokio::time::sleep(PAUSE).await;
            }
            match Metadata::discover_async(self.issuer.clone(), &self.http).await {
                Ok(metadata) => {
                    let read = Instant::now();
                    let provider = Arc::new(Provider { metadata, read });
                    *known = Some(Arc::clone(&provider));
                    return Ok(provider);
                }
                Err(error) => why = told(&error),
            }
        }
        match known.as_ref() {
            Some(provider) if !anew && age < Some(KEPT_WHEN_AWAY) => Ok(Arc::clone(provider)),
            Some(_) | None => Err(SignOnError::Away(why)),
        }
    }

    fn client(&self, provider: &Provider) -> ProviderClient {
        let registration = &self.registration;
        let secret = registration.client_secret.clone().map(ClientSecret::new);
        let id = ClientId::new(registration.client_id.clone());
        let client = ProviderClient::from_provider_metadata(provider.metadata.clone(), id, secret)
            .set_redirect_uri(self.redirect.clone());
        let ways = provider.metadata.token_endpoint_auth_methods_supported();
        let takes = |way| ways.is_none_or(|ways| ways.contains(&way));
        if takes(CoreClientAuthMethod::ClientSecretBasic) {
            client
        } else {
            client.set_auth_type(AuthType::RequestBody)
        }
    }

    /// What the provider gives for a code.
    async fn tokens(
        &self,
        provider: &Provider,
        code: &str,
        secrets: &Secrets,
    ) -> Result<Tokens, SignOnError> {
        let client = self.client(provider);
        let request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| SignOnError::Away(told(&error)))?
            .set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier.clone()));
        let tokens = request.request_async(&self.http).await;
        tokens.map_err(|error| match error {
            RequestTokenError::Request(error) => SignOnError::Away(told(&error)),
            RequestTokenError::ServerResponse(answer) => {
                SignOnError::Unproven(format!("the code is refused, {}", answer.error().as_ref()))
            }
            // What was sent is not told: it may hold what is secret.
            RequestTokenError::Parse(_, _) | RequestTokenError::Other(_) => {
                SignOnError::Unproven("the answer to the code cannot be read".to_owned())
            }
        })
    }
}

impl fmt::Debug for SignOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignOn({})", self.issuer.as_str())
    }
}

/// What a provider says of itself, and when.
struct Provider {
    metadata: Metadata,
    read: Instant,
}

/// What an error says, with what it comes from.
fn told(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let causes: Vec<String> = causes.map(ToString::to_string).collect();
    causes.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_on_this_machine_may_a_provider_be_reached_in_the_clear() {
        let issued = |issuer: &str| {
            SignOn::new(Registration {
                issuer: issuer.to_owned(),
                client_id: "lots".to_owned(),
                client_secret: None,
                scopes: Vec::new(),
                redirect: "https://lots.provby.example/sign-on".to_owned(),
                after: "https://lots.provby.example/sign-on/out".to_owned(),
                role_claim: "roles".to_owned(),
                office_claim: None,
            })
        };
        for good in [
            "https://login.provby.example/v2.0",
            "http://localhost:9000",
            "http://[::1]:1",
            "http://127.0.0.1:1",
        ] {
            assert!(issued(good).is_ok(), "{good}");
        }
        for bad in [
            "http://login.provby.example",
            "http://localhost.evil.example",
            "http://localhost@evil.example",
            "ftp://localhost",
            "login.provby.example",
        ] {
            let error = issued(bad).unwrap_err().to_string();
            assert!(error.contains("issuer"), "{bad}: {error}");
        }
    }
}
