//! Growth as sources print it, beside the growth computed from their values, which may be rounded.

use std::{collections::BTreeMap, sync::Arc};

use rust_decimal::Decimal;

use super::{
    model::{Input, Line, LineValue, Missing},
    query::{Measure, SeriesKey},
    rule::Rule,
};
use crate::{
    domain::observations::disagree::rounds_to,
    text::{Locale, Period, PeriodLength, Unit},
};

/// Indicators of values, each with that of their growth on the year before.
const YEARLY: [(&str, &str); 3] = [
    ("domestic-market-revenue", "domestic-market-growth"),
    ("overseas-revenue-total", "overseas-revenue-growth"),
    ("company-revenue", "company-revenue-growth"),
];

/// Indicators of values, each with that of their growth on the month or quarter before.
const SEQUENTIAL: [(&str, &str); 3] = [
    ("app-downloads", "app-downloads-growth-mom"),
    ("app-iap-revenue", "app-revenue-growth-mom"),
    ("region-iap-revenue", "region-iap-revenue-growth-mom"),
];

/// Percentage points by which the rounding of its values must be able to move a growth rate before the rate says so. It must be able to
/// move it by a fiftieth, too.
const NOTABLE: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// Returns the indicators of growth that belong to a measure of an indicator.
pub fn growth_indicators(indicator: &str, measure: Measure) -> impl Iterator<Item = &'static str> {
    let growing = matches!(measure, Measure::PercentChange | Measure::PercentYear);
    let indicator = indicator.to_owned();
    let all = YEARLY.iter().chain(&SEQUENTIAL).filter(move |(of, _)| growing && *of == indicator);
    all.map(|(_, growth)| *growth)
}

/// Growth rates as printed, by series and period.
#[derive(Debug, Default)]
pub struct PrintedGrowth(BTreeMap<(SeriesKey, Period), Arc<Input>>);

impl PrintedGrowth {
    /// Takes observations of indicators of growth: of each series and period the one that is drawn by default.
    pub fn of(figures: impl IntoIterator<Item = Arc<Input>>) -> PrintedGrowth {
        let drawn = figures.into_iter().filter(|input| input.observation.headline);
        PrintedGrowth(drawn.map(|input| ((input.key(), input.observation.period), input)).collect())
    }

    /// Puts the growth that the producer prints beside each computed one that differs by more than rounding, and beside the reason where none
    /// can be computed.
    pub fn beside(&self, line: &mut Line, measure: Measure) {
        let subject = line.subject.clone();
        let printed = |period: Period| {
            let table: &[(&str, &str)] = match (measure, period.length()) {
                (Measure::PercentYear, _) | (Measure::PercentChange, PeriodLength::Year) => &YEARLY,
                (Measure::PercentChange, PeriodLength::Month | PeriodLength::Quarter) => &SEQUENTIAL,
                _ => return None,
            };
            let (_, growth) = table.iter().find(|(of, _)| *of == subject.indicator.named.id)?;
            let key = SeriesKey {
                indicator: (*growth).to_owned(),
                entity: subject.entity.id.clone(),
                producer: subject.producer.id.clone(),
            };
            self.0.get(&(key, period))
        };
        for value in &mut line.values {
            let differs = |input: &&Arc<Input>| !rounds_to(input.observation.value, value.quantity.low);
            value.printed = printed(value.period).filter(differs).cloned();
        }
        for (period, why) in &mut line.missing {
            if let Some(input) = printed(*period) {
                let growth = Box::new(input.observation.clone());
                *why = Missing::ButPrinted { why: Box::new(why.clone()), growth };
            }
        }
    }
}

impl LineValue {
    /// Returns whether the rounding of the two published values that a growth rate is computed from could move it notably.
    pub fn is_from_rounded(&self) -> bool {
        let growth =
            self.steps.iter().all(|step| matches!(step.rule, Rule::PercentChange | Rule::PercentYear));
        let [one, other] = &self.inputs[..] else { return false };
        let amounts = [one, other].iter().all(|input| is_amount(input));
        if !growth || !amounts {
            return false;
        }
        let moved = relative_rounding(one.observation.value) + relative_rounding(other.observation.value);
        let growth = self.quantity.low;
        moved * (Decimal::ONE_HUNDRED + growth).abs() > NOTABLE.max(growth.abs() / Decimal::from(50))
    }

    /// What a page adds to a computed growth rate: that its values are rounded, and what the source prints.
    pub fn remark(&self, locale: Locale) -> Option<String> {
        let rounded =
            self.is_from_rounded().then(|| locale.pick("from rounded values", "由取整数值计算").to_owned());
        let printed = self.printed.as_ref().map(|input| {
            let growth = input.observation.worded(&input.indicator.unit, locale);
            locale.pick(format!("the source prints {growth}"), format!("来源所载为{growth}"))
        });
        let remarks: Vec<String> = [rounded, printed].into_iter().flatten().collect();
        (!remarks.is_empty()).then(|| remarks.join(locale.pick(", ", "，")))
    }
}

/// Whether a value counts money, people or things by the thousand, so that zeros at its end may be rounding.
fn is_amount(input: &Input) -> bool {
    let countable = matches!(input.indicator.unit, Unit::Money(_) | Unit::People | Unit::Count { .. });
    countable && input.observation.value >= Decimal::ONE_THOUSAND && input.observation.high.is_none()
}

/// Half a unit of the last digit that is not zero, as a part of the value.
fn relative_rounding(value: Decimal) -> Decimal {
    let value = value.normalize();
    let mut mantissa = value.mantissa().unsigned_abs();
    let mut unit = Decimal::ONE;
    while mantissa > 0 && mantissa.is_multiple_of(10) {
        mantissa /= 10;
        unit *= Decimal::TEN;
    }
    let half = Decimal::new(5, 1 + value.scale()) * unit;
    half.checked_div(value.abs()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_number_may_hide_half_its_last_digit() {
        for (value, rounding) in
            [("1400000000", "0.0357"), ("50440000000", "0.0001"), ("37.5", "0.0013"), ("0", "0")]
        {
            assert_eq!(
                relative_rounding(value.parse().unwrap()).round_dp(4),
                rounding.parse().unwrap(),
                "{value}"
            );
        }
    }
}
