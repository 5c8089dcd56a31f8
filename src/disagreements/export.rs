//! What leaves the site from the page: every figure that differs from another.

use super::{
    api,
    model::DisagreementsQuery,
    page::{description, title},
};
use crate::{
    error::AppError,
    extract::{Extract, Scope, Table},
    observations::record::{Row, definitions},
    revisions::Reading,
    sources::record::credits,
    text::Locale,
};

pub async fn all(reading: &Reading, locale: Locale, raw: &str, scope: Scope) -> Result<Extract, AppError> {
    let asked = DisagreementsQuery::parse(raw)?;
    let query = if scope == Scope::All { DisagreementsQuery::default() } else { asked };
    let page = api::contradictions_from(reading, query.clone()).await?;
    let mut rows: Vec<Row<'_>> = Vec::new();
    let puzzles =
        page.puzzles.iter().flat_map(|one| one.figures.iter().map(|figure| (&one.indicator, figure)));
    let cases = page.indicators.iter().flat_map(|one| {
        one.cases.iter().flat_map(|case| &case.figures).map(|figure| (&one.indicator, figure))
    });
    for (indicator, observation) in puzzles.chain(cases) {
        // A figure of a puzzle may differ from others of its period too.
        if !rows
            .iter()
            .any(|row| row.observation == observation && row.indicator.named.id == indicator.named.id)
        {
            rows.push(Row { indicator, observation });
        }
    }
    Ok(Extract {
        locale,
        path: "disagreements".to_owned(),
        pairs: query.pairs(),
        title: title(locale).to_owned(),
        description: description(locale).to_owned(),
        definitions: definitions(rows.iter().map(|row| row.indicator), locale),
        credits: credits(rows.iter().map(|row| &row.observation.source)),
        tables: vec![Table::of(&rows, locale)],
        ..Extract::default()
    })
}
