//! Columns of organizations, apps, mentions, people and statements.

use std::sync::LazyLock;

use crate::{
    domain::{
        organizations::model::{App, Mention, Person, Statement},
        table::{
            Cell,
            ColumnType::{Date, Id, Ids, Integer, Text, Url, Word},
            Columns, TableSchema, ToRow,
        },
    },
    loaders::organizations::rows::{OrganizationRow, money_worded},
    outputs::files::columns::{id_and_name, note, source},
};

static ORGANIZATIONS: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<OrganizationRow>("organizations", "Organizations", "机构", &["id"]));

pub fn schema() -> &'static TableSchema {
    &ORGANIZATIONS
}

impl ToRow for OrganizationRow {
    fn schema() -> &'static TableSchema {
        schema()
    }

    fn columns(columns: &mut Columns<OrganizationRow>) {
        id_and_name(columns, |row| &row.organization.named);
        columns.add("kind", Word, "Kind", "类别代码", |row, _| row.organization.kind.word().into());
        columns.add("kind_label", Text, "Kind, in words", "类别", |row, locale| {
            row.organization.kind.name(locale).into()
        });
        columns.add("parent_id", Id, "Parent id", "上级机构编号", |row, _| {
            Cell::id(row.organization.parent.as_ref())
        });
        columns.add("parent", Text, "Parent", "上级机构", |row, locale| {
            Cell::name(row.organization.parent.as_ref(), locale)
        });
        columns.add("place_id", Id, "Head office, place id", "总部所在地编号", |row, _| {
            Cell::id(row.organization.seat.as_ref())
        });
        columns
            .add("place", Text, "Head office", "总部所在地", |row, locale| {
                Cell::name(row.organization.seat.as_ref(), locale)
            })
            .about(
                "The most precise place known of its head or principal office; of former firms the last known.",
                "已知最精确的总部或主要办公地；已迁出者为最后所知。",
            );
        columns
            .add("pudong_status", Word, "Status in Pudong", "与浦东关系代码", |row, _| {
                row.organization.pudong.word().into()
            })
            .about(
                "headquartered, overseas-hq-signed, signed, unit, former, none, unknown: signed is not opened.",
                "headquartered、overseas-hq-signed、signed、unit、former、none、unknown；签约不等于启用。",
            );
        columns.add(
            "pudong_status_label",
            Text,
            "Status in Pudong, in words",
            "与浦东关系",
            |row, locale| row.organization.pudong.name(locale).into(),
        );
        columns.add("pudong_status_date", Date, "Status known for", "关系日期", |row, _| {
            row.organization.pudong_date.into()
        });
        columns
            .add("ticker", Text, "Ticker", "股票代码", |row, _| row.organization.ticker.as_ref().into());
        columns.add("founded", Date, "Founded", "成立日期", |row, _| row.organization.founded.into());
        columns.add("website", Url, "Website", "网站", |row, _| row.organization.website.as_ref().into());
        columns.add("app_ids", Ids, "App ids", "应用编号", |row, _| Cell::ids(&row.apps));
        columns.add("apps", Text, "Apps", "应用", |row, locale| Cell::names(&row.apps, locale));
        source(columns, |row| &row.organization.source);
        note(columns, |row| &row.organization.note);
        columns
            .add("aliases", Text, "Other names", "其他名称", |row, _| {
                row.organization.aliases.join(";").into()
            })
            .about("Other and former names, separated by semicolons.", "其他名称及曾用名，以分号分隔。");
        columns
            .add("public_amounts", Integer, "Amounts of public money", "公共资金笔数", |row, _| {
                row.money.iter().map(|total| total.all.count + total.left_out).sum::<i64>().into()
            })
            .about(
                "Amounts that name it as recipient; 0 where none is known.",
                "以其为受助方的金额笔数；暂未查到则为0。",
            );
        columns
            .add("public_money", Text, "Public money", "公共资金", |row, locale| {
                money_worded(&row.money, locale, true).into()
            })
            .about(
                "Totals by kind, scope and currency, never to be added to each other; parts of other amounts are left out.",
                "按类别、范围、币种分别合计，不可相加；不含其他金额的组成部分。",
            );
    }
}

static APPS: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<App>("apps", "Apps", "应用", &["id"]));

pub fn apps() -> &'static TableSchema {
    &APPS
}

impl ToRow for App {
    fn schema() -> &'static TableSchema {
        apps()
    }

    fn columns(columns: &mut Columns<App>) {
        id_and_name(columns, |row| &row.named);
        columns
            .add("organization_id", Id, "Operator id", "运营方编号", |row, _| (&row.operator.id).into());
        columns.add("organization", Text, "Operator", "运营方", |row, locale| {
            row.operator.name(locale).into()
        });
        columns.add("launched_on", Date, "Launched on", "上线日期", |row, _| row.launched_on.into());
        columns.add("markets", Text, "Markets", "市场", |row, locale| row.markets.get(locale).into());
        source(columns, |row| &row.source);
        note(columns, |row| &row.note);
    }
}

/// Mentions of one source: one row for each organization, app, person or statement that cites it.
static MENTIONS: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<Mention>("mentions", "Mentions", "提及", &["kind", "id"]));

impl ToRow for Mention {
    fn schema() -> &'static TableSchema {
        &MENTIONS
    }

    fn columns(columns: &mut Columns<Mention>) {
        columns.add("kind", Word, "Kind", "类别代码", |row, _| row.kind.word().into());
        columns
            .add("kind_label", Text, "Kind, in words", "类别", |row, locale| row.kind.name(locale).into());
        columns.add("id", Id, "Id", "编号", |row, _| (&row.named.id).into());
        columns.add(
            "name",
            Text,
            "Name; of a statement whom it is about",
            "名称（表述为其对象）",
            |row, locale| row.named.name(locale).into(),
        );
        columns.add("date", Date, "Date", "日期", |row, _| row.date.into()).about(
            "Of an organization the day its status in Pudong is known for, of an app its launch, of a statement when it was made.",
            "机构为与浦东关系的日期，应用为上线日期，表述为发表日期。",
        );
        columns.add("text", Text, "Note, office or statement", "说明、职务或表述", |row, locale| {
            row.text.get(locale).into()
        });
    }
}

static PEOPLE: LazyLock<TableSchema> = LazyLock::new(|| {
    TableSchema::of::<Person>("people", "People quoted in office", "以职务身份发言的人物", &["id"])
});

pub fn people() -> &'static TableSchema {
    &PEOPLE
}

impl ToRow for Person {
    fn schema() -> &'static TableSchema {
        people()
    }

    fn columns(columns: &mut Columns<Person>) {
        id_and_name(columns, |row| &row.named);
        columns.add("organization_id", Id, "Organization id", "机构编号", |row, _| {
            Cell::id(row.organization.as_ref())
        });
        columns.add("organization", Text, "Organization", "机构", |row, locale| {
            Cell::name(row.organization.as_ref(), locale)
        });
        columns
            .add("role", Text, "Office", "职务", |row, locale| row.role.get(locale).into())
            .about("As of the source.", "以来源所载时间为准。");
        source(columns, |row| &row.source);
        note(columns, |row| &row.note);
    }
}

static STATEMENTS: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<Statement>("statements", "Statements", "表述", &["id"]));

pub fn statements() -> &'static TableSchema {
    &STATEMENTS
}

impl ToRow for Statement {
    fn schema() -> &'static TableSchema {
        statements()
    }

    fn columns(columns: &mut Columns<Statement>) {
        columns.add("id", Id, "Id", "编号", |row, _| (&row.id).into());
        columns.add("entity_id", Id, "Entity id", "对象编号", |row, _| (&row.entity.id).into());
        columns.add("entity", Text, "About", "对象", |row, locale| row.entity.name(locale).into());
        columns.add("person_id", Id, "Person id", "人物编号", |row, _| {
            Cell::id(row.person.as_ref().map(|(person, _)| person))
        });
        columns
            .add("person", Text, "Said by", "发言人", |row, locale| {
                Cell::name(row.person.as_ref().map(|(person, _)| person), locale)
            })
            .about(
                "Empty: the source itself, or analysts it does not name.",
                "空白表示来源自身或未具名分析人士。",
            );
        columns.add("topic", Word, "Topic", "主题代码", |row, _| row.topic.word().into());
        columns.add("topic_label", Text, "Topic, in words", "主题", |row, locale| {
            row.topic.name(locale).into()
        });
        columns.add("made_on", Date, "Said on", "日期", |row, _| row.made_on.into());
        columns
            .add("statement", Text, "Statement", "表述", |row, locale| row.text.get(locale).into())
            .about("In our own words, never a quotation.", "由本站转述，并非引文。");
        source(columns, |row| &row.source);
    }
}
