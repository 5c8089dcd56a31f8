//! Reads the files. Every row is checked individually; all rows except observations stay in memory for rules across rows.

use std::{
    collections::BTreeMap,
    io::{self, Read},
    ops::Index,
};

use chrono::NaiveDate;

use super::{
    cell,
    content::Content,
    data_set::DataSet,
    oddities,
    problem::{Problems, quoted},
    record::{Broken, CsvRecord, Lines},
    spec::{ColumnSpec, FILES, File, MAX_OBSERVATIONS, MAX_ROWS_HELD, Name},
};

/// A row with its number.
pub struct ImportRow {
    pub number: usize,
    record: CsvRecord,
}

/// One file in memory.
pub struct ImportTable {
    pub file: &'static File,
    pub rows: Vec<ImportRow>,
    /// Whether the complete file could be read. If not, a missing row is not evidence of an error.
    pub complete: bool,
    positions: BTreeMap<String, usize>,
}

/// Every file except the observations.
pub struct Tables(Vec<ImportTable>);

impl ImportRow {
    pub fn record(&self) -> &CsvRecord {
        &self.record
    }
}

impl ImportTable {
    pub fn get<'a>(&self, row: &'a ImportRow, column: &str) -> &'a str {
        row.record.get(self.file.position(column))
    }

    /// Returns the index of the row with this id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    pub fn find(&self, id: &str) -> Option<&ImportRow> {
        self.position(id).map(|position| &self.rows[position])
    }

    /// Returns one cell of the row with this id; blank if there is no such row.
    pub fn of(&self, id: &str, column: &str) -> &str {
        self.find(id).map_or("", |row| self.get(row, column))
    }
}

impl Index<Name> for Tables {
    type Output = ImportTable;

    fn index(&self, name: Name) -> &ImportTable {
        &self.0[name as usize]
    }
}

impl Tables {
    pub fn iter(&self) -> impl Iterator<Item = &ImportTable> {
        self.0.iter()
    }

    /// Returns the newest full publication date of a source: the data set was compiled on that day or later.
    pub fn newest_source(&self) -> Option<NaiveDate> {
        let sources = &self[Name::Sources];
        sources.rows.iter().filter_map(|row| cell::day(sources.get(row, "published_on"))).max()
    }

    pub fn read(data: &DataSet, problems: &mut Problems, content: &mut Content) -> io::Result<Tables> {
        let mut tables = Vec::new();
        for file in FILES.iter().filter(|file| file.name != Name::Observations) {
            tables.push(ImportTable::read(file, data, problems, content)?);
        }
        Ok(Tables(tables))
    }
}

impl ImportTable {
    fn read(
        file: &'static File,
        data: &DataSet,
        problems: &mut Problems,
        content: &mut Content,
    ) -> io::Result<ImportTable> {
        let mut rows: Vec<ImportRow> = Vec::new();
        let mut positions = BTreeMap::new();
        let complete = each_row(file, data, problems, content, |number, record, problems| {
            let id = record.get(0);
            match positions.get(id) {
                _ if id.is_empty() || !file.has_ids() => {}
                Some(first) => {
                    let first: &ImportRow = &rows[*first];
                    let what = format!("{} is already in row {}; ids are unique", quoted(id), first.number);
                    problems.cell(file.file, number, "id", what);
                }
                None => {
                    positions.insert(id.to_owned(), rows.len());
                }
            }
            rows.push(ImportRow { number, record: record.clone() });
        })?;
        Ok(ImportTable { file, rows, complete, positions })
    }
}

/// Calls `each` with every row that has as many cells as the header, after checking its cells. Returns whether every row could be read.
pub fn each_row(
    file: &'static File,
    data: &DataSet,
    problems: &mut Problems,
    content: &mut Content,
    each: impl FnMut(usize, &CsvRecord, &mut Problems),
) -> io::Result<bool> {
    let Some(reader) = data.reader(file.name) else {
        if file.added {
            problems.warn_file(file.file, "is missing, as in version 1 of the data set; it counts as empty");
        } else {
            problems.file(file.file, "is missing");
        }
        return Ok(file.added);
    };
    let mut lines = Lines::new(reader);
    let complete = rows(file, data, &mut lines, problems, content, each)?;
    oddities::form(file, lines.form(), problems);
    Ok(complete)
}

fn rows(
    file: &'static File,
    data: &DataSet,
    lines: &mut Lines<impl Read>,
    problems: &mut Problems,
    content: &mut Content,
    mut each: impl FnMut(usize, &CsvRecord, &mut Problems),
) -> io::Result<bool> {
    let mut record = CsvRecord::default();
    let columns = match header(file, lines.next()?, &mut record) {
        Ok(columns) => columns,
        Err(what) => {
            problems.row(file.file, 1, what);
            return Ok(false);
        }
    };
    if columns.len() < file.columns.len() {
        let missing = file.columns[columns.len()..].iter().map(|column| column.name).collect::<Vec<_>>();
        let what =
            format!("has no {}, as in version 1 of the data set; these cells are blank", missing.join(", "));
        problems.warn_file(file.file, what);
    }
    let most = if file.name == Name::Observations { MAX_OBSERVATIONS } else { MAX_ROWS_HELD };
    let (languages, names) = (Languages::of(file), oddities::names(file));
    let mut unreadable = Unreadable::default();
    let mut line_number = 1;
    let mut complete = true;
    loop {
        line_number += 1;
        let number = data.row(file.name, line_number);
        match lines.next()? {
            None => break,
            Some(_) if line_number > most + 1 => {
                problems.file(file.file, format!("has more than {most} rows"));
                return Ok(false);
            }
            Some(Ok(line)) => match record.split(line) {
                Ok(()) if record.len() == columns.len() => {
                    cells(file, columns, number, &record, problems);
                    languages.check(number, &record, problems);
                    oddities::removed(file, number, &record, problems);
                    oddities::undrawn(file, &names, number, &record, problems);
                    content.add(file, &record);
                    each(number, &record, problems);
                }
                split => {
                    let cells = format!("has {} cells; the header has {}", record.len(), columns.len());
                    problems.row(file.file, number, split.map_or_else(str::to_owned, |()| cells));
                    complete = false;
                }
            },
            Some(Err(broken)) => {
                unreadable.add(number, broken);
                complete = false;
                if broken == Broken::TooLong {
                    break;
                }
            }
        }
    }
    unreadable.finish(file, problems);
    content.fingerprint(file, lines.fingerprint());
    Ok(complete)
}

/// Collects unreadable lines and reports each kind of fault once per file.
#[derive(Default)]
struct Unreadable {
    /// The first line of each kind, and the number of further ones.
    kinds: Vec<(Broken, usize, usize)>,
}

impl Unreadable {
    fn add(&mut self, number: usize, broken: Broken) {
        match self.kinds.iter_mut().find(|(known, ..)| *known == broken) {
            Some((_, _, more)) => *more += 1,
            None => self.kinds.push((broken, number, 0)),
        }
    }

    fn finish(self, file: &File, problems: &mut Problems) {
        for (broken, first, more) in self.kinds {
            let others = match more {
                0 => String::new(),
                more => format!(" ({more} more rows like it)"),
            };
            problems.row(file.file, first, format!("{}{others}", broken.what()));
        }
    }
}

/// Returns the columns that the file has: all, or those of version 1 of the data set.
fn header(
    file: &'static File,
    line: Option<Result<&str, Broken>>,
    record: &mut CsvRecord,
) -> Result<&'static [ColumnSpec], String> {
    let line = match line {
        None => return Err("the file is empty; its first line must be the header".to_owned()),
        Some(Err(broken)) => return Err(broken.what().to_owned()),
        Some(Ok(line)) => line,
    };
    let names = || file.columns.iter().map(|column| column.name);
    if record.split(line).is_ok() {
        for columns in [file.columns, &file.columns[..file.original_columns()]] {
            if record.iter().eq(columns.iter().map(|column| column.name)) {
                return Ok(columns);
            }
        }
    }
    let expected = names().collect::<Vec<_>>().join(",");
    for (separator, called) in [(';', "semicolons"), ('\t', "tabs")] {
        let parts = line.split(separator).map(|name| name.trim_matches('"'));
        if parts.eq(names()) {
            return Err(format!(
                "cells are separated by {called}; save the file as “CSV UTF-8”, with commas"
            ));
        }
    }
    Err(format!("the header is {}; it must be {expected}", quoted(line)))
}

fn cells(
    file: &'static File,
    columns: &'static [ColumnSpec],
    number: usize,
    record: &CsvRecord,
    problems: &mut Problems,
) {
    for (column, text) in columns.iter().zip(record.iter()) {
        if let Some(what) = cell::fault(column, text) {
            problems.cell(file.file, number, column.name, what);
        }
    }
}

/// Checks that English and Chinese texts are equivalent and each in its own script.
struct Languages {
    file: &'static File,
    pairs: Vec<(usize, usize)>,
    english: Vec<usize>,
}

impl Languages {
    fn of(file: &'static File) -> Languages {
        let columns = || file.columns.iter().enumerate();
        let pairs = columns()
            .filter_map(|(english, column)| Some((english, file.position(file.chinese_of(column.name)?))))
            .collect();
        // Titles of sources are quoted as published, so they are exempt.
        let english = columns()
            .filter(|(_, column)| file.name != Name::Sources && column.name.ends_with("_en"))
            .map(|(position, _)| position)
            .collect();
        Languages { file, pairs, english }
    }

    fn check(&self, number: usize, record: &CsvRecord, problems: &mut Problems) {
        let name = |position: usize| self.file.columns[position].name;
        // A column that the file lacks is not blank.
        let present = |(_, chinese): &&(usize, usize)| *chinese < record.len();
        for &(english, chinese) in self.pairs.iter().filter(present) {
            let (blank, other) = match (record.get(english), record.get(chinese)) {
                ("", text) if !text.is_empty() => (english, chinese),
                (text, "") if !text.is_empty() => (chinese, english),
                _ => continue,
            };
            let what = format!("is blank; {} is not, and the two say the same", name(other));
            problems.cell(self.file.file, number, name(blank), what);
        }
        for &position in &self.english {
            if let Some(mark) = record.get(position).chars().find(|c| is_chinese_punctuation(*c)) {
                let what = format!("has the Chinese punctuation mark “{mark}” in English text");
                problems.cell(self.file.file, number, name(position), what);
            }
        }
    }
}

fn is_chinese_punctuation(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}
