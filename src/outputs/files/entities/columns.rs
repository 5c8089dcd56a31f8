//! Table schema of places and entities.

use crate::{
    domain::{
        entities::{model::Entity, store},
        revisions::Snapshot,
        table::{Cell, Column, ColumnType, Table, TableSchema, ToRow, named},
    },
    error::AppError,
    loaders::entities::data::PlaceRow,
    text::Locale,
};

static PLACES: TableSchema = TableSchema {
    name: "places",
    en: "Places",
    zh: "地区",
    key: &["id"],
    columns: &[
        Column::new("id", ColumnType::Id, "Id", "编号"),
        Column::new("name", ColumnType::Text, "Name", "名称"),
        Column::new("kind", ColumnType::Word, "Kind", "类别代码"),
        Column::new("kind_label", ColumnType::Text, "Kind, in words", "类别"),
        Column::new("parent_id", ColumnType::Id, "Lies in (id)", "上级地区编号"),
        Column::new("programs", ColumnType::Integer, "Programmes", "政策数")
            .about("Of the place itself, not of those in it.", "仅计本地区，不含下辖地区。"),
        Column::new("subsidies", ColumnType::Integer, "Subsidies", "补贴数"),
        Column::new("organizations", ColumnType::Integer, "Organizations", "机构数"),
        Column::new("events", ColumnType::Integer, "Events", "事件数"),
        Column::new("figures", ColumnType::Integer, "Figures", "数据数"),
        Column::new("note", ColumnType::Text, "Note", "说明"),
    ],
};

pub fn schema() -> &'static TableSchema {
    &PLACES
}

impl ToRow for PlaceRow {
    fn schema() -> &'static TableSchema {
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

static ENTITIES: TableSchema = TableSchema {
    name: "entities",
    en: "Entities",
    zh: "对象",
    key: &["id"],
    columns: &[
        Column::new("id", ColumnType::Id, "Id", "编号"),
        Column::new("name", ColumnType::Text, "Name", "名称"),
        Column::new("kind", ColumnType::Word, "Kind", "类别代码").about(
            "country, region, province, city, district, organization, app, work, group.",
            "country、region、province、city、district、organization、app、work、group。",
        ),
        Column::new("parent_id", ColumnType::Id, "Belongs to (id)", "所属编号")
            .about("The larger place, the operator or the owner.", "上级地区、运营方或所有者。"),
        Column::new("note", ColumnType::Text, "Note", "说明"),
    ],
};

pub fn entities() -> &'static TableSchema {
    &ENTITIES
}

impl ToRow for Entity {
    fn schema() -> &'static TableSchema {
        &ENTITIES
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let [id, name] = named(Some(&self.named), locale);
        vec![id, name, (&self.kind).into(), self.parent.as_ref().into(), self.note.get(locale).into()]
    }
}

/// Returns every entity, i.e. everything that an observation may be about.
pub async fn all_entities(snapshot: &Snapshot, locale: Locale) -> Result<Table, AppError> {
    Ok(Table::of(&store::entities(&snapshot.db, snapshot.revision).await?, locale))
}
