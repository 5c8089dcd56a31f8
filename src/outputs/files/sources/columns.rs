//! Table schema of sources, and the columns by which every other row cites its source.

use crate::{
    domain::{
        revisions::Snapshot,
        sources::{
            model::{ProducerRow, Source, SourceRef, SourceRow},
            store,
        },
        table::{Cell, Column, ColumnType, Table, TableSchema, ToRow, named},
    },
    error::AppError,
    outputs::files::Credit,
    text::Locale,
};

pub const SOURCE_ID: Column = Column::new("source_id", ColumnType::Id, "Source id", "来源编号").about(
    "Where it was seen; /sources/{id} shows what else was taken from it.",
    "出处；/sources/{编号}列出取自该来源的全部内容。",
);
pub const SOURCE_TITLE: Column = Column::new("source_title", ColumnType::Text, "Source", "来源").about(
    "The title of the page as published, or an English description of it.",
    "来源页面的原标题，或其英文说明。",
);
pub const SOURCE_PUBLISHER: Column = Column::new("source_publisher", ColumnType::Text, "Publisher", "发布方");
pub const SOURCE_PUBLISHED_ON: Column =
    Column::new("source_published_on", ColumnType::Date, "Source published on", "来源发布日期");
pub const SOURCE_URL: Column = Column::new("source_url", ColumnType::Url, "Source URL", "来源网址");

/// Returns the cells of those five columns.
pub fn cited(source: &SourceRef, locale: Locale) -> [Cell; 5] {
    [
        (&source.id).into(),
        source.title_for(locale).0.into(),
        source.publisher(locale).into(),
        source.published_on.into(),
        (&source.url).into(),
    ]
}

impl From<&SourceRef> for Credit {
    fn from(source: &SourceRef) -> Credit {
        Credit {
            id: source.id.clone(),
            title: source.title.clone(),
            author: None,
            publisher: source.publisher.clone(),
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

static SOURCES: TableSchema = TableSchema {
    name: "sources",
    en: "Sources",
    zh: "来源",
    key: &["id"],
    columns: &[
        Column::new("id", ColumnType::Id, "Id", "编号"),
        Column::new("title", ColumnType::Text, "Title", "标题").about("As published, in its own language.", "原标题，原文语言。"),
        Column::new("title_en", ColumnType::Text, "Title in English", "英文标题"),
        Column::new("publisher", ColumnType::Text, "Publisher", "发布方"),
        Column::new("published_on", ColumnType::Date, "Published on", "发布日期"),
        Column::new("url", ColumnType::Url, "URL", "网址"),
        Column::new("language", ColumnType::Word, "Language", "语言").about("ISO 639-1 code.", "ISO 639-1代码。"),
        Column::new("kind", ColumnType::Word, "Kind", "类别代码"),
        Column::new("kind_label", ColumnType::Text, "Kind, in words", "类别"),
        Column::new("official", ColumnType::YesNo, "Official", "官方")
            .about("A government publication on a government site, or a filing or release on the site of the company or filing system.", "政府网站上的政府出版物，或企业、披露系统网站上的公告。"),
        Column::new("figures", ColumnType::Integer, "Figures taken from it", "取用数据数"),
        Column::new("others", ColumnType::Integer, "Other rows that name it", "其他引用行数"),
    ],
};

pub fn schema() -> &'static TableSchema {
    &SOURCES
}

impl ToRow for SourceRow {
    fn schema() -> &'static TableSchema {
        &SOURCES
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let source = &self.cited;
        vec![
            (&source.id).into(),
            (&source.title).into(),
            source.title_en.as_ref().into(),
            (&source.publisher).into(),
            source.published_on.into(),
            (&source.url).into(),
            source.language.word().into(),
            self.kind.word().into(),
            self.kind.name(locale).into(),
            source.official.into(),
            self.figures.into(),
            self.others.into(),
        ]
    }
}

static PRODUCERS: TableSchema = TableSchema {
    name: "producers",
    en: "Producers",
    zh: "数据方",
    key: &["id"],
    columns: &[
        Column::new("id", ColumnType::Id, "Id", "编号"),
        Column::new("name", ColumnType::Text, "Name", "名称"),
        Column::new("kind", ColumnType::Word, "Kind", "类别代码"),
        Column::new("independent", ColumnType::YesNo, "Independent", "独立").about(
            "Whether it measures, counts, estimates or accounts for its figures itself; empty where that is mixed or not known.",
            "是否自行测算其数据；兼有或不详则空白。",
        ),
        Column::new("figures", ColumnType::Integer, "Figures", "数据数"),
        Column::new("note", ColumnType::Text, "Note", "说明"),
    ],
};

pub fn producers() -> &'static TableSchema {
    &PRODUCERS
}

impl ToRow for ProducerRow {
    fn schema() -> &'static TableSchema {
        &PRODUCERS
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let [id, name] = named(Some(&self.named), locale);
        vec![
            id,
            name,
            (&self.kind).into(),
            self.independent.into(),
            self.figures.into(),
            self.note.get(locale).into(),
        ]
    }
}

/// Returns every producer.
pub async fn all_producers(snapshot: &Snapshot, locale: Locale) -> Result<Table, AppError> {
    Ok(Table::of(&store::producers(&snapshot.db, snapshot.revision).await?, locale))
}
