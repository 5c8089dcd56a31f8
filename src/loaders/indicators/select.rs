//! Selects the observations that an indicator's page shows: pure rules over its rows and the reader's query.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    components::list::{FacetChoice, FacetGroup},
    domain::{
        indicators::model::{ChartFrequency, Indicator, SeriesQuery},
        observations::{
            model::{Observation, Producer},
            series::{Counted, MAX_LINES, Overview, leading_entities},
        },
        sources::model::SourceRef,
    },
    error::{QueryError, QueryProblem},
    text::{Locale, Named},
};

/// Entities and producers shown on a page, and those on offer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProducerChoice {
    /// Entities shown, selected by the reader or by the page.
    pub entities: Vec<String>,
    /// Entities with observations, their number of observations, and whether they are shown; most observations first.
    pub offered: Vec<(Named, u32, bool)>,
    /// Number of further entities.
    pub not_offered: usize,
    /// Producers, their number of observations, and whether they are selected; most observations first.
    pub producers: Vec<(Producer, u32, bool)>,
}

/// Maximum number of other indicators of the topic named on a page.
const MAX_RELATED: usize = 8;

/// Applies the reader's selection. Where the reader selected nothing, the page shows the entities with most headline
/// observations. `series` are all series of the indicator, ordered by the ids of their entities; they are scanned only
/// for what the overview does not answer.
pub fn choose<'a>(
    overview: Overview,
    series: impl Iterator<Item = Counted<'a>> + Clone,
    query: &SeriesQuery,
) -> Result<ProducerChoice, QueryError> {
    let nothing = |parameter: &str, id: &str| QueryError::new(parameter, id, QueryProblem::NothingThere);
    let Overview { leading, mut offered, entities: all, producers } = overview;
    if let Some(id) = query.producers.iter().find(|id| producers.iter().all(|(one, _)| one.named.id != **id))
    {
        return Err(nothing("producer", id));
    }
    let entities = match (query.entities.as_slice(), query.producers.as_slice()) {
        ([], []) => leading,
        ([], chosen) => {
            let shown = series.clone().filter(|one| chosen.contains(&one.producer.named.id));
            leading_entities(shown, MAX_LINES)
        }
        (chosen, _) => chosen.to_vec(),
    };
    let mut others = Vec::new();
    for id in entities.iter().filter(|id| offered.iter().all(|(one, _)| one.id != **id)) {
        let own = series.clone().filter(|one| one.entity.id == *id);
        let entity = own.clone().next().ok_or_else(|| nothing("entity", id))?.entity.clone();
        others.push((entity, own.map(|one| one.figures).sum()));
    }
    offered.extend(most_first(others));
    Ok(ProducerChoice {
        not_offered: all - offered.len(),
        offered: offered
            .into_iter()
            .map(|(one, figures)| {
                let chosen = entities.contains(&one.id);
                (one, figures, chosen)
            })
            .collect(),
        producers: producers
            .into_iter()
            .map(|(one, figures)| {
                let chosen = query.producers.contains(&one.named.id);
                (one, figures, chosen)
            })
            .collect(),
        entities,
    })
}

/// Observations of a selection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SelectedObservations {
    /// Every row of the entities and the selected producers.
    pub scope: Vec<Observation>,
    /// Rows shown: the headline rows of the scope, or all of it.
    pub shown: Vec<Observation>,
}

/// Selects the rows shown among those of the entities. Without a headline row all rows are shown, because an empty
/// table would hide known data.
pub fn select(rows: Vec<Observation>, query: &SeriesQuery) -> SelectedObservations {
    let mut scope = rows;
    scope.retain(|row| query.producers.is_empty() || query.producers.contains(&row.producer.named.id));
    let headline: Vec<Observation> = scope.iter().filter(|row| row.headline).cloned().collect();
    let shown = if query.all_rows || headline.is_empty() { scope.clone() } else { headline };
    SelectedObservations { scope, shown }
}

/// Returns the sources of the rows with their number of observations, most first.
pub fn sources(rows: &[Observation]) -> Vec<(SourceRef, u32)> {
    most_first(facet_counts(rows.iter().map(|row| (&row.source, 1))))
        .into_iter()
        .map(|(source, count)| (source.clone(), count))
        .collect()
}

/// Returns the lengths of periods that the reader can choose to draw. A length without a line is refused.
pub fn lengths(
    offered: &[ChartFrequency],
    drawn: Option<ChartFrequency>,
    query: &SeriesQuery,
    locale: Locale,
    indicator: &str,
) -> Result<FacetGroup, QueryError> {
    if let Some(every) = query.every.filter(|every| !offered.contains(every)) {
        return Err(QueryError::new("every", every.word(), QueryProblem::NothingThere));
    }
    let choices = offered.iter().map(|every| FacetChoice {
        label: every.name(locale).to_owned(),
        count: None,
        href: query.with_every(Some(*every)).href(locale, indicator),
        chosen: drawn == Some(*every),
        depth: 0,
    });
    Ok(FacetGroup { title: locale.pick("Periods", "时段").to_owned(), choices: choices.collect() })
}

/// Returns the same quantity in another currency, and other indicators of the topic.
pub fn neighbours(indicator: &Indicator, all: &[Arc<Indicator>]) -> (Vec<Named>, Vec<Named>) {
    let id = &indicator.named.id;
    let main = indicator.same_as.as_ref().unwrap_or(id);
    let is_twin = |other: &&Arc<Indicator>| {
        other.named.id != *id && (other.named.id == *main || other.same_as.as_ref() == Some(main))
    };
    let twins: Vec<Named> = all.iter().filter(is_twin).map(|other| other.named.clone()).collect();
    let related = all
        .iter()
        .filter(|other| other.topic == indicator.topic && other.named.id != *id && !is_twin(other))
        .map(|other| other.named.clone());
    // Ids begin with what they measure (`overseas-…`, `app-…`), so the longest common prefix marks the closest
    // relation.
    let mut related: Vec<Named> = related.collect();
    related.sort_by_key(|other| std::cmp::Reverse(common_beginning(&other.id, id)));
    related.truncate(MAX_RELATED);
    (twins, related)
}

fn common_beginning(a: &str, b: &str) -> usize {
    a.split('-').zip(b.split('-')).take_while(|(a, b)| a == b).count()
}

/// Sums the counts of equal items.
fn facet_counts<'a, T: Ord>(items: impl Iterator<Item = (&'a T, u32)>) -> Vec<(&'a T, u32)> {
    let mut counts: BTreeMap<&T, u32> = BTreeMap::new();
    for (item, count) in items {
        *counts.entry(item).or_default() += count;
    }
    counts.into_iter().collect()
}

fn most_first<T>(mut counts: Vec<(T, u32)>) -> Vec<(T, u32)> {
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::observations::{
        model::{Qualifier, samples::observation},
        series::MAX_OFFERED,
    };

    fn counted(row: &Observation) -> Counted<'_> {
        Counted { entity: &row.entity, producer: &row.producer, figures: 1, headlines: row.headline.into() }
    }

    fn chosen(rows: &[Observation], query: &SeriesQuery) -> Result<ProducerChoice, QueryError> {
        let series = rows.iter().map(counted);
        choose(Overview::of(series.clone()), series, query)
    }

    #[test]
    fn without_headline_rows_all_rows_are_shown() {
        let rows = vec![Observation { headline: false, ..observation("x", 1, Qualifier::Exact) }];
        let choice = chosen(&rows, &SeriesQuery::default()).unwrap();
        assert_eq!(choice.entities, ["china"]);
        assert_eq!(select(rows, &SeriesQuery::default()).shown.len(), 1);
    }

    #[test]
    fn a_name_that_has_no_figures_here_is_refused() {
        let rows = [observation("x", 1, Qualifier::Exact)];
        let query = SeriesQuery { entities: vec!["atlantis".into()], ..Default::default() };
        assert_eq!(chosen(&rows, &query).unwrap_err().parameter, "entity");
        let query = SeriesQuery { producers: vec!["y".into()], ..Default::default() };
        assert_eq!(chosen(&rows, &query).unwrap_err().parameter, "producer");
    }

    #[test]
    fn rows_left_out_are_those_of_the_same_scope() {
        let rows = vec![
            observation("x", 1, Qualifier::Exact),
            Observation { headline: false, ..observation("y", 2, Qualifier::Exact) },
        ];
        let selection = select(rows.clone(), &SeriesQuery::default());
        assert_eq!((selection.scope.len(), selection.shown.len()), (2, 1));
        let query = SeriesQuery { all_rows: true, ..Default::default() };
        assert_eq!(select(rows, &query).shown.len(), 2);
    }

    #[test]
    fn of_many_those_with_most_figures_are_offered_and_whoever_is_chosen() {
        let named = |number: usize| Named::new(format!("firm-{number:03}"), format!("Firm {number}"), None);
        let rows: Vec<Observation> = (0..100)
            .map(|number| Observation { entity: named(number), ..observation("x", 1, Qualifier::Exact) })
            .collect();
        let query = SeriesQuery { entities: vec!["firm-099".into()], ..Default::default() };
        let choice = chosen(&rows, &query).unwrap();
        assert_eq!((choice.offered.len(), choice.not_offered), (MAX_OFFERED + 1, 39));
        assert_eq!(
            choice.offered.last().map(|(named, _, chosen)| (named.id.as_str(), *chosen)),
            Some(("firm-099", true))
        );
    }
}
