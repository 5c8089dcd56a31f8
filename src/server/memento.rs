//! Memento (RFC 7089): the time gate, and the headers of originals and mementos.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, Uri, header::LINK},
    middleware::Next,
    response::Response,
};
use chrono::{DateTime, Utc};

use super::{db_monitor::Databases, errors, policy::RoutePolicy, redirect};
use crate::{
    components::location::Origin,
    domain::revisions::{
        self, ReadSource, Snapshot,
        model::{AsOf, Revision, Times},
    },
    error::{AppError, QueryError, QueryProblem},
    outputs::memento::{links, moment},
    text::query::{self, AS_OF, Query},
};

const ACCEPT_DATETIME: HeaderName = HeaderName::from_static("accept-datetime");
const MEMENTO_DATETIME: HeaderName = HeaderName::from_static("memento-datetime");

/// Lets a request pass, unless it asks for the memento of a moment: then the answer is a redirect to the revision that was the newest then,
/// or to the first.
///
/// # Errors
///
/// Returns the response if the request has `Accept-Datetime` and is not for a memento or for what has no states.
#[allow(clippy::result_large_err, reason = "the error is a whole response, returned as it is")]
pub async fn gate(request: Request, databases: &Databases) -> Result<Request, Response> {
    let raw = request.uri().query().unwrap_or_default();
    let is_memento = Query::decode(raw).pairs().any(|(name, _)| name == AS_OF);
    let has_states = RoutePolicy::of(request.uri().path()).has_states;
    let asked = request.headers().get(ACCEPT_DATETIME).filter(|_| has_states && !is_memento);
    let Some(asked) = asked.filter(|_| request.method().is_safe()) else { return Ok(request) };
    let text = String::from_utf8_lossy(asked.as_bytes()).into_owned();
    let origin = origin(&request);
    let (parts, _) = request.into_parts();
    let (path, original) = (parts.uri.path(), address(&parts.uri));
    let revision = match DateTime::parse_from_rfc2822(&text) {
        Ok(at) => memento(databases, at.to_utc()).await,
        Err(_) => Err(QueryError::new("Accept-Datetime", &text, QueryProblem::NotAMoment).into()),
    };
    let revision = revision.map_err(|error| errors::answer(&error, &parts))?;
    let memento = query::with(&original, AS_OF, &revision.number.to_string());
    let query = memento.split_once('?').map(|(_, query)| query);
    let redirect = redirect::to(StatusCode::FOUND, path, query);
    let mut response = redirect.ok_or_else(|| errors::answer(&AppError::NotFound, &parts))?;
    describe(&mut response, &origin, &original);
    Err(response)
}

/// Returns the revision that was the newest at a moment, or the first one.
async fn memento(databases: &Databases, at: DateTime<Utc>) -> Result<Revision, AppError> {
    let newest = databases.state().revision.ok_or(AppError::Unavailable)?;
    let db = databases.reader(Some(newest)).db;
    // To the second: the header has no fractions.
    let next = at + chrono::TimeDelta::seconds(1);
    match revisions::store::published_by(&db, next, newest.number).await? {
        Some(revision) => Ok(revision),
        None => revisions::store::get(&db, 1).await?.ok_or(AppError::Unavailable),
    }
}

/// Adds the headers of an original or a memento to a response.
pub async fn marked(request: Request, next: Next) -> Response {
    if !RoutePolicy::of(request.uri().path()).has_states {
        return next.run(request).await;
    }
    let asked = Query::decode(request.uri().query().unwrap_or_default());
    // What is wrong with the address is said by the answer, which is then no success.
    let as_of = AsOf::parse(&asked).ok().flatten();
    let source = request.extensions().get::<ReadSource>().cloned();
    let (origin, original) = (origin(&request), address(request.uri()));
    let mut response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    if let (Some(source), Some(_)) = (source, as_of) {
        let times = Times { as_of, ..Times::default() };
        let published = Snapshot::of(source, times).await.map(|snapshot| moment(snapshot.published_at));
        if let Some(moment) = published.ok().and_then(|moment| HeaderValue::from_str(&moment).ok()) {
            response.headers_mut().insert(MEMENTO_DATETIME, moment);
        }
    }
    describe(&mut response, &origin, &original);
    response
}

/// Returns the path and query string of the original that an address is a state of.
fn address(uri: &Uri) -> String {
    let raw = query::without(uri.query().unwrap_or_default(), AS_OF);
    if raw.is_empty() { uri.path().to_owned() } else { format!("{}?{raw}", uri.path()) }
}

/// Says where the original and the time map are.
fn describe(response: &mut Response, origin: &str, original: &str) {
    if let Some(links) = links(origin, original)
        && let Ok(links) = HeaderValue::from_str(&links)
    {
        response.headers_mut().append(LINK, links);
    }
}

fn origin(request: &Request) -> String {
    request.extensions().get::<Origin>().map(|origin| origin.0.clone()).unwrap_or_default()
}
