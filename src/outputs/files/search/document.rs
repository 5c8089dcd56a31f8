//! What leaves the site from the search: the things found, in the order of the page.

use crate::{
    domain::{
        revisions::Reading,
        search::model::{Hit, SearchQuery},
        table::{Cell, Column, Kind, Noun, Record, Table, named},
    },
    error::AppError,
    loaders::search::{data, titles},
    outputs::files::{
        Extract, Scope,
        observations::columns::{Row, definitions},
        sources::columns::credits,
    },
    text::Locale,
};

static RESULTS: Noun = Noun {
    name: "results",
    en: "Results",
    zh: "结果",
    key: &["kind", "id"],
    columns: &[
        Column::new("kind", Kind::Word, "Kind", "类别代码"),
        Column::new("kind_label", Kind::Text, "Kind, in words", "类别"),
        Column::new("id", Kind::Id, "Id", "编号"),
        Column::new("name", Kind::Text, "Name", "名称"),
        Column::new("page", Kind::Text, "Page", "页面").about("Its path on this site.", "本站路径。"),
        Column::new("excerpt", Kind::Text, "Excerpt", "摘录")
            .about("Where the words stand.", "所搜文字的上下文。"),
    ],
};

impl Record for Hit {
    fn noun() -> &'static Noun {
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

pub fn noun() -> &'static Noun {
    &RESULTS
}

/// The figures among the results as rows of their own, with all that must stand beside a figure.
pub fn figures(hits: &[Hit], locale: Locale) -> Table {
    let figures = hits.iter().filter_map(|hit| hit.figure.as_deref());
    let rows: Vec<Row> = figures
        .map(|figure| Row { indicator: &figure.indicator, observation: &figure.observation })
        .collect();
    Table::of(&rows, locale)
}

/// What the page shows; or of every kind as many as the page of one kind shows.
pub async fn results(
    reading: &Reading,
    locale: Locale,
    raw: &str,
    scope: Scope,
) -> Result<Extract, AppError> {
    let query = SearchQuery::parse(raw)?;
    let most = if scope == Scope::All { data::OF_ONE } else { data::most(&query) };
    let page = data::search_from(reading, locale, query.clone(), most).await?;
    let hits: Vec<Hit> = page.results.iter().flat_map(|results| results.hits.clone()).collect();
    let found = || hits.iter().filter_map(|hit| hit.figure.as_deref());
    let mut tables = vec![Table::of(&hits, locale)];
    if found().next().is_some() {
        tables.push(figures(&hits, locale));
    }
    Ok(Extract {
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
        ..Extract::default()
    })
}
