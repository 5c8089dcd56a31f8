//! Table schemas of organizations, apps, people and statements.

use crate::{
    domain::{
        organizations::model::{App, Mention, OrganizationRow, Person, Statement},
        table::{Cell, Column, ColumnType, TableSchema, ToRow, named, several},
    },
    outputs::files::sources::columns::{
        self, SOURCE_ID, SOURCE_PUBLISHED_ON, SOURCE_PUBLISHER, SOURCE_TITLE, SOURCE_URL,
    },
    text::Locale,
};

const ID: Column = Column::new("id", ColumnType::Id, "Id", "编号");
const NAME: Column = Column::new("name", ColumnType::Text, "Name", "名称");
const NOTE: Column = Column::new("note", ColumnType::Text, "Note", "说明");

static ORGANIZATIONS: TableSchema = TableSchema {
    name: "organizations",
    en: "Organizations",
    zh: "机构",
    key: &["id"],
    columns: &[
        ID,
        NAME,
        Column::new("kind", ColumnType::Word, "Kind", "类别代码"),
        Column::new("kind_label", ColumnType::Text, "Kind, in words", "类别"),
        Column::new("parent_id", ColumnType::Id, "Parent id", "上级机构编号"),
        Column::new("parent", ColumnType::Text, "Parent", "上级机构"),
        Column::new("place_id", ColumnType::Id, "Head office, place id", "总部所在地编号"),
        Column::new("place", ColumnType::Text, "Head office", "总部所在地").about(
            "The most precise place known of its head or principal office; of former firms the last known.",
            "已知最精确的总部或主要办公地；已迁出者为最后所知。",
        ),
        Column::new("pudong_status", ColumnType::Word, "Status in Pudong", "与浦东关系代码").about(
            "headquartered, overseas-hq-signed, signed, unit, former, none, unknown: signed is not opened.",
            "headquartered、overseas-hq-signed、signed、unit、former、none、unknown；签约不等于启用。",
        ),
        Column::new("pudong_status_label", ColumnType::Text, "Status in Pudong, in words", "与浦东关系"),
        Column::new("pudong_status_date", ColumnType::Date, "Status known for", "关系日期"),
        Column::new("ticker", ColumnType::Text, "Ticker", "股票代码"),
        Column::new("founded", ColumnType::Date, "Founded", "成立日期"),
        Column::new("website", ColumnType::Url, "Website", "网站"),
        Column::new("app_ids", ColumnType::Ids, "App ids", "应用编号"),
        Column::new("apps", ColumnType::Text, "Apps", "应用"),
        SOURCE_ID,
        SOURCE_TITLE,
        SOURCE_PUBLISHER,
        SOURCE_PUBLISHED_ON,
        SOURCE_URL,
        NOTE,
    ],
};

pub fn schema() -> &'static TableSchema {
    &ORGANIZATIONS
}

pub fn apps() -> &'static TableSchema {
    &APPS
}

pub fn people() -> &'static TableSchema {
    &PEOPLE
}

pub fn statements() -> &'static TableSchema {
    &STATEMENTS
}

impl ToRow for OrganizationRow {
    fn schema() -> &'static TableSchema {
        &ORGANIZATIONS
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let OrganizationRow { organization, apps } = self;
        let mut cells: Vec<Cell> = Vec::with_capacity(ORGANIZATIONS.columns.len());
        cells.extend(named(Some(&organization.named), locale));
        cells.extend([organization.kind.word().into(), organization.kind.name(locale).into()]);
        cells.extend(named(organization.parent.as_ref(), locale));
        cells.extend(named(organization.seat.as_ref(), locale));
        cells.extend([
            organization.pudong.word().into(),
            organization.pudong.name(locale).into(),
            organization.pudong_date.into(),
            organization.ticker.as_ref().into(),
            organization.founded.into(),
            organization.website.as_ref().into(),
        ]);
        cells.extend(several(apps, locale));
        cells.extend(columns::cited(&organization.source, locale));
        cells.push(organization.note.get(locale).into());
        cells
    }
}

static APPS: TableSchema = TableSchema {
    name: "apps",
    en: "Apps",
    zh: "应用",
    key: &["id"],
    columns: &[
        ID,
        NAME,
        Column::new("organization_id", ColumnType::Id, "Operator id", "运营方编号"),
        Column::new("organization", ColumnType::Text, "Operator", "运营方"),
        Column::new("launched_on", ColumnType::Date, "Launched on", "上线日期"),
        Column::new("markets", ColumnType::Text, "Markets", "市场"),
        SOURCE_ID,
        SOURCE_TITLE,
        SOURCE_PUBLISHER,
        SOURCE_PUBLISHED_ON,
        SOURCE_URL,
        NOTE,
    ],
};

impl ToRow for App {
    fn schema() -> &'static TableSchema {
        &APPS
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::with_capacity(APPS.columns.len());
        cells.extend(named(Some(&self.named), locale));
        cells.extend(named(Some(&self.operator), locale));
        cells.extend([self.launched_on.into(), self.markets.get(locale).into()]);
        cells.extend(columns::cited(&self.source, locale));
        cells.push(self.note.get(locale).into());
        cells
    }
}

/// Mentions of one source: one row for each organization, app, person or statement that cites it.
static MENTIONS: TableSchema = TableSchema {
    name: "mentions",
    en: "Mentions",
    zh: "提及",
    key: &["kind", "id"],
    columns: &[
        Column::new("kind", ColumnType::Word, "Kind", "类别代码"),
        Column::new("kind_label", ColumnType::Text, "Kind, in words", "类别"),
        ID,
        Column::new("name", ColumnType::Text, "Name; of a statement whom it is about", "名称（表述为其对象）"),
        Column::new("date", ColumnType::Date, "Date", "日期").about(
            "Of an organization the day its status in Pudong is known for, of an app its launch, of a statement when it was made.",
            "机构为与浦东关系的日期，应用为上线日期，表述为发表日期。",
        ),
        Column::new("text", ColumnType::Text, "Note, office or statement", "说明、职务或表述"),
    ],
};

impl ToRow for Mention {
    fn schema() -> &'static TableSchema {
        &MENTIONS
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let mut cells: Vec<Cell> = vec![self.kind.word().into(), self.kind.name(locale).into()];
        cells.extend(named(Some(&self.named), locale));
        cells.extend([self.date.into(), self.text.get(locale).into()]);
        cells
    }
}

static PEOPLE: TableSchema = TableSchema {
    name: "people",
    en: "People quoted in office",
    zh: "以职务身份发言的人物",
    key: &["id"],
    columns: &[
        ID,
        NAME,
        Column::new("organization_id", ColumnType::Id, "Organization id", "机构编号"),
        Column::new("organization", ColumnType::Text, "Organization", "机构"),
        Column::new("role", ColumnType::Text, "Office", "职务")
            .about("As of the source.", "以来源所载时间为准。"),
        SOURCE_ID,
        SOURCE_TITLE,
        SOURCE_PUBLISHER,
        SOURCE_PUBLISHED_ON,
        SOURCE_URL,
        NOTE,
    ],
};

impl ToRow for Person {
    fn schema() -> &'static TableSchema {
        &PEOPLE
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::with_capacity(PEOPLE.columns.len());
        cells.extend(named(Some(&self.named), locale));
        cells.extend(named(self.organization.as_ref(), locale));
        cells.push(self.role.get(locale).into());
        cells.extend(columns::cited(&self.source, locale));
        cells.push(self.note.get(locale).into());
        cells
    }
}

static STATEMENTS: TableSchema = TableSchema {
    name: "statements",
    en: "Statements",
    zh: "表述",
    key: &["id"],
    columns: &[
        ID,
        Column::new("entity_id", ColumnType::Id, "Entity id", "对象编号"),
        Column::new("entity", ColumnType::Text, "About", "对象"),
        Column::new("person_id", ColumnType::Id, "Person id", "人物编号"),
        Column::new("person", ColumnType::Text, "Said by", "发言人").about(
            "Empty: the source itself, or analysts it does not name.",
            "空白表示来源自身或未具名分析人士。",
        ),
        Column::new("topic", ColumnType::Word, "Topic", "主题代码"),
        Column::new("topic_label", ColumnType::Text, "Topic, in words", "主题"),
        Column::new("made_on", ColumnType::Date, "Said on", "日期"),
        Column::new("statement", ColumnType::Text, "Statement", "表述")
            .about("In our own words, never a quotation.", "由本站转述，并非引文。"),
        SOURCE_ID,
        SOURCE_TITLE,
        SOURCE_PUBLISHER,
        SOURCE_PUBLISHED_ON,
        SOURCE_URL,
    ],
};

impl ToRow for Statement {
    fn schema() -> &'static TableSchema {
        &STATEMENTS
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::with_capacity(STATEMENTS.columns.len());
        cells.push((&self.id).into());
        cells.extend(named(Some(&self.entity), locale));
        cells.extend(named(self.person.as_ref().map(|(person, _)| person), locale));
        cells.extend([
            self.topic.word().into(),
            self.topic.name(locale).into(),
            self.made_on.into(),
            self.text.get(locale).into(),
        ]);
        cells.extend(columns::cited(&self.source, locale));
        cells
    }
}
