//! Rule for links in texts: `[[x]]` names a source, and both languages of a text have the same links.

use std::collections::BTreeSet;

use crate::{
    import::{
        problem::{Problems, quoted},
        record::CsvRecord,
        spec::{File, Name},
        tables::{ImportTable, Tables},
    },
    text::note,
};

/// Checks the links of one file.
pub struct Links<'a> {
    file: &'static File,
    sources: &'a ImportTable,
    /// Positions of the text columns, each with that of its Chinese counterpart.
    texts: Vec<(usize, Option<usize>)>,
}

impl<'a> Links<'a> {
    pub fn of(file: &'static File, tables: &'a Tables) -> Links<'a> {
        let columns = file.columns.iter().enumerate();
        let texts =
            columns.filter(|(_, column)| column.name.ends_with("_en") || column.name.ends_with("_zh"));
        let texts = texts.map(|(position, column)| {
            (position, file.chinese_of(column.name).map(|chinese| file.position(chinese)))
        });
        Links { file, sources: &tables[Name::Sources], texts: texts.collect() }
    }

    pub fn check(&self, number: usize, row: &CsvRecord, problems: &mut Problems) {
        let mut wrong = |position: usize, what: String| {
            problems.cell(self.file.file, number, self.file.columns[position].name, what)
        };
        for &(position, chinese) in &self.texts {
            let text = row.get(position);
            if !text.contains("[[") && chinese.is_none_or(|chinese| !row.get(chinese).contains("[[")) {
                continue;
            }
            for id in note::links(text).filter(|id| self.sources.complete && self.sources.find(id).is_none())
            {
                wrong(
                    position,
                    format!("[[{id}]] is not a source; there is no {} in sources.csv", quoted(id)),
                );
            }
            // A file of version 1 may lack the Chinese column.
            let Some(chinese) = chinese.filter(|chinese| *chinese < row.len()) else { continue };
            let sets = [text, row.get(chinese)].map(|text| note::links(text).collect::<BTreeSet<_>>());
            if sets[0] != sets[1] {
                wrong(chinese, format!("has other links than {}", self.file.columns[position].name));
            }
        }
    }
}

/// Checks every file except the observations.
pub fn check(tables: &Tables, problems: &mut Problems) {
    for table in tables.iter() {
        let links = Links::of(table.file, tables);
        for row in &table.rows {
            links.check(row.number, row.record(), problems);
        }
    }
}
