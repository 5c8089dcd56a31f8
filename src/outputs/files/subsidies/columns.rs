//! Columns of subsidies.

use std::sync::LazyLock;

use crate::{
    domain::{
        explore::quantity::written,
        subsidies::{conversion::Converted, model::Subsidy},
        table::{
            Cell,
            ColumnType::{Date, Id, Ids, Number, Text, Word, YesNo},
            Columns, TableSchema, ToRow,
        },
    },
    outputs::files::columns::{note, place, scope, source},
};

static SUBSIDIES: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<Subsidy>("subsidies", "Subsidies", "补贴", &["id"]));

pub fn schema() -> &'static TableSchema {
    &SUBSIDIES
}

impl ToRow for Subsidy {
    fn schema() -> &'static TableSchema {
        schema()
    }

    fn columns(columns: &mut Columns<Subsidy>) {
        columns.add("id", Id, "Id", "编号", |row, _| (&row.id).into());
        columns.add("kind", Word, "Kind", "类别代码", |row, _| row.kind.word().into()).about(
            "budgeted, approved, paid or disclosed: never to be added to each other.",
            "budgeted（预算）、approved（核准）、paid（拨付）、disclosed（披露），不可相加。",
        );
        columns
            .add("kind_label", Text, "Kind, in words", "类别", |row, locale| row.kind.name(locale).into());
        columns
            .add("program_id", Id, "Programme id", "政策编号", |row, _| Cell::id(row.program.as_ref()));
        columns.add("program", Text, "Programme", "政策", |row, locale| {
            Cell::name(row.program.as_ref(), locale)
        });
        columns.add("recipient_id", Id, "Recipient id", "受助方编号", |row, _| {
            Cell::id(row.recipient.as_ref())
        });
        columns
            .add("recipient", Text, "Recipient", "受助方", |row, locale| {
                Cell::name(row.recipient.as_ref(), locale)
            })
            .about("Empty where the amount is that of a whole scheme.", "整项计划的金额则空白。");
        place(columns, |row| row.jurisdiction.as_ref());
        columns
            .add("amount", Number, "Amount", "金额", |row, _| row.amount.into())
            .about("Of a range the lower end.", "区间取下限。");
        columns.add("amount_high", Number, "Upper amount", "金额上限", |row, _| row.high.into());
        columns
            .add("currency", Word, "Currency", "币种", |row, _| (&row.currency).into())
            .about("ISO 4217 code.", "ISO 4217代码。");
        columns.add("period_start", Date, "Period from", "时段起", |row, _| row.period_start.into());
        columns.add("period_end", Date, "Period to", "时段止", |row, _| row.period_end.into());
        columns.add("disclosed_on", Date, "Disclosed on", "披露日期", |row, _| row.disclosed_on.into());
        source(columns, |row| &row.source);
        note(columns, |row| &row.note);
        columns.add("part_of", Id, "Part of", "所属金额编号", |row, _| row.part_of.as_ref().into()).about(
            "The amount that contains this one; totals leave this one out.",
            "包含本笔的金额；合计不计入本笔。",
        );
        columns
            .add("counted_elsewhere", YesNo, "Counted elsewhere", "已计入他处", |row, _| {
                row.counted_elsewhere.into()
            })
            .about(
                "Whether it is, or may be, inside an amount that is not here; totals leave it out.",
                "是否包含或可能包含在此处未列的金额中；合计不计入。",
            );
        scope(columns, |row| row.scope);
        columns
            .add("converted_amount", Number, "Converted amount", "换算金额", |row, _| {
                converted(row).map(|converted| written(converted.amount)).into()
            })
            .about(
                "In the currency asked for (in=), calculated by this site at the published rate of exactly the same period; twelve \
                 digits at most.",
                "按所选币种（in=），由本站以完全相同时段的已公布汇率换算；至多十二位有效数字。",
            );
        columns.add(
            "converted_amount_high",
            Number,
            "Converted upper amount",
            "换算金额上限",
            |row, _| converted(row).and_then(|converted| converted.high).map(written).into(),
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
        columns.add("conversion_source_ids", Ids, "Sources of the rates", "汇率来源编号", |row, _| {
            let rates = converted(row).into_iter().flat_map(|converted| &converted.rates);
            let ids: Vec<&str> = rates.map(|rate| rate.source.id.as_str()).collect();
            ids.join(";").into()
        });
    }
}

fn converted(row: &Subsidy) -> Option<&Converted> {
    row.conversion.as_ref()?.result.as_ref().ok()
}
