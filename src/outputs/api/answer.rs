//! API responses: paginated lists, and single rows with all rows linked to them.

use axum::{
    http::{
        HeaderValue,
        header::{CONTENT_TYPE, LINK},
    },
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{
    history,
    nouns::{self, Resource},
};
use crate::{
    domain::{
        observations::{
            filter,
            query::{ObservationFilter, Position},
        },
        revisions::Snapshot,
        table::{Cell, Table},
    },
    error::{AppError, QueryError, QueryProblem},
    outputs::{
        files::{
            ExportDocument, JsonRows, LICENCE, LICENCE_ADDRESS, Omitted, RowWindow, Scope,
            documents as export, entities, observations::columns, organizations, sources,
        },
        request_context::RequestContext,
    },
    text::{
        Locale,
        query::{self, Query},
    },
};

/// Rows per page: the default and the maximum.
pub const PAGE: usize = 100;
pub const MAX: usize = 1000;

/// Parameters that every list accepts in addition to those of its noun.
pub struct Paging {
    pub limit: usize,
    /// Key of the last row of the previous page.
    pub after: Option<String>,
    pub history: bool,
}

impl Paging {
    const PARAMETERS: [&str; 4] = ["limit", "after", "include_history", "lang"];

    fn split(raw: &str) -> Result<(Paging, String), QueryError> {
        let query = Query::decode(raw);
        let limit = match query.one("limit")? {
            None => PAGE,
            Some(value) => value
                .parse()
                .ok()
                .filter(|limit: &usize| (1..=MAX).contains(limit) && limit.to_string() == value)
                .ok_or_else(|| {
                    QueryError::new("limit", value, QueryProblem::NotANumber { most: MAX as u32 })
                })?,
        };
        let paging = Paging {
            limit,
            after: query.id("after")?,
            history: query.word("include_history", &[("false", false), ("true", true)])?.unwrap_or_default(),
        };
        let rest = Self::PARAMETERS.iter().fold(raw.to_owned(), |raw, name| query::without(&raw, name));
        Ok((paging, rest))
    }
}

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

#[derive(Serialize)]
pub struct Meta {
    noun: &'static str,
    /// Number of matching rows on all pages together.
    total: usize,
    /// Address of the next page; none on the last.
    next: Option<String>,
    /// Revision that the rows belong to.
    as_of: i32,
    published_on: String,
    language: &'static str,
    licence: &'static str,
    licence_url: &'static str,
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
    let known: Vec<&str> =
        own.iter().chain(&["limit", "after", "include_history", "lang", "as_of"]).copied().collect();
    only(&raw, &own, &known)?;
    if paging.history {
        return history::versions(context, resource, &raw, None, &paging).await;
    }
    let window = RowWindow { scope: Scope::Shown, after: paging.after.as_deref(), most: paging.limit };
    let RowPage { table, total, next } =
        page(&context.snapshot, context.locale, resource, &raw, window).await?;
    let next = next.map(|after| next_address(context, &after));
    let meta = meta(context, resource.name, total, next.clone());
    linked(json(&List { meta, data: JsonRows(&table) })?, next)
}

/// Adds a `Link` header with `rel="next"` to a response.
pub fn linked(mut response: Response, next: Option<String>) -> Result<Response, AppError> {
    if let Some(link) = next.and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok()) {
        response.headers_mut().insert(LINK, link);
    }
    Ok(response)
}

/// One page of the rows of a noun.
pub struct RowPage {
    pub table: Table,
    /// Number of matching rows, including those not on this page.
    pub total: usize,
    /// Key of the last row, if more follow.
    pub next: Option<String>,
}

impl RowPage {
    fn new(resource: &Resource, table: Table, cut: Omitted) -> RowPage {
        let next = table.rows.last().filter(|_| cut.left > 0).map(|row| key(resource, row));
        RowPage { table, total: cut.all, next }
    }
}

/// Reads one page of the rows of a noun that match the filters.
pub async fn page(
    snapshot: &Snapshot,
    locale: Locale,
    resource: &Resource,
    raw: &str,
    window: RowWindow<'_>,
) -> Result<RowPage, AppError> {
    let all = match resource.name {
        "observations" => {
            let filter = ObservationFilter::parse(raw)?;
            let after = window.after.map(|after| {
                Position::parse(after)
                    .ok_or_else(|| QueryError::new("after", after, QueryProblem::NothingThere))
            });
            let after = after.transpose()?;
            let page = filter::page(snapshot, &filter, after.as_ref(), window.most).await?;
            let next = page.next.map(|next| next.to_string());
            return Ok(RowPage {
                table: columns::table(snapshot, locale, &page.rows).await?,
                total: page.total as usize,
                next,
            });
        }
        "producers" => sources::columns::all_producers(snapshot, locale).await,
        "entities" => entities::columns::all_entities(snapshot, locale).await,
        "apps" => organizations::document::apps(snapshot, locale).await,
        "people" => organizations::document::people(snapshot, locale).await,
        "statements" => organizations::document::statements(snapshot, locale).await,
        "revisions" => crate::outputs::files::revisions::columns::all(snapshot, locale).await,
        name => {
            let document = export::export_document(snapshot, locale, &[name], raw, window).await?;
            if let Some(cut) = document.cut {
                return Ok(RowPage::new(resource, first(document)?, cut));
            }
            first(document)
        }
    };
    let Table { schema, rows } = all?;
    let (rows, cut) = window.part_of(rows, |row| key(resource, row))?;
    Ok(RowPage::new(resource, Table { schema, rows }, cut))
}

fn first(document: ExportDocument) -> Result<Table, AppError> {
    document.tables.into_iter().next().ok_or(AppError::Internal)
}

async fn found(context: &RequestContext) -> Result<Response, AppError> {
    let (name, id) = match &context.segments[..] {
        [_, _, name, id] => (name.as_str(), id.as_str()),
        _ => return Err(AppError::NotFound),
    };
    let resource = nouns::named(name).ok_or(AppError::NotFound)?;
    let (paging, raw) = Paging::split(&context.raw)?;
    let own: &[&str] = match name {
        "programs" => &["on"],
        "indicators" => &["entity", "producer", "rows"],
        _ => &[],
    };
    let known: Vec<&str> =
        own.iter().chain(&["limit", "after", "include_history", "lang", "as_of"]).copied().collect();
    only(&context.raw, &known, &known)?;
    if paging.history {
        return history::versions(context, resource, "", Some(id), &paging).await;
    }
    let document = export::export_document(
        &context.snapshot,
        context.locale,
        &[name, id],
        &raw,
        RowWindow::whole(Scope::Shown),
    )
    .await?;
    let mut tables = document.tables;
    if name == "indicators" {
        let all = export::export_document(
            &context.snapshot,
            context.locale,
            &["indicators"],
            "",
            RowWindow::whole(Scope::All),
        )
        .await?;
        let mut own = first(all)?;
        own.rows.retain(|row| row.first().map(Cell::written).as_deref() == Some(id));
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

/// Returns the identity of a row: the cells of its key, joined.
pub fn key(resource: &Resource, row: &[Cell]) -> String {
    let noun = (resource.schema)();
    let cells = noun.key.iter().filter_map(|name| {
        let at = noun.columns.iter().position(|column| column.name == *name)?;
        Some(row.get(at)?.written())
    });
    cells.collect::<Vec<_>>().join("~")
}

pub fn next_address(context: &RequestContext, after: &str) -> String {
    let path = format!("/{}", context.segments.join("/"));
    let raw = query::without(&context.raw, "after");
    let address = if raw.is_empty() { path } else { format!("{path}?{raw}") };
    // A list must not change while a client pages through it.
    context.provenance.frozen(&query::with(&address, "after", after))
}

pub fn meta(context: &RequestContext, noun: &'static str, total: usize, next: Option<String>) -> Meta {
    Meta {
        noun,
        total,
        next,
        as_of: context.snapshot.revision,
        published_on: context.snapshot.published_on().to_string(),
        language: context.locale.tag(),
        licence: LICENCE,
        licence_url: LICENCE_ADDRESS,
    }
}

pub fn json(body: &impl Serialize) -> Result<Response, AppError> {
    let body = serde_json::to_vec(body).map_err(|error| {
        tracing::error!(%error, "an API response could not be serialized");
        AppError::Internal
    })?;
    Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
}
