//! Columns of places and other names, of sources and of producers.

use super::word;
use crate::{
    domain::{
        changes::declared::{
            About,
            CellWords::{Date, Id, Ids, In, List, Text, Word, YesNo},
            Declared, ID, LinkCell, Referred, column, key, main,
        },
        entities::model::PlaceKind,
        observations::model::ProducerKind,
        sources::model::SourceKind,
    },
    text::{
        Language,
        Locale::{self, En, Zh},
    },
};

fn entity_kind(text: &str, locale: Locale) -> Option<String> {
    let (en, zh) = match text {
        "organization" => ("organization", "机构"),
        "app" => ("app", "应用"),
        "work" => ("work", "作品"),
        "group" => ("group", "群体"),
        place => return word::<PlaceKind>(place, locale),
    };
    Some(locale.pick(en, zh).to_owned())
}

pub static ENTITIES: Declared = Declared {
    table: "entity",
    key: ID,
    links: &[LinkCell { cell: "members", table: "entity_member", owner: "entity_id", other: "member_id" }],
    columns: &[
        key("id"),
        column("name_en", "Name", "名称", In(En)),
        column("name_zh", "Name", "名称", In(Zh)),
        main("kind", "Kind", "类别", Word(entity_kind)),
        main("parent_id", "Belongs to", "所属", Id(Referred::Entity)),
        column("note_en", "Note", "说明", In(En)),
        column("note_zh", "Note", "说明", In(Zh)),
        column("iso_3166", "ISO 3166", "ISO 3166代码", Text),
        column("gbt_2260", "GB/T 2260", "GB/T 2260代码", Text),
        column("members", "Members", "组成部分", Ids(Referred::Entity)),
    ],
    about: About {
        places: &["id"],
        organizations: &["id"],
        entity: Some("id"),
        programs: &[],
        indicator: None,
        source: None,
        producer: None,
        day: None,
    },
};

pub static SOURCES: Declared = Declared {
    table: "source",
    key: ID,
    links: &[],
    columns: &[
        key("id"),
        column("title", "Title", "标题", Text),
        column("title_en", "Description", "英文说明", Text),
        main("publisher", "Publisher", "发布方（英文或拼音）", Text),
        column("author", "Author", "作者", Text),
        main("published_on", "Published on", "发布日期", Date),
        column("url", "Address", "网址", Text),
        column("language", "Language", "语言", Word(word::<Language>)),
        main("kind", "Kind", "类别", Word(word::<SourceKind>)),
        column("official", "Official", "官方来源", YesNo),
        column("keywords", "Keywords", "关键词", List),
        column("note_en", "Note", "说明", In(En)),
        column("publisher_zh", "Publisher in Chinese", "发布方", Text),
        column("note_zh", "Note", "说明", In(Zh)),
    ],
    about: About {
        source: Some("id"),
        day: Some("published_on"),
        places: &[],
        organizations: &[],
        programs: &[],
        indicator: None,
        entity: None,
        producer: None,
    },
};

pub static PRODUCERS: Declared = Declared {
    table: "producer",
    key: ID,
    links: &[],
    columns: &[
        key("id"),
        column("name_en", "Name", "名称", In(En)),
        column("name_zh", "Name", "名称", In(Zh)),
        main("kind", "Kind", "类别", Word(word::<ProducerKind>)),
        column("independent", "Independent", "独立机构", YesNo),
        column("note_en", "Note", "说明", In(En)),
        column("note_zh", "Note", "说明", In(Zh)),
    ],
    about: About {
        producer: Some("id"),
        places: &[],
        organizations: &[],
        programs: &[],
        indicator: None,
        source: None,
        entity: None,
        day: None,
    },
};
