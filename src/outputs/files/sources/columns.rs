//! Columns of sources and producers, and the credits of other rows.

use std::sync::LazyLock;

use crate::{
    domain::{
        revisions::Snapshot,
        sources::{
            model::{ProducerRow, Source, SourceRef, SourceRow},
            store,
        },
        table::{
            ColumnType::{Date, Id, Integer, Text, Url, Word, YesNo},
            Columns, Table, TableSchema, ToRow,
        },
    },
    error::AppError,
    outputs::files::{
        Credit,
        columns::{id_and_name, note},
    },
    text::Locale,
};

impl From<&SourceRef> for Credit {
    fn from(source: &SourceRef) -> Credit {
        Credit {
            id: source.id.clone(),
            title: source.title.clone(),
            author: None,
            publisher: source.publisher.clone(),
            publisher_zh: source.publisher_zh.clone(),
            published_on: source.published_on,
            url: source.url.clone(),
            language: source.language.word(),
        }
    }
}

impl From<&Source> for Credit {
    fn from(source: &Source) -> Credit {
        Credit { author: source.author.clone(), ..Credit::from(&source.cited) }
    }
}

/// Returns each source once, ordered by id.
pub fn credits<'a>(sources: impl IntoIterator<Item = &'a SourceRef>) -> Vec<Credit> {
    let mut credits: Vec<Credit> = sources.into_iter().map(Credit::from).collect();
    credits.sort();
    credits.dedup_by(|a, b| a.id == b.id);
    credits
}

static SOURCES: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<SourceRow>("sources", "Sources", "来源", &["id"]));

pub fn schema() -> &'static TableSchema {
    &SOURCES
}

impl ToRow for SourceRow {
    fn schema() -> &'static TableSchema {
        schema()
    }

    fn columns(columns: &mut Columns<SourceRow>) {
        columns.add("id", Id, "Id", "编号", |row, _| (&row.cited.id).into());
        columns
            .add("title", Text, "Title", "标题", |row, _| (&row.cited.title).into())
            .about("As published, in its own language.", "原标题，原文语言。");
        columns.add("title_en", Text, "Title in English", "英文标题", |row, _| {
            row.cited.title_en.as_ref().into()
        });
        columns.add("publisher", Text, "Publisher", "发布方", |row, locale| {
            row.cited.publisher(locale).into()
        });
        columns.add("published_on", Date, "Published on", "发布日期", |row, _| {
            row.cited.published_on.into()
        });
        columns.add("url", Url, "URL", "网址", |row, _| (&row.cited.url).into());
        columns
            .add("language", Word, "Language", "语言", |row, _| row.cited.language.word().into())
            .about("ISO 639-1 code.", "ISO 639-1代码。");
        columns.add("kind", Word, "Kind", "类别代码", |row, _| row.kind.word().into());
        columns
            .add("kind_label", Text, "Kind, in words", "类别", |row, locale| row.kind.name(locale).into());
        columns.add("official", YesNo, "Official", "官方", |row, _| row.cited.official.into()).about(
            "A government publication on a government site, or a filing or release on the site of the company or filing system.",
            "政府网站上的政府出版物，或企业、披露系统网站上的公告。",
        );
        columns
            .add("figures", Integer, "Figures taken from it", "取用数据数", |row, _| row.figures.into());
        columns.add("others", Integer, "Other rows that name it", "其他引用行数", |row, _| {
            row.others.into()
        });
    }
}

static PRODUCERS: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<ProducerRow>("producers", "Producers", "数据方", &["id"]));

pub fn producers() -> &'static TableSchema {
    &PRODUCERS
}

impl ToRow for ProducerRow {
    fn schema() -> &'static TableSchema {
        producers()
    }

    fn columns(columns: &mut Columns<ProducerRow>) {
        id_and_name(columns, |row| &row.named);
        columns.add("kind", Word, "Kind", "类别代码", |row, _| (&row.kind).into());
        columns.add("independent", YesNo, "Independent", "独立", |row, _| row.independent.into()).about(
            "Whether it measures, counts, estimates or accounts for its figures itself; empty where that is mixed or not known.",
            "是否自行测算其数据；兼有或不详则空白。",
        );
        columns.add("figures", Integer, "Figures", "数据数", |row, _| row.figures.into());
        note(columns, |row| &row.note);
    }
}

/// Returns every producer.
pub async fn all_producers(snapshot: &Snapshot, locale: Locale) -> Result<Table, AppError> {
    Ok(Table::of(&store::producers(&snapshot.db, snapshot.at).await?, locale))
}
