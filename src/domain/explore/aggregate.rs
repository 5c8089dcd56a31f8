//! Aggregation of shorter periods into longer ones.

use std::collections::BTreeSet;

use super::{
    model::{Line, LineValue, Missing},
    quantity::Quantity,
    rule::Rule,
};
use crate::text::{Period, PeriodLength};

/// Lines of a series in periods of one length: values as published, and, where the series may be summed, sums of parts that cover the
/// period without gap or overlap. A sum never replaces a published value.
pub fn of_length(lines: &[Line], length: PeriodLength) -> Vec<Line> {
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
        if first.subject.indicator.additive {
            add_sums(&mut line, &alike);
        }
        if !line.values.is_empty() {
            found.push(line);
        }
    }
    found
}

fn add_sums(line: &mut Line, alike: &[&Line]) {
    let parts: Vec<&LineValue> = alike
        .iter()
        .filter(|other| other.length != line.length && other.length != PeriodLength::Point)
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
        match covering(period, &within).ok_or(Missing::Parts).and_then(|parts| sum(line, period, &parts)) {
            Ok(value) => line.values.push(value),
            Err(missing) => {
                line.missing.insert(period, missing);
            }
        }
    }
    line.values.sort_by_key(|value| value.period);
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

/// Sums quantities. `None` if there are none or the result overflows.
pub fn total<'a>(quantities: impl IntoIterator<Item = &'a Quantity>) -> Option<Quantity> {
    let mut quantities = quantities.into_iter();
    let first = *quantities.next()?;
    quantities.try_fold(first, |sum, quantity| sum.plus(quantity))
}
