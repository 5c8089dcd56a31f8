//! Which of an indicator's figures a page shows: pure rules over its rows and the reader's choice.

use std::collections::BTreeMap;

use super::{
    api::MOST_LINES,
    model::{Indicator, SeriesQuery},
};
use crate::{
    error::{QueryError, QueryProblem},
    observations::{
        model::{Observation, Producer},
        series::leading_entities,
    },
    sources::model::SourceRef,
    text::Named,
};

/// How many others of a topic a page names.
const MOST_RELATED: usize = 8;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Whose figures are shown, chosen by the reader or by the page.
    pub entities: Vec<String>,
    /// Every row of those entities and the chosen producers.
    pub scope: Vec<Observation>,
    /// The rows shown: the headline rows of the scope, or all of it.
    pub shown: Vec<Observation>,
}

/// Applies the reader's choice. What he did not choose the page does: the entities with most headline figures, and the
/// headline rows; where there is no headline row, all rows, because an empty table would hide what is known.
pub fn select(rows: &[Observation], query: &SeriesQuery) -> Result<Selection, QueryError> {
    for id in &query.entities {
        if !rows.iter().any(|row| row.entity.id == *id) {
            return Err(QueryError::new("entity", id, QueryProblem::NothingThere));
        }
    }
    for id in &query.producers {
        if !rows.iter().any(|row| row.producer.named.id == *id) {
            return Err(QueryError::new("producer", id, QueryProblem::NothingThere));
        }
    }
    let by_producer: Vec<Observation> = rows
        .iter()
        .filter(|row| query.producers.is_empty() || query.producers.contains(&row.producer.named.id))
        .cloned()
        .collect();
    let entities = if query.entities.is_empty() {
        let headline: Vec<Observation> = by_producer.iter().filter(|row| row.headline).cloned().collect();
        leading_entities(if headline.is_empty() { &by_producer } else { &headline }, MOST_LINES)
    } else {
        query.entities.clone()
    };
    let scope: Vec<Observation> =
        by_producer.into_iter().filter(|row| entities.contains(&row.entity.id)).collect();
    let headline: Vec<Observation> = scope.iter().filter(|row| row.headline).cloned().collect();
    let shown = if query.all_rows || headline.is_empty() { scope.clone() } else { headline };
    Ok(Selection { entities, scope, shown })
}

/// The entities of the rows with their number of figures, most first; chosen ones marked.
pub fn entities(rows: &[Observation], chosen: &[String]) -> Vec<(Named, u32, bool)> {
    let entities = tally(rows.iter().map(|row| &row.entity));
    entities.into_iter().map(|(entity, count)| (entity.clone(), count, chosen.contains(&entity.id))).collect()
}

/// The producers of the rows with their number of figures, most first; chosen ones marked.
pub fn producers(rows: &[Observation], chosen: &[String]) -> Vec<(Producer, u32, bool)> {
    let producers = tally(rows.iter().map(|row| &row.producer));
    producers.into_iter().map(|(one, count)| (one.clone(), count, chosen.contains(&one.named.id))).collect()
}

/// The sources of the rows with their number of figures, most first.
pub fn sources(rows: &[Observation]) -> Vec<(SourceRef, u32)> {
    tally(rows.iter().map(|row| &row.source))
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

fn tally<'a, T: Ord>(items: impl Iterator<Item = &'a T>) -> Vec<(&'a T, u32)> {
    let mut counts: BTreeMap<&T, u32> = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(item, count)| (std::cmp::Reverse(*count), *item));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observations::model::{Qualifier, samples::observation};

    #[test]
    fn without_headline_rows_all_rows_are_shown() {
        let rows = [Observation { headline: false, ..observation("x", 1, Qualifier::Exact) }];
        assert_eq!(select(&rows, &SeriesQuery::default()).unwrap().shown.len(), 1);
    }

    #[test]
    fn a_name_that_has_no_figures_here_is_refused() {
        let rows = [observation("x", 1, Qualifier::Exact)];
        let query = SeriesQuery { entities: vec!["atlantis".into()], ..Default::default() };
        assert_eq!(select(&rows, &query).unwrap_err().parameter, "entity");
    }

    #[test]
    fn rows_left_out_are_those_of_the_same_scope() {
        let rows = [
            observation("x", 1, Qualifier::Exact),
            Observation { headline: false, ..observation("y", 2, Qualifier::Exact) },
        ];
        let selection = select(&rows, &SeriesQuery::default()).unwrap();
        assert_eq!((selection.scope.len(), selection.shown.len()), (2, 1));
        let query = SeriesQuery { all_rows: true, ..Default::default() };
        assert_eq!(select(&rows, &query).unwrap().shown.len(), 2);
    }
}
