//! Route policies: caching, CORS, framing and error format of a path, known before its response is made.
//!
//! The middleware (cache, security headers, CORS, error pages) looks policies up here, also for responses that no route makes:
//! rejections, cache hits, panics.

use axum::http::HeaderValue;

use super::cache::CachePolicy;
use crate::outputs::markdown;

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
    /// Whether clients read ranges of its bytes. Such files are kept on disk, not by the response cache.
    pub in_ranges: bool,
    /// Whether it shows the data of one revision, so that past states of it exist (`as_of`, Memento).
    pub has_states: bool,
    /// Whether it is a page that also comes as Markdown (`Accept`).
    pub has_markdown: bool,
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
    in_ranges: false,
    has_states: true,
    has_markdown: false,
};

/// Policy of files and interfaces for programs.
const FILE: RoutePolicy = RoutePolicy { is_open: true, errors: ErrorFormat::Problem, ..PAGE };

/// Policy of what only the site's own pages load or call: files without the headers of open ones, and server functions. Nobody shares their
/// addresses.
const OWN: RoutePolicy =
    RoutePolicy { errors: ErrorFormat::Problem, is_shared: false, has_states: false, ..PAGE };

/// Policy of the pages that links in e-mails lead to.
const PERSONAL: RoutePolicy =
    RoutePolicy { cache: CachePolicy::Personal, is_shared: false, has_states: false, ..PAGE };

const HEALTH: RoutePolicy =
    RoutePolicy { cache: CachePolicy::Never, is_shared: false, has_states: false, ..PAGE };

/// Policy of files at the root and of what describes the site as it is now.
const PRESENT: RoutePolicy = RoutePolicy { has_states: false, ..FILE };

/// Policies of the families of routes, by their first path segment. Every other address is a page, or a file beside one.
const FAMILIES: [(&str, RoutePolicy); 16] = [
    ("healthz", HEALTH),
    ("readyz", HEALTH),
    ("pkg", RoutePolicy { cache: CachePolicy::Forever, ..OWN }),
    ("fn", OWN),
    ("favicon.svg", OWN),
    ("speculation-rules.json", OWN),
    ("embed", RoutePolicy { is_framed: true, ..PAGE }),
    ("api", FILE),
    // Catalogues; the data set itself has a language in its addresses.
    ("data", FILE),
    // Clients append parameters of their own; unknown ones are ignored.
    ("oembed", RoutePolicy { is_shared: false, ..PRESENT }),
    ("sdmx", RoutePolicy { by_accept: true, ..FILE }),
    // Persistent identifiers, which lead to a page, a row or Markdown.
    ("id", RoutePolicy { by_accept: true, ..FILE }),
    (
        "mcp",
        RoutePolicy {
            cache: CachePolicy::Personal,
            errors: ErrorFormat::Problem,
            is_shared: false,
            has_states: false,
            ..PAGE
        },
    ),
    ("websub", RoutePolicy { cache: CachePolicy::Personal, ..PRESENT }),
    ("sitemap", PRESENT),
    ("timemap", PRESENT),
];

impl RoutePolicy {
    /// Returns the policy of a path, which need not belong to a route.
    pub fn of(path: &str) -> RoutePolicy {
        let first = path.split('/').nth(1).unwrap_or_default();
        let last = path.rsplit('/').next().unwrap_or_default();
        match FAMILIES.iter().find(|(segment, _)| *segment == first) {
            Some((_, policy)) => *policy,
            // The root leads to a language.
            None if first.is_empty() => RoutePolicy { has_states: false, ..PAGE },
            None if last == first && last.contains('.') && markdown::page_of(path).is_none() => PRESENT,
            None if last.ends_with(".parquet") => RoutePolicy { in_ranges: true, ..FILE },
            None if last.contains('.') => FILE,
            None if path.split('/').nth(2) == Some("follow") && path.split('/').count() == 4 => PERSONAL,
            None => RoutePolicy { has_markdown: true, ..PAGE },
        }
    }

    /// Returns the value of `Vary`: the request headers that a response depends on, the same for every status.
    pub fn vary(self) -> HeaderValue {
        HeaderValue::from_static(match (self.by_accept, self.has_states) {
            (true, true) => "accept, accept-language, accept-encoding, accept-datetime",
            (true, false) => "accept, accept-language, accept-encoding",
            (false, true) if self.has_markdown => "accept, accept-encoding, accept-datetime",
            (false, true) => "accept-encoding, accept-datetime",
            (false, false) => "accept-encoding",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    /// Returns the addresses of the routes that a file declares, as written.
    fn declared(file: &Path) -> Vec<String> {
        let text = fs::read_to_string(file).unwrap();
        let calls = [".route(", ".route_service(", ".nest("].into_iter();
        let arguments = calls.flat_map(|call| text.split(call).skip(1));
        let literal = |argument: &str| {
            let argument = argument.trim_start();
            let (format, rest) = match argument.strip_prefix("&format!(") {
                Some(rest) => (true, rest.trim_start()),
                None => (false, argument),
            };
            let address = rest.strip_prefix('"')?.split('"').next()?;
            Some(if format { address.replace("{{", "{").replace("}}", "}") } else { address.to_owned() })
        };
        arguments.filter_map(literal).collect()
    }

    #[test]
    fn every_family_of_routes_has_its_policy() {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let (mut files, mut folders) = (vec![src.join("server/router.rs")], vec![src.join("outputs")]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        let routes: Vec<String> = files.iter().flat_map(|file| declared(file)).collect();
        assert!(routes.len() > 30, "{routes:?}");
        for route in routes {
            let first = route.split('/').nth(1).unwrap();
            let is_family = FAMILIES.iter().any(|(segment, _)| *segment == first);
            // A page or a file beside it; the redirect to a language; a file at the root.
            let is_plain = first.starts_with("{locale}") || first.is_empty() || first.contains('.');
            assert!(is_family || is_plain, "{route}: add its first segment to FAMILIES");
        }
    }

    #[test]
    fn files_are_open_and_pages_are_not() {
        for path in [
            "/en/data.csv",
            "/zh/programs/data.json",
            "/en/explore/chart.svg",
            "/en/data/figures.csv",
            "/en/data/figures.parquet",
            "/en/data/datapackage.json",
            "/en/feed.atom",
            "/en.md",
            "/zh/programs/pudong-visa.md",
            "/llms-full.txt",
            "/en/programs/dates.ics",
            "/oembed",
            "/api/v1/events",
            "/data/catalog.ttl",
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
            "/fn/suggest",
            "/fn/state",
            "/favicon.svg",
            "/speculation-rules.json",
            "/healthz",
            "/embed/en/explore",
            "/pkg/0/observatory.js",
        ] {
            assert!(!RoutePolicy::of(path).is_open, "{path}");
        }
    }
}
