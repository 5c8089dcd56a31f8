//! Export documents of the pages about subsidies.

use crate::{
    domain::{
        listing::parameter::ListQuery,
        revisions::Snapshot,
        sources::model::SourceRef,
        subsidies::{
            filter,
            model::{Subsidy, SubsidyKind},
            query::{INTO, SubsidyQuery},
        },
        table::Table,
    },
    error::AppError,
    loaders::{
        programs,
        subsidies::{conversion, data, titles},
    },
    outputs::files::{ExportDocument, RowWindow, sources::columns::credits},
    text::{Locale, currency::Currency, query::Query},
};

pub async fn list(
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    window: RowWindow<'_>,
) -> Result<ExportDocument, AppError> {
    let asked = SubsidyQuery { after: None, ..SubsidyQuery::parse(raw)? };
    let query = window.scope.of(asked);
    let filtered = filter::apply(snapshot, &query).await?;
    let filter = filtered.filter(&query)?;
    let (entries, cut) = window.part_of(filtered.rows(&filter), |entry| &*entry.id)?;
    let mut rows = filter::fetch_by_ids(snapshot, entries).await?;
    conversion::convert(snapshot, &mut rows, query.into).await?;
    let offering = filter::offering(snapshot, &query, &filtered.places).await?;
    Ok(ExportDocument {
        pairs: query.pairs(),
        cut: Some(cut),
        charts: programs::charts::offers(&offering, snapshot.today, locale),
        ..export_document(
            "subsidies".to_owned(),
            titles::title(locale).to_owned(),
            titles::description(locale).to_owned(),
            rows,
            locale,
        )
    })
}

pub async fn one(
    snapshot: &Snapshot,
    locale: Locale,
    id: &str,
    raw: &str,
) -> Result<ExportDocument, AppError> {
    let query = Query::decode(raw);
    query.only(&[INTO])?;
    let into = query.word(INTO, Currency::WORDS)?;
    let subsidy = data::one_from(snapshot, locale, id.to_owned(), into).await?.subsidy;
    let title = subsidy.title(locale);
    let description = subsidy.kind.explained(locale).to_owned();
    Ok(ExportDocument {
        pairs: into.map(|into| (INTO, into.word().to_owned())).into_iter().collect(),
        ..export_document(format!("subsidies/{id}"), title, description, vec![subsidy], locale)
    })
}

fn export_document(
    path: String,
    title: String,
    description: String,
    rows: Vec<Subsidy>,
    locale: Locale,
) -> ExportDocument {
    let kinds = SubsidyKind::WORDS.iter();
    let defined = kinds.map(|(word, kind)| ((*word).to_owned(), kind.explained(locale).to_owned()));
    ExportDocument {
        locale,
        path,
        title,
        description,
        definitions: defined.collect(),
        credits: credits(rows.iter().map(|row| &row.source).chain(rows.iter().flat_map(rate_sources))),
        worked_out: rows.iter().any(|row| row.conversion.as_ref().is_some_and(|made| made.result.is_ok())),
        tables: vec![Table::of(&rows, locale)],
        ..ExportDocument::default()
    }
}

/// Sources of the rates by which an amount was converted.
fn rate_sources(row: &Subsidy) -> impl Iterator<Item = &SourceRef> {
    let converted = row.conversion.as_ref().and_then(|conversion| conversion.result.as_ref().ok());
    converted.into_iter().flat_map(|converted| converted.rates.iter().map(|rate| &rate.source))
}
