//! Index of indicators with their coverage, and its text search.

use std::sync::Arc;

use super::model::{Indicator, Topic};
use crate::{error::AppError, text::words};

/// Number of observations and sources of an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorCoverage {
    pub indicator_id: String,
    pub figures: i32,
    pub sources: i32,
}

/// Every indicator of a revision, by id.
#[derive(Debug, Default)]
pub struct IndicatorIndex {
    indicators: Vec<Arc<Indicator>>,
    /// Searchable text of each indicator, on one line.
    words: Vec<String>,
    coverage: Vec<IndicatorCoverage>,
}

impl IndicatorIndex {
    /// Builds the index. `indicators` may be in any order; `coverage` holds only indicators with observations.
    pub fn new(mut indicators: Vec<Indicator>, mut coverage: Vec<IndicatorCoverage>) -> Self {
        indicators.sort_by(|a, b| a.named.id.cmp(&b.named.id));
        coverage.sort_by(|a, b| a.indicator_id.cmp(&b.indicator_id));
        let words = indicators.iter().map(line).collect();
        IndicatorIndex { indicators: indicators.into_iter().map(Arc::new).collect(), words, coverage }
    }

    pub fn all(&self) -> &[Arc<Indicator>] {
        &self.indicators
    }

    pub fn get(&self, id: &str) -> Option<&Arc<Indicator>> {
        let place = self.indicators.binary_search_by(|one| one.named.id.as_str().cmp(id)).ok()?;
        self.indicators.get(place)
    }

    /// Returns the indicator that an observation of the same revision refers to.
    ///
    /// # Errors
    ///
    /// [`AppError::Internal`] if the revision lacks it: leaving out the observation would pass for a complete answer.
    pub fn referred(&self, id: &str) -> Result<&Arc<Indicator>, AppError> {
        self.get(id).ok_or_else(|| {
            tracing::error!(
                indicator = id,
                "an observation refers to an indicator that is missing from its revision"
            );
            AppError::Internal
        })
    }

    /// Coverage of an indicator. `None` if it has no observations.
    pub fn coverage(&self, id: &str) -> Option<&IndicatorCoverage> {
        let place = self.coverage.binary_search_by(|one| one.indicator_id.as_str().cmp(id)).ok()?;
        self.coverage.get(place)
    }

    /// Indicators whose id, names or definition contain every one of several words, in any of its forms ([`words::line`]).
    pub fn with_words(&self, needles: &[Vec<String>]) -> impl Iterator<Item = &Arc<Indicator>> {
        let all = self.indicators.iter().zip(&self.words);
        let has =
            |line: &str| needles.iter().all(|forms| forms.iter().any(|form| line.contains(form.as_str())));
        all.filter(move |(_, line)| has(line)).map(|(indicator, _)| indicator)
    }

    /// Indicators of a topic, or all without one.
    pub fn of_topic(&self, topic: Option<Topic>) -> impl Iterator<Item = &Indicator> {
        let all = self.indicators.iter().map(AsRef::as_ref);
        all.filter(move |indicator: &&Indicator| topic.is_none_or(|topic| topic == indicator.topic))
    }

    /// Approximate size in bytes.
    pub fn bytes(&self) -> usize {
        self.words.iter().map(|words| 2 * words.len() + 400).sum()
    }
}

fn line(indicator: &Indicator) -> String {
    let Indicator { named, description, .. } = indicator;
    let texts = [
        Some(&named.id),
        Some(&named.en),
        named.zh.as_ref(),
        description.en.as_ref(),
        description.zh.as_ref(),
    ];
    words::line(texts.into_iter().flatten().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indicator_that_an_observation_refers_to_must_be_there() {
        assert_eq!(IndicatorIndex::default().referred("lost").err(), Some(AppError::Internal));
    }
}
