//! Preset charts: each is a question that rules answer from the observations, so that its headline stays true when they
//! change. A chart whose observations are missing is not offered.

use std::{collections::BTreeMap, sync::Arc};

use rust_decimal::Decimal;

use super::view::ReadyChart;
use crate::{
    charts::{self, Bound, Break, Nature, Point, Series},
    domain::{
        explore::{
            formula::Formula,
            model::{Input, Line, LineValue, lines},
            pipeline::most_estimated_period,
            quantity::{Quantity, QuantityStatus},
            query::{ChartKind, Every, ExploreQuery, Measure, SeriesKey},
        },
        observations::{breaks::Breaks, model::Basis},
    },
    text::{Locale, Period, PeriodLength, Unit},
};

const MARKET: &str = "domestic-market-revenue";
const CINEMA: &str = "cinema-box-office";
const APPS: &str = "app-iap-revenue";
const OVERSEAS: &str = "overseas-iap-revenue";
const REGIONS: &str = "region-revenue-share";
const USERS: &str = "users-micro-drama";
const PROFIT: &str = "company-net-profit";

/// Entities that preset charts are about, regardless of which others have observations.
pub const ENTITIES: [&str; 6] = [CHINA, SHANGHAI, OVERSEAS_ALL, REELSHORT, DRAMABOX, UNITED_STATES];

const CHINA: &str = "china";
const SHANGHAI: &str = "shanghai";
const OVERSEAS_ALL: &str = "overseas";
const REELSHORT: &str = "reelshort";
const DRAMABOX: &str = "dramabox";
const UNITED_STATES: &str = "us";

/// Returns the indicators that the preset charts use.
pub fn indicators() -> Vec<String> {
    let mut all: Vec<String> =
        PRESETS.iter().flat_map(|preset| preset.of).map(|id| (*id).to_owned()).collect();
    all.sort();
    all.dedup();
    all
}

/// Returns the indicators that one of them uses; none if there is no preset of that name.
pub fn indicators_of(id: &str) -> Option<Vec<String>> {
    let preset = PRESETS.iter().find(|preset| preset.id == id)?;
    Some(preset.of.iter().map(|id| (*id).to_owned()).collect())
}

/// Observations of those indicators, by series, and the breaks in them.
pub struct Facts<'a> {
    figures: BTreeMap<SeriesKey, Vec<Arc<Input>>>,
    breaks: &'a Breaks,
}

/// A preset chart with its finding.
#[derive(Clone, Debug)]
pub struct Ready {
    pub query: ExploreQuery,
    pub headline: String,
}

struct Preset {
    id: &'static str,
    /// Indicators that it uses.
    of: &'static [&'static str],
    about: fn(Locale) -> &'static str,
    make: fn(&Facts<'_>, Locale) -> Option<Ready>,
}

const PRESETS: [Preset; 11] = [
    Preset {
        id: "market-and-box-office",
        of: &[MARKET, CINEMA],
        about: |locale| locale.pick("Domestic market and cinema box office", "国内市场与电影票房"),
        make: market_and_box_office,
    },
    Preset {
        id: "market-growth",
        of: &[MARKET],
        about: |locale| locale.pick("Growth of the domestic market", "国内市场增速"),
        make: market_growth,
    },
    Preset {
        id: "market-index",
        of: &[MARKET],
        about: |locale| locale.pick("The market since its first count", "首次统计以来的市场"),
        make: market_index,
    },
    Preset {
        id: "market-by-producer",
        of: &[MARKET],
        about: |locale| locale.pick("One market, several counts", "一个市场，多家统计"),
        make: market_by_producer,
    },
    Preset {
        id: "forecasts",
        of: &[MARKET],
        about: |locale| locale.pick("Forecasts and outcomes", "预测与实际"),
        make: forecasts,
    },
    Preset {
        id: "shanghai-share",
        of: &[MARKET],
        about: |locale| locale.pick("Shanghai’s share of the country", "上海占全国比重"),
        make: shanghai_share,
    },
    Preset {
        id: "overseas-by-producer",
        of: &[OVERSEAS],
        about: |locale| locale.pick("Overseas revenue by producer", "各方统计的海外收入"),
        make: overseas_by_producer,
    },
    Preset {
        id: "reelshort-and-dramabox",
        of: &[APPS],
        about: |locale| locale.pick("ReelShort against DramaBox", "ReelShort与DramaBox"),
        make: reelshort_and_dramabox,
    },
    Preset {
        id: "us-share",
        of: &[REGIONS],
        about: |locale| locale.pick("The United States in overseas revenue", "美国占海外收入比重"),
        make: us_share,
    },
    Preset {
        id: "users", of: &[USERS], about: |locale| locale.pick("Who watches", "用户规模"), make: users
    },
    Preset {
        id: "company-profit",
        of: &[PROFIT],
        about: |locale| locale.pick("Profit and loss of companies", "企业盈亏"),
        make: company_profit,
    },
];

/// Returns a preset chart by its id.
pub fn one(id: &str, facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let preset = PRESETS.iter().find(|preset| preset.id == id)?;
    (preset.make)(facts, locale)
}

/// Returns all preset charts that the observations allow.
pub fn offers(facts: &Facts<'_>, locale: Locale) -> Vec<ReadyChart> {
    let offer = |preset: &Preset| {
        let ready = (preset.make)(facts, locale)?;
        let spark = ready.query.series.first().and_then(|chosen| facts.spark(&chosen.key));
        Some(ReadyChart {
            id: preset.id.to_owned(),
            headline: ready.headline,
            about: (preset.about)(locale).to_owned(),
            spark,
        })
    };
    PRESETS.iter().filter_map(offer).collect()
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
    fn lines(&self, indicator: &str, entity: Option<&str>, length: PeriodLength) -> Vec<(SeriesKey, Line)> {
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
    fn spark(&self, key: &SeriesKey) -> Option<String> {
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
        // Two points make no trend.
        (line.values.len() > 2).then(|| charts::spark(&series))
    }
}

fn is_forecast(value: &LineValue) -> bool {
    value.quantity.status == QuantityStatus::Forecast
}

fn words(line: &Line, value: &LineValue, locale: Locale) -> String {
    value.worded(&line.unit, locale)
}

/// Uses the market estimate that reaches furthest without forecasts. It is ahead only if it is so under every reading
/// of both values.
fn market_and_box_office(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
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

fn market_growth(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let (key, line) = longest_market(facts)?;
    let nowhere = |_: &str, _: &str| false;
    let growth = crate::domain::explore::measure::measured(
        std::slice::from_ref(&line),
        Measure::PercentYear,
        None,
        &nowhere,
    )
    .ok()?;
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

fn market_index(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
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
        axis: Some(crate::domain::explore::query::Axis::Log),
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

/// A value with its series.
#[derive(Clone, Copy)]
struct Given<'a> {
    key: &'a SeriesKey,
    line: &'a Line,
    value: &'a LineValue,
}

/// Returns the last year among those covered by most series of one basis: values before and after store fees are not set side by side.
fn fullest_year(found: &[(SeriesKey, Line)]) -> Option<(Period, Vec<Given<'_>>)> {
    let mut years: BTreeMap<(Period, Option<Basis>), Vec<Given<'_>>> = BTreeMap::new();
    for (key, line) in found {
        for value in &line.values {
            years.entry((value.period, line.basis)).or_default().push(Given { key, line, value });
        }
    }
    let fullest = years.into_iter().max_by_key(|((year, _), values)| (values.len(), *year));
    fullest.map(|((year, _), values)| (year, values)).filter(|(_, values)| values.len() > 1)
}

fn ends_of(values: &[Given<'_>], locale: Locale) -> Option<(String, String)> {
    let low = values.iter().min_by_key(|given| given.value.quantity.low)?;
    let high = values.iter().max_by_key(|given| given.value.quantity.high)?;
    Some((words(low.line, low.value, locale), words(high.line, high.value, locale)))
}

fn market_by_producer(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
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

fn forecasts(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
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
    let tellers: Vec<&(SeriesKey, Vec<Arc<Input>>)> = all
        .iter()
        .filter(|(_, figures)| !estimates_of(figures).is_empty())
        .take(crate::domain::explore::query::MAX_SERIES)
        .collect();
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

/// Uses the last year for which both have a value that is not a forecast; for the country, counts take precedence over
/// estimates.
fn shanghai_share(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
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

fn overseas_by_producer(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
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
fn reelshort_and_dramabox(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
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

fn us_share(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let (key, line) = facts
        .lines(REGIONS, Some(UNITED_STATES), PeriodLength::Month)
        .into_iter()
        .find(|(_, line)| line.since_last_break().len() > 1)?;
    let (first, last) = (line.since_last_break().first()?, line.values.last()?);
    let verb = match last.quantity.low.cmp(&first.quantity.low) {
        std::cmp::Ordering::Less => locale.pick("fell", "下降"),
        std::cmp::Ordering::Equal => locale.pick("stayed", "持平"),
        std::cmp::Ordering::Greater => locale.pick("rose", "上升"),
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

fn users(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let (key, line) = facts
        .lines(USERS, None, PeriodLength::Point)
        .into_iter()
        .find(|(_, line)| line.since_last_break().len() > 1)?;
    let (first, last) = (line.since_last_break().first()?, line.values.last()?);
    let (from, to) = (words(&line, first, locale), words(&line, last, locale));
    let (start, end) = (first.period.label(locale), last.period.label(locale));
    let verb = if last.quantity.low > first.quantity.low { "up from" } else { "after" };
    Some(Ready {
        query: ExploreQuery::of_series([key]),
        headline: locale.pick(
            format!("{to} watched micro-dramas by {end}, {verb} {from} on {start}"),
            format!("截至{end}微短剧用户{to}，{start}为{from}"),
        ),
    })
}

/// Uses the last year that most companies have reported; for each company the line that contains it.
fn company_profit(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let found = facts.lines(PROFIT, None, PeriodLength::Year);
    let (year, values) = fullest_year(&found)?;
    let losses = values.iter().filter(|given| given.value.quantity.high < Decimal::ZERO).count();
    let (count, year) = (values.len(), year.label(locale));
    let query = ExploreQuery {
        every: Some(Every::Year),
        kind: Some(ChartKind::Bars),
        ..ExploreQuery::of_series(values.iter().map(|given| given.key.clone()))
    };
    Some(Ready {
        query,
        headline: locale.pick(
            format!("{losses} of {count} companies with a figure for {year} report a loss"),
            format!("有{year}数据的{count}家企业中，{losses}家亏损"),
        ),
    })
}
