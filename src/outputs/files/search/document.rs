//! Export document of the search: the results in the order of the page.

use crate::{
    domain::{
        revisions::Snapshot,
        search::model::{Hit, SearchQuery},
        table::{Cell, Column, ColumnType, Table, TableSchema, ToRow, named},
    },
    error::AppError,
    loaders::search::{data, titles},
    outputs::files::{
        ExportDocument, Scope,
        observations::columns::{ObservationRow, definitions},
        sources::columns::credits,
    },
    text::Locale,
};

static RESULTS: TableSchema = TableSchema {
    name: "results",
    en: "Results",
    zh: "结果",
    key: &["kind", "id"],
    columns: &[
        Column::new("kind", ColumnType::Word, "Kind", "类别代码"),
        Column::new("kind_label", ColumnType::Text, "Kind, in words", "类别"),
        Column::new("id", ColumnType::Id, "Id", "编号"),
        Column::new("name", ColumnType::Text, "Name", "名称"),
        Column::new("page", ColumnType::Text, "Page", "页面").about("Its path on this site.", "本站路径。"),
        Column::new("excerpt", ColumnType::Text, "Excerpt", "摘录")
            .about("Where the words stand.", "所搜文字的上下文。"),
    ],
};

impl ToRow for Hit {
    fn schema() -> &'static TableSchema {
        &RESULTS
    }

    fn cells(&self, locale: Locale) -> Vec<Cell> {
        let [id, name] = named(Some(&self.named), locale);
        let excerpt: String = self.excerpt.iter().map(|piece| piece.text.as_str()).collect();
        vec![
            self.kind.word().into(),
            self.kind.name(locale).into(),
            id,
            name,
            self.href(locale).into(),
            excerpt.into(),
        ]
    }
}

pub fn schema() -> &'static TableSchema {
    &RESULTS
}

/// Returns the observations among the results as a table of their own, with all their context.
pub fn figures(hits: &[Hit], locale: Locale) -> Table {
    let figures = hits.iter().filter_map(|hit| hit.figure.as_deref());
    let rows: Vec<ObservationRow> = figures
        .map(|figure| ObservationRow { indicator: &figure.indicator, observation: &figure.observation })
        .collect();
    Table::of(&rows, locale)
}

/// Exports the results that the page shows, or as many of every kind as the page of a single kind shows.
pub async fn results(
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    scope: Scope,
) -> Result<ExportDocument, AppError> {
    let query = SearchQuery::parse(raw)?;
    let most = if scope == Scope::All { data::OF_ONE } else { data::most(&query) };
    let page = data::search_from(snapshot, locale, query.clone(), most).await?;
    let hits: Vec<Hit> = page.results.iter().flat_map(|results| results.hits.clone()).collect();
    let found = || hits.iter().filter_map(|hit| hit.figure.as_deref());
    let mut tables = vec![Table::of(&hits, locale)];
    if found().next().is_some() {
        tables.push(figures(&hits, locale));
    }
    Ok(ExportDocument {
        locale,
        path: "search".to_owned(),
        pairs: query.pairs(),
        title: titles::title(&query, locale),
        description: titles::description(&page, locale),
        credits: credits(found().map(|figure| &figure.observation.source)),
        definitions: match found().next() {
            Some(_) => definitions(found().map(|figure| &figure.indicator), locale),
            None => Vec::new(),
        },
        tables,
        ..ExportDocument::default()
    })
}
