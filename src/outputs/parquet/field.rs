//! Columns of a Parquet file and their types.

use std::sync::Arc;

use parquet::{
    basic::{LogicalType, Repetition, Type as PhysicalType},
    errors::Result,
    schema::types::{Type, TypePtr},
};
use serde_json::{Value, json};

use super::value::{DECIMAL_BYTES, MAX_DECIMALS, MAX_DIGITS};
use crate::{
    domain::table::{ColumnSchema, ColumnType},
    import::spec::{CellKind, ColumnSpec},
    text::Locale,
};

/// Type of a column in a Parquet file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// UTF-8, encoded by dictionary. Dates that may lack month or day are text too.
    Text,
    /// Exact decimal of 28 digits, 12 of them decimals.
    Decimal,
    /// 64 bits.
    Integer,
    /// A full date.
    Date,
    Boolean,
}

/// A column of a Parquet file. Every column may be blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub kind: FieldType,
    /// Label and explanation for readers, if any.
    pub label: Option<&'static str>,
    pub about: Option<&'static str>,
}

impl Field {
    /// Returns the column for a column of a table.
    pub fn of_schema(column: &ColumnSchema, locale: Locale) -> Field {
        let kind = match column.kind {
            ColumnType::Number => FieldType::Decimal,
            ColumnType::Integer => FieldType::Integer,
            ColumnType::Day => FieldType::Date,
            ColumnType::YesNo => FieldType::Boolean,
            ColumnType::Id
            | ColumnType::Word
            | ColumnType::Text
            | ColumnType::Date
            | ColumnType::Url
            | ColumnType::Ids => FieldType::Text,
        };
        Field { name: column.name, kind, label: Some(column.label(locale)), about: column.explained(locale) }
    }

    /// Returns the column for a column of the data set.
    pub fn of_spec(column: &ColumnSpec) -> Field {
        let kind = match column.kind {
            CellKind::Number => FieldType::Decimal,
            CellKind::Day => FieldType::Date,
            CellKind::YesNo | CellKind::Yes => FieldType::Boolean,
            CellKind::Id
            | CellKind::Text
            | CellKind::Url
            | CellKind::List
            | CellKind::To(_)
            | CellKind::Many(_)
            | CellKind::Words(_)
            | CellKind::Word(_)
            | CellKind::Date
            | CellKind::Currency
            | CellKind::Language
            | CellKind::Unit => FieldType::Text,
        };
        Field { name: column.name, kind, label: None, about: None }
    }

    fn described(&self) -> Value {
        let mut described = json!({ "name": self.name });
        for (key, text) in [("title", self.label), ("description", self.about)] {
            if let Some(text) = text {
                described[key] = text.into();
            }
        }
        described
    }

    fn parquet(&self) -> Result<TypePtr> {
        let of = |physical| {
            Type::primitive_type_builder(self.name, physical).with_repetition(Repetition::OPTIONAL)
        };
        let built = match self.kind {
            FieldType::Text => of(PhysicalType::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)),
            FieldType::Decimal => of(PhysicalType::FIXED_LEN_BYTE_ARRAY)
                .with_length(DECIMAL_BYTES as i32)
                .with_logical_type(Some(LogicalType::decimal(MAX_DECIMALS as i32, MAX_DIGITS as i32)))
                .with_precision(MAX_DIGITS as i32)
                .with_scale(MAX_DECIMALS as i32),
            FieldType::Integer => of(PhysicalType::INT64),
            FieldType::Date => of(PhysicalType::INT32).with_logical_type(Some(LogicalType::Date)),
            FieldType::Boolean => of(PhysicalType::BOOLEAN),
        };
        Ok(Arc::new(built.build()?))
    }
}

/// Describes columns for the metadata of a file, as JSON.
pub fn described(fields: &[Field]) -> String {
    let columns: Vec<Value> = fields.iter().map(Field::described).collect();
    Value::from(columns).to_string()
}

/// Returns the schema of a file with these columns.
pub(super) fn schema(fields: &[Field]) -> Result<TypePtr> {
    let columns = fields.iter().map(Field::parquet).collect::<Result<Vec<_>>>()?;
    Ok(Arc::new(Type::group_type_builder("schema").with_fields(columns).build()?))
}
