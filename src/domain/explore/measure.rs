//! Measures computed from lines: currency conversion, changes, growth rates, indices, shares.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    aggregate,
    model::{Line, LineValue, Missing},
    quantity::Quantity,
    query::Measure,
    rates::Rates,
    rule::Rule,
};
use crate::text::{Period, PeriodLength, Unit, currency::Currency};

/// Converts a line to a currency by published rates. Lines that are not money are returned unchanged.
pub fn converted(line: &Line, currency: Currency, rates: &Rates) -> Line {
    let Unit::Money(from) = &line.unit else { return line.clone() };
    if from == currency.word() {
        return line.clone();
    }
    line.remade(Unit::Money(currency.word().to_owned()), |value| {
        let legs = rates.legs(from, currency.word(), value.period)?;
        legs.into_iter().try_fold(value.clone(), |value, leg| {
            let quantity = leg.apply(&value.quantity).ok_or(Missing::TooLarge)?;
            let rate = LineValue::published(leg.rate.clone());
            let sum = format!(
                "{} {} {} {} = {} {}",
                value.quantity.figures(),
                leg.from,
                leg.sign(),
                rate.quantity.figures(),
                quantity.figures(),
                leg.to
            );
            Ok(value.stepped(&[&rate], Rule::Currency, quantity, sum))
        })
    })
}

/// Applies a measure to lines.
///
/// # Errors
///
/// For shares, if the lines must not be summed.
pub fn measured(
    lines: &[Line],
    measure: Measure,
    base: Option<Period>,
    overlap: &Overlap<'_>,
) -> Result<Vec<Line>, Unsummable> {
    let each = |make: &dyn Fn(&Line) -> Line| Ok(lines.iter().map(make).collect());
    match measure {
        Measure::Level => Ok(lines.to_vec()),
        Measure::PerMonth => each(&per_month),
        Measure::Change => each(&|line| change(line, Rule::Change)),
        Measure::ChangeYear => each(&|line| change(line, Rule::ChangeYear)),
        Measure::PercentChange => each(&|line| growth(line, Rule::PercentChange)),
        Measure::PercentYear => each(&|line| growth(line, Rule::PercentYear)),
        Measure::AnnualRate => each(&|line| annual_rate(line, base)),
        Measure::ContinuousRate => each(&|line| continuous_rate(line, Rule::ContinuousRate)),
        Measure::ContinuousAnnualRate => each(&|line| continuous_rate(line, Rule::ContinuousAnnualRate)),
        Measure::Index => each(&|line| index(line, base_of(lines, line.length, base))),
        Measure::Share => shares(lines, overlap),
    }
}

/// Finds the earlier value to compare with. A value behind a break is not compared with one before it.
fn earlier<'a>(line: &'a Line, period: Option<Period>, of: &LineValue) -> Result<&'a LineValue, Missing> {
    let period = period.ok_or(Missing::NothingEarlier)?;
    let earlier =
        line.at(period).filter(|value| value.period != of.period).ok_or(Missing::Nothing(period))?;
    comparable(line, earlier, of)?;
    Ok(earlier)
}

fn comparable(line: &Line, one: &LineValue, other: &LineValue) -> Result<(), Missing> {
    line.break_between(one.period, other.period).map_or(Ok(()), |found| Err(found.into()))
}

/// Amount per month: the value divided by the months of its period, so that months, quarters and years are alike. Months stay as published.
fn per_month(line: &Line) -> Line {
    line.remade(line.unit.clone(), |value| {
        let months = value.period.months().filter(|_| line.is_amount()).ok_or(Missing::NotPerMonth)?;
        if months == 1 {
            return Ok(value.clone());
        }
        let quantity = value.quantity.over(&Quantity::exactly(months.into())).ok_or(Missing::TooLarge)?;
        let sum = format!("{} ÷ {months} = {}", value.quantity.figures(), quantity.figures());
        Ok(value.stepped(&[], Rule::PerMonth, quantity, sum))
    })
}

/// The period that a rule compares a value with: a year before, or the one before by the calendar. For points in time the latter is the
/// preceding value of the line.
fn compared_with(line: &Line, rule: Rule, value: &LineValue) -> Option<Period> {
    if matches!(rule, Rule::ChangeYear | Rule::PercentYear) {
        return value.period.year_before();
    }
    if line.length != PeriodLength::Point {
        return value.period.before();
    }
    let before = line.values.iter().rev().find(|other| other.period < value.period)?;
    Some(before.period)
}

fn change(line: &Line, rule: Rule) -> Line {
    line.remade(line.unit.of_differences(), |value| {
        let before = earlier(line, compared_with(line, rule, value), value)?;
        let quantity = value.quantity.minus(&before.quantity).ok_or(Missing::TooLarge)?;
        let sum =
            format!("{} − {} = {}", value.quantity.figures(), before.quantity.figures(), quantity.figures());
        Ok(value.stepped(&[before], rule, quantity, sum))
    })
}

fn growth(line: &Line, rule: Rule) -> Line {
    line.remade(Unit::Percent, |value| {
        let before = earlier(line, compared_with(line, rule, value), value)?;
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

/// Continuously compounded rate of change, and its annual form, as FRED defines them (units `cch` and `cca`):
/// (ln xₜ − ln xₜ₋₁) × 100, and that times the number of periods in a year, here 12 ÷ months between.
/// Source: Federal Reserve Bank of St. Louis, <https://alfred.stlouisfed.org/help#growth_formulas>.
fn continuous_rate(line: &Line, rule: Rule) -> Line {
    line.remade(Unit::Percent, |value| {
        let before = earlier(line, compared_with(line, rule, value), value)?;
        if value.quantity.low <= Decimal::ZERO {
            return Err(Missing::NotAboveZero(value.period));
        }
        // ln x − ln y = ln (x ÷ y), which keeps the direction of bounds.
        let rate = divided(value, before)?.ln().and_then(|rate| rate.times(Decimal::ONE_HUNDRED));
        let rate = rate.ok_or(Missing::TooLarge)?;
        let logs = format!("(ln {} − ln {}) × 100", value.quantity.figures(), before.quantity.figures());
        if rule == Rule::ContinuousRate {
            let sum = format!("{logs} = {}", rate.figures());
            return Ok(value.stepped(&[before], rule, rate, sum));
        }
        let months = value.period.months_after(before.period).filter(|months| *months > 0);
        let months = months.ok_or(Missing::Nothing(before.period))?;
        let yearly =
            rate.times(Decimal::from(12)).and_then(|rate| rate.over(&Quantity::exactly(months.into())));
        let yearly = yearly.ok_or(Missing::TooLarge)?;
        let sum = format!("{logs} × 12 ÷ {months} = {}", yearly.figures());
        Ok(value.stepped(&[before], rule, yearly, sum))
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

/// Annual growth rate from the base to each later value, or from each value to the next without a base.
fn annual_rate(line: &Line, base: Option<Period>) -> Line {
    line.remade(Unit::Percent, |value| {
        let before = match base {
            Some(base) => earlier(line, Some(base), value)?,
            None => {
                let before = line.values.iter().rev().find(|other| other.period < value.period);
                before.ok_or(Missing::NothingEarlier)?
            }
        };
        comparable(line, before, value)?;
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

/// Base period of an index: the chosen one, otherwise the first period shared by all lines of this length, otherwise by the most lines.
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
        comparable(line, at_base, value)?;
        let quantity = if value.period == base {
            // The base value is exactly 100, even where it is a range or a bound.
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

/// Predicate on entity ids: whether two entities have anything in common.
pub type Overlap<'a> = dyn Fn(&str, &str) -> bool + 'a;

/// Reason why lines must not be summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsummable {
    /// There is only one line.
    One,
    Indicators,
    Producers,
    Bases,
    /// A stock, an average or a rate.
    NotAdditive,
    /// The same entity twice, or one entity within another.
    Overlap,
    Ranges,
    Negative,
}

/// Checks that lines of the same length may be summed or stacked.
pub fn may_be_summed(lines: &[Line], overlap: &Overlap<'_>) -> Result<(), Unsummable> {
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
    // Shares of the same total add up at one point in time, although not over time.
    let shares = first.unit == Unit::Percent && first.subject.indicator.unit == Unit::Percent;
    if !first.subject.indicator.additive && !shares {
        return Err(Unsummable::NotAdditive);
    }
    for (at, one) in lines.iter().enumerate() {
        for other in &lines[at + 1..] {
            let (a, b) = (&one.subject.entity.id, &other.subject.entity.id);
            if a == b || overlap(a, b) {
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

/// Each value as a share of the total, in periods where every line has a value.
fn shares(lines: &[Line], overlap: &Overlap<'_>) -> Result<Vec<Line>, Unsummable> {
    may_be_summed(lines, overlap)?;
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
