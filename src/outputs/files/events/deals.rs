//! Export document of the deals.

use std::sync::LazyLock;

use crate::{
    domain::{
        events::deals::DealQuery,
        explore::quantity::written,
        listing::view::ListView,
        revisions::Snapshot,
        table::{
            Cell,
            ColumnType::{Date, Id, Ids, Number, Text, Word},
            Columns, Table, TableSchema, ToRow,
        },
    },
    error::AppError,
    loaders::events::{
        deals::{Deal, deals_from},
        titles,
    },
    outputs::files::{
        ExportDocument, RowScope,
        columns::{note, place, source},
        sources::columns::credits,
    },
    text::Locale,
};

static DEALS: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<Deal>("deals", "Deals", "投资与上市", &["id"]));

impl ToRow for Deal {
    fn schema() -> &'static TableSchema {
        &DEALS
    }

    fn columns(columns: &mut Columns<Deal>) {
        columns.add("id", Id, "Id", "编号", |row, _| (&row.event.named.id).into());
        columns.add("date", Date, "Date", "日期", |row, _| row.event.date.into());
        columns.add("title", Text, "Title", "标题", |row, locale| row.event.named.name(locale).into());
        columns.add("kind", Word, "Kind", "类别代码", |row, _| row.event.kind.word().into());
        columns.add("kind_label", Text, "Kind, in words", "类别", |row, locale| {
            row.event.kind.name(locale).into()
        });
        columns
            .add("organization_ids", Ids, "Organization ids", "机构编号", |row, _| {
                Cell::ids(&row.event.organizations)
            })
            .about(
                "Those that took part; the data set does not say who invested.",
                "相关机构；数据集未区分投资方。",
            );
        columns.add("organizations", Text, "Organizations", "机构", |row, locale| {
            Cell::names(&row.event.organizations, locale)
        });
        place(columns, |row| row.event.jurisdiction.as_ref());
        columns
            .add("amount", Number, "Amount", "金额", |row, _| {
                row.event.amount.as_ref().map(|(amount, _)| *amount).into()
            })
            .about(
                "As named with the deal, sought and planned ones included: read the title, and never add up.",
                "交易所涉金额，含拟议和寻求中的金额；须结合标题阅读，不可加总。",
            );
        columns
            .add("currency", Word, "Currency", "币种", |row, _| {
                row.event.amount.as_ref().map(|(_, currency)| currency).into()
            })
            .about("ISO 4217 code.", "ISO 4217代码。");
        columns
            .add("converted_amount", Number, "Converted amount", "换算金额", |row, _| {
                let converted = row.conversion.as_ref().and_then(|one| one.result.as_ref().ok());
                converted.map(|converted| written(converted.amount)).into()
            })
            .about(
                "In the currency asked for (in=), calculated by this site at the published rate of the month of the deal, or of its year if \
                 only that is known; twelve digits at most.",
                "按所选币种（in=），由本站以交易当月（仅知年份者为当年）的已公布汇率换算；至多十二位有效数字。",
            );
        columns.add("converted_currency", Word, "Converted to", "换算币种", |row, _| {
            row.conversion.as_ref().map(|conversion| conversion.currency.as_str()).into()
        });
        columns
            .add("conversion", Text, "Conversion", "换算说明", |row, locale| {
                row.conversion.as_ref().map(|conversion| conversion.explained(locale)).into()
            })
            .about(
                "Each rate with its period, or why the amount is not converted.",
                "所用汇率及其时段，或未换算的原因。",
            );
        source(columns, |row| &row.event.source);
        note(columns, |row| &row.event.note);
    }
}

/// Returns every deal that matches the filters, latest first.
pub async fn document(
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    scope: RowScope,
) -> Result<ExportDocument, AppError> {
    let mut query = scope.of(DealQuery::parse(raw)?);
    query.events.after = None;
    let rows = deals_from(snapshot, locale, &query).await?.rows;
    Ok(ExportDocument {
        locale,
        path: "deals".to_owned(),
        pairs: query.pairs(),
        title: titles::deals_title(locale).to_owned(),
        description: titles::deals_description(locale).to_owned(),
        credits: credits(rows.iter().map(|row| &row.event.source)),
        tables: vec![Table::of(&rows, locale)],
        ..ExportDocument::default()
    })
}
