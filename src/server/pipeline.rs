//! The request pipeline: method and target, host, address and rate limit, preflights, tracking parameters, response cache, then headers and measurements.
//! One function and not a layer each: a cached answer takes less time than the layers would.

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, Request},
    http::{
        Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{
            ACCEPT_ENCODING, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY,
        },
    },
    middleware::Next,
    response::Response,
};

use super::{
    cache,
    content_coding::Coding,
    cors, errors, metrics,
    origin::{self, Origins},
    policy::RoutePolicy,
    rate_limit::RateLimits,
    redirect, request_target,
    response_cache::{ResponseCache, is_any_known},
    security,
};
use crate::{components::async_page::MissingPart, error::AppError, text::tracking};

/// The site behind its front.
#[derive(Clone)]
pub struct Pipeline(Arc<PipelineParts>);

/// What requests go through.
pub struct PipelineParts {
    /// The routes.
    pub site: Router,
    pub cache: ResponseCache,
    pub limits: RateLimits,
    pub origins: Origins,
    /// Whether readers reach the site by https only.
    pub over_tls: bool,
}

/// The route that made an answer, which measurements are by; addresses have no end.
#[derive(Clone, Debug)]
pub struct Route(pub Arc<str>);

impl Pipeline {
    pub fn new(parts: PipelineParts) -> Pipeline {
        Pipeline(Arc::new(parts))
    }

    pub async fn answer(&self, request: Request) -> Response {
        let PipelineParts { site, cache, over_tls, .. } = &*self.0;
        let begun = Instant::now();
        let policy = RoutePolicy::of(request.uri().path());
        let is_query = request.uri().query().is_some_and(|query| !query.is_empty());
        let has_any = is_any_known(request.headers()) && is_read(request.method());
        let mut response = match self.prepared(request, policy) {
            Ok(request) => cache.answer(request, site).await,
            Err(answer) => answer,
        };
        if has_any && response.status() == StatusCode::OK && response.headers().contains_key(ETAG) {
            not_modified(&mut response);
        }
        cache::label(&mut response, policy.cache);
        let is_known = response.status() == StatusCode::NOT_MODIFIED;
        let is_redirect = response.status().is_redirection();
        let headers = response.headers_mut();
        // It would replace the headers of what the browser has.
        if !is_known {
            security::guard(headers, policy.is_framed, *over_tls);
        }
        if policy.is_open {
            cors::open(headers);
        }
        // States of a page are no pages of their own; files cannot say so within themselves.
        if is_query && !is_redirect {
            headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
        }
        merge_vary(headers, policy);
        metrics::count(&response, begun);
        response
    }

    /// The request as the site answers it, or the answer where nothing has to be made.
    #[allow(clippy::result_large_err, reason = "both are on their way, one in and one out")]
    fn prepared(&self, request: Request, policy: RoutePolicy) -> Result<Request, Response> {
        let PipelineParts { limits, origins, .. } = &*self.0;
        let mut request = request_target::accept(request)?;
        if let Err(error) = origin::name_host(&mut request) {
            return Err(errors::answer(&error, &request.into_parts().0));
        }
        let mut request = limits.refused(request)?;
        if policy.is_open
            && let Some(answer) = cors::preflight(request.method())
        {
            return Err(answer);
        }
        if let Some(redirect) = without_tracking(&request, policy) {
            return Err(redirect);
        }
        origins.write(&mut request);
        let coding = Coding::of(request.headers());
        request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static(coding.name()));
        Ok(request)
    }
}

fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// Makes of an answer the one for a reader who has it already.
fn not_modified(response: &mut Response) {
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    *response.body_mut() = Body::empty();
    for of_body in [CONTENT_LENGTH, CONTENT_TYPE, CONTENT_ENCODING, CONTENT_DISPOSITION] {
        response.headers_mut().remove(of_body);
    }
}

/// The same address without what other services appended to its query string. Only what is read is redirected: a redirected `POST` would
/// lose its body.
fn without_tracking(request: &Request, policy: RoutePolicy) -> Option<Response> {
    if !policy.is_shared || !is_read(request.method()) {
        return None;
    }
    let rest = tracking::stripped(request.uri().query()?)?;
    // Old link previews know this status, and do not know 308.
    redirect::to(StatusCode::MOVED_PERMANENTLY, request.uri().path(), Some(&rest))
}

/// Writes one `Vary` line, the same for every status: a cache between must find the rule on 304 too, and some read only the first line.
fn merge_vary(headers: &mut HeaderMap, policy: RoutePolicy) {
    let of_policy = policy.vary();
    let lines: Vec<HeaderValue> =
        std::iter::once(of_policy).chain(headers.get_all(VARY).iter().cloned()).collect();
    let mut names: Vec<String> = Vec::new();
    for name in lines.iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(',')) {
        let name = name.trim().to_ascii_lowercase();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    if let Ok(line) = HeaderValue::from_str(&names.join(", ")) {
        headers.insert(VARY, line);
    }
}

/// Writes on an answer which route made it, and what a page misses.
pub async fn routed(mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|route| Route(route.as_str().into()));
    let missing = MissingPart::default();
    request.extensions_mut().insert(missing.clone());
    let mut response = next.run(request).await;
    write(response.extensions_mut(), route, missing.why().cloned());
    response
}

/// Writes on an answer which route made it, and what is wrong with it.
pub fn write(extensions: &mut Extensions, route: Option<Route>, error: Option<AppError>) {
    if let Some(route) = route {
        extensions.insert(route);
    }
    if let Some(error) = error {
        extensions.insert(error);
    }
}

/// What is wrong with an answer or a part of it.
pub fn error(response: &Response) -> Option<&AppError> {
    response.extensions().get()
}
