//! Export document of the explore page: the values shown with their workings, and the observations they derive from.

use std::collections::BTreeSet;

use super::columns::ExploreRow;
use crate::{
    domain::{
        explore::{model::Line, query::ExploreQuery},
        revisions::Snapshot,
        table::Table,
    },
    error::AppError,
    loaders::explore::{load, wording},
    outputs::files::{
        ExportDocument,
        observations::columns::{self, definitions},
        sources::columns::credits,
    },
    text::{Locale, Period},
};

pub async fn explored(snapshot: &Snapshot, locale: Locale, raw: &str) -> Result<ExportDocument, AppError> {
    let asked = ExploreQuery::parse(raw)?;
    let pairs = asked.pairs();
    let state = load::state(snapshot, locale, asked).await?;
    let (title, description) = (state.title(locale), state.description(locale));
    let lines = &state.shown.worked.lines;
    let mut periods: BTreeSet<Period> =
        lines.iter().flat_map(|line| &line.values).map(|value| value.period).collect();
    periods.extend(lines.iter().flat_map(|line| line.missing.keys()));
    let mut rows = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let (label, texts) = (state.shown.labels[at].as_str(), &state.shown.texts[at]);
        for period in &periods {
            let own = line.values.iter().zip(texts).filter(|(value, _)| value.period == *period);
            let mut own = own.map(|(value, text)| Ok((value, text.as_str()))).peekable();
            let gap = own.peek().is_none().then(|| Err(state.shown.worked.why_missing(line, *period)));
            rows.extend(own.chain(gap).map(|value| ExploreRow {
                line,
                label,
                period: *period,
                estimate_of: state.shown.worked.of,
                value,
            }));
        }
    }
    let inputs: Vec<_> = {
        let mut seen = BTreeSet::new();
        let all = lines.iter().flat_map(|line| &line.values).flat_map(|value| &value.inputs);
        let printed = lines.iter().flat_map(|line| &line.values).filter_map(|value| value.printed.as_ref());
        let all = all.chain(printed).chain(&state.shown.worked.undated);
        all.filter(|input| seen.insert(std::sync::Arc::as_ptr(input))).collect()
    };
    let figures: Vec<columns::ObservationRow<'_>> = inputs
        .iter()
        .map(|input| columns::ObservationRow { indicator: &input.indicator, observation: &input.observation })
        .collect();
    let formulas = wording::rules(lines).into_iter().map(|rule| {
        let name = locale.pick("Formula used here", "本站所用公式").to_owned();
        (name, rule.formula(locale).to_owned())
    });
    let mut meanings: Vec<(String, String)> = formulas.collect();
    meanings.extend(
        state.shown.worked.combined().map(|combined| (combined.formula.lettered(), combined.key(locale))),
    );
    meanings.extend(definitions(inputs.iter().map(|input| &*input.indicator), locale));
    Ok(ExportDocument {
        locale,
        path: "explore".to_owned(),
        pairs,
        title,
        description,
        definitions: meanings,
        credits: credits(inputs.iter().map(|input| &input.observation.source)),
        tables: vec![Table::of(&rows, locale), Table::of(&figures, locale)],
        worked_out: lines.iter().any(Line::is_derived),
        charts: state.shown.chart.into_iter().collect(),
        ..ExportDocument::default()
    })
}
