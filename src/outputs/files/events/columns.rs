//! Table schema of events.

use crate::{
    domain::{
        events::model::Event,
        table::{Cell, Column, ColumnType, TableSchema, ToRow, named, several},
    },
    outputs::files::sources::columns::{
        self, SOURCE_ID, SOURCE_PUBLISHED_ON, SOURCE_PUBLISHER, SOURCE_TITLE, SOURCE_URL,
    },
    text::Locale,
};

static EVENTS: TableSchema = TableSchema {
    name: "events",
    en: "Events",
    zh: "事件",
    key: &["id"],
    columns: &[
        Column::new("id", ColumnType::Id, "Id", "编号"),
        Column::new("date", ColumnType::Date, "Date", "日期"),
        Column::new("title", ColumnType::Text, "Title", "标题"),
        Column::new("kind", ColumnType::Word, "Kind", "类别代码"),
        Column::new("kind_label", ColumnType::Text, "Kind, in words", "类别"),
        Column::new("place_id", ColumnType::Id, "Place id", "地区编号"),
        Column::new("place", ColumnType::Text, "Place", "地区"),
        Column::new("organization_ids", ColumnType::Ids, "Organization ids", "机构编号"),
        Column::new("organizations", ColumnType::Text, "Organizations", "机构"),
        Column::new("program_ids", ColumnType::Ids, "Programme ids", "政策编号"),
        Column::new("programs", ColumnType::Text, "Programmes", "政策"),
        Column::new("amount", ColumnType::Number, "Money named with it", "所涉金额")
            .about("Read the title; never add up.", "须结合标题阅读，不可加总。"),
        Column::new("currency", ColumnType::Word, "Currency", "币种")
            .about("ISO 4217 code.", "ISO 4217代码。"),
        SOURCE_ID,
        SOURCE_TITLE,
        SOURCE_PUBLISHER,
        SOURCE_PUBLISHED_ON,
        SOURCE_URL,
        Column::new("note", ColumnType::Text, "Note", "说明"),
    ],
};

pub fn schema() -> &'static TableSchema {
    &EVENTS
}

impl ToRow for Event {
    fn schema() -> &'static TableSchema {
        &EVENTS
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::with_capacity(EVENTS.columns.len());
        cells.extend([
            (&self.named.id).into(),
            self.date.into(),
            self.named.name(locale).into(),
            self.kind.word().into(),
            self.kind.name(locale).into(),
        ]);
        cells.extend(named(self.jurisdiction.as_ref(), locale));
        cells.extend(several(&self.organizations, locale));
        cells.extend(several(&self.programs, locale));
        cells.extend([
            self.amount.as_ref().map(|(amount, _)| *amount).into(),
            self.amount.as_ref().map(|(_, currency)| currency).into(),
        ]);
        cells.extend(columns::cited(&self.source, locale));
        cells.push(self.note.get(locale).into());
        cells
    }
}
