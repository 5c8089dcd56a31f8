//! How an answer is named: by everything it is made from.

use axum::http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT, ACCEPT_ENCODING, HOST, IF_NONE_MATCH, VARY},
    request::Parts,
};
use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};

use crate::server::pulse::Published;

/// What answers of this server are named by, and which are not kept.
#[derive(Clone, Debug)]
pub struct Named {
    /// Which program makes them.
    pub program: String,
    /// The site's origin, where it does not depend on how it is asked.
    pub origin: Option<String>,
    /// Where the files of this build are, which lie compressed on the disk.
    pub package: String,
}

impl Named {
    pub fn tag(&self, standing: Standing, parts: &Parts, coding: Coding) -> Tag {
        let text = |name| parts.headers.get(name).map(HeaderValue::as_bytes).unwrap_or_default();
        let origin = self.origin.as_deref().map_or_else(|| text(HOST), str::as_bytes);
        let accept = if depends_on_accept(parts.uri.path()) { text(ACCEPT) } else { b"" };
        let address = parts.uri.path_and_query().map(|address| address.as_str()).unwrap_or_default();
        let mut hash = Sha256::new();
        for part in [self.program.as_bytes(), origin, address.as_bytes(), accept, coding.name().as_bytes()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.update(standing.published.0.to_be_bytes());
        hash.update(standing.day.num_days_from_ce().to_be_bytes());
        let mut tag = [0; 16];
        tag.copy_from_slice(&hash.finalize()[..16]);
        Tag(tag)
    }
}

/// What every answer depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub published: Published,
    /// Statuses are told for a day.
    pub day: NaiveDate,
}

/// Names an answer: half of a SHA-256 over everything it is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag([u8; 16]);

impl Tag {
    pub fn header(self) -> HeaderValue {
        HeaderValue::from_str(&format!("\"{}\"", hex::encode(self.0))).unwrap_or(HeaderValue::from_static(""))
    }
}

/// How an answer is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    Brotli,
    Gzip,
    Plain,
}

impl Coding {
    /// The best of those accepted (RFC 9110, 12.5.3).
    pub fn of(headers: &HeaderMap) -> Coding {
        let accepted =
            headers.get(ACCEPT_ENCODING).and_then(|header| header.to_str().ok()).unwrap_or_default();
        let takes = |name: &str| {
            accepted.split(',').any(|each| {
                let mut parts = each.split(';').map(str::trim);
                let is_it = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case(name));
                is_it && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
            })
        };
        match () {
            () if takes("br") => Coding::Brotli,
            () if takes("gzip") => Coding::Gzip,
            () => Coding::Plain,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Coding::Brotli => "br",
            Coding::Gzip => "gzip",
            Coding::Plain => "identity",
        }
    }
}

/// Whether the same address answers in the form that is accepted.
fn depends_on_accept(path: &str) -> bool {
    path.starts_with("/sdmx/")
}

/// Whether the answer depends on nothing of the request but what its name is made from.
pub fn varies_as_named(headers: &HeaderMap, path: &str) -> bool {
    let varies = headers.get_all(VARY).iter().filter_map(|vary| vary.to_str().ok());
    varies.flat_map(|vary| vary.split(',')).all(|header| match header.trim().to_ascii_lowercase().as_str() {
        "accept-encoding" => true,
        "accept" => depends_on_accept(path),
        _ => false,
    })
}

/// Whether the reader says that he has it.
pub fn is_known(headers: &HeaderMap, tag: Tag) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|known| known.to_str().ok());
    let tag = hex::encode(tag.0);
    // A proxy that compresses makes the tag a weak one.
    known
        .flat_map(|known| known.split(','))
        .any(|known| known.trim().trim_start_matches("W/").trim_matches('"') == tag)
}
