//! Rows of a noun, page by page.

use super::nouns::{Resource, Rows};
use crate::{
    domain::{
        changes::{ChangedNoun, filter, query::ChangeQuery, store},
        listing::parameter::ListQuery,
        observations::{
            self,
            query::{ObservationFilter, Position},
        },
        revisions::Snapshot,
        table::{Cell, Table},
    },
    error::{AppError, QueryError, QueryProblem},
    loaders::changes::data::{ChangeList, list_from},
    outputs::files::{
        ExportDocument, Omitted, RowWindow, changes, documents, observations::columns, revisions,
    },
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
            let after = position(window.after)?;
            let page = observations::filter::page(snapshot, &filter, after.as_ref(), window.most).await?;
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
        Rows::Changes => return changes_page(snapshot, locale, raw, window).await,
        Rows::Results => Err(AppError::NotFound),
    };
    let Table { schema, rows } = all?;
    let (rows, cut) = window.part_of(rows, |row| key(resource, row))?;
    Ok(RowPage::new(resource, Table { schema, rows }, cut))
}

/// Reads one page of the rows of a noun that match the filters and whose current version a later revision published.
///
/// # Errors
///
/// The errors of [`page`].
pub async fn updated_page(
    snapshot: &Snapshot,
    locale: Locale,
    resource: &Resource,
    raw: &str,
    window: RowWindow<'_>,
    revision: i32,
) -> Result<RowPage, AppError> {
    if let Rows::Observations = resource.rows {
        let filter = ObservationFilter::parse(raw)?;
        let after = position(window.after)?;
        let page =
            observations::filter::updated_page(snapshot, &filter, revision, after.as_ref(), window.most)
                .await?;
        return Ok(RowPage {
            table: columns::table(snapshot, locale, &page.rows).await?,
            total: page.total as usize,
            next: page.next.map(|next| next.to_string()),
        });
    }
    let whole = RowWindow { scope: window.scope, after: None, most: usize::MAX };
    let Table { schema, rows } = page(snapshot, locale, resource, raw, whole).await?.table;
    let is_updated: Box<dyn Fn(&str) -> bool> = match resource.table().and_then(ChangedNoun::of_table) {
        Some(noun) => {
            let updated = store::updated(&snapshot.db, snapshot.at, noun, revision).await?;
            Box::new(move |key| updated.contains(key))
        }
        // A revision is published once.
        None => Box::new(move |key| key.parse().is_ok_and(|number: i32| number > revision)),
    };
    let rows = rows.into_iter().filter(|row| is_updated(&key(resource, row)));
    let (rows, cut) = window.part_of(rows, |row| key(resource, row))?;
    Ok(RowPage::new(resource, Table { schema, rows }, cut))
}

fn position(after: Option<&str>) -> Result<Option<Position>, QueryError> {
    let parsed = after.map(|after| {
        Position::parse(after).ok_or_else(|| QueryError::new("after", after, QueryProblem::NothingThere))
    });
    parsed.transpose()
}

/// Reads one page of changes. All cells of a changed row stand on one page.
async fn changes_page(
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    window: RowWindow<'_>,
) -> Result<RowPage, AppError> {
    let query = ChangeQuery { after: window.after.map(str::to_owned), ..ChangeQuery::parse(raw)? };
    let ChangeList { changes, next } = list_from(snapshot, locale, &query, window.most).await?;
    let selector = filter::selector(snapshot, &query).await?;
    Ok(RowPage {
        table: changes::columns::table(&changes, locale),
        total: store::total(snapshot, &selector).await? as usize,
        next: next.map(|next| next.to_string()),
    })
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
