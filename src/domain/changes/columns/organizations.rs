//! Columns of organizations, their apps and people, and what was said.

use super::word;
use crate::{
    domain::{
        changes::declared::{
            About,
            CellWords::{Date, Id, In, List, Text, Word},
            Declared, ID, Referred, column, key, main,
        },
        organizations::model::{OrganizationKind, PudongStatus, StatementTopic},
    },
    text::Locale::{En, Zh},
};

pub static ORGANIZATIONS: Declared = Declared {
    table: "organization",
    key: ID,
    links: &[],
    columns: &[
        key("id"),
        column("name_en", "Name", "名称", In(En)),
        column("name_zh", "Name", "名称", In(Zh)),
        main("kind", "Kind", "类别", Word(word::<OrganizationKind>)),
        column("parent_id", "Parent", "母公司", Id(Referred::Entity)),
        main("hq_entity", "Seat", "总部所在地", Id(Referred::Entity)),
        main("pudong_status", "In Pudong", "与浦东的关系", Word(word::<PudongStatus>)),
        main("pudong_status_date", "As of", "对应日期", Date),
        column("ticker", "Stock code", "证券代码", Text),
        column("founded", "Founded", "成立", Date),
        column("website", "Website", "网站", Text),
        column("source_id", "Source", "来源", Id(Referred::Source)),
        column("note_en", "Note", "说明", In(En)),
        column("note_zh", "Note", "说明", In(Zh)),
        column("aliases", "Other names", "其他名称", List),
    ],
    about: About {
        places: &["hq_entity"],
        organizations: &["id", "parent_id"],
        source: Some("source_id"),
        day: Some("pudong_status_date"),
        programs: &[],
        indicator: None,
        entity: None,
        producer: None,
    },
};

pub static APPS: Declared = Declared {
    table: "app",
    key: ID,
    links: &[],
    columns: &[
        key("id"),
        main("organization_id", "Operator", "运营方", Id(Referred::Entity)),
        column("name_en", "Name", "名称", In(En)),
        column("name_zh", "Name", "名称", In(Zh)),
        main("launched_on", "Launched on", "上线日期", Date),
        main("markets_en", "Markets", "市场", In(En)),
        main("markets_zh", "Markets", "市场", In(Zh)),
        column("source_id", "Source", "来源", Id(Referred::Source)),
        column("note_en", "Note", "说明", In(En)),
        column("note_zh", "Note", "说明", In(Zh)),
    ],
    about: About {
        organizations: &["organization_id"],
        source: Some("source_id"),
        day: Some("launched_on"),
        places: &[],
        programs: &[],
        indicator: None,
        entity: None,
        producer: None,
    },
};

pub static PEOPLE: Declared = Declared {
    table: "person",
    key: ID,
    links: &[],
    columns: &[
        key("id"),
        column("name_en", "Name", "姓名", In(En)),
        column("name_zh", "Name", "姓名", In(Zh)),
        main("organization_id", "Organization", "机构", Id(Referred::Entity)),
        main("role_en", "Office", "职务", In(En)),
        main("role_zh", "Office", "职务", In(Zh)),
        column("source_id", "Source", "来源", Id(Referred::Source)),
        column("note_en", "Note", "说明", In(En)),
        column("note_zh", "Note", "说明", In(Zh)),
    ],
    about: About {
        organizations: &["organization_id"],
        source: Some("source_id"),
        places: &[],
        programs: &[],
        indicator: None,
        entity: None,
        producer: None,
        day: None,
    },
};

pub static STATEMENTS: Declared = Declared {
    table: "statement",
    key: ID,
    links: &[],
    columns: &[
        key("id"),
        main("entity", "About", "所涉对象", Id(Referred::Entity)),
        main("person_id", "Said by", "表述人", Id(Referred::Person)),
        main("topic", "Topic", "主题", Word(word::<StatementTopic>)),
        main("made_on", "Date", "日期", Date),
        column("statement_en", "Statement", "表述", In(En)),
        column("statement_zh", "Statement", "表述", In(Zh)),
        column("source_id", "Source", "来源", Id(Referred::Source)),
    ],
    about: About {
        places: &["entity"],
        organizations: &["entity"],
        source: Some("source_id"),
        entity: Some("entity"),
        day: Some("made_on"),
        programs: &[],
        indicator: None,
        producer: None,
    },
};
