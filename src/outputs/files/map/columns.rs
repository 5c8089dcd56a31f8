//! Columns of the areas of the map.

use std::sync::LazyLock;

use crate::{
    domain::{
        map::{
            model::{MapRow, MapValue},
            query::MapMeasure,
            values::{CURRENCY, MapValues},
        },
        observations::model::Observation,
        subsidies::total::Total,
        table::{
            Cell,
            ColumnType::{Day, Id, Integer, Number, Text, Word, YesNo},
            Columns, TableSchema, ToRow,
        },
    },
    text::Locale,
};

/// An area, with the measure that its value is of.
pub struct MapTableRow<'a> {
    pub values: &'a MapValues,
    pub row: &'a MapRow,
}

static MAP: LazyLock<TableSchema> = LazyLock::new(|| {
    TableSchema::of::<MapTableRow<'_>>("areas", "Areas", "地区分布", &["level", "code", "place_id"])
});

impl MapTableRow<'_> {
    fn figure(&self) -> Option<&Observation> {
        match &self.row.value {
            MapValue::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    fn total(&self) -> Option<&Total> {
        match &self.row.value {
            MapValue::Paid(total) => Some(total),
            _ => None,
        }
    }

    /// The number; a researched area without any programme or company has 0 of them.
    fn value(&self) -> Cell {
        let is_count = matches!(self.values.query.by, MapMeasure::Programs | MapMeasure::Companies);
        match &self.row.value {
            MapValue::None if is_count => 0.into(),
            value => value.number().into(),
        }
    }

    fn unit(&self, locale: Locale) -> Cell {
        match self.values.query.by {
            MapMeasure::Programs => locale.pick("programmes", "项政策").into(),
            MapMeasure::Companies => locale.pick("companies", "家企业").into(),
            MapMeasure::Paid => CURRENCY.into(),
            MapMeasure::Titles => locale.pick("titles", "部").into(),
        }
    }
}

impl ToRow for MapTableRow<'_> {
    fn schema() -> &'static TableSchema {
        &MAP
    }

    fn columns(columns: &mut Columns<Self>) {
        columns.add("level", Word, "Level", "层级代码", |row, _| row.row.level.word().into()).about(
            "province (of China), district (of Shanghai) or country. An area of one level lies in areas of another: never add levels.",
            "province（中国省级行政区）、district（上海各区）或country（国家）。各层级相互包含，不可相加。",
        );
        columns.add("level_label", Text, "Level, in words", "层级", |row, locale| {
            row.row.level.name(locale).into()
        });
        columns.add("code", Text, "Code", "代码", |row, _| (&row.row.code).into()).about(
            "ISO 3166 for provinces and countries, GB/T 2260 for districts.",
            "省级行政区与国家为ISO 3166代码，区为GB/T 2260代码。",
        );
        columns
            .add("place_id", Id, "Place id", "地区编号", |row, _| (&row.row.named.id).into())
            .about("The code where the data set does not have the place.", "数据集未收录的地区以代码代替。");
        columns.add("place", Text, "Place", "地区", |row, locale| row.row.named.name(locale).into());
        columns
            .add("researched", YesNo, "Researched", "已收集", |row, _| {
                (row.row.value != MapValue::NotResearched).into()
            })
            .about(
                "Whether the data set has anything of the place or of a place within it. Where not, nothing can be said.",
                "数据集是否有该地区或其所辖各地的任何资料；若无，则无从判断。",
            );
        columns.add("value", Number, "Value", "数值", |row, _| row.value()).about(
            "Number, amount or figure; 0 or empty where none is known. Of a range the lower end.",
            "数量、金额或数据；暂未查到则为0或空白。区间取下限。",
        );
        columns.add("value_high", Number, "Upper value", "数值上限", |row, _| {
            row.figure().and_then(|figure| figure.high).into()
        });
        columns.add("unit", Text, "Unit", "单位", |row, locale| row.unit(locale));
        columns.add("qualifier", Word, "Qualifier", "限定词代码", |row, _| {
            row.figure().map(|figure| figure.qualifier.word()).into()
        });
        columns.add("qualifier_label", Text, "Qualifier, in words", "限定词", |row, locale| {
            row.figure().map(|figure| figure.qualifier.name(locale)).into()
        });
        columns
            .add("entity_id", Id, "About (id)", "数据所涉对象编号", |row, _| {
                Cell::id(row.figure().map(|figure| &figure.entity))
            })
            .about(
                "The place that the figure is about: the area itself or a place within it.",
                "数据所涉地区：该地区自身或其所辖地区。",
            );
        columns.add("entity", Text, "About", "数据所涉对象", |row, locale| {
            Cell::name(row.figure().map(|figure| &figure.entity), locale)
        });
        columns.add("period_start", Day, "Period from", "时段起", |row, _| {
            row.figure().map(|figure| figure.period.start).into()
        });
        columns.add("period_end", Day, "Period to", "时段止", |row, _| {
            row.figure().map(|figure| figure.period.end).into()
        });
        columns.add("source_id", Id, "Source id", "来源编号", |row, _| {
            row.figure().map(|figure| figure.source.id.as_str()).into()
        });
        columns
            .add("amounts_added", Integer, "Amounts added", "合计笔数", |row, _| {
                row.total().map(|total| total.all.count).into()
            })
            .about("Number of amounts in the value.", "计入数值的金额笔数。");
        columns
            .add("amounts_left_out", Integer, "Amounts left out", "未计入笔数", |row, _| {
                row.total().map(|total| total.left_out).into()
            })
            .about(
                "Number of amounts that are, or may be, part of another.",
                "已包含或可能包含在其他金额中的笔数。",
            );
        columns.add("first_year", Integer, "First year", "最早年份", |row, _| {
            row.total().and_then(|total| total.years).map(|(first, _)| i64::from(first)).into()
        });
        columns.add("last_year", Integer, "Last year", "最晚年份", |row, _| {
            row.total().and_then(|total| total.years).map(|(_, last)| i64::from(last)).into()
        });
    }
}
