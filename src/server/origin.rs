//! Public origin of the site: scheme and host of every absolute link, determined once per request.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderValue, Version, header::HOST},
};

use super::forwarded::Proxies;
use crate::{components::location::Origin, error::AppError};

/// Sources of the origin.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// `PUBLIC_URL`; if set, it is the origin of every request.
    pub configured: Option<Origin>,
    pub proxies: Proxies,
}

impl Origins {
    /// Inserts the [`Origin`] into the extensions of a request.
    pub fn write(&self, request: &mut Request) {
        let origin = self.configured.clone().unwrap_or_else(|| self.of_request(request));
        request.extensions_mut().insert(origin);
    }

    /// Returns the origin that a request was sent to; its host is `localhost` if the request has none (HTTP/1.0).
    fn of_request(&self, request: &Request) -> Origin {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let over_tls = peer.is_some_and(|peer| self.proxies.reader(peer.ip(), request.headers()).over_tls);
        let scheme = if over_tls { "https" } else { "http" };
        let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        Origin(format!("{scheme}://{host}"))
    }
}

/// Normalizes the host of a request: sets `Host` to its single value in lower case, or removes it if empty.
///
/// In HTTP/2 the host is part of the address instead of a header. A host in the address takes precedence over the header
/// (RFC 9112, 3.2.2).
///
/// # Errors
///
/// Returns [`AppError::NoAddress`] if an HTTP/1.1 request has no `Host`, if there are several, or if it has a port without a host
/// (RFC 9112, 3.2).
pub fn name_host(request: &mut Request) -> Result<(), AppError> {
    let address = request.uri().authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok());
    let mut lines = request.headers().get_all(HOST).iter();
    let (first, second) = (lines.next().cloned(), lines.next());
    if second.is_some() {
        return Err(AppError::NoAddress);
    }
    let Some(host) = address.or(first) else {
        return if request.version() == Version::HTTP_11 { Err(AppError::NoAddress) } else { Ok(()) };
    };
    if host.as_bytes().starts_with(b":") || !has_port(host.as_bytes()) {
        return Err(AppError::NoAddress);
    }
    match HeaderValue::from_bytes(&host.as_bytes().to_ascii_lowercase()) {
        Ok(host) if !host.is_empty() => request.headers_mut().insert(HOST, host),
        _ => request.headers_mut().remove(HOST),
    };
    Ok(())
}

/// Whether what follows the last colon of a host, outside the brackets of an IPv6 address, is a port from 0 to 65535, or nothing.
fn has_port(host: &[u8]) -> bool {
    let name = host.iter().rposition(|byte| *byte == b']').map_or(0, |end| end + 1);
    let Some(colon) = host[name..].iter().rposition(|byte| *byte == b':') else { return true };
    let port = std::str::from_utf8(&host[name + colon + 1..]).unwrap_or("none");
    port.is_empty() || port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn named(version: Version, address: &str, hosts: &[&str]) -> Result<Option<String>, AppError> {
        let mut request = Request::get(address).version(version);
        for host in hosts {
            request = request.header(HOST, *host);
        }
        let mut request = request.body(Body::empty()).unwrap();
        name_host(&mut request)?;
        Ok(request.headers().get(HOST).map(|host| host.to_str().unwrap().to_owned()))
    }

    #[test]
    fn a_request_has_one_host_or_none() {
        let one = Ok(Some("one.test:8080".to_owned()));
        assert_eq!(named(Version::HTTP_11, "/en", &["One.TEST:8080"]), one);
        assert_eq!(named(Version::HTTP_2, "http://one.test:8080/en", &[]), one);
        assert_eq!(named(Version::HTTP_11, "http://one.test:8080/en", &["two.test"]), one);
        assert_eq!(named(Version::HTTP_11, "/en", &[]), Err(AppError::NoAddress));
        assert_eq!(named(Version::HTTP_11, "/en", &["one.test", "one.test"]), Err(AppError::NoAddress));
        assert_eq!(named(Version::HTTP_11, "/en", &[":80"]), Err(AppError::NoAddress));
        for host in ["one.test:99999", "one.test:65536", "one.test:http", "one.test:-1", "[::1]:99999"] {
            assert_eq!(named(Version::HTTP_11, "/en", &[host]), Err(AppError::NoAddress), "{host}");
        }
        for host in ["one.test:65535", "one.test:0", "one.test:", "[::1]", "[::1]:80"] {
            assert_eq!(named(Version::HTTP_11, "/en", &[host]), Ok(Some(host.to_owned())), "{host}");
        }
        assert_eq!(named(Version::HTTP_11, "/en", &[""]), Ok(None));
        assert_eq!(named(Version::HTTP_10, "/en", &[]), Ok(None));
        assert_eq!(named(Version::HTTP_2, "/en", &[]), Ok(None));
    }
}
