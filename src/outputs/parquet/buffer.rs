//! Cells of one column, collected until their row group is written.

use bytes::Bytes;
use parquet::{
    column::writer::ColumnWriterImpl,
    data_type::{
        BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int32Type,
        Int64Type,
    },
    errors::Result,
    file::writer::SerializedColumnWriter,
};

use super::{
    field::FieldType,
    value::{self, DECIMAL_BYTES, ValueError},
};

/// Number of values handed to the encoder at a time.
const BATCH: usize = 4096;

/// Cells of a column. Blank cells have a level of 0 and no value.
pub(super) struct ColumnBuffer {
    levels: Vec<i16>,
    values: Values,
}

enum Values {
    /// All texts, one behind the other, and where each ends.
    Text {
        bytes: Vec<u8>,
        ends: Vec<usize>,
    },
    /// Twelve bytes each, big-endian.
    Decimal(Vec<u8>),
    Integer(Vec<i64>),
    Date(Vec<i32>),
    Boolean(Vec<bool>),
}

impl ColumnBuffer {
    pub fn new(kind: FieldType) -> ColumnBuffer {
        let values = match kind {
            FieldType::Text => Values::Text { bytes: Vec::new(), ends: Vec::new() },
            FieldType::Decimal => Values::Decimal(Vec::new()),
            FieldType::Integer => Values::Integer(Vec::new()),
            FieldType::Date => Values::Date(Vec::new()),
            FieldType::Boolean => Values::Boolean(Vec::new()),
        };
        ColumnBuffer { levels: Vec::new(), values }
    }

    /// Appends a cell; an empty text is a blank.
    pub fn push(&mut self, text: &str) -> std::result::Result<(), ValueError> {
        if text.is_empty() {
            self.levels.push(0);
            return Ok(());
        }
        match &mut self.values {
            Values::Text { bytes, ends } => {
                bytes.extend_from_slice(text.as_bytes());
                ends.push(bytes.len());
            }
            Values::Decimal(bytes) => {
                let units = value::decimal(text)?.to_be_bytes();
                bytes.extend_from_slice(&units[units.len() - DECIMAL_BYTES..]);
            }
            Values::Integer(values) => values.push(value::integer(text)?),
            Values::Date(values) => values.push(value::day(text)?),
            Values::Boolean(values) => values.push(value::boolean(text)?),
        }
        self.levels.push(1);
        Ok(())
    }

    /// Writes all cells as a column of a row group, and forgets them.
    pub fn write(&mut self, writer: &mut SerializedColumnWriter<'_>) -> Result<()> {
        let levels = std::mem::take(&mut self.levels);
        match &mut self.values {
            Values::Text { bytes, ends } => {
                let text = Bytes::from(std::mem::take(bytes));
                let ends = std::mem::take(ends);
                let mut begin = 0;
                let texts = ends.into_iter().map(|end| {
                    let slice = text.slice(begin..end);
                    begin = end;
                    ByteArray::from(slice)
                });
                batches(writer.typed::<ByteArrayType>(), &levels, texts)
            }
            Values::Decimal(bytes) => {
                let bytes = Bytes::from(std::mem::take(bytes));
                let decimals = (0..bytes.len() / DECIMAL_BYTES).map(|at| {
                    let begin = at * DECIMAL_BYTES;
                    FixedLenByteArray::from(ByteArray::from(bytes.slice(begin..begin + DECIMAL_BYTES)))
                });
                batches(writer.typed::<FixedLenByteArrayType>(), &levels, decimals)
            }
            Values::Integer(values) => {
                batches(writer.typed::<Int64Type>(), &levels, std::mem::take(values).into_iter())
            }
            Values::Date(values) => {
                batches(writer.typed::<Int32Type>(), &levels, std::mem::take(values).into_iter())
            }
            Values::Boolean(values) => {
                batches(writer.typed::<BoolType>(), &levels, std::mem::take(values).into_iter())
            }
        }
    }
}

/// Writes values in batches, so that only a few of them exist in the encoder's form at a time.
fn batches<T: DataType>(
    writer: &mut ColumnWriterImpl<'_, T>,
    levels: &[i16],
    mut values: impl Iterator<Item = T::T>,
) -> Result<()> {
    let mut batch = Vec::with_capacity(BATCH.min(levels.len()));
    for levels in levels.chunks(BATCH) {
        let filled = levels.iter().filter(|level| **level == 1).count();
        batch.clear();
        batch.extend(values.by_ref().take(filled));
        writer.write_batch(&batch, Some(levels), None)?;
    }
    Ok(())
}
