//! How long an answer may be kept, as a word; one function turns it into a header.

use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, RETRY_AFTER},
    },
    response::Response,
};

/// How long an answer stays right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// The address names the content: files of a build.
    Forever,
    /// Changes when data is published or the program is: pages and files. A browser keeps it and asks each time; a cache between
    /// hands it out for a minute, for some longer while it asks, and for a day where the site does not answer.
    UntilNextRevision,
    /// True only now: health, errors.
    Never,
}

impl CachePolicy {
    pub fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            CachePolicy::Forever => "public, max-age=31536000, immutable",
            CachePolicy::UntilNextRevision => {
                "public, max-age=0, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400"
            }
            CachePolicy::Never => "no-store",
        })
    }
}

/// Says on an answer how long it may be kept, by the policy of its path, and when to ask again for one that is not there now.
pub fn label(response: &mut Response, policy: CachePolicy) {
    let status = response.status();
    let right = status.is_success() || status.is_redirection();
    let policy = if right { policy } else { CachePolicy::Never };
    response.headers_mut().insert(CACHE_CONTROL, policy.header());
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().entry(RETRY_AFTER).or_insert(HeaderValue::from_static("10"));
    }
}
