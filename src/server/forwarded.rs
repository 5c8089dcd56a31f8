//! Forwarding headers of proxies: `X-Forwarded-For`, `X-Forwarded-Proto` and `Forwarded` (RFC 7239).
//!
//! Only proxies in `TRUSTED_PROXIES` are trusted. The client is the last address in the list that is not a trusted proxy: the client may
//! have forged the entries before it. If that address is unreadable, the request is attributed to the proxy, and a warning is logged once.
//! `X-Forwarded-Host` is ignored: many proxies pass on a client's own value. A proxy must forward the client's `Host`, or the site needs
//! `PUBLIC_URL`.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::http::HeaderMap;
use ipnet::IpNet;

use super::header_list::elements;

/// The trusted proxies.
#[derive(Clone, Debug, Default)]
pub struct Proxies(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    networks: Vec<IpNet>,
    warned_of_stranger: AtomicBool,
    warned_of_unreadable: AtomicBool,
}

/// The client of a request, and whether it uses https.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    pub address: IpAddr,
    pub over_tls: bool,
}

/// The client that forwarding headers name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NamedClient {
    Nobody,
    Unreadable,
    /// The address, and the number of trusted proxies after it in the list.
    Reader(IpAddr, usize),
}

/// One element of `Forwarded`.
#[derive(Clone, Copy, Debug, Default)]
struct Hop<'a> {
    /// The parameter `for` as written, if present.
    node: Option<&'a str>,
    scheme: Option<&'a str>,
}

impl Proxies {
    pub fn new(networks: Vec<IpNet>) -> Proxies {
        Proxies(Arc::new(Inner { networks, ..Inner::default() }))
    }

    pub fn has(&self, address: IpAddr) -> bool {
        self.0.networks.iter().any(|network| network.contains(&address))
    }

    /// Returns the client of a request on a connection from `connected`.
    pub fn reader(&self, connected: IpAddr, headers: &HeaderMap) -> Reader {
        // A dual-stack socket reports IPv4 addresses as IPv4-mapped IPv6 addresses.
        let connected = connected.to_canonical();
        let (list, schemes) = (values(headers, "x-forwarded-for"), values(headers, "x-forwarded-proto"));
        let forwarded = values(headers, "forwarded");
        if !self.has(connected) {
            let forwards = !list.is_empty() || !forwarded.is_empty();
            if forwards && !self.0.warned_of_stranger.swap(true, Ordering::Relaxed) {
                tracing::warn!(%connected, "a proxy that is not in TRUSTED_PROXIES forwards requests: all its readers share one rate limit");
            }
            return Reader { address: connected, over_tls: false };
        }
        let hops: Vec<Hop> = elements(&forwarded, ',').map(hop).collect();
        let by_list = self.named(elements(&list, ',').map(address).collect());
        let by_hops = match hops.iter().any(|hop| hop.node.is_some()) {
            true => self.named(hops.iter().map(|hop| address(hop.node?)).collect()),
            false => NamedClient::Nobody,
        };
        let named = match (by_list, by_hops) {
            (named, NamedClient::Nobody) | (NamedClient::Nobody, named) => named,
            (NamedClient::Reader(one, at), NamedClient::Reader(other, _)) if one == other => {
                NamedClient::Reader(one, at)
            }
            // They differ: a proxy wrote one and passed on the other from the client, and there is no telling which.
            _ => NamedClient::Unreadable,
        };
        let (address, at) = match named {
            NamedClient::Reader(address, at) => (address, at),
            NamedClient::Nobody => (connected, 0),
            NamedClient::Unreadable => {
                if !self.0.warned_of_unreadable.swap(true, Ordering::Relaxed) {
                    // Headers may be long; the proxy's own entries are at the end.
                    let end = |text: &str| {
                        text.chars().rev().take(100).collect::<Vec<_>>().into_iter().rev().collect::<String>()
                    };
                    let (list, forwarded) = (end(&list), end(&forwarded));
                    tracing::warn!(%connected, ?list, ?forwarded, "cannot read the client in a proxy's forwarding headers: such readers share one rate limit");
                }
                (connected, 0)
            }
        };
        let schemes: Vec<&str> = elements(&schemes, ',').collect();
        // Each proxy appends the scheme of its own connection, or replaces the list with a single scheme.
        let by_list = schemes.iter().rev().nth(at).or(schemes.first()).copied();
        let by_hops = || hops.iter().rev().nth(at).or(hops.first()).and_then(|hop| hop.scheme);
        let over_tls = by_list.or_else(by_hops).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"));
        Reader { address, over_tls }
    }

    /// Returns the last address in a list that is not a trusted proxy.
    fn named(&self, list: Vec<Option<IpAddr>>) -> NamedClient {
        let mut proxies = 0;
        for address in list.iter().rev() {
            match address {
                Some(address) if self.has(*address) => proxies += 1,
                Some(address) => return NamedClient::Reader(*address, proxies),
                None => return NamedClient::Unreadable,
            }
        }
        NamedClient::Nobody
    }
}

/// Joins all lines of a header into one list.
fn values(headers: &HeaderMap, name: &str) -> String {
    let lines = headers.get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes()));
    lines.collect::<Vec<_>>().join(",")
}

/// Parses one element of `Forwarded`: `for=192.0.2.1;proto=https`.
fn hop(element: &str) -> Hop<'_> {
    let mut hop = Hop::default();
    for pair in elements(element, ';') {
        let Some((name, value)) = pair.split_once('=') else { continue };
        let value = value.trim().trim_matches('"');
        match name.trim().to_ascii_lowercase().as_str() {
            "for" => hop.node = Some(value),
            "proto" => hop.scheme = Some(value),
            _ => {}
        }
    }
    hop
}

/// Parses an address as proxies write it: with or without a port, brackets and quotation marks. Returns `None` for `unknown`, for an
/// obfuscated name (`_hidden`) and for anything that is not an address.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let host = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0,
        // More than one colon without brackets: an IPv6 address without a port.
        None => text.split_once(':').filter(|(_, port)| !port.contains(':')).map_or(text, |(host, _)| host),
    };
    // A link-local address has a zone id after `%`.
    let host = host.split_once('%').map_or(host, |(host, _)| host);
    host.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &str = "10.0.0.1";

    fn reader_from(connected: &str, headers: &[(&'static str, &str)]) -> Reader {
        let proxies = Proxies::new(vec!["10.0.0.0/8".parse().unwrap()]);
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        proxies.reader(connected.parse().unwrap(), &map)
    }

    fn reader(headers: &[(&'static str, &str)]) -> String {
        reader_from(PROXY, headers).address.to_string()
    }

    #[test]
    fn every_form_of_an_address_is_read() {
        for (written, read) in [
            ("198.51.100.7", "198.51.100.7"),
            ("198.51.100.7:4711", "198.51.100.7"),
            ("  198.51.100.7 ", "198.51.100.7"),
            ("\"198.51.100.7:4711\"", "198.51.100.7"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("\"[2001:db8::1]:_port\"", "2001:db8::1"),
            ("fe80::1%eth0", "fe80::1"),
            ("::ffff:198.51.100.7", "198.51.100.7"),
            ("192.0.2.1, 198.51.100.7:80, 10.1.2.3:9", "198.51.100.7"),
            ("nonsense, 198.51.100.7", "198.51.100.7"),
            // An unreadable address is attributed to the proxy.
            ("unknown", PROXY),
            ("_hidden", PROXY),
            ("192.0.2.1, unknown", PROXY),
            ("192.0.2.1, _SEVKISEK, 10.1.2.3", PROXY),
            ("nonsense", PROXY),
            ("", PROXY),
            ("10.1.2.3", PROXY),
        ] {
            assert_eq!(reader(&[("x-forwarded-for", written)]), read, "{written}");
        }
        let lines = [("x-forwarded-for", "192.0.2.1"), ("x-forwarded-for", "198.51.100.7")];
        assert_eq!(reader(&lines), "198.51.100.7");
    }

    #[test]
    fn the_header_forwarded_is_read_too() {
        for (written, read) in [
            ("for=198.51.100.7", "198.51.100.7"),
            ("For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
            (
                "for=192.0.2.43, for=198.51.100.17;by=203.0.113.60;proto=http;host=example.com",
                "198.51.100.17",
            ),
            ("for=198.51.100.7;host=\"a,b;c\", for=10.0.0.2", "198.51.100.7"),
            ("for=_gazonk", PROXY),
            ("for=unknown;proto=https", PROXY),
            ("proto=https", PROXY),
        ] {
            assert_eq!(reader(&[("forwarded", written)]), read, "{written}");
        }
        // A client cannot forge its address in the header that the proxy does not write.
        let both = |one, other| reader(&[("x-forwarded-for", one), ("forwarded", other)]);
        assert_eq!(both("198.51.100.7", "for=198.51.100.7:80"), "198.51.100.7");
        assert_eq!(both("198.51.100.7", "for=192.0.2.9"), PROXY);
    }

    #[test]
    fn forwarding_headers_count_only_from_a_trusted_proxy() {
        let said = [("x-forwarded-for", "198.51.100.7"), ("x-forwarded-proto", "https")];
        let stranger = reader_from("203.0.113.9", &said);
        assert_eq!((stranger.address.to_string().as_str(), stranger.over_tls), ("203.0.113.9", false));
        let trusted = reader_from("::ffff:10.0.0.1", &said);
        assert_eq!((trusted.address.to_string().as_str(), trusted.over_tls), ("198.51.100.7", true));
    }

    #[test]
    fn the_scheme_is_the_one_the_reader_used() {
        let both = |list, schemes| {
            reader_from(PROXY, &[("x-forwarded-for", list), ("x-forwarded-proto", schemes)]).over_tls
        };
        assert!(both("198.51.100.7", "https") && both("198.51.100.7", "HTTPS"));
        assert!(both("198.51.100.7, 10.0.0.2", "https, http") && both("198.51.100.7, 10.0.0.2", "https"));
        // Entries of the client before the proxy's own do not count.
        assert!(!both("198.51.100.7", "https, http"));
        assert!(
            !both("198.51.100.7", "http") && !both("198.51.100.7", "gopher") && !both("198.51.100.7", "")
        );
        assert!(reader_from(PROXY, &[("x-forwarded-proto", "https")]).over_tls);
        assert!(
            reader_from(PROXY, &[("forwarded", "for=198.51.100.7;proto=https, for=10.0.0.2;proto=http")])
                .over_tls
        );
        assert!(!reader_from(PROXY, &[("forwarded", "for=198.51.100.7;proto=http")]).over_tls);
        assert!(reader_from(PROXY, &[("forwarded", "proto=\"https\"")]).over_tls);
        let mixed = [("x-forwarded-for", "198.51.100.7"), ("forwarded", "proto=https")];
        assert_eq!(
            reader_from(PROXY, &mixed),
            Reader { address: "198.51.100.7".parse().unwrap(), over_tls: true }
        );
        // The scheme is known even if the address is not.
        assert!(
            reader_from(PROXY, &[("x-forwarded-for", "unknown"), ("x-forwarded-proto", "https")]).over_tls
        );
    }
}
