//! Table schema of observations: one figure with all its context.

use crate::{
    domain::{
        indicators::{index::IndicatorIndex, model::Indicator},
        observations::{
            model::{Observation, Qualifier},
            store::MeasuredObservation,
        },
        revisions::Snapshot,
        table::{Cell, Column, ColumnType, Table, TableSchema, ToRow, named},
    },
    error::AppError,
    outputs::files::sources::columns::{
        self, SOURCE_ID, SOURCE_PUBLISHED_ON, SOURCE_PUBLISHER, SOURCE_TITLE, SOURCE_URL,
    },
    text::{Locale, Unit},
};

/// An observation with the indicator it measures.
pub struct ObservationRow<'a> {
    pub indicator: &'a Indicator,
    pub observation: &'a Observation,
}

/// Columns of the streamed table and of every file with observations: the same names in the same order.
pub static OBSERVATIONS: TableSchema = TableSchema {
    name: "observations",
    en: "Figures",
    zh: "数据",
    key: &["indicator_id", "entity_id", "period_start", "period_end", "source_id"],
    columns: &[
        Column::new("indicator_id", ColumnType::Id, "Indicator id", "指标编号"),
        Column::new("indicator", ColumnType::Text, "Indicator", "指标"),
        Column::new("entity_id", ColumnType::Id, "Entity id", "对象编号"),
        Column::new("entity", ColumnType::Text, "Entity", "对象").about("What the figure is about.", "数据所涉对象。"),
        Column::new("period_start", ColumnType::Day, "Period from", "时段起"),
        Column::new("period_end", ColumnType::Day, "Period to", "时段止")
            .about("Last day covered; the first day again for a point in time.", "所涵盖的最后一日；时点数据与起始日相同。"),
        Column::new("value", ColumnType::Number, "Value", "数值")
            .about("In the unit, never abbreviated; of a range the lower end.", "以单位计，不缩写；区间取下限。"),
        Column::new("value_high", ColumnType::Number, "Upper value", "数值上限").about("Of a range the upper end.", "区间上限。"),
        Column::new("unit", ColumnType::Word, "Unit", "单位")
            .about("CNY, USD, percent (34.9, not 0.349), people, count, ratio, CNY per USD.", "CNY、USD、percent（34.9而非0.349）、people、count、ratio、CNY per USD。"),
        Column::new("unit_label", ColumnType::Text, "Counted", "计量对象").about("What is counted, where the unit is count.", "单位为count时所计之物。"),
        Column::new("qualifier", ColumnType::Word, "Qualifier", "限定词代码")
            .about("How the source words the value: exact, estimate, approximately, nearly, at-least, at-most, range, forecast.", "来源的表述方式：exact、estimate、approximately、nearly、at-least、at-most、range、forecast。"),
        Column::new("qualifier_label", ColumnType::Text, "Qualifier, in words", "限定词"),
        Column::new("status", ColumnType::Word, "Status", "状态")
            .about("reported, estimate or forecast.", "reported（报告）、estimate（估算）或forecast（预测）。"),
        Column::new("basis", ColumnType::Word, "Basis", "口径")
            .about("Of app-store money: gross before store fees, net after them; empty where not stated.", "应用商店收入：gross为扣佣前，net为扣佣后；未说明则空白。"),
        Column::new("headline", ColumnType::YesNo, "Headline", "主要行")
            .about("Drawn by default: one row at most per indicator, entity, producer and period.", "默认绘制：每个指标、对象、数据方和时段至多一行。"),
        Column::new("producer_id", ColumnType::Id, "Producer id", "数据方编号"),
        Column::new("producer", ColumnType::Text, "Producer", "数据方").about("Who measured or estimated it.", "测算或估算者。"),
        SOURCE_ID,
        SOURCE_TITLE,
        SOURCE_PUBLISHER,
        SOURCE_PUBLISHED_ON,
        SOURCE_URL,
        Column::new("note", ColumnType::Text, "Note", "说明"),
    ],
};

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
    let cells = rows.iter().map(|row| {
        let indicator = indicators.referred(&row.indicator_id)?;
        Ok(ObservationRow { indicator, observation: &row.observation }.cells(locale))
    });
    Ok(Table { schema: &OBSERVATIONS, rows: cells.collect::<Result<_, AppError>>()? })
}

pub fn schema() -> &'static TableSchema {
    &OBSERVATIONS
}

impl ToRow for ObservationRow<'_> {
    fn schema() -> &'static TableSchema {
        &OBSERVATIONS
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let ObservationRow { indicator, observation } = self;
        let counted = match &indicator.unit {
            Unit::Count { en, zh } => Some(locale.pick(en, zh)),
            _ => None,
        };
        let mut cells: Vec<Cell> = Vec::with_capacity(OBSERVATIONS.columns.len());
        cells.extend(named(Some(&indicator.named), locale));
        cells.extend(named(Some(&observation.entity), locale));
        cells.extend([
            observation.period.start.into(),
            observation.period.end.into(),
            observation.value.into(),
            observation.high.into(),
            indicator.unit.word().into(),
            counted.into(),
            observation.qualifier.word().into(),
            observation.qualifier.name(locale).into(),
            observation.qualifier.status().into(),
            observation.basis.map(|basis| basis.word()).into(),
            observation.headline.into(),
        ]);
        cells.extend(named(Some(&observation.producer.named), locale));
        cells.extend(columns::cited(&observation.source, locale));
        cells.push(observation.note.get(locale).into());
        cells
    }
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
