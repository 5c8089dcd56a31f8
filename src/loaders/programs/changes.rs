//! View model of `/programs/{slug}/changes`.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        programs::{
            changes::{FieldPair, InstrumentPair},
            model::Program,
        },
        revisions::Snapshot,
        sources::model::Mentioned,
    },
    error::AppError,
    loaders::page_snapshot,
    text::Locale,
};

/// A notice beside one that it replaces or continues.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoticeChange {
    pub before: Program,
    pub fields: Vec<FieldPair>,
    /// Empty if neither has measures of its own.
    pub measures: Vec<InstrumentPair>,
}

/// View model of the page that sets a notice beside those it replaces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgramChanges {
    pub program: Program,
    pub changes: Vec<NoticeChange>,
    /// Sources that wordings on this page name.
    pub cited: Mentioned,
}

/// Returns a notice beside each one that it replaces or continues. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "program_changes", input = leptos::server_fn::codec::GetUrl)]
pub async fn changes(locale: Locale, id: String) -> Result<ProgramChanges, AppError> {
    changes_from(&page_snapshot().await?, locale, &id).await
}

/// Returns the changes of a snapshot.
///
/// # Errors
///
/// [`AppError::NotFound`] if the programme does not exist, or replaces nothing.
async fn changes_from(snapshot: &Snapshot, locale: Locale, id: &str) -> Result<ProgramChanges, AppError> {
    use crate::domain::{
        programs::{changes, store},
        sources,
    };

    let (db, at) = (&snapshot.db, snapshot.at);
    let program = store::find(db, at, id).await?.ok_or(AppError::NotFound)?;
    let filter = store::ProgramSelector { ids: Some(&program.supersedes), ..Default::default() };
    let mut earlier = store::select(db, at, filter).await?;
    if earlier.is_empty() {
        return Err(AppError::NotFound);
    }
    // The latest of them first: it is the one that the notice continues.
    earlier.sort_by_key(|before| std::cmp::Reverse(before.announced_on.map(|date| date.first_day())));
    let measures = async |package: &str| -> Result<Vec<Program>, AppError> {
        let filter = store::ProgramSelector { package: Some(package), ..Default::default() };
        let rows = store::select(db, at, filter).await?;
        Ok(rows.into_iter().filter(|row| row.named.id != package).collect())
    };
    let now = measures(id).await?;
    let mut notices = Vec::new();
    for before in earlier {
        let measures = changes::by_instrument(measures(&before.named.id).await?, now.clone());
        notices.push(NoticeChange { fields: changes::fields(&before, &program, locale), measures, before });
    }
    let wordings = notices.iter().map(|notice| &notice.before.amount_note).chain([&program.amount_note]);
    let cited = sources::store::named_in(db, at, wordings).await?;
    Ok(ProgramChanges { program, changes: notices, cited })
}
