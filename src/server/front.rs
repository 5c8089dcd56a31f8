//! What goes round every answer, in its order: which host is asked, is the address one, may its reader ask, is the answer kept, what
//! is a browser told of it, how long did it take. One function and not a layer each: a kept answer takes less time than the layers
//! would.

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    extract::{MatchedPath, Request},
    http::{Extensions, HeaderValue, StatusCode, header::HOST},
    middleware::Next,
    response::Response,
};

use super::{cache, kept::Kept, limits::Limits, measures, security};
use crate::{error::AppError, ui::loaded::Missing};

/// The site behind its front.
#[derive(Clone)]
pub struct Front(Arc<Inner>);

struct Inner {
    /// The routes.
    site: Router,
    kept: Kept,
    limits: Limits,
    /// Whether readers reach the site by https only.
    over_tls: bool,
}

/// The route that made an answer, which measurements are by; addresses have no end.
#[derive(Clone, Debug)]
pub struct Route(pub Arc<str>);

impl Front {
    pub fn new(site: Router, kept: Kept, limits: Limits, over_tls: bool) -> Front {
        Front(Arc::new(Inner { site, kept, limits, over_tls }))
    }

    pub async fn answer(&self, mut request: Request) -> Response {
        let Inner { site, kept, limits, over_tls } = &*self.0;
        let begun = Instant::now();
        name_host(&mut request);
        let path = request.uri().path();
        let policy = cache::CachePolicy::of(path);
        let framed = path.starts_with("/embed/");
        let open = path.starts_with("/api/") || path.starts_with("/sdmx/");
        let mut response = match limits.refused(request) {
            Ok(request) => kept.answer(request, site).await,
            Err(refused) => refused,
        };
        cache::label(&mut response, policy);
        // It would replace the headers of what the browser has.
        if response.status() != StatusCode::NOT_MODIFIED {
            security::guard(response.headers_mut(), framed, *over_tls);
        }
        if open {
            security::open(response.headers_mut());
        }
        measures::count(&response, begun);
        response
    }
}

/// A request of HTTP/2 names its host in the address and has no header for it. Where the address names one, it is that one and no
/// other (RFC 9112, 3.2.2).
fn name_host(request: &mut Request) {
    let host = request.uri().authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok());
    if let Some(host) = host {
        request.headers_mut().insert(HOST, host);
    }
}

/// Writes on an answer which route made it, and what a page misses.
pub async fn routed(mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|route| Route(route.as_str().into()));
    let missing = Missing::default();
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
