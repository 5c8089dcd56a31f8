//! Addresses of the files of a brief: that of its page, with an ending.

use axum::{
    Router,
    body::Body,
    extract::{FromRef, FromRequestParts, Request, State},
    http::{
        HeaderMap, HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};

use super::BriefFormat;
use crate::{
    domain::brief::query::{BriefItem, BriefKind, BriefQuery},
    error::AppError,
    loaders::brief::data::brief_from,
    outputs::request_context::{RequestContext, Site, header_value},
};

/// Routes of the files of a reader’s own brief. Those of the brief of one thing share the routes of its page: see [`beside_pages`].
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new().route("/{locale}/brief.docx", get(file)).route("/{locale}/brief.pdf", get(file))
}

/// Middleware that answers requests for the file of a brief. Its address differs from that of the page in the ending of the last segment
/// only, which the router does not tell apart.
pub async fn beside_pages<S>(State(state): State<S>, request: Request, next: Next) -> Response
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    let segments: Vec<&str> = request.uri().path().split('/').skip(1).collect();
    let is_file = matches!(segments[..], [_, "brief", _, last] if asked(last).is_some());
    if !is_file {
        return next.run(request).await;
    }
    let (mut parts, _) = request.into_parts();
    match RequestContext::from_request_parts(&mut parts, &state).await {
        Ok(context) => file(context).await,
        Err(refusal) => refusal,
    }
}

/// Splits the last segment of an address into the name and the format.
fn asked(last: &str) -> Option<(&str, BriefFormat)> {
    let (name, ending) = last.rsplit_once('.')?;
    Some((name, BriefFormat::of_ending(ending)?)).filter(|(name, _)| !name.is_empty())
}

async fn file(context: RequestContext) -> Response {
    context.answer(made(&context)).await
}

async fn made(context: &RequestContext) -> Result<Response, AppError> {
    let segments: Vec<&str> = context.segments.iter().map(String::as_str).collect();
    let (format, about, query) = match segments[..] {
        [last] => {
            let (_, format) = asked(last).ok_or(AppError::NotFound)?;
            (format, None, BriefQuery::parse(&context.raw)?)
        }
        [_, kind, last] => {
            let (id, format) = asked(last).ok_or(AppError::NotFound)?;
            let kind: BriefKind = kind.parse().map_err(|_| AppError::NotFound)?;
            let kind = Some(kind).filter(|kind| BriefKind::OWN.contains(kind)).ok_or(AppError::NotFound)?;
            let about = BriefItem { kind, id: id.to_owned() };
            (format, Some(about), BriefQuery::parse_of_one(&context.raw)?)
        }
        _ => return Err(AppError::NotFound),
    };
    let name = name(about.as_ref(), format, context);
    let (brief, _) = brief_from(&context.snapshot, context.locale, about, &query).await?;
    let provenance = context.provenance.clone();
    // Drawing and compressing keep a core busy.
    let written = tokio::task::spawn_blocking(move || format.written(&brief, &provenance)).await;
    let failed = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "a brief could not be written");
        AppError::Internal
    };
    let body = written.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.kind()));
    headers.insert(CONTENT_DISPOSITION, header_value(&name)?);
    Ok((headers, Body::from(body)).into_response())
}

/// Value of `Content-Disposition`: a PDF is displayed, a document downloaded.
fn name(about: Option<&BriefItem>, format: BriefFormat, context: &RequestContext) -> String {
    let shown = match format {
        BriefFormat::Docx => "attachment",
        BriefFormat::Pdf => "inline",
    };
    let of = about.map_or("collected".to_owned(), |item| format!("{}-{}", item.kind.word(), item.id));
    // Ids are lower-case ASCII; anything else was not found.
    let of: String = of.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(120).collect();
    let state = context.provenance.state();
    let (locale, ending) = (context.locale, format.ending());
    format!("{shown}; filename=\"micro-drama-brief-{of}-{locale}-{state}.{ending}\"")
}
