//! Rows of a page as a workbook: a first sheet that describes them, the rows, and the meaning of the columns.

use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::{ExportDocument, Provenance, facts, site};
use crate::{
    domain::table::{Cell, ColumnType, Table},
    text::{
        Locale,
        spreadsheet::{double, width},
    },
};

/// Maximum column width in characters; longer text wraps.
const WIDEST: f64 = 60.0;

/// Writes a workbook of the given tables.
///
/// # Errors
///
/// If a sheet would be larger than the format allows (1,048,576 rows).
pub fn write(
    document: &ExportDocument,
    tables: &[&Table],
    provenance: &Provenance,
) -> Result<Vec<u8>, XlsxError> {
    let locale = document.locale;
    let mut book = Workbook::new();
    // Without a time of writing, the same data gives the same bytes.
    let published = ExcelDateTime::parse_from_str(&provenance.published_on.to_string())?;
    book.set_properties(
        &DocProperties::new()
            .set_title(&document.title)
            .set_author(site(locale))
            .set_creation_datetime(&published),
    );
    about(book.add_worksheet(), document, tables, provenance)?;
    for table in tables {
        let name = match tables.len() {
            1 => locale.pick("Data", "数据"),
            _ => table.schema.label(locale),
        };
        rows(book.add_worksheet().set_name(name)?, table, locale)?;
    }
    notes(book.add_worksheet(), document, tables)?;
    book.save_to_buffer()
}

/// Writes the sheet that describes the rows: publisher, contents, dates, rules.
fn about(
    sheet: &mut Worksheet,
    document: &ExportDocument,
    tables: &[&Table],
    provenance: &Provenance,
) -> Result<(), XlsxError> {
    let locale = document.locale;
    let title = Format::new().set_bold().set_font_size(16);
    let (label, text) = (
        Format::new().set_bold().set_align(FormatAlign::Top),
        Format::new().set_text_wrap().set_align(FormatAlign::Top),
    );
    sheet.set_name(locale.pick("About", "说明"))?.set_column_width(0, 22)?.set_column_width(1, 90)?;
    sheet.write_string_with_format(0, 0, &document.title, &title)?;
    for (row, (name, fact)) in (2..).zip(facts(document, tables, provenance)) {
        sheet.write_string_with_format(row, 0, name, &label)?;
        // A text, not a link: spreadsheets truncate long links.
        sheet.write_string_with_format(row, 1, &fact, &text)?;
    }
    Ok(())
}

fn rows(sheet: &mut Worksheet, table: &Table, locale: Locale) -> Result<(), XlsxError> {
    let header = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let columns = &table.schema.columns;
    for (at, column) in (0..).zip(columns) {
        sheet.write_string_with_format(0, at, column.label(locale), &header)?;
        let cells = table.rows.iter().filter_map(|row| row.get(usize::from(at)));
        let longest = cells.map(|cell| width(&cell.written())).fold(width(column.label(locale)), f64::max);
        sheet.set_column_width(at, (longest + 2.0).min(WIDEST))?;
    }
    let (whole, day) = (Format::new().set_num_format("#,##0"), Format::new().set_num_format("yyyy-mm-dd"));
    for (row, cells) in (1..).zip(&table.rows) {
        for ((at, cell), column) in (0..).zip(cells).zip(columns) {
            match cell {
                Cell::Empty => {}
                Cell::YesNo(yes) => {
                    sheet.write_boolean(row, at, *yes)?;
                }
                Cell::Number(number) => match double(*number) {
                    Some(float) if number.fract().is_zero() && number.abs() >= Decimal::from(10_000) => {
                        sheet.write_number_with_format(row, at, float, &whole)?;
                    }
                    Some(float) => {
                        sheet.write_number(row, at, float)?;
                    }
                    None => {
                        sheet.write_string(row, at, number.to_string())?;
                    }
                },
                Cell::Text(text) if column.kind == ColumnType::Day => {
                    match ExcelDateTime::parse_from_str(text) {
                        Ok(date) => {
                            sheet.write_datetime_with_format(row, at, &date, &day)?;
                        }
                        Err(_) => {
                            sheet.write_string(row, at, text)?;
                        }
                    }
                }
                Cell::Text(text) => {
                    sheet.write_string(row, at, text)?;
                }
            }
        }
    }
    let (last_row, last_column) = (table.rows.len() as u32, columns.len() as u16 - 1);
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}

/// Writes the sheet with the meaning of the columns and the sources.
fn notes(sheet: &mut Worksheet, document: &ExportDocument, tables: &[&Table]) -> Result<(), XlsxError> {
    let locale = document.locale;
    let (bold, text) = (Format::new().set_bold(), Format::new().set_text_wrap().set_align(FormatAlign::Top));
    sheet.set_name(locale.pick("Notes", "注释"))?;
    sheet.set_column_width(0, 28)?.set_column_width(1, 28)?.set_column_width(2, 80)?;
    let mut row = 0;
    let mut line = |cells: [&str; 3], format: &Format| -> Result<(), XlsxError> {
        for (at, cell) in (0..).zip(cells) {
            sheet.write_string_with_format(row, at, cell, format)?;
        }
        row += 1;
        Ok(())
    };
    for table in tables {
        line(
            [table.schema.label(locale), locale.pick("Name", "字段名"), locale.pick("Meaning", "含义")],
            &bold,
        )?;
        for column in &table.schema.columns {
            line([column.label(locale), column.name, column.explained(locale).unwrap_or_default()], &text)?;
        }
        line(["", "", ""], &text)?;
    }
    line([locale.pick("Definitions", "定义"), "", ""], &bold)?;
    for (word, meaning) in &document.definitions {
        line([word, "", meaning], &text)?;
    }
    line(["", "", ""], &text)?;
    line([locale.pick("Sources", "来源"), locale.pick("Published", "发布"), ""], &bold)?;
    for credit in &document.credits {
        let date = credit.published_on.map(|date| date.to_string()).unwrap_or_default();
        line(
            [&credit.id, &date, &format!("{} — {} — {}", credit.publisher(locale), credit.title, credit.url)],
            &text,
        )?;
    }
    Ok(())
}
