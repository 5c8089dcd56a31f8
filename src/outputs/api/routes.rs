//! The addresses of the API.

use axum::{Json, Router, extract::FromRef, http::Method, response::Response, routing::get};

use super::{answer, document, nouns, search};
use crate::{
    error::AppError,
    outputs::request_context::{Desk, Site, problem},
};

/// Every address of the API.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    let mut router =
        Router::new().route("/api/openapi.json", get(openapi)).route("/api/v1/search", get(search::search));
    for noun in &nouns::NOUNS {
        router = router.route(&format!("/api/v1/{}", noun.name), get(answer::list));
        if noun.has_details {
            router = router.route(&format!("/api/v1/{}/{{id}}", noun.name), get(answer::one));
        }
    }
    router.route("/api/{*path}", get(nothing))
}

async fn openapi(desk: Desk) -> Response {
    let made = async {
        crate::text::query::Query::decode(&desk.raw).only(&[])?;
        Ok(axum::response::IntoResponse::into_response(Json(document::document(&desk.imprint.origin))))
    };
    desk.answer(made).await
}

async fn nothing(method: Method, desk: Desk) -> Response {
    tracing::debug!(%method, "no such address of the API");
    problem(&AppError::NotFound, desk.locale, "/api")
}
