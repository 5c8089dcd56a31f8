//! `include_history`: every version that a row ever had, with the revisions in which it held.

use axum::response::Response;
use serde::Serialize;
use serde_json::{Value, json};

use super::{answer, nouns::Resource};
use crate::{
    desk::Desk,
    error::{AppError, QueryError, QueryProblem},
    extract::{Cell, Row, Scope, Table, Wanted},
    revisions::{self, model::AsOf},
};

/// A version of a row, and from which revision to which it held.
struct Version {
    key: String,
    cells: Vec<Cell>,
    from: i32,
    /// The first revision in which it held no more; none while it holds.
    to: Option<i32>,
}

#[derive(Serialize)]
struct History<'a> {
    meta: Value,
    data: Vec<Held<'a>>,
}

#[derive(Serialize)]
struct Held<'a> {
    valid_from: i32,
    valid_to: Option<i32>,
    row: Row<'a>,
}

/// Reads every revision up to the one asked for and keeps what changed. Counts and standings that follow from other rows are part of
/// a row: a version begins where any of its cells changes.
pub async fn versions(
    desk: &Desk,
    resource: &'static Resource,
    raw: &str,
    id: Option<&str>,
) -> Result<Response, AppError> {
    let numbers = revisions::store::list(&desk.reading.db).await?;
    let mut versions: Vec<Version> = Vec::new();
    for number in
        numbers.iter().rev().map(|revision| revision.number).filter(|number| *number <= desk.reading.revision)
    {
        let mut reading = desk.reading.other(AsOf::Revision(number)).await?;
        // One day for all of them: otherwise every revision would be a new version of every programme.
        reading.today = desk.reading.today;
        let raw = if id.is_some() { "" } else { raw };
        let found = answer::page(&reading, desk.locale, resource, raw, Wanted::whole(Scope::Shown)).await;
        let table = match found.map(|(table, _)| table) {
            // What is asked for may not have been there yet.
            Err(AppError::Query(QueryError { problem: QueryProblem::NothingThere, .. })) => {
                Table { noun: (resource.noun)(), rows: Vec::new() }
            }
            other => other?,
        };
        let rows = table.rows.into_iter().map(|cells| (answer::key(resource, &cells), cells));
        let rows: Vec<(String, Vec<Cell>)> = rows.filter(|(key, _)| id.is_none_or(|id| id == key)).collect();
        for version in versions.iter_mut().filter(|version| version.to.is_none()) {
            if !rows.iter().any(|(key, cells)| *key == version.key && *cells == version.cells) {
                version.to = Some(number);
            }
        }
        for (key, cells) in rows {
            if !versions.iter().any(|version| version.to.is_none() && version.key == key) {
                versions.push(Version { key, cells, from: number, to: None });
            }
        }
    }
    if id.is_some() && versions.is_empty() {
        return Err(AppError::NotFound);
    }
    let columns = (resource.noun)().columns;
    let data: Vec<Held<'_>> = versions
        .iter()
        .map(|version| Held {
            valid_from: version.from,
            valid_to: version.to,
            row: Row(columns, &version.cells),
        })
        .collect();
    let meta = json!({
        "noun": resource.name,
        "total": data.len(),
        "as_of": desk.reading.revision,
        "language": desk.locale.tag(),
    });
    answer::json(&History { meta, data })
}
