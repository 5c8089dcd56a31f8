//! Server functions of the pages about the data set.

use crate::{
    domain::{
        changes::{Change, ChangedNoun},
        revisions::model::TableChange,
    },
    error::AppError,
    loaders::page_snapshot,
    text::Locale,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Maximum number of changed rows shown.
const MAX_ROWS: usize = 200;

/// One file of the data set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// `observations.csv`
    pub file: String,
    pub about: String,
    pub rows: i64,
    pub columns: Vec<ColumnDescription>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnDescription {
    pub name: String,
    pub required: bool,
    pub key: bool,
    /// Accepted contents of the column.
    pub takes: String,
}

/// Entry in the list of published revisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionRow {
    pub number: i32,
    pub published_on: NaiveDate,
    pub note: Option<String>,
    pub added: i64,
    pub changed: i64,
    pub removed: i64,
}

/// View model of the data catalogue page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataPage {
    /// First and last day that figures are about.
    pub days: Option<(NaiveDate, NaiveDate)>,
    pub files: Vec<FileView>,
    pub revisions: Vec<RevisionRow>,
}

/// View model of a revision page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionPage {
    pub number: i32,
    pub published_on: NaiveDate,
    pub note: Option<String>,
    /// What readers had reported that it answers.
    pub reported: Option<String>,
    /// Who published it, and who had proposed it.
    pub published_by: Option<String>,
    pub proposed_by: Option<String>,
    pub content_hash: String,
    pub latest: i32,
    /// Rows added, corrected and withdrawn, by what they describe.
    pub counts: Vec<(ChangedNoun, [i64; 3])>,
    /// The first changes, up to the limit.
    pub changes: Vec<Change>,
    /// Whether there are more.
    pub is_cut: bool,
}

/// Server function: returns the available files and their structure. Public, no authorisation.
#[server(prefix = "/fn", endpoint = "data", input = leptos::server_fn::codec::GetUrl)]
pub async fn all(locale: Locale) -> Result<DataPage, AppError> {
    use crate::domain::revisions;
    use crate::{
        import::spec::FILES,
        outputs::catalogue::{names, store::Days},
        text::date,
    };

    let snapshot = page_snapshot().await?;
    let sizes = snapshot.cached::<revisions::store::TableSizes>().await?;
    let mut files = Vec::new();
    for file in &FILES {
        files.push(FileView {
            file: file.file.to_owned(),
            about: names::row(file, locale).to_owned(),
            rows: sizes.of(file.table),
            columns: file.columns.iter().map(|column| server::column(file, column, locale)).collect(),
        });
    }
    let mut rows = Vec::new();
    for revision in revisions::store::list(&snapshot.db).await? {
        let changes = revisions::store::changes(&snapshot.db, revision.number).await?;
        let sum =
            |count: fn(&TableChange) -> i32| changes.iter().map(|change| i64::from(count(change))).sum();
        rows.push(RevisionRow {
            number: revision.number,
            published_on: date::in_china(revision.published_at),
            note: revision.note,
            added: sum(|change| change.added),
            changed: sum(|change| change.changed),
            removed: sum(|change| change.removed),
        });
    }
    let days = snapshot.cached::<Days>().await?.0;
    Ok(DataPage { days, files, revisions: rows })
}

/// Server function: returns the changes of a revision, row by row. Public, no authorisation.
#[server(prefix = "/fn", endpoint = "revision", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(locale: Locale, number: i32) -> Result<RevisionPage, AppError> {
    use crate::{
        domain::{
            changes::{ChangeSelector, store},
            revisions::{self, model::AsOf},
        },
        text::date,
    };

    let snapshot = page_snapshot().await?;
    let db = &snapshot.db;
    let revision = revisions::store::get(db, number).await?.ok_or(AppError::NotFound)?;
    let counts: Vec<(ChangedNoun, [i64; 3])> = match number {
        // The first revision added everything: its rows are no changes.
        1 => server::first(&revisions::store::changes(db, number).await?),
        _ => {
            let counts = store::counts(db, number - 1, number).await?;
            counts.into_iter().map(|((_, noun), each)| (noun, each)).collect()
        }
    };
    // A revision never changes, whatever state the address asks for.
    let newest = snapshot.other(AsOf::Revision(snapshot.latest)).await?;
    let selector = ChangeSelector { since: number - 1, until: Some(number), ..ChangeSelector::default() };
    let mut changes = store::page(&newest, locale, &selector, MAX_ROWS + 1).await?;
    let is_cut = changes.len() > MAX_ROWS;
    changes.truncate(MAX_ROWS);
    Ok(RevisionPage {
        number,
        published_on: date::in_china(revision.published_at),
        note: revision.note,
        reported: revision.reported,
        published_by: revision.published_by,
        proposed_by: revision.proposed_by,
        content_hash: revision.content_hash,
        latest: snapshot.latest,
        counts,
        changes,
        is_cut,
    })
}

mod server {
    use super::ColumnDescription;
    use crate::{
        domain::{changes::ChangedNoun, revisions::model::TableChange},
        import::spec::{CellKind, ColumnSpec, File, Name},
        text::{Locale, units::PLAIN},
    };

    pub fn column(file: &File, column: &ColumnSpec, locale: Locale) -> ColumnDescription {
        let to = |other: Name| other.file().file;
        let takes = match column.kind {
            CellKind::Text => locale.pick("text", "文本").to_owned(),
            CellKind::Id => locale
                .pick("an id: lower-case letters, digits, hyphens", "编号：小写字母、数字、连字符")
                .to_owned(),
            CellKind::Date => {
                locale.pick("YYYY, YYYY-MM or YYYY-MM-DD", "YYYY、YYYY-MM或YYYY-MM-DD").to_owned()
            }
            CellKind::Day => "YYYY-MM-DD".to_owned(),
            CellKind::Number => locale.pick("a number, never abbreviated", "数值，不缩写").to_owned(),
            CellKind::Url => locale.pick("an address", "网址").to_owned(),
            CellKind::Word(words) => words.join(locale.pick(", ", "、")),
            CellKind::Words(words) => {
                let words = words.join(";");
                locale.pick(
                    format!("any of {words}, separated by semicolons"),
                    format!("{words}中的若干项，以分号分隔"),
                )
            }
            CellKind::Currency => locale.pick("ISO 4217 code", "ISO 4217代码").to_owned(),
            CellKind::Language => locale.pick("ISO 639-1 code", "ISO 639-1代码").to_owned(),
            CellKind::Unit => {
                let plain = PLAIN.join(locale.pick(", ", "、"));
                locale.pick(
                    format!("{plain}, an ISO 4217 code, or a rate such as CNY per USD"),
                    format!("{plain}、ISO 4217代码，或汇率，如CNY per USD"),
                )
            }
            CellKind::YesNo => locale.pick("yes, no", "yes、no").to_owned(),
            CellKind::Yes => locale.pick("yes, or blank", "yes或空白").to_owned(),
            CellKind::List => locale.pick("words separated by semicolons", "以分号分隔的词").to_owned(),
            CellKind::To(other) => {
                locale.pick(format!("an id in {}", to(other)), format!("{}中的编号", to(other)))
            }
            CellKind::Many(other) => locale.pick(
                format!("ids in {}, separated by ;", to(other)),
                format!("{}中的编号，以分号分隔", to(other)),
            ),
        };
        ColumnDescription {
            name: column.name.to_owned(),
            required: column.required,
            key: file.key.contains(&column.name),
            takes,
        }
    }

    /// Rows that the first revision added.
    pub fn first(changes: &[TableChange]) -> Vec<(ChangedNoun, [i64; 3])> {
        let of = |noun: ChangedNoun| {
            let own = changes.iter().find(|change| change.table == noun.declared().table)?;
            Some((noun, [own.added, own.changed, own.removed].map(i64::from)))
        };
        ChangedNoun::all().filter_map(of).collect()
    }
}
