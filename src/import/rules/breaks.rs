//! Rule for breaks: the series has an observation before the day of the break, and one on that day or later.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::import::{
    cell,
    problem::Problems,
    record::CsvRecord,
    spec::Name,
    tables::{ImportTable, Tables},
};

/// Columns that name a series, in both files.
const SERIES: [&str; 3] = ["indicator_id", "entity", "producer"];

/// The series with breaks, each with the earliest and the latest end of a period.
pub struct Breaks<'a> {
    table: &'a ImportTable,
    series: BTreeMap<[&'a str; 3], Option<(NaiveDate, NaiveDate)>>,
    /// Indicators of these series. Most observations are of other ones.
    indicators: BTreeSet<&'a str>,
    /// Positions of [`SERIES`] and of the end of the period in an observation.
    positions: [usize; 3],
    end: usize,
}

impl<'a> Breaks<'a> {
    pub fn of(tables: &'a Tables) -> Self {
        let table = &tables[Name::Breaks];
        let series: BTreeMap<_, _> =
            table.rows.iter().map(|row| (SERIES.map(|column| table.get(row, column)), None)).collect();
        let observations = Name::Observations.file();
        Breaks {
            table,
            indicators: series.keys().map(|[indicator, ..]| *indicator).collect(),
            series,
            positions: SERIES.map(|column| observations.position(column)),
            end: observations.position("period_end"),
        }
    }

    pub fn observation(&mut self, row: &CsvRecord) {
        if !self.indicators.contains(row.get(self.positions[0])) {
            return;
        }
        let series: &[&str; 3] = &self.positions.map(|position| row.get(position));
        let Some((_, ends)) = self.series.iter_mut().find(|(known, _)| *known == series) else { return };
        let Some(end) = cell::day(row.get(self.end)) else { return };
        *ends = Some(ends.map_or((end, end), |(first, last)| (first.min(end), last.max(end))));
    }

    /// Reports breaks outside of their series; only if all observations could be read.
    pub fn finish(self, complete: bool, problems: &mut Problems) {
        let mut seen: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
        for row in &self.table.rows {
            let key = self.table.file.key.iter().map(|column| self.table.get(row, column)).collect();
            if let Some(first) = seen.insert(key, row.number) {
                problems.row(self.table.file.file, row.number, format!("has the same key as row {first}"));
            }
            let Some(day) = cell::day(self.table.get(row, "from_date")) else { continue };
            let ends = self.series.get(&SERIES.map(|column| self.table.get(row, column)));
            let within = ends.copied().flatten().is_some_and(|(first, last)| first < day && day <= last);
            if complete && !within {
                let what = "the series has no observation before this day, or none from this day on";
                problems.cell(self.table.file.file, row.number, "from_date", what);
            }
        }
    }
}
