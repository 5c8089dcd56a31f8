//! Observations beside a number of the text.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::super::{
    lexicon::Lexicon,
    reading::{Reading, Scope},
    time::WrittenPeriod,
    value::{Agreement, compare},
};
use crate::{
    domain::{
        indicators::model::Indicator,
        observations::{model::Observation, store::SeriesKey},
    },
    text::{Period, PeriodLength},
};

/// Observations of the series that a text may mean, by series.
pub type Held = BTreeMap<SeriesKey, Vec<Observation>>;

pub struct Compared<'a> {
    pub indicator: &'a Indicator,
    pub observation: &'a Observation,
    pub scope: &'a Scope,
    pub agreement: Agreement,
    pub in_period: bool,
    pub of_producer: bool,
}

impl Compared<'_> {
    /// Whether it is of the same indicator, entity and period, so that both can be named together.
    pub fn is_beside(&self, other: &Compared<'_>) -> bool {
        self.scope.key == other.scope.key && self.observation.period == other.observation.period
    }
}

/// Judges one number of a text.
/// Compares a number with each observation of the series that it may be of.
pub fn compared<'a>(reading: &'a Reading, lexicon: &'a Lexicon, held: &'a Held) -> Vec<Compared<'a>> {
    let mut all = Vec::new();
    for scope in &reading.scopes {
        let known = lexicon.indicators.iter().find(|known| known.indicator.named.id == scope.key.0);
        let (Some(known), Some(rows)) = (known, held.get(&scope.key)) else { continue };
        for observation in rows {
            // What a company is said to report about itself may be known from another one's report.
            let is_own = |producer: &String| *producer == observation.entity.id;
            let named = reading.producers.contains(&observation.producer.named.id)
                || reading.producers.iter().all(is_own);
            all.push(Compared {
                indicator: &known.indicator,
                observation,
                scope,
                agreement: compare(&reading.number, observation, reading.is_negative),
                in_period: in_period(&reading.periods, &known.indicator, observation, rows),
                of_producer: reading.producers.is_empty() || named,
            });
        }
    }
    all
}

/// Whether the period that the text names is that of an observation. Without one in the text, only if the series has no other.
fn in_period(
    periods: &[WrittenPeriod],
    indicator: &Indicator,
    observation: &Observation,
    rows: &[Observation],
) -> bool {
    let own = observation.period;
    if periods.is_empty() {
        return rows.iter().all(|row| row.period == own);
    }
    periods.iter().any(|written| match (written.period, written.part) {
        (Some(period), _) => fits(written, period, indicator, observation, rows),
        // `The first eight months`, of whatever year: only if they are held of one year.
        (None, Some((first, count))) => {
            let is_part = |period: Period| period.start.month() == first && period.months() == Some(count);
            is_part(own) && rows.iter().all(|row| row.period == own || !is_part(row.period))
        }
        (None, None) => false,
    })
}

fn fits(
    written: &WrittenPeriod,
    period: Period,
    indicator: &Indicator,
    observation: &Observation,
    rows: &[Observation],
) -> bool {
    let own = observation.period;
    if period == own {
        return true;
    }
    let is_cumulative = indicator.named.id.contains("cumulative");
    let same_end = period.end == own.end;
    match own.length() {
        // A state at the end of the period; or the only state that is known within it.
        PeriodLength::Point => {
            let inside = |row: &Observation| row.period.start >= period.start && row.period.end <= period.end;
            same_end
                || inside(observation) && rows.iter().filter(|row| inside(row)).all(|row| row.period == own)
        }
        PeriodLength::Month if written.is_end => same_end && !indicator.additive,
        _ if is_cumulative => same_end,
        _ => written.is_end && same_end && own.start.month() == 1 && own.start.day() == 1,
    }
}
