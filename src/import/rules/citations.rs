//! Warnings of unused rows: a source that no row or note cites, a producer without observations.

use crate::import::{
    problem::Problems,
    record::CsvRecord,
    spec::{File, Name},
    tables::{ImportTable, Tables},
};

/// Sources and producers that are referenced.
pub struct Citations<'a> {
    sources: &'a ImportTable,
    producers: &'a ImportTable,
    observations: Columns,
    cited: Vec<bool>,
    measured: Vec<bool>,
    complete: bool,
}

/// Columns of a file that contain references: sources, producers, English texts.
struct Columns {
    source: Option<usize>,
    producer: Option<usize>,
    english: Vec<usize>,
}

impl Columns {
    fn of(file: &File) -> Columns {
        let named = |name| file.columns.iter().position(|column| column.name == name);
        let english = file.columns.iter().enumerate().filter(|(_, column)| column.name.ends_with("_en"));
        Columns {
            source: named("source_id"),
            producer: named("producer"),
            english: english.map(|(position, _)| position).collect(),
        }
    }
}

impl<'a> Citations<'a> {
    /// Collects the references of every file except the observations.
    pub fn of(tables: &'a Tables) -> Self {
        let (sources, producers) = (&tables[Name::Sources], &tables[Name::Producers]);
        let mut citations = Citations {
            sources,
            producers,
            observations: Columns::of(Name::Observations.file()),
            cited: vec![false; sources.rows.len()],
            measured: vec![false; producers.rows.len()],
            complete: tables.iter().all(|table| table.complete),
        };
        for table in tables.iter() {
            let columns = Columns::of(table.file);
            for row in &table.rows {
                citations.cited.mark(sources, &columns, row.record());
            }
        }
        citations
    }

    pub fn observation(&mut self, row: &CsvRecord) {
        self.cited.mark(self.sources, &self.observations, row);
        let producer = self.observations.producer.map_or("", |position| row.get(position));
        if let Some(position) = self.producers.position(producer) {
            self.measured[position] = true;
        }
    }

    /// Warns of unreferenced sources and producers; only if all files could be read.
    pub fn finish(self, complete: bool, problems: &mut Problems) {
        if !complete || !self.complete {
            return;
        }
        for (row, _) in self.sources.rows.iter().zip(&self.cited).filter(|(_, cited)| !**cited) {
            let what = "no row and no English note refers to it";
            problems.warn_cell(self.sources.file.file, row.number, "id", what);
        }
        for (row, _) in self.producers.rows.iter().zip(&self.measured).filter(|(_, measured)| !**measured) {
            let what = "no observation has this producer";
            problems.warn_cell(self.producers.file.file, row.number, "id", what);
        }
    }
}

trait Mark {
    fn mark(&mut self, sources: &ImportTable, columns: &Columns, row: &CsvRecord);
}

impl Mark for Vec<bool> {
    fn mark(&mut self, sources: &ImportTable, columns: &Columns, row: &CsvRecord) {
        let named = columns.source.map(|position| row.get(position));
        let mentioned = columns.english.iter().flat_map(|position| slugs(row.get(*position)));
        for position in named.into_iter().chain(mentioned).filter_map(|id| sources.position(id)) {
            self[position] = true;
        }
    }
}

/// Returns everything in a text that looks like a source id: two or more groups of letters and digits.
fn slugs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        .filter(|run| run.contains('-'))
        .flat_map(|run| run.split("--"))
        .map(|run| run.trim_matches('-'))
        .filter(|run| run.contains('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_notes() {
        let found = |text| slugs(text).collect::<Vec<_>>();
        assert_eq!(found("City from whobrands-reelshort (ReelShort)."), ["whobrands-reelshort"]);
        assert_eq!(
            found("see yicai-2025-12-08-early, -a-b- and c--d-e"),
            ["yicai-2025-12-08-early", "a-b", "d-e"]
        );
        assert_eq!(found("出自36kr-2026-01-23。"), ["36kr-2026-01-23"]);
        assert!(found("no id here - or here").is_empty());
    }
}
