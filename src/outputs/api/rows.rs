//! Rows of a noun, page by page.

use super::nouns::{Resource, Rows};
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
    outputs::files::{ExportDocument, Omitted, RowWindow, documents, observations::columns, revisions},
    text::Locale,
};

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
    let all = match resource.rows {
        Rows::Observations => {
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
        Rows::Listed(noun) => {
            let document = documents::export_document(snapshot, locale, &[noun.word()], raw, window).await?;
            if let Some(cut) = document.cut {
                return Ok(RowPage::new(resource, first(document)?, cut));
            }
            first(document)
        }
        Rows::Revisions => revisions::columns::all(snapshot, locale).await,
        Rows::Whole { read, .. } => read(snapshot, locale).await,
        Rows::Results => Err(AppError::NotFound),
    };
    let Table { schema, rows } = all?;
    let (rows, cut) = window.part_of(rows, |row| key(resource, row))?;
    Ok(RowPage::new(resource, Table { schema, rows }, cut))
}

pub fn first(document: ExportDocument) -> Result<Table, AppError> {
    document.tables.into_iter().next().ok_or(AppError::Internal)
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
