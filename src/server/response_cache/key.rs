//! Cache keys: a response is identified by everything it is made from.

use axum::http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT, IF_NONE_MATCH, VARY},
    request::Parts,
};
use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};

use crate::{
    components::location::Origin,
    outputs::{markdown, request_context},
    server::{content_coding::Coding, db_monitor::Published, header_list::elements, policy::RoutePolicy},
    text::Locale,
};

/// The server's part of every cache key, and the path prefix that is not cached.
#[derive(Clone, Debug)]
pub struct CacheKey {
    /// Identifies the program and its build.
    pub program: String,
    /// Path prefix of the build's files, which bypass the cache because they are precompressed on disk.
    pub package: String,
}

impl CacheKey {
    pub fn tag(&self, epoch: CacheEpoch, parts: &Parts, coding: Coding) -> Tag {
        let text = |name| parts.headers.get(name).map(HeaderValue::as_bytes).unwrap_or_default();
        let origin = parts.extensions.get::<Origin>().map(|origin| origin.0.as_bytes()).unwrap_or_default();
        let policy = RoutePolicy::of(parts.uri.path());
        let accept = match policy.by_accept {
            true => text(ACCEPT),
            false if policy.has_markdown && markdown::is_preferred(&parts.headers) => b"text/markdown",
            false => b"",
        };
        let language = match request_context::language_counts(parts.uri.path()) {
            true => Locale::preferred(&parts.headers).tag(),
            false => "",
        };
        let address = parts.uri.path_and_query().map(|address| address.as_str()).unwrap_or_default();
        let mut hash = Sha256::new();
        let (address, coding) = (address.as_bytes(), coding.name().as_bytes());
        for part in [self.program.as_bytes(), origin, address, accept, language.as_bytes(), coding] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let Published { number, published_at, content } = epoch.published;
        hash.update(number.to_be_bytes());
        hash.update(published_at.timestamp_micros().to_be_bytes());
        hash.update(content);
        hash.update(epoch.day.num_days_from_ce().to_be_bytes());
        let mut tag = [0; 16];
        tag.copy_from_slice(&hash.finalize()[..16]);
        Tag(tag)
    }
}

/// The epoch of the cache: every response depends on the published revision and the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheEpoch {
    pub published: Published,
    /// The day for which statuses are computed.
    pub day: NaiveDate,
}

/// Cache key and ETag of a response: the first half of a SHA-256 over everything it is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag([u8; 16]);

impl Tag {
    pub fn header(self) -> HeaderValue {
        HeaderValue::from_str(&format!("\"{}\"", hex::encode(self.0))).unwrap_or(HeaderValue::from_static(""))
    }
}

/// Returns whether every header in `Vary` is part of the cache key.
pub fn varies_as_named(headers: &HeaderMap, path: &str) -> bool {
    let varies = headers.get_all(VARY).iter().filter_map(|vary| vary.to_str().ok());
    varies.flat_map(|vary| vary.split(',')).all(|header| match header.trim().to_ascii_lowercase().as_str() {
        "accept-encoding" => true,
        "accept" => RoutePolicy::of(path).by_accept,
        "accept-language" => request_context::language_counts(path),
        _ => false,
    })
}

/// Returns whether `If-None-Match` contains the tag (RFC 9110, 13.1.2).
pub fn is_known(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|known| known.to_str().ok());
    // Weak comparison: a proxy that compresses weakens the tag.
    known
        .flat_map(|known| elements(known, ','))
        .any(|known| known.strip_prefix("W/").unwrap_or(known).as_bytes() == tag.as_bytes())
}

/// Returns whether the request has `If-None-Match: *`, which matches any existing response.
pub fn is_any_known(headers: &HeaderMap) -> bool {
    headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes().trim_ascii() == b"*")
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::Request};
    use chrono::{DateTime, Utc};

    use super::*;

    fn parts(address: &str, headers: &[(&'static str, &str)]) -> Parts {
        let mut request = Request::get(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).unwrap().into_parts().0
    }

    fn tag(published: Published, parts: &Parts) -> Tag {
        let key = CacheKey { program: "tested".into(), package: "/pkg/".into() };
        let epoch = CacheEpoch { published, day: NaiveDate::from_ymd_opt(2026, 11, 28).unwrap() };
        key.tag(epoch, parts, Coding::Plain)
    }

    fn published(content: &str) -> Published {
        Published::new(1, DateTime::<Utc>::UNIX_EPOCH, content)
    }

    #[test]
    fn other_data_under_the_same_number_has_another_key() {
        let page = parts("/en", &[]);
        let one = tag(published("aa"), &page);
        assert_eq!(one, tag(published("aa"), &page));
        assert_ne!(one, tag(published("bb"), &page));
        let later = Published {
            published_at: DateTime::<Utc>::UNIX_EPOCH + chrono::TimeDelta::seconds(1),
            ..published("aa")
        };
        assert_ne!(one, tag(later, &page));
    }

    #[test]
    fn scheme_and_host_of_links_are_part_of_the_key() {
        let tag_of = |origin: &str| {
            let mut parts = parts("/en", &[]);
            parts.extensions.insert(Origin(origin.to_owned()));
            tag(published("aa"), &parts)
        };
        assert_eq!(tag_of("https://one.test"), tag_of("https://one.test"));
        assert_ne!(tag_of("https://one.test"), tag_of("http://one.test"));
        assert_ne!(tag_of("https://one.test"), tag_of("https://two.test"));
    }

    #[test]
    fn accept_is_part_of_the_key_where_the_format_is_negotiated() {
        let tag_of = |address, accept| tag(published("aa"), &parts(address, &[("accept", accept)]));
        assert_eq!(tag_of("/en", "text/html"), tag_of("/en", "*/*"));
        assert_ne!(tag_of("/en", "text/markdown"), tag_of("/en", "*/*"));
        assert_eq!(tag_of("/en", "text/markdown"), tag_of("/en", "text/markdown, text/html;q=0.5"));
        assert_eq!(tag_of("/en/data.csv", "text/markdown"), tag_of("/en/data.csv", "*/*"));
        assert_ne!(
            tag_of("/sdmx/v2/structure/codelist", "text/csv"),
            tag_of("/sdmx/v2/structure/codelist", "*/*")
        );
    }

    #[test]
    fn if_none_match_may_list_several_tags() {
        let own = Tag([0xab; 16]);
        let known = |lines: &[&str]| {
            let lines: Vec<_> = lines.iter().map(|line| ("if-none-match", *line)).collect();
            is_known(&parts("/en", &lines).headers, &own.header())
        };
        let tag = own.header().to_str().unwrap().to_owned();
        for line in [
            tag.clone(),
            format!("W/{tag}"),
            format!("\"a,b\", {tag}"),
            format!("\"x\" ,W/{tag}, \"y\""),
            format!(", {tag},"),
        ] {
            assert!(known(&[&line]), "{line}");
        }
        assert!(known(&["\"x\"", &tag]));
        let bare = tag.trim_matches('"');
        for line in
            ["", "*", bare, &format!("\"{bare}"), &format!("\"x,{bare}\""), &format!("w/{tag}"), "\"\""]
        {
            assert!(!known(&[line]), "{line}");
        }
        let any = |line| is_any_known(&parts("/en", &[("if-none-match", line)]).headers);
        assert!(any("*") && any(" * ") && !any("\"*\"") && !any(&tag));
    }
}
