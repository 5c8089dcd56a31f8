//! Writer of a Parquet file.

use std::{io::Write, sync::Arc};

use parquet::{
    basic::Compression,
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        properties::{EnabledStatistics, WriterProperties},
        writer::SerializedFileWriter,
    },
};

use super::{
    buffer::ColumnBuffer,
    field::{Field, schema},
    value::ValueError,
};

/// Maximum number of rows of a row group, and of bytes of their texts. A reader fetches a column of a row group at a time, and the writer
/// holds one row group in memory.
const MAX_GROUP_ROWS: usize = 65_536;
const MAX_GROUP_BYTES: usize = 8 * 1024 * 1024;

/// Reason why a file was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error(transparent)]
    Parquet(#[from] ParquetError),
    #[error("column {column}: {problem}")]
    Value { column: &'static str, problem: ValueError },
    #[error("row with {found} cells instead of {expected}")]
    Cells { found: usize, expected: usize },
}

/// Writes rows of text cells as typed columns.
pub struct ParquetWriter<W: Write + Send> {
    file: SerializedFileWriter<W>,
    fields: Vec<Field>,
    columns: Vec<ColumnBuffer>,
    rows: usize,
    bytes: usize,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a file. `notes` are its metadata as names and values.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn new(
        out: W,
        fields: Vec<Field>,
        notes: Vec<(&'static str, String)>,
    ) -> Result<ParquetWriter<W>, WriteError> {
        let notes = notes.into_iter().map(|(name, value)| KeyValue::new(name.to_owned(), value)).collect();
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            // Enough to skip row groups; the index of pages would cost more than it saves at this size.
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_key_value_metadata(Some(notes))
            .build();
        let file = SerializedFileWriter::new(out, schema(&fields)?, Arc::new(properties))?;
        let columns = fields.iter().map(|field| ColumnBuffer::new(field.kind)).collect();
        Ok(ParquetWriter { file, fields, columns, rows: 0, bytes: 0 })
    }

    /// Appends a row.
    ///
    /// # Errors
    ///
    /// If a cell is no value of its column, or the file cannot be written.
    pub fn push<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), WriteError> {
        let mut found = 0;
        for cell in cells {
            let (Some(column), Some(field)) = (self.columns.get_mut(found), self.fields.get(found)) else {
                return Err(WriteError::Cells { found: found + 1, expected: self.fields.len() });
            };
            column.push(cell).map_err(|problem| WriteError::Value { column: field.name, problem })?;
            self.bytes += cell.len();
            found += 1;
        }
        if found != self.fields.len() {
            return Err(WriteError::Cells { found, expected: self.fields.len() });
        }
        self.rows += 1;
        if self.rows >= MAX_GROUP_ROWS || self.bytes >= MAX_GROUP_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        for column in &mut self.columns {
            let Some(mut writer) = group.next_column()? else { break };
            column.write(&mut writer)?;
            writer.close()?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    /// Writes the last row group and the footer.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.flush()?;
        Ok(self.file.into_inner()?)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use parquet::{
        file::reader::{FileReader, SerializedFileReader},
        record::RowAccessor,
    };

    use super::*;
    use crate::outputs::parquet::field::FieldType;

    fn fields() -> Vec<Field> {
        let of = |name, kind| Field { name, kind, label: None, about: None };
        vec![
            of("id", FieldType::Text),
            of("value", FieldType::Decimal),
            of("day", FieldType::Date),
            of("official", FieldType::Boolean),
            of("rows", FieldType::Integer),
        ]
    }

    fn written(rows: &[[&str; 5]]) -> Bytes {
        let notes = vec![("title", "Figures".to_owned())];
        let mut writer = ParquetWriter::new(Vec::new(), fields(), notes).unwrap();
        for row in rows {
            writer.push(row.iter().copied()).unwrap();
        }
        writer.finish().unwrap().into()
    }

    #[test]
    fn a_reader_finds_typed_values_and_blanks() {
        let file = written(&[["一", "-5.25", "2025-12-31", "yes", "7"], ["", "", "", "", ""]]);
        let reader = SerializedFileReader::new(file.clone()).unwrap();
        let notes = reader.metadata().file_metadata().key_value_metadata().unwrap();
        assert!(notes.iter().any(|note| note.key == "title" && note.value.as_deref() == Some("Figures")));
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap()).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].get_string(0).unwrap(), "一");
        assert_eq!(
            rows[0].to_string(),
            "{id: \"一\", value: -5.250000000000, day: 2025-12-31, official: true, rows: 7}"
        );
        assert_eq!(rows[1].to_string(), "{id: null, value: null, day: null, official: null, rows: null}");
        assert_eq!(file, written(&[["一", "-5.25", "2025-12-31", "yes", "7"], ["", "", "", "", ""]]));
        assert_eq!(SerializedFileReader::new(written(&[])).unwrap().num_row_groups(), 0);
    }

    #[test]
    fn many_rows_are_several_row_groups() {
        let names: Vec<String> = (0..MAX_GROUP_ROWS + 3).map(|at| format!("n{}", at % 7)).collect();
        let mut writer = ParquetWriter::new(Vec::new(), fields(), Vec::new()).unwrap();
        for name in &names {
            writer.push([name.as_str(), "1.5", "", "no", ""]).unwrap();
        }
        let reader = SerializedFileReader::new(Bytes::from(writer.finish().unwrap())).unwrap();
        assert_eq!(reader.num_row_groups(), 2);
        let read: Vec<String> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_string(0).unwrap().clone())
            .collect();
        assert_eq!(read, names);
    }

    #[test]
    fn a_cell_that_does_not_fit_names_its_column() {
        let mut writer = ParquetWriter::new(Vec::new(), fields(), Vec::new()).unwrap();
        let error = writer.push(["a", "0.0000000000001", "", "", ""]).unwrap_err();
        assert!(error.to_string().starts_with("column value: "), "{error}");
        let mut writer = ParquetWriter::new(Vec::new(), fields(), Vec::new()).unwrap();
        assert!(writer.push(["a"]).is_err() && writer.push(["a", "1", "", "", "", "", ""]).is_err());
    }
}
