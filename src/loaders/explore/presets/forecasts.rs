//! Preset about forecasts: how the estimates of one year moved.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::facts::{CHINA, Facts, MARKET, Ready};
use crate::{
    domain::explore::{
        model::Input,
        pipeline::most_estimated_period,
        quantity::{Quantity, QuantityStatus},
        query::{ChartKind, ExploreQuery, MAX_SERIES, SeriesKey},
    },
    text::Locale,
};

pub(super) fn forecasts(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let all: Vec<(SeriesKey, Vec<Arc<Input>>)> = facts
        .figures
        .iter()
        .filter(|(key, _)| key.indicator == MARKET && key.entity == CHINA)
        .map(|(key, figures)| (key.clone(), figures.clone()))
        .collect();
    let of = most_estimated_period(&all.iter().map(|(_, figures)| figures.clone()).collect::<Vec<_>>())?;
    let estimates_of = |figures: &[Arc<Input>]| -> Vec<Quantity> {
        let of_period = figures.iter().filter(|input| {
            input.observation.period == of && input.observation.source.published_on.is_some()
        });
        of_period.map(|input| Quantity::of(&input.observation)).collect()
    };
    let tellers: Vec<&(SeriesKey, Vec<Arc<Input>>)> =
        all.iter().filter(|(_, figures)| !estimates_of(figures).is_empty()).take(MAX_SERIES).collect();
    let values: Vec<Quantity> = tellers.iter().flat_map(|(_, figures)| estimates_of(figures)).collect();
    let forecasts = values.iter().filter(|value| value.status == QuantityStatus::Forecast);
    let (low, high) =
        (forecasts.clone().map(|value| value.low).min()?, forecasts.map(|value| value.high).max()?);
    // Of two values up to the same number, the one that may be more.
    let came = values.iter().filter(|value| value.status != QuantityStatus::Forecast);
    let came = came.max_by_key(|value| (value.high, value.more));
    let unit = &tellers.first()?.1.first()?.indicator.unit;
    let amount = |value: Decimal| unit.amount(value, locale).to_string();
    let (period, low, high) = (of.label(locale), amount(low), amount(high));
    let headline = match came.map(|value| value.worded(unit, locale)) {
        Some(came) => locale.pick(
            format!("{period} was forecast at {low} to {high}; the highest figure published since is {came}"),
            format!("对{period}的预测为{low}至{high}，此后公布的最高数值为{came}"),
        ),
        None => locale.pick(
            format!("{period} is forecast at {low} to {high}"),
            format!("对{period}的预测为{low}至{high}"),
        ),
    };
    let keys = tellers.iter().map(|(key, _)| key.clone());
    let query =
        ExploreQuery { kind: Some(ChartKind::Vintages), of: Some(of), ..ExploreQuery::of_series(keys) };
    Some(Ready { query, headline })
}
