//! Export document of the disagreements page: every observation that differs from another.

use std::{cmp::Reverse, collections::BTreeSet};

use crate::{
    domain::{
        disagreements::{
            index::everything,
            model::{DisagreementsQuery, Puzzle},
        },
        indicators,
        revisions::Snapshot,
        table::Table,
    },
    error::AppError,
    loaders::{
        disagreements::{
            data::MAX_STRIPS,
            titles::{description, title},
        },
        observations::strips,
    },
    outputs::files::{
        ExportDocument, RowScope,
        observations::columns::{ObservationRow, definitions},
        sources::columns::credits,
    },
    text::Locale,
};

pub async fn all(
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    scope: RowScope,
) -> Result<ExportDocument, AppError> {
    let asked = DisagreementsQuery::parse(raw)?;
    let query = scope.of(asked);
    let (db, at) = (&snapshot.db, snapshot.at);
    let indicators = snapshot.cached::<indicators::index::IndicatorIndex>().await?;
    let (mut puzzles, mut differing) = (Vec::new(), Vec::new());
    everything(db, at, indicators.of_topic(query.topic), |indicator, of_puzzles, cases| {
        let figures =
            |all: Vec<Puzzle>| all.into_iter().flat_map(|puzzle| puzzle.figures).collect::<Vec<_>>();
        puzzles.push((indicator, figures(of_puzzles)));
        differing.push((indicator, cases));
    })
    .await?;
    // In the order of the page.
    differing.sort_by_key(|(_, cases)| Reverse(cases.len()));
    let charts = differing
        .iter()
        .filter_map(|(indicator, cases)| strips::latest(indicator, cases, MAX_STRIPS, locale))
        .collect();
    let cases = differing.iter().flat_map(|(indicator, cases)| {
        cases.iter().flat_map(|case| &case.figures).map(move |figure| (indicator, figure))
    });
    let puzzles =
        puzzles.iter().flat_map(|(indicator, figures)| figures.iter().map(move |figure| (indicator, figure)));
    // An observation in a puzzle may also differ from others of its period.
    let mut known = BTreeSet::new();
    let rows: Vec<ObservationRow<'_>> = puzzles
        .chain(cases)
        .filter(|(indicator, figure)| {
            known.insert((&indicator.named.id, &figure.entity.id, figure.period, &figure.source.id))
        })
        .map(|(indicator, observation)| ObservationRow { indicator, observation })
        .collect();
    Ok(ExportDocument {
        locale,
        path: "disagreements".to_owned(),
        pairs: query.pairs(),
        title: title(locale).to_owned(),
        description: description(locale).to_owned(),
        definitions: definitions(rows.iter().map(|row| row.indicator), locale),
        credits: credits(rows.iter().map(|row| &row.observation.source)),
        tables: vec![Table::of(&rows, locale)],
        charts,
        ..ExportDocument::default()
    })
}
