//! Computation pipeline: from the observations of the chosen series to the lines shown, in a fixed order of steps.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    aggregate,
    measure::{self, Unlike, Unsummable},
    model::{Input, Line, LineValue, Missing, Subject, labels, lines, mixes_bases},
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
}

impl Worked {
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

/// Reason why something requested is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The series has no headline figure.
    NoHeadline(String),
    /// Values of the series must not be summed to longer periods.
    NotAdditive(String),
    /// No values of this period length are known or can be summed.
    NoneOfLength(String),
    /// Values for periods of these lengths are not drawn.
    OtherLengths(String),
    /// The series has no values for periods of the length drawn.
    NoneAlike(String),
    /// No exchange rate matches any period of the series.
    NoRates(String),
    Share(Unsummable),
    Stack(Unsummable),
    Formula(Unlike),
    /// Some values are before store fees, others after, or do not say which.
    Bases,
    /// A chart holds one unit, so each unit gets its own panel.
    Units,
    /// A logarithmic axis holds only values above zero.
    Log,
    /// There are no two periods to compare.
    NoSlope,
    /// A ranking needs at least two lines with a value for the same period.
    NoRanking,
    /// Vintages are shown as published.
    VintagesPlain,
    /// No source of these observations is dated.
    NoVintages,
    /// No values lie in the chosen time range.
    NothingInRange,
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
        let name = || figures.first().map(|input| name(input, locale)).unwrap_or_default();
        if own.is_empty() {
            notices.push(Notice::NoHeadline(name()));
        }
        let Some(every) = query.every else {
            all.extend(own);
            continue;
        };
        let found = aggregate::of_length(&own, every.length());
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
        all = one_frequency(all, &mut notices, locale);
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
    match measure::measured(&all, query.measure(), query.base, &overlap) {
        Ok(measured) => all = measured,
        Err(why) => notices.push(Notice::Share(why)),
    }
    if mixes_bases(&all) {
        notices.push(Notice::Bases);
    }
    if let Some(formula) = query.formula {
        match measure::against(&all, formula) {
            Ok(made) => all = made,
            Err(why) => notices.push(Notice::Formula(why)),
        }
    }
    cut(&mut all, query, &mut notices);
    let worked = Worked { kind: query.kind(), lines: all, notices, of: None };
    shaped(worked, &overlap)
}

/// Keeps the lines of one period length per unit: that which most series have, then that with most values, then the longest. Amounts of
/// months and of years would lie on one scale as if they were alike. Of a series that lacks it, stocks, shares and averages keep their own.
fn one_frequency(lines: Vec<Line>, notices: &mut Vec<Notice>, locale: Locale) -> Vec<Line> {
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
        match own().any(|other| Some(other.length) == common) || line.subject.indicator.additive {
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
            notices.push(Notice::NoneAlike(name(input, locale)));
        }
    }
    kept.into_iter().cloned().collect()
}

fn name(input: &Input, locale: Locale) -> String {
    let row = &input.observation;
    let mut parts = vec![input.indicator.named.name(locale), row.entity.name(locale)];
    let producer = row.producer.named.name(locale);
    if !parts.contains(&producer) {
        parts.push(producer);
    }
    parts.join(" · ")
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
    for (number, (chosen, figures)) in query.series.iter().zip(inputs.chosen).enumerate() {
        let mut by_basis: BTreeMap<Option<Basis>, Vec<LineValue>> = BTreeMap::new();
        for input in figures.iter().filter(|input| Some(input.observation.period) == of) {
            let Some(date) = input.observation.source.published_on else { continue };
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
                against: None,
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
    Worked { kind: ChartKind::Vintages, lines: all, notices, of }
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

impl Notice {
    pub fn sentence(&self, locale: Locale) -> String {
        match self {
            Notice::NoHeadline(name) => locale.pick(
                format!("{name}: none of its figures is a headline figure, so there is no line. “How estimates moved” shows all of them."),
                format!("{name}：没有主要数据，不作线。“估算的演变”可显示其全部数据。"),
            ),
            Notice::NotAdditive(name) => locale.pick(
                format!("{name}: values of parts must not be summed (a stock, share, rate or average), and none is published for periods of this length."),
                format!("{name}：分时段数值不可加总（存量、占比、比率或平均值），且没有该长度时段的已公布数据。"),
            ),
            Notice::NoneOfLength(name) => locale.pick(
                format!("{name}: nothing is published for periods of this length, and no parts cover one completely."),
                format!("{name}：没有该长度时段的已公布数据，也没有可完整覆盖的分时段数据。"),
            ),
            Notice::OtherLengths(lengths) => locale.pick(
                format!("One period length at a time: {lengths} values are not shown. Choose another under “Periods”; the pages of the indicators list all."),
                format!("每次只显示一种时段长度：未显示{lengths}数据。可在“时段长度”中另选；指标页列出全部数据。"),
            ),
            Notice::NoneAlike(name) => locale.pick(
                format!("{name}: not shown, because it has no values for periods of the length of the others."),
                format!("{name}：没有与其他序列时段长度相同的数据，故未显示。"),
            ),
            Notice::NoRates(name) => locale.pick(
                format!("{name}: not converted, because for none of its periods an exchange rate of exactly that period is published."),
                format!("{name}：未换算，因其各时段均无完全对应的已公布汇率。"),
            ),
            Notice::Share(why) => locale.pick(
                format!("Shares are not shown: {}.", why.reason(locale)),
                format!("未显示占比：{}。", why.reason(locale)),
            ),
            Notice::Stack(why) => locale.pick(
                format!("Not stacked: {}.", why.reason(locale)),
                format!("未堆积：{}。", why.reason(locale)),
            ),
            Notice::Formula(why) => locale.pick(
                format!("The two series are not set against each other: {}.", why.reason(locale)),
                format!("未计算两序列之间的关系：{}。", why.reason(locale)),
            ),
            Notice::Bases => locale
                .pick(
                    "Some of these values are before store fees, others after them or without saying which: differences between the lines may come from that alone.",
                    "部分数值为扣除商店佣金前，部分为扣除后或未注明：各线之间的差异可能仅源于此。",
                )
                .to_owned(),
            Notice::Units => locale
                .pick(
                    "The series are counted in different units, so each unit has a panel of its own.",
                    "各序列单位不同，每种单位各用一个分面。",
                )
                .to_owned(),
            Notice::Log => locale
                .pick(
                    "A logarithmic axis shows lines of values above zero only, so the axis is linear.",
                    "对数坐标仅适用于数值均大于零的折线，此处用线性坐标。",
                )
                .to_owned(),
            Notice::NoSlope => locale
                .pick(
                    "First and last need a line with values for two periods of one length, in one unit.",
                    "首末对比需要同一单位、同一长度的至少两个时段。",
                )
                .to_owned(),
            Notice::NoRanking => locale
                .pick(
                    "A ranking needs at least two lines in one unit with values for the same period.",
                    "排名需要至少两条同一单位、同一时段有数值的线。",
                )
                .to_owned(),
            Notice::VintagesPlain => locale
                .pick(
                    "How estimates moved is shown as published: not converted, measured or set against each other.",
                    "“估算的演变”按原值显示，不换算、不变换。",
                )
                .to_owned(),
            Notice::NoVintages => locale
                .pick(
                    "No dated publication gives a figure for this period.",
                    "没有注明发布日期的来源给出该时段的数据。",
                )
                .to_owned(),
            Notice::NothingInRange => locale
                .pick("Nothing lies in the chosen stretch of time.", "所选时间范围内没有数据。")
                .to_owned(),
        }
    }
}

impl Unsummable {
    fn reason(self, locale: Locale) -> &'static str {
        match self {
            Unsummable::One => locale.pick("it takes at least two lines", "至少需要两条线"),
            Unsummable::Indicators => {
                locale.pick("the lines measure different things", "各线所计不是同一指标")
            }
            Unsummable::Producers => locale.pick(
                "the lines come from different producers, who do not count alike",
                "各线出自不同数据方，口径不同",
            ),
            Unsummable::Bases => locale.pick(
                "the lines differ in basis or in the length of their periods",
                "各线口径或时段长度不同",
            ),
            Unsummable::NotAdditive => {
                locale.pick("values of this indicator must not be summed", "该指标的数值不可加总")
            }
            Unsummable::Overlap => locale.pick("one line is part of another", "其中一线包含另一线"),
            Unsummable::Ranges => locale.pick("some values are ranges", "部分数值为区间"),
            Unsummable::Negative => locale.pick("some values are below zero", "部分数值小于零"),
        }
    }
}

impl Unlike {
    fn reason(self, locale: Locale) -> &'static str {
        match self {
            Unlike::One => locale.pick("it takes two series", "需要两个序列"),
            Unlike::Units => locale.pick(
                "their units do not allow it; bring amounts to one currency first",
                "两者单位不允许；金额请先换算为同一币种",
            ),
            Unlike::Bases => locale
                .pick("one is before store fees, the other after", "一者为扣除商店佣金前，另一者为扣除后"),
            Unlike::Lengths => {
                locale.pick("they have no periods of the same length", "两者没有同一长度的时段")
            }
        }
    }
}
