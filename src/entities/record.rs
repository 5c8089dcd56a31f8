//! Places as rows that leave the site.

use super::api::PlaceRow;
use crate::{
    extract::{Cell, Column, Kind, Noun, Record},
    text::Locale,
};

static PLACES: Noun = Noun {
    name: "places",
    en: "Places",
    zh: "地区",
    key: &["id"],
    columns: &[
        Column::new("id", Kind::Id, "Id", "编号"),
        Column::new("name", Kind::Text, "Name", "名称"),
        Column::new("kind", Kind::Word, "Kind", "类别代码"),
        Column::new("kind_label", Kind::Text, "Kind, in words", "类别"),
        Column::new("parent_id", Kind::Id, "Lies in (id)", "上级地区编号"),
        Column::new("programs", Kind::Integer, "Programmes", "政策数")
            .about("Of the place itself, not of those in it.", "仅计本地区，不含下辖地区。"),
        Column::new("subsidies", Kind::Integer, "Subsidies", "补贴数"),
        Column::new("organizations", Kind::Integer, "Organizations", "机构数"),
        Column::new("events", Kind::Integer, "Events", "事件数"),
        Column::new("figures", Kind::Integer, "Figures", "数据数"),
        Column::new("note", Kind::Text, "Note", "说明"),
    ],
};

pub fn noun() -> &'static Noun {
    &PLACES
}

impl Record for PlaceRow {
    fn noun() -> &'static Noun {
        &PLACES
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let place = &self.place;
        vec![
            (&place.named.id).into(),
            place.named.name(locale).into(),
            place.kind.word().into(),
            place.kind.name(locale).into(),
            place.parent.as_ref().into(),
            self.programs.into(),
            self.subsidies.into(),
            self.organizations.into(),
            self.events.into(),
            self.figures.into(),
            place.note.get(locale).into(),
        ]
    }
}
