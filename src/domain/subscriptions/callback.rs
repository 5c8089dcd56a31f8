//! Callback addresses: which may be called.
//!
//! A server that calls any address given to it can be made to reach what only it can reach (server-side request forgery). So the host of a
//! callback must resolve to public addresses, and the connection goes to the very addresses that were checked.

use std::{net::IpAddr, sync::LazyLock};

use ipnet::IpNet;
use url::{Host, Url};

/// Longest callback address, in bytes.
pub const MAX_CALLBACK: usize = 2000;

/// Networks that are not public addresses of the internet (IANA's registries of special-purpose addresses), and the IPv6 networks that
/// lead into IPv4.
const RESERVED: [&str; 29] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
    "::ffff:0:0:0/96",
];

static RESERVED_NETWORKS: LazyLock<Vec<IpNet>> =
    LazyLock::new(|| RESERVED.iter().filter_map(|network| network.parse().ok()).collect());

/// Why a callback is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallbackFault {
    /// No `http` or `https` address, or longer than [`MAX_CALLBACK`].
    NoAddress,
    /// It has a user name or a password.
    Credentials,
    /// It has a fragment, which is never sent.
    Fragment,
    /// Its host is not a public one.
    NotPublic,
}

/// Whether an address is reachable by everybody on the internet.
pub fn is_public(address: IpAddr) -> bool {
    let address = address.to_canonical();
    !RESERVED_NETWORKS.iter().any(|network| network.contains(&address))
}

/// Parses a callback. `allows_private` admits hosts that are not public.
///
/// # Errors
///
/// If it may not be called. A host name is checked again when it has been resolved.
pub fn parse(text: &str, allows_private: bool) -> Result<Url, CallbackFault> {
    if text.len() > MAX_CALLBACK || text.contains(char::is_control) {
        return Err(CallbackFault::NoAddress);
    }
    let url = Url::parse(text).map_err(|_| CallbackFault::NoAddress)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(CallbackFault::NoAddress);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(CallbackFault::Credentials);
    }
    if url.fragment().is_some() {
        return Err(CallbackFault::Fragment);
    }
    let is_allowed = match url.host() {
        None => return Err(CallbackFault::NoAddress),
        Some(_) if allows_private => true,
        Some(Host::Ipv4(address)) => is_public(address.into()),
        Some(Host::Ipv6(address)) => is_public(address.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name.contains('.')
                && !name.ends_with(".localhost")
                && !name.ends_with(".local")
                && !name.ends_with(".internal")
        }
    };
    if is_allowed { Ok(url) } else { Err(CallbackFault::NotPublic) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_hosts_are_called() {
        assert_eq!(RESERVED_NETWORKS.len(), RESERVED.len());
        for good in [
            "https://example.org/hook",
            "http://example.org:8080/a?b=c",
            "https://93.184.215.14/",
            "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        ] {
            assert!(parse(good, false).is_ok(), "{good}");
        }
        for private in [
            "http://127.0.0.1/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://a.localhost/",
            "http://metadata.internal/",
            "http://printer.local/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://0/",
            "http://10.1.2.3/",
            "http://172.16.0.1/",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://100.64.0.1/",
            "http://198.18.0.1/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://[::]/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::127.0.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "http://[ff02::1]/",
            "http://①②⑦.⓪.⓪.①/",
        ] {
            assert_eq!(parse(private, false).err(), Some(CallbackFault::NotPublic), "{private}");
            assert!(parse(private, true).is_ok(), "{private}");
        }
        for (wrong, fault) in [
            ("", CallbackFault::NoAddress),
            ("example.org", CallbackFault::NoAddress),
            ("ftp://example.org/", CallbackFault::NoAddress),
            ("file:///etc/passwd", CallbackFault::NoAddress),
            ("gopher://example.org/", CallbackFault::NoAddress),
            ("https://exa\r\nmple.org/", CallbackFault::NoAddress),
            ("https://user:secret@example.org/", CallbackFault::Credentials),
            ("https://user@example.org/", CallbackFault::Credentials),
            ("https://example.org/#part", CallbackFault::Fragment),
        ] {
            assert_eq!(parse(wrong, true).err(), Some(fault), "{wrong:?}");
        }
    }
}
