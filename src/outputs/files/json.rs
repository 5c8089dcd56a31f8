//! Rows as JSON: stable names, numbers with every stored digit.

use serde::{
    Serialize, Serializer,
    ser::{Error, SerializeMap, SerializeSeq},
};
use serde_json::value::RawValue;

use super::{ExportDocument, LICENCE, LICENCE_ADDRESS, Provenance, attribution};
use crate::domain::table::{Cell, ColumnSchema, ColumnType, Table};

/// A row as an object.
pub struct JsonRow<'a>(pub &'a [ColumnSchema], pub &'a [Cell]);

/// Rows as a list of objects.
pub struct JsonRows<'a>(pub &'a Table);

impl Serialize for JsonRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(Some(self.0.rows.len()))?;
        for row in &self.0.rows {
            rows.serialize_element(&JsonRow(&self.0.schema.columns, row))?;
        }
        rows.end()
    }
}

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_map(Some(self.0.len()))?;
        for (column, cell) in self.0.iter().zip(self.1) {
            match (cell, column.kind) {
                (Cell::Empty, ColumnType::Ids) => row.serialize_entry(column.name, &[(); 0])?,
                (Cell::Text(ids), ColumnType::Ids) => {
                    row.serialize_entry(column.name, &ids.split(';').collect::<Vec<_>>())?;
                }
                _ => row.serialize_entry(column.name, cell)?,
            }
        }
        row.end()
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Empty => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::YesNo(yes) => serializer.serialize_bool(*yes),
            // A float would lose digits, and a string would not be a number.
            Cell::Number(number) => {
                RawValue::from_string(number.to_string()).map_err(S::Error::custom)?.serialize(serializer)
            }
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    meta: Meta<'a>,
    data: JsonRows<'a>,
    /// The other tables of the page, by noun.
    #[serde(skip_serializing_if = "Others::is_empty")]
    tables: Others<'a>,
}

#[derive(Serialize)]
struct Meta<'a> {
    title: &'a str,
    schema: &'static str,
    rows: usize,
    language: &'static str,
    page: String,
    /// Revision of the data.
    as_of: i32,
    /// The day of which the address asks what was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<String>,
    published_on: String,
    licence: &'static str,
    licence_url: &'static str,
    attribution: String,
}

struct Others<'a>(&'a [Table]);

impl Others<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Others<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|table| (table.schema.name, JsonRows(table))))
    }
}

/// Serializes the rows of a page: one table if requested, otherwise all of them.
///
/// # Errors
///
/// If a number cannot be written as JSON, which would be a bug.
pub fn json(
    document: &ExportDocument,
    table: Option<&Table>,
    provenance: &Provenance,
) -> serde_json::Result<Vec<u8>> {
    let first = table.or(document.tables.first());
    let Some(first) = first else { return Ok(b"{}".to_vec()) };
    let others = if table.is_some() { &[] } else { &document.tables[1..] };
    let document = Document {
        meta: Meta {
            title: &document.title,
            schema: first.schema.name,
            rows: first.rows.len(),
            language: document.locale.tag(),
            page: provenance.frozen(&document.live()),
            as_of: provenance.revision,
            known_on: provenance.known_on.map(|day| day.to_string()),
            published_on: provenance.published_on.to_string(),
            licence: LICENCE,
            licence_url: LICENCE_ADDRESS,
            attribution: attribution(document.locale, provenance.revision),
        },
        data: JsonRows(first),
        tables: Others(others),
    };
    serde_json::to_vec_pretty(&document)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::table::samples;

    #[test]
    fn numbers_keep_their_digits_and_gaps_are_null() {
        let table = samples::table(&[("a", "x", "12345678901234567.1250"), ("b", "", "")]);
        assert_eq!(
            serde_json::to_string(&JsonRows(&table)).unwrap(),
            r#"[{"id":"a","text":"x","number":12345678901234567.1250},{"id":"b","text":null,"number":null}]"#
        );
    }
}
