//! Streaming check of observations: validity of each one, and selection of the drawn ones.
//!
//! About fifty bytes of numbers are stored per row; the rows themselves may be millions.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    import::{
        cell,
        problem::{Problems, quoted},
        record::CsvRecord,
        spec::{File, Name},
        tables::{ImportTable, Tables},
    },
    text::units,
};

/// Positions of the columns.
mod at {
    pub const INDICATOR: usize = 0;
    pub const ENTITY: usize = 1;
    pub const START: usize = 2;
    pub const END: usize = 3;
    pub const PRODUCER: usize = 4;
    pub const VALUE: usize = 5;
    pub const HIGH: usize = 6;
    pub const QUALIFIER: usize = 7;
    pub const BASIS: usize = 8;
    pub const HEADLINE: usize = 9;
    pub const SOURCE: usize = 10;
    pub const NOTE: usize = 11;
    pub const OUTLIER: usize = 13;
}

/// Row positions replace ids, to save memory.
type Key = (u32, u32, NaiveDate, NaiveDate, u32);

/// State accumulated over all rows.
pub struct Observations<'a> {
    file: &'static File,
    tables: &'a Tables,
    /// Indicator, entity, period and source, with the row number.
    keys: Vec<(Key, usize)>,
    /// Indicator, entity, period and producer of headline rows, with the row number.
    drawn: Vec<(Key, usize)>,
}

/// Ids of a row resolved to positions in their tables; `None` for an unknown id.
struct Pointers {
    indicator: Option<u32>,
    entity: Option<u32>,
    producer: Option<u32>,
    source: Option<u32>,
}

impl<'a> Observations<'a> {
    pub fn of(tables: &'a Tables) -> Self {
        Observations { file: Name::Observations.file(), tables, keys: Vec::new(), drawn: Vec::new() }
    }

    /// Checks one row and stores what [`Observations::finish`] needs.
    pub fn check(&mut self, number: usize, row: &CsvRecord, problems: &mut Problems) {
        let pointers = self.pointers(number, row, problems);
        self.figures(number, row, &pointers, problems);
        let (Some(start), Some(end)) = (cell::day(row.get(at::START)), cell::day(row.get(at::END))) else {
            return;
        };
        if start > end {
            let what = format!("{end} is before period_start, {start}");
            problems.cell(self.file.file, number, "period_end", what);
        }
        let Pointers { indicator: Some(indicator), entity: Some(entity), producer, source } = pointers else {
            return;
        };
        if let Some(source) = source {
            self.keys.push(((indicator, entity, start, end, source), number));
        }
        if row.get(at::HEADLINE) == "yes"
            && let Some(producer) = producer
        {
            self.headline(number, row, problems);
            self.drawn.push(((indicator, entity, start, end, producer), number));
        }
    }

    fn pointers(&self, number: usize, row: &CsvRecord, problems: &mut Problems) -> Pointers {
        let mut look = |position: usize, name: Name| {
            let (table, id) = (&self.tables[name], row.get(position));
            let found = table.position(id).and_then(|position| u32::try_from(position).ok());
            if found.is_none() && table.complete && !id.is_empty() {
                let what = format!("there is no {} in {}", quoted(id), table.file.file);
                problems.cell(self.file.file, number, self.file.columns[position].name, what);
            }
            found
        };
        Pointers {
            indicator: look(at::INDICATOR, Name::Indicators),
            entity: look(at::ENTITY, Name::Entities),
            producer: look(at::PRODUCER, Name::Producers),
            source: look(at::SOURCE, Name::Sources),
        }
    }

    fn figures(&self, number: usize, row: &CsvRecord, pointers: &Pointers, problems: &mut Problems) {
        if !row.get(at::OUTLIER).is_empty() && row.get(at::NOTE).is_empty() {
            let what = "is blank; the note of an outlier gives the reason";
            problems.warn_cell(self.file.file, number, "note_en", what);
        }
        let (high, qualifier) = (row.get(at::HIGH), row.get(at::QUALIFIER));
        let mut wrong = |column, what: String| problems.cell(self.file.file, number, column, what);
        match (qualifier, high.is_empty()) {
            ("range", true) => wrong("value_high", "is blank; a range has an upper end".to_owned()),
            ("range" | "forecast", _) | (_, true) => {}
            _ => wrong(
                "value_high",
                format!("is {}; only a range or a forecast has an upper end", quoted(high)),
            ),
        }
        if let (Ok(low), Ok(high)) = (cell::number(row.get(at::VALUE)), cell::number(high))
            && high < low
        {
            wrong("value_high", format!("{high} is below value, which is {low}"));
        }
        let indicators = &self.tables[Name::Indicators];
        if let Some(indicator) = pointers.indicator
            && !row.get(at::BASIS).is_empty()
        {
            let unit = indicators.get(&indicators.rows[indicator as usize], "unit");
            if !units::is_currency(unit) {
                wrong(
                    "basis",
                    format!("is not blank; the indicator is in {}, which is not money", quoted(unit)),
                );
            }
        }
    }

    fn headline(&self, number: usize, row: &CsvRecord, problems: &mut Problems) {
        let mut wrong = |what: String| problems.cell(self.file.file, number, "headline", what);
        let producer = row.get(at::PRODUCER);
        if self.tables[Name::Producers].of(producer, "independent") == "no" {
            wrong(format!("must be blank: {} only quotes others", quoted(producer)));
        }
        if !row.get(at::OUTLIER).is_empty() {
            wrong("must be blank: the figure is an outlier".to_owned());
        }
    }

    /// Applies the rules that need the complete file.
    pub fn finish(mut self, complete: bool, problems: &mut Problems) {
        repeated(&mut self.keys, |row, first| {
            let what = format!(
                "has the indicator, entity, period and source of row {first}; \
                 a page is cited once for a figure"
            );
            problems.row(self.file.file, row, what);
        });
        repeated(&mut self.drawn, |row, first| {
            let what = format!(
                "must be blank: row {first} is drawn for the same indicator, entity, producer and period"
            );
            problems.cell(self.file.file, row, "headline", what);
        });
        // A row whose producer's file cannot be read is missing from the drawn rows.
        let pointed_to = [Name::Indicators, Name::Entities, Name::Producers];
        if complete && pointed_to.iter().all(|name| self.tables[*name].complete) {
            self.charts(problems);
        }
    }

    /// Checks that an indicator has a chart exactly if it has a series to draw: two headline rows of one entity and producer.
    fn charts(&self, problems: &mut Problems) {
        let mut series: BTreeMap<(u32, u32, u32), usize> = BTreeMap::new();
        for ((indicator, entity, _, _, producer), _) in &self.drawn {
            *series.entry((*indicator, *entity, *producer)).or_default() += 1;
        }
        let indicators: &ImportTable = &self.tables[Name::Indicators];
        let mut longest = vec![0; indicators.rows.len()];
        for ((indicator, _, _), count) in series {
            let so_far = &mut longest[indicator as usize];
            *so_far = count.max(*so_far);
        }
        for (row, longest) in indicators.rows.iter().zip(longest) {
            let file = indicators.file.file;
            match indicators.get(row, "default_chart") {
                "none" if longest >= 2 => {
                    let what = format!("is “none”; there is a series of {longest} headline rows to draw");
                    problems.cell(file, row.number, "default_chart", what);
                }
                "line" | "bar" if longest < 2 => {
                    let what = "must be none: no entity and producer has two headline rows";
                    problems.cell(file, row.number, "default_chart", what);
                }
                _ => {}
            }
        }
    }
}

/// Calls `each` with the row of every repeated occurrence of a key, and the row of its first occurrence.
fn repeated(keys: &mut [(Key, usize)], mut each: impl FnMut(usize, usize)) {
    keys.sort_unstable();
    let mut first = None;
    for (key, row) in keys.iter() {
        match first {
            Some((known, first)) if known == key => each(*row, first),
            _ => first = Some((key, *row)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_stand_where_the_spec_has_them() {
        let file = Name::Observations.file();
        for (position, name) in [
            (at::INDICATOR, "indicator_id"),
            (at::ENTITY, "entity"),
            (at::START, "period_start"),
            (at::END, "period_end"),
            (at::PRODUCER, "producer"),
            (at::VALUE, "value"),
            (at::HIGH, "value_high"),
            (at::QUALIFIER, "qualifier"),
            (at::BASIS, "basis"),
            (at::HEADLINE, "headline"),
            (at::SOURCE, "source_id"),
            (at::NOTE, "note_en"),
            (at::OUTLIER, "outlier"),
        ] {
            assert_eq!(file.position(name), position, "{name}");
        }
    }
}
