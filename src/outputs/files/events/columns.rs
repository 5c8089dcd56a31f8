//! Columns of events.

use std::sync::LazyLock;

use crate::{
    domain::{
        events::model::Event,
        table::{
            Cell,
            ColumnType::{Date, Id, Ids, Number, Text, Word},
            Columns, TableSchema, ToRow,
        },
    },
    outputs::files::columns::{note, place, source},
};

static EVENTS: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<Event>("events", "Events", "事件", &["id"]));

pub fn schema() -> &'static TableSchema {
    &EVENTS
}

impl ToRow for Event {
    fn schema() -> &'static TableSchema {
        schema()
    }

    fn columns(columns: &mut Columns<Event>) {
        columns.add("id", Id, "Id", "编号", |row, _| (&row.named.id).into());
        columns.add("date", Date, "Date", "日期", |row, _| row.date.into());
        columns.add("title", Text, "Title", "标题", |row, locale| row.named.name(locale).into());
        columns.add("kind", Word, "Kind", "类别代码", |row, _| row.kind.word().into());
        columns
            .add("kind_label", Text, "Kind, in words", "类别", |row, locale| row.kind.name(locale).into());
        place(columns, |row| row.jurisdiction.as_ref());
        columns.add("organization_ids", Ids, "Organization ids", "机构编号", |row, _| {
            Cell::ids(&row.organizations)
        });
        columns.add("organizations", Text, "Organizations", "机构", |row, locale| {
            Cell::names(&row.organizations, locale)
        });
        columns.add("program_ids", Ids, "Programme ids", "政策编号", |row, _| Cell::ids(&row.programs));
        columns
            .add("programs", Text, "Programmes", "政策", |row, locale| Cell::names(&row.programs, locale));
        columns
            .add("amount", Number, "Amount mentioned", "所涉金额", |row, _| {
                row.amount.as_ref().map(|(amount, _)| *amount).into()
            })
            .about("Read the title; never add up.", "须结合标题阅读，不可加总。");
        columns
            .add("currency", Word, "Currency", "币种", |row, _| {
                row.amount.as_ref().map(|(_, currency)| currency).into()
            })
            .about("ISO 4217 code.", "ISO 4217代码。");
        source(columns, |row| &row.source);
        note(columns, |row| &row.note);
    }
}
