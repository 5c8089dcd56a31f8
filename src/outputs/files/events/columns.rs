//! Events as rows that leave the site.

use crate::{
    domain::{
        events::model::Event,
        table::{Cell, Column, Kind, Noun, Record, named, several},
    },
    outputs::files::sources::columns::{
        self, SOURCE_ID, SOURCE_PUBLISHED_ON, SOURCE_PUBLISHER, SOURCE_TITLE, SOURCE_URL,
    },
    text::Locale,
};

static EVENTS: Noun = Noun {
    name: "events",
    en: "Events",
    zh: "事件",
    key: &["id"],
    columns: &[
        Column::new("id", Kind::Id, "Id", "编号"),
        Column::new("date", Kind::Date, "Date", "日期"),
        Column::new("title", Kind::Text, "Title", "标题"),
        Column::new("kind", Kind::Word, "Kind", "类别代码"),
        Column::new("kind_label", Kind::Text, "Kind, in words", "类别"),
        Column::new("place_id", Kind::Id, "Place id", "地区编号"),
        Column::new("place", Kind::Text, "Place", "地区"),
        Column::new("organization_ids", Kind::Ids, "Organization ids", "机构编号"),
        Column::new("organizations", Kind::Text, "Organizations", "机构"),
        Column::new("program_ids", Kind::Ids, "Programme ids", "政策编号"),
        Column::new("programs", Kind::Text, "Programmes", "政策"),
        Column::new("amount", Kind::Number, "Money named with it", "所涉金额")
            .about("Read the title; never add up.", "须结合标题阅读，不可加总。"),
        Column::new("currency", Kind::Word, "Currency", "币种").about("ISO 4217 code.", "ISO 4217代码。"),
        SOURCE_ID,
        SOURCE_TITLE,
        SOURCE_PUBLISHER,
        SOURCE_PUBLISHED_ON,
        SOURCE_URL,
        Column::new("note", Kind::Text, "Note", "说明"),
    ],
};

pub fn noun() -> &'static Noun {
    &EVENTS
}

impl Record for Event {
    fn noun() -> &'static Noun {
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
