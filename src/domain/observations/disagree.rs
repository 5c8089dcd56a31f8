//! Disagreements between sources about the same quantity, with a sentence that describes the difference.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::model::{Observation, Qualifier};
use crate::text::{Locale, Named, Period, Unit};

/// All observations of one indicator for one entity and period, of which at least two differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    pub entity: Named,
    pub period: Period,
    /// Sorted by value, lowest first.
    pub figures: Vec<Observation>,
}

/// Finds every entity and period with more than one value, latest period first.
pub fn disagreements(rows: &[Observation]) -> Vec<Disagreement> {
    let mut groups: BTreeMap<(Period, &str), Vec<&Observation>> = BTreeMap::new();
    for row in rows {
        groups.entry((row.period, &row.entity.id)).or_default().push(row);
    }
    let mut found: Vec<Disagreement> = groups
        .into_values()
        .filter(|group| group.iter().map(|row| (row.value, row.high)).collect::<BTreeSet<_>>().len() > 1)
        .map(|group| {
            let mut figures: Vec<Observation> = group.into_iter().cloned().collect();
            figures.sort_by(|a, b| {
                (a.value, a.upper(), &a.producer, &a.source.id).cmp(&(
                    b.value,
                    b.upper(),
                    &b.producer,
                    &b.source.id,
                ))
            });
            Disagreement { entity: figures[0].entity.clone(), period: figures[0].period, figures }
        })
        .collect();
    found.sort_by(|a, b| {
        (b.period.end, b.period.start, &a.entity.id).cmp(&(a.period.end, a.period.start, &b.entity.id))
    });
    found
}

/// Whether one number may be a rounding of the other: both are equal to the significant digits of the shorter one, rounded or truncated,
/// and less than 5 % apart. “200” is not a rounding of 237.
pub fn rounds_to(a: Decimal, b: Decimal) -> bool {
    let digits = |value: Decimal| {
        let digits = value.normalize().mantissa().unsigned_abs().to_string();
        digits.trim_end_matches('0').len().max(1) as u32
    };
    let (short, long) = if digits(a) <= digits(b) { (a, b) } else { (b, a) };
    let alike = |way| long.round_sf_with_strategy(digits(short), way) == Some(short);
    use rust_decimal::RoundingStrategy::{MidpointAwayFromZero, MidpointNearestEven, ToZero};
    let near = (a - b).abs() * Decimal::from(20) <= a.abs().max(b.abs());
    near && [MidpointAwayFromZero, MidpointNearestEven, ToZero].into_iter().any(alike)
}

/// Finds observations in which one producer gives the same number for periods of different length. For a quantity that adds up over time,
/// at most one of them can be correct.
pub fn same_number(rows: &[Observation]) -> Vec<Vec<Observation>> {
    let mut groups: BTreeMap<(&str, &str, Decimal), Vec<&Observation>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.high.is_none() && !row.value.is_zero()) {
        groups.entry((&row.entity.id, &row.producer.named.id, row.value)).or_default().push(row);
    }
    let lengths =
        |group: &[&Observation]| group.iter().map(|row| row.period.length()).collect::<BTreeSet<_>>().len();
    let several = groups.into_values().filter(|group| lengths(group) > 1);
    several
        .map(|mut group| {
            group.sort_by_key(|row| (row.period, &row.source.id));
            group.into_iter().cloned().collect()
        })
        .collect()
}

/// Finds observations in which one source implies different numbers where there should be one, such as an exchange rate. Rates that the
/// source states are excluded, because each is for its own period.
pub fn two_in_one_source(rows: &[Observation]) -> Vec<Vec<Observation>> {
    let mut groups: BTreeMap<&str, Vec<&Observation>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.qualifier == Qualifier::Estimate) {
        groups.entry(&row.source.id).or_default().push(row);
    }
    let differ = |group: &[&Observation]| group.iter().any(|row| row.value != group[0].value);
    // One number for each of many periods is a series.
    let is_series = |group: &[&Observation]| {
        let periods: BTreeSet<Period> = group.iter().map(|row| row.period).collect();
        group.len() > 3 && periods.len() == group.len()
    };
    let found = groups.into_values().filter(|group| differ(group) && !is_series(group));
    found.map(|group| group.into_iter().cloned().collect()).collect()
}

impl Disagreement {
    /// Whether the numbers differ by more than the digits in which they are written.
    pub fn is_beyond_rounding(&self) -> bool {
        let differ = |a: &Observation, b: &Observation| {
            !rounds_to(a.value, b.value) || !rounds_to(a.upper(), b.upper())
        };
        self.figures
            .iter()
            .enumerate()
            .any(|(at, one)| self.figures[at + 1..].iter().any(|other| differ(one, other)))
    }

    /// Relative distance of the highest from the lowest figure, in percent of the lowest. `None` if the lowest is not greater than zero.
    pub fn spread(&self) -> Option<Decimal> {
        let low = self.figures.iter().map(|row| row.value.min(row.upper())).min()?;
        let high = self.figures.iter().map(|row| row.value.max(row.upper())).max()?;
        (low > Decimal::ZERO).then(|| (high - low) / low * Decimal::ONE_HUNDRED)
    }

    /// Describes the difference, and how the observations are not alike. Uses only what the rows state.
    pub fn sentence(&self, unit: &Unit, locale: Locale) -> String {
        let (Some(low), Some(high)) =
            (self.figures.first(), self.figures.iter().max_by_key(|row| row.upper()))
        else {
            return String::new();
        };
        let by = |row: &Observation| row.producer.named.name(locale).to_owned();
        let gap = unit.difference(high.upper() - low.value, locale);
        let (low_text, high_text) = (low.worded(unit, locale), high.worded(unit, locale));
        // Figures without a named producer need not come from one.
        let one_producer =
            low.producer.named.id == high.producer.named.id && low.producer.named.id != "unattributed";
        let spread = if one_producer {
            locale.pick(
                format!("{} itself is quoted with both {low_text} and {high_text}: {gap} apart.", by(low)),
                format!("同为{}的数据，有{low_text}和{high_text}两种说法，相差{gap}。", by(low)),
            )
        } else {
            locale.pick(
                format!("From {low_text} ({}) to {high_text} ({}): {gap} apart.", by(low), by(high)),
                format!("从{low_text}（{}）到{high_text}（{}），相差{gap}。", by(low), by(high)),
            )
        };
        [Some(spread), self.unlike(locale)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(locale.pick(" ", ""))
    }

    /// Reasons why the observations are not directly comparable.
    fn unlike(&self, locale: Locale) -> Option<String> {
        let count = |test: &dyn Fn(&Observation) -> bool| self.figures.iter().filter(|row| test(row)).count();
        let all = self.figures.len();
        let some = |n: usize| n > 0 && n < all;
        let mut reasons = Vec::new();
        if some(count(&|row| row.qualifier == Qualifier::Forecast)) {
            reasons.push(
                locale.pick("some are forecasts made before the period ended", "其中有在期末之前作出的预测"),
            );
        }
        if some(count(&|row| matches!(row.qualifier, Qualifier::AtLeast | Qualifier::AtMost))) {
            reasons.push(
                locale.pick("some are only bounds (at least, at most)", "其中有的只是上下限（至少、至多）"),
            );
        }
        let bases: BTreeSet<_> = self.figures.iter().map(|row| row.basis).collect();
        if bases.len() > 1 {
            reasons.push(locale.pick(
                "store fees are treated differently or the treatment is not stated",
                "是否扣除商店佣金口径不同或未说明",
            ));
        }
        if reasons.is_empty() {
            return None;
        }
        Some(match locale {
            Locale::En => format!("Not alike: {}.", reasons.join("; ")),
            Locale::Zh => format!("口径差异：{}。", reasons.join("；")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::observations::model::samples::observation;

    #[test]
    fn equal_figures_do_not_disagree() {
        let rows = [observation("a", 5, Qualifier::Exact), observation("b", 5, Qualifier::Estimate)];
        assert!(disagreements(&rows).is_empty());
    }

    #[test]
    fn rounding_is_no_disagreement() {
        let alike = |a: &str, b: &str| rounds_to(a.parse().unwrap(), b.parse().unwrap());
        for (a, b) in [
            ("50440000000", "50400000000"),
            ("37390000000", "37400000000"),
            ("42.5", "42.5"),
            ("1525", "1500"),
        ] {
            assert!(alike(a, b) && alike(b, a), "{a} {b}");
        }
        for (a, b) in [("50500000000", "50440000000"), ("100", "90"), ("237", "200"), ("7.2464", "7.0693")] {
            assert!(!alike(a, b) && !alike(b, a), "{a} {b}");
        }
    }

    #[test]
    fn a_spread_is_in_percent_of_the_lowest() {
        let rows = [observation("a", 50, Qualifier::Exact), observation("b", 60, Qualifier::Exact)];
        let found = disagreements(&rows);
        assert!(found[0].is_beyond_rounding());
        assert_eq!(found[0].spread(), Some(Decimal::from(20)));
    }

    #[test]
    fn one_number_for_two_stretches_of_time_is_found() {
        let year = observation("cnsa", 50, Qualifier::AtLeast);
        let period = Period::new("2025-01-01".parse().unwrap(), "2025-08-31".parse().unwrap());
        let months = Observation { period, ..observation("cnsa", 50, Qualifier::Exact) };
        let other = Observation { period, ..observation("nrta", 50, Qualifier::Exact) };
        let rows = [year.clone(), months.clone(), other];
        assert_eq!(same_number(&rows), [vec![months, year]]);
    }

    #[test]
    fn two_rates_of_one_source_contradict_each_other_and_a_series_does_not() {
        let rate = |value, code: &str| Observation {
            period: Period::from_code(code).unwrap(),
            ..observation("a", value, Qualifier::Estimate)
        };
        let two = [rate(7, "2024"), rate(8, "2025")];
        assert_eq!(two_in_one_source(&two).len(), 1);
        let series: Vec<Observation> = (1..=6).map(|month| rate(month, &format!("2025-0{month}"))).collect();
        assert!(two_in_one_source(&series).is_empty());
    }

    #[test]
    fn the_sentence_names_the_ends_and_the_difference() {
        let rows = [
            observation("nrta", 100_000_000_000, Qualifier::AtLeast),
            observation("iimedia", 67_790_000_000, Qualifier::Forecast),
        ];
        let found = disagreements(&rows);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].sentence(&Unit::Money("CNY".into()), Locale::En),
            "From CNY 67.79 billion (forecast) (IIMEDIA) to ≥ CNY 100 billion (NRTA): CNY 32.21 billion apart. \
             Not alike: some are forecasts made before the period ended; some are only bounds (at least, at most)."
        );
    }

    #[test]
    fn one_producer_quoted_twice_is_said_so() {
        let rows = [observation("cnsa", 40, Qualifier::Exact), observation("cnsa", 60, Qualifier::Exact)];
        let sentence = disagreements(&rows)[0].sentence(&Unit::Percent, Locale::Zh);
        assert_eq!(sentence, "同为CNSA的数据，有40%和60%两种说法，相差20个百分点。");
    }
}
