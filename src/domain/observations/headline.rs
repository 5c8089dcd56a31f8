//! Selection of the one observation that represents an indicator.

use std::cmp::Reverse;

use super::model::{Observation, Qualifier};

/// Returns the latest headline observation that is not a forecast, if any. Among observations up to the same day, prefers the longest
/// period, then producers that count over those that estimate, then the latest publication.
pub fn lead<'a>(rows: impl IntoIterator<Item = &'a Observation>) -> Option<&'a Observation> {
    rows.into_iter().filter(|row| row.qualifier != Qualifier::Forecast && row.headline).max_by_key(|row| {
        let published = row.source.published_on.map(|date| date.last_day());
        (
            row.period.end,
            Reverse(row.period.start),
            Reverse(row.producer.kind),
            published,
            Reverse(&row.source.id),
        )
    })
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
    use crate::domain::observations::model::{ProducerKind, samples::observation};

    #[test]
    fn who_counts_speaks_before_who_estimates_and_forecasts_do_not_speak() {
        let estimate = observation("dataeye", 100, Qualifier::Estimate);
        let mut count = observation("nrta", 99, Qualifier::AtLeast);
        count.producer.kind = ProducerKind::Regulator;
        let forecast = observation("x", 200, Qualifier::Forecast);
        let rows = [estimate.clone(), count.clone(), forecast];
        assert_eq!(lead(&rows), Some(&count));
        let (low, high) = others(&count, &rows).unwrap();
        assert_eq!((low, high.value), (&estimate, 200.into()));
    }
}
