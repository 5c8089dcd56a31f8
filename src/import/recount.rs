//! The content hash of rows that have been published, recomputed from the lines of their export.

use super::{content::Content, record::CsvRecord, spec::File};

/// Incremental hasher over exported lines.
pub struct Recount {
    content: Content,
    record: CsvRecord,
}

impl Recount {
    pub fn new() -> Recount {
        Recount { content: Content::new(), record: CsvRecord::default() }
    }

    /// Adds one line of a file, without its line end.
    ///
    /// # Errors
    ///
    /// If the line is not one of this file.
    pub fn add(&mut self, file: &File, line: &str) -> Result<(), String> {
        self.record.split(line)?;
        if self.record.len() != file.columns.len() {
            return Err(format!("a row of {} has {} cells", file.file, self.record.len()));
        }
        self.content.add(file, &self.record);
        Ok(())
    }

    /// Returns the content hash.
    pub fn finish(self) -> String {
        self.content.finish().1
    }
}

impl Default for Recount {
    fn default() -> Self {
        Recount::new()
    }
}
