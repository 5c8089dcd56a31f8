//! Aggregation of shorter periods into longer ones.

use std::collections::BTreeSet;

use super::{
    model::{Line, LineValue, Missing, Step},
    quantity::Quantity,
    query::How,
    rule::Rule,
};
use crate::text::{Period, PeriodLength};

/// Lines of a series in periods of one length: values as published, and, where parts cover the period without gap or overlap, their sum.
/// Values that must not be summed are averaged or taken at the end of the period if `how` says so. What is made of parts never replaces a
/// published value.
pub fn of_length(lines: &[Line], length: PeriodLength, how: Option<How>) -> Vec<Line> {
    let mut bases: Vec<_> = lines.iter().map(|line| line.basis).collect();
    bases.sort();
    bases.dedup();
    let mut found = Vec::new();
    for basis in bases {
        let alike: Vec<&Line> = lines.iter().filter(|line| line.basis == basis).collect();
        let Some(first) = alike.first() else { continue };
        let published = alike.iter().find(|line| line.length == length);
        let mut line = match published {
            Some(line) => (*line).clone(),
            None => Line { length, values: Vec::new(), ..(*first).clone() },
        };
        let rule = match (first.subject.indicator.additive, how) {
            (true, _) => Some(Rule::Sum),
            (false, Some(How::Average)) => Some(Rule::Average),
            (false, Some(How::End)) => Some(Rule::EndOfPeriod),
            (false, None) => None,
        };
        if let Some(rule) = rule {
            add_made(&mut line, &alike, rule);
        }
        if !line.values.is_empty() {
            found.push(line);
        }
    }
    found
}

/// Adds the values that a rule makes of parts.
fn add_made(line: &mut Line, alike: &[&Line], rule: Rule) {
    let points = rule == Rule::EndOfPeriod;
    let parts: Vec<&LineValue> = alike
        .iter()
        .filter(|other| other.length != line.length && (points || other.length != PeriodLength::Point))
        .flat_map(|other| &other.values)
        .collect();
    let whole: BTreeSet<Period> =
        parts.iter().filter_map(|part| Period::around(part.period.start, line.length)).collect();
    for period in whole {
        if line.at(period).is_some() {
            continue;
        }
        let within: Vec<&LineValue> = parts
            .iter()
            .copied()
            .filter(|part| part.period.start >= period.start && part.period.end <= period.end)
            .collect();
        if within.is_empty() {
            continue;
        }
        let made = match rule {
            Rule::EndOfPeriod => at_end(period, &within),
            _ => covering(period, &within).ok_or(Missing::Parts).and_then(|parts| match rule {
                Rule::Average => average(line, period, &parts),
                _ => sum(line, period, &parts),
            }),
        };
        match made {
            Ok(value) => line.values.push(value),
            Err(missing) => {
                line.missing.insert(period, missing);
            }
        }
    }
    line.values.sort_by_key(|value| value.period);
}

/// What the choice of a period length made of the values of shorter periods, and what it left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    pub rule: Rule,
    /// Length of the parts, if it is the same for all.
    pub parts: Option<PeriodLength>,
    /// Number of values of parts that were used.
    pub used: usize,
    pub length: PeriodLength,
    /// Number of values made of them.
    pub made: usize,
    /// Number of periods with some parts but no value.
    pub left_out: usize,
}

/// Returns what aggregation did to a series. `None` if all its values of that length are as published and none is left out.
pub fn loss(before: &[Line], after: &[Line]) -> Option<Loss> {
    let length = after.first()?.length;
    let made = || after.iter().flat_map(|line| &line.values).filter(|value| !value.steps.is_empty());
    let left_out = after.iter().map(|line| line.missing.len()).sum();
    if made().next().is_none() && left_out == 0 {
        return None;
    }
    let mut lengths: Vec<PeriodLength> = match made().next() {
        Some(_) => {
            made().flat_map(|value| &value.inputs).map(|input| input.observation.period.length()).collect()
        }
        None => before.iter().map(|line| line.length).filter(|other| *other != length).collect(),
    };
    lengths.sort();
    lengths.dedup();
    Some(Loss {
        rule: made().find_map(|value| value.steps.first()).map_or(Rule::Sum, |step| step.rule),
        parts: <[PeriodLength; 1]>::try_from(lengths).ok().map(|[length]| length),
        used: made().map(|value| value.inputs.len()).sum(),
        length,
        made: made().count(),
        left_out,
    })
}

/// Finds consecutive parts that run from the first day of a period to its last. Prefers longer parts, so that as few as possible are
/// summed.
fn covering<'a>(period: Period, parts: &[&'a LineValue]) -> Option<Vec<&'a LineValue>> {
    fn from<'a>(
        start: chrono::NaiveDate,
        end: chrono::NaiveDate,
        parts: &[&'a LineValue],
        found: &mut Vec<&'a LineValue>,
    ) -> bool {
        if start > end {
            return true;
        }
        let mut next: Vec<&LineValue> =
            parts.iter().copied().filter(|part| part.period.start == start).collect();
        next.sort_by_key(|part| std::cmp::Reverse(part.period.end));
        for part in next {
            let Some(after) = part.period.end.succ_opt() else { continue };
            found.push(part);
            if from(after, end, parts, found) {
                return true;
            }
            found.pop();
        }
        false
    }
    let mut found = Vec::new();
    from(period.start, period.end, parts, &mut found).then_some(found)
}

/// Sums the parts of a period. Parts before and behind a break do not make a whole.
fn sum(line: &Line, period: Period, parts: &[&LineValue]) -> Result<LineValue, Missing> {
    let (first, others) = parts.split_first().ok_or(Missing::Parts)?;
    for part in others {
        line.break_between(first.period, part.period).map_or(Ok(()), |found| Err(Missing::from(found)))?;
    }
    let total = others.iter().try_fold(first.quantity, |sum, part| sum.plus(&part.quantity));
    let total = total.ok_or(Missing::TooLarge)?;
    let terms: Vec<String> = parts.iter().map(|part| part.quantity.figures()).collect();
    let text = format!("{} = {}", terms.join(" + "), total.figures());
    Ok(LineValue { period, ..first.stepped(others, Rule::Sum, total, text) })
}

/// Averages the parts of a period. They must be equally long and not lie on both sides of a break.
fn average(line: &Line, period: Period, parts: &[&LineValue]) -> Result<LineValue, Missing> {
    if parts.windows(2).any(|pair| pair[0].period.length() != pair[1].period.length()) {
        return Err(Missing::Parts);
    }
    let summed = sum(line, period, parts)?;
    let count = Quantity::exactly(parts.len().into());
    let mean = summed.quantity.over(&count).ok_or(Missing::TooLarge)?;
    let terms: Vec<String> = parts.iter().map(|part| part.quantity.figures()).collect();
    let text = format!("({}) ÷ {} = {}", terms.join(" + "), parts.len(), mean.figures());
    let steps = vec![Step { rule: Rule::Average, sum: text }];
    Ok(LineValue { quantity: mean, steps, ..summed })
}

/// Takes the value of the part that ends with the period: of several, the shortest.
fn at_end(period: Period, parts: &[&LineValue]) -> Result<LineValue, Missing> {
    let last = parts.iter().filter(|part| part.period.end == period.end);
    let last = last.max_by_key(|part| part.period.start).ok_or(Missing::Parts)?;
    let text = format!("{}: {}", last.period.code(), last.quantity.figures());
    Ok(LineValue { period, ..last.stepped(&[], Rule::EndOfPeriod, last.quantity, text) })
}

/// Sums quantities. `None` if there are none or the result overflows.
pub fn total<'a>(quantities: impl IntoIterator<Item = &'a Quantity>) -> Option<Quantity> {
    let mut quantities = quantities.into_iter();
    let first = *quantities.next()?;
    quantities.try_fold(first, |sum, quantity| sum.plus(quantity))
}
