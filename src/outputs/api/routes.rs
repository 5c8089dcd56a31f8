//! Routes of the API.

use axum::{Json, Router, extract::FromRef, http::Method, response::Response, routing::get};

use super::{answer, check, document, nouns, search};
use crate::{
    error::AppError,
    outputs::request_context::{RequestContext, Site, problem},
};

/// Returns the routes of the API.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    let mut router = Router::new()
        .route("/api/openapi.json", get(openapi))
        .route("/api/v1/search", get(search::search))
        .route("/api/v1/check", get(check::check));
    for resource in &nouns::NOUNS {
        router = router.route(&format!("/api/v1/{}", resource.name), get(answer::list));
        if resource.noun().is_some() {
            router = router.route(&format!("/api/v1/{}/{{id}}", resource.name), get(answer::one));
        }
    }
    router.route("/api/{*path}", get(nothing))
}

async fn openapi(context: RequestContext) -> Response {
    let made = async {
        crate::text::query::Query::decode(&context.raw).only(&[])?;
        Ok(axum::response::IntoResponse::into_response(Json(document::document(&context.provenance.origin))))
    };
    context.answer(made).await
}

async fn nothing(method: Method, context: RequestContext) -> Response {
    tracing::debug!(%method, "no API route at this address");
    problem(&AppError::NotFound, context.locale, "/api")
}
