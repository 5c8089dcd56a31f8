//! oEmbed 1.0 (<https://oembed.com>): from the address of a page to the frame that shows it.

use axum::{Json, response::IntoResponse, response::Response};
use serde_json::json;

use crate::{
    desk::Desk,
    error::{AppError, QueryError, QueryProblem},
    export,
    extract::{Scope, Wanted, frame_code, site},
    query::{self, Query},
    revisions::model::AsOf,
    text::Locale,
};

/// The size of a frame whose contents do not tell their height.
const WIDTH: u32 = 800;
const HEIGHT: u32 = 560;

pub async fn oembed(desk: Desk) -> Response {
    desk.answer(made(&desk)).await
}

async fn made(desk: &Desk) -> Result<Response, AppError> {
    let query = Query::decode(&desk.raw);
    query.only(&["url", "format", "maxwidth", "maxheight", "lang"])?;
    query.word("format", &[("json", ())])?;
    let most = |name: &'static str| -> Result<Option<u32>, QueryError> {
        let Some(value) = query.one(name)? else { return Ok(None) };
        let size = value.parse().ok().filter(|size| *size > 0);
        size.map(Some).ok_or_else(|| QueryError::new(name, value, QueryProblem::NothingThere))
    };
    let (width, height) = (
        most("maxwidth")?.map_or(WIDTH, |most| most.min(WIDTH)),
        most("maxheight")?.map_or(HEIGHT, |most| most.min(HEIGHT)),
    );
    let url = query.one("url")?.ok_or_else(|| QueryError::new("url", "", QueryProblem::NothingThere))?;
    let foreign = || QueryError::new("url", url, QueryProblem::NothingThere);
    let address = url.strip_prefix(&desk.imprint.origin).ok_or_else(foreign)?;
    let (path, raw) = address.split_once('?').unwrap_or((address, ""));
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let locale: Locale = segments.next().and_then(|word| word.parse().ok()).ok_or_else(foreign)?;
    let as_of = AsOf::parse(&Query::decode(raw))?;
    let reading = match as_of {
        Some(asked) => desk.reading.other(asked).await?,
        None => desk.reading.clone(),
    };
    let rest = query::without(raw, query::AS_OF);
    let path: Vec<&str> = segments.collect();
    let extract = export::extract(&reading, locale, &path, &rest, Wanted::whole(Scope::Shown)).await?;
    let frame = desk.imprint.absolute(&extract.frame());
    let html = frame_code(&extract.title, &frame, &desk.imprint, (Some(width), height));
    Ok(Json(json!({
        "version": "1.0",
        "type": "rich",
        "title": extract.title,
        "provider_name": site(locale),
        "provider_url": desk.imprint.origin,
        "html": html,
        "width": width,
        "height": height,
        "thumbnail_url": desk.imprint.absolute(&extract.file("card.png")),
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }))
    .into_response())
}
