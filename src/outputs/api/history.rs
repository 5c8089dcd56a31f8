//! `include_history`: every version of a row with the revisions in which it was valid, paginated.
//!
//! A version covers the row itself. Names of other rows in it, and numbers counted from other rows, are those of the
//! revision that published the version.

use crate::{
    domain::{
        observations::query::{ObservationFilter, Position},
        organizations, programs,
        registry::Noun,
        revisions::{Snapshot, model::AsOf},
        subsidies,
        table::{Cell, Table},
    },
    error::{AppError, QueryError, QueryProblem},
    loaders::{organizations::rows::rows as organization_rows, programs::rows::standing},
    outputs::{
        files::{JsonRow, LICENCE, LICENCE_ADDRESS, RowScope, RowWindow, observations::stream::VersionRow},
        request_context::RequestContext,
    },
    text::Locale,
};
use std::collections::{BTreeMap, BTreeSet};

use axum::response::Response;
use chrono::SecondsFormat;
use serde::Serialize;

use super::{
    nouns::{Resource, Rows},
    paging::{Paging, next_address},
    response::{json, linked},
    rows::{key, page},
    store::{self, RowVersion, Versioned},
};

#[derive(Serialize)]
struct History<'a> {
    meta: Meta,
    data: Vec<ValidVersion<'a>>,
}

#[derive(Serialize)]
struct Meta {
    noun: &'static str,
    /// Address of the next page; none on the last.
    next: Option<String>,
    /// Newest revision considered: only versions published up to it are listed.
    as_of: i32,
    published_on: String,
    language: &'static str,
    licence: &'static str,
    licence_url: &'static str,
}

/// A version, and the range of revisions in which it was valid.
#[derive(Serialize)]
struct ValidVersion<'a> {
    valid_from: i32,
    valid_from_published_at: Option<String>,
    /// First revision in which it was no longer valid; none while it is valid.
    valid_to: Option<i32>,
    valid_to_published_at: Option<String>,
    row: JsonRow<'a>,
}

/// A version of a row, with the key after which the next page begins.
struct Found {
    key: String,
    from: i32,
    to: Option<i32>,
    cells: Vec<Cell>,
}

/// Returns a page of versions: of all rows, of those that match the filters, or of the row with the given id; only those that revisions
/// after `published_after` published.
pub async fn versions(
    context: &RequestContext,
    resource: &'static Resource,
    raw: &str,
    id: Option<&str>,
    published_after: i32,
    paging: &Paging,
) -> Result<Response, AppError> {
    let after = paging.after.as_deref().map(cursor).transpose()?;
    let limit = paging.limit as i64 + 1;
    let mut found = match Versioned::of(resource.rows) {
        None => figures(context, raw, published_after, after, limit).await?,
        Some(versioned) => {
            // Of what was known on a day, every version of the rows that were.
            let is_whole = context.snapshot.known_on.is_none();
            let ids = match id {
                Some(id) if is_whole => Some(vec![id.to_owned()]),
                Some(id) => {
                    let mut known = chosen(context, resource, "").await?;
                    known.retain(|one| one == id);
                    Some(known)
                }
                None if raw.is_empty() && is_whole => None,
                None => Some(chosen(context, resource, raw).await?),
            };
            let versions = store::versions(
                &context.snapshot.db,
                (published_after, context.snapshot.at.revision),
                versioned,
                ids.as_deref(),
                after,
                limit,
            )
            .await?;
            rows(&context.snapshot, context.locale, resource, versions).await?
        }
    };
    if id.is_some() && after.is_none() && found.is_empty() {
        return Err(AppError::NotFound);
    }
    let more = found.len() > paging.limit;
    found.truncate(paging.limit);
    for version in &mut found {
        version.to = version.to.filter(|to| *to <= context.snapshot.at.revision);
    }
    let next = found.last().filter(|_| more).map(|last| format!("{}~{}", last.key, last.from));
    let next = next.map(|after| next_address(context, &after));
    let numbers: BTreeSet<i32> =
        found.iter().flat_map(|version| [Some(version.from), version.to]).flatten().collect();
    let numbers: Vec<i32> = numbers.into_iter().collect();
    let published = store::published(&context.snapshot.db, &numbers).await?;
    let at = |number: i32| published.get(&number).map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
    let columns = &(resource.schema)().columns;
    let data = found.iter().map(|version| ValidVersion {
        valid_from: version.from,
        valid_from_published_at: at(version.from),
        valid_to: version.to,
        valid_to_published_at: version.to.and_then(at),
        row: JsonRow(columns, &version.cells),
    });
    let meta = Meta {
        noun: resource.name,
        next: next.clone(),
        as_of: context.snapshot.at.revision,
        published_on: context.snapshot.published_on().to_string(),
        language: context.locale.tag(),
        licence: LICENCE,
        licence_url: LICENCE_ADDRESS,
    };
    linked(json(&History { meta, data: data.collect() })?, next)
}

/// Parses a cursor: the key of a row and the revision of its version, as written in an address.
fn cursor(text: &str) -> Result<(&str, i32), QueryError> {
    let split = text.rsplit_once('~').and_then(|(key, from)| Some((key, from.parse().ok()?)));
    split.ok_or_else(|| QueryError::new("after", text, QueryProblem::NothingThere))
}

async fn figures(
    context: &RequestContext,
    raw: &str,
    published_after: i32,
    after: Option<(&str, i32)>,
    limit: i64,
) -> Result<Vec<Found>, AppError> {
    let filter = ObservationFilter::parse(raw)?;
    let position = after.map(|(key, from)| {
        let position = Position::parse(key);
        position
            .map(|position| (position, from))
            .ok_or_else(|| QueryError::new("after", key, QueryProblem::NothingThere))
    });
    let position = position.transpose()?;
    let after = position.as_ref().map(|(position, from)| (position, *from));
    let versions = crate::outputs::files::observations::stream::versions(
        &context.snapshot,
        context.locale,
        &filter,
        published_after,
        after,
        limit,
    )
    .await?;
    let found =
        |VersionRow { position, from, to, cells }| Found { key: position.to_string(), from, to, cells };
    Ok(versions.into_iter().map(found).collect())
}

/// Returns the keys of the rows that match the filters in the requested snapshot.
async fn chosen(
    context: &RequestContext,
    resource: &'static Resource,
    raw: &str,
) -> Result<Vec<String>, AppError> {
    let window = RowWindow::whole(RowScope::Shown);
    let page = page(&context.snapshot, context.locale, resource, raw, window).await?;
    Ok(page.table.rows.iter().map(|row| key(resource, row)).collect())
}

/// Returns versions with their rows. Each revision that published one of them is read once.
async fn rows(
    snapshot: &Snapshot,
    locale: Locale,
    resource: &'static Resource,
    versions: Vec<RowVersion>,
) -> Result<Vec<Found>, AppError> {
    let mut ids: BTreeMap<i32, Vec<String>> = BTreeMap::new();
    for version in &versions {
        ids.entry(version.since).or_default().push(version.id.clone());
    }
    let mut cells: BTreeMap<(i32, String), Vec<Cell>> = BTreeMap::new();
    for (revision, ids) in ids {
        let mut then = snapshot.other(AsOf::Revision(revision)).await?;
        // All versions report the status on the same day.
        then.today = snapshot.today;
        let table = rows_of(&then, locale, resource, &ids).await?;
        cells.extend(table.rows.into_iter().map(|row| ((revision, key(resource, &row)), row)));
    }
    let found = versions.into_iter().map(|RowVersion { id, since, until }| {
        let cells = cells.remove(&(since, id.clone())).ok_or_else(|| {
            tracing::error!(
                id,
                revision = since,
                "a row version is missing from the revision that published it"
            );
            AppError::Internal
        })?;
        Ok(Found { key: id, from: since, to: until, cells })
    });
    found.collect()
}

/// Reads the rows with the given ids in a revision. Of nouns with many rows, only these are read.
async fn rows_of(
    snapshot: &Snapshot,
    locale: Locale,
    resource: &'static Resource,
    ids: &[String],
) -> Result<Table, AppError> {
    let (db, at) = (&snapshot.db, snapshot.at);
    match resource.rows {
        Rows::Listed(Noun::Programs) => {
            let filter = programs::store::ProgramSelector { ids: Some(ids), ..Default::default() };
            let rows = programs::store::select(db, at, filter).await?;
            Ok(Table::of(&standing(rows, snapshot.today), locale))
        }
        Rows::Listed(Noun::Subsidies) => {
            let filter = subsidies::store::SubsidySelector { ids: Some(ids), ..Default::default() };
            Ok(Table::of(&subsidies::store::select(db, at, filter).await?, locale))
        }
        Rows::Listed(Noun::Organizations) => {
            let filter = organizations::store::OrganizationSelector { ids: Some(ids), ..Default::default() };
            let rows = organizations::store::select(db, at, filter).await?;
            Ok(Table::of(&organization_rows(snapshot, rows).await?, locale))
        }
        _ => {
            let window: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
            let page = page(snapshot, locale, resource, "", RowWindow::whole(RowScope::Shown)).await?;
            let mut table = page.table;
            table.rows.retain(|row| window.contains(key(resource, row).as_str()));
            Ok(table)
        }
    }
}
