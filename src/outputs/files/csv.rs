//! A table as CSV: RFC 4180, UTF-8, one header row.

use super::FileOptions;
use crate::{
    domain::table::{Cell, ColumnType, Table},
    text::{Locale, formula::is_formula},
};

/// What stands before the first byte, so that a spreadsheet reads Chinese as Chinese.
pub const MARK: &str = "\u{feff}";

/// Writes a table. The whole of it, because a page's table is small; the ten million rows of the ledger of observations do
/// not come this way.
pub fn write(table: &Table, take: &FileOptions, locale: Locale) -> Vec<u8> {
    let out = if take.mark { MARK.as_bytes().to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let columns = table.schema.columns;
    let header = columns.iter().map(|column| if take.names { column.name } else { column.label(locale) });
    // Writing to memory does not fail.
    let _ = writer.write_record(header);
    for row in &table.rows {
        let cells = row.iter().zip(columns).map(|(cell, column)| guarded(cell, column.kind));
        let _ = writer.write_record(cells);
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell as it is written; a text that a spreadsheet would run as a formula gets an apostrophe before it.
pub fn guarded(cell: &Cell, kind: ColumnType) -> String {
    let written = cell.written();
    if is_free(kind) && is_formula(&written) { format!("'{written}") } else { written }
}

/// Whether a column has text that others wrote, and not our ids, words, dates and numbers.
fn is_free(kind: ColumnType) -> bool {
    matches!(kind, ColumnType::Text | ColumnType::Url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::table::samples;

    #[test]
    fn a_table_is_written_by_rfc_4180() {
        let table = samples::table(&[("a", "one, \"two\"\r\nthree", "-1.50")]);
        let plain = FileOptions { mark: false, names: true, ..FileOptions::default() };
        assert_eq!(
            String::from_utf8(write(&table, &plain, Locale::En)).unwrap(),
            "id,text,number\r\na,\"one, \"\"two\"\"\r\nthree\",-1.50\r\n"
        );
        let people = write(&table, &FileOptions::default(), Locale::Zh);
        assert!(people.starts_with("\u{feff}编号,文字,数\r\n".as_bytes()));
    }

    #[test]
    fn a_formula_is_guarded_and_a_number_stays_one() {
        for text in ["=1+1", "+1", "-cmd", "@x", "\tx", "\rx", "＝1+1"] {
            let table = samples::table(&[("a", text, "-5")]);
            let take = FileOptions { mark: false, ..FileOptions::default() };
            let written = write(&table, &take, Locale::En);
            let mut reader = csv::Reader::from_reader(written.as_slice());
            let record = reader.records().next().unwrap().unwrap();
            assert_eq!(&record[1], format!("'{text}"));
            assert_eq!(&record[2], "-5");
        }
    }
}
