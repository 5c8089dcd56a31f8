//! Presets about the domestic market: against the cinema, its growth, its counts, Shanghai’s share.

use rust_decimal::Decimal;

use super::facts::{
    CHINA, CINEMA, Facts, MARKET, Ready, SHANGHAI, ends_of, fullest_year, is_forecast, words,
};
use crate::{
    domain::explore::{
        formula::Formula,
        measure::measured,
        model::{Line, LineValue},
        quantity::Quantity,
        query::{Axis, ChartKind, Every, ExploreQuery, Measure, SeriesKey},
    },
    text::{Locale, PeriodLength, Unit},
};

/// Uses the market estimate that reaches furthest without forecasts. It is ahead only if it is so under every reading
/// of both values.
pub(super) fn market_and_box_office(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let (cinema_key, cinema) = facts.lines(CINEMA, Some(CHINA), PeriodLength::Year).into_iter().next()?;
    let both = |line: &Line| -> Vec<(LineValue, LineValue)> {
        let counted = line.values.iter().filter(|value| !is_forecast(value));
        counted.filter_map(|value| Some((value.clone(), cinema.at(value.period)?.clone()))).collect()
    };
    let markets = facts.lines(MARKET, Some(CHINA), PeriodLength::Year);
    let (market_key, market) = markets.into_iter().max_by_key(|(_, line)| {
        let pairs = both(line);
        (pairs.last().map(|(value, _)| value.period), pairs.len())
    })?;
    let pairs = both(&market);
    let (last, last_cinema) = pairs.last()?;
    let ahead = |one: &Quantity, other: &Quantity| one.low > other.high && !one.less && !other.more;
    let before = pairs.iter().rev().find(|(market, cinema)| ahead(&cinema.quantity, &market.quantity));
    let (one, other) = (words(&market, last, locale), words(&cinema, last_cinema, locale));
    let (year, producer) = (last.period.label(locale), market.subject.producer.name(locale));
    let is_ahead = ahead(&last.quantity, &last_cinema.quantity);
    let headline = match (before.filter(|_| is_ahead), locale) {
        (Some((earlier, _)), Locale::En) => {
            let since = earlier.period.label(locale);
            format!(
                "Micro-dramas overtook the cinema between {since} and {year}: {one} against {other}, by {producer}’s count"
            )
        }
        (Some((earlier, _)), Locale::Zh) => {
            let since = earlier.period.label(locale);
            format!("{since}至{year}间微短剧超过电影：据{producer}，{one}，票房{other}")
        }
        (None, Locale::En) => {
            format!("Micro-dramas and the cinema in {year}: {one} against {other}, by {producer}’s count")
        }
        (None, Locale::Zh) => format!("{year}微短剧与电影：据{producer}，{one}，票房{other}"),
    };
    let query =
        ExploreQuery { every: Some(Every::Year), ..ExploreQuery::of_series([market_key, cinema_key]) };
    Some(Ready { query, headline })
}

/// Returns the market estimate with most years that are not forecasts.
fn longest_market(facts: &Facts<'_>) -> Option<(SeriesKey, Line)> {
    let counted = |line: &Line| line.values.iter().filter(|value| !is_forecast(value)).count();
    facts
        .lines(MARKET, Some(CHINA), PeriodLength::Year)
        .into_iter()
        .rev()
        .max_by_key(|(_, line)| counted(line))
        .filter(|(_, line)| line.values.len() > 2)
}

pub(super) fn market_growth(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let (key, line) = longest_market(facts)?;
    let nowhere = |_: &str, _: &str| false;
    let growth = measured(std::slice::from_ref(&line), Measure::PercentYear, None, &nowhere).ok()?;
    let growth = growth.first()?;
    // Between the last two years that are not forecasts: before them growth may have moved either way.
    let mut counted = growth.values.iter().filter(|value| !is_forecast(value)).rev();
    let (last, before) = (counted.next()?, counted.next()?);
    let verb = match last.quantity.low < before.quantity.low {
        true => locale.pick("slowed", "放缓"),
        false => locale.pick("accelerated", "加快"),
    };
    let (from, to) = (words(growth, before, locale), words(growth, last, locale));
    let (start, end) = (before.period.label(locale), last.period.label(locale));
    // The next expected value is in the chart, so the headline must not hide it.
    let next = growth.values.iter().find(|value| value.period > last.period).map(|value| {
        let (expected, next) = (words(growth, value, locale), value.period.label(locale));
        locale.pick(format!("; {next}: {expected}"), format!("；{next}{expected}"))
    });
    let next = next.unwrap_or_default();
    let producer = line.subject.producer.name(locale);
    let query = ExploreQuery {
        measure: Some(Measure::PercentYear),
        kind: Some(ChartKind::Bars),
        ..ExploreQuery::of_series([key])
    };
    Some(Ready {
        query,
        headline: locale.pick(
            format!(
                "By {producer}’s count, market growth {verb} from {from} in {start} to {to} in {end}{next}"
            ),
            format!("据{producer}统计，市场增速{verb}：{start}{from}，{end}{to}{next}"),
        ),
    })
}

pub(super) fn market_index(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let (key, line) = longest_market(facts)?;
    let comparable = line.since_last_break();
    let first = comparable.first()?;
    let last = comparable
        .iter()
        .rev()
        .find(|value| !is_forecast(value))
        .filter(|last| last.period > first.period)?;
    let times = last.quantity.over(&first.quantity)?.worded(&Unit::Ratio, locale);
    let (start, end) = (first.period.label(locale), last.period.label(locale));
    let producer = line.subject.producer.name(locale);
    let query = ExploreQuery {
        measure: Some(Measure::Index),
        base: Some(first.period),
        axis: Some(Axis::Log),
        ..ExploreQuery::of_series([key])
    };
    Some(Ready {
        query,
        headline: locale.pick(
            format!("The market of {end} was {times} that of {start}, by {producer}’s count"),
            format!("据{producer}统计，{end}市场为{start}的{times}"),
        ),
    })
}

pub(super) fn market_by_producer(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let found = facts.lines(MARKET, Some(CHINA), PeriodLength::Year);
    let (year, values) = fullest_year(&found)?;
    let (low, high) = ends_of(&values, locale)?;
    let (count, year) = (values.len(), year.label(locale));
    let query = ExploreQuery {
        every: Some(Every::Year),
        ..ExploreQuery::of_series(values.iter().map(|given| given.key.clone()))
    };
    Some(Ready {
        query,
        headline: locale.pick(
            format!("{count} figures for the {year} market range from {low} to {high}"),
            format!("{count}家对{year}市场规模给出的数值：从{low}到{high}"),
        ),
    })
}

/// Uses the last year for which both have a value that is not a forecast; for the country, counts take precedence over
/// estimates.
pub(super) fn shanghai_share(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let city = facts.lines(MARKET, Some(SHANGHAI), PeriodLength::Year);
    let country = facts.lines(MARKET, Some(CHINA), PeriodLength::Year);
    let mut pairs = Vec::new();
    for (city_key, city_line) in &city {
        for value in city_line.values.iter().filter(|value| !is_forecast(value)) {
            for (key, line) in &country {
                if let Some(whole) = line.at(value.period).filter(|whole| !is_forecast(whole)) {
                    let kind = whole.inputs.first().map(|input| input.observation.producer.kind);
                    pairs.push((value.period, std::cmp::Reverse(kind), city_key, value, key, whole));
                }
            }
        }
    }
    let (period, _, city_key, value, key, whole) =
        pairs.into_iter().max_by(|a, b| (a.0, a.1, b.4).cmp(&(b.0, b.1, a.4)))?;
    let share = value.quantity.over(&whole.quantity)?.times(Decimal::ONE_HUNDRED)?;
    let (share, year) = (share.worded(&Unit::Percent, locale), period.label(locale));
    let query = ExploreQuery {
        formula: Formula::parse("a/b*100").ok(),
        every: Some(Every::Year),
        kind: Some(ChartKind::Bars),
        ..ExploreQuery::of_series([city_key.clone(), key.clone()])
    };
    Some(Ready {
        query,
        headline: locale.pick(
            format!("Shanghai’s share of the country’s micro-drama revenue in {year}: {share}"),
            format!("{year}上海占全国微短剧收入的比重：{share}"),
        ),
    })
}
