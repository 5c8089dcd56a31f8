//! What is made of the values of lines: other currencies, changes, rates, indices, shares, ratios.

use std::{collections::BTreeMap, sync::Arc};

use rust_decimal::Decimal;

use super::{
    aggregate,
    model::{Input, Line, LineValue, Missing},
    quantity::Quantity,
    query::{Currency, Formula, Measure},
    rule::Rule,
};
use crate::{
    domain::{indicators::model::Topic, observations::model::Qualifier},
    text::{Period, PeriodLength, Unit},
};

/// Published exchange rates, each for its own period.
#[derive(Clone, Debug, Default)]
pub struct Rates(BTreeMap<Period, Arc<Input>>);

/// How the rate is published.
const RATE: &str = "CNY per USD";

impl Rates {
    /// Of all figures, those that are rates: stated ones. A rate that was worked out from two amounts is none.
    pub fn of(figures: impl IntoIterator<Item = Arc<Input>>) -> Rates {
        let is_rate = |input: &Arc<Input>| {
            input.indicator.topic == Topic::Fx
                && input.indicator.unit == Unit::Rate(RATE.to_owned())
                && input.observation.qualifier == Qualifier::Exact
                && input.observation.headline
                && input.observation.high.is_none()
        };
        let rates = figures.into_iter().filter(is_rate);
        Rates(rates.map(|input| (input.observation.period, input)).collect())
    }

    pub fn get(&self, period: Period) -> Option<&Arc<Input>> {
        self.0.get(&period)
    }
}

/// The line in a currency; a line that is no money stays as it is.
pub fn converted(line: &Line, currency: Currency, rates: &Rates) -> Line {
    let Unit::Money(from) = &line.unit else { return line.clone() };
    if from == currency.word() {
        return line.clone();
    }
    line.remade(Unit::Money(currency.word().to_owned()), |value| {
        let input = rates.get(value.period).ok_or(Missing::NoRate)?;
        let rate = LineValue::published(input.clone());
        let (sign, quantity) = match currency {
            Currency::Usd => ("÷", value.quantity.over(&rate.quantity)),
            Currency::Cny => ("×", value.quantity.times(input.observation.value)),
        };
        let quantity = quantity.ok_or(Missing::TooLarge)?;
        let sum = format!(
            "{} {from} {sign} {} = {} {}",
            value.quantity.figures(),
            rate.quantity.figures(),
            quantity.figures(),
            currency.word()
        );
        Ok(value.stepped(&[&rate], Rule::Currency, quantity, sum))
    })
}

/// What a measure makes of lines.
///
/// # Errors
///
/// Where lines must not be summed, for their share of the sum.
pub fn measured(
    lines: &[Line],
    measure: Measure,
    base: Option<Period>,
    inside: &Inside<'_>,
) -> Result<Vec<Line>, Unsummable> {
    let each = |make: &dyn Fn(&Line) -> Line| Ok(lines.iter().map(make).collect());
    match measure {
        Measure::Level => Ok(lines.to_vec()),
        Measure::Change => each(&change),
        Measure::PercentChange => each(&|line| growth(line, Rule::PercentChange, Period::before)),
        Measure::PercentYear => each(&|line| growth(line, Rule::PercentYear, Period::year_before)),
        Measure::AnnualRate => each(&|line| annual_rate(line, base)),
        Measure::Index => each(&|line| index(line, base_of(lines, line.length, base))),
        Measure::Share => shares(lines, inside),
    }
}

/// The value that a later one is compared with.
fn earlier<'a>(line: &'a Line, period: Option<Period>, of: &LineValue) -> Result<&'a LineValue, Missing> {
    let period = period.ok_or(Missing::NothingEarlier)?;
    line.at(period).filter(|value| value.period != of.period).ok_or(Missing::Nothing(period))
}

fn change(line: &Line) -> Line {
    line.remade(line.unit.of_differences().clone(), |value| {
        let before = earlier(line, previous(line, value), value)?;
        let quantity = value.quantity.minus(&before.quantity).ok_or(Missing::TooLarge)?;
        let sum =
            format!("{} − {} = {}", value.quantity.figures(), before.quantity.figures(), quantity.figures());
        Ok(value.stepped(&[before], Rule::Change, quantity, sum))
    })
}

/// The period before: by the calendar; of points in time, which have no calendar, the one before.
fn previous(line: &Line, value: &LineValue) -> Option<Period> {
    if line.length != PeriodLength::Point {
        return value.period.before();
    }
    let before = line.values.iter().rev().find(|other| other.period < value.period)?;
    Some(before.period)
}

fn growth(line: &Line, rule: Rule, before: impl Fn(Period) -> Option<Period>) -> Line {
    line.remade(Unit::Percent, |value| {
        let period = match rule {
            Rule::PercentChange if line.length == PeriodLength::Point => previous(line, value),
            _ => before(value.period),
        };
        let before = earlier(line, period, value)?;
        let quotient = divided(value, before)?;
        let quantity = percent_above(quotient).ok_or(Missing::TooLarge)?;
        let sum = format!(
            "({} ÷ {} − 1) × 100 = {}",
            value.quantity.figures(),
            before.quantity.figures(),
            quantity.figures()
        );
        Ok(value.stepped(&[before], rule, quantity, sum))
    })
}

fn divided(value: &LineValue, by: &LineValue) -> Result<Quantity, Missing> {
    if by.quantity.low <= Decimal::ZERO {
        return Err(Missing::NotAboveZero(by.period));
    }
    value.quantity.over(&by.quantity).ok_or(Missing::TooLarge)
}

fn percent_above(quotient: Quantity) -> Option<Quantity> {
    quotient.less_than_by(Decimal::ONE)?.times(Decimal::ONE_HUNDRED)
}

/// From the base to each later value; without a base from each value to the next.
fn annual_rate(line: &Line, base: Option<Period>) -> Line {
    line.remade(Unit::Percent, |value| {
        let before = match base {
            Some(base) => earlier(line, Some(base), value)?,
            None => {
                let before = line.values.iter().rev().find(|other| other.period < value.period);
                before.ok_or(Missing::NothingEarlier)?
            }
        };
        let months = value.period.months_after(before.period).filter(|months| *months > 0);
        let months = months.ok_or(Missing::Nothing(before.period))?;
        let quotient = divided(value, before)?;
        if value.quantity.low <= Decimal::ZERO {
            return Err(Missing::NotAboveZero(value.period));
        }
        let yearly = quotient.power(12, months).ok_or(Missing::TooLarge)?;
        let quantity = percent_above(yearly).ok_or(Missing::TooLarge)?;
        let sum = format!(
            "(({} ÷ {}) ^ (12 ÷ {months}) − 1) × 100 = {}",
            value.quantity.figures(),
            before.quantity.figures(),
            quantity.figures()
        );
        Ok(value.stepped(&[before], Rule::AnnualRate, quantity, sum))
    })
}

/// The base of an index: as chosen, or the first period that all lines of this length have, or that the most have.
pub fn base_of(lines: &[Line], length: PeriodLength, chosen: Option<Period>) -> Option<Period> {
    if chosen.is_some_and(|base| base.length() == length) {
        return chosen;
    }
    let alike = || lines.iter().filter(|line| line.length == length);
    let mut counts: BTreeMap<Period, usize> = BTreeMap::new();
    for value in alike().flat_map(|line| &line.values) {
        *counts.entry(value.period).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(period, _)| period)
}

fn index(line: &Line, base: Option<Period>) -> Line {
    let Some(base) = base else { return line.clone() };
    line.remade(Unit::Index(base), |value| {
        let at_base = line.at(base).ok_or(Missing::Nothing(base))?;
        let quantity = if value.period == base {
            // Whatever the value is, it is the hundred: a range or a bound at the base too.
            if at_base.quantity.low <= Decimal::ZERO {
                return Err(Missing::NotAboveZero(base));
            }
            Quantity {
                low: Decimal::ONE_HUNDRED,
                high: Decimal::ONE_HUNDRED,
                more: false,
                less: false,
                ..value.quantity
            }
        } else {
            divided(value, at_base)?.times(Decimal::ONE_HUNDRED).ok_or(Missing::TooLarge)?
        };
        let sum = format!(
            "{} ÷ {} × 100 = {}",
            value.quantity.figures(),
            at_base.quantity.figures(),
            quantity.figures()
        );
        Ok(value.stepped(&[at_base], Rule::Index, quantity, sum))
    })
}

/// Whether one entity lies in another, by their ids.
pub type Inside<'a> = dyn Fn(&str, &str) -> bool + 'a;

/// Why lines must not be summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsummable {
    /// There is but one.
    One,
    Indicators,
    Producers,
    Bases,
    /// A stock, an average, a rate.
    NotAdditive,
    /// The same entity twice, or one inside another.
    Overlap,
    Ranges,
    Negative,
}

/// Checks that lines of the same length may stand on each other.
pub fn may_be_summed(lines: &[Line], inside: &Inside<'_>) -> Result<(), Unsummable> {
    let [first, others @ ..] = lines else { return Err(Unsummable::One) };
    if others.is_empty() {
        return Err(Unsummable::One);
    }
    for other in others {
        let (a, b) = (&first.subject, &other.subject);
        if a.indicator.named.id != b.indicator.named.id || first.unit != other.unit {
            return Err(Unsummable::Indicators);
        }
        if a.producer.id != b.producer.id {
            return Err(Unsummable::Producers);
        }
        if first.basis != other.basis || first.length != other.length {
            return Err(Unsummable::Bases);
        }
    }
    // Shares of one whole add up although they do not add up over time.
    let shares = first.unit == Unit::Percent && first.subject.indicator.unit == Unit::Percent;
    if !first.subject.indicator.additive && !shares {
        return Err(Unsummable::NotAdditive);
    }
    for (at, one) in lines.iter().enumerate() {
        for other in &lines[at + 1..] {
            let (a, b) = (&one.subject.entity.id, &other.subject.entity.id);
            if a == b || inside(a, b) || inside(b, a) {
                return Err(Unsummable::Overlap);
            }
        }
        if one.has_ranges() {
            return Err(Unsummable::Ranges);
        }
        if one.values.iter().any(|value| value.quantity.low < Decimal::ZERO) {
            return Err(Unsummable::Negative);
        }
    }
    Ok(())
}

/// Each value as a share of the sum of all, in periods for which all have one.
fn shares(lines: &[Line], inside: &Inside<'_>) -> Result<Vec<Line>, Unsummable> {
    may_be_summed(lines, inside)?;
    let line = |line: &Line| {
        line.remade(Unit::Percent, |value| {
            let all: Option<Vec<&LineValue>> = lines.iter().map(|other| other.at(value.period)).collect();
            let all = all.ok_or(Missing::NoOther)?;
            let sum = aggregate::total(all.iter().map(|value| &value.quantity)).ok_or(Missing::TooLarge)?;
            if sum.low <= Decimal::ZERO {
                return Err(Missing::NotAboveZero(value.period));
            }
            let share = value.quantity.over(&sum).and_then(|share| share.times(Decimal::ONE_HUNDRED));
            let share = share.ok_or(Missing::TooLarge)?;
            let terms: Vec<String> = all.iter().map(|value| value.quantity.figures()).collect();
            let text =
                format!("{} ÷ ({}) × 100 = {}", value.quantity.figures(), terms.join(" + "), share.figures());
            let others: Vec<&LineValue> =
                all.into_iter().filter(|other| !std::ptr::eq(*other, value)).collect();
            Ok(value.stepped(&others, Rule::Share, share, text))
        })
    };
    Ok(lines.iter().map(line).collect())
}

/// Why two series cannot be set against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// There is no second series.
    One,
    /// Their units have no difference or no quotient.
    Units,
    /// They have no periods of one length.
    Lengths,
}

/// The first two series set against each other, where both have a value for the same period.
pub fn against(lines: &[Line], formula: Formula) -> Result<Vec<Line>, Unlike> {
    let mut numbers: Vec<usize> = lines.iter().map(|line| line.number).collect();
    numbers.dedup();
    let [one, two, ..] = numbers[..] else { return Err(Unlike::One) };
    let of = |number: usize| lines.iter().filter(move |line| line.number == number);
    let mut made = Vec::new();
    let mut alike = false;
    for first in of(one) {
        let Some(second) = of(two).find(|line| line.length == first.length) else { continue };
        alike = true;
        let Some(unit) = unit_against(&first.unit, &second.unit, formula) else {
            return Err(Unlike::Units);
        };
        let line = first.remade(unit, |value| {
            let other = second.at(value.period).ok_or(Missing::NoOther)?;
            let (rule, quantity) = match formula {
                Formula::Ratio => (Rule::Ratio, divided(value, other)?),
                Formula::Percentage => {
                    let percentage = divided(value, other)?.times(Decimal::ONE_HUNDRED);
                    (Rule::Percentage, percentage.ok_or(Missing::TooLarge)?)
                }
                Formula::Difference => {
                    (Rule::Difference, value.quantity.minus(&other.quantity).ok_or(Missing::TooLarge)?)
                }
            };
            let (a, b) = (value.quantity.figures(), other.quantity.figures());
            let sides = match formula {
                Formula::Ratio => format!("{a} ÷ {b}"),
                Formula::Percentage => format!("{a} ÷ {b} × 100"),
                Formula::Difference => format!("{a} − {b}"),
            };
            let sum = format!("{sides} = {}", quantity.figures());
            Ok(value.stepped(&[other], rule, quantity, sum))
        });
        made.push(Line { against: Some((formula, second.subject.clone())), ..line });
    }
    if alike { Ok(made) } else { Err(Unlike::Lengths) }
}

fn unit_against(first: &Unit, second: &Unit, formula: Formula) -> Option<Unit> {
    match (formula, first, second) {
        (Formula::Difference, a, b) if a == b => Some(a.of_differences().clone()),
        (Formula::Difference, ..) => None,
        (Formula::Percentage, a, b) => (a == b).then_some(Unit::Percent),
        (_, a, b) if a == b => Some(Unit::Ratio),
        (_, Unit::Money(a), Unit::Money(b)) if a == "CNY" && b == "USD" => Some(Unit::Rate(RATE.to_owned())),
        (_, Unit::Money(_), Unit::People | Unit::Count { .. }) => Some(first.clone()),
        (_, Unit::People | Unit::Count { .. }, Unit::People | Unit::Count { .. }) => Some(Unit::Ratio),
        _ => None,
    }
}
