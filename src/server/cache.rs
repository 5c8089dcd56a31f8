//! How long an answer may be kept, as a word; one middleware turns it into a header.

use axum::{
    extract::Request,
    http::{HeaderValue, header::CACHE_CONTROL},
    middleware::Next,
    response::Response,
};

/// How long an answer stays right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// The address names the content: files of a build.
    Forever,
    /// Changes when data is published or the program is: pages. Kept, but asked about each time.
    UntilNextRevision,
    /// True only now: health, errors.
    Never,
}

impl CachePolicy {
    pub fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            CachePolicy::Forever => "public, max-age=31536000, immutable",
            CachePolicy::UntilNextRevision => "public, max-age=0, must-revalidate",
            CachePolicy::Never => "no-store",
        })
    }

    /// The policy of an answer by its path and status.
    fn of(path: &str, ok: bool) -> Self {
        match path {
            _ if !ok => CachePolicy::Never,
            "/healthz" | "/readyz" => CachePolicy::Never,
            path if path.starts_with("/pkg/") => CachePolicy::Forever,
            _ => CachePolicy::UntilNextRevision,
        }
    }
}

/// Sets `Cache-Control` on every answer.
pub async fn keep(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let status = response.status();
    let ok = status.is_success() || status.is_redirection();
    response.headers_mut().insert(CACHE_CONTROL, CachePolicy::of(&path, ok).header());
    response
}
