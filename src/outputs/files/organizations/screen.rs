//! Export document of the company screen: one row for each organization and indicator.

use std::sync::LazyLock;

use crate::{
    domain::{
        indicators::model::Indicator,
        listing::view::ListView,
        observations::latest::Latest,
        organizations::{model::Organization, screen::ScreenQuery},
        revisions::Snapshot,
        table::{
            ColumnType::{Day, Id, Number, Text, Word},
            Columns, Table, TableSchema, ToRow,
        },
    },
    error::AppError,
    loaders::organizations::{screen::screened, titles},
    outputs::files::{
        ExportDocument, RowScope, columns::source, observations::columns::definitions,
        sources::columns::credits,
    },
    text::Locale,
};

/// The latest figure of an indicator for an organization, by itself or by one of its apps and works.
pub struct ScreenFigure<'a> {
    pub organization: &'a Organization,
    pub indicator: &'a Indicator,
    pub latest: &'a Latest,
}

static SCREEN: LazyLock<TableSchema> = LazyLock::new(|| {
    let key = &["organization_id", "indicator_id"];
    TableSchema::of::<ScreenFigure<'_>>("screen", "Company screen", "企业数据筛选", key)
});

impl ToRow for ScreenFigure<'_> {
    fn schema() -> &'static TableSchema {
        &SCREEN
    }

    fn columns(columns: &mut Columns<Self>) {
        columns.add("organization_id", Id, "Organization id", "机构编号", |row, _| {
            (&row.organization.named.id).into()
        });
        columns.add("organization", Text, "Organization", "机构", |row, locale| {
            row.organization.named.name(locale).into()
        });
        columns.add("indicator_id", Id, "Indicator id", "指标编号", |row, _| {
            (&row.indicator.named.id).into()
        });
        columns.add("indicator", Text, "Indicator", "指标", |row, locale| {
            row.indicator.named.name(locale).into()
        });
        columns.add("entity_id", Id, "Entity id", "对象编号", |row, _| {
            (&row.latest.figure.entity.id).into()
        });
        columns
            .add("entity", Text, "Entity", "对象", |row, locale| row.latest.figure.entity.name(locale).into())
            .about(
                "What the figure is about: the organization or, if it has no figure, the one of its apps and works with the largest.",
                "数据所涉对象：机构本身；机构无数据时，为其应用或作品中数值最大者。",
            );
        columns.add("value", Number, "Value", "数值", |row, _| row.latest.figure.value.into());
        columns
            .add("value_high", Number, "Upper value", "数值上限", |row, _| row.latest.figure.high.into())
            .about("The upper end of a range.", "区间上限。");
        columns.add("unit", Text, "Unit", "单位", |row, _| row.indicator.unit.word().into());
        columns.add("qualifier", Word, "Qualifier", "限定词代码", |row, _| {
            row.latest.figure.qualifier.word().into()
        });
        columns.add("qualifier_label", Text, "Qualifier, in words", "限定词", |row, locale| {
            row.latest.figure.qualifier.name(locale).into()
        });
        columns
            .add("basis", Word, "Basis", "口径代码", |row, _| {
                row.latest.figure.basis.map(|basis| basis.word()).into()
            })
            .about(
                "gross or net of the fees of app stores. Never compare one with the other.",
                "gross（扣除商店佣金前）或net（扣除后），二者不可比。",
            );
        columns.add("period_start", Day, "Period from", "时段起", |row, _| {
            row.latest.figure.period.start.into()
        });
        columns
            .add("period_end", Day, "Period to", "时段止", |row, _| row.latest.figure.period.end.into());
        columns
            .add("change", Number, "Year on year", "同比", |row, _| {
                row.latest.change.as_ref().map(|change| change.value).into()
            })
            .about(
                "From the same period of the year before, of the same producer and basis. Empty if no such figure can be compared.",
                "与上年同期、同一数据方、同一口径相比；无可比数据则空白。",
            );
        columns.add("change_unit", Text, "Unit of the change", "同比单位", |row, _| {
            row.latest.change.as_ref().map(|change| change.unit.word()).into()
        });
        columns.add("producer_id", Id, "Producer id", "数据方编号", |row, _| {
            (&row.latest.figure.producer.named.id).into()
        });
        columns.add("producer", Text, "Producer", "数据方", |row, locale| {
            row.latest.figure.producer.named.name(locale).into()
        });
        source(columns, |row| &row.latest.figure.source);
    }
}

/// Returns the rows of the screen, in its order: for each organization the figures in the order of the columns.
pub async fn document(
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    scope: RowScope,
) -> Result<ExportDocument, AppError> {
    let mut query = scope.of(ScreenQuery::parse(raw)?);
    query.list.after = None;
    let screened = screened(snapshot, locale, &query).await?;
    let rows: Vec<ScreenFigure<'_>> = screened
        .rows
        .iter()
        .flat_map(|row| {
            let cells = screened.indicators.iter().zip(&row.cells);
            cells.filter_map(|(indicator, cell)| {
                let latest = cell.as_ref()?;
                Some(ScreenFigure { organization: &row.organization, indicator, latest })
            })
        })
        .collect();
    Ok(ExportDocument {
        locale,
        path: "organizations/screen".to_owned(),
        pairs: query.pairs(),
        title: titles::screen_title(locale).to_owned(),
        description: titles::screen_description(locale).to_owned(),
        definitions: definitions(&screened.indicators, locale),
        credits: credits(rows.iter().map(|row| &row.latest.figure.source)),
        tables: vec![Table::of(&rows, locale)],
        ..ExportDocument::default()
    })
}
