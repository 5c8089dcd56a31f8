//! Tables with the texts of both languages (`labels=both`): instead of each column of text, two of them.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{LazyLock, Mutex},
};

use super::ExportDocument;
use crate::{
    domain::table::{Cell, ColumnSchema, ColumnType, Table, TableSchema},
    error::AppError,
    text::Locale,
};

/// Endings of the names of both columns.
pub const ENDINGS: [(Locale, &str); 2] = [(Locale::En, "_en"), (Locale::Zh, "_zh")];

/// Returns a document with the texts of both languages; `other` is the same document in the other language.
///
/// # Errors
///
/// If the documents do not have the same rows, which would be a bug.
pub fn both(document: ExportDocument, other: &ExportDocument) -> Result<ExportDocument, AppError> {
    let tables = document.tables.iter().zip(&other.tables).map(|(own, other)| {
        let (en, zh) = document.locale.pick((own, other), (other, own));
        merged(own, en, zh)
    });
    let tables: Option<Vec<Table>> = tables.collect();
    match tables {
        Some(tables) if tables.len() == document.tables.len() => Ok(ExportDocument { tables, ..document }),
        _ => {
            tracing::error!(path = document.path, "the rows of both languages differ");
            Err(AppError::Internal)
        }
    }
}

/// Merges the rows of both languages, in the order of `own`, which is one of them.
fn merged(own: &Table, en: &Table, zh: &Table) -> Option<Table> {
    if en.rows.len() != zh.rows.len() {
        return None;
    }
    let columns = &own.schema.columns;
    // Lists are in the order of names, so that the same row can have another place in the other language.
    let key_of = |row: &[Cell]| -> Vec<String> {
        let fixed = row.iter().zip(columns).filter(|(_, column)| column.kind != ColumnType::Text);
        fixed.map(|(cell, _)| cell.written()).collect()
    };
    let by_key = |table: &Table| {
        let mut rows: BTreeMap<Vec<String>, VecDeque<usize>> = BTreeMap::new();
        for (at, row) in table.rows.iter().enumerate() {
            rows.entry(key_of(row)).or_default().push_back(at);
        }
        rows
    };
    let (mut en_rows, mut zh_rows) = (by_key(en), by_key(zh));
    let rows = own.rows.iter().map(|row| {
        let key = key_of(row);
        let en = en.rows.get(en_rows.get_mut(&key)?.pop_front()?)?;
        let zh = zh.rows.get(zh_rows.get_mut(&key)?.pop_front()?)?;
        let cells = columns.iter().enumerate().flat_map(|(at, column)| match column.kind {
            ColumnType::Text => vec![en.get(at).cloned(), zh.get(at).cloned()],
            _ => vec![row.get(at).cloned()],
        });
        cells.collect()
    });
    Some(Table { schema: schema(own.schema), rows: rows.collect::<Option<_>>()? })
}

/// Returns the schema of a table with the texts of both languages. Schemas are static, so each is made once and kept.
pub fn schema(of: &'static TableSchema) -> &'static TableSchema {
    static SCHEMAS: LazyLock<Mutex<BTreeMap<usize, &'static TableSchema>>> = LazyLock::new(Mutex::default);
    let mut schemas = SCHEMAS.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    schemas.entry(std::ptr::from_ref(of).addr()).or_insert_with(|| {
        let columns = of.columns.iter().flat_map(|column| match column.kind {
            ColumnType::Text => ENDINGS.map(|(locale, ending)| in_language(column, locale, ending)).to_vec(),
            _ => vec![*column],
        });
        Box::leak(Box::new(TableSchema {
            name: of.name,
            en: of.en,
            zh: of.zh,
            key: of.key,
            columns: columns.collect(),
        }))
    })
}

fn in_language(column: &ColumnSchema, locale: Locale, ending: &str) -> ColumnSchema {
    let kept = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    column.in_language(
        kept(format!("{}{ending}", column.name)),
        kept(format!("{} ({})", column.en, locale.pick("English", "Chinese"))),
        kept(format!("{}（{}）", column.zh, locale.pick("英文", "中文"))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::table::samples;

    #[test]
    fn a_column_of_text_becomes_two_and_rows_are_paired_by_the_others() {
        let english = samples::table(&[("a", "apple", "1"), ("p", "pear", "2"), ("p", "pear", "2")]);
        let chinese = samples::table(&[("p", "梨", "2"), ("p", "梨", "2"), ("a", "苹果", "1")]);
        let document = |locale, table: &Table| ExportDocument {
            locale,
            tables: vec![table.clone()],
            ..Default::default()
        };
        let (en, zh) = (document(Locale::En, &english), document(Locale::Zh, &chinese));
        let made = both(en.clone(), &zh).unwrap();
        let table = &made.tables[0];
        let names: Vec<&str> = table.schema.columns.iter().map(|column| column.name).collect();
        assert_eq!(names, ["id", "text_en", "text_zh", "number"]);
        assert_eq!(table.schema.columns[2].label(Locale::En), "Text (Chinese)");
        assert_eq!(table.schema.columns[1].label(Locale::Zh), "文字（英文）");
        let texts = |table: &Table, name: &str| table.column(name).map(Cell::written).collect::<Vec<_>>();
        assert_eq!(texts(table, "text_en"), ["apple", "pear", "pear"]);
        assert_eq!(texts(table, "text_zh"), ["苹果", "梨", "梨"]);
        // In the order of the page.
        let made = both(zh.clone(), &en).unwrap();
        assert_eq!(texts(&made.tables[0], "text_en"), ["pear", "pear", "apple"]);
        assert!(std::ptr::eq(table.schema, made.tables[0].schema));
        let other = document(Locale::Zh, &samples::table(&[("x", "叉", "1")]));
        assert_eq!(both(en, &other).unwrap_err(), AppError::Internal);
    }
}
