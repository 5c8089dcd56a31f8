//! What a response carries for the stages behind the routes: its route, and its error.

use std::sync::Arc;

use axum::{
    extract::{MatchedPath, Request},
    http::Extensions,
    middleware::Next,
    response::Response,
};

use crate::{components::async_page::MissingPart, error::AppError};

/// The route that made a response. Metrics are labelled by it, because the number of addresses is unbounded.
#[derive(Clone, Debug)]
pub struct Route(pub Arc<str>);

/// Middleware that records on a response its route, and the error of a part that the page lacks. Logs a failed statement.
pub async fn routed(mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|route| Route(route.as_str().into()));
    let missing = MissingPart::default();
    request.extensions_mut().insert(missing.clone());
    let mut response = next.run(request).await;
    write(response.extensions_mut(), route, missing.why().cloned());
    if let Some(AppError::Database(error)) = self::error(&response) {
        tracing::error!(%error, "a statement failed");
    }
    response
}

/// Records on a response its route and its error.
pub fn write(extensions: &mut Extensions, route: Option<Route>, error: Option<AppError>) {
    if let Some(route) = route {
        extensions.insert(route);
    }
    if let Some(error) = error {
        extensions.insert(error);
    }
}

/// Returns the error of a response or of a part of it.
pub fn error(response: &Response) -> Option<&AppError> {
    response.extensions().get()
}
