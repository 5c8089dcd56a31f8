//! What leaves the site from the pages about subsidies.

use super::{
    api, fitting, list,
    model::{Subsidy, SubsidyKind},
    query::SubsidyQuery,
};
use crate::{
    error::AppError,
    extract::{Extract, Table, Wanted},
    programs,
    query::Query,
    revisions::Reading,
    sources::record::credits,
    text::Locale,
};

pub async fn list(
    reading: &Reading,
    locale: Locale,
    raw: &str,
    wanted: Wanted<'_>,
) -> Result<Extract, AppError> {
    let asked = SubsidyQuery { after: None, ..SubsidyQuery::parse(raw)? };
    let query = wanted.scope.of(asked);
    let fitting = fitting::fitting(reading, &query).await?;
    let narrowing = fitting.narrowing(&query);
    let (briefs, cut) = wanted.part_of(fitting.rows(&narrowing), |brief| &*brief.id)?;
    let rows = fitting::whole(reading, briefs).await?;
    let offering = fitting::offering(reading, &query, &fitting.places).await?;
    Ok(Extract {
        pairs: query.pairs(),
        cut: Some(cut),
        charts: programs::draw::offers(&offering, reading.today, locale),
        ..extract(
            "subsidies".to_owned(),
            list::title(locale).to_owned(),
            list::description(locale).to_owned(),
            rows,
            locale,
        )
    })
}

pub async fn one(reading: &Reading, locale: Locale, id: &str, raw: &str) -> Result<Extract, AppError> {
    Query::decode(raw).only(&[])?;
    let subsidy = api::one_from(reading, id.to_owned()).await?.subsidy;
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
