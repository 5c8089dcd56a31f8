//! Request pipeline: method and target, host, address and rate limit, preflight, tracking parameters, response cache, then headers and
//! metrics. It is one function instead of a layer each, because the layers would take longer than a cached response.

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{
            ACCEPT_ENCODING, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY,
        },
    },
    response::Response,
};

use super::{
    cache::{self, CachePolicy},
    content_coding::Coding,
    cors,
    db_monitor::Databases,
    errors, memento, metrics,
    origin::{self, Origins},
    policy::RoutePolicy,
    posted,
    rate_limit::RateLimits,
    redirect, request_target,
    response_cache::{ResponseCache, is_any_known},
    security,
};
use crate::text::tracking;

/// The site behind its request pipeline.
#[derive(Clone)]
pub struct Pipeline(Arc<PipelineParts>);

/// The stages of the pipeline.
pub struct PipelineParts {
    /// The routes.
    pub site: Router,
    pub cache: ResponseCache,
    pub databases: Databases,
    pub limits: RateLimits,
    pub origins: Origins,
    /// Whether readers reach the site by https only.
    pub over_tls: bool,
}

impl Pipeline {
    pub fn new(parts: PipelineParts) -> Pipeline {
        Pipeline(Arc::new(parts))
    }

    pub async fn answer(&self, request: Request) -> Response {
        let PipelineParts { site, cache, databases, over_tls, .. } = &*self.0;
        let begun = Instant::now();
        let policy = RoutePolicy::of(request.uri().path());
        let is_query = request.uri().query().is_some_and(|query| !query.is_empty());
        let has_any = is_any_known(request.headers()) && is_read(request.method());
        let is_read = is_read(request.method());
        let prepared = match self.prepared(request, policy) {
            Ok(request) => posted::read(request).await,
            Err(answer) => Err(answer),
        };
        let prepared = match prepared {
            Ok(request) => memento::gate(request, databases).await,
            Err(answer) => Err(answer),
        };
        let mut response = match prepared {
            Ok(request) => cache.answer(request, site).await,
            Err(answer) => answer,
        };
        if has_any && response.status() == StatusCode::OK && response.headers().contains_key(ETAG) {
            not_modified(&mut response);
        }
        // What came in a body is no part of the address that caches know.
        cache::label(&mut response, if is_read { policy.cache } else { CachePolicy::Never });
        let is_known = response.status() == StatusCode::NOT_MODIFIED;
        let is_redirect = response.status().is_redirection();
        let headers = response.headers_mut();
        // On a 304 they would replace the headers of the response that the browser has stored.
        if !is_known {
            security::guard(headers, policy.is_framed, *over_tls);
        }
        if policy.is_open {
            cors::open(headers);
        }
        // Search engines should not index a page's filtered states. A header, because files cannot contain a meta element.
        if is_query && !is_redirect {
            headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
        }
        merge_vary(headers, policy);
        metrics::count(&response, begun);
        response
    }

    /// Prepares a request for the site.
    ///
    /// # Errors
    ///
    /// Returns the response if the request needs no further work: it is rejected, redirected or a preflight.
    #[allow(clippy::result_large_err, reason = "the error is a whole response, returned as it is")]
    fn prepared(&self, request: Request, policy: RoutePolicy) -> Result<Request, Response> {
        let PipelineParts { limits, origins, .. } = &*self.0;
        let mut request = request_target::accept(request)?;
        if let Err(error) = origin::name_host(&mut request) {
            return Err(errors::answer(&error, &request.into_parts().0));
        }
        let mut request = limits.refused(request)?;
        if policy.is_open
            && let Some(answer) = cors::preflight(request.method(), posted::is_target(request.uri().path()))
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

/// Turns a response into a 304.
fn not_modified(response: &mut Response) {
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    *response.body_mut() = Body::empty();
    for of_body in [CONTENT_LENGTH, CONTENT_TYPE, CONTENT_ENCODING, CONTENT_DISPOSITION] {
        response.headers_mut().remove(of_body);
    }
}

/// Redirects to the address without the tracking parameters that other services appended. Only `GET` and `HEAD` are redirected, because a
/// redirected `POST` would lose its body.
fn without_tracking(request: &Request, policy: RoutePolicy) -> Option<Response> {
    if !policy.is_shared || !is_read(request.method()) {
        return None;
    }
    let rest = tracking::stripped(request.uri().query()?)?;
    // Old link-preview clients support 301 but not 308.
    redirect::to(StatusCode::MOVED_PERMANENTLY, request.uri().path(), Some(&rest))
}

/// Merges `Vary` into one line, the same for every status: shared caches need it on 304 too, and some read only the first line.
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
