//! Export document of the page of changes.

use super::columns;
use crate::{
    domain::{
        changes::{
            filter,
            query::ChangeQuery,
            world::{Happening, HappeningKind},
        },
        listing::parameter::ListQuery,
        revisions::Snapshot,
        table::Table,
    },
    error::AppError,
    loaders::changes::{
        data::{ChangeList, list_from, world_from},
        titles::{describe, title},
    },
    outputs::files::{ExportDocument, Omitted, RowScope, sources::columns::credits},
    text::Locale,
};

/// Maximum number of changes in a file. The API has all of them, page by page.
const MAX: usize = 20_000;

/// Exports what changed, and what happened in the world in that time.
pub async fn document(
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    scope: RowScope,
) -> Result<ExportDocument, AppError> {
    let asked = ChangeQuery { after: None, ..ChangeQuery::parse(raw)? };
    let query = match scope {
        RowScope::Shown => asked,
        RowScope::All => ChangeQuery { since: asked.since, ..ChangeQuery::default() },
    };
    let since = filter::since(snapshot, query.since).await?;
    let ChangeList { changes, next } = list_from(snapshot, locale, &query, MAX).await?;
    let mut happenings: Vec<Happening> = Vec::new();
    if query.kind.is_none() && query.noun.is_none() {
        let world = world_from(snapshot, &query).await?;
        happenings.extend(world.happenings.into_iter().flat_map(|(_, own): (HappeningKind, _)| own));
    }
    let table = columns::table(&changes, locale);
    // How many more there are is not counted.
    let cut = Omitted { all: table.rows.len(), left: usize::from(next.is_some()) };
    let mut description = describe(since.revision, since.day, snapshot.at.revision, locale);
    if next.is_some() {
        description += locale.pick(
            " The file has the first 20,000 changes; /api/v1/changes has all of them.",
            "文件仅含前20000项变更，全部变更见/api/v1/changes。",
        );
    }
    Ok(ExportDocument {
        locale,
        path: "changes".to_owned(),
        cut: Some(cut),
        pairs: query.pairs(),
        title: title(locale).to_owned(),
        description,
        credits: credits(happenings.iter().map(|one| &one.source)),
        tables: std::iter::once(table)
            .chain((!happenings.is_empty()).then(|| Table::of(&happenings, locale)))
            .collect(),
        ..ExportDocument::default()
    })
}
