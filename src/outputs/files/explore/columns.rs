//! Columns of explored values.

use std::{collections::BTreeSet, sync::LazyLock};

use rust_decimal::Decimal;

use crate::{
    domain::{
        explore::{
            model::{Line, LineValue, Missing, Subject},
            quantity::written,
        },
        observations::model::Basis,
        table::{
            Cell,
            ColumnType::{Day, Id, Ids, Number, Text, Word, YesNo},
            Columns, TableSchema, ToRow,
        },
    },
    text::{Locale, Period, Unit},
};

/// A value, or a gap with its reason.
pub struct ExploreRow<'a> {
    pub line: &'a Line,
    pub label: &'a str,
    pub period: Period,
    /// The period that the value estimates, where `period` is when it was published.
    pub estimate_of: Option<Period>,
    /// The value and its text.
    pub value: Result<(&'a LineValue, &'a str), Missing>,
}

static VALUES: LazyLock<TableSchema> = LazyLock::new(|| {
    let key = &["line", "period_start", "period_end"];
    TableSchema::of::<ExploreRow<'_>>("values", "Values shown", "所示数值", key)
});

impl<'a> ToRow for ExploreRow<'a> {
    fn schema() -> &'static TableSchema {
        &VALUES
    }

    fn columns(columns: &mut Columns<ExploreRow<'a>>) {
        columns.add("line", Text, "Line", "线", |row, _| row.label.into());
        columns.add("indicator_id", Id, "Indicator id", "指标编号", |row, _| {
            row.subjects(|subject| &subject.indicator.named.id)
        });
        columns.add("entity_id", Id, "Entity id", "对象编号", |row, _| {
            row.subjects(|subject| &subject.entity.id)
        });
        columns.add("producer_id", Id, "Producer id", "数据方编号", |row, _| {
            row.subjects(|subject| &subject.producer.id)
        });
        columns.add("period_start", Day, "Period from", "时段起", |row, _| row.period.start.into());
        columns.add("period_end", Day, "Period to", "时段止", |row, _| row.period.end.into());
        columns
            .add("estimate_of", Text, "Estimate of", "所估时段", |row, _| row.estimate_of.map(Period::code).into())
            .about(
                "Only where the chart shows how estimates moved: the period that is estimated. The period of the row is then the day, month or \
                 year of publication of the page; the day of the estimate itself is not recorded apart from it.",
                "仅用于“估算的演变”：所估算的时段。此时该行时段为页面发布的日、月或年；估算本身的日期未另行记录。",
            );
        columns
            .add("value", Number, "Value", "数值", |row, _| {
                row.value().map(|value| number(value, value.quantity.low)).into()
            })
            .about(
                "In the unit; of a range the lower end. What was calculated here has twelve digits at most.",
                "以单位计；区间取下限。本站计算的数值至多12位有效数字。",
            );
        columns.add("value_high", Number, "Upper value", "数值上限", |row, _| {
            let range = row.value().filter(|value| value.quantity.is_range());
            range.map(|value| number(value, value.quantity.high)).into()
        });
        columns.add("unit", Word, "Unit", "单位", |row, _| row.line.unit.word().into());
        columns.add("unit_label", Text, "Unit, in words", "单位说明", |row, locale| {
            unit_label(&row.line.unit, locale)
        });
        columns.add("bound", Word, "Bound", "界限", |row, _| row.value().map(bound).into()).about(
            "at-least, at-most, both (may be more or less), about, or empty.",
            "at-least（至少）、at-most（至多）、both（可能偏高或偏低）、about（约），或空白。",
        );
        columns
            .add("status", Word, "Status", "状态", |row, _| {
                row.value().map(|value| value.quantity.status.word()).into()
            })
            .about(
                "reported, estimate or forecast: of the least certain figure it comes from.",
                "reported、estimate或forecast：取其所据数据中最不确定者。",
            );
        columns.add("basis", Word, "Basis", "口径", |row, _| row.line.basis.map(Basis::word).into()).about(
            "gross (before store fees) or net (after); empty: it does not apply or is not stated.",
            "gross（扣除商店佣金前）或net（扣除后）；空白：不适用或未注明。",
        );
        columns
            .add("break_from", Day, "Last break", "最近口径变化", |row, _| {
                let behind = row.line.breaks.iter().map(|one| one.from).filter(|from| row.period.end >= *from);
                behind.max().into()
            })
            .about(
                "Day of the last change of scope, method, basis or consolidation that applies to this period. Values of one line with \
                 different days must not be compared.",
                "该时段之前最近一次统计范围、方法、口径或合并范围变化的起始日。同一线上起始日不同的数值不可比。",
            );
        columns
            .add("derived", YesNo, "Calculated here", "本站计算", |row, _| {
                row.value().map(is_derived).into()
            })
            .about(
                "Whether the value was calculated by this site and not reported by a source.",
                "该数值是否由本站计算而非来源所报。",
            );
        columns.add("text", Text, "In words", "表述", |row, _| {
            row.value.as_ref().ok().map(|(_, text)| *text).into()
        });
        columns.add("formula", Text, "Formula", "公式", |row, locale| {
            let steps = row.value().into_iter().flat_map(|value| &value.steps);
            let mut formulas: Vec<String> = steps.map(|step| step.rule.formula(locale).to_owned()).collect();
            formulas.dedup();
            if let Some(combined) = row.line.combined.as_ref().filter(|_| !formulas.is_empty()) {
                formulas.push(format!("{}; {}", combined.formula.lettered(), combined.key(locale)));
            }
            formulas.join("; ").into()
        });
        columns.add("working", Text, "Working", "算式", |row, _| {
            let steps = row.value().into_iter().flat_map(|value| &value.steps);
            steps.map(|step| step.sum.as_str()).collect::<Vec<_>>().join("; ").into()
        });
        columns
            .add("printed", Number, "As the source prints it", "来源所载数值", |row, _| {
                row.value().and_then(|value| value.printed.as_ref()).map(|input| input.observation.value).into()
            })
            .about(
                "Growth that the same producer prints for the same thing, where it differs from the value calculated here.",
                "同一数据方对同一事项所载、与本站计算值不同的增速。",
            );
        columns.add("source_ids", Ids, "Sources", "来源编号", |row, _| {
            let inputs = row.value().into_iter().flat_map(|value| &value.inputs);
            let sources: BTreeSet<&str> = inputs.map(|input| input.observation.source.id.as_str()).collect();
            sources.into_iter().collect::<Vec<_>>().join(";").into()
        });
        columns
            .add("source_published_on", Text, "Sources published on", "来源发布日期", |row, _| {
                let inputs = row.value().into_iter().flat_map(|value| &value.inputs);
                let days: BTreeSet<String> = inputs
                    .filter_map(|input| Some(input.observation.source.published_on?.to_string()))
                    .collect();
                days.into_iter().collect::<Vec<_>>().join(";").into()
            })
            .about(
                "As exactly as known; several days are separated by semicolons.",
                "精确到已知程度；多个日期以分号分隔。",
            );
        columns.add("notes", Text, "Notes", "说明", |row, locale| {
            let inputs = row.value().into_iter().flat_map(|value| &value.inputs);
            let mut notes: Vec<&str> =
                inputs.filter_map(|input| input.observation.note.get(locale)).collect();
            notes.dedup();
            notes.join(" ").into()
        });
        columns.add("missing", Text, "Why missing", "缺失原因", |row, locale| {
            row.value.as_ref().err().map(|missing| missing.sentence(locale)).into()
        });
    }
}

impl ExploreRow<'_> {
    fn value(&self) -> Option<&LineValue> {
        self.value.as_ref().ok().map(|(value, _)| *value)
    }

    /// Returns an id of the line's subject, or of all subjects that it combines.
    fn subjects(&self, id: impl Fn(&Subject) -> &str) -> Cell {
        self.line.subjects().into_iter().map(id).collect::<Vec<_>>().join(" ").into()
    }
}

fn is_derived(value: &LineValue) -> bool {
    !value.steps.is_empty()
}

/// Returns a number of a value as written in files.
fn number(value: &LineValue, number: Decimal) -> Decimal {
    if is_derived(value) { written(number) } else { number }
}

fn bound(value: &LineValue) -> &'static str {
    let quantity = &value.quantity;
    match (quantity.more, quantity.less, quantity.about) {
        (true, true, _) => "both",
        (true, false, _) => "at-least",
        (false, true, _) => "at-most",
        (false, false, true) => "about",
        (false, false, false) => "",
    }
}

fn unit_label(unit: &Unit, locale: Locale) -> Cell {
    match unit {
        Unit::Count { .. } | Unit::Index(_) => {
            unit.axis(unit.scale_of(Default::default(), locale), locale).into()
        }
        _ => Cell::Empty,
    }
}
