//! Lines combined by a formula: units, refusals, and the values of each period.

use rust_decimal::Decimal;

use super::{
    formula::{Expression, Formula, Operator, letter},
    measure::Overlap,
    model::{Combined, Line, LineValue, Missing},
    quantity::Quantity,
    rule::Rule,
};
use crate::text::{Period, Unit};

/// Unit of a quotient of yuan and dollars.
const RATE: &str = "CNY per USD";

/// Reason why series cannot be combined by a formula. Texts are the part of the formula that has no meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// No series with this letter has values here.
    NoSeries(char),
    /// The units do not allow the operation.
    Units(String),
    /// Values of a stock, an average or a rate are added.
    NotAdditive(String),
    /// What is added has something in common.
    Overlap(String),
    /// The series have no periods of the same length.
    Lengths,
    /// One series is before store fees, the other after.
    Bases,
}

/// What an expression measures.
struct Kind {
    /// `None` for a plain number.
    unit: Option<Unit>,
    /// Whether it may be added to others: an amount of a period, not a stock, an average or a rate.
    additive: bool,
}

/// Combines the chosen series by a formula, in periods where all that it names have a value. Makes a line of each period length and basis
/// of the first series named.
///
/// # Errors
///
/// If what the formula says has no meaning.
pub fn combined(lines: &[Line], formula: &Formula, overlap: &Overlap<'_>) -> Result<Vec<Line>, Unlike> {
    let numbers = formula.expression().series();
    let of = |number: usize| lines.iter().filter(move |line| line.number == number);
    if let Some(missing) = numbers.iter().find(|number| of(**number).next().is_none()) {
        return Err(Unlike::NoSeries(letter(*missing).unwrap_or('?')));
    }
    let mut made = Vec::new();
    for first in numbers.first().into_iter().flat_map(|number| of(*number)) {
        let alike = |number: &usize| {
            let of_length = of(*number).filter(|line| line.length == first.length);
            of_length.min_by_key(|line| line.basis != first.basis)
        };
        let Some(others) = numbers[1..].iter().map(alike).collect::<Option<Vec<_>>>() else { continue };
        let operands = [vec![first], others].concat();
        let mut bases = operands.iter().filter_map(|line| line.basis);
        if let Some(one) = bases.next()
            && bases.any(|other| other != one)
        {
            return Err(Unlike::Bases);
        }
        let kind = kind(formula.expression(), &operands, overlap)?;
        made.push(line(formula, &operands, kind.unit.unwrap_or(Unit::Ratio)));
    }
    if made.is_empty() { Err(Unlike::Lengths) } else { Ok(made) }
}

/// Computes the line of a formula from lines of one period length. It has the breaks of all of them.
fn line(formula: &Formula, operands: &[&Line], unit: Unit) -> Line {
    let first = operands[0];
    let made = first.remade(unit, |value| {
        let others = operands[1..].iter().map(|line| line.at(value.period));
        let others: Vec<&LineValue> = others.collect::<Option<_>>().ok_or(Missing::NoOther)?;
        let all = [vec![value], others.clone()].concat();
        let of = |number: usize| {
            let at = operands.iter().position(|line| line.number == number)?;
            all.get(at).copied()
        };
        let quantity = evaluated(formula.expression(), value.period, &of)?;
        let figures = |number| of(number).map(|value| value.quantity.figures()).unwrap_or_default();
        let sum = format!("{} = {}", formula.written(&figures), quantity.figures());
        Ok(value.stepped(&others, Rule::Formula, quantity, sum))
    });
    let mut breaks: Vec<_> = operands.iter().flat_map(|line| line.breaks.clone()).collect();
    breaks.sort_by_key(|found| found.from);
    breaks.dedup();
    let operands = operands.iter().map(|line| line.without_values()).collect();
    Line { combined: Some(Combined { formula: formula.clone(), operands }), breaks, ..made }
}

/// Computes the quantity of an expression. Treats repeated operands as independent, so that a range may come out wider than it is, but
/// never too narrow.
fn evaluated<'a>(
    expression: &Expression,
    period: Period,
    of: &dyn Fn(usize) -> Option<&'a LineValue>,
) -> Result<Quantity, Missing> {
    match expression {
        Expression::Series(number) => of(*number).map(|value| value.quantity).ok_or(Missing::NoOther),
        Expression::Number(value) => Ok(Quantity::exactly(*value)),
        Expression::Operation(left, operator, right) => {
            let (left, right) = (evaluated(left, period, of)?, evaluated(right, period, of)?);
            let result = match operator {
                Operator::Plus => left.plus(&right),
                Operator::Minus => left.minus(&right),
                Operator::Times => left.product(&right),
                Operator::Over if right.low <= Decimal::ZERO => return Err(Missing::NotAboveZero(period)),
                Operator::Over => left.over(&right),
            };
            result.ok_or(Missing::TooLarge)
        }
    }
}

fn kind(expression: &Expression, operands: &[&Line], overlap: &Overlap<'_>) -> Result<Kind, Unlike> {
    match expression {
        Expression::Series(number) => {
            let line = operands.iter().find(|line| line.number == *number);
            let line = line.ok_or(Unlike::NoSeries(letter(*number).unwrap_or('?')))?;
            Ok(Kind { unit: Some(line.unit.clone()), additive: line.is_amount() })
        }
        Expression::Number(_) => Ok(Kind { unit: None, additive: true }),
        Expression::Operation(one, operator, other) => {
            let (left, right) = (kind(one, operands, overlap)?, kind(other, operands, overlap)?);
            let number = match (&**one, &**other) {
                (Expression::Number(value), _) | (_, Expression::Number(value)) => Some(*value),
                _ => None,
            };
            let unit = unit(&left.unit, *operator, &right.unit, number);
            let unit = unit.ok_or_else(|| Unlike::Units(expression.lettered()))?;
            let additive = match operator {
                Operator::Plus | Operator::Minus => left.additive && right.additive,
                // A multiple of an amount is one; a product or quotient of two amounts is not.
                Operator::Times => {
                    left.additive && right.additive && [&left, &right].iter().any(|one| one.unit.is_none())
                }
                Operator::Over => left.additive && right.unit.is_none(),
            };
            let summed = *operator == Operator::Plus && left.unit.is_some() && right.unit.is_some();
            if summed && !additive {
                return Err(Unlike::NotAdditive(expression.lettered()));
            }
            if summed && shared(one, other, operands, overlap) {
                return Err(Unlike::Overlap(expression.lettered()));
            }
            Ok(Kind { unit, additive })
        }
    }
}

/// Returns whether both sides of a sum have values of one indicator for the same entity, or for one entity within another.
fn shared(left: &Expression, right: &Expression, operands: &[&Line], overlap: &Overlap<'_>) -> bool {
    let subjects = |side: &Expression| {
        let numbers = side.series();
        let own = operands.iter().filter(move |line| numbers.contains(&line.number));
        own.map(|line| &line.subject).collect::<Vec<_>>()
    };
    let (left, right) = (subjects(left), subjects(right));
    left.iter().any(|one| {
        let alike = |other: &&&super::model::Subject| {
            one.indicator.named.id == other.indicator.named.id
                && (one.entity.id == other.entity.id || overlap(&one.entity.id, &other.entity.id))
        };
        right.iter().any(|other| alike(&other))
    })
}

/// Unit of an operation; the inner `None` is a plain number. The outer `None` means that it has no meaning. `number` is the value of a side
/// that is a number.
fn unit(
    left: &Option<Unit>,
    operator: Operator,
    right: &Option<Unit>,
    number: Option<Decimal>,
) -> Option<Option<Unit>> {
    let hundred = number == Some(Decimal::ONE_HUNDRED);
    let unit = match (left, operator, right) {
        (None, _, None) => return Some(None),
        // One may be subtracted from a ratio, but not from an amount.
        (Some(Unit::Ratio), Operator::Plus | Operator::Minus, None)
        | (None, Operator::Plus | Operator::Minus, Some(Unit::Ratio))
        | (None, Operator::Over, Some(Unit::Ratio)) => Unit::Ratio,
        (Some(Unit::Ratio), Operator::Times, None) | (None, Operator::Times, Some(Unit::Ratio))
            if hundred =>
        {
            Unit::Percent
        }
        (Some(Unit::Percent), Operator::Over, None) if hundred => Unit::Ratio,
        (Some(unit), Operator::Times | Operator::Over, None) | (None, Operator::Times, Some(unit)) => {
            unit.clone()
        }
        (None, ..) | (_, _, None) => return None,
        (Some(a), operator, Some(b)) => of_two(a, operator, b)?,
    };
    Some(Some(unit))
}

fn of_two(left: &Unit, operator: Operator, right: &Unit) -> Option<Unit> {
    match (operator, left, right) {
        (Operator::Plus, a, b) if a == b => Some(a.clone()),
        (Operator::Minus, a, b) if a == b => Some(a.of_differences()),
        (Operator::Times, Unit::Ratio, other) | (Operator::Times, other, Unit::Ratio) => Some(other.clone()),
        (Operator::Over, a, b) if a == b => Some(Unit::Ratio),
        (Operator::Over, other, Unit::Ratio) => Some(other.clone()),
        (Operator::Over, Unit::Money(a), Unit::Money(b)) if a == "CNY" && b == "USD" => {
            Some(Unit::Rate(RATE.to_owned()))
        }
        (Operator::Over, Unit::Money(_), Unit::People | Unit::Count { .. }) => Some(left.clone()),
        (Operator::Over, Unit::People | Unit::Count { .. }, Unit::People | Unit::Count { .. }) => {
            Some(Unit::Ratio)
        }
        _ => None,
    }
}
