//! Who asks, as far as it matters for being fair: an address, and never more than that.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::server::Peer;
use super::site::Site;

/// Where forwarded requests say for whom they are.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The client of a request: its address, of which only the network counts in IPv6, where each home has one of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Client(IpAddr);

impl Client {
    /// The client at an address.
    pub(super) fn at(address: IpAddr) -> Client {
        match address.to_canonical() {
            IpAddr::V4(address) => Client(address.into()),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Client(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into())
            }
        }
    }

    /// The client that a request is for: the peer, or, when that is a proxy that is trusted, whom the proxy names.
    fn of(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> Client {
        let is_trusted = |address: IpAddr| trusted.contains(&address.to_canonical());
        if !is_trusted(peer) {
            return Client::at(peer);
        }
        let lines = headers.get_all(FORWARDED_FOR).iter();
        let lines: Vec<_> = lines
            .map(|l| String::from_utf8_lossy(l.as_bytes()))
            .collect();
        let named: Vec<&str> = lines.iter().flat_map(|line| line.split(',')).collect();
        // Each proxy adds whom it heard from at the end. What stands before the first that is not trusted was written by
        // anyone, and so was what is no address.
        let mut client = peer;
        for name in named.iter().rev() {
            let Some(address) = address(name.trim()) else {
                break;
            };
            client = address;
            if !is_trusted(address) {
                break;
            }
        }
        Client::at(client)
    }
}

impl std::fmt::Display for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl FromRequestParts<Arc<Site>> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<Peer>().map(|peer| peer.0.ip());
        // Every connection has a peer; without one, all share a place.
        let peer = peer.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
        let trusted = &site.settings.trusted_proxies;
        Ok(Client::of(peer, &parts.headers, trusted))
    }
}

/// An address as proxies write it: alone, in brackets, or with a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || Some(text.parse::<std::net::SocketAddr>().ok()?.ip());
    text.parse().ok().or_else(bare).or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_is_whom_the_last_trusted_proxy_heard_from() {
        let proxy = "10.0.0.1";
        let cases = [
            // Nobody who is not trusted can speak for another.
            ("192.0.2.7", "203.0.113.9", "192.0.2.7"),
            (proxy, "203.0.113.9", "203.0.113.9"),
            (proxy, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
            (proxy, "203.0.113.9, 10.0.0.2", "203.0.113.9"),
            (proxy, "203.0.113.9:4711", "203.0.113.9"),
            (proxy, "[2001:db8:1:2:3::4]:80", "2001:db8:1:2::"),
            (proxy, "2001:db8:1:2:3::4", "2001:db8:1:2::"),
            (proxy, "::ffff:203.0.113.9", "203.0.113.9"),
            ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
            // What cannot be read counts for nothing, and neither does what stands before it.
            (proxy, "203.0.113.9, unknown", proxy),
            (proxy, "203.0.113.9, okänd, 10.0.0.2", "10.0.0.2"),
            (proxy, "", proxy),
        ];
        let trusted = ["10.0.0.1", "10.0.0.2"].map(|a| a.parse().unwrap());
        for (peer, forwarded, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(
                FORWARDED_FOR,
                axum::http::HeaderValue::from_bytes(forwarded.as_bytes()).unwrap(),
            );
            let client = Client::of(peer.parse().unwrap(), &headers, &trusted);
            assert_eq!(
                client,
                Client(expected.parse().unwrap()),
                "{peer}, {forwarded}"
            );
        }
    }

    #[test]
    fn several_lines_of_the_header_are_one_list() {
        let mut headers = HeaderMap::new();
        headers.append(FORWARDED_FOR, "203.0.113.9".parse().unwrap());
        headers.append(FORWARDED_FOR, "10.0.0.1".parse().unwrap());
        let trusted = ["10.0.0.1".parse().unwrap()];
        let client = Client::of(trusted[0], &headers, &trusted);
        assert_eq!(client, Client("203.0.113.9".parse().unwrap()));
    }
}
