//! What leaves the site from the pages about subsidies.

use crate::{
    domain::{
        revisions::Reading,
        subsidies::{
            filter,
            model::{Subsidy, SubsidyKind},
            query::SubsidyQuery,
        },
        table::Table,
    },
    error::AppError,
    loaders::{
        programs,
        subsidies::{data, titles},
    },
    outputs::files::{Extract, Wanted, sources::columns::credits},
    text::{Locale, query::Query},
};

pub async fn list(
    reading: &Reading,
    locale: Locale,
    raw: &str,
    wanted: Wanted<'_>,
) -> Result<Extract, AppError> {
    let asked = SubsidyQuery { after: None, ..SubsidyQuery::parse(raw)? };
    let query = wanted.scope.of(asked);
    let fitting = filter::fitting(reading, &query).await?;
    let narrowing = fitting.narrowing(&query);
    let (briefs, cut) = wanted.part_of(fitting.rows(&narrowing), |brief| &*brief.id)?;
    let rows = filter::whole(reading, briefs).await?;
    let offering = filter::offering(reading, &query, &fitting.places).await?;
    Ok(Extract {
        pairs: query.pairs(),
        cut: Some(cut),
        charts: programs::charts::offers(&offering, reading.today, locale),
        ..extract(
            "subsidies".to_owned(),
            titles::title(locale).to_owned(),
            titles::description(locale).to_owned(),
            rows,
            locale,
        )
    })
}

pub async fn one(reading: &Reading, locale: Locale, id: &str, raw: &str) -> Result<Extract, AppError> {
    Query::decode(raw).only(&[])?;
    let subsidy = data::one_from(reading, id.to_owned()).await?.subsidy;
    let title = subsidy.title(locale);
    let description = subsidy.kind.explained(locale).to_owned();
    Ok(extract(format!("subsidies/{id}"), title, description, vec![subsidy], locale))
}

fn extract(path: String, title: String, description: String, rows: Vec<Subsidy>, locale: Locale) -> Extract {
    let kinds = SubsidyKind::WORDS.iter();
    let defined = kinds.map(|(word, kind)| ((*word).to_owned(), kind.explained(locale).to_owned()));
    Extract {
        locale,
        path,
        title,
        description,
        definitions: defined.collect(),
        credits: credits(rows.iter().map(|row| &row.source)),
        tables: vec![Table::of(&rows, locale)],
        ..Extract::default()
    }
}
