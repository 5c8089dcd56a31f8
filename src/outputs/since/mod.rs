//! What has changed on a page since the revision that its address asks for.
//!
//! A pinned page never changes, so whoever reads it has to be told when it no longer holds. Both states of the page are exported as its
//! files are, with the statuses of the same day, and compared row by row.

mod difference;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use difference::RowChange;

use super::files::{ExportDocument, RowScope, RowWindow, documents::export_document};
use crate::{
    domain::{
        registry::SinglePage,
        revisions::{Snapshot, model::AsOf},
    },
    error::{AppError, QueryProblem},
    text::Locale,
};

/// Maximum number of rows that are compared of a list. A longer one is not compared.
const MAX_ROWS: usize = 1000;

/// Maximum number of changed rows that are shown.
const MAX_SHOWN: usize = 20;

/// Whether a pinned page still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Every row is as it was.
    Unchanged,
    /// Every row is as it was, and others have been added.
    Newer,
    /// At least one row has been corrected or withdrawn.
    Superseded,
    /// What the page is about no longer exists.
    Withdrawn,
}

/// The changes of a page since the revision that it is pinned to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageChanges {
    pub standing: Standing,
    pub added: usize,
    pub changed: usize,
    pub removed: usize,
    /// The first changes: corrected and withdrawn rows before added ones.
    pub rows: Vec<RowChange>,
}

/// Compares the page with this path below the language and this query string with its state in the newest revision. `None` if the page has
/// no rows of its own, or too many.
///
/// # Errors
///
/// If the data cannot be read.
pub async fn since(
    then: &Snapshot,
    locale: Locale,
    path: &[&str],
    raw: &str,
) -> Result<Option<PageChanges>, AppError> {
    let mut now = then.other(AsOf::Revision(then.latest)).await?;
    // A status that changed with time is no change of the data.
    now.today = then.today;
    // The page of one thing also draws and counts what its table does not show at first.
    let scope = match (SinglePage::at(path), path) {
        (None, [_, _]) => RowScope::All,
        _ => RowScope::Shown,
    };
    let window = RowWindow { most: MAX_ROWS, ..RowWindow::whole(scope) };
    let Some(before) = found(export_document(then, locale, path, raw, window).await)? else {
        return Ok(None);
    };
    let Some(after) = found(export_document(&now, locale, path, raw, window).await)? else {
        let none =
            PageChanges { standing: Standing::Withdrawn, added: 0, changed: 0, removed: 0, rows: Vec::new() };
        return Ok(Some(none));
    };
    let is_cut = |document: &ExportDocument| document.cut.is_some_and(|cut| cut.left > 0);
    if is_cut(&before) || is_cut(&after) {
        return Ok(None);
    }
    Ok(Some(PageChanges::between(&before, &after, locale)))
}

/// Returns the document of a page; `None` if there is no such page.
fn found(document: Result<ExportDocument, AppError>) -> Result<Option<ExportDocument>, AppError> {
    match document {
        Ok(document) => Ok(Some(document)),
        Err(AppError::NotFound) => Ok(None),
        Err(AppError::Query(error)) if error.problem == QueryProblem::NothingThere => Ok(None),
        Err(error) => Err(error),
    }
}

impl PageChanges {
    fn between(before: &ExportDocument, after: &ExportDocument, locale: Locale) -> PageChanges {
        let (mut added, mut changed, mut removed) = (Vec::new(), Vec::new(), Vec::new());
        let names: BTreeSet<&str> =
            before.tables.iter().chain(&after.tables).map(|table| table.schema.name).collect();
        for name in names {
            let (then, now) = (before.table(Some(name)), after.table(Some(name)));
            for change in difference::rows(then, now, locale) {
                match change {
                    RowChange::Added { .. } => added.push(change),
                    RowChange::Changed { .. } => changed.push(change),
                    RowChange::Removed { .. } => removed.push(change),
                }
            }
        }
        let standing = match (added.len(), changed.len() + removed.len()) {
            (0, 0) => Standing::Unchanged,
            (_, 0) => Standing::Newer,
            _ => Standing::Superseded,
        };
        let (of_added, of_changed, of_removed) = (added.len(), changed.len(), removed.len());
        let rows = changed.into_iter().chain(removed).chain(added).take(MAX_SHOWN).collect();
        PageChanges { standing, added: of_added, changed: of_changed, removed: of_removed, rows }
    }
}
