//! Reads a workbook into the rows of CSV files.
//!
//! Cells are streamed, because a single cell far away would make a rectangle of cells too large for any memory.

use std::{collections::BTreeSet, io::Cursor};

use calamine::{Dimensions, Reader, Style, Xlsx, XlsxError};

use super::{
    names,
    value::{Finding, Value},
};
use crate::{
    import::spec::{ColumnSpec, FILES, File, Name},
    text::spreadsheet::letters,
};

/// A workbook that was read.
#[derive(Debug, Default)]
pub struct Book {
    /// Why the workbook cannot be read at all.
    pub broken: Option<String>,
    /// In the order of [`FILES`]; `None` for a sheet that is missing.
    pub sheets: Vec<Option<Sheet>>,
    /// Sheets that do not belong to the data set, and what to do about each.
    pub strangers: Vec<(String, String)>,
}

/// A sheet as the text of its CSV file.
#[derive(Debug, Default)]
pub struct Sheet {
    pub csv: Vec<u8>,
    /// Row of the sheet for each line of the text. Rows without content are left out.
    pub rows: Vec<usize>,
    /// Column of the sheet for each column of the specification, counted from 0. Empty if the header is wrong.
    columns: Vec<usize>,
    pub faults: Vec<Fault>,
}

/// What the reader found in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub row: usize,
    /// `None` if the cell stands in a column without a name.
    pub column: Option<&'static str>,
    /// Address of the cell: `F12`.
    pub cell: String,
    pub finding: Finding,
}

/// A cell that is not blank.
struct Cell {
    /// Counted from 0.
    row: usize,
    column: usize,
    value: Value,
    has_formula: bool,
}

type Open<'a> = Xlsx<Cursor<&'a [u8]>>;

impl Book {
    pub fn read(bytes: &[u8]) -> Book {
        match read(bytes) {
            Ok(book) => book,
            Err(error) => {
                let what = match error {
                    XlsxError::Password => "is protected by a password; save it without one".to_owned(),
                    error => {
                        format!("cannot be read as a workbook ({error}); save it as “Excel workbook (.xlsx)”")
                    }
                };
                Book { broken: Some(what), ..Book::default() }
            }
        }
    }

    pub fn sheet(&self, name: Name) -> Option<&Sheet> {
        self.sheets.get(name as usize)?.as_ref()
    }
}

impl Sheet {
    /// Returns the address of a cell: `F12`. `None` if the sheet has no such column.
    pub fn address(&self, row: usize, position: usize) -> Option<String> {
        Some(format!("{}{row}", letters(*self.columns.get(position)?)))
    }

    fn fault(&mut self, row: usize, column: Option<&'static str>, at: usize, finding: Finding) {
        self.faults.push(Fault { row, column, cell: format!("{}{row}", letters(at)), finding });
    }
}

fn read(bytes: &[u8]) -> Result<Book, XlsxError> {
    let mut open: Open<'_> = Xlsx::new(Cursor::new(bytes))?;
    let sheets = open.sheet_names();
    let mut book = Book { sheets: FILES.iter().map(|_| None).collect(), ..Book::default() };
    for name in &sheets {
        if let Some(file) = names::file(name) {
            let cells = cells(&mut open, name)?;
            let merged = open.merge_cells_by_sheet_name(name)?;
            book.sheets[file.name as usize] = Some(sheet(file, &cells, &merged, open.has_1904_epoch()));
        }
    }
    for name in sheets.iter().filter(|name| names::file(name).is_none() && !names::is_for_people(name)) {
        let stranger = match cells(&mut open, name) {
            Ok(cells) => stranger(&cells, &book),
            // A chart is a sheet without cells.
            Err(_) => stranger(&[], &book),
        };
        book.strangers.push((name.clone(), stranger));
    }
    Ok(book)
}

/// Says what to do about a sheet that does not belong to the data set: it may be one of them under another name.
fn stranger(cells: &[Cell], book: &Book) -> String {
    let header = header(cells);
    let missing = FILES.iter().filter(|file| book.sheet(file.name).is_none());
    match missing.into_iter().find(|file| columns(file, &header).is_some()) {
        Some(file) => format!("has the columns of {0}; rename the sheet to {0}", file.stem()),
        None => {
            let known = FILES.each_ref().map(File::stem).join(", ");
            format!("does not belong to the data set, whose sheets are {known}; remove the sheet")
        }
    }
}

/// Reads the cells of a sheet that are not blank, in the order of rows.
fn cells(open: &mut Open<'_>, name: &str) -> Result<Vec<Cell>, XlsxError> {
    let percentages = percentages(open, name)?;
    let mut cells = Vec::new();
    let mut reader = open.worksheet_cells_reader(name)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        let (row, column) = (cell.pos.0 as usize, cell.pos.1 as usize);
        let has_formula = cell.formula.is_some();
        let value = match Value::of(cell.value) {
            Value::Number(number) if percentages.contains(&cell.pos) => Value::Percentage(number),
            value => value,
        };
        if has_formula || !value.is_blank() {
            cells.push(Cell { row, column, value, has_formula });
        }
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    Ok(cells)
}

/// Returns the cells that are shown as percentages, by row and column.
fn percentages(open: &mut Open<'_>, name: &str) -> Result<BTreeSet<(u32, u32)>, XlsxError> {
    let mut reader = open.worksheet_cells_reader(name)?;
    let is_percentage =
        |style: &Style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%'));
    let styles: Vec<bool> = reader.styles().iter().map(is_percentage).collect();
    let mut cells = BTreeSet::new();
    if !styles.contains(&true) {
        return Ok(cells);
    }
    while let Some((row, column, style)) = reader.next_style_id()? {
        if styles.get(style) == Some(&true) {
            cells.insert((row, column));
        }
    }
    Ok(cells)
}

/// Returns the names in the first row, with their columns.
fn header(cells: &[Cell]) -> Vec<(usize, String)> {
    let first = cells.iter().take_while(|cell| cell.row == 0);
    first
        .map(|cell| {
            let name = match &cell.value {
                Value::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
                other => format!("{other:?}"),
            };
            (cell.column, name)
        })
        .collect()
}

/// Returns the columns of the specification that the header has, in any order, each with its column in the sheet. `None` unless they are
/// all, or those of version 1 of the data set.
fn columns(file: &'static File, header: &[(usize, String)]) -> Option<Vec<(&'static ColumnSpec, usize)>> {
    [file.columns, &file.columns[..file.original_columns()]].into_iter().find_map(|columns| {
        let place = |column: &'static ColumnSpec| {
            header.iter().find(|(_, name)| name == column.name).map(|(at, _)| (column, *at))
        };
        let found: Option<Vec<_>> = columns.iter().map(place).collect();
        found.filter(|found| found.len() == header.len())
    })
}

fn sheet(file: &'static File, cells: &[Cell], merged: &[Dimensions], epoch_1904: bool) -> Sheet {
    let mut sheet = Sheet::default();
    let header = header(cells);
    let Some(columns) = columns(file, &header) else {
        // The check says what the header must be.
        line(&mut sheet.csv, header.iter().map(|(_, name)| name.as_str()));
        sheet.rows.push(1);
        return sheet;
    };
    sheet.columns = columns.iter().map(|(_, at)| *at).collect();
    line(&mut sheet.csv, columns.iter().map(|(column, _)| column.name));
    sheet.rows.push(1);
    let named = |at: usize| columns.iter().find(|(_, column)| *column == at).map(|(column, _)| *column);
    for part in merged {
        let at = part.start.1 as usize;
        let end = format!("{}{}", letters(part.end.1 as usize), part.end.0 + 1);
        let what = format!("is merged with the cells up to {end}; split them and fill in each");
        let column = named(at).map(|column| column.name);
        sheet.fault(part.start.0 as usize + 1, column, at, Finding::Problem(what));
    }
    for row in cells.chunk_by(|one, other| one.row == other.row).filter(|row| row[0].row > 0) {
        let number = row[0].row + 1;
        let mut texts = vec![String::new(); columns.len()];
        for cell in row {
            let Some(position) = columns.iter().position(|(_, at)| *at == cell.column) else {
                let what = "stands in a column without a name; remove it".to_owned();
                sheet.fault(number, None, cell.column, Finding::Problem(what));
                continue;
            };
            let column = columns[position].0;
            let reading = cell.value.read(column.kind, cell.has_formula, epoch_1904);
            texts[position] = reading.text;
            if let Some(finding) = reading.finding {
                sheet.fault(number, Some(column.name), cell.column, finding);
            }
        }
        if texts.iter().any(|text| !text.is_empty()) {
            line(&mut sheet.csv, texts.iter().map(String::as_str));
            sheet.rows.push(number);
        }
    }
    sheet
}

/// Appends a line of CSV with every cell in quotation marks. Cells have no line breaks.
fn line<'a>(csv: &mut Vec<u8>, cells: impl Iterator<Item = &'a str>) {
    for (position, cell) in cells.enumerate() {
        if position > 0 {
            csv.push(b',');
        }
        csv.push(b'"');
        csv.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
        csv.push(b'"');
    }
    csv.push(b'\n');
}
