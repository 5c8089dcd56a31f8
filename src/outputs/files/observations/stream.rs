//! Streams all observations, since ten million of them do not fit in memory, and returns their versions page by page.

use std::{collections::BTreeMap, io};

use super::columns;
use crate::{
    domain::{
        observations::{
            model::Qualifier,
            query::{ObservationFilter, Position},
            store::{self, MeasuredObservation, ObservationVersion, StreamForm, StreamTexts},
        },
        revisions::{ReadAt, Snapshot, model::AsOf},
        table::{Cell, Table, TableSchema},
    },
    error::AppError,
    outputs::{
        dataset::stream::{Copy, Ends},
        files::{FileOptions, both, csv},
    },
    text::Locale,
};

/// Returns the columns of a stream: those of every other file of observations, with texts in one language or in both.
pub fn schema(is_both: bool) -> &'static TableSchema {
    if is_both { both::schema(columns::schema()) } else { columns::schema() }
}

/// Returns the statement for every observation of a state, unordered, with columns selected by their names, and its header.
///
/// # Errors
///
/// If the header row cannot be written.
pub fn everything(at: ReadAt, locale: Locale, mark: bool, is_both: bool) -> io::Result<Copy> {
    let header = Table { schema: schema(is_both), rows: Vec::new() };
    Ok(Copy {
        statement: statement(at, locale, is_both, StreamForm::Spreadsheet),
        head: csv(&header, &FileOptions { mark, ..FileOptions::default() }, locale)?,
        ends: Ends::CrLf,
    })
}

/// Returns the statement for the same rows and columns as [`everything`], for typed columns: in the order of their key, without a header.
pub fn typed(at: ReadAt, locale: Locale, is_both: bool) -> Copy {
    Copy { statement: statement(at, locale, is_both, StreamForm::Typed), head: Vec::new(), ends: Ends::Lf }
}

fn statement(at: ReadAt, locale: Locale, is_both: bool, form: StreamForm) -> String {
    let languages = match is_both {
        true => both::ENDINGS.to_vec(),
        false => vec![(locale, "")],
    };
    let labels = languages.iter().map(|(locale, _)| {
        let words = Qualifier::WORDS.iter();
        words.map(|(word, qualifier)| (*word, qualifier.name(*locale))).collect::<Vec<_>>()
    });
    let labels: Vec<_> = labels.collect();
    let texts = languages.iter().zip(&labels);
    let texts: Vec<StreamTexts<'_>> = texts
        .map(|((locale, ending), qualifiers)| StreamTexts { locale: *locale, ending, qualifiers })
        .collect();
    let statuses: Vec<(&str, &str)> =
        Qualifier::WORDS.iter().map(|(word, qualifier)| (*word, qualifier.status())).collect();
    let names: Vec<&str> = schema(is_both).columns.iter().map(|column| column.name).collect();
    store::everything(at, &names, &texts, &statuses, form)
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
