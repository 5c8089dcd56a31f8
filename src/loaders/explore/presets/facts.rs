//! Observations that preset charts are made from, and what several of them ask.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    charts::{self, Bound, Break, Nature, Point, Series},
    domain::{
        explore::{
            model::{Input, Line, LineValue, lines},
            quantity::QuantityStatus,
            query::{ExploreQuery, SeriesKey},
        },
        observations::{breaks::Breaks, model::Basis},
    },
    text::{Locale, Period, PeriodLength},
};

pub(super) const MARKET: &str = "domestic-market-revenue";
pub(super) const CINEMA: &str = "cinema-box-office";
pub(super) const APPS: &str = "app-iap-revenue";
pub(super) const OVERSEAS: &str = "overseas-iap-revenue";
pub(super) const REGIONS: &str = "region-revenue-share";
pub(super) const USERS: &str = "users-micro-drama";
pub(super) const PROFIT: &str = "company-net-profit";

pub(super) const CHINA: &str = "china";
pub(super) const SHANGHAI: &str = "shanghai";
pub(super) const OVERSEAS_ALL: &str = "overseas";
pub(super) const REELSHORT: &str = "reelshort";
pub(super) const DRAMABOX: &str = "dramabox";
pub(super) const UNITED_STATES: &str = "us";

/// A preset chart with its finding.
#[derive(Clone, Debug)]
pub struct Ready {
    pub query: ExploreQuery,
    pub headline: String,
}

/// Observations of the indicators of presets, by series, and the breaks in them.
pub struct Facts<'a> {
    pub(super) figures: BTreeMap<SeriesKey, Vec<Arc<Input>>>,
    breaks: &'a Breaks,
}

impl<'a> Facts<'a> {
    pub fn of(figures: impl IntoIterator<Item = Arc<Input>>, breaks: &'a Breaks) -> Facts<'a> {
        let mut by_series: BTreeMap<SeriesKey, Vec<Arc<Input>>> = BTreeMap::new();
        for input in figures {
            by_series.entry(input.key()).or_default().push(input);
        }
        Facts { figures: by_series, breaks }
    }

    /// Returns the lines of an indicator in periods of one length: those with most values first, then by producer.
    pub(super) fn lines(
        &self,
        indicator: &str,
        entity: Option<&str>,
        length: PeriodLength,
    ) -> Vec<(SeriesKey, Line)> {
        let mut found: Vec<(SeriesKey, Line)> = self
            .figures
            .iter()
            .filter(|(key, _)| key.indicator == indicator && entity.is_none_or(|entity| key.entity == entity))
            .flat_map(|(key, figures)| {
                lines(figures, self.breaks, 0, 0).into_iter().map(|line| (key.clone(), line))
            })
            .filter(|(_, line)| line.length == length)
            .collect();
        found.sort_by_key(|(_, line)| std::cmp::Reverse(line.values.len()));
        found
    }

    /// Draws the sparkline of a series: its longest line.
    pub(super) fn spark(&self, key: &SeriesKey) -> Option<String> {
        let line = lines(self.figures.get(key)?, self.breaks, 0, 0)
            .into_iter()
            .max_by_key(|line| line.values.len())?;
        let points = line.values.iter().map(|value| Point {
            period: value.period,
            value: value.quantity.low,
            high: None,
            nature: match value.quantity.status {
                QuantityStatus::Forecast => Nature::Forecast,
                _ => Nature::Reported,
            },
            bound: Bound::None,
            text: String::new(),
            origin: None,
        });
        let series = Series {
            label: String::new(),
            name: String::new(),
            slot: 0,
            points: points.collect(),
            breaks: line.breaks.iter().map(|found| Break { from: found.from, note: String::new() }).collect(),
            ..Series::default()
        };
        charts::spark(&series)
    }
}

pub(super) fn is_forecast(value: &LineValue) -> bool {
    value.quantity.status == QuantityStatus::Forecast
}

pub(super) fn words(line: &Line, value: &LineValue, locale: Locale) -> String {
    value.worded(&line.unit, locale)
}

/// A value with its series.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) key: &'a SeriesKey,
    pub(super) line: &'a Line,
    pub(super) value: &'a LineValue,
}

/// Returns the last year among those covered by most series of one basis: values before and after store fees are not set side by side.
pub(super) fn fullest_year(found: &[(SeriesKey, Line)]) -> Option<(Period, Vec<Given<'_>>)> {
    let mut years: BTreeMap<(Period, Option<Basis>), Vec<Given<'_>>> = BTreeMap::new();
    for (key, line) in found {
        for value in &line.values {
            years.entry((value.period, line.basis)).or_default().push(Given { key, line, value });
        }
    }
    let fullest = years.into_iter().max_by_key(|((year, _), values)| (values.len(), *year));
    fullest.map(|((year, _), values)| (year, values)).filter(|(_, values)| values.len() > 1)
}

pub(super) fn ends_of(values: &[Given<'_>], locale: Locale) -> Option<(String, String)> {
    let low = values.iter().min_by_key(|given| given.value.quantity.low)?;
    let high = values.iter().max_by_key(|given| given.value.quantity.high)?;
    Some((words(low.line, low.value, locale), words(high.line, high.value, locale)))
}
