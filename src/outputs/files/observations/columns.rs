//! Columns of observations: one figure with all its context.

use std::sync::LazyLock;

use crate::{
    domain::{
        indicators::{index::IndicatorIndex, model::Indicator},
        observations::{
            model::{Observation, Qualifier},
            store::MeasuredObservation,
        },
        revisions::Snapshot,
        table::{
            ColumnType::{Day, Id, Number, Text, Word, YesNo},
            Columns, Table, TableSchema, ToRow,
        },
    },
    error::AppError,
    outputs::files::{
        columns::{note, source},
        indicators::columns::counted,
    },
    text::Locale,
};

/// An observation with the indicator it measures.
pub struct ObservationRow<'a> {
    pub indicator: &'a Indicator,
    pub observation: &'a Observation,
}

static OBSERVATIONS: LazyLock<TableSchema> = LazyLock::new(|| {
    let key = &["indicator_id", "entity_id", "period_start", "period_end", "source_id"];
    TableSchema::of::<ObservationRow<'_>>("observations", "Figures", "数据", key)
});

pub fn schema() -> &'static TableSchema {
    &OBSERVATIONS
}

impl<'a> ToRow for ObservationRow<'a> {
    fn schema() -> &'static TableSchema {
        schema()
    }

    /// The streamed table has the same columns: `everything` in the store of observations selects each by its name.
    fn columns(columns: &mut Columns<ObservationRow<'a>>) {
        columns.add("indicator_id", Id, "Indicator id", "指标编号", |row, _| {
            (&row.indicator.named.id).into()
        });
        columns.add("indicator", Text, "Indicator", "指标", |row, locale| {
            row.indicator.named.name(locale).into()
        });
        columns
            .add("entity_id", Id, "Entity id", "对象编号", |row, _| (&row.observation.entity.id).into());
        columns
            .add("entity", Text, "Entity", "对象", |row, locale| row.observation.entity.name(locale).into())
            .about("What the figure is about.", "数据所涉对象。");
        columns.add("period_start", Day, "Period from", "时段起", |row, _| {
            row.observation.period.start.into()
        });
        columns
            .add("period_end", Day, "Period to", "时段止", |row, _| row.observation.period.end.into())
            .about(
                "Last day covered; the first day again for a point in time.",
                "所涵盖的最后一日；时点数据与起始日相同。",
            );
        columns.add("value", Number, "Value", "数值", |row, _| row.observation.value.into()).about(
            "In the unit, never abbreviated; of a range the lower end.",
            "以单位计，不缩写；区间取下限。",
        );
        columns
            .add("value_high", Number, "Upper value", "数值上限", |row, _| row.observation.high.into())
            .about("Of a range the upper end.", "区间上限。");
        columns.add("unit", Word, "Unit", "单位", |row, _| row.indicator.unit.word().into()).about(
            "CNY, USD, percent (34.9, not 0.349), people, count, ratio, CNY per USD.",
            "CNY、USD、percent（34.9而非0.349）、people、count、ratio、CNY per USD。",
        );
        counted(columns, |row| &row.indicator.unit);
        columns
            .add("qualifier", Word, "Qualifier", "限定词代码", |row, _| row.observation.qualifier.word().into())
            .about(
                "How the source words the value: exact, estimate, approximately, nearly, at-least, at-most, range, forecast.",
                "来源的表述方式：exact、estimate、approximately、nearly、at-least、at-most、range、forecast。",
            );
        columns.add("qualifier_label", Text, "Qualifier, in words", "限定词", |row, locale| {
            row.observation.qualifier.name(locale).into()
        });
        columns
            .add("status", Word, "Status", "状态", |row, _| row.observation.qualifier.status().into())
            .about(
                "reported, estimate or forecast.",
                "reported（报告）、estimate（估算）或forecast（预测）。",
            );
        columns
            .add("basis", Word, "Basis", "口径", |row, _| {
                row.observation.basis.map(|basis| basis.word()).into()
            })
            .about(
                "Of app-store money: gross before store fees, net after them; empty where not stated.",
                "应用商店收入：gross为扣佣前，net为扣佣后；未说明则空白。",
            );
        columns.add("headline", YesNo, "Headline", "主要行", |row, _| row.observation.headline.into()).about(
            "Drawn by default: one row at most per indicator, entity, producer and period.",
            "默认绘制：每个指标、对象、数据方和时段至多一行。",
        );
        columns.add("producer_id", Id, "Producer id", "数据方编号", |row, _| {
            (&row.observation.producer.named.id).into()
        });
        columns
            .add("producer", Text, "Producer", "数据方", |row, locale| {
                row.observation.producer.named.name(locale).into()
            })
            .about("Who measured or estimated it.", "测算或估算者。");
        source(columns, |row| &row.observation.source);
        note(columns, |row| &row.observation.note);
        columns.add("outlier", YesNo, "Outlier", "异常值", |row, _| row.observation.outlier.into()).about(
            "Whether the figure should not be used; the note gives the reason.",
            "是否不宜使用；原因见说明。",
        );
    }
}

impl Qualifier {
    /// Returns the status of the value as a word: reported, estimate or forecast.
    pub fn status(self) -> &'static str {
        match self {
            Qualifier::Estimate => "estimate",
            Qualifier::Forecast => "forecast",
            _ => "reported",
        }
    }
}

/// Returns observations as a table; the revision has to contain the indicators of all of them.
pub async fn table(
    snapshot: &Snapshot,
    locale: Locale,
    rows: &[MeasuredObservation],
) -> Result<Table, AppError> {
    let indicators = snapshot.cached::<IndicatorIndex>().await?;
    let rows = rows.iter().map(|row| {
        let indicator = indicators.referred(&row.indicator_id)?;
        Ok(ObservationRow { indicator, observation: &row.observation })
    });
    Ok(Table::of(&rows.collect::<Result<Vec<_>, AppError>>()?, locale))
}

/// Defines the words in the columns, for readers who have the rows without the site.
pub fn definitions<'a>(
    indicators: impl IntoIterator<Item = &'a Indicator>,
    locale: Locale,
) -> Vec<(String, String)> {
    let mut definitions: Vec<(String, String)> = indicators
        .into_iter()
        .map(|indicator| {
            let name = indicator.named.name(locale).to_owned();
            (name, indicator.description.get(locale).unwrap_or_default().to_owned())
        })
        .collect();
    definitions.sort();
    definitions.dedup();
    let qualifiers = Qualifier::WORDS
        .iter()
        .map(|(word, qualifier)| ((*word).to_owned(), qualifier.explained(locale).to_owned()));
    definitions.extend(qualifiers);
    definitions
}
