//! Columns of indicators.

use std::sync::LazyLock;

use crate::{
    domain::table::{
        Cell,
        ColumnType::{Id, Integer, Text, Word, YesNo},
        Columns, TableSchema, ToRow,
    },
    loaders::indicators::data::CatalogueRow,
    outputs::files::columns::id_and_name,
    text::{Locale, Unit},
};

static INDICATORS: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<CatalogueRow>("indicators", "Indicators", "指标", &["id"]));

pub fn schema() -> &'static TableSchema {
    &INDICATORS
}

impl ToRow for CatalogueRow {
    fn schema() -> &'static TableSchema {
        schema()
    }

    fn columns(columns: &mut Columns<CatalogueRow>) {
        id_and_name(columns, |row| &row.indicator.named);
        columns.add("topic", Word, "Topic", "主题代码", |row, _| row.indicator.topic.word().into());
        columns.add("topic_label", Text, "Topic, in words", "主题", |row, locale| {
            row.indicator.topic.name(locale).into()
        });
        columns.add("unit", Word, "Unit", "单位", |row, _| row.indicator.unit.word().into());
        counted(columns, |row| &row.indicator.unit);
        columns.add("frequency", Word, "Frequency", "频率代码", |row, _| {
            row.indicator.frequency.word().into()
        });
        columns.add("frequency_label", Text, "Frequency, in words", "发布频率", |row, locale| {
            row.indicator.frequency.name(locale).into()
        });
        columns
            .add("same_as", Id, "Same as", "同一数量的主指标", |row, _| {
                row.indicator.same_as.as_ref().into()
            })
            .about(
                "The main indicator when this one is the same quantity in another currency.",
                "若为同一数量的其他币种，则为其主指标。",
            );
        columns
            .add("additive", YesNo, "May be summed", "可加总", |row, _| row.indicator.additive.into())
            .about(
                "Whether values of sub-periods may be summed to the longer period, within one producer.",
                "同一数据方的分时段数值可否加总为更长时段。",
            );
        columns.add("figures", Integer, "Figures", "数据数", |row, _| row.figures.into());
        columns.add("sources", Integer, "Sources", "来源数", |row, _| row.sources.into());
        columns.add("description", Text, "Definition", "定义", |row, locale| {
            row.indicator.description.get(locale).into()
        });
    }
}

/// Adds what is counted, where the unit is a count.
pub fn counted<R>(columns: &mut Columns<R>, unit: impl Fn(&R) -> &Unit + 'static) {
    let cell = |unit: &Unit, locale: Locale| match unit {
        Unit::Count { en, zh } => Cell::from(locale.pick(en, zh)),
        _ => Cell::Empty,
    };
    columns
        .add("unit_label", Text, "Counted", "计量对象", move |row, locale| cell(unit(row), locale))
        .about("What is counted, where the unit is count.", "单位为count时所计之物。");
}
