//! Table schema of explored values.

use crate::{
    domain::{
        explore::{
            model::{Line, LineValue, Missing},
            quantity::written,
        },
        table::{Cell, Column, ColumnType, TableSchema, ToRow},
    },
    text::{Locale, Period, Unit, number::Scale},
};

/// A value, or a gap with its reason.
pub struct ExploreRow<'a> {
    pub line: &'a Line,
    pub label: &'a str,
    pub period: Period,
    pub value: Result<(&'a LineValue, &'a str), Missing>,
}

static VALUES: TableSchema = TableSchema {
    name: "values",
    en: "Values shown",
    zh: "所示数值",
    key: &["line", "period_start", "period_end"],
    columns: &[
        Column::new("line", ColumnType::Text, "Line", "线"),
        Column::new("indicator_id", ColumnType::Id, "Indicator id", "指标编号"),
        Column::new("entity_id", ColumnType::Id, "Entity id", "对象编号"),
        Column::new("producer_id", ColumnType::Id, "Producer id", "数据方编号"),
        Column::new("period_start", ColumnType::Day, "Period from", "时段起"),
        Column::new("period_end", ColumnType::Day, "Period to", "时段止"),
        Column::new("value", ColumnType::Number, "Value", "数值").about(
            "In the unit; of a range the lower end. What was worked out here has twelve digits at most.",
            "以单位计；区间取下限。本站计算的数值至多12位有效数字。",
        ),
        Column::new("value_high", ColumnType::Number, "Upper value", "数值上限"),
        Column::new("unit", ColumnType::Word, "Unit", "单位"),
        Column::new("unit_label", ColumnType::Text, "Unit, in words", "单位说明"),
        Column::new("bound", ColumnType::Word, "Bound", "界限").about(
            "at-least, at-most, both (may be more or less), about, or empty.",
            "at-least（至少）、at-most（至多）、both（可能偏高或偏低）、about（约），或空白。",
        ),
        Column::new("status", ColumnType::Word, "Status", "状态").about(
            "reported, estimate or forecast: of the least sure figure it comes from.",
            "reported、estimate或forecast：取其所据数据中最不确定者。",
        ),
        Column::new("derived", ColumnType::YesNo, "Worked out here", "本站计算").about(
            "Whether the value was worked out by this site and not reported by a source.",
            "该数值是否由本站计算而非来源所报。",
        ),
        Column::new("text", ColumnType::Text, "In words", "表述"),
        Column::new("formula", ColumnType::Text, "Formula", "公式"),
        Column::new("working", ColumnType::Text, "Working", "算式"),
        Column::new("source_ids", ColumnType::Ids, "Sources", "来源编号"),
        Column::new("missing", ColumnType::Text, "Why missing", "缺失原因"),
    ],
};

impl ToRow for ExploreRow<'_> {
    fn schema() -> &'static TableSchema {
        &VALUES
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let ExploreRow { line, label, period, value } = self;
        let second = |of: &dyn Fn(&crate::domain::explore::model::Subject) -> &str| {
            let second = line.against.as_ref().map(|(_, second)| of(second));
            let mut ids = vec![of(&line.subject)];
            ids.extend(second);
            ids.join(" ")
        };
        let unit = &line.unit;
        let scale = unit.scale_of(Default::default(), locale);
        let mut cells: Vec<Cell> = vec![
            (*label).into(),
            second(&|subject| &subject.indicator.named.id).into(),
            second(&|subject| &subject.entity.id).into(),
            second(&|subject| &subject.producer.id).into(),
            period.start.into(),
            period.end.into(),
        ];
        let (value, text) = match value {
            Ok(value) => value,
            Err(missing) => {
                cells.extend([Cell::Empty, Cell::Empty, unit.word().into(), unit_label(unit, scale, locale)]);
                cells.extend((0..7).map(|_| Cell::Empty));
                cells.push(missing.sentence(locale).into());
                return cells;
            }
        };
        let derived = !value.steps.is_empty();
        let number = |number| if derived { written(number) } else { number };
        let quantity = &value.quantity;
        let bound = match (quantity.more, quantity.less, quantity.about) {
            (true, true, _) => "both",
            (true, false, _) => "at-least",
            (false, true, _) => "at-most",
            (false, false, true) => "about",
            (false, false, false) => "",
        };
        let mut sources: Vec<&str> =
            value.inputs.iter().map(|input| input.observation.source.id.as_str()).collect();
        sources.sort_unstable();
        sources.dedup();
        let formulas: Vec<&str> = value.steps.iter().map(|step| step.rule.formula(locale)).collect();
        let mut distinct = formulas.clone();
        distinct.dedup();
        let sums: Vec<&str> = value.steps.iter().map(|step| step.sum.as_str()).collect();
        cells.extend([
            number(quantity.low).into(),
            quantity.is_range().then(|| number(quantity.high)).into(),
            unit.word().into(),
            unit_label(unit, scale, locale),
            bound.into(),
            quantity.status.word().into(),
            derived.into(),
            (*text).into(),
            distinct.join("; ").into(),
            sums.join("; ").into(),
            sources.join(";").into(),
            Cell::Empty,
        ]);
        cells
    }
}

fn unit_label(unit: &Unit, scale: Scale, locale: Locale) -> Cell {
    match unit {
        Unit::Count { .. } | Unit::Index(_) => unit.axis(scale, locale).into(),
        _ => Cell::Empty,
    }
}
