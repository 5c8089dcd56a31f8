//! Export documents of the pages about programmes.

use std::collections::BTreeSet;

use crate::{
    domain::{
        listing::parameter::ListQuery,
        programs::{
            comparison::{
                ComparisonTable,
                query::{CompareQuery, NotAdded},
            },
            filter,
            index::ProgramIndex,
            matching::{MatchGroup, MatchQuery},
            model::{AmountKind, Program},
            query::ProgramQuery,
        },
        revisions::Snapshot,
        table::Table,
    },
    error::{AppError, QueryError, QueryProblem},
    loaders::programs::{
        charts, data, matching,
        rows::{ProgramRow, standing},
        titles,
    },
    outputs::files::{ExportDocument, RowScope, RowWindow, sources::columns::credits},
    text::{Locale, query::Query},
};

pub async fn list(
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    window: RowWindow<'_>,
) -> Result<ExportDocument, AppError> {
    let asked = ProgramQuery { after: None, ..ProgramQuery::parse(raw)? };
    let query = match window.scope {
        RowScope::Shown => asked,
        RowScope::All => ProgramQuery { on: asked.on, ..ProgramQuery::default() },
    };
    let filtered = filter::apply(snapshot, &query).await?;
    let filter = filtered.filter(&query)?;
    let (entries, cut) = window.part_of(filtered.rows(&filter), |entry| &*entry.id)?;
    let rows = filter::fetch_by_ids(snapshot, entries).await?;
    let rows = standing(rows, filtered.day);
    Ok(ExportDocument {
        locale,
        path: "programs".to_owned(),
        cut: Some(cut),
        pairs: query.pairs(),
        title: titles::title(locale).to_owned(),
        description: titles::description(locale).to_owned(),
        definitions: definitions(&rows, locale),
        credits: credits(rows.iter().map(|row| &row.program.source)),
        tables: vec![Table::of(&rows, locale)],
        ..ExportDocument::default()
    })
}

/// Exports a programme with the measures of its package, followed by its payments and events.
pub async fn one(
    snapshot: &Snapshot,
    locale: Locale,
    id: &str,
    raw: &str,
) -> Result<ExportDocument, AppError> {
    let query = Query::decode(raw);
    query.only(&["on"])?;
    let on = query.day("on")?;
    let page = data::one_from(snapshot, locale, id.to_owned(), on, usize::MAX).await?;
    let chart = charts::life(&page.program, &page.events, &page.subsidies, page.day, locale);
    let own = ProgramRow { program: page.program, standing: page.standing, day: page.day };
    let title = own.program.named.name(locale).to_owned();
    let description = titles::describe(&own.program, locale);
    let rows: Vec<ProgramRow> = std::iter::once(own).chain(page.measures).collect();
    let sources = rows.iter().map(|row| &row.program.source);
    let sources = sources.chain(page.subsidies.iter().map(|row| &row.source));
    Ok(ExportDocument {
        locale,
        path: format!("programs/{id}"),
        pairs: on.map(|day| ("on", day.to_string())).into_iter().collect(),
        title,
        description,
        credits: credits(sources.chain(page.events.iter().map(|row| &row.source))),
        definitions: definitions(&rows, locale),
        tables: [
            Some(Table::of(&rows, locale)),
            (!page.subsidies.is_empty()).then(|| Table::of(&page.subsidies, locale)),
            (!page.events.is_empty()).then(|| Table::of(&page.events, locale)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        charts: chart.into_iter().collect(),
        ..ExportDocument::default()
    })
}

/// Exports the programmes of a comparison. Of places, these are the measures counted, and each stands once, even where one place contains
/// another.
pub async fn compare(snapshot: &Snapshot, locale: Locale, raw: &str) -> Result<ExportDocument, AppError> {
    let query = CompareQuery::parse(raw)?;
    let page = data::compare_from(snapshot, locale, query, usize::MAX).await?;
    if let Some(NotAdded { typed, .. }) = page.not_added {
        return Err(QueryError::new("add", &typed, QueryProblem::NothingThere).into());
    }
    let of_places = page.table.is_some();
    let mut description = vec![titles::compare_description(of_places, locale).to_owned()];
    let (rows, matrix) = match page.table {
        Some(table) => {
            let counted = titles::counted(&page.query, locale);
            let matrix = charts::matrix(&table, &counted, page.day, locale);
            description.extend(table.finding(locale));
            description.push(counted);
            (standing(counted_programs(table), page.day), matrix)
        }
        None => (page.programs, None),
    };
    let index = snapshot.cached::<ProgramIndex>().await?;
    let entries = rows.iter().filter_map(|row| index.entries.get(&row.program.named.id));
    let offers = charts::offers(&filter::offers(snapshot, entries).await?, page.day, locale);
    Ok(ExportDocument {
        locale,
        path: "programs/compare".to_owned(),
        pairs: page.query.pairs(),
        title: titles::compare_title(of_places, locale).to_owned(),
        description: description.join(locale.pick(" ", "")),
        credits: credits(rows.iter().map(|row| &row.program.source)),
        definitions: definitions(&rows, locale),
        tables: vec![Table::of(&rows, locale)],
        charts: matrix.into_iter().chain(offers).collect(),
        ..ExportDocument::default()
    })
}

/// The measures of a comparison by instrument and place, each once.
fn counted_programs(table: ComparisonTable<Program>) -> Vec<Program> {
    let mut seen = BTreeSet::new();
    let cells = table.rows.into_iter().flat_map(|(_, cells)| cells);
    let programs = cells.flat_map(|cell| cell.programs);
    programs.filter(|program| seen.insert(program.named.id.clone())).collect()
}

/// Exports how every programme matches a firm, or those of the requested group, in the order of the page. Without a question there is
/// nothing to export.
pub async fn matched(
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    window: RowWindow<'_>,
) -> Result<ExportDocument, AppError> {
    let asked = MatchQuery::parse(raw)?;
    let query = match window.scope {
        RowScope::Shown => MatchQuery { after: None, ..asked },
        RowScope::All => asked.of_all(),
    };
    let index = snapshot.cached::<ProgramIndex>().await?;
    let groups = matching::judged(snapshot, &query, &index).await?;
    let shown = |group: &MatchGroup| !query.is_empty() && query.group.is_none_or(|only| only == *group);
    let judged = groups.into_iter().filter(|(group, _)| shown(group)).flat_map(|(_, rows)| rows);
    let (judged, cut) = window.part_of(judged, |row| &*row.entry.id)?;
    let rows = matching::worded(snapshot, &query, judged, locale).await?;
    let kinds = amount_kinds(rows.iter().map(|row| &row.program), locale);
    let explained = |group: &MatchGroup| (group.word().to_owned(), group.explained(locale).to_owned());
    let groups = MatchGroup::WORDS.iter().map(|(_, group)| group).filter(|group| shown(group)).map(explained);
    Ok(ExportDocument {
        locale,
        path: "programs/match".to_owned(),
        cut: Some(cut),
        pairs: query.pairs(),
        title: titles::match_title(locale).to_owned(),
        description: titles::match_description(locale).to_owned(),
        credits: credits(rows.iter().map(|row| &row.program.source)),
        definitions: groups.chain(kinds).collect(),
        worked_out: query.amount.is_some(),
        tables: vec![Table::of(&rows, locale)],
        ..ExportDocument::default()
    })
}

/// Defines the words in the rows.
fn definitions(rows: &[ProgramRow], locale: Locale) -> Vec<(String, String)> {
    amount_kinds(rows.iter().map(|row| &row.program), locale)
}

/// Explains the kinds of amount that programmes have.
fn amount_kinds<'a>(programs: impl Iterator<Item = &'a Program>, locale: Locale) -> Vec<(String, String)> {
    let used: BTreeSet<AmountKind> = programs.filter_map(|program| program.amount_kind).collect();
    used.into_iter().map(|kind| (kind.word().to_owned(), kind.explained(locale).to_owned())).collect()
}
