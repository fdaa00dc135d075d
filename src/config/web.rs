//! The settings of the web channel.

use std::net::{IpAddr, SocketAddr};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::AboutSettings;

/// `[web]` in `lots.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebSettings {
    /// Where the page is served; `off` for no page.
    pub listen: Listen,
    /// The address that residents use, such as `https://lots.example.se`, when it is not that of `listen`: for links in
    /// the calendar, for search engines, and to know whether it is served over TLS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The sites that may show the panel, such as `https://www.example.se`.
    pub origins: Vec<String>,
    /// The addresses of proxies that say truly, in `X-Forwarded-For`, for whom they ask.
    pub trusted_proxies: Vec<IpAddr>,
    /// Where figures for Prometheus are served; nowhere when it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metrics: Option<SocketAddr>,
    /// How many questions a client may ask in a minute.
    pub rate: u32,
    /// How many requests are worked on at once.
    pub concurrent: usize,
    /// Whether what residents ask is given out as open data.
    pub open_data: bool,
    /// What the pages about privacy and accessibility state.
    pub about: AboutSettings,
}

impl Default for WebSettings {
    fn default() -> Self {
        WebSettings {
            listen: Listen::At(SocketAddr::from(([127, 0, 0, 1], 8080))),
            address: None,
            origins: Vec::new(),
            trusted_proxies: Vec::new(),
            metrics: None,
            rate: 30,
            concurrent: 512,
            open_data: false,
            about: AboutSettings::default(),
        }
    }
}

impl WebSettings {
    /// Puts what the environment says over what was read. Fails when it makes no sense.
    pub(super) fn overlay(
        &mut self,
        environment: impl Fn(&str) -> Option<String>,
    ) -> anyhow::Result<()> {
        if let Some(listen) = environment("LOTS_LISTEN") {
            self.listen = Listen::try_from(listen)
                .map_err(anyhow::Error::msg)
                .context("LOTS_LISTEN cannot be used")?;
        }
        if let Some(address) = environment("LOTS_ADDRESS") {
            self.address = Some(address);
        }
        if let Some(metrics) = environment("LOTS_METRICS") {
            self.metrics = Some(metrics.parse().with_context(|| {
                format!("LOTS_METRICS must be an address and a port, such as 127.0.0.1:9090, not {metrics:?}")
            })?);
        }
        Ok(())
    }

    /// Fails when a value makes no sense, with what to mend.
    pub(super) fn reasonable(&mut self) -> anyhow::Result<()> {
        if let Some(address) = &mut self.address {
            *address = origin(address).with_context(|| {
                format!("web.address must be a scheme and a host, such as https://lots.example.se, not {address:?}")
            })?;
        }
        for site in &mut self.origins {
            *site = origin(site).with_context(|| {
                format!("web.origins must name each site by scheme and host, such as https://www.example.se, not {site:?}")
            })?;
        }
        anyhow::ensure!(
            (1..=6_000).contains(&self.rate),
            "web.rate must be from 1 to 6000 questions a minute, not {}",
            self.rate
        );
        anyhow::ensure!(
            (1..=100_000).contains(&self.concurrent),
            "web.concurrent must be from 1 to 100000 requests, not {}",
            self.concurrent
        );
        self.about.reasonable()?;
        if let (Some(metrics), Listen::At(listen)) = (self.metrics, self.listen) {
            anyhow::ensure!(
                metrics != listen || metrics.port() == 0,
                "web.metrics must be another address than web.listen, or everyone could read the figures"
            );
        }
        Ok(())
    }

    /// Whether residents reach the page over TLS.
    pub fn is_secure(&self) -> bool {
        self.address
            .as_deref()
            .is_some_and(|a| a.starts_with("https://"))
    }
}

/// Scheme, host and port as a browser writes them in `Origin`; `None` for what is more, less or something else.
fn origin(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/');
    let (scheme, host) = text.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let is_host = !host.is_empty() && host.chars().all(allowed);
    (matches!(scheme.as_str(), "http" | "https") && is_host)
        .then(|| format!("{scheme}://{}", host.to_ascii_lowercase()))
}

/// Where the page is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Listen {
    /// Nowhere.
    Off,
    /// At this address; port 0 for any that is free.
    At(SocketAddr),
}

impl TryFrom<String> for Listen {
    type Error = String;
    fn try_from(text: String) -> Result<Listen, String> {
        let text = text.trim();
        if text == "off" {
            return Ok(Listen::Off);
        }
        text.replacen("localhost:", "127.0.0.1:", 1)
            .parse()
            .map(Listen::At)
            .map_err(|_| {
                format!("{text:?} must be an address and a port, such as 127.0.0.1:8080, or off")
            })
    }
}

impl From<Listen> for String {
    fn from(listen: Listen) -> String {
        match listen {
            Listen::Off => "off".to_owned(),
            Listen::At(address) => address.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        let cases = [
            ("https://Www.Example.se/", Some("https://www.example.se")),
            ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("http://[::1]:80", Some("http://[::1]:80")),
            ("https://www.example.se/lots", None),
            ("https://user@example.se", None),
            ("www.example.se", None),
            ("https://", None),
            ("https://exämple.se", None),
            ("*", None),
        ];
        for (text, expected) in cases {
            assert_eq!(origin(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_address_to_listen_at_can_be_off() {
        assert_eq!(Listen::try_from("off".to_owned()), Ok(Listen::Off));
        let here = Listen::try_from("localhost:9000".to_owned());
        assert_eq!(here.map(String::from).as_deref(), Ok("127.0.0.1:9000"));
        let error = Listen::try_from("8080".to_owned()).unwrap_err();
        assert!(error.contains("127.0.0.1:8080"), "{error}");
    }

    #[test]
    fn figures_are_not_served_to_everyone() {
        let mut settings = WebSettings {
            metrics: Some(SocketAddr::from(([127, 0, 0, 1], 8080))),
            ..WebSettings::default()
        };
        assert!(settings.reasonable().is_err());
    }
}
