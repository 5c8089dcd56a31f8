//! Presets about revenue overseas: by producer, of two apps, of the United States.

use std::cmp::Ordering;

use super::facts::{
    APPS, DRAMABOX, Facts, OVERSEAS, OVERSEAS_ALL, REELSHORT, REGIONS, Ready, UNITED_STATES, ends_of,
    fullest_year, words,
};
use crate::{
    domain::explore::{
        model::{Line, LineValue},
        query::{ChartKind, Every, ExploreQuery, SeriesKey},
    },
    text::{Locale, Period, PeriodLength},
};

pub(super) fn overseas_by_producer(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let found = facts.lines(OVERSEAS, Some(OVERSEAS_ALL), PeriodLength::Year);
    let (year, values) = fullest_year(&found)?;
    let (low, high) = ends_of(&values, locale)?;
    let (count, year) = (values.len(), year.label(locale));
    let keys = values.iter().map(|given| given.key.clone());
    let query = ExploreQuery {
        every: Some(Every::Year),
        kind: Some(ChartKind::Bars),
        ..ExploreQuery::of_series(keys)
    };
    Some(Ready {
        query,
        headline: locale.pick(
            format!("{count} producers put in-app revenue overseas in {year} at {low} to {high}"),
            format!("{count}家统计的{year}海外应用内收入：{low}至{high}"),
        ),
    })
}

/// Uses the last period for which one producer counts both and neither value is a bound.
pub(super) fn reelshort_and_dramabox(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    type Pair = (Period, Line, Line, SeriesKey, SeriesKey);
    let mut best: Option<(usize, Vec<Pair>)> = None;
    for length in [PeriodLength::Month, PeriodLength::Quarter, PeriodLength::Year] {
        let others = facts.lines(APPS, Some(DRAMABOX), length);
        for (key, line) in facts.lines(APPS, Some(REELSHORT), length) {
            let Some((other_key, other)) = others.iter().find(|(other, _)| other.producer == key.producer)
            else {
                continue;
            };
            let is_firm = |value: &LineValue| !value.quantity.more && !value.quantity.less;
            let firm = line
                .values
                .iter()
                .filter(|value| is_firm(value) && other.at(value.period).is_some_and(is_firm));
            let pairs: Vec<Pair> = firm
                .map(|value| (value.period, line.clone(), other.clone(), key.clone(), other_key.clone()))
                .collect();
            let common = line.values.iter().filter(|value| other.at(value.period).is_some()).count();
            if !pairs.is_empty() && best.as_ref().is_none_or(|(most, _)| common > *most) {
                best = Some((common, pairs));
            }
        }
    }
    let (period, one, other, key, other_key) = best?.1.pop()?;
    let (a, b) = (one.at(period)?, other.at(period)?);
    let ((ahead, most), (behind, least)) = match a.quantity.low >= b.quantity.low {
        true => ((&one, a), (&other, b)),
        false => ((&other, b), (&one, a)),
    };
    let (first, second) = (ahead.subject.entity.name(locale), behind.subject.entity.name(locale));
    let (most, least, when) =
        (words(ahead, most, locale), words(behind, least, locale), period.label(locale));
    let producer = one.subject.producer.name(locale);
    Some(Ready {
        query: ExploreQuery::of_series([key, other_key]),
        headline: locale.pick(
            format!("{first} earned {most} in {when}, {second} {least}, by {producer}’s count"),
            format!("据{producer}统计，{when}{first}收入为{most}，{second}为{least}"),
        ),
    })
}

pub(super) fn us_share(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let (key, line) = facts
        .lines(REGIONS, Some(UNITED_STATES), PeriodLength::Month)
        .into_iter()
        .find(|(_, line)| line.since_last_break().len() > 1)?;
    let (first, last) = (line.since_last_break().first()?, line.values.last()?);
    let verb = match last.quantity.low.cmp(&first.quantity.low) {
        Ordering::Less => locale.pick("fell", "下降"),
        Ordering::Equal => locale.pick("stayed", "持平"),
        Ordering::Greater => locale.pick("rose", "上升"),
    };
    let (from, to) = (words(&line, first, locale), words(&line, last, locale));
    let (start, end) = (first.period.label(locale), last.period.label(locale));
    Some(Ready {
        query: ExploreQuery { every: Some(Every::Month), ..ExploreQuery::of_series([key]) },
        headline: locale.pick(
            format!("The United States’ share of overseas revenue {verb}: {from} in {start}, {to} in {end}"),
            format!("美国占海外收入的比重{verb}：{start}{from}，{end}{to}"),
        ),
    })
}
