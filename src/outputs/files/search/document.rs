//! Export document of the search: the results in the order of the page.

use std::sync::LazyLock;

use crate::{
    domain::{
        revisions::Snapshot,
        search::model::{Hit, SearchQuery},
        table::{
            ColumnType::{Text, Word},
            Columns, Table, TableSchema, ToRow,
        },
    },
    error::AppError,
    loaders::search::{data, titles},
    outputs::files::{
        ExportDocument, RowScope,
        columns::id_and_name,
        observations::columns::{ObservationRow, definitions},
        sources::columns::credits,
    },
    text::Locale,
};

static RESULTS: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<Hit>("results", "Results", "结果", &["kind", "id"]));

pub fn schema() -> &'static TableSchema {
    &RESULTS
}

impl ToRow for Hit {
    fn schema() -> &'static TableSchema {
        schema()
    }

    fn columns(columns: &mut Columns<Hit>) {
        columns.add("kind", Word, "Kind", "类别代码", |row, _| row.kind.word().into());
        columns
            .add("kind_label", Text, "Kind, in words", "类别", |row, locale| row.kind.name(locale).into());
        id_and_name(columns, |row| &row.named);
        columns
            .add("page", Text, "Page", "页面", |row, locale| row.href(locale).into())
            .about("Its path on this site.", "本站路径。");
        columns
            .add("excerpt", Text, "Excerpt", "摘录", |row, _| {
                row.excerpt.iter().map(|piece| piece.text.as_str()).collect::<String>().into()
            })
            .about("Where the words occur.", "所搜文字的上下文。");
    }
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
    scope: RowScope,
) -> Result<ExportDocument, AppError> {
    let query = SearchQuery::parse(raw)?;
    let most = if scope == RowScope::All { data::OF_ONE } else { data::most(&query) };
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
