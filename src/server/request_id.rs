//! Request ids, which identify a request in the log, the response and the log of a proxy.

use std::{
    net::SocketAddr,
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderName, HeaderValue},
};
use tower_http::request_id::{MakeRequestId, RequestId};

use super::forwarded::Proxies;

pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Maximum length of an id accepted from a proxy, in bytes.
const LONGEST: usize = 64;

/// Generates ids of 16 hex digits from the start time and a counter: unique within a machine, short in a log.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestIds;

impl MakeRequestId for RequestIds {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        static START: LazyLock<u32> = LazyLock::new(|| chrono::Utc::now().timestamp() as u32);
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let id = format!("{:08x}{:08x}", *START, COUNT.fetch_add(1, Ordering::Relaxed));
        HeaderValue::from_str(&id).ok().map(RequestId::new)
    }
}

/// Removes the request's own id unless it comes from a trusted proxy and is short and plain, because the id is logged and sent back.
pub fn screen(mut request: Request, proxies: &Proxies) -> Request {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let from_proxy = peer.is_some_and(|peer| proxies.has(peer.ip().to_canonical()));
    let mut ids = request.headers().get_all(&HEADER).iter();
    let is_plain = match (ids.next(), ids.next()) {
        (Some(id), None) => is_plain(id.as_bytes()),
        _ => false,
    };
    if !(from_proxy && is_plain) {
        request.headers_mut().remove(&HEADER);
    }
    request
}

fn is_plain(id: &[u8]) -> bool {
    (1..=LONGEST).contains(&id.len())
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:=+/".contains(byte))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn only_a_short_plain_id_of_a_trusted_proxy_is_adopted() {
        let proxies = Proxies::new(vec!["10.0.0.0/8".parse().unwrap()]);
        let is_accepted = |peer: &str, ids: &[&str]| {
            let mut request = Request::get("/en");
            for id in ids {
                request = request.header(&HEADER, *id);
            }
            let mut request = request.body(Body::empty()).unwrap();
            request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
            screen(request, &proxies).headers().contains_key(&HEADER)
        };
        let (proxy, stranger) = ("10.0.0.1:80", "203.0.113.9:80");
        for id in
            ["7f3c", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "Root=1-67891233-abcdef01"]
        {
            assert!(is_accepted(proxy, &[id]) && is_accepted("[::ffff:10.0.0.1]:80", &[id]), "{id}");
            assert!(!is_accepted(stranger, &[id]), "{id}");
        }
        for id in ["", "a b", "a\tb", "<script>", "\"", "a,b", &"a".repeat(65), &"a".repeat(20_000)] {
            assert!(!is_accepted(proxy, &[id]), "{id}");
        }
        assert!(!is_accepted(proxy, &["a", "b"]));
    }
}
