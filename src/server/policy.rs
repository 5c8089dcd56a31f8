//! Route policies: caching, CORS, framing and error format of a path, known before its response is made.
//!
//! The middleware (cache, security headers, CORS, error pages) looks policies up here, also for responses that no route makes:
//! rejections, cache hits, panics.

use axum::http::HeaderValue;

use super::cache::CachePolicy;

/// The policy of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoutePolicy {
    pub cache: CachePolicy,
    /// Whether scripts of other sites may read the response (CORS).
    pub is_open: bool,
    /// Whether pages of other sites may frame it.
    pub is_framed: bool,
    pub errors: ErrorFormat,
    /// Whether the media type is negotiated (`Accept`).
    pub by_accept: bool,
    /// Whether tracking parameters are removed by a redirect.
    pub is_shared: bool,
}

/// The format of error responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorFormat {
    /// A page in the reader's language.
    Page,
    /// `application/problem+json` (RFC 9457).
    Problem,
}

/// Policy of pages, and the default.
const PAGE: RoutePolicy = RoutePolicy {
    cache: CachePolicy::UntilNextRevision,
    is_open: false,
    is_framed: false,
    errors: ErrorFormat::Page,
    by_accept: false,
    is_shared: true,
};

/// Policy of files and interfaces for programs.
const FILE: RoutePolicy = RoutePolicy { is_open: true, errors: ErrorFormat::Problem, ..PAGE };

impl RoutePolicy {
    /// Returns the policy of a path, which need not belong to a route.
    pub fn of(path: &str) -> RoutePolicy {
        let mut segments = path.split('/').skip(1);
        let first = segments.next().unwrap_or_default();
        let last = path.rsplit('/').next().unwrap_or_default();
        match first {
            "healthz" | "readyz" => RoutePolicy { cache: CachePolicy::Never, is_shared: false, ..PAGE },
            "pkg" => RoutePolicy {
                cache: CachePolicy::Forever,
                errors: ErrorFormat::Problem,
                is_shared: false,
                ..PAGE
            },
            // Only the site's own pages call server functions; nobody shares their addresses.
            "fn" => RoutePolicy { errors: ErrorFormat::Problem, is_shared: false, ..PAGE },
            "embed" => RoutePolicy { is_framed: true, ..PAGE },
            "api" => FILE,
            // Clients append parameters of their own; unknown ones are ignored.
            "oembed" => RoutePolicy { is_shared: false, ..FILE },
            "sdmx" => RoutePolicy { by_accept: true, ..FILE },
            _ if last.contains('.') => FILE,
            _ => PAGE,
        }
    }

    /// Returns the value of `Vary`: the request headers that a response depends on, the same for every status.
    pub fn vary(self) -> HeaderValue {
        HeaderValue::from_static(if self.by_accept {
            "accept, accept-language, accept-encoding"
        } else {
            "accept-encoding"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_open_and_pages_are_not() {
        for path in [
            "/en/data.csv",
            "/zh/programs/data.json",
            "/en/explore/chart.svg",
            "/en/data/figures.csv",
            "/en/data/datapackage.json",
            "/en/feed.atom",
            "/en/programs/dates.ics",
            "/oembed",
            "/api/v1/events",
            "/api/openapi.json",
            "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0",
            "/robots.txt",
            "/sitemap/programs/1.xml",
            "/embed.js",
        ] {
            let policy = RoutePolicy::of(path);
            assert!(policy.is_open && policy.errors == ErrorFormat::Problem, "{path}");
        }
        for path in [
            "/",
            "/en",
            "/en/api",
            "/zh/programs",
            "/en/programs/pudong-visa/download",
            "/en/suggest",
            "/fn/state",
            "/healthz",
            "/embed/en/explore",
            "/pkg/0/observatory.js",
        ] {
            assert!(!RoutePolicy::of(path).is_open, "{path}");
        }
    }
}
