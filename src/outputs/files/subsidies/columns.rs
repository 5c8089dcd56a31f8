//! Table schema of subsidies.

use crate::{
    domain::{
        subsidies::model::Subsidy,
        table::{Cell, Column, ColumnType, TableSchema, ToRow, named},
    },
    outputs::files::sources::columns::{
        self, SOURCE_ID, SOURCE_PUBLISHED_ON, SOURCE_PUBLISHER, SOURCE_TITLE, SOURCE_URL,
    },
    text::Locale,
};

static SUBSIDIES: TableSchema = TableSchema {
    name: "subsidies",
    en: "Subsidies",
    zh: "补贴",
    key: &["id"],
    columns: &[
        Column::new("id", ColumnType::Id, "Id", "编号"),
        Column::new("kind", ColumnType::Word, "Kind", "类别代码").about(
            "budgeted, approved, paid or disclosed: never to be added to each other.",
            "budgeted（预算）、approved（核准）、paid（拨付）、disclosed（披露），不可相加。",
        ),
        Column::new("kind_label", ColumnType::Text, "Kind, in words", "类别"),
        Column::new("program_id", ColumnType::Id, "Programme id", "政策编号"),
        Column::new("program", ColumnType::Text, "Programme", "政策"),
        Column::new("recipient_id", ColumnType::Id, "Recipient id", "受助方编号"),
        Column::new("recipient", ColumnType::Text, "Recipient", "受助方")
            .about("Empty where the amount is that of a whole scheme.", "整项计划的金额则空白。"),
        Column::new("place_id", ColumnType::Id, "Place id", "地区编号"),
        Column::new("place", ColumnType::Text, "Place", "地区"),
        Column::new("amount", ColumnType::Number, "Amount", "金额")
            .about("Of a range the lower end.", "区间取下限。"),
        Column::new("amount_high", ColumnType::Number, "Upper amount", "金额上限"),
        Column::new("currency", ColumnType::Word, "Currency", "币种")
            .about("ISO 4217 code.", "ISO 4217代码。"),
        Column::new("period_start", ColumnType::Date, "Period from", "时段起"),
        Column::new("period_end", ColumnType::Date, "Period to", "时段止"),
        Column::new("disclosed_on", ColumnType::Date, "Disclosed on", "披露日期"),
        SOURCE_ID,
        SOURCE_TITLE,
        SOURCE_PUBLISHER,
        SOURCE_PUBLISHED_ON,
        SOURCE_URL,
        Column::new("note", ColumnType::Text, "Note", "说明").about(
            "One that says “do not add” is part of another amount.",
            "注明“不可相加”者为另一金额的组成部分。",
        ),
    ],
};

pub fn schema() -> &'static TableSchema {
    &SUBSIDIES
}

impl ToRow for Subsidy {
    fn schema() -> &'static TableSchema {
        &SUBSIDIES
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::with_capacity(SUBSIDIES.columns.len());
        cells.extend([(&self.id).into(), self.kind.word().into(), self.kind.name(locale).into()]);
        cells.extend(named(self.program.as_ref(), locale));
        cells.extend(named(self.recipient.as_ref(), locale));
        cells.extend(named(self.jurisdiction.as_ref(), locale));
        cells.extend([
            self.amount.into(),
            self.high.into(),
            (&self.currency).into(),
            self.period_start.into(),
            self.period_end.into(),
            self.disclosed_on.into(),
        ]);
        cells.extend(columns::cited(&self.source, locale));
        cells.push(self.note.get(locale).into());
        cells
    }
}
