//! Rate limits per network, and rejection of malformed addresses.
//!
//! Promises: an address that no page can have is rejected before any work; one network cannot starve the others. The client is the peer
//! of the connection or, behind a trusted proxy, the client that the proxy names ([`super::forwarded`]).

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, header::HOST},
    response::Response,
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::{errors, forwarded::Proxies, network::Network};
use crate::{error::AppError, text::characters::fault};

/// Maximum length of path and query, in bytes. The site's longest address, twelve series with every option, takes a fifth of it.
pub const MAX_ADDRESS_LENGTH: usize = 8_000;
/// Burst allowance in seconds' worth of requests, for a reader who opens twenty tabs at once.
const BURST: u32 = 10;
/// Number of requests between evictions of idle networks.
const SWEEP: u32 = 10_000;

/// Rate limits per network.
#[derive(Clone, Debug)]
pub struct RateLimits(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    rate: Option<DefaultKeyedRateLimiter<IpAddr>>,
    proxies: Proxies,
    count: AtomicU32,
}

impl RateLimits {
    /// Allows `per_second` requests per network with bursts of ten times as many; 0 disables the limit.
    pub fn new(per_second: u32, proxies: Proxies) -> RateLimits {
        let quota = |rate: NonZeroU32| {
            let burst = NonZeroU32::new(rate.get().saturating_mul(BURST)).unwrap_or(rate);
            RateLimiter::keyed(Quota::per_second(rate).allow_burst(burst))
        };
        RateLimits(Arc::new(Inner {
            rate: NonZeroU32::new(per_second).map(quota),
            proxies,
            count: AtomicU32::new(0),
        }))
    }

    /// Returns the request, with the client's [`Network`] in its extensions.
    ///
    /// # Errors
    ///
    /// Returns the response to send if the address is malformed (400, or 414 if it is too long) or the rate limit is exceeded (429).
    #[allow(clippy::result_large_err, reason = "the error is a whole response, returned as it is")]
    pub fn refused(&self, mut request: Request) -> Result<Request, Response> {
        let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let asking = peer.map(|peer| self.asking(peer.ip(), request.headers()));
        let (error, why) = if length >= MAX_ADDRESS_LENGTH {
            (AppError::AddressTooLong, "address")
        } else if !is_text(&request) {
            (AppError::NoAddress, "address")
        } else if asking.is_some_and(|asking| !self.allows(asking)) {
            (AppError::TooOften, "rate")
        } else {
            request.extensions_mut().insert(asking.map(Network::of).unwrap_or_default());
            return Ok(request);
        };
        metrics::counter!("observatory_refused_total", "why" => why).increment(1);
        Err(errors::answer(&error, &request.into_parts().0))
    }

    fn asking(&self, connected: IpAddr, headers: &HeaderMap) -> IpAddr {
        self.0.proxies.reader(connected, headers).address
    }

    /// Returns whether a client is within its rate limit. Loopback clients are exempt unless they are proxies: they are the operator's.
    fn allows(&self, asking: IpAddr) -> bool {
        let Some(rate) = &self.0.rate else { return true };
        if asking.is_loopback() && !self.0.proxies.has(asking) {
            return true;
        }
        if self.0.count.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            rate.retain_recent();
        }
        rate.check_key(&network(asking)).is_ok()
    }
}

/// Reduces an IPv6 address to its /64, the network of one reader.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        address => address,
    }
}

/// Returns whether address and host are well-formed: no NUL, which no text in the database can contain, in a path or in the query of a
/// server function (pages strip it from their query, [`crate::text::query::Query`]); no character that is invalid in text; and a host of
/// plain characters, because it is written into pages.
fn is_text(request: &Request) -> bool {
    let host = request.headers().get(HOST).map(|host| host.as_bytes()).unwrap_or_default();
    let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
    let has_nul = path.contains("%00") || (path.starts_with("/fn/") && query.contains("%00"));
    // Unencoded control characters would reach headers and log lines.
    let printable = path.chars().chain(query.chars()).all(|c| fault(c).is_none());
    !has_nul
        && printable
        && host.len() < 260
        && host.iter().all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(per_second: u32) -> RateLimits {
        RateLimits::new(per_second, Proxies::default())
    }

    #[test]
    fn a_local_proxy_is_rate_limited() {
        let here = IpAddr::from([127, 0, 0, 1]);
        let limits = RateLimits::new(1, Proxies::new(vec!["127.0.0.1/32".parse().unwrap()]));
        let nobody = HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), "nobody".parse().unwrap())]);
        let times = (0..100).filter(|_| limits.allows(limits.asking(here, &nobody))).count();
        assert_eq!(times, 10);
    }

    #[test]
    fn one_network_is_limited_and_others_are_not() {
        let limits = limits(2);
        let (one, other) = (IpAddr::from([203, 0, 113, 9]), IpAddr::from([198, 51, 100, 7]));
        assert!((0..20).all(|_| limits.allows(one)));
        assert!(!limits.allows(one));
        assert!(limits.allows(other));
        assert!((0..100).all(|_| limits.allows(IpAddr::from([127, 0, 0, 1]))));
        let same: [IpAddr; 2] = ["2001:db8::1".parse().unwrap(), "2001:db8::ffff".parse().unwrap()];
        assert_eq!(network(same[0]), network(same[1]));
    }

    #[test]
    fn without_a_rate_nothing_is_limited() {
        let limits = limits(0);
        assert!((0..1000).all(|_| limits.allows(IpAddr::from([203, 0, 113, 9]))));
    }
}
