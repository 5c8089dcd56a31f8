//! Middleware that answers with the Markdown of a page: by its address (`/en/programs.md`) or by `Accept`.

use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, Request},
    http::{
        HeaderValue, StatusCode, Uri,
        header::{CONTENT_LENGTH, CONTENT_TYPE, LINK, LOCATION},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{errors, outcome, policy::RoutePolicy};
use crate::{
    components::location::Origin,
    domain::revisions::{ReadSource, Snapshot, model::Times},
    error::AppError,
    import::workbook::dictionary,
    outputs::{
        markdown::{self, EXPLAINING, MEDIA_TYPE, RenderedPage},
        request_context::provenance,
    },
    text::{Locale, query::Query},
};

/// Longest page that is converted, in bytes; several times the longest there is.
const MAX_PAGE_LENGTH: usize = 32 * 1024 * 1024;

/// The file with the Markdown of all pages that explain the site.
const FULL: &str = "/llms-full.txt";

/// Lets a request pass, and converts the page that answers it if it asks for Markdown.
pub async fn of_pages(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path == FULL {
        return full(request.into_parts().0, next).await;
    }
    let is_own =
        request.extensions().get::<MatchedPath>().is_some_and(|route| route.as_str().ends_with(".md"));
    let page = markdown::page_of(path).filter(|page| !is_own && RoutePolicy::of(page).has_markdown);
    let is_asked = RoutePolicy::of(path).has_markdown && markdown::is_preferred(request.headers());
    if page.is_none() && !is_asked {
        return next.run(request).await;
    }
    let page = page.map(str::to_owned);
    let (parts, body) = request.into_parts();
    let mut of_page = parts.clone();
    if let Some(uri) = page.as_deref().and_then(|page| with_path(&parts.uri, page)) {
        of_page.uri = uri;
    }
    let response = next.run(Request::from_parts(of_page.clone(), body)).await;
    if response.status().is_redirection() {
        return if page.is_some() { redirected(response) } else { response };
    }
    if is_html(&response) { converted(response, &of_page).await } else { response }
}

fn is_html(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

/// Returns an address with another path and the same query string.
fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    let address = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = address.parse().ok();
    Uri::from_parts(parts).ok()
}

/// Leads from the Markdown of a page that has moved to that of the page that it has moved to.
fn redirected(mut response: Response) -> Response {
    let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    let location = location.filter(|location| location.starts_with('/')).map(markdown::address);
    if let Some(location) = location.and_then(|location| HeaderValue::from_str(&location).ok()) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// Converts a rendered page. `parts` are those of the request for the page.
async fn converted(response: Response, parts: &Parts) -> Response {
    let (mut head, body) = response.into_parts();
    let text = match text_of(body, head.status, parts).await {
        Ok(text) => text,
        Err(error) => return errors::answer(&error, parts),
    };
    head.headers.remove(CONTENT_LENGTH);
    head.headers.remove(LINK);
    head.headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    Response::from_parts(head, Body::from(text))
}

async fn text_of(body: Body, status: StatusCode, parts: &Parts) -> Result<String, AppError> {
    let failed = |error: &dyn std::error::Error| {
        tracing::error!(%error, "a page could not be read");
        AppError::Internal
    };
    let bytes = to_bytes(body, MAX_PAGE_LENGTH).await.map_err(|error| failed(&error))?;
    let html = std::str::from_utf8(&bytes).map_err(|error| failed(&error))?;
    let times = Times::parse(&Query::decode(parts.uri.query().unwrap_or_default())).unwrap_or_default();
    let source = ReadSource::of_request(parts)?;
    // A page that says that there is no such state has the newest one.
    let snapshot = match Snapshot::of(source.clone(), times).await {
        Ok(snapshot) => snapshot,
        Err(AppError::Query(_)) => Snapshot::of(source, Times::default()).await?,
        Err(error) => return Err(error),
    };
    let origin = parts.extensions.get::<Origin>().map(|origin| origin.0.clone()).unwrap_or_default();
    let address = parts.uri.path_and_query().map(|address| address.as_str()).unwrap_or_default();
    let is_error = status != StatusCode::OK;
    let page = RenderedPage { html, locale: Locale::of_path(parts.uri.path()), address, is_error };
    markdown::convert(page, &provenance(&snapshot, origin, None)).ok_or(AppError::NotFound)
}

/// Serves the Markdown of all pages that explain the site, and the dictionary of the data set.
async fn full(parts: Parts, next: Next) -> Response {
    let mut texts = Vec::new();
    for path in EXPLAINING {
        let mut of_page = parts.clone();
        let Some(uri) = with_path(&parts.uri, path) else { continue };
        of_page.uri = uri;
        let response = next.clone().run(Request::from_parts(of_page.clone(), Body::empty())).await;
        if response.status() != StatusCode::OK {
            return errors::answer(outcome::error(&response).unwrap_or(&AppError::Internal), &parts);
        }
        match text_of(response.into_body(), StatusCode::OK, &of_page).await {
            Ok(text) => texts.push(text),
            Err(error) => return errors::answer(&error, &parts),
        }
    }
    texts.push(dictionary::text(Locale::En).to_owned());
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], texts.join("\n\n")).into_response()
}
