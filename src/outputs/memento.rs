//! Memento (RFC 7089): which past states an address has, so that archives and their clients find the one of a day.
//!
//! A pinned address (`as_of=2`) is a memento. The address without `as_of` is the original resource and its own time gate: asked with
//! `Accept-Datetime` it redirects to the memento of that moment (`server/memento.rs`). Its time map lists all mementos.

use axum::{
    Router,
    extract::FromRef,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, Utc};

use super::{
    api::{
        nouns::Rows,
        store::{self, Versioned},
    },
    link_header::{joined, uri},
    request_context::{RequestContext, Site},
};
use crate::{
    domain::{
        registry::{Noun, SinglePage},
        revisions::{self, model::Revision},
    },
    error::AppError,
    text::{
        Locale,
        query::{self, AS_OF},
    },
};

/// Prefix of the address of a time map; the path and query of the original follow.
const TIME_MAPS: &str = "/timemap/link";

/// Media type of a time map (RFC 7089, 5).
const LINK_FORMAT: &str = "application/link-format";

/// First segments of the addresses that have states beside the languages.
const STATEFUL: [&str; 3] = ["api", "sdmx", "embed"];

pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new().route("/timemap/link/{*original}", get(time_map))
}

/// Formats a moment as HTTP does: `Fri, 05 Dec 2025 08:00:00 GMT`.
pub fn moment(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Returns the value of `Link` of an address without `as_of`, or of its memento: where the original and the time map are. `original` is a
/// path with its query string; `origin` is that of the site. None if the address is too long for a header.
pub fn links(origin: &str, original: &str) -> Option<String> {
    let map = uri(origin, &format!("{TIME_MAPS}{original}"));
    joined([
        format!("<{}>; rel=\"original timegate\"", uri(origin, original)),
        format!("<{map}>; rel=\"timemap\"; type=\"{LINK_FORMAT}\""),
    ])
}

async fn time_map(context: RequestContext) -> Response {
    context.answer(listed(&context)).await
}

async fn listed(context: &RequestContext) -> Result<Response, AppError> {
    let path: Vec<&str> = context.segments.iter().skip(2).map(String::as_str).collect();
    let raw = query::without(&context.raw, "lang");
    let mut original = format!("/{}", path.join("/"));
    if !raw.is_empty() {
        original = format!("{original}?{raw}");
    }
    let snapshot = &context.snapshot;
    let mut revisions = revisions::store::list(&snapshot.db).await?;
    revisions.reverse();
    revisions.retain(|revision| revision.number <= snapshot.at.revision);
    if let Some((noun, id)) = row(&path)? {
        let versioned = Versioned::of(Rows::Listed(noun)).ok_or(AppError::Internal)?;
        let ids = [id.to_owned()];
        let versions =
            store::versions(&snapshot.db, (0, snapshot.at.revision), versioned, Some(&ids), None, i64::MAX)
                .await?;
        let is_in = |number: i32| {
            versions.iter().any(|row| row.since <= number && row.until.is_none_or(|until| number < until))
        };
        revisions.retain(|revision| is_in(revision.number));
    }
    let body = written(&context.provenance.origin, &original, &revisions).ok_or(AppError::NotFound)?;
    Ok(([(CONTENT_TYPE, LINK_FORMAT)], body).into_response())
}

/// Returns the row that a path is about, if it is about one.
///
/// # Errors
///
/// If the path leads to nothing that has states.
fn row<'a>(path: &[&'a str]) -> Result<Option<(Noun, &'a str)>, AppError> {
    let rest = match path {
        ["embed", locale, rest @ ..] | [locale, rest @ ..] if locale.parse::<Locale>().is_ok() => rest,
        ["api", "v1", rest @ ..] => rest,
        [first, ..] if STATEFUL.contains(first) => return Ok(None),
        _ => return Err(AppError::NotFound),
    };
    // Markdown has the name of its page; another file stands beside the page that it is of.
    let page: Vec<&str>;
    let rest = match rest {
        [path @ .., last] if last.ends_with(".md") => {
            page = path.iter().copied().chain(last.strip_suffix(".md")).collect();
            &page
        }
        [page @ .., file] if file.contains('.') => page,
        page => page,
    };
    match rest {
        page if SinglePage::at(page).is_some() => Ok(None),
        [noun, id, ..] => Ok(noun.parse::<Noun>().ok().map(|noun| (noun, *id))),
        _ => Ok(None),
    }
}

/// Writes a time map; `None` if there is no memento.
fn written(origin: &str, original: &str, revisions: &[Revision]) -> Option<String> {
    let (first, last) = (revisions.first()?, revisions.last()?);
    let (from, until) = (moment(first.published_at), moment(last.published_at));
    let map = uri(origin, &format!("{TIME_MAPS}{original}"));
    let mut lines = vec![
        format!("<{}>; rel=\"original timegate\"", uri(origin, original)),
        format!("<{map}>; rel=\"self\"; type=\"{LINK_FORMAT}\"; from=\"{from}\"; until=\"{until}\""),
    ];
    lines.extend(revisions.iter().map(|revision| {
        let relation = match (revision.number == first.number, revision.number == last.number) {
            (true, true) => "first last memento",
            (true, false) => "first memento",
            (false, true) => "last memento",
            (false, false) => "memento",
        };
        let address = uri(origin, &query::with(original, AS_OF, &revision.number.to_string()));
        format!("<{address}>; rel=\"{relation}\"; datetime=\"{}\"", moment(revision.published_at))
    }));
    Some(lines.join(",\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn revision(number: i32, published_at: &str) -> Revision {
        Revision {
            number,
            published_at: published_at.parse().unwrap(),
            note: None,
            reported: None,
            published_by: None,
            proposed_by: None,
            content_hash: String::new(),
        }
    }

    #[test]
    fn a_time_map_lists_every_memento_with_its_moment() {
        let revisions = [revision(1, "2026-11-20T03:04:05Z"), revision(2, "2026-11-28T00:00:00Z")];
        assert_eq!(
            written("https://o.example", "/en/programs?q=a", &revisions).unwrap(),
            "<https://o.example/en/programs?q=a>; rel=\"original timegate\",\n\
             <https://o.example/timemap/link/en/programs?q=a>; rel=\"self\"; type=\"application/link-format\"; \
             from=\"Fri, 20 Nov 2026 03:04:05 GMT\"; until=\"Sat, 28 Nov 2026 00:00:00 GMT\",\n\
             <https://o.example/en/programs?q=a&as_of=1>; rel=\"first memento\"; datetime=\"Fri, 20 Nov 2026 03:04:05 GMT\",\n\
             <https://o.example/en/programs?q=a&as_of=2>; rel=\"last memento\"; datetime=\"Sat, 28 Nov 2026 00:00:00 GMT\"\n"
        );
        assert_eq!(written("https://o.example", "/en", &[]), None);
    }

    #[test]
    fn an_address_cannot_end_its_link() {
        let links = links("https://o.example", "/en/search?q=\"><x>; rel=evil").unwrap();
        assert!(!links.contains("\"><x>") && links.contains("%22%3E%3Cx%3E"), "{links}");
    }
}
