//! Selection of the one observation that represents an indicator.

use std::{cmp::Reverse, collections::BTreeMap};

use super::model::{Observation, Qualifier};
use crate::domain::indicators::model::Frequency;

/// Returns the headline observation that represents an indicator: the latest one of its usual period length that is not a
/// forecast. Among observations of the same period, prefers the entity with the most observations, then reported figures over
/// estimates, then the producer with the longest line, then producers that count over those that estimate, then the latest
/// publication.
///
/// The usual length is that of the indicator's frequency. If the indicator has none, or no observation of it, it is that of
/// the longest line, the longest length if several are equally long. `None` if all observations are forecasts.
pub fn lead<'a>(
    rows: impl IntoIterator<Item = &'a Observation>,
    frequency: Frequency,
) -> Option<&'a Observation> {
    let rows: Vec<&Observation> =
        rows.into_iter().filter(|row| row.qualifier != Qualifier::Forecast && row.headline).collect();
    let line =
        |row: &Observation| (row.entity.id.clone(), row.producer.named.id.clone(), row.period.length());
    let mut lines: BTreeMap<_, usize> = BTreeMap::new();
    for row in &rows {
        *lines.entry(line(row)).or_default() += 1;
    }
    let mut entities: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        *entities.entry(&row.entity.id).or_default() += 1;
    }
    let of_longest_line = rows.iter().max_by_key(|row| {
        (lines.get(&line(row)).copied(), row.period.end - row.period.start, row.period.end)
    });
    let usual = frequency
        .length()
        .filter(|length| rows.iter().any(|row| row.period.length() == *length))
        .or(of_longest_line.map(|row| row.period.length()));
    rows.into_iter().filter(|row| Some(row.period.length()) == usual).max_by_key(|row| {
        (
            row.period.end,
            entities.get(row.entity.id.as_str()).copied(),
            row.qualifier != Qualifier::Estimate,
            lines.get(&line(row)).copied(),
            Reverse(row.producer.kind),
            row.source.published_on.map(|date| date.last_day()),
            Reverse(&row.source.id),
        )
    })
}

/// Returns the headline observation that represents an indicator; where all are forecasts, the earliest forecast of a period.
pub fn lead_or_forecast(rows: &[Observation], frequency: Frequency) -> Option<&Observation> {
    let forecast =
        || rows.iter().filter(|row| row.headline).min_by_key(|row| (row.period.end, row.period.start));
    lead(rows, frequency).or_else(forecast)
}

/// Lowest and highest observation of other producers for the same entity and period. `None` if all agree with the lead.
pub fn others<'a>(
    lead: &Observation,
    rows: impl IntoIterator<Item = &'a Observation>,
) -> Option<(&'a Observation, &'a Observation)> {
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|row| {
            row.headline
                && row.entity.id == lead.entity.id
                && row.period == lead.period
                && row.producer != lead.producer
        })
        .collect();
    let low = *rows.iter().min_by_key(|row| row.value)?;
    let high = *rows.iter().max_by_key(|row| row.upper())?;
    let agree = low.value == lead.value && high.upper() == lead.upper();
    (!agree).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::observations::model::{ProducerKind, samples::observation},
        text::Period,
    };

    #[test]
    fn counts_come_before_estimates_and_forecasts_never_represent() {
        let estimate = observation("dataeye", 100, Qualifier::Estimate);
        let mut count = observation("nrta", 99, Qualifier::AtLeast);
        count.producer.kind = ProducerKind::Regulator;
        let forecast = observation("x", 200, Qualifier::Forecast);
        let rows = [estimate.clone(), count.clone(), forecast];
        assert_eq!(lead(&rows, Frequency::Annual), Some(&count));
        let (low, high) = others(&count, &rows).unwrap();
        assert_eq!((low, high.value), (&estimate, 200.into()));
    }

    #[test]
    fn three_days_of_january_do_not_represent_a_yearly_indicator() {
        let year = observation("cfa", 51, Qualifier::Exact);
        let mut days = observation("cfa", 1, Qualifier::Exact);
        days.period = Period::new("2026-01-01".parse().unwrap(), "2026-01-03".parse().unwrap());
        let rows = [year.clone(), days.clone()];
        assert_eq!(lead(&rows, Frequency::Annual), Some(&year));
        assert_eq!(lead(&rows, Frequency::Irregular), Some(&year));
        assert_eq!(lead([&days], Frequency::Annual), Some(&days), "nothing of the usual length is known");
    }

    #[test]
    fn a_city_does_not_represent_its_country() {
        let estimate = observation("dataeye", 100, Qualifier::Estimate);
        let mut before = observation("dataeye", 80, Qualifier::Estimate);
        before.period = Period::new("2024-01-01".parse().unwrap(), "2024-12-31".parse().unwrap());
        let mut city = observation("city-office", 7, Qualifier::Nearly);
        city.entity.id = "shanghai".to_owned();
        assert_eq!(lead(&[city, before, estimate.clone()], Frequency::Annual), Some(&estimate));
    }

    #[test]
    fn the_producer_with_the_longest_line_represents() {
        let (one, other) = (observation("a", 1, Qualifier::Exact), observation("b", 2, Qualifier::Exact));
        let mut before = observation("b", 1, Qualifier::Exact);
        before.period = Period::new("2024-01-01".parse().unwrap(), "2024-12-31".parse().unwrap());
        assert_eq!(lead(&[other.clone(), one, before], Frequency::Annual), Some(&other));
    }
}
