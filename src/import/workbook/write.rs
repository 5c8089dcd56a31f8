//! Writes a data set as a workbook, also one with faults, which can be marked.

use std::collections::BTreeMap;

use anyhow::bail;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{
    guide,
    layout::{self, Formats},
    lists::Lists,
    names,
};
use crate::{
    import::{
        cell,
        data_set::DataSet,
        problem::{Problem, Problems},
        record::{CsvRecord, Lines},
        spec::{CellKind, FILES, File},
    },
    text::spreadsheet::{double, width},
};

/// Maximum number of rows of a sheet, with the header.
const MAX_ROWS: usize = 1_048_576;

/// Returns the bytes of a workbook with the rows of a data set. With the problems of a check, cells are marked and listed.
///
/// # Errors
///
/// If a file cannot be read, or a sheet would have more rows than the format allows.
pub fn write(data: &DataSet, problems: Option<&Problems>) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    // Without a time of writing, the same data gives the same bytes.
    let properties = DocProperties::new().set_title("Micro-Drama Observatory: data set");
    book.set_properties(&properties.set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    guide::write(&mut book)?;
    if let Some(problems) = problems {
        findings(&mut book, problems)?;
    }
    let (formats, lists) = (Formats::new(), Lists::new());
    for file in &FILES {
        let sheet = book.add_worksheet().set_name(file.stem())?;
        table(sheet, file, data, &formats, &lists, &Marks::of(file, problems))?;
    }
    guide::write_dictionary(&mut book)?;
    lists.write(&mut book)?;
    Ok(book.save_to_buffer()?)
}

/// Writes the rows of a file at the row numbers that they have in the data set.
fn table(
    sheet: &mut Worksheet,
    file: &File,
    data: &DataSet,
    formats: &Formats,
    lists: &Lists,
    marks: &Marks,
) -> anyhow::Result<()> {
    let mut longest = vec![0.0_f64; file.columns.len()];
    let mut last = 1;
    if let Some(reader) = data.reader(file.name) {
        let mut lines = Lines::new(reader);
        let mut record = CsvRecord::default();
        // The header of the workbook is that of the specification.
        lines.next()?.transpose().ok();
        let mut number = 1;
        while let Some(line) = lines.next()? {
            number += 1;
            let row = data.row(file.name, number);
            if row > MAX_ROWS {
                bail!("{} has more rows than a sheet can have; use a folder of CSV files", file.file);
            }
            // A line that cannot be read is listed among the findings.
            if line.is_ok_and(|line| record.split(line).is_ok()) {
                for (position, text) in record.iter().enumerate().take(file.columns.len()) {
                    longest[position] = longest[position].max(width(text));
                    cell_into(sheet, (row - 1) as u32, position, text, file, formats, marks)?;
                }
            }
            last = row;
        }
    }
    layout::set_up(sheet, file, formats, lists, &longest, last as u32)?;
    for ((row, position), mark) in &marks.0 {
        sheet.insert_note((row - 1) as u32, *position as u16, &layout::note_of(mark.what.join("\n\n")))?;
    }
    Ok(())
}

/// Writes a cell with its type, or as a text if it has no value of the type.
fn cell_into(
    sheet: &mut Worksheet,
    row: u32,
    position: usize,
    text: &str,
    file: &File,
    formats: &Formats,
    marks: &Marks,
) -> Result<(), XlsxError> {
    let column = position as u16;
    let mark = marks.0.get(&(row as usize + 1, position));
    let marked = |format: &Format| match mark {
        Some(mark) => format.clone().set_background_color(mark.color()),
        None => format.clone(),
    };
    if text.is_empty() {
        if mark.is_some() {
            sheet.write_blank(row, column, &marked(&formats.text))?;
        }
        return Ok(());
    }
    match typed(file.columns[position].kind, text) {
        Typed::Number(number, double) => {
            let large = number.fract().is_zero() && number.abs() >= Decimal::from(10_000);
            let format = if large { &formats.large } else { &formats.number };
            sheet.write_number_with_format(row, column, double, &marked(format))?;
        }
        Typed::Day(day) => {
            sheet.write_datetime_with_format(row, column, &day, &marked(&formats.day))?;
        }
        Typed::Text => {
            sheet.write_string_with_format(row, column, text, &marked(&formats.text))?;
        }
    }
    Ok(())
}

/// Value of a cell in a spreadsheet.
enum Typed {
    Number(Decimal, f64),
    Day(ExcelDateTime),
    Text,
}

fn typed(kind: CellKind, text: &str) -> Typed {
    match kind {
        CellKind::Number => match cell::number(text) {
            // A number with more digits than a double keeps stays a text.
            Ok(number) => double(number).map_or(Typed::Text, |double| Typed::Number(number, double)),
            Err(_) => Typed::Text,
        },
        // Spreadsheets know no day before 1900 and count a day too many until March of that year.
        CellKind::Day => match cell::day(text).filter(|_| text >= "1900-03-01") {
            Some(_) => ExcelDateTime::parse_from_str(text).map_or(Typed::Text, Typed::Day),
            None => Typed::Text,
        },
        _ => Typed::Text,
    }
}

/// Problems and warnings of one file, by row and position of the column.
struct Marks(BTreeMap<(usize, usize), Mark>);

#[derive(Default)]
struct Mark {
    what: Vec<String>,
    is_problem: bool,
}

impl Mark {
    fn color(&self) -> Color {
        Color::RGB(if self.is_problem { 0xFF_B3_B3 } else { 0xFF_F0_B3 })
    }
}

impl Marks {
    fn of(file: &File, problems: Option<&Problems>) -> Marks {
        let mut marks = BTreeMap::<_, Mark>::new();
        let Some(problems) = problems else { return Marks(marks) };
        let every = problems.shown.iter().map(|problem| (problem, true));
        for (problem, is_problem) in
            every.chain(problems.warnings.shown.iter().map(|warning| (warning, false)))
        {
            let (true, Some(row)) = (problem.is_of(file), problem.row) else { continue };
            // A problem of a whole row stands at its first cell.
            let position = problem.column.map_or(0, |column| file.position(column));
            let mark = marks.entry((row, position)).or_default();
            let word = if is_problem { "Error" } else { "Warning" };
            mark.what.push(format!("{word}: {}", problem.what));
            mark.is_problem |= is_problem;
        }
        Marks(marks)
    }
}

/// Adds the sheet that lists what the check found.
fn findings(book: &mut Workbook, problems: &Problems) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(names::FINDINGS)?;
    let bold = Format::new().set_bold();
    let text = Format::new().set_text_wrap();
    let header = ["kind 类别", "sheet 工作表", "cell 单元格", "row 行", "column 列", "what is wrong 说明"];
    for ((column, name), width) in (0..).zip(header).zip([12, 18, 12, 8, 22, 100]) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    let errors = problems.shown.iter().map(|problem| ("error 错误", problem));
    let warnings = problems.warnings.shown.iter().map(|warning| ("warning 提示", warning));
    for (row, (kind, problem)) in (1..).zip(errors.chain(warnings)) {
        let Problem { file, row: number, column, cell, what } = problem;
        let number = number.map(|number| number.to_string());
        let cells = [
            kind,
            file.trim_end_matches(".csv"),
            cell.as_deref().unwrap_or_default(),
            number.as_deref().unwrap_or_default(),
            column.unwrap_or_default(),
            what,
        ];
        for (at, cell) in (0..).zip(cells) {
            sheet.write_string_with_format(row, at, cell, &text)?;
        }
        sheet.set_row_height(row, layout::height([(what.as_str(), 100.0)]))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}
