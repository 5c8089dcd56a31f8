//! Export documents of the pages about subsidies.

use crate::{
    domain::{
        listing::parameter::ListQuery,
        revisions::Snapshot,
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
    outputs::files::{ExportDocument, RowWindow, sources::columns::credits},
    text::{Locale, query::Query},
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
    let rows = filter::fetch_by_ids(snapshot, entries).await?;
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
    Query::decode(raw).only(&[])?;
    let subsidy = data::one_from(snapshot, id.to_owned()).await?.subsidy;
    let title = subsidy.title(locale);
    let description = subsidy.kind.explained(locale).to_owned();
    Ok(export_document(format!("subsidies/{id}"), title, description, vec![subsidy], locale))
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
        credits: credits(rows.iter().map(|row| &row.source)),
        tables: vec![Table::of(&rows, locale)],
        ..ExportDocument::default()
    }
}
