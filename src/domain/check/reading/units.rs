//! Whether a number can be one of an indicator, by its unit.

use std::collections::BTreeSet;

use super::{
    super::{
        concepts::Concept,
        number::{Measure, WrittenNumber},
    },
    model::UnitFit,
};
use crate::text::Unit;

/// Kind of a number, by which concepts narrow it down.
pub fn kind(number: &WrittenNumber, unit: &Unit) -> char {
    match (number.measure, unit) {
        (_, Unit::Rate(_)) | (Measure::Rank, _) => 'r',
        (Measure::Money(_), _) | (_, Unit::Money(_)) => 'm',
        (Measure::Percent | Measure::PercentagePoints | Measure::Times, _) => 'p',
        (Measure::People | Measure::Count(_) | Measure::None, _) => 'n',
    }
}

pub fn unit_fit(
    number: &WrittenNumber,
    unit: &Unit,
    concepts: &BTreeSet<Concept>,
    is_chinese: bool,
) -> Option<UnitFit> {
    let same = |yes: bool| yes.then_some(UnitFit::Same);
    let rate = concepts.contains("exchange rate");
    match (number.measure, unit) {
        (Measure::Money(currency), Unit::Rate(name)) => {
            same(rate && currency == "CNY" && name == "CNY per USD")
        }
        (Measure::None, Unit::Rate(name)) => same(rate && name == "CNY per USD"),
        (Measure::Money(_), Unit::Money(_)) if rate => None,
        (Measure::Money(currency), Unit::Money(own)) if currency == own => Some(UnitFit::Same),
        (Measure::Money(_), Unit::Money(_)) => Some(UnitFit::OtherCurrency),
        (Measure::None, Unit::Money(own)) if number.is_scaled => {
            Some(if is_chinese && own == "CNY" { UnitFit::Same } else { UnitFit::NoCurrency })
        }
        (Measure::Percent, Unit::Percent)
        | (Measure::Times, Unit::Ratio)
        | (Measure::People, Unit::People) => Some(UnitFit::Same),
        (Measure::Rank, Unit::Count { en, .. }) => same(en == "rank"),
        (Measure::Count(Some(label)), Unit::Count { en, .. }) => {
            same(en == label || en.contains(label) && label != "titles")
        }
        (Measure::None | Measure::Count(None), Unit::Count { en, .. }) => same(en != "rank"),
        (Measure::None | Measure::Count(None), Unit::People) => Some(UnitFit::Same),
        _ => None,
    }
}
