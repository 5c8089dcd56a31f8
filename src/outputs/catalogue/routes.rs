//! `/data/catalog.ttl`, `/data/catalog.jsonld`, `/data/croissant.json`.

use axum::{
    Router,
    extract::FromRef,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
    routing::get,
};

use super::{croissant, dcat, jsonld, store::Days, triples::Graph, turtle};
use crate::{
    domain::revisions,
    error::AppError,
    outputs::{
        dataset,
        request_context::{RequestContext, Site},
    },
    text::{date, query::Query},
};

/// Returns the routes of the catalogues. They name both languages, so their addresses have none.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new()
        .route("/data/catalog.ttl", get(as_turtle))
        .route("/data/catalog.jsonld", get(as_jsonld))
        .route("/data/croissant.json", get(as_croissant))
}

async fn as_turtle(context: RequestContext) -> Response {
    let made = async {
        let graph = graph(&context).await?;
        Ok(([(CONTENT_TYPE, "text/turtle; charset=utf-8")], turtle::write(&graph)).into_response())
    };
    context.answer(made).await
}

async fn as_jsonld(context: RequestContext) -> Response {
    let made = async {
        let graph = graph(&context).await?;
        let text = format!("{:#}\n", jsonld::write(&graph));
        Ok(([(CONTENT_TYPE, "application/ld+json")], text).into_response())
    };
    context.answer(made).await
}

async fn as_croissant(context: RequestContext) -> Response {
    let made = async {
        asked(&context)?;
        let text = format!("{:#}\n", croissant::describe(&context));
        Ok(([(CONTENT_TYPE, "application/ld+json")], text).into_response())
    };
    context.answer(made).await
}

async fn graph(context: &RequestContext) -> Result<Graph, AppError> {
    asked(context)?;
    let snapshot = &context.snapshot;
    let first = revisions::store::get(&snapshot.db, 1).await?;
    let issued = first.map_or(snapshot.published_on(), |first| date::in_china(first.published_at));
    let days = snapshot.cached::<Days>().await?;
    Ok(dcat::graph(context, issued, days.0))
}

fn asked(context: &RequestContext) -> Result<(), AppError> {
    dataset::routes::whole_revision(context)?;
    Ok(Query::decode(&context.raw).only(&[])?)
}
