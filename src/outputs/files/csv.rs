//! Tables as CSV: RFC 4180, UTF-8, one header row.

use std::io;

use super::FileOptions;
use crate::{
    domain::table::{Cell, ColumnType, Table},
    text::{Locale, formula::is_formula},
};

/// Byte order mark: with it a spreadsheet reads Chinese text correctly.
pub const MARK: &str = "\u{feff}";

/// Writes a whole table to memory, since a page's table is small; the ten million rows of the observations ledger are
/// streamed instead.
pub fn write(table: &Table, take: &FileOptions, locale: Locale) -> io::Result<Vec<u8>> {
    let out = if take.mark { MARK.as_bytes().to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let columns = &table.schema.columns;
    let header = columns.iter().map(|column| if take.names { column.name } else { column.label(locale) });
    writer.write_record(header)?;
    for row in &table.rows {
        let cells = row.iter().zip(columns).map(|(cell, column)| guarded(cell, column.kind));
        writer.write_record(cells)?;
    }
    writer.into_inner().map_err(|error| error.into_error())
}

/// Returns a cell as written; an apostrophe precedes a text that a spreadsheet would run as a formula.
pub fn guarded(cell: &Cell, kind: ColumnType) -> String {
    let written = cell.written();
    if is_free(kind) && is_formula(&written) { format!("'{written}") } else { written }
}

/// Returns whether a column holds text from others, as opposed to ids, words, dates and numbers of this site.
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
            String::from_utf8(write(&table, &plain, Locale::En).unwrap()).unwrap(),
            "id,text,number\r\na,\"one, \"\"two\"\"\r\nthree\",-1.50\r\n"
        );
        let people = write(&table, &FileOptions::default(), Locale::Zh).unwrap();
        assert!(people.starts_with("\u{feff}编号,文字,数\r\n".as_bytes()));
    }

    #[test]
    fn a_formula_is_guarded_and_a_number_stays_one() {
        for text in ["=1+1", "+1", "-cmd", "@x", "\tx", "\rx", "＝1+1"] {
            let table = samples::table(&[("a", text, "-5")]);
            let take = FileOptions { mark: false, ..FileOptions::default() };
            let written = write(&table, &take, Locale::En).unwrap();
            let mut reader = csv::Reader::from_reader(written.as_slice());
            let record = reader.records().next().unwrap().unwrap();
            assert_eq!(&record[1], format!("'{text}"));
            assert_eq!(&record[2], "-5");
        }
    }
}
