//! Columns of breaks in series.

use std::sync::LazyLock;

use crate::{
    domain::{
        observations::breaks::{Breaks, SeriesBreak},
        revisions::Snapshot,
        table::{
            ColumnType::{Day, Id, Text, Word},
            Columns, Table, TableSchema, ToRow,
        },
    },
    error::AppError,
    outputs::files::columns::{note, source},
    text::Locale,
};

static BREAKS: LazyLock<TableSchema> = LazyLock::new(|| {
    let key = &["indicator_id", "entity_id", "producer_id", "from_date", "kind"];
    TableSchema::of::<SeriesBreak>("breaks", "Breaks in series", "口径变化", key)
});

pub fn schema() -> &'static TableSchema {
    &BREAKS
}

impl ToRow for SeriesBreak {
    fn schema() -> &'static TableSchema {
        schema()
    }

    fn columns(columns: &mut Columns<SeriesBreak>) {
        columns.add("indicator_id", Id, "Indicator id", "指标编号", |row, _| (&row.indicator.id).into());
        columns
            .add("indicator", Text, "Indicator", "指标", |row, locale| row.indicator.name(locale).into());
        columns.add("entity_id", Id, "Entity id", "对象编号", |row, _| (&row.entity.id).into());
        columns.add("entity", Text, "Entity", "对象", |row, locale| row.entity.name(locale).into());
        columns.add("producer_id", Id, "Producer id", "数据方编号", |row, _| (&row.producer.id).into());
        columns
            .add("producer", Text, "Producer", "数据方", |row, locale| row.producer.name(locale).into());
        columns.add("from_date", Day, "From", "起始日", |row, _| row.from.into()).about(
            "Figures whose period ends on this day or later count something other than earlier ones.",
            "时段截止于该日或之后的数据，与此前数据的统计对象不同。",
        );
        columns.add("kind", Word, "Kind", "类别代码", |row, _| row.kind.word().into());
        columns
            .add("kind_label", Text, "Kind, in words", "类别", |row, locale| row.kind.name(locale).into());
        note(columns, |row| &row.note);
        source(columns, |row| &row.source);
    }
}

/// Returns every break.
pub async fn all(snapshot: &Snapshot, locale: Locale) -> Result<Table, AppError> {
    let breaks = snapshot.cached::<Breaks>().await?;
    Ok(Table::of(breaks.all(), locale))
}
