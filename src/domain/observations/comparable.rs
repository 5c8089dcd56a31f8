//! The comparable figures of a disagreement, and how far they are apart.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{
    disagree::Disagreement,
    model::{Basis, Observation, Qualifier},
};
use crate::text::{Locale, Unit, number::grouped};

/// Figures of one entity, period and basis, without those that a note sets aside. A number that several sources repeat after one producer
/// is one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparable<'a> {
    pub basis: Option<Basis>,
    /// Lowest first; at least two that differ.
    pub figures: Vec<&'a Observation>,
}

impl Disagreement {
    /// Returns the figures that can be compared, one group for each basis, the largest group first. A group that agrees is left out.
    pub fn comparable(&self) -> Vec<Comparable<'_>> {
        let bases: BTreeSet<Option<Basis>> = self.figures.iter().map(|row| row.basis).collect();
        let mut groups: Vec<Comparable<'_>> = bases
            .into_iter()
            .map(|basis| {
                let mut figures: Vec<&Observation> = Vec::new();
                for row in self.figures.iter().filter(|row| row.basis == basis && !row.outlier) {
                    let repeated = |other: &&Observation| {
                        (&other.producer, other.value, other.high, other.qualifier)
                            == (&row.producer, row.value, row.high, row.qualifier)
                    };
                    if !figures.iter().any(repeated) {
                        figures.push(row);
                    }
                }
                Comparable { basis, figures }
            })
            .filter(|group| {
                group.figures.iter().map(|row| (row.value, row.high)).collect::<BTreeSet<_>>().len() > 1
            })
            .collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.figures.len()));
        groups
    }
}

impl Comparable<'_> {
    /// Says how far the figures are apart: `the highest of seven figures is 1.6 times the lowest`. Where a bound at one end is open towards
    /// the other, only the two ends.
    pub fn spread_in_words(&self, unit: &Unit, locale: Locale) -> String {
        let lowest = self.figures.iter().min_by_key(|row| row.value);
        let highest = self.figures.iter().max_by_key(|row| row.upper());
        let (Some(lowest), Some(highest)) = (lowest, highest) else { return String::new() };
        let (low, high) = (lowest.value, highest.upper());
        if lowest.qualifier == Qualifier::AtLeast || highest.qualifier == Qualifier::AtMost {
            let (low, high) = (lowest.worded(unit, locale), highest.worded(unit, locale));
            return match locale {
                Locale::En => format!("{}, from {low} to {high}", self.count(locale)),
                Locale::Zh => format!("{}，从{low}到{high}", self.count(locale)),
            };
        }
        let open = lowest.qualifier == Qualifier::AtMost || highest.qualifier == Qualifier::AtLeast;
        let above = |amount: String| match locale {
            Locale::En => format!("{}{amount} above the lowest", if open { "at least " } else { "" }),
            Locale::Zh => format!("比最低{}高{amount}", if open { "至少" } else { "" }),
        };
        let apart = if low <= Decimal::ZERO || *unit == Unit::Percent || unit.is_rank() {
            above(unit.difference(high - low, locale).to_string())
        } else if high * Decimal::TWO < low * Decimal::from(3) {
            let percent = (high - low) / low * Decimal::ONE_HUNDRED;
            above(format!("{}%", grouped(percent.round_sf(2).unwrap_or(percent).normalize())))
        } else {
            let times = high / low;
            let times = grouped(times.round_dp(if times < Decimal::TEN { 1 } else { 0 }).normalize());
            match locale {
                Locale::En => {
                    format!("{}{times} times the lowest", if open { "at least " } else { "" })
                }
                Locale::Zh => format!("{}是最低的{times}倍", if open { "至少" } else { "" }),
            }
        };
        match locale {
            Locale::En => format!("the highest of {} is {apart}", self.count(locale)),
            Locale::Zh => format!("{}中最高的{apart}", self.count(locale)),
        }
    }

    /// Number of figures: `seven figures`.
    fn count(&self, locale: Locale) -> String {
        const WORDS: [&str; 8] = ["two", "three", "four", "five", "six", "seven", "eight", "nine"];
        let count = self.figures.len();
        let word = count.checked_sub(2).and_then(|at| WORDS.get(at));
        match locale {
            Locale::En => match word {
                Some(word) => format!("{word} figures"),
                None => format!("{count} figures"),
            },
            Locale::Zh => format!("{count}项数据"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::disagree::disagreements, *};
    use crate::domain::observations::model::samples::observation;

    fn spreads(rows: &[Observation], unit: &Unit) -> Vec<(String, String)> {
        let cases = disagreements(rows);
        let groups = cases[0].comparable();
        groups
            .iter()
            .map(|group| (group.spread_in_words(unit, Locale::En), group.spread_in_words(unit, Locale::Zh)))
            .collect()
    }

    fn cny() -> Unit {
        Unit::Money("CNY".into())
    }

    fn pair(en: &str, zh: &str) -> (String, String) {
        (en.to_owned(), zh.to_owned())
    }

    #[test]
    fn a_distance_is_a_factor_a_share_or_points() {
        let rows =
            |low, high| [observation("a", low, Qualifier::Exact), observation("b", high, Qualifier::Exact)];
        let factor =
            pair("the highest of two figures is 1.6 times the lowest", "2项数据中最高的是最低的1.6倍");
        assert_eq!(spreads(&rows(50, 80), &cny()), [factor]);
        let share = pair("the highest of two figures is 6% above the lowest", "2项数据中最高的比最低高6%");
        assert_eq!(spreads(&rows(50, 53), &cny()), [share]);
        let points = pair(
            "the highest of two figures is 20 percentage points above the lowest",
            "2项数据中最高的比最低高20个百分点",
        );
        assert_eq!(spreads(&rows(40, 60), &Unit::Percent), [points]);
        let loss =
            pair("the highest of two figures is CNY 60 above the lowest", "2项数据中最高的比最低高60元");
        assert_eq!(spreads(&rows(-10, 50), &cny()), [loss]);
    }

    #[test]
    fn an_open_end_is_told_as_open() {
        let rows = [observation("a", 50, Qualifier::Forecast), observation("b", 100, Qualifier::AtLeast)];
        assert_eq!(spreads(&rows, &cny())[0].0, "the highest of two figures is at least 2 times the lowest");
        assert_eq!(spreads(&rows, &cny())[0].1, "2项数据中最高的至少是最低的2倍");
        let rows = [observation("a", 50, Qualifier::AtLeast), observation("b", 100, Qualifier::Exact)];
        assert_eq!(spreads(&rows, &cny())[0].0, "two figures, from ≥ CNY 50 to CNY 100");
        let rows = [observation("a", 50, Qualifier::Exact), observation("b", 100, Qualifier::AtMost)];
        assert_eq!(spreads(&rows, &cny())[0].1, "2项数据，从50元到≤ 100元");
    }

    #[test]
    fn only_figures_that_count_alike_are_compared() {
        let of =
            |producer, value, basis| Observation { basis, ..observation(producer, value, Qualifier::Exact) };
        let rows = [
            of("a", 50, Some(Basis::Gross)),
            of("b", 60, Some(Basis::Gross)),
            of("c", 40, Some(Basis::Net)),
            of("d", 90, None),
            of("e", 95, None),
            of("e", 95, None),
            Observation { outlier: true, ..of("f", 900, None) },
        ];
        let cases = disagreements(&rows);
        let groups = cases[0].comparable();
        let sizes: Vec<_> = groups.iter().map(|group| (group.basis, group.figures.len())).collect();
        assert_eq!(sizes, [(None, 2), (Some(Basis::Gross), 2)], "one after fees is not compared with any");
    }
}
