//! Cache policies and the header `Cache-Control`.

use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, RETRY_AFTER},
    },
    response::Response,
};

/// How long a response stays valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// The address identifies the content: files of a build.
    Forever,
    /// Changes when data or a new program is released: pages and files. A browser stores it and revalidates each time; a shared cache
    /// serves it for a minute, for another minute while it revalidates, and for a day while the site is down.
    UntilNextRevision,
    /// Not cacheable, and made from the data: pages whose address has a secret.
    Personal,
    /// Not cacheable: health checks, errors.
    Never,
}

impl CachePolicy {
    pub fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            CachePolicy::Forever => "public, max-age=31536000, immutable",
            CachePolicy::UntilNextRevision => {
                "public, max-age=0, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400"
            }
            CachePolicy::Personal | CachePolicy::Never => "no-store",
        })
    }
}

/// Sets `Cache-Control` by the policy of the path (`no-store` on errors), and `Retry-After` on 503.
pub fn label(response: &mut Response, policy: CachePolicy) {
    let status = response.status();
    let right = status.is_success() || status.is_redirection();
    let policy = if right { policy } else { CachePolicy::Never };
    response.headers_mut().insert(CACHE_CONTROL, policy.header());
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().entry(RETRY_AFTER).or_insert(HeaderValue::from_static("10"));
    }
}
