//! Computation pipeline: from the observations of the chosen series to the lines shown, in a fixed order of steps.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    aggregate, combine, measure,
    model::{Combined, Input, Line, LineValue, Missing, Subject, labels, lines, mixes_bases},
    notice::Notice,
    printed::PrintedGrowth,
    query::{ChartKind, ExploreQuery, Measure},
    rates::Rates,
};
use crate::{
    domain::{
        entities::contents::Contents,
        observations::{breaks::Breaks, model::Basis},
    },
    text::{Locale, Period, PeriodLength},
};

/// Inputs of the pipeline.
pub struct Inputs<'a> {
    /// All observations of each chosen series.
    pub chosen: &'a [Vec<Arc<Input>>],
    pub rates: &'a Rates,
    pub contents: &'a Contents,
    pub breaks: &'a Breaks,
    /// Growth of the chosen series as their producers print it.
    pub growth: &'a PrintedGrowth,
}

/// Output of the pipeline.
#[derive(Clone, Debug, Default)]
pub struct Worked {
    /// Kind of chart drawn. Differs from the requested kind where that kind is not possible.
    pub kind: ChartKind,
    pub lines: Vec<Line>,
    pub notices: Vec<Notice>,
    /// Period whose estimates are tracked.
    pub of: Option<Period>,
    /// Estimates of that period in sources without a date, which therefore have no place on the time axis.
    pub undated: Vec<Arc<Input>>,
}

impl Worked {
    /// Formula that the lines come from.
    pub fn combined(&self) -> Option<&Combined> {
        self.lines.iter().find_map(|line| line.combined.as_ref())
    }

    /// Reason why a line has no value for a period.
    pub fn why_missing(&self, line: &Line, period: Period) -> Missing {
        match line.missing.get(&period) {
            Some(missing) => missing.clone(),
            None if self.kind == ChartKind::Vintages => Missing::NoPublication,
            None if period.length() != line.length => Missing::OtherLength(line.length),
            None => Missing::NoFigure,
        }
    }
}

/// Runs the whole pipeline and returns the lines as the chosen kind of chart shows them.
pub fn work(inputs: &Inputs<'_>, query: &ExploreQuery, locale: Locale) -> Worked {
    if query.kind() == ChartKind::Vintages {
        return vintages(inputs, query);
    }
    let mut notices = Vec::new();
    let overlap = |a: &str, b: &str| inputs.contents.overlap(a, b);
    let mut all: Vec<Line> = Vec::new();
    for (number, (chosen, figures)) in query.series.iter().zip(inputs.chosen).enumerate() {
        let own = lines(figures, inputs.breaks, number, chosen.slot);
        let name = || figures.first().map(|input| input.name(locale)).unwrap_or_default();
        if own.is_empty() && !figures.is_empty() {
            notices.push(Notice::NoHeadline(name()));
        }
        let Some(every) = query.every else {
            all.extend(own);
            continue;
        };
        let found = aggregate::of_length(&own, every.length(), query.how);
        notices.extend(aggregate::loss(&own, &found).map(|loss| Notice::Aggregated(name(), loss)));
        if found.is_empty() && !own.is_empty() {
            let additive = own.iter().any(|line| line.subject.indicator.additive);
            notices.push(match additive {
                true => Notice::NoneOfLength(name()),
                false => Notice::NotAdditive(name()),
            });
        }
        all.extend(found);
    }
    if query.every.is_none() {
        let own = query.measure() == Measure::PerMonth;
        all = one_frequency(all, own, &mut notices, locale);
    }
    if let Some(currency) = query.currency {
        let had: Vec<bool> = all.iter().map(|line| !line.values.is_empty()).collect();
        all = all.iter().map(|line| measure::converted(line, currency, inputs.rates)).collect();
        let names = labels(&all, locale);
        for ((line, had), name) in all.iter().zip(had).zip(names) {
            if had && line.values.is_empty() {
                notices.push(Notice::NoRates(name));
            }
        }
    }
    if query.measure() == Measure::PerMonth {
        let names = labels(&all, locale);
        let stocks = all.iter().zip(names).filter(|(line, _)| !line.is_amount());
        notices.extend(stocks.map(|(_, name)| Notice::NotPerMonth(name)));
    }
    match measure::measured(&all, query.measure(), query.base, &overlap) {
        Ok(measured) => all = measured,
        Err(why) => notices.push(Notice::Share(why)),
    }
    all.iter_mut().for_each(|line| inputs.growth.beside(line, query.measure()));
    if mixes_bases(&all) {
        notices.push(Notice::Bases);
    }
    if let Some(formula) = &query.formula {
        match combine::combined(&all, formula, &overlap) {
            Ok(made) => all = made,
            Err(why) => notices.push(Notice::Formula(why)),
        }
    }
    cut(&mut all, query, &mut notices);
    let worked = Worked { kind: query.kind(), lines: all, notices, of: None, undated: Vec::new() };
    shaped(worked, &overlap)
}

/// Keeps the lines of one period length per unit: that which most series have, then that with most values, then the longest. Amounts of
/// months and of years would lie on one scale as if they were alike. Of a series that lacks it, stocks, shares and averages keep their own.
/// Amounts per month are alike whatever their period, so each series may keep its `own` length.
fn one_frequency(lines: Vec<Line>, own_length: bool, notices: &mut Vec<Notice>, locale: Locale) -> Vec<Line> {
    let most_common = |lines: &mut dyn Iterator<Item = &Line>| {
        let mut lengths: BTreeMap<PeriodLength, (BTreeSet<usize>, usize)> = BTreeMap::new();
        for line in lines {
            let (series, values) = lengths.entry(line.length).or_default();
            series.insert(line.number);
            *values += line.values.len();
        }
        let best =
            lengths.into_iter().max_by_key(|(length, (series, values))| (series.len(), *values, *length));
        best.map(|(length, _)| length)
    };
    let wanted = |line: &Line| {
        let common = most_common(&mut lines.iter().filter(|other| other.unit == line.unit));
        let own = || lines.iter().filter(|other| other.number == line.number);
        let has_common = own().any(|other| Some(other.length) == common);
        match !own_length && (has_common || line.subject.indicator.additive) {
            true => common,
            false => most_common(&mut own()),
        }
    };
    let (kept, left_out): (Vec<&Line>, Vec<&Line>) =
        lines.iter().partition(|line| wanted(line) == Some(line.length));
    let mut lengths: Vec<PeriodLength> = left_out.iter().map(|line| line.length).collect();
    lengths.sort();
    lengths.dedup();
    if !lengths.is_empty() {
        let names = lengths.into_iter().map(|length| length.adjective(locale)).collect::<Vec<_>>();
        notices.push(Notice::OtherLengths(locale.list(&names)));
    }
    let gone = |line: &&&Line| kept.iter().all(|other| other.number != line.number);
    let mut numbers: Vec<usize> = left_out.iter().filter(gone).map(|line| line.number).collect();
    numbers.dedup();
    for number in numbers {
        let input = lines
            .iter()
            .find(|line| line.number == number)
            .and_then(|line| line.values.first()?.inputs.first());
        if let Some(input) = input {
            notices.push(Notice::NoneAlike(input.name(locale)));
        }
    }
    kept.into_iter().cloned().collect()
}

/// Keeps only the values in the chosen time range.
fn cut(lines: &mut [Line], query: &ExploreQuery, notices: &mut Vec<Notice>) {
    let had = lines.iter().any(|line| !line.values.is_empty());
    let within = |period: &Period| {
        query.start.is_none_or(|start| period.start >= start.start)
            && query.end.is_none_or(|end| period.end <= end.end)
    };
    for line in &mut *lines {
        line.values.retain(|value| within(&value.period));
        line.missing.retain(|period, _| within(period));
    }
    if had && lines.iter().all(|line| line.values.is_empty()) {
        notices.push(Notice::NothingInRange);
    }
}

/// Keeps the values that the chosen kind of chart shows. Falls back to a line chart where the kind is not possible.
fn shaped(mut worked: Worked, overlap: &measure::Overlap<'_>) -> Worked {
    let filled: Vec<Line> = worked.lines.iter().filter(|line| !line.values.is_empty()).cloned().collect();
    let one_unit = filled.windows(2).all(|pair| pair[0].unit == pair[1].unit);
    match worked.kind {
        ChartKind::Lines | ChartKind::Bars if !one_unit => {
            worked.notices.push(Notice::Units);
        }
        ChartKind::Lines | ChartKind::Bars | ChartKind::Panels | ChartKind::Vintages => {}
        ChartKind::Stacked => match measure::may_be_summed(&filled, overlap) {
            Ok(()) => {
                keep(&mut worked.lines, |all, value| all.iter().all(|line| line.at(value.period).is_some()))
            }
            Err(why) => {
                worked.notices.push(Notice::Stack(why));
                worked.kind = ChartKind::Lines;
            }
        },
        ChartKind::Ranking => {
            let several = |all: &[Line], value: &LineValue| {
                all.iter().filter(|line| line.at(value.period).is_some()).count() > 1
            };
            let any = filled.iter().flat_map(|line| &line.values).any(|value| several(&filled, value));
            if any && one_unit {
                keep(&mut worked.lines, several);
            } else {
                worked.notices.push(Notice::NoRanking);
                worked.kind = ChartKind::Lines;
            }
        }
        ChartKind::Slope => match ends(&filled).filter(|_| one_unit) {
            Some((first, last)) => keep(&mut worked.lines, |all, value| {
                let both = |line: &Line| line.at(first).is_some() && line.at(last).is_some();
                let own = all.iter().find(|line| line.values.iter().any(|other| std::ptr::eq(other, value)));
                (value.period == first || value.period == last) && own.is_some_and(both)
            }),
            None => {
                worked.notices.push(Notice::NoSlope);
                worked.kind = ChartKind::Lines;
            }
        },
    }
    worked
}

fn keep(lines: &mut [Line], keeps: impl Fn(&[Line], &LineValue) -> bool) {
    let all: Vec<Line> = lines.iter().filter(|line| !line.values.is_empty()).cloned().collect();
    for line in lines {
        let Some(own) = all.iter().find(|other| *other == line) else { continue };
        let kept: Vec<LineValue> = own.values.iter().filter(|value| keeps(&all, value)).cloned().collect();
        for value in &own.values {
            if !kept.contains(value) {
                line.missing.insert(value.period, Missing::NoOther);
            }
        }
        line.values = kept;
    }
}

/// First and last period that the most lines have in common. Prefers the longest span on a tie.
pub fn ends(lines: &[Line]) -> Option<(Period, Period)> {
    let mut periods: Vec<Period> =
        lines.iter().flat_map(|line| line.values.iter().map(|value| value.period)).collect();
    periods.sort();
    periods.dedup();
    let mut best: Option<(usize, i64, (Period, Period))> = None;
    for (at, first) in periods.iter().enumerate() {
        for last in periods[at + 1..].iter().filter(|last| last.length() == first.length()) {
            let have = |line: &&Line| line.at(*first).is_some() && line.at(*last).is_some();
            let count = lines.iter().filter(have).count();
            let days = (last.start - first.start).num_days();
            if count > 0 && best.is_none_or(|(most, longest, _)| (count, days) > (most, longest)) {
                best = Some((count, days, (*first, *last)));
            }
        }
    }
    best.map(|(.., ends)| ends)
}

/// Vintages: the estimates of one period by date of publication. Each observation is plotted at its source's date instead of its period.
fn vintages(inputs: &Inputs<'_>, query: &ExploreQuery) -> Worked {
    let mut notices = Vec::new();
    if query.measure().is_work()
        || query.formula.is_some()
        || query.currency.is_some()
        || query.every.is_some()
    {
        notices.push(Notice::VintagesPlain);
    }
    let of = query.of.or_else(|| most_estimated_period(inputs.chosen));
    let mut all = Vec::new();
    let mut undated = Vec::new();
    for (number, (chosen, figures)) in query.series.iter().zip(inputs.chosen).enumerate() {
        let mut by_basis: BTreeMap<Option<Basis>, Vec<LineValue>> = BTreeMap::new();
        for input in figures.iter().filter(|input| Some(input.observation.period) == of) {
            let Some(date) = input.observation.source.published_on else {
                undated.push(input.clone());
                continue;
            };
            let period = Period::new(date.first_day(), date.last_day());
            let value = LineValue { period, ..LineValue::published(input.clone()) };
            let values = by_basis.entry(input.observation.basis).or_default();
            // The same number on another page of the same day is not a new estimate.
            let same = |other: &LineValue| other.period == period && other.quantity == value.quantity;
            if !values.iter().any(same) {
                values.push(value);
            }
        }
        for (basis, mut values) in by_basis {
            values.sort_by_key(|value| (value.period, value.quantity.low));
            let Some(input) = values.first().and_then(|value| value.inputs.first()) else { continue };
            all.push(Line {
                subject: Subject {
                    indicator: input.indicator.clone(),
                    entity: input.observation.entity.clone(),
                    producer: input.observation.producer.named.clone(),
                },
                combined: None,
                basis,
                // Values lie at their days of publication, and breaks at days of the period.
                breaks: Vec::new(),
                length: PeriodLength::Point,
                number,
                slot: chosen.slot,
                unit: input.indicator.unit.clone(),
                values,
                missing: Default::default(),
            });
        }
    }
    if all.is_empty() {
        notices.push(Notice::NoVintages);
    }
    cut(&mut all, query, &mut notices);
    if all.windows(2).any(|pair| pair[0].unit != pair[1].unit) {
        notices.push(Notice::Units);
    }
    Worked { kind: ChartKind::Vintages, lines: all, notices, of, undated }
}

/// Number of distinct published estimates of each period, by producer, publication date and value.
pub fn estimate_counts(chosen: &[Vec<Arc<Input>>]) -> BTreeMap<Period, usize> {
    let mut estimate_counts: BTreeMap<Period, BTreeSet<_>> = BTreeMap::new();
    for input in chosen.iter().flatten() {
        let row = &input.observation;
        if let Some(date) = row.source.published_on {
            estimate_counts.entry(row.period).or_default().insert((&row.producer.named.id, date, row.value));
        }
    }
    estimate_counts.into_iter().map(|(period, said)| (period, said.len())).collect()
}

/// The period with the most distinct estimates, the latest on a tie.
pub fn most_estimated_period(chosen: &[Vec<Arc<Input>>]) -> Option<Period> {
    estimate_counts(chosen)
        .into_iter()
        .max_by_key(|(period, times)| (*times, *period))
        .map(|(period, _)| period)
}

impl Measure {
    fn is_work(self) -> bool {
        self != Measure::Level
    }
}
