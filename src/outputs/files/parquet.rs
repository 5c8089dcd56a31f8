//! Tables as Parquet: one typed column each, under its stable name.

use std::io::Write;

use super::{ExportDocument, LICENCE_ADDRESS, Provenance, attribution};
use crate::{
    domain::table::Table,
    outputs::parquet::{Field, ParquetWriter, WriteError, described},
};

/// Writes a whole table. Its bytes depend on the rows and the revision, not on the address of the site.
///
/// # Errors
///
/// If a number does not fit its column, or `out` cannot be written.
pub fn write<W: Write + Send>(
    document: &ExportDocument,
    table: &Table,
    provenance: &Provenance,
    out: W,
) -> Result<W, WriteError> {
    let locale = document.locale;
    let fields: Vec<Field> =
        table.schema.columns.iter().map(|column| Field::of_schema(column, locale)).collect();
    let known_on = provenance.known_on.map(|day| ("known_on", day.to_string()));
    let notes = [
        ("title", document.title.clone()),
        ("language", locale.tag().to_owned()),
        ("revision", provenance.revision.to_string()),
        ("licence", LICENCE_ADDRESS.to_owned()),
        ("attribution", attribution(locale, provenance.revision)),
        ("columns", described(&fields)),
    ];
    let mut writer = ParquetWriter::new(out, fields, notes.into_iter().chain(known_on).collect())?;
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| cell.written()).collect();
        writer.push(cells.iter().map(String::as_str))?;
    }
    writer.finish()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::domain::table::samples;

    #[test]
    fn a_table_is_typed_and_its_columns_are_explained() {
        let table = samples::table(&[("a", "=1+1", "-1.50"), ("b", "", "")]);
        let day = chrono::NaiveDate::from_ymd_opt(2025, 12, 8).unwrap();
        let provenance = Provenance {
            origin: "https://example.org".to_owned(),
            revision: 2,
            published_on: day,
            known_on: None,
            taken_on: day,
            contact: None,
        };
        let file: Bytes = write(&ExportDocument::default(), &table, &provenance, Vec::new()).unwrap().into();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows: Vec<String> =
            reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        assert_eq!(
            rows,
            ["{id: \"a\", text: \"=1+1\", number: -1.500000000000}", "{id: \"b\", text: null, number: null}"]
        );
        let notes = reader.metadata().file_metadata().key_value_metadata().unwrap();
        let columns = notes.iter().find(|note| note.key == "columns").unwrap().value.as_deref().unwrap();
        assert!(columns.contains("\"description\":\"Anything\""), "{columns}");
    }
}
