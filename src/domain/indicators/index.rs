//! All indicators of a state, with how much there is of each, and how a reader's text narrows them.

use std::sync::Arc;

use super::model::{Indicator, Topic};
use crate::text::words;

/// How many figures an indicator has, and from how many sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorCoverage {
    pub indicator_id: String,
    pub figures: i32,
    pub sources: i32,
}

/// Every indicator of a state, by id.
#[derive(Debug, Default)]
pub struct IndicatorIndex {
    indicators: Vec<Arc<Indicator>>,
    /// Of each everything that it may be looked for by, on one line.
    words: Vec<String>,
    coverage: Vec<IndicatorCoverage>,
}

impl IndicatorIndex {
    /// Of the indicators in any order, and the coverage of those that have figures.
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

    /// How much there is of an indicator; none where there is nothing.
    pub fn coverage(&self, id: &str) -> Option<&IndicatorCoverage> {
        let place = self.coverage.binary_search_by(|one| one.indicator_id.as_str().cmp(id)).ok()?;
        self.coverage.get(place)
    }

    /// Those in whose id, names or definition each of several words stands, in one of its forms ([`words::line`]).
    pub fn with_words(&self, needles: &[Vec<String>]) -> impl Iterator<Item = &Arc<Indicator>> {
        let all = self.indicators.iter().zip(&self.words);
        let has =
            |line: &str| needles.iter().all(|forms| forms.iter().any(|form| line.contains(form.as_str())));
        all.filter(move |(_, line)| has(line)).map(|(indicator, _)| indicator)
    }

    /// Those of a topic, or all.
    pub fn of_topic(&self, topic: Option<Topic>) -> impl Iterator<Item = &Indicator> {
        let all = self.indicators.iter().map(AsRef::as_ref);
        all.filter(move |indicator: &&Indicator| topic.is_none_or(|topic| topic == indicator.topic))
    }

    /// About how many bytes it takes.
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
