//! Who may ask what, and how often.
//!
//! Promises: an address that no page can have is refused before anything is made of it; one network cannot take the site away from
//! the others. Who asks is who is connected, unless that is a trusted proxy: then it is whom the proxy names ([`super::forwarded`]).

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
    http::{HeaderMap, StatusCode, header::HOST},
    response::Response,
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::{errors, forwarded::Proxies, network::Network};
use crate::{error::AppError, text::characters::fault};

/// The longest path with its query. The longest of ours, twelve series with everything chosen, has a fifth of it.
const MAX_ADDRESS_LENGTH: usize = 8_000;
/// How many seconds' worth of requests may come at once before the rate holds: a reader who opens pages in twenty tabs.
const BURST: u32 = 10;
/// After how many requests those that have gone quiet are forgotten.
const SWEEP: u32 = 10_000;

/// How often one network may ask.
#[derive(Clone, Debug)]
pub struct RateLimits(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    rate: Option<DefaultKeyedRateLimiter<IpAddr>>,
    proxies: Proxies,
    count: AtomicU32,
}

impl RateLimits {
    /// `per_second` requests of one network, ten times as many at once; with 0 as many as it likes.
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

    /// The request, unless it is for no address or of one who asks too often: then what is said to that.
    #[allow(clippy::result_large_err, reason = "both are on their way, one in and one out")]
    ///
    /// What is let through has the [`Network`] that asks among its extensions.
    pub fn refused(&self, mut request: Request) -> Result<Request, Response> {
        let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let asking = peer.map(|peer| self.asking(peer.ip(), request.headers()));
        let (error, why, status) = if length >= MAX_ADDRESS_LENGTH {
            (AppError::NoAddress, "address", Some(StatusCode::URI_TOO_LONG))
        } else if !is_text(&request) {
            (AppError::NoAddress, "address", None)
        } else if asking.is_some_and(|asking| !self.allows(asking)) {
            (AppError::TooOften, "rate", None)
        } else {
            request.extensions_mut().insert(asking.map(Network::of).unwrap_or_default());
            return Ok(request);
        };
        metrics::counter!("observatory_refused_total", "why" => why).increment(1);
        let mut response = errors::answer(&error, &request.into_parts().0);
        *response.status_mut() = status.unwrap_or(response.status());
        Err(response)
    }

    fn asking(&self, connected: IpAddr, headers: &HeaderMap) -> IpAddr {
        self.0.proxies.reader(connected, headers).address
    }

    /// Whether it may ask now. This machine may always, unless it is a proxy: who else asks from here is us.
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

/// An address of version 6 counts with the 64 bits that a network of one reader has.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        address => address,
    }
}

/// Whether address and host are what they can be: no NUL, which no text in the database has, in a path or what a server function is
/// asked (a page reads its query without, [`crate::text::query::Query`]), nothing that may stand in no text, and a host of plain characters, since it is written into pages.
fn is_text(request: &Request) -> bool {
    let host = request.headers().get(HOST).map(|host| host.as_bytes()).unwrap_or_default();
    let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
    let has_nul = path.contains("%00") || (path.starts_with("/fn/") && query.contains("%00"));
    // Unencoded they would reach headers and the lines of the log.
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
    fn a_proxy_on_this_machine_is_not_us() {
        let here = IpAddr::from([127, 0, 0, 1]);
        let limits = RateLimits::new(1, Proxies::new(vec!["127.0.0.1/32".parse().unwrap()]));
        let nobody = HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), "nobody".parse().unwrap())]);
        let times = (0..100).filter(|_| limits.allows(limits.asking(here, &nobody))).count();
        assert_eq!(times, 10);
    }

    #[test]
    fn one_network_cannot_take_it_all() {
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
    fn without_a_rate_anyone_may_ask() {
        let limits = limits(0);
        assert!((0..1000).all(|_| limits.allows(IpAddr::from([203, 0, 113, 9]))));
    }
}
