//! Someone who visits the site: keeps the cookie, sends the forms of the page, and is led on as a browser is.

use reqwest::header::{HeaderMap, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, StatusCode};

use super::site::Site;

/// A browser without JavaScript.
pub(crate) struct Browser {
    client: Client,
    origin: String,
    cookie: Option<String>,
    /// What the forms of the page that it looks at bring.
    token: String,
    /// What it says of itself with every form.
    pub(crate) says: Vec<(&'static str, String)>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Browser {
    pub(crate) fn new(site: &Site) -> Browser {
        Browser::at(site.url(""))
    }

    /// The same on a site of any kind.
    pub(crate) fn at(origin: String) -> Browser {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Browser {
            client,
            origin,
            cookie: None,
            token: String::new(),
            says: vec![("sec-fetch-site", "same-origin".to_owned())],
        }
    }

    /// The cookies it was given, as `name=value`, with a semicolon and a space between them.
    pub(crate) fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// What the forms of the page that it looks at bring.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Goes on with another's cookie, or with none.
    pub(crate) fn take_cookie(&mut self, cookie: Option<&str>) {
        self.cookie = cookie.map(str::to_owned);
    }

    /// Keeps a cookie beside those of other names, or forgets it.
    fn keep(&mut self, set: &str) {
        let pair = set.split(';').next().unwrap();
        let name = &pair[..=pair.find('=').unwrap()];
        let before = self.cookie.take().unwrap_or_default();
        let mut all: Vec<&str> = before.split("; ").filter(|one| !one.is_empty()).collect();
        all.retain(|one| !one.starts_with(name));
        if !set.split("; ").any(|part| part == "Max-Age=0") {
            all.push(pair);
        }
        self.cookie = (!all.is_empty()).then(|| all.join("; "));
    }

    /// Opens a page.
    pub(crate) async fn open(&mut self, path: &str) -> Page {
        let page = self.send(Method::GET, path, &[]).await;
        if let Some((_, rest)) = page.text.split_once("name=\"token\" value=\"") {
            self.token = rest.split('"').next().unwrap().to_owned();
        }
        page
    }

    /// Sends a form of the page it looks at; what comes back is not followed.
    pub(crate) async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.token.clone();
        let fields: Vec<_> = [("token", token.as_str())]
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        self.send(Method::POST, path, &fields).await
    }

    /// Sends a form and is led back to the page.
    pub(crate) async fn send_and_follow(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let sent = self.submit(path, fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        let place = sent.headers[LOCATION].to_str().unwrap();
        let path = place.split('#').next().unwrap().to_owned();
        self.open(&path).await
    }

    /// Opens the Swedish page and asks.
    pub(crate) async fn ask(&mut self, text: &str) -> Page {
        self.open("/sv/").await;
        self.send_and_follow("/sv/ask", &[("text", text)]).await
    }

    /// Sends anything, as it is.
    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Page {
        let is_form = method == Method::POST;
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.origin));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if is_form {
            request = request.form(fields);
            for (name, value) in &self.says {
                request = request.header(*name, value);
            }
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        for set in headers.get_all(SET_COOKIE) {
            self.keep(set.to_str().unwrap());
        }
        let text = response.text().await.unwrap();
        Page {
            status,
            headers,
            text,
        }
    }
}

impl Page {
    /// Holds it to saying something.
    #[track_caller]
    pub(crate) fn says(&self, part: &str) {
        assert!(
            self.text.contains(part),
            "{part:?} is not said:\n{}",
            self.text
        );
    }

    /// Holds it to not saying something.
    #[track_caller]
    pub(crate) fn does_not_say(&self, part: &str) {
        assert!(
            !self.text.contains(part),
            "{part:?} is said:\n{}",
            self.text
        );
    }

    /// What stands between two marks, the first time it does.
    #[track_caller]
    pub(crate) fn between(&self, before: &str, after: &str) -> &str {
        let (_, rest) = self
            .text
            .split_once(before)
            .unwrap_or_else(|| panic!("{before:?} is not said:\n{}", self.text));
        rest.split(after).next().unwrap()
    }
}
