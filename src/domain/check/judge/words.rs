//! Figures in the words of a reason, in both languages.

use std::collections::BTreeSet;

use super::compared::Compared;
use crate::text::{Locale, Named};

/// Sorts figures: those in the period first, then headline figures, the latest first.
pub fn sorted<'a>(mut all: Vec<&'a Compared<'a>>) -> Vec<&'a Compared<'a>> {
    all.sort_by_key(|one| {
        let observation = one.observation;
        (
            !one.in_period,
            !one.of_producer,
            observation.outlier,
            !observation.headline,
            std::cmp::Reverse(observation.period.end),
            std::cmp::Reverse(observation.source.published_on.map(|date| date.last_day())),
        )
    });
    all
}

/// A name in both languages.
pub fn names(named: &Named) -> (String, String) {
    (named.name(Locale::En).to_owned(), named.name(Locale::Zh).to_owned())
}

/// A figure with its period and producer.
pub fn figure(one: &Compared<'_>) -> (String, String) {
    let words = |locale: Locale| {
        let value = one.observation.worded(&one.indicator.unit, locale);
        let period = one.observation.period.label(locale);
        let producer = one.observation.producer.named.name(locale);
        locale.pick(format!("{value} ({producer}, {period})"), format!("{value}（{producer}，{period}）"))
    };
    (words(Locale::En), words(Locale::Zh))
}

/// Who forecast a figure, and when that was published.
pub fn forecast(one: &Compared<'_>) -> (String, String) {
    let words = |locale: Locale| {
        let figure = one.observation.worded(&one.indicator.unit, locale);
        let producer = one.observation.producer.named.name(locale);
        let published = one.observation.source.published_on.map(|date| date.label(locale));
        match published {
            Some(day) => locale.pick(
                format!("{figure}, by {producer}, published {day}"),
                format!("{producer}{day}发布的{figure}"),
            ),
            None => locale.pick(format!("{figure}, by {producer}"), format!("{producer}的{figure}")),
        }
    };
    (words(Locale::En), words(Locale::Zh))
}

/// The lowest and the highest of those figures that are beside the first, or the only one.
pub fn figures(all: &[&Compared<'_>]) -> (String, String) {
    let alike = || all.iter().filter(|one| all[0].is_beside(one));
    let low = alike().min_by_key(|one| one.observation.value);
    let high = alike().max_by_key(|one| one.observation.upper());
    match (low, high) {
        (Some(low), Some(high)) if low.observation.value != high.observation.value => {
            let (low, high) = (figure(low), figure(high));
            (format!("from {} to {}", low.0, high.0), format!("{}至{}", low.1, high.1))
        }
        (Some(one), _) => figure(one),
        _ => Default::default(),
    }
}

/// Entity, period and producer of some figures, at most three.
pub fn scopes(all: &[&Compared<'_>]) -> (String, String) {
    let words = |locale: Locale| {
        let mut seen = BTreeSet::new();
        let mut labels = Vec::new();
        for one in all {
            let observation = one.observation;
            let entity = observation.entity.name(locale);
            let period = observation.period.label(locale);
            let producer = observation.producer.named.name(locale);
            let label = locale
                .pick(format!("{entity}, {period} ({producer})"), format!("{entity}{period}（{producer}）"));
            if seen.insert(label.clone()) && labels.len() < 3 {
                labels.push(label);
            }
        }
        labels.join(locale.pick("; ", "；"))
    };
    (words(Locale::En), words(Locale::Zh))
}
