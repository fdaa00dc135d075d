//! Asking over HTTP: where the policy allows it, within a time and a size, and each redirect held to the policy anew.

use std::error::Error;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::redirect;
use reqwest::{Method, Response, StatusCode, Url};

use super::address::{Policy, Refused, Unresolved};

/// An address may lead on to another this many times.
pub(in crate::outside) const MOST_HOPS: usize = 5;

/// How long is waited, and how much is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the first word to the last of the answer, with every redirect.
    pub time: Duration,
    /// Of the body, in bytes.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            time: Duration::from_secs(20),
            bytes: 1024 * 1024,
        }
    }
}

/// What asks. It keeps no cookies and says nothing but what it is given.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    policy: Policy,
    limits: Limits,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status, such as 200.
    pub status: u16,
    /// How long is to be waited before it is asked again, when it says so in seconds.
    pub retry_after: Option<Duration>,
    /// What there was to read.
    pub body: Vec<u8>,
}

impl Reply {
    /// Whether what was asked for was there, or done.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Why nothing came back.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The address is not one that may be asked.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The name in the address leads nowhere.
    #[error("the name in the address leads nowhere")]
    Unresolved,
    /// Nobody took the connection, or it broke.
    #[error("no connection could be made, or it broke")]
    Unreachable(#[source] Option<reqwest::Error>),
    /// The certificate does not hold.
    #[error("the certificate is not one to trust")]
    Certificate,
    /// It took too long.
    #[error("no whole answer came in time")]
    Slow,
    /// It leads on and on.
    #[error("the address leads on more than {MOST_HOPS} times")]
    TooManyHops,
    /// There was more to read than may be read.
    #[error("the answer is larger than may be read")]
    TooLarge,
    /// What is to be sent along cannot be sent.
    #[error("a header cannot be sent; it must be plain text in one line")]
    Header,
}

/// One question, before any redirect is followed.
#[derive(Debug)]
pub(in crate::outside) enum Step {
    /// It answered; the body is not read yet.
    Answered(Response),
    /// It says to ask elsewhere.
    Elsewhere {
        /// Where.
        to: Url,
        /// Whether from now on.
        for_good: bool,
    },
}

impl Client {
    /// A client that gives itself out as `name`. Fails when the name cannot be sent, or TLS cannot be set up.
    pub fn new(policy: Policy, name: &str, limits: Limits) -> Result<Client, Failure> {
        let name = HeaderValue::from_str(name).map_err(|_| Failure::Header)?;
        let http = builder(&policy)
            .user_agent(name)
            .timeout(limits.time)
            .build()
            .map_err(|e| Failure::Unreachable(Some(e)))?;
        Ok(Client {
            http,
            policy,
            limits,
        })
    }

    /// What may be asked.
    pub(in crate::outside) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Gets a page and reads it, following where it leads. Fails when there is no answer, or more than may be read.
    pub async fn get(&self, address: &str) -> Result<Reply, Failure> {
        let asking = async {
            let mut at = self.policy.parse(address)?;
            for _ in 0..=MOST_HOPS {
                match self.step(Method::GET, &at).await? {
                    Step::Answered(response) => return self.read(response).await,
                    Step::Elsewhere { to, .. } => at = to,
                }
            }
            Err(Failure::TooManyHops)
        };
        self.in_time(asking).await
    }

    /// Sends something, and reads the answer. A redirect is an answer as any other, for what is sent to one address is not
    /// meant for another. Fails when there is no answer, or more than may be read.
    pub async fn post(
        &self,
        address: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<Reply, Failure> {
        let at = self.policy.parse(address)?;
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| Failure::Header)?;
            let value = HeaderValue::from_str(value).map_err(|_| Failure::Header)?;
            map.insert(name, value);
        }
        let sending = async {
            let request = self.http.post(at).headers(map).body(body);
            let response = request.send().await.map_err(Failure::of)?;
            self.read(response).await
        };
        self.in_time(sending).await
    }

    /// One question to one address, which is held to the policy first.
    pub(in crate::outside) async fn step(&self, method: Method, at: &Url) -> Result<Step, Failure> {
        self.policy.admit(at)?;
        let request = self.http.request(method, at.clone());
        let response = request.send().await.map_err(Failure::of)?;
        let for_good = match response.status() {
            StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT => true,
            StatusCode::FOUND | StatusCode::SEE_OTHER | StatusCode::TEMPORARY_REDIRECT => false,
            _ => return Ok(Step::Answered(response)),
        };
        let Some(to) = response.headers().get(LOCATION) else {
            return Ok(Step::Answered(response));
        };
        // Servers write å, ä and ö there as they are.
        let to = at.join(&String::from_utf8_lossy(to.as_bytes()));
        let to = to.map_err(|_| Refused::Unreadable)?;
        self.policy.admit(&to)?;
        Ok(Step::Elsewhere { to, for_good })
    }

    /// Reads the body, so far as it may be read.
    async fn read(&self, mut response: Response) -> Result<Reply, Failure> {
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(Failure::of)? {
            if body.len() + piece.len() > self.limits.bytes {
                return Err(Failure::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        Ok(Reply {
            status: response.status().as_u16(),
            retry_after: retry_after(&response),
            body,
        })
    }

    async fn in_time<T>(
        &self,
        asking: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        match tokio::time::timeout(self.limits.time, asking).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Failure::Slow),
        }
    }
}

/// A client to build on that holds every name to the policy and follows nothing by itself. It goes straight to where it is
/// to go, for what a proxy looks up could not be checked.
pub(in crate::outside) fn builder(policy: &Policy) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .dns_resolver(policy.resolver())
        .redirect(redirect::Policy::none())
        .no_proxy()
}

/// How long the answer asks to wait, when it says so in seconds.
pub(in crate::outside) fn retry_after(response: &Response) -> Option<Duration> {
    let said = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    said.trim().parse().ok().map(Duration::from_secs)
}

/// Where an address has moved to for good: as far as every step so far was for good.
#[derive(Debug, Default)]
pub(in crate::outside) struct Moved {
    to: Option<Url>,
    is_over: bool,
}

impl Moved {
    /// Takes one more step into account.
    pub(in crate::outside) fn hop(&mut self, to: &Url, for_good: bool) {
        self.is_over |= !for_good;
        if !self.is_over {
            self.to = Some(to.clone());
        }
    }

    /// Where it has moved to, if it has.
    pub(in crate::outside) fn to(&self) -> Option<&Url> {
        self.to.as_ref()
    }
}

impl Failure {
    /// What a failure of the library comes to.
    pub(in crate::outside) fn of(error: reqwest::Error) -> Failure {
        let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
        while let Some(at) = cause {
            if let Some(refused) = at.downcast_ref::<Refused>() {
                return Failure::Refused(*refused);
            }
            if at.is::<Unresolved>() {
                return Failure::Unresolved;
            }
            // The library that checks certificates is none of ours, so that its words must do.
            if at.to_string().starts_with("invalid peer certificate") {
                return Failure::Certificate;
            }
            cause = at.source();
        }
        if error.is_timeout() {
            Failure::Slow
        } else {
            // The address may hold a secret, and is known to whoever asked.
            Failure::Unreachable(Some(error.without_url()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::stand_in::serve;

    fn client() -> Client {
        // Longer than any answer takes, on however busy a machine.
        client_of(Duration::from_secs(20))
    }

    fn client_of(time: Duration) -> Client {
        let policy = Policy::widened_by(&["127.0.0.1"]).unwrap();
        let limits = Limits { time, bytes: 100 };
        Client::new(policy, "lots-test", limits).unwrap()
    }

    #[tokio::test]
    async fn redirects_are_followed_so_far_as_is_sensible() {
        let pages = &[
            ("/a", "301 M\r\nlocation: /b"),
            ("/b", "308 M\r\nlocation: /c"),
            ("/c", "302 M\r\nlocation: /d"),
            ("/d", "200 OK\r\n\r\nhej"),
            ("/round", "302 M\r\nlocation: /round"),
            ("/busy", "429 B\r\nretry-after: 120"),
        ];
        let (at, _) = serve(pages).await.unwrap();
        let reply = client().get(&format!("{at}/a")).await.unwrap();
        let expected = Reply {
            status: 200,
            retry_after: None,
            body: b"hej".to_vec(),
        };
        assert_eq!(reply, expected);
        let round = client().get(&format!("{at}/round")).await;
        assert!(matches!(round, Err(Failure::TooManyHops)), "{round:?}");
        let busy = client().get(&format!("{at}/busy")).await.unwrap();
        assert_eq!(
            (busy.status, busy.retry_after),
            (429, Some(Duration::from_secs(120)))
        );
    }

    #[tokio::test]
    async fn a_redirect_into_a_closed_network_is_not_followed() {
        let pages = &[
            ("/a", "302 M\r\nlocation: http://127.0.0.2/"),
            ("/c", "302 M\r\nlocation: file:///etc/passwd"),
        ];
        let (at, _) = serve(pages).await.unwrap();
        for (path, why) in [("a", Refused::Closed), ("c", Refused::Scheme)] {
            let reply = client().get(&format!("{at}/{path}")).await;
            assert!(
                matches!(&reply, Err(Failure::Refused(r)) if *r == why),
                "{path}: {reply:?}"
            );
        }
    }

    #[tokio::test]
    async fn what_is_slow_or_large_is_let_go_of() {
        let pages = &[
            (
                "/large",
                "200 OK\r\n\r\n0123456789012345678901234567890123456789\
             0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
            ),
            ("/post", "307 M\r\nlocation: /elsewhere"),
        ];
        let (at, _) = serve(pages).await.unwrap();
        let large = client().get(&format!("{at}/large")).await;
        assert!(matches!(large, Err(Failure::TooLarge)), "{large:?}");
        let hasty = client_of(Duration::from_millis(200));
        let silent = hasty.get(&format!("{at}/nothing")).await;
        assert!(matches!(silent, Err(Failure::Slow)), "{silent:?}");
        let sent = client()
            .post(&format!("{at}/post"), &[("x-a", "b")], b"{}".to_vec())
            .await;
        assert_eq!(sent.unwrap().status, 307);
        let header = client()
            .post(&format!("{at}/post"), &[("x-a", "b\nc")], Vec::new())
            .await;
        assert!(matches!(header, Err(Failure::Header)), "{header:?}");
        let nobody = client().get("http://127.0.0.1:9/").await;
        assert!(matches!(nobody, Err(Failure::Unreachable(_))), "{nobody:?}");
    }
}
