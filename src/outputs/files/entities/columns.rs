//! Columns of places and entities.

use std::sync::LazyLock;

use crate::{
    domain::{
        entities::{model::Entity, store},
        revisions::Snapshot,
        table::{
            ColumnType::{Id, Ids, Integer, Text, Word},
            Columns, Table, TableSchema, ToRow,
        },
    },
    error::AppError,
    loaders::entities::data::PlaceRow,
    outputs::files::columns::{id_and_name, note},
    text::Locale,
};

static PLACES: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<PlaceRow>("places", "Places", "地区", &["id"]));

pub fn schema() -> &'static TableSchema {
    &PLACES
}

impl ToRow for PlaceRow {
    fn schema() -> &'static TableSchema {
        schema()
    }

    fn columns(columns: &mut Columns<PlaceRow>) {
        id_and_name(columns, |row| &row.place.named);
        columns.add("kind", Word, "Kind", "类别代码", |row, _| row.place.kind.word().into());
        columns.add("kind_label", Text, "Kind, in words", "类别", |row, locale| {
            row.place.kind.name(locale).into()
        });
        columns.add("parent_id", Id, "Lies in (id)", "上级地区编号", |row, _| {
            row.place.parent.as_ref().into()
        });
        codes(columns, |row| (&row.place.iso_3166, &row.place.gbt_2260, &row.place.members));
        columns
            .add("programs", Integer, "Programmes", "政策数", |row, _| row.programs.into())
            .about("Of the place itself, not of those in it.", "仅计本地区，不含下辖地区。");
        columns.add("subsidies", Integer, "Subsidies", "补贴数", |row, _| row.subsidies.into());
        columns
            .add("organizations", Integer, "Organizations", "机构数", |row, _| row.organizations.into());
        columns.add("events", Integer, "Events", "事件数", |row, _| row.events.into());
        columns.add("figures", Integer, "Figures", "数据数", |row, _| row.figures.into());
        note(columns, |row| &row.place.note);
    }
}

/// Codes of ISO 3166 and GB/T 2260, and members.
type Codes<'a> = (&'a Option<String>, &'a Option<String>, &'a [String]);

/// Adds the codes of a place, and what a region or group consists of.
fn codes<R>(columns: &mut Columns<R>, of: impl Fn(&R) -> Codes<'_> + Copy + 'static) {
    columns.add("iso_3166", Text, "ISO 3166", "ISO 3166代码", move |row, _| of(row).0.as_ref().into()).about(
        "Of countries (KR) and their first-level parts (CN-SH).",
        "国家（KR）及其一级行政区（CN-SH）的代码。",
    );
    columns
        .add("gbt_2260", Text, "GB/T 2260", "GB/T 2260代码", move |row, _| of(row).1.as_ref().into())
        .about(
            "Of Chinese provinces, cities, districts and counties (310115).",
            "中国省、市、区县的代码（310115）。",
        );
    columns.add("members", Ids, "Members", "组成部分", move |row, _| of(row).2.join(";").into()).about(
        "What a region or group consists of, as far as known: they need not add up to it.",
        "该区域或组别的组成部分，以已知者为限，相加不等于整体。",
    );
}

static ENTITIES: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<Entity>("entities", "Entities", "对象", &["id"]));

pub fn entities() -> &'static TableSchema {
    &ENTITIES
}

impl ToRow for Entity {
    fn schema() -> &'static TableSchema {
        entities()
    }

    fn columns(columns: &mut Columns<Entity>) {
        id_and_name(columns, |row| &row.named);
        columns.add("kind", Word, "Kind", "类别代码", |row, _| (&row.kind).into()).about(
            "country, region, province, city, district, organization, app, work, group.",
            "country、region、province、city、district、organization、app、work、group。",
        );
        columns
            .add("parent_id", Id, "Belongs to (id)", "所属编号", |row, _| row.parent.as_ref().into())
            .about("The larger place, the operator or the owner.", "上级地区、运营方或所有者。");
        codes(columns, |row| (&row.iso_3166, &row.gbt_2260, &row.members));
        note(columns, |row| &row.note);
    }
}

/// Returns every entity, i.e. everything that an observation may be about.
pub async fn all_entities(snapshot: &Snapshot, locale: Locale) -> Result<Table, AppError> {
    Ok(Table::of(&store::entities(&snapshot.db, snapshot.at).await?, locale))
}
