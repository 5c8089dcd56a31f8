//! Columns of revisions.

use std::sync::LazyLock;

use crate::{
    domain::{
        revisions::{Snapshot, model::Revision, store},
        table::{
            ColumnType::{Integer, Text},
            Columns, Table, TableSchema, ToRow,
        },
    },
    error::AppError,
    text::Locale,
};

static REVISIONS: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<Revision>("revisions", "Revisions", "数据版本", &["number"]));

pub fn schema() -> &'static TableSchema {
    &REVISIONS
}

impl ToRow for Revision {
    fn schema() -> &'static TableSchema {
        schema()
    }

    fn columns(columns: &mut Columns<Revision>) {
        columns.add("number", Integer, "Number", "版本号", |row, _| i64::from(row.number).into());
        columns
            .add("published_at", Text, "Published at", "发布时间", |row, _| {
                row.published_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true).into()
            })
            .about("UTC, RFC 3339.", "UTC，RFC 3339。");
        columns
            .add("note", Text, "Note", "说明", |row, _| row.note.as_ref().into())
            .about("What it is about, in the publisher’s words.", "发布者的说明。");
        columns.add("reported", Text, "Reported", "读者反馈", |row, _| row.reported.as_ref().into()).about(
            "What readers had reported that it answers, in the publisher’s words.",
            "本版本所回应的读者反馈（发布者的说明）。",
        );
        columns
            .add("published_by", Text, "Published by", "发布人", |row, _| row.published_by.as_ref().into())
            .about(
                "As they named themselves; blank if nobody was named.",
                "发布人自报的姓名；未填写则空白。",
            );
        columns
            .add("proposed_by", Text, "Proposed by", "提议人", |row, _| row.proposed_by.as_ref().into())
            .about(
                "Who had proposed it, if another person published it.",
                "如由他人复核后发布，则为提议人自报的姓名。",
            );
        columns
            .add("content_hash", Text, "Content hash", "内容哈希", |row, _| (&row.content_hash).into())
            .about(
                "SHA-256 of the content, the same for any order of the rows.",
                "内容的SHA-256，与行的顺序无关。",
            );
    }
}

/// Returns every revision up to the one being read, newest first.
pub async fn all(snapshot: &Snapshot, locale: Locale) -> Result<Table, AppError> {
    let mut rows = store::list(&snapshot.db).await?;
    rows.retain(|revision| revision.number <= snapshot.at.revision);
    Ok(Table::of(&rows, locale))
}
