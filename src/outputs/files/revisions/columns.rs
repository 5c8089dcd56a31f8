//! Table schema of revisions.

use crate::{
    domain::{
        revisions::{Snapshot, model::Revision, store},
        table::{Cell, Column, ColumnType, Table, TableSchema, ToRow},
    },
    error::AppError,
    text::Locale,
};

static REVISIONS: TableSchema = TableSchema {
    name: "revisions",
    en: "Revisions",
    zh: "数据版本",
    key: &["number"],
    columns: &[
        Column::new("number", ColumnType::Integer, "Number", "版本号"),
        Column::new("published_at", ColumnType::Text, "Published at", "发布时间")
            .about("UTC, RFC 3339.", "UTC，RFC 3339。"),
        Column::new("note", ColumnType::Text, "Note", "说明")
            .about("What it is about, in the words of whoever published it.", "发布者的说明。"),
        Column::new("content_hash", ColumnType::Text, "Content hash", "内容哈希").about(
            "SHA-256 of the content, the same for any order of the rows.",
            "内容的SHA-256，与行的顺序无关。",
        ),
    ],
};

pub fn schema() -> &'static TableSchema {
    &REVISIONS
}

impl ToRow for Revision {
    fn schema() -> &'static TableSchema {
        &REVISIONS
    }

    fn cells(&self, _: Locale) -> Vec<Cell> {
        vec![
            i64::from(self.number).into(),
            self.published_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true).into(),
            self.note.as_ref().into(),
            (&self.content_hash).into(),
        ]
    }
}

/// Returns every revision up to the one being read, newest first.
pub async fn all(snapshot: &Snapshot, locale: Locale) -> Result<Table, AppError> {
    let mut rows = store::list(&snapshot.db).await?;
    rows.retain(|revision| revision.number <= snapshot.revision);
    Ok(Table::of(&rows, locale))
}
