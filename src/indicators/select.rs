//! Which of an indicator's figures a page shows: pure rules over its rows and the reader's choice.

use std::collections::BTreeMap;

use super::{
    api::Choice,
    model::{Indicator, SeriesQuery},
};
use crate::{
    error::{QueryError, QueryProblem},
    observations::{
        model::{Observation, Producer},
        series::{Counted, MOST_LINES, leading_entities},
    },
    sources::model::SourceRef,
    text::Named,
};

/// How many others of a topic a page names.
const MOST_RELATED: usize = 8;

/// How many entities a page offers to choose; whoever looks for another one finds it by name.
const MOST_OFFERED: usize = 60;

/// Applies the reader's choice. What he did not choose the page does: the entities with most headline figures. `series` are all there
/// are of the indicator, in the order of the ids of their entities.
pub fn choose<'a>(
    series: impl Iterator<Item = Counted<'a>> + Clone,
    query: &SeriesQuery,
) -> Result<Choice, QueryError> {
    let nothing = |parameter: &str, id: &str| QueryError::new(parameter, id, QueryProblem::NothingThere);
    let is_shown =
        |one: &Counted<'_>| query.producers.is_empty() || query.producers.contains(&one.producer.named.id);
    // Of thousands of series there are a few producers, each of them held once: told apart by where it is before it is by its names.
    let mut measured: BTreeMap<*const Producer, (&Producer, u32)> = BTreeMap::new();
    for one in series.clone() {
        measured.entry(one.producer).or_insert((one.producer, 0)).1 += one.figures;
    }
    let producers = most_first(tally(measured.into_values()));
    if let Some(id) = query.producers.iter().find(|id| producers.iter().all(|(one, _)| one.named.id != **id))
    {
        return Err(nothing("producer", id));
    }
    let mut offered: Vec<(&Named, u32)> = Vec::new();
    for one in series.clone() {
        match offered.last_mut() {
            Some((entity, figures)) if entity.id == one.entity.id => *figures += one.figures,
            _ => offered.push((one.entity, one.figures)),
        }
    }
    offered = most_first(offered);
    if let Some(id) = query.entities.iter().find(|id| offered.iter().all(|(one, _)| one.id != **id)) {
        return Err(nothing("entity", id));
    }
    let entities = match query.entities.as_slice() {
        [] => leading_entities(series.filter(is_shown), MOST_LINES),
        chosen => chosen.to_vec(),
    };
    let all = offered.len();
    let mut place = 0..;
    offered.retain(|(one, _)| {
        place.next().is_some_and(|place| place < MOST_OFFERED) || entities.contains(&one.id)
    });
    Ok(Choice {
        not_offered: all - offered.len(),
        offered: offered
            .into_iter()
            .map(|(one, figures)| (one.clone(), figures, entities.contains(&one.id)))
            .collect(),
        producers: producers
            .into_iter()
            .map(|(one, figures)| (one.clone(), figures, query.producers.contains(&one.named.id)))
            .collect(),
        entities,
    })
}

/// The figures of a choice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Every row of the entities and the chosen producers.
    pub scope: Vec<Observation>,
    /// The rows shown: the headline rows of the scope, or all of it.
    pub shown: Vec<Observation>,
}

/// The rows shown among those of the entities: where there is no headline row, all rows, because an empty table would hide what is
/// known.
pub fn select(rows: Vec<Observation>, query: &SeriesQuery) -> Selection {
    let mut scope = rows;
    scope.retain(|row| query.producers.is_empty() || query.producers.contains(&row.producer.named.id));
    let headline: Vec<Observation> = scope.iter().filter(|row| row.headline).cloned().collect();
    let shown = if query.all_rows || headline.is_empty() { scope.clone() } else { headline };
    Selection { scope, shown }
}

/// The sources of the rows with their number of figures, most first.
pub fn sources(rows: &[Observation]) -> Vec<(SourceRef, u32)> {
    most_first(tally(rows.iter().map(|row| (&row.source, 1))))
        .into_iter()
        .map(|(source, count)| (source.clone(), count))
        .collect()
}

/// The same quantity in another currency, and others of the topic.
pub fn neighbours(indicator: &Indicator, all: &[Indicator]) -> (Vec<Named>, Vec<Named>) {
    let id = &indicator.named.id;
    let main = indicator.same_as.as_ref().unwrap_or(id);
    let is_twin = |other: &&Indicator| {
        other.named.id != *id && (other.named.id == *main || other.same_as.as_ref() == Some(main))
    };
    let twins: Vec<Named> = all.iter().filter(is_twin).map(|other| other.named.clone()).collect();
    let related = all
        .iter()
        .filter(|other| other.topic == indicator.topic && other.named.id != *id && !is_twin(other))
        .map(|other| other.named.clone());
    // Ids begin with what they measure (`overseas-…`, `app-…`), so the longest common beginning is the nearest kin.
    let mut related: Vec<Named> = related.collect();
    related.sort_by_key(|other| std::cmp::Reverse(common_beginning(&other.id, id)));
    related.truncate(MOST_RELATED);
    (twins, related)
}

fn common_beginning(a: &str, b: &str) -> usize {
    a.split('-').zip(b.split('-')).take_while(|(a, b)| a == b).count()
}

/// Adds up what belongs to one thing.
fn tally<'a, T: Ord>(items: impl Iterator<Item = (&'a T, u32)>) -> Vec<(&'a T, u32)> {
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
    use crate::observations::model::{Qualifier, samples::observation};

    fn counted(row: &Observation) -> Counted<'_> {
        Counted { entity: &row.entity, producer: &row.producer, figures: 1, headlines: row.headline.into() }
    }

    #[test]
    fn without_headline_rows_all_rows_are_shown() {
        let rows = vec![Observation { headline: false, ..observation("x", 1, Qualifier::Exact) }];
        let choice = choose(rows.iter().map(counted), &SeriesQuery::default()).unwrap();
        assert_eq!(choice.entities, ["china"]);
        assert_eq!(select(rows, &SeriesQuery::default()).shown.len(), 1);
    }

    #[test]
    fn a_name_that_has_no_figures_here_is_refused() {
        let rows = [observation("x", 1, Qualifier::Exact)];
        let query = SeriesQuery { entities: vec!["atlantis".into()], ..Default::default() };
        assert_eq!(choose(rows.iter().map(counted), &query).unwrap_err().parameter, "entity");
        let query = SeriesQuery { producers: vec!["y".into()], ..Default::default() };
        assert_eq!(choose(rows.iter().map(counted), &query).unwrap_err().parameter, "producer");
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
        let choice = choose(rows.iter().map(counted), &query).unwrap();
        assert_eq!((choice.offered.len(), choice.not_offered), (MOST_OFFERED + 1, 39));
        assert_eq!(
            choice.offered.last().map(|(named, _, chosen)| (named.id.as_str(), *chosen)),
            Some(("firm-099", true))
        );
    }
}
