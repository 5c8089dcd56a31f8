//! Breaks: days from which the observations of a series count something else.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    domain::sources::model::SourceRef,
    text::{Bilingual, Named, Period},
    vocabulary,
};

vocabulary! {
    /// What changed at a break.
    pub enum BreakKind {
        Scope = "scope", "change of scope", "统计范围变化";
        Method = "method", "change of method", "统计方法变化";
        Basis = "basis", "change of basis", "口径变化";
        Consolidation = "consolidation", "change of consolidation", "合并范围变化";
    }
}

/// A break in the series of an indicator, an entity and a producer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesBreak {
    pub indicator: Named,
    pub entity: Named,
    pub producer: Named,
    /// Observations whose period ends on this day or later are of the new kind.
    pub from: NaiveDate,
    pub kind: BreakKind,
    /// What changed.
    pub note: Bilingual,
    /// The page that shows the change.
    pub source: SourceRef,
}

impl SeriesBreak {
    /// Returns whether the break lies between two periods, so that their values must not be compared. Their order does not matter.
    pub fn divides(&self, one: Period, other: Period) -> bool {
        (one.end < self.from) != (other.end < self.from)
    }
}

/// All breaks of a revision, by indicator, entity, producer and day.
#[derive(Debug, Default)]
pub struct Breaks(Vec<SeriesBreak>);

impl Breaks {
    /// Takes the breaks of a revision in the order of this index.
    pub fn new(ordered: Vec<SeriesBreak>) -> Breaks {
        Breaks(ordered)
    }

    pub fn all(&self) -> &[SeriesBreak] {
        &self.0
    }

    /// Returns the breaks in the series of an indicator.
    pub fn of_indicator(&self, indicator: &str) -> &[SeriesBreak] {
        let first = self.0.partition_point(|one| one.indicator.id.as_str() < indicator);
        let rest = &self.0[first..];
        &rest[..rest.partition_point(|one| one.indicator.id == indicator)]
    }

    /// Returns the breaks in one series, oldest first.
    pub fn of_series(
        &self,
        indicator: &str,
        entity: &str,
        producer: &str,
    ) -> impl Iterator<Item = &SeriesBreak> {
        let of_indicator = self.of_indicator(indicator).iter();
        of_indicator.filter(move |one| one.entity.id == entity && one.producer.id == producer)
    }

    /// Returns the day of the last break of a series that a period lies behind; none before the first break. Values of one series with
    /// different days must not be compared.
    pub fn behind(&self, indicator: &str, entity: &str, producer: &str, period: Period) -> Option<NaiveDate> {
        let days = self.of_series(indicator, entity, producer).map(|one| one.from);
        days.filter(|from| period.end >= *from).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::observations::model::{Qualifier, samples};

    fn series_break(indicator: &str, producer: &str, from: &str) -> SeriesBreak {
        SeriesBreak {
            indicator: Named::new(indicator.into(), indicator.into(), None),
            entity: Named::new("china".into(), "China".into(), None),
            producer: Named::new(producer.into(), producer.into(), None),
            from: from.parse().unwrap(),
            kind: BreakKind::Scope,
            note: Bilingual::default(),
            source: samples::observation(producer, 1, Qualifier::Exact).source,
        }
    }

    fn year(year: i32) -> Period {
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        Period::new(day(1, 1), day(12, 31))
    }

    #[test]
    fn a_break_divides_periods_by_the_day_they_end() {
        let amid = series_break("market", "x", "2025-03-01");
        assert!(amid.divides(year(2024), year(2025)) && amid.divides(year(2025), year(2024)));
        assert!(!amid.divides(year(2023), year(2024)) && !amid.divides(year(2025), year(2026)));
    }

    #[test]
    fn breaks_are_found_by_series() {
        let breaks = Breaks(vec![
            series_break("cinema", "x", "2020-01-01"),
            series_break("market", "x", "2022-01-01"),
            series_break("market", "x", "2025-01-01"),
            series_break("market", "y", "2023-01-01"),
            series_break("users", "x", "2020-01-01"),
        ]);
        assert_eq!(breaks.of_indicator("market").len(), 3);
        assert_eq!(breaks.of_indicator("nothing").len(), 0);
        assert_eq!(breaks.of_series("market", "china", "x").count(), 2);
        let behind = |number| breaks.behind("market", "china", "x", year(number)).map(|day| day.to_string());
        assert_eq!(behind(2021), None);
        assert_eq!(behind(2024).as_deref(), Some("2022-01-01"));
        assert_eq!(behind(2026).as_deref(), Some("2025-01-01"));
    }
}
