//! Which addresses lots asks anything of: those of the open internet, and what the operator has added.

use std::error::Error;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The ports that pages are asked for at; a host that the operator has added is asked at any.
const PORTS: [u16; 2] = [80, 443];

/// What of IPv4 is not the open internet: the network itself, its neighbours, examples, tests, many at once.
const CLOSED_V4: [(Ipv4Addr, u8); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// The only part of IPv6 that is given out to the open internet.
const OPEN_V6: (Ipv6Addr, u8) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// What of that part is for protocols, examples and ways around that end at an address of IPv4.
const CLOSED_V6: [(Ipv6Addr, u8); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Which addresses lots may ask anything of. By itself those of the open internet, over `http` and `https`, at the ports
/// that are theirs.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    hosts: Vec<String>,
    networks: Vec<Network>,
}

/// A network, such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug)]
struct Network {
    first: IpAddr,
    bits: u8,
}

/// Why an address is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is no web address.
    #[error("the address cannot be read as a web address; write it from https:// on")]
    Unreadable,
    /// It is neither `http` nor `https`.
    #[error("only addresses that begin with http:// or https:// are asked")]
    Scheme,
    /// It holds a name or a password.
    #[error("an address with a name or a password in it is not asked; take them out")]
    Credentials,
    /// It names a port that pages do not stand at.
    #[error("only the ports 80 and 443 are asked; add the host to those that are allowed")]
    Port,
    /// It leads into a network that is not open to all.
    #[error("the address leads into a closed network; add the host to those that are allowed")]
    Closed,
}

/// A host or network that the operator wrote and that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is neither a host nor a network; write for example intranet.example.se or 10.1.0.0/16"
)]
pub struct UnreadableRange(pub String);

impl Policy {
    /// The policy with hosts (`intranet.example.se`) and networks (`10.1.0.0/16`, `::1`) that may be asked as well, at any
    /// port. A host that is named may stand at any address. Fails at the first that cannot be read.
    pub fn widened_by<S: AsRef<str>>(allowed: &[S]) -> Result<Policy, UnreadableRange> {
        let mut policy = Policy::default();
        for written in allowed.iter().map(AsRef::as_ref) {
            let unreadable = || UnreadableRange(written.to_owned());
            if let Some(network) = Network::parse(written) {
                policy.networks.push(network);
            } else {
                // Written as the addresses are compared: in small letters, and with xn-- for å, ä and ö.
                let url = Url::parse(&format!("https://{written}/")).map_err(|_| unreadable())?;
                let host = url.host_str().filter(|_| is_host(written));
                policy.hosts.push(host.ok_or_else(unreadable)?.to_owned());
            }
        }
        Ok(policy)
    }

    /// The address, when it may be asked as far as can be said before its name is looked up.
    pub fn parse(&self, address: &str) -> Result<Url, Refused> {
        let url = Url::parse(address).map_err(|_| Refused::Unreadable)?;
        self.admit(&url)?;
        Ok(url)
    }

    /// Whether the address may be asked, as far as can be said before its name is looked up. Fails with the reason.
    pub(in crate::outside) fn admit(&self, url: &Url) -> Result<(), Refused> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refused::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refused::Credentials);
        }
        let host = url.host_str().ok_or(Refused::Unreadable)?;
        if self.is_widened_to(url) {
            return Ok(());
        }
        // Where a name leads is known only once it is looked up.
        if literal(host).is_some_and(|ip| !is_open(ip)) {
            return Err(Refused::Closed);
        }
        let port = url.port_or_known_default();
        let is_usual = port.is_some_and(|p| PORTS.contains(&p));
        is_usual.then_some(()).ok_or(Refused::Port)
    }

    /// Whether it is the operator who has added where the address leads.
    pub(in crate::outside) fn is_widened_to(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        match literal(host) {
            Some(ip) => self.is_added(ip),
            None => self.names(host),
        }
    }

    /// What looks names up and hands out only the addresses that may be asked.
    pub(in crate::outside) fn resolver(&self) -> Arc<impl Resolve + use<>> {
        Arc::new(Guarded {
            policy: self.clone(),
            names: System,
        })
    }

    fn names(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.');
        self.hosts.iter().any(|h| h.eq_ignore_ascii_case(host))
    }

    fn is_added(&self, ip: IpAddr) -> bool {
        self.networks.iter().any(|n| n.holds(ip))
    }
}

/// The host of an address as an IP address, when it is one.
fn literal(host: &str) -> Option<IpAddr> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.parse().ok()
}

/// Whether it is written as a bare host: no port, path, name or brackets.
fn is_host(written: &str) -> bool {
    let of_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    !written.is_empty() && written.chars().all(of_host)
}

/// Whether an address belongs to the open internet.
fn is_open(ip: IpAddr) -> bool {
    let within = |(first, bits): (IpAddr, u8)| Network { first, bits }.holds(ip);
    match ip {
        IpAddr::V4(_) => !CLOSED_V4
            .into_iter()
            .any(|(n, bits)| within((n.into(), bits))),
        IpAddr::V6(v6) => {
            if let Some(behind) = behind_translation(v6) {
                return is_open(behind.into());
            }
            within((OPEN_V6.0.into(), OPEN_V6.1))
                && !CLOSED_V6
                    .into_iter()
                    .any(|(n, bits)| within((n.into(), bits)))
        }
    }
}

/// The address of IPv4 that an address of a network with only IPv6 stands for, `64:ff9b::/96`.
fn behind_translation(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let bits = ip.to_bits();
    (bits >> 32 == 0x0064_ff9b_u128 << 64).then(|| Ipv4Addr::from_bits((bits & 0xffff_ffff) as u32))
}

impl Network {
    /// A network or a single address.
    fn parse(written: &str) -> Option<Network> {
        let (first, bits) = match written.split_once('/') {
            Some((first, bits)) => (first, Some(bits.parse().ok()?)),
            None => (written, None),
        };
        let first: IpAddr = first.parse().ok()?;
        let all = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(all);
        (bits <= all).then_some(Network { first, bits })
    }

    fn holds(&self, ip: IpAddr) -> bool {
        match (self.first, ip) {
            (IpAddr::V4(first), IpAddr::V4(ip)) => {
                let beside = 32 - u32::from(self.bits);
                (first.to_bits() ^ ip.to_bits())
                    .checked_shr(beside)
                    .unwrap_or(0)
                    == 0
            }
            (IpAddr::V6(first), IpAddr::V6(ip)) => {
                let beside = 128 - u32::from(self.bits);
                (first.to_bits() ^ ip.to_bits())
                    .checked_shr(beside)
                    .unwrap_or(0)
                    == 0
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

/// Looks names up, and hands out only what the policy allows: what is connected to is what was checked, whatever the name
/// leads to a moment later.
struct Guarded<N> {
    policy: Policy,
    names: N,
}

/// What knows which addresses a name has.
trait Names: Send + Sync + 'static {
    fn look_up(&self, name: &str) -> LookingUp;
}

type LookingUp = Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;

/// The names as the system knows them.
struct System;

impl Names for System {
    fn look_up(&self, name: &str) -> LookingUp {
        let name = name.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(found.map(|a| a.ip()).collect())
        })
    }
}

/// A name that leads nowhere.
#[derive(Debug, thiserror::Error)]
#[error("the name {0} leads nowhere")]
pub(in crate::outside) struct Unresolved(String, #[source] Option<std::io::Error>);

impl<N: Names> Resolve for Guarded<N> {
    fn resolve(&self, name: Name) -> Resolving {
        let named = self.policy.names(name.as_str());
        let policy = self.policy.clone();
        let looking = self.names.look_up(name.as_str());
        Box::pin(async move {
            let name = name.as_str().to_owned();
            let failed = |e: Option<std::io::Error>| -> Box<dyn Error + Send + Sync> {
                Box::new(Unresolved(name.clone(), e))
            };
            let found = looking.await.map_err(|e| failed(Some(e)))?;
            if found.is_empty() {
                return Err(failed(None));
            }
            let allowed: Vec<SocketAddr> = found
                .into_iter()
                .filter(|ip| named || is_open(*ip) || policy.is_added(*ip))
                .map(|ip| SocketAddr::new(ip, 0))
                .collect();
            if allowed.is_empty() {
                return Err(Box::new(Refused::Closed) as Box<dyn Error + Send + Sync>);
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn only_the_open_internet_is_asked() {
        let open = [
            "https://www.example.se/a?b#c",
            "http://www.example.se:80/",
            "https://8.8.8.8/",
            "https://193.10.0.1/",
            "https://[2a00:1450:400f::1]/",
            "https://[64:ff9b::808:808]/",
            "https://100.128.0.1/",
            "https://172.32.0.1/",
        ];
        let closed = [
            ("", Refused::Unreadable),
            ("www.example.se", Refused::Unreadable),
            ("https://", Refused::Unreadable),
            ("ftp://www.example.se/", Refused::Scheme),
            ("file:///etc/passwd", Refused::Scheme),
            ("javascript:alert(1)", Refused::Scheme),
            ("https://me:secret@www.example.se/", Refused::Credentials),
            ("https://www.example.se@127.0.0.1/", Refused::Credentials),
            ("http://www.example.se:8080/", Refused::Port),
            ("http://www.example.se:22/", Refused::Port),
            ("http://127.0.0.1/", Refused::Closed),
            ("http://127.1/", Refused::Closed),
            ("http://2130706433/", Refused::Closed),
            ("http://0x7f000001/", Refused::Closed),
            ("http://0177.0.0.1/", Refused::Closed),
            ("http://0.0.0.0/", Refused::Closed),
            ("http://10.1.2.3/", Refused::Closed),
            ("http://100.64.0.1/", Refused::Closed),
            ("http://100.127.255.254/", Refused::Closed),
            ("http://169.254.169.254/latest/meta-data", Refused::Closed),
            ("http://172.16.0.1/", Refused::Closed),
            ("http://172.31.255.255/", Refused::Closed),
            ("http://192.0.0.8/", Refused::Closed),
            ("http://192.0.2.1/", Refused::Closed),
            ("http://192.168.1.1/", Refused::Closed),
            ("http://198.19.0.1/", Refused::Closed),
            ("http://198.51.100.1/", Refused::Closed),
            ("http://203.0.113.1/", Refused::Closed),
            ("http://224.0.0.1/", Refused::Closed),
            ("http://255.255.255.255/", Refused::Closed),
            ("http://[::]/", Refused::Closed),
            ("http://[::1]/", Refused::Closed),
            ("http://[::ffff:127.0.0.1]/", Refused::Closed),
            ("http://[::ffff:8.8.8.8]/", Refused::Closed),
            ("http://[::127.0.0.1]/", Refused::Closed),
            ("http://[64:ff9b::7f00:1]/", Refused::Closed),
            ("http://[64:ff9b:1::1]/", Refused::Closed),
            ("http://[fe80::1]/", Refused::Closed),
            ("http://[fc00::1]/", Refused::Closed),
            ("http://[fd12:3456::1]/", Refused::Closed),
            ("http://[ff02::1]/", Refused::Closed),
            ("http://[2001:db8::1]/", Refused::Closed),
            ("http://[2001::1]/", Refused::Closed),
            ("http://[2002:7f00:1::1]/", Refused::Closed),
            ("http://[3fff::1]/", Refused::Closed),
            ("http://[100::1]/", Refused::Closed),
        ];
        let policy = Policy::default();
        for address in open {
            assert!(policy.parse(address).is_ok(), "{address}");
        }
        for (address, why) in closed {
            assert_eq!(policy.parse(address).err(), Some(why), "{address}");
        }
    }

    #[test]
    fn what_the_operator_adds_is_asked_at_any_port() {
        let policy = Policy::widened_by(&["Intranät.example.se", "10.1.0.0/16", "::1"]).unwrap();
        let allowed = [
            "http://intranät.example.se:8080/",
            "http://10.1.255.1:9000/",
            "http://[::1]:3000/",
        ];
        for address in allowed {
            assert!(policy.parse(address).is_ok(), "{address}");
        }
        let closed = ["http://10.2.0.1/", "http://127.0.0.1/", "http://[::2]/"];
        for address in closed {
            assert_eq!(
                policy.parse(address).err(),
                Some(Refused::Closed),
                "{address}"
            );
        }
        for written in ["", "10.0.0.0/33", "a/b", "a:80", "me@host", "https://host"] {
            let expected = UnreadableRange(written.to_owned());
            assert_eq!(Policy::widened_by(&[written]).err(), Some(expected));
        }
    }

    /// Names that lead somewhere else each time they are looked up.
    struct Shifting(AtomicUsize, Vec<Vec<&'static str>>);

    impl Names for Shifting {
        fn look_up(&self, _: &str) -> LookingUp {
            let turn = self.0.fetch_add(1, Ordering::Relaxed);
            let found = self.1[turn].iter().map(|ip| ip.parse().unwrap()).collect();
            Box::pin(async move { Ok(found) })
        }
    }

    #[tokio::test]
    async fn a_name_that_changes_where_it_leads_is_held_to_the_policy_each_time() {
        let answers = vec![
            vec!["93.184.216.34"],
            vec!["127.0.0.1"],
            vec!["10.0.0.1", "93.184.216.34", "::1"],
            vec![],
        ];
        let guarded = Guarded {
            policy: Policy::default(),
            names: Shifting(AtomicUsize::new(0), answers),
        };
        let mut outcomes = Vec::new();
        for _ in 0..4 {
            let found = guarded.resolve("www.example.se".parse().unwrap()).await;
            outcomes.push(match found {
                Ok(addresses) => addresses
                    .map(|a| a.ip().to_string())
                    .collect::<Vec<_>>()
                    .join(" "),
                Err(error) => error.to_string(),
            });
        }
        let expected = [
            "93.184.216.34",
            "the address leads into a closed network; add the host to those that are allowed",
            "93.184.216.34",
            "the name www.example.se leads nowhere",
        ];
        assert_eq!(outcomes, expected);
    }

    #[tokio::test]
    async fn a_name_of_the_machine_itself_is_refused_when_it_is_looked_up() {
        let found = Policy::default()
            .resolver()
            .resolve("localhost".parse().unwrap())
            .await;
        let error = found.err().unwrap();
        assert_eq!(error.downcast_ref::<Refused>(), Some(&Refused::Closed));
        let widened = Policy::widened_by(&["localhost"]).unwrap();
        assert!(
            widened
                .resolver()
                .resolve("localhost".parse().unwrap())
                .await
                .is_ok()
        );
    }
}
