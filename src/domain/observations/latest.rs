//! The latest figure of each line of observations, with its change from the same period of the year before.

use std::{cmp::Reverse, collections::BTreeMap};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    breaks::Breaks,
    headline::lead,
    model::{Observation, Qualifier},
};
use crate::{
    domain::indicators::model::Indicator,
    text::{Locale, Period, Unit, number::rounded},
};

/// The latest figure of an indicator for an entity by a producer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latest {
    pub figure: Observation,
    /// `None` if no figure of the year before can be compared with it.
    pub change: Option<Change>,
    /// Whether it represents the indicator of its entity: see [`lead`].
    pub leads: bool,
    /// Number of observations by its producer.
    pub figures: usize,
}

/// Change of a figure from the same period of the year before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub value: Decimal,
    /// Percent, or the unit of differences of the indicator.
    pub unit: Unit,
    /// Whether either of the two figures is rounded or estimated.
    pub approximate: bool,
    /// The period compared with.
    pub since: Period,
}

/// Returns the latest figure of each entity and producer among the observations of one indicator, by entity and producer. The latest is
/// that of the usual length of period; lines without a headline figure are represented by their latest figure of any kind, and lines of
/// outliers alone are left out.
pub fn latest(indicator: &Indicator, rows: &[Observation], breaks: &Breaks) -> Vec<Latest> {
    let mut lines: BTreeMap<(&str, &str), Vec<&Observation>> = BTreeMap::new();
    let mut entities: BTreeMap<&str, Vec<&Observation>> = BTreeMap::new();
    for row in rows {
        lines.entry((&row.entity.id, &row.producer.named.id)).or_default().push(row);
        entities.entry(&row.entity.id).or_default().push(row);
    }
    let leading = |entity: &str| lead(entities.get(entity)?.iter().copied(), indicator.frequency);
    let line = |((entity, _), rows): ((&str, &str), Vec<&Observation>)| {
        let figure = lead(rows.iter().copied(), indicator.frequency).or_else(|| newest(&rows))?;
        Some(Latest {
            figure: figure.clone(),
            change: change(indicator, figure, &rows, breaks),
            leads: leading(entity) == Some(figure),
            figures: rows.len(),
        })
    };
    lines.into_iter().filter_map(line).collect()
}

/// Returns the newest observation that may be used, a forecast only if there is nothing else.
fn newest<'a>(rows: &[&'a Observation]) -> Option<&'a Observation> {
    let usable = rows.iter().copied().filter(|row| !row.outlier);
    usable.max_by_key(|row| {
        (
            row.qualifier != Qualifier::Forecast,
            row.headline,
            row.period.end,
            row.source.published_on.map(|date| date.last_day()),
            Reverse(&row.source.id),
        )
    })
}

/// Returns the change of a figure from that of the same producer and basis for the same period of the year before. `None` if there is
/// none, if a break divides the two, if either is a bound, a range or a forecast, or if a percentage would make no sense. `rows` are those of
/// its entity and producer.
pub fn change(
    indicator: &Indicator,
    figure: &Observation,
    rows: &[&Observation],
    breaks: &Breaks,
) -> Option<Change> {
    let since = figure.period.year_before()?;
    let before = rows.iter().find(|row| row.headline && row.period == since && row.basis == figure.basis)?;
    let (entity, producer) = (&figure.entity.id, &figure.producer.named.id);
    let mut breaks = breaks.of_series(&indicator.named.id, entity, producer);
    if !figure.is_one_number()
        || !before.is_one_number()
        || breaks.any(|one| one.divides(since, figure.period))
    {
        return None;
    }
    let difference = figure.value.checked_sub(before.value)?;
    let is_relative = match indicator.unit {
        Unit::Money(_) | Unit::People | Unit::Rate(_) => true,
        // Ranks and other numbers that do not add up differ by a number of places, not by a share of it.
        Unit::Count { .. } => indicator.additive,
        Unit::Percent | Unit::Ratio | Unit::Points | Unit::Index(_) => false,
    };
    let (value, unit) = if is_relative {
        // From a loss, or to one, there is no percentage.
        if before.value <= Decimal::ZERO || figure.value < Decimal::ZERO {
            return None;
        }
        (difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before.value)?, Unit::Percent)
    } else {
        (difference, indicator.unit.of_differences())
    };
    let approximate = [figure, *before].iter().any(|row| row.qualifier != Qualifier::Exact);
    Some(Change { value: value.normalize(), unit, approximate, since })
}

impl Change {
    /// Formats the change, rounded for reading: `+12.3%`, `≈ −4.5%`, `+2 percentage points`.
    pub fn worded(&self, locale: Locale) -> String {
        let short = rounded(self.value);
        let sign = if short.is_zero() {
            ""
        } else if short > Decimal::ZERO {
            "+"
        } else {
            "−"
        };
        let about = if self.approximate { "≈ " } else { "" };
        format!("{about}{sign}{}", self.unit.amount(short.abs(), locale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            indicators::model::{DefaultChart, Frequency, Topic},
            observations::{
                breaks::{BreakKind, SeriesBreak},
                model::{Basis, samples::observation},
            },
        },
        text::{Bilingual, Named},
    };

    fn indicator(unit: Unit) -> Indicator {
        Indicator {
            named: Named::new("market".into(), "Market".into(), None),
            topic: Topic::Revenue,
            unit,
            frequency: Frequency::Annual,
            same_as: None,
            additive: true,
            default_chart: DefaultChart::Line,
            description: Bilingual::default(),
        }
    }

    fn money() -> Indicator {
        indicator(Unit::Money("CNY".into()))
    }

    /// Two years of one producer.
    fn two_years(before: i64, now: i64) -> [Observation; 2] {
        let mut earlier = observation("x", before, Qualifier::Exact);
        earlier.period = Period::new("2024-01-01".parse().unwrap(), "2024-12-31".parse().unwrap());
        [earlier, observation("x", now, Qualifier::Exact)]
    }

    fn worded(indicator: &Indicator, rows: &[Observation], breaks: &Breaks) -> Option<String> {
        let found = latest(indicator, rows, breaks);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].figure, rows[1]);
        found[0].change.as_ref().map(|change| change.worded(Locale::En))
    }

    #[test]
    fn a_change_is_from_the_year_before_in_the_way_its_unit_changes() {
        let none = Breaks::default();
        assert_eq!(worded(&money(), &two_years(80, 100), &none).as_deref(), Some("+25%"));
        assert_eq!(worded(&money(), &two_years(300, 200), &none).as_deref(), Some("−33.3%"));
        assert_eq!(worded(&money(), &two_years(100, 100), &none).as_deref(), Some("0%"));
        let share = indicator(Unit::Percent);
        assert_eq!(worded(&share, &two_years(10, 12), &none).as_deref(), Some("+2 percentage points"));
        let rank =
            Indicator { additive: false, ..indicator(Unit::Count { en: "places".into(), zh: "位".into() }) };
        assert_eq!(worded(&rank, &two_years(3, 1), &none).as_deref(), Some("−2 places"));
        let [before, mut now] = two_years(80, 100);
        now.qualifier = Qualifier::Approximately;
        assert_eq!(worded(&money(), &[before, now], &none).as_deref(), Some("≈ +25%"));
    }

    #[test]
    fn nothing_is_compared_across_a_break_a_basis_a_bound_or_a_loss() {
        let none = Breaks::default();
        let [before, now] = two_years(80, 100);
        let gross = Observation { basis: Some(Basis::Gross), ..now.clone() };
        assert_eq!(worded(&money(), &[before.clone(), gross], &none), None);
        for qualifier in [Qualifier::AtLeast, Qualifier::AtMost] {
            let bound = Observation { qualifier, ..before.clone() };
            assert_eq!(worded(&money(), &[bound, now.clone()], &none), None);
        }
        assert_eq!(worded(&money(), &two_years(-80, 100), &none), None);
        assert_eq!(worded(&money(), &two_years(80, -100), &none), None);
        let breaks = Breaks::new(vec![SeriesBreak {
            indicator: money().named,
            entity: now.entity.clone(),
            producer: now.producer.named.clone(),
            from: "2025-01-01".parse().unwrap(),
            kind: BreakKind::Scope,
            note: Bilingual::default(),
            source: now.source.clone(),
        }]);
        assert_eq!(worded(&money(), &[before, now], &breaks), None);
    }

    #[test]
    fn each_producer_has_a_figure_and_one_of_them_leads() {
        let mut rows = two_years(80, 100).to_vec();
        rows.push(observation("y", 120, Qualifier::Exact));
        rows.push(observation("z", 500, Qualifier::Forecast));
        rows.push(Observation { outlier: true, headline: false, ..observation("w", 9, Qualifier::Exact) });
        let found = latest(&money(), &rows, &Breaks::default());
        let shown: Vec<_> =
            found.iter().map(|one| (one.figure.producer.named.id.as_str(), one.leads, one.figures)).collect();
        assert_eq!(shown, [("x", true, 2), ("y", false, 1), ("z", false, 1)]);
    }
}
