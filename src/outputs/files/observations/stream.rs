//! Streams all observations, since ten million of them do not fit in memory, and returns their versions page by page.

use std::{collections::BTreeMap, io};

use super::columns::{self, ObservationRow};
use crate::{
    domain::{
        observations::{
            model::Qualifier,
            query::{ObservationFilter, Position},
            store::{self, MeasuredObservation, ObservationVersion, StreamForm},
        },
        revisions::{ReadAt, Snapshot, model::AsOf},
        table::{Cell, Table},
    },
    error::AppError,
    outputs::{
        dataset::stream::{Copy, Ends},
        files::{FileOptions, csv},
    },
    text::Locale,
};

/// Returns the statement for every observation of a state, unordered, with the columns of every other file of
/// observations, selected by their names.
///
/// # Errors
///
/// If the header row cannot be written.
pub fn everything(at: ReadAt, locale: Locale, mark: bool) -> io::Result<Copy> {
    let header = Table::of::<ObservationRow<'_>>([], locale);
    Ok(Copy {
        statement: statement(at, locale, StreamForm::Spreadsheet),
        head: csv(&header, &FileOptions { mark, ..FileOptions::default() }, locale)?,
        ends: Ends::CrLf,
    })
}

/// Returns the statement for the same rows and columns as [`everything`], for typed columns: in the order of their key, without a header.
pub fn typed(at: ReadAt, locale: Locale) -> Copy {
    Copy { statement: statement(at, locale, StreamForm::Typed), head: Vec::new(), ends: Ends::Lf }
}

fn statement(at: ReadAt, locale: Locale, form: StreamForm) -> String {
    let words: Vec<(&str, &str, &str)> = Qualifier::WORDS
        .iter()
        .map(|(word, qualifier)| (*word, qualifier.name(locale), qualifier.status()))
        .collect();
    let names: Vec<&str> = columns::schema().columns.iter().map(|column| column.name).collect();
    store::everything(at, locale, &names, &words, form)
}

/// A version of an observation as a row.
pub struct VersionRow {
    pub position: Position,
    pub from: i32,
    pub to: Option<i32>,
    pub cells: Vec<Cell>,
}

/// Returns the first `limit` versions after a position, by key and then by revision, among those that revisions after `published_after`
/// published.
pub async fn versions(
    snapshot: &Snapshot,
    locale: Locale,
    filter: &ObservationFilter,
    published_after: i32,
    after: Option<(&Position, i32)>,
    limit: i64,
) -> Result<Vec<VersionRow>, AppError> {
    let versions = store::versions(&snapshot.db, snapshot.at, filter, published_after, after, limit).await?;
    let mut rows: Vec<Option<VersionRow>> = versions.iter().map(|_| None).collect();
    let mut by_revision: BTreeMap<i32, Vec<(usize, ObservationVersion)>> = BTreeMap::new();
    for (at, version) in versions.into_iter().enumerate() {
        by_revision.entry(version.from).or_default().push((at, version));
    }
    // An indicator is described as in the revision that published the version.
    for (revision, versions) in by_revision {
        let then = snapshot.other(AsOf::Revision(revision)).await?;
        let (places, figures): (Vec<_>, Vec<MeasuredObservation>) = versions
            .into_iter()
            .map(|(at, version)| ((at, version.from, version.to), version.figure))
            .unzip();
        let table = columns::table(&then, locale, &figures).await?;
        for (((at, from, to), figure), cells) in places.into_iter().zip(&figures).zip(table.rows) {
            let position = Position::of(&figure.indicator_id, &figure.observation);
            rows[at] = Some(VersionRow { position, from, to, cells });
        }
    }
    Ok(rows.into_iter().flatten().collect())
}
