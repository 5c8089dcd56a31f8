//! Revisions as rows that leave the site.

use crate::{
    domain::{
        revisions::{Reading, model::Revision, store},
        table::{Cell, Column, Kind, Noun, Record, Table},
    },
    error::AppError,
    text::Locale,
};

static REVISIONS: Noun = Noun {
    name: "revisions",
    en: "Revisions",
    zh: "数据版本",
    key: &["number"],
    columns: &[
        Column::new("number", Kind::Integer, "Number", "版本号"),
        Column::new("published_at", Kind::Text, "Published at", "发布时间")
            .about("UTC, RFC 3339.", "UTC，RFC 3339。"),
        Column::new("note", Kind::Text, "Note", "说明")
            .about("What it is about, in the words of whoever published it.", "发布者的说明。"),
        Column::new("content_hash", Kind::Text, "Content hash", "内容哈希").about(
            "SHA-256 of the content, the same for any order of the rows.",
            "内容的SHA-256，与行的顺序无关。",
        ),
    ],
};

pub fn noun() -> &'static Noun {
    &REVISIONS
}

impl Record for Revision {
    fn noun() -> &'static Noun {
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

/// Every revision up to the one that is read, newest first.
pub async fn all(reading: &Reading, locale: Locale) -> Result<Table, AppError> {
    let mut rows = store::list(&reading.db).await?;
    rows.retain(|revision| revision.number <= reading.revision);
    Ok(Table::of(&rows, locale))
}
