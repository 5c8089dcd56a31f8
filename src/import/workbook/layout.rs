//! Looks of the sheets with data: formats, header, widths, notes.

use rust_xlsxwriter::{Color, Format, FormatAlign, Note, Worksheet, XlsxError};

use super::{accepted::accepted, dictionary::note, lists::Lists};
use crate::{
    import::spec::{CellKind, ColumnSpec, File},
    text::{Locale, spreadsheet::width},
};

/// Maximum column width in characters.
const WIDEST: f64 = 50.0;

/// Number of rows below the last one that have formats and lists too.
const ROOM: u32 = 5_000;

/// Formats of cells.
pub struct Formats {
    pub text: Format,
    pub number: Format,
    /// Whole numbers from 10,000: digits in groups of three.
    pub large: Format,
    pub day: Format,
    required: Format,
    optional: Format,
}

impl Formats {
    pub fn new() -> Formats {
        let header = || Format::new().set_bold().set_align(FormatAlign::Top);
        Formats {
            text: Format::new().set_num_format("@"),
            number: Format::new(),
            large: Format::new().set_num_format("#,##0"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            required: header().set_background_color(Color::RGB(0x1F_3A_5F)).set_font_color(Color::White),
            optional: header().set_background_color(Color::RGB(0xDD_E6_F0)),
        }
    }

    /// Returns the format of a column, also of the cells that are still blank.
    fn of(&self, kind: CellKind) -> &Format {
        match kind {
            CellKind::Number => &self.number,
            CellKind::Day => &self.day,
            _ => &self.text,
        }
    }
}

/// Sets up a sheet for a file: header with notes, formats, lists, frozen panes. `longest` is the width of the longest cell of each column.
pub fn set_up(
    sheet: &mut Worksheet,
    file: &File,
    formats: &Formats,
    lists: &Lists,
    longest: &[f64],
    last_row: u32,
) -> Result<(), XlsxError> {
    for ((at, column), longest) in (0..).zip(file.columns).zip(longest) {
        let header = if column.required { &formats.required } else { &formats.optional };
        sheet.set_column_format(at, formats.of(column.kind))?;
        sheet.set_column_width(at, (longest.max(width(column.name)) + 3.0).min(WIDEST))?;
        sheet.write_string_with_format(0, at, column.name, header)?;
        sheet.insert_note(0, at, &described(file, column))?;
        sheet.add_data_validation(1, at, last_row + ROOM, at, &lists.validation(column)?)?;
    }
    sheet.set_freeze_panes(1, if file.has_ids() { 1 } else { 2 })?;
    sheet.autofilter(0, 0, last_row.max(1), file.columns.len() as u16 - 1)?;
    Ok(())
}

/// Returns the note on the name of a column: what it accepts and means, in both languages.
fn described(file: &File, column: &ColumnSpec) -> Note {
    let lines = Locale::ALL.map(|locale| {
        let meaning = note(file, column.name, locale).map(|note| format!("\n{note}")).unwrap_or_default();
        format!("{}{meaning}", accepted(column, locale))
    });
    self::note_of(lines.join("\n\n"))
}

/// Returns the height of a row, in points, in which wrapped texts of columns of these widths are seen whole. Not every spreadsheet adapts
/// heights when it opens a workbook.
pub fn height<'a>(cells: impl IntoIterator<Item = (&'a str, f64)>) -> f64 {
    let lines = cells.into_iter().map(|(text, wide)| (width(text) * 1.1 / wide).ceil().max(1.0));
    15.0 * lines.fold(1.0, f64::max) + 3.0
}

/// Returns a note of a size that fits its text.
pub fn note_of(text: String) -> Note {
    let lines: u32 = text.lines().map(|line| 1 + (width(line) / 55.0) as u32).sum();
    Note::new(text).add_author_prefix(false).set_width(400).set_height(20 + 16 * lines)
}
