//! Columns of indicators, their figures and the breaks in them.

use super::word;
use crate::{
    domain::{
        changes::declared::{
            About,
            CellWords::{Figure, Id, In, PartOf, Text, Word, YesNo},
            Declared, ID, KeyColumn, Referred, column, key, main,
        },
        indicators::model::{DefaultChart, Frequency, Topic},
        observations::{breaks::BreakKind, model::Basis},
    },
    text::Locale::{En, Zh},
};

const fn id(name: &'static str) -> KeyColumn {
    KeyColumn { name, is_day: false }
}

const fn day(name: &'static str) -> KeyColumn {
    KeyColumn { name, is_day: true }
}

pub static OBSERVATIONS: Declared = Declared {
    table: "observation",
    key: &[id("indicator_id"), id("entity"), day("period_start"), day("period_end"), id("source_id")],
    links: &[],
    columns: &[
        key("indicator_id"),
        key("entity"),
        key("period_start"),
        key("period_end"),
        column("producer", "Producer", "数据方", Id(Referred::Producer)),
        main("value", "Figure", "数值", Figure),
        column("value_high", "Upper value", "数值上限", PartOf("value")),
        column("qualifier", "Qualifier", "限定词", PartOf("value")),
        main("basis", "Basis", "口径", Word(word::<Basis>)),
        column("headline", "Drawn by default", "默认绘制", YesNo),
        key("source_id"),
        column("note_en", "Note", "说明", In(En)),
        column("note_zh", "Note", "说明", In(Zh)),
        column("outlier", "Outlier", "异常值", YesNo),
    ],
    about: About {
        places: &["entity"],
        organizations: &["entity"],
        indicator: Some("indicator_id"),
        source: Some("source_id"),
        entity: Some("entity"),
        producer: Some("producer"),
        day: Some("period_end"),
        programs: &[],
    },
};

pub static INDICATORS: Declared = Declared {
    table: "indicator",
    key: ID,
    links: &[],
    columns: &[
        key("id"),
        column("name_en", "Name", "名称", In(En)),
        column("name_zh", "Name", "名称", In(Zh)),
        main("topic", "Topic", "主题", Word(word::<Topic>)),
        main("unit", "Unit", "单位", Text),
        column("unit_label_en", "Name of the unit", "单位名称", In(En)),
        column("unit_label_zh", "Name of the unit", "单位名称", In(Zh)),
        column("frequency", "Frequency", "频率", Word(word::<Frequency>)),
        column("same_as", "Same quantity as", "同一数量", Id(Referred::Indicator)),
        column("additive", "Periods may be summed", "时段可加总", YesNo),
        column("default_chart", "Drawn as", "图表类型", Word(word::<DefaultChart>)),
        main("description_en", "Definition", "定义", In(En)),
        main("description_zh", "Definition", "定义", In(Zh)),
    ],
    about: About {
        places: &[],
        organizations: &[],
        programs: &[],
        indicator: Some("id"),
        source: None,
        entity: None,
        producer: None,
        day: None,
    },
};

pub static BREAKS: Declared = Declared {
    table: "series_break",
    key: &[id("indicator_id"), id("entity"), id("producer"), day("from_date"), id("kind")],
    links: &[],
    columns: &[
        key("indicator_id"),
        key("entity"),
        key("producer"),
        key("from_date"),
        main("kind", "Kind", "类别", Word(word::<BreakKind>)),
        main("note_en", "Note", "说明", In(En)),
        main("note_zh", "Note", "说明", In(Zh)),
        column("source_id", "Source", "来源", Id(Referred::Source)),
    ],
    about: About {
        places: &["entity"],
        organizations: &["entity"],
        indicator: Some("indicator_id"),
        source: Some("source_id"),
        entity: Some("entity"),
        producer: Some("producer"),
        day: Some("from_date"),
        programs: &[],
    },
};
