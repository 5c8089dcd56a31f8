//! Where sources differ about the same thing: side by side, with a sentence of what the difference is.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::model::{Observation, Qualifier};
use crate::text::{Locale, Named, Period, Unit};

/// All figures for one entity and period of an indicator, of which at least two differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    pub entity: Named,
    pub period: Period,
    /// Lowest first.
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

impl Disagreement {
    /// What the difference is, and what the figures do not have in common. Only what the rows say.
    pub fn sentence(&self, unit: &Unit, locale: Locale) -> String {
        let (Some(low), Some(high)) =
            (self.figures.first(), self.figures.iter().max_by_key(|row| row.upper()))
        else {
            return String::new();
        };
        let by = |row: &Observation| row.producer.named.name(locale).to_owned();
        let gap = unit.difference(high.upper() - low.value, locale);
        let (low_text, high_text) = (low.worded(unit, locale), high.worded(unit, locale));
        let spread = if low.producer.named.id == high.producer.named.id {
            locale.pick(
                format!("{} itself is quoted with {low_text} and {high_text}: {gap} apart.", by(low)),
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

    /// What keeps the figures from being compared one to one.
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
    use super::{super::model::samples::observation, *};

    #[test]
    fn equal_figures_do_not_disagree() {
        let rows = [observation("a", 5, Qualifier::Exact), observation("b", 5, Qualifier::Estimate)];
        assert!(disagreements(&rows).is_empty());
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
