//! Output rows: changes single cells and shifts dates.

use std::io::{self, Read, Write};

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::import::{
    cell,
    record::{CsvRecord, Lines},
    spec::File,
    tables::ImportTable,
};

/// Cells of a row derived from a real one.
pub struct Cells {
    file: &'static File,
    cells: Vec<String>,
}

impl Cells {
    pub fn of(table: &ImportTable, row: usize) -> Cells {
        let record = table.rows[row].record();
        let cells = (0..table.file.columns.len()).map(|position| record.get(position).to_owned());
        Cells { file: table.file, cells: cells.collect() }
    }

    pub fn get(&self, column: &str) -> &str {
        &self.cells[self.file.position(column)]
    }

    pub fn set(&mut self, column: &str, text: impl Into<String>) {
        self.cells[self.file.position(column)] = text.into();
    }

    /// Appends the copy number, in brackets of the respective language. Blank cells stay blank.
    pub fn number(&mut self, columns: &[&str], number: usize) {
        for column in columns {
            let text = self.get(column);
            if !text.is_empty() {
                let chinese = column.ends_with("_zh");
                let text =
                    if chinese { format!("{text}（{number}）") } else { format!("{text} ({number})") };
                self.set(column, text);
            }
        }
    }

    /// Shifts dates back by months. If one of them has only a year, all shift by whole years, so that their order is preserved.
    pub fn move_back(&mut self, columns: &[&str], months: u32) {
        let by_years = columns.iter().any(|column| self.get(column).len() == 4);
        let months = if by_years { months - months % 12 } else { months };
        for column in columns {
            if let Some(moved) = earlier(self.get(column), months) {
                self.set(column, moved);
            }
        }
    }
}

/// Returns the date shifted back by months, with the same precision.
fn earlier(text: &str, months: u32) -> Option<String> {
    let moved = cell::date(text)?.first_day().checked_sub_months(Months::new(months))?;
    let pattern = match text.len() {
        4 => "%Y",
        7 => "%Y-%m",
        _ => "%Y-%m-%d",
    };
    (moved.year() > 0).then(|| moved.format(pattern).to_string())
}

/// Returns the first and last day of a run of months, counted from year 0.
pub fn days(first_month: u32, months: u32) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt((first_month / 12).cast_signed(), first_month % 12 + 1, 1)?;
    Some((first, first.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))?))
}

/// Returns a CSV writer in the format that the import reads.
pub fn writer<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out)
}

/// Writes the real rows, those of version 1 of the data set with blank cells for the columns added since.
pub fn write_real<W: Write>(out: &mut csv::Writer<W>, file: &File, reader: impl Read) -> anyhow::Result<()> {
    out.write_record(file.columns.iter().map(|column| column.name))?;
    let (mut lines, mut record) = (Lines::new(reader), CsvRecord::default());
    let mut is_header = true;
    while let Some(line) = lines.next()? {
        let line = line.map_err(|broken| anyhow::anyhow!("{}: {}", file.file, broken.what()))?;
        if !std::mem::take(&mut is_header) {
            record.split(line).map_err(|what| anyhow::anyhow!("{}: {what}", file.file))?;
            out.write_record((0..file.columns.len()).map(|position| record.get(position)))?;
        }
    }
    Ok(())
}

pub fn write_all<W: Write>(out: &mut csv::Writer<W>, rows: impl Iterator<Item = Cells>) -> io::Result<()> {
    for row in rows {
        out.write_record(&row.cells)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_move_within_the_calendar() {
        for (text, months, moved) in [
            ("2026", 24, "2024"),
            ("2026-01", 1, "2025-12"),
            ("2024-03-31", 1, "2024-02-29"),
            ("2025-12-05", 0, "2025-12-05"),
        ] {
            assert_eq!(earlier(text, months).as_deref(), Some(moved));
        }
        assert_eq!(earlier("", 1), None);
        assert_eq!(earlier("0001", 12), None);
    }

    #[test]
    fn months_are_told_by_their_days() {
        let range = |first, months| days(first, months).map(|(a, b)| format!("{a} {b}")).unwrap();
        assert_eq!(range(2024 * 12 + 1, 1), "2024-02-01 2024-02-29");
        assert_eq!(range(2025 * 12 + 9, 3), "2025-10-01 2025-12-31");
        assert_eq!(range(2025 * 12, 12), "2025-01-01 2025-12-31");
    }
}
