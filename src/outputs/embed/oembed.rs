//! oEmbed 1.0 (<https://oembed.com>): from the address of a page to the iframe that shows it, as JSON or XML.
//!
//! Consumers append parameters of their own and write addresses in their own ways, so this is lenient where pages are
//! strict: unknown parameters are ignored, the first of repeated ones counts, and invalid sizes restrict nothing.

use axum::{
    Json,
    extract::{FromRef, State},
    http::{header::CONTENT_TYPE, request::Parts},
    response::{IntoResponse, Response},
};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use serde_json::{Map, Value, json};

use super::{address::PageAddress, frame::Wish};
use crate::{
    charts::Outline,
    domain::revisions::model::Times,
    error::{AppError, QueryError, QueryProblem},
    outputs::{
        files::{FrameSize, RowScope, RowWindow, documents as export, frame_code, site},
        request_context::{RequestContext, Site, problem},
    },
    text::{
        Locale,
        query::{self, Query},
        tracking,
    },
};

/// Size in pixels of a frame whose contents do not determine its height.
const WIDTH: u32 = 800;
const HEIGHT: u32 = 560;

/// Seconds for which a consumer may cache a response: the frame itself always shows the newest data.
const CACHE_AGE: u32 = 86_400;

/// Scales of a card, largest first, each with its factor.
const THUMBNAILS: [(&str, f64); 3] = [("1", 1.0), ("0.5", 0.5), ("0.25", 0.25)];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Xml,
}

/// Parameters of a consumer's request.
#[derive(Clone, Debug, PartialEq, Eq)]
struct OembedQuery {
    url: String,
    format: Format,
    most_width: Option<u32>,
    most_height: Option<u32>,
}

impl OembedQuery {
    fn parse(query: &Query) -> Result<OembedQuery, QueryError> {
        let first = |name| query.all(name).first().copied();
        let format = match first("format").map(str::to_ascii_lowercase).as_deref() {
            None | Some("json") => Format::Json,
            Some("xml") => Format::Xml,
            Some(other) => {
                let offered = vec!["json".to_owned(), "xml".to_owned()];
                return Err(QueryError::new("format", other, QueryProblem::NotOffered { offered }));
            }
        };
        let url = first("url").ok_or_else(|| QueryError::new("url", "", QueryProblem::Missing))?;
        Ok(OembedQuery {
            url: url.to_owned(),
            format,
            most_width: first("maxwidth").and_then(pixels),
            most_height: first("maxheight").and_then(pixels),
        })
    }
}

/// Parses a size in whole pixels, from 1; none if it is invalid.
fn pixels(text: &str) -> Option<u32> {
    let size: f64 = text.trim().trim_end_matches("px").parse().ok()?;
    (size >= 1.0).then_some(size as u32)
}

/// Serves oEmbed. Errors are in the language of the parameter `lang`; a frame is in that of its page.
pub async fn oembed<S>(State(state): State<S>, parts: Parts) -> Response
where
    Site: FromRef<S>,
{
    let query = Query::decode(parts.uri.query().unwrap_or_default());
    let locale = query.all("lang").first().map(|lang| Locale::from_accept_language(lang)).unwrap_or_default();
    match RequestContext::read(&parts, Site::from_ref(&state), locale, Times::default()).await {
        Ok(context) => context.answer(made(&context, &query)).await,
        Err(error) => problem(&error, locale, parts.uri.path()),
    }
}

async fn made(context: &RequestContext, query: &Query) -> Result<Response, AppError> {
    let asked = OembedQuery::parse(query)?;
    let foreign = || QueryError::new("url", &asked.url, QueryProblem::NothingThere);
    let page =
        PageAddress::parse(&asked.url, &context.provenance.origin, context.locale).ok_or_else(foreign)?;
    let shared = tracking::stripped(&page.raw).unwrap_or(page.raw);
    let raw = query::without_state(&shared);
    let Times { as_of, known_on } = Times::parse(&Query::decode(&shared))?;
    let mut snapshot = match as_of {
        Some(state) => context.snapshot.other(state).await?,
        None => context.snapshot.clone(),
    };
    if let Some(day) = known_on {
        snapshot = snapshot.known_on(day, query::KNOWN_ON).await?;
    }
    // Only the address of a frame has options of a frame.
    let (wishes, raw) = match page.is_frame {
        true => Wish::pairs(&raw)?,
        false => (Vec::new(), raw),
    };
    let path: Vec<&str> = page.path.iter().map(String::as_str).collect();
    let document =
        export::export_document(&snapshot, page.locale, &path, &raw, RowWindow::whole(RowScope::Shown))
            .await?;
    let frame =
        wishes.iter().fold(document.frame(), |address, (name, value)| query::with(&address, name, value));
    let size = FrameSize {
        width: Some(asked.most_width.map_or(WIDTH, |most| most.min(WIDTH))),
        height: asked.most_height.map_or(HEIGHT, |most| most.min(HEIGHT)),
        most_height: asked.most_height,
    };
    let provenance = &context.provenance;
    let name = site(page.locale);
    let mut answer = Map::new();
    let mut put = |name: &str, value: Value| answer.insert(name.to_owned(), value);
    put("version", "1.0".into());
    put("type", "rich".into());
    put("title", document.title.clone().into());
    put("author_name", name.into());
    put("author_url", provenance.absolute(&format!("/{}/about", page.locale)).into());
    put("provider_name", name.into());
    put("provider_url", provenance.origin.clone().into());
    put("cache_age", CACHE_AGE.into());
    put("html", frame_code(&document.title, &provenance.absolute(&frame), provenance, size).into());
    put("width", json!(size.width));
    put("height", size.height.into());
    if let Some((scale, width, height)) = thumbnail(&asked) {
        let card = document.file("card.png");
        let card = if scale == "1" { card } else { query::with(&card, "scale", scale) };
        put("thumbnail_url", provenance.absolute(&card).into());
        put("thumbnail_width", width.into());
        put("thumbnail_height", height.into());
    }
    match asked.format {
        Format::Json => Ok(Json(answer).into_response()),
        Format::Xml => {
            let body = xml(&answer).map_err(|error| {
                tracing::error!(%error, "an oEmbed response could not be serialized");
                AppError::Internal
            })?;
            Ok(([(CONTENT_TYPE, "text/xml; charset=utf-8")], body).into_response())
        }
    }
}

/// Returns the largest picture within the requested size: its scale, width and height. The standard restricts pictures
/// in the same way as frames; none if the smallest is too large.
fn thumbnail(asked: &OembedQuery) -> Option<(&'static str, u32, u32)> {
    let (width, height) = Outline::Card.size();
    let fits = |length: u32, most: Option<u32>| most.is_none_or(|most| length <= most);
    THUMBNAILS
        .into_iter()
        .map(|(scale, factor)| {
            let scaled = |length: u32| (f64::from(length) * factor).ceil() as u32;
            (scale, scaled(width), scaled(height))
        })
        .find(|(_, width, height)| fits(*width, asked.most_width) && fits(*height, asked.most_height))
}

fn xml(answer: &Map<String, Value>) -> std::io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::new());
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), Some("yes"))))?;
    out.create_element("oembed").write_inner_content(|out| {
        for (name, value) in answer {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            out.create_element(name.as_str()).write_text_content(BytesText::new(&text))?;
        }
        Ok(())
    })?;
    Ok(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(raw: &str) -> OembedQuery {
        OembedQuery::parse(&Query::decode(raw)).unwrap()
    }

    #[test]
    fn what_consumers_append_is_ignored_and_the_first_of_several_counts() {
        let plain = parse("url=a");
        for more in [
            "&dnt=1&origin=https%3A%2F%2Fa.test&referrer=x&theme=dark&as_of=soon&utm_source=x",
            "&maxwidth=&maxheight=&format=&lang=",
            "&maxwidth=0&maxheight=-5",
            "&maxwidth=100%25&maxheight=auto",
            "&url=b&format=json&format=xml",
            "&format=JSON",
        ] {
            assert_eq!(parse(&format!("url=a{more}")), plain, "{more}");
        }
        assert_eq!(parse("url=a&maxwidth=600.9&maxheight=40px").most_width, Some(600));
        assert_eq!(parse("url=a&maxwidth=99999999999999").most_width, Some(u32::MAX));
        assert!(matches!(
            OembedQuery::parse(&Query::decode("url=a&format=yaml")).unwrap_err().problem,
            QueryProblem::NotOffered { .. }
        ));
    }

    #[test]
    fn a_thumbnail_is_never_larger_than_asked_for() {
        let of = |raw: &str| thumbnail(&parse(&format!("url=a&{raw}")));
        assert_eq!(of(""), Some(("1", 1200, 630)));
        assert_eq!(of("maxwidth=800"), Some(("0.5", 600, 315)));
        assert_eq!(of("maxheight=200"), Some(("0.25", 300, 158)));
        assert_eq!(of("maxwidth=299"), None);
    }
}
