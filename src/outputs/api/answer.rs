//! API responses: paginated lists, and single rows with all rows linked to them.

use axum::response::Response;
use serde::Serialize;

use super::{
    history,
    nouns::{self, Resource, Rows},
    paging::{Paging, UPDATED_AFTER, next_address},
    response::{Meta, json, linked, meta},
    rows::{RowPage, first, key, page, updated_page},
};
use crate::{
    domain::{registry::Noun, revisions},
    error::{AppError, QueryError, QueryProblem},
    outputs::{
        files::{JsonRows, RowScope, RowWindow, documents},
        request_context::RequestContext,
    },
    text::query::Query,
};

#[derive(Serialize)]
struct List<'a> {
    meta: Meta,
    data: JsonRows<'a>,
}

#[derive(Serialize)]
struct One<'a> {
    meta: Meta,
    data: JsonRows<'a>,
    /// Rows of other nouns that belong to it.
    linked: std::collections::BTreeMap<&'static str, JsonRows<'a>>,
}

pub async fn list(context: RequestContext) -> Response {
    context.answer(listed(&context)).await
}

pub async fn one(context: RequestContext) -> Response {
    context.answer(found(&context)).await
}

async fn listed(context: &RequestContext) -> Result<Response, AppError> {
    let resource = context.segments.get(2).and_then(|name| nouns::named(name)).ok_or(AppError::NotFound)?;
    let (paging, raw) = Paging::split(&context.raw)?;
    let own: Vec<&str> = (resource.parameters)().iter().map(|parameter| parameter.name).collect();
    let known: Vec<&str> = own
        .iter()
        .chain(&["limit", "after", "include_history", UPDATED_AFTER, "lang", "as_of", "known_on"])
        .copied()
        .collect();
    only(&raw, &own, &known)?;
    if paging.history {
        if matches!(resource.rows, Rows::Changes) {
            let allowed = vec!["false".to_owned()];
            return Err(
                QueryError::new("include_history", "true", QueryProblem::NotAllowed { allowed }).into()
            );
        }
        let published_after = updated_since(context, resource, &paging).await?.unwrap_or_default();
        return history::versions(context, resource, &raw, None, published_after, &paging).await;
    }
    let window = RowWindow { scope: RowScope::Shown, after: paging.after.as_deref(), most: paging.limit };
    let RowPage { table, total, next } = match updated_since(context, resource, &paging).await? {
        Some(revision) => {
            updated_page(&context.snapshot, context.locale, resource, &raw, window, revision).await?
        }
        None => page(&context.snapshot, context.locale, resource, &raw, window).await?,
    };
    let next = next.map(|after| next_address(context, &after));
    let meta = meta(context, resource.name, total, next.clone());
    linked(json(&List { meta, data: JsonRows(&table) })?, next)
}

/// Returns the revision after which rows have to be published, if the address asks for those. `None` also where the moment is before the
/// first revision: then every row is.
async fn updated_since(
    context: &RequestContext,
    resource: &Resource,
    paging: &Paging,
) -> Result<Option<i32>, AppError> {
    let Some(moment) = paging.updated_after else { return Ok(None) };
    if matches!(resource.rows, Rows::Changes) {
        let known = vec!["since".to_owned()];
        return Err(QueryError::new(UPDATED_AFTER, "", QueryProblem::UnknownParameter { known }).into());
    }
    Ok(revisions::store::newest_until(&context.snapshot.db, moment, context.snapshot.at.revision).await?)
}

async fn found(context: &RequestContext) -> Result<Response, AppError> {
    let (name, id) = match &context.segments[..] {
        [_, _, name, id] => (name.as_str(), id.as_str()),
        _ => return Err(AppError::NotFound),
    };
    let resource = nouns::named(name).ok_or(AppError::NotFound)?;
    let (paging, raw) = Paging::split(&context.raw)?;
    let noun = resource.noun().ok_or(AppError::NotFound)?;
    let own: Vec<&str> = nouns::of_one(noun).iter().map(|parameter| parameter.name).collect();
    let known: Vec<&str> = own
        .iter()
        .chain(&["limit", "after", "include_history", "lang", "as_of", "known_on"])
        .copied()
        .collect();
    only(&context.raw, &known, &known)?;
    if paging.history {
        return history::versions(context, resource, "", Some(id), 0, &paging).await;
    }
    let document = documents::export_document(
        &context.snapshot,
        context.locale,
        &[name, id],
        &raw,
        RowWindow::whole(RowScope::Shown),
    )
    .await?;
    let mut tables = document.tables;
    if noun == Noun::Indicators {
        let all = documents::export_document(
            &context.snapshot,
            context.locale,
            &["indicators"],
            "",
            RowWindow::whole(RowScope::All),
        )
        .await?;
        let mut own = first(all)?;
        own.rows.retain(|row| key(resource, row) == id);
        tables.insert(0, own);
    }
    let mut tables = tables.iter();
    let own = tables.next().ok_or(AppError::Internal)?;
    let linked = tables.map(|table| (table.schema.name, JsonRows(table))).collect();
    let meta = meta(context, resource.name, own.rows.len(), None);
    json(&One { meta, data: JsonRows(own), linked })
}

/// Refuses parameters that the address does not accept; the error lists those it does.
fn only(raw: &str, own: &[&str], known: &[&str]) -> Result<(), QueryError> {
    Query::decode(raw).only(own).map_err(|mut error| {
        error.problem =
            QueryProblem::UnknownParameter { known: known.iter().map(|name| (*name).to_owned()).collect() };
        error
    })
}
