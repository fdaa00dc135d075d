//! Whether the pages behind links are there: asked as a good guest asks. What a site lets no program ask is not asked, one
//! question at a time goes to a site, with a pause before the next, and whoever asks says who they are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Method, Url};
use robotstxt::DefaultMatcher;
use tokio::sync::Mutex as Turn;
use tokio::time::{Instant, sleep_until};

use super::address::{Policy, Refused};
use super::client::{Client, Failure, Limits, MOST_HOPS, Moved, Step, retry_after};

/// What a site's `robots.txt` calls us.
const AGENT: &str = "lots";
/// How long what a site lets programs ask is taken to hold.
const ROBOTS_FOR: Duration = Duration::from_secs(24 * 3_600);
/// A site that is gone is not asked again for so long.
const GONE_FOR: Duration = Duration::from_secs(10 * 60);
/// Whoever asks for more patience than this is asked another time.
const PATIENCE: Duration = Duration::from_secs(30);
/// A site that asks for patience is given no more than this.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3_600);
/// And this, when it does not say how much.
const WAIT: Duration = Duration::from_secs(3_600);
/// How long one question may take, and how much of a `robots.txt` is read, as its standard asks for.
const LIMITS: Limits = Limits {
    time: Duration::from_secs(20),
    bytes: 512 * 1024,
};

/// What looking at a link comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// There is a page.
    Found,
    /// There is no page.
    Missing,
    /// The site answers with a fault.
    Fault,
    /// The name in the address leads nowhere.
    Unresolved,
    /// Nobody answers.
    Unreachable,
    /// No answer comes in time.
    Slow,
    /// The certificate does not hold.
    Certificate,
    /// It leads on and on.
    Circle,
    /// The site lets nobody in who does not sign in, or lets no program in.
    Denied,
    /// The site asks programs not to look.
    Robots,
    /// The address is not one that lots may ask.
    Barred,
    /// The site asks to be left alone for a while.
    Busy,
}

impl Finding {
    /// Every finding, in the order of the variants.
    pub const ALL: [Finding; 12] = [
        Finding::Found,
        Finding::Missing,
        Finding::Fault,
        Finding::Unresolved,
        Finding::Unreachable,
        Finding::Slow,
        Finding::Certificate,
        Finding::Circle,
        Finding::Denied,
        Finding::Robots,
        Finding::Barred,
        Finding::Busy,
    ];

    /// The finding in a word, as it is kept.
    pub fn code(self) -> &'static str {
        match self {
            Finding::Found => "found",
            Finding::Missing => "missing",
            Finding::Fault => "fault",
            Finding::Unresolved => "unresolved",
            Finding::Unreachable => "unreachable",
            Finding::Slow => "slow",
            Finding::Certificate => "certificate",
            Finding::Circle => "circle",
            Finding::Denied => "denied",
            Finding::Robots => "robots",
            Finding::Barred => "barred",
            Finding::Busy => "busy",
        }
    }

    /// The finding with this code; `None` for any other.
    pub fn from_code(code: &str) -> Option<Finding> {
        Finding::ALL.into_iter().find(|f| f.code() == code)
    }

    /// Whether whoever followed the link would find nothing. What cannot be looked at is no failure.
    pub fn is_failure(self) -> bool {
        match self {
            Finding::Missing
            | Finding::Fault
            | Finding::Unresolved
            | Finding::Unreachable
            | Finding::Slow
            | Finding::Certificate
            | Finding::Circle => true,
            Finding::Found
            | Finding::Denied
            | Finding::Robots
            | Finding::Barred
            | Finding::Busy => false,
        }
    }
}

/// What was found behind a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// What it comes to.
    pub finding: Finding,
    /// The status that the site answered with, such as 404.
    pub status: Option<u16>,
    /// Where the page has moved to for good, when it has.
    pub moved: Option<String>,
    /// How long the site asks to be left alone.
    pub wait: Option<Duration>,
}

impl From<Finding> for Looked {
    fn from(finding: Finding) -> Looked {
        Looked {
            finding,
            status: None,
            moved: None,
            wait: None,
        }
    }
}

/// What looks at links. It remembers, of each site, what that lets programs ask and when it was last asked.
#[derive(Debug)]
pub struct LinkChecker {
    client: Client,
    pause: Duration,
    sites: Mutex<HashMap<String, Arc<Turn<Site>>>>,
}

/// A site, for whoever has the turn to ask it.
#[derive(Debug, Default)]
struct Site {
    /// What it lets programs ask, and since when that is known.
    robots: Option<(Instant, Robots)>,
    /// When it may be asked again.
    free_at: Option<Instant>,
    /// That it is not there at all, and since when that is known.
    gone: Option<(Instant, Looked)>,
}

/// What a site lets programs ask.
#[derive(Debug)]
enum Robots {
    /// Everything: it says nothing about it.
    Open,
    /// Nothing: it could not say.
    Closed,
    /// What its `robots.txt` says.
    Rules(String),
}

impl LinkChecker {
    /// One that pauses so long between two questions to a site, and names an address where those who wonder who asks can
    /// turn. Fails when the address cannot be sent.
    pub fn new(
        policy: Policy,
        contact: Option<&str>,
        pause: Duration,
    ) -> Result<LinkChecker, Failure> {
        let version = env!("CARGO_PKG_VERSION");
        let name = match contact {
            Some(contact) => {
                format!("{AGENT}/{version} (looks whether links still lead somewhere; +{contact})")
            }
            None => format!("{AGENT}/{version} (looks whether links still lead somewhere)"),
        };
        Ok(LinkChecker {
            client: Client::new(policy, &name, LIMITS)?,
            pause,
            sites: Mutex::default(),
        })
    }

    /// Looks whether there is a page behind an address. It may take minutes where others look at the same site.
    pub async fn look(&self, address: &str) -> Looked {
        let mut at = match self.client.policy().parse(address) {
            Ok(at) => at,
            Err(_) => return Finding::Barred.into(),
        };
        let mut moved = Moved::default();
        for _ in 0..=MOST_HOPS {
            match self.ask(&at).await {
                Ok((to, for_good)) => {
                    moved.hop(&to, for_good);
                    at = to;
                }
                Err(looked) => {
                    let found = moved.to().filter(|_| looked.finding == Finding::Found);
                    return Looked {
                        moved: found.map(Url::to_string),
                        ..looked
                    };
                }
            }
        }
        Finding::Circle.into()
    }

    /// Asks a site for an address when its turn has come: where that leads on to, and whether for good, or else what it comes
    /// to.
    async fn ask(&self, at: &Url) -> Result<(Url, bool), Looked> {
        let site = self.site(at);
        let mut site = site.lock().await;
        if !self.may_ask(&mut site, at).await? {
            return Err(Finding::Robots.into());
        }
        let head = self.turn(&mut site, Method::HEAD, at).await;
        let is_told = match &head {
            Ok(Step::Elsewhere { .. }) => true,
            Ok(Step::Answered(response)) => matches!(
                of_answer(response.status().as_u16(), retry_after(response)).finding,
                Finding::Found | Finding::Busy
            ),
            Err(failure) => !matches!(failure, Failure::Unreachable(_)),
        };
        // Many sites answer what only asks for the head with a fault.
        let step = match is_told {
            true => head,
            false => self.turn(&mut site, Method::GET, at).await,
        };
        match step {
            Ok(Step::Elsewhere { to, for_good }) => Ok((to, for_good)),
            Ok(Step::Answered(response)) => {
                let looked = of_answer(response.status().as_u16(), retry_after(&response));
                if let Some(wait) = looked.wait {
                    site.free_at = Some(Instant::now() + wait);
                }
                Err(looked)
            }
            Err(failure) => Err(of_failure(&failure).into()),
        }
    }

    /// One question, after the pause since the one before.
    async fn turn(&self, site: &mut Site, method: Method, at: &Url) -> Result<Step, Failure> {
        if let Some(free_at) = site.free_at {
            sleep_until(free_at).await;
        }
        let step = self.client.step(method, at).await;
        site.free_at = Some(Instant::now() + self.pause);
        step
    }

    /// Whether a site lets programs ask for an address. Fails with what asking it comes to when the site does not answer at
    /// all, and when it is to be left alone for long.
    async fn may_ask(&self, site: &mut Site, at: &Url) -> Result<bool, Looked> {
        let now = Instant::now();
        let wait = site
            .free_at
            .map(|free_at| free_at.saturating_duration_since(now));
        if let Some(wait) = wait.filter(|wait| *wait > PATIENCE + self.pause) {
            let busy = Looked::from(Finding::Busy);
            return Err(Looked {
                wait: Some(wait),
                ..busy
            });
        }
        if let Some((since, looked)) = &site.gone
            && now.duration_since(*since) < GONE_FOR
        {
            return Err(looked.clone());
        }
        let is_known = site.robots.as_ref();
        if is_known.is_none_or(|(since, _)| now.duration_since(*since) >= ROBOTS_FOR) {
            if let Some(free_at) = site.free_at {
                sleep_until(free_at).await;
            }
            let robots = self.robots(at).await;
            let wait = robots.as_ref().err().and_then(|looked| looked.wait);
            site.free_at = Some(Instant::now() + wait.unwrap_or(self.pause));
            match robots {
                Ok(robots) => site.robots = Some((Instant::now(), robots)),
                Err(looked) => {
                    if looked.finding.is_failure() {
                        site.gone = Some((Instant::now(), looked.clone()));
                    }
                    return Err(looked);
                }
            }
        }
        Ok(match &site.robots {
            Some((_, Robots::Rules(rules))) => {
                DefaultMatcher::default().one_agent_allowed_by_robots(rules, AGENT, at.as_str())
            }
            Some((_, Robots::Open)) => true,
            Some((_, Robots::Closed)) | None => false,
        })
    }

    /// What a site lets programs ask, as the standard for it (RFC 9309) has it read.
    async fn robots(&self, at: &Url) -> Result<Robots, Looked> {
        let Ok(file) = at.join("/robots.txt") else {
            return Ok(Robots::Closed);
        };
        match self.client.get(file.as_str()).await {
            Ok(reply) if reply.is_success() => Ok(Robots::Rules(
                String::from_utf8_lossy(&reply.body).into_owned(),
            )),
            Ok(reply) if of_answer(reply.status, reply.retry_after).wait.is_some() => {
                Err(of_answer(reply.status, reply.retry_after))
            }
            Ok(reply) if (400..500).contains(&reply.status) => Ok(Robots::Open),
            Ok(_) | Err(Failure::TooLarge | Failure::TooManyHops | Failure::Header) => {
                Ok(Robots::Closed)
            }
            // A site that is gone has no rules; that it is gone is what there is to tell.
            Err(failure) => Err(of_failure(&failure).into()),
        }
    }

    fn site(&self, at: &Url) -> Arc<Turn<Site>> {
        let name = format!(
            "{}:{}",
            at.host_str().unwrap_or_default(),
            at.port_or_known_default().unwrap_or_default()
        );
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(sites.entry(name).or_default())
    }
}

/// What an answer comes to, by its status and how long it asks to be left alone.
fn of_answer(status: u16, retry_after: Option<Duration>) -> Looked {
    let finding = match (status, retry_after) {
        (200..300, _) => Finding::Found,
        (404 | 410, _) => Finding::Missing,
        (401 | 402 | 403 | 407 | 451, _) => Finding::Denied,
        (429, _) | (503, Some(_)) => Finding::Busy,
        (_, _) => Finding::Fault,
    };
    let wait = retry_after.unwrap_or(WAIT).min(LONGEST_WAIT);
    Looked {
        finding,
        status: Some(status),
        moved: None,
        wait: (finding == Finding::Busy).then_some(wait),
    }
}

/// What a failure comes to.
fn of_failure(failure: &Failure) -> Finding {
    match failure {
        Failure::Refused(Refused::Closed | Refused::Port | Refused::Credentials) => Finding::Barred,
        Failure::Refused(Refused::Unreadable | Refused::Scheme) => Finding::Fault,
        Failure::Unresolved => Finding::Unresolved,
        Failure::Certificate => Finding::Certificate,
        Failure::Slow => Finding::Slow,
        Failure::TooManyHops => Finding::Circle,
        Failure::Unreachable(_) | Failure::TooLarge | Failure::Header => Finding::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::stand_in::serve;

    fn checker(pause: Duration) -> LinkChecker {
        let policy = Policy::widened_by(&["127.0.0.1"]).unwrap();
        LinkChecker::new(policy, Some("https://lots.example.se"), pause).unwrap()
    }

    fn quick() -> LinkChecker {
        checker(Duration::ZERO)
    }

    #[test]
    fn findings_are_read_back() {
        for finding in Finding::ALL {
            assert_eq!(Finding::from_code(finding.code()), Some(finding));
        }
        assert_eq!(Finding::from_code("Found"), None);
    }

    #[tokio::test]
    async fn what_is_behind_a_link_is_told() {
        let pages = &[
            ("/robots.txt", "404 None"),
            ("/a", "200 OK"),
            ("/gone", "410 Gone"),
            ("HEAD /shy", "405 No"),
            ("GET /shy", "200 OK\r\n\r\nhej"),
            ("/broken", "500 Oh"),
            ("/members", "403 No"),
            ("/old", "301 M\r\nlocation: /a"),
            ("/lost", "301 M\r\nlocation: /gone"),
            ("/for-now", "302 M\r\nlocation: /a"),
            ("/round", "301 M\r\nlocation: /round"),
            ("/in", "302 M\r\nlocation: http://10.0.0.1/"),
        ];
        let (at, _) = serve(pages).await.unwrap();
        let checker = quick();
        let expected = [
            ("a", Finding::Found, Some(200), None),
            ("gone", Finding::Missing, Some(410), None),
            ("shy", Finding::Found, Some(200), None),
            ("broken", Finding::Fault, Some(500), None),
            ("members", Finding::Denied, Some(403), None),
            ("old", Finding::Found, Some(200), Some("a")),
            ("lost", Finding::Missing, Some(410), None),
            ("for-now", Finding::Found, Some(200), None),
            ("round", Finding::Circle, None, None),
            ("in", Finding::Barred, None, None),
        ];
        for (path, finding, status, moved) in expected {
            let looked = checker.look(&format!("{at}/{path}")).await;
            let expected = Looked {
                finding,
                status,
                moved: moved.map(|path: &str| format!("{at}/{path}")),
                wait: None,
            };
            assert_eq!(looked, expected, "{path}");
        }
        let nobody = checker.look("http://127.0.0.1:9/").await;
        assert_eq!(nobody.finding, Finding::Unreachable);
        let closed = checker.look("http://169.254.169.254/").await;
        assert_eq!(closed.finding, Finding::Barred);
    }

    #[tokio::test]
    async fn what_a_site_keeps_from_programs_is_not_asked() {
        let rules = "200 OK\r\n\r\nuser-agent: *\ndisallow: /private\n\nuser-agent: lots\ndisallow: /ours\n";
        let pages: &[(&str, &str)] = Box::leak(Box::new([
            ("/robots.txt", rules),
            ("/private", "200 OK"),
            ("/ours", "200 OK"),
        ]));
        let (at, asked) = serve(pages).await.unwrap();
        let checker = quick();
        for (path, finding) in [("ours", Finding::Robots), ("private", Finding::Found)] {
            let looked = checker.look(&format!("{at}/{path}")).await;
            assert_eq!(looked.finding, finding, "{path}");
        }
        let asked = asked.lock().unwrap().clone();
        assert_eq!(
            asked,
            ["GET /robots.txt", "HEAD /private"],
            "the rules are asked for once"
        );
    }

    #[tokio::test]
    async fn a_site_that_cannot_say_what_may_be_asked_is_left_alone() {
        let pages = &[("/robots.txt", "503 Oh"), ("/a", "200 OK")];
        let (at, asked) = serve(pages).await.unwrap();
        let looked = quick().look(&format!("{at}/a")).await;
        assert_eq!(looked.finding, Finding::Robots);
        assert_eq!(asked.lock().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn a_site_is_asked_once_at_a_time_with_a_pause() {
        let pages = &[
            ("/robots.txt", "404 None"),
            ("/a", "200 OK"),
            ("/b", "200 OK"),
        ];
        let (at, asked) = serve(pages).await.unwrap();
        let checker = checker(Duration::from_millis(80));
        let begun = Instant::now();
        let (a, b) = (format!("{at}/a"), format!("{at}/b"));
        let (a, b) = tokio::join!(checker.look(&a), checker.look(&b));
        assert_eq!((a.finding, b.finding), (Finding::Found, Finding::Found));
        assert!(
            begun.elapsed() >= Duration::from_millis(160),
            "{:?}",
            begun.elapsed()
        );
        assert_eq!(asked.lock().unwrap().len(), 3);
    }

    #[tokio::test]
    async fn a_site_that_asks_for_patience_is_given_it() {
        let pages = &[
            ("/robots.txt", "404 None"),
            ("/tired", "503 Later\r\nretry-after: 1"),
            ("/a", "429 Slower\r\nretry-after: 7200"),
            ("/b", "200 OK"),
        ];
        let (at, asked) = serve(pages).await.unwrap();
        let checker = quick();
        let tired = checker.look(&format!("{at}/tired")).await;
        assert_eq!(tired.wait, Some(Duration::from_secs(1)));
        let first = checker.look(&format!("{at}/a")).await;
        assert_eq!(first.finding, Finding::Busy);
        assert_eq!(first.wait, Some(Duration::from_secs(7200)));
        let next = checker.look(&format!("{at}/b")).await;
        assert_eq!(next.finding, Finding::Busy);
        assert!(next.wait.unwrap() > Duration::from_secs(7000));
        assert_eq!(
            asked.lock().unwrap().len(),
            3,
            "nothing more is asked of it"
        );
    }
}
