//! Table schema of indicators.

use crate::{
    domain::table::{Cell, Column, ColumnType, TableSchema, ToRow},
    loaders::indicators::data::CatalogueRow,
    text::{Locale, Unit},
};

static INDICATORS: TableSchema = TableSchema {
    name: "indicators",
    en: "Indicators",
    zh: "指标",
    key: &["id"],
    columns: &[
        Column::new("id", ColumnType::Id, "Id", "编号"),
        Column::new("name", ColumnType::Text, "Name", "名称"),
        Column::new("topic", ColumnType::Word, "Topic", "主题代码"),
        Column::new("topic_label", ColumnType::Text, "Topic, in words", "主题"),
        Column::new("unit", ColumnType::Word, "Unit", "单位"),
        Column::new("unit_label", ColumnType::Text, "Counted", "计量对象")
            .about("What is counted, where the unit is count.", "单位为count时所计之物。"),
        Column::new("frequency", ColumnType::Word, "Frequency", "频率代码"),
        Column::new("frequency_label", ColumnType::Text, "Frequency, in words", "发布频率"),
        Column::new("same_as", ColumnType::Id, "Same as", "同一数量的主指标").about(
            "The main indicator when this one is the same quantity in another currency.",
            "若为同一数量的其他币种，则为其主指标。",
        ),
        Column::new("additive", ColumnType::YesNo, "May be summed", "可加总").about(
            "Whether values of sub-periods may be summed to the longer period, within one producer.",
            "同一数据方的分时段数值可否加总为更长时段。",
        ),
        Column::new("figures", ColumnType::Integer, "Figures", "数据数"),
        Column::new("sources", ColumnType::Integer, "Sources", "来源数"),
        Column::new("description", ColumnType::Text, "Definition", "定义"),
    ],
};

pub fn schema() -> &'static TableSchema {
    &INDICATORS
}

impl ToRow for CatalogueRow {
    fn schema() -> &'static TableSchema {
        &INDICATORS
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let indicator = &self.indicator;
        let counted = match &indicator.unit {
            Unit::Count { en, zh } => Some(locale.pick(en, zh)),
            _ => None,
        };
        vec![
            (&indicator.named.id).into(),
            indicator.named.name(locale).into(),
            indicator.topic.word().into(),
            indicator.topic.name(locale).into(),
            indicator.unit.word().into(),
            counted.into(),
            indicator.frequency.word().into(),
            indicator.frequency.name(locale).into(),
            indicator.same_as.as_ref().into(),
            indicator.additive.into(),
            self.figures.into(),
            self.sources.into(),
            indicator.description.get(locale).into(),
        ]
    }
}
