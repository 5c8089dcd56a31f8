//! Differences between two tables of one schema, row by row.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        changes::ChangedCell,
        table::{Cell, Table, TableSchema},
    },
    text::Locale,
};

/// Number of cells by which a row is named.
const NAMED_BY: usize = 4;

/// A row that differs between two tables, named by its first cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowChange {
    Added { row: String },
    Changed { row: String, cells: Vec<ChangedCell> },
    Removed { row: String },
}

/// Returns the rows in which two tables differ, by key. A table that is not there has no rows.
pub fn rows(before: Option<&Table>, after: Option<&Table>, locale: Locale) -> Vec<RowChange> {
    let Some(schema) = before.or(after).map(|table| table.schema) else { return Vec::new() };
    let (mut before, after) = (by_key(before), by_key(after));
    let mut changes = Vec::new();
    for (key, now) in after {
        match before.remove(&key) {
            None => changes.push(RowChange::Added { row: name(schema, now) }),
            Some(then) if then == now => {}
            Some(then) => {
                let cells = cells(schema, then, now, locale);
                changes.push(RowChange::Changed { row: name(schema, now), cells });
            }
        }
    }
    changes.extend(before.into_values().map(|row| RowChange::Removed { row: name(schema, row) }));
    changes
}

fn by_key(table: Option<&Table>) -> BTreeMap<Vec<String>, &[Cell]> {
    let Some(table) = table else { return BTreeMap::new() };
    let columns = &table.schema.columns;
    let key: Vec<usize> =
        (0..columns.len()).filter(|at| table.schema.key.contains(&columns[*at].name)).collect();
    let of = |row: &[Cell]| key.iter().filter_map(|at| row.get(*at)).map(Cell::written).collect();
    table.rows.iter().map(|row| (of(row), row.as_slice())).collect()
}

fn name(schema: &TableSchema, row: &[Cell]) -> String {
    let texts = schema.glance().into_iter().filter_map(|at| row.get(at)).map(Cell::written);
    let texts: Vec<String> = texts.filter(|text| !text.is_empty()).take(NAMED_BY).collect();
    texts.join(" · ")
}

fn cells(schema: &TableSchema, then: &[Cell], now: &[Cell], locale: Locale) -> Vec<ChangedCell> {
    let pairs = schema.columns.iter().zip(then.iter().zip(now));
    let differing = pairs.filter(|(_, (from, to))| from != to);
    differing
        .map(|(column, (from, to))| ChangedCell {
            column: column.name.to_owned(),
            label: column.label(locale).to_owned(),
            from: stated(from),
            to: stated(to),
        })
        .collect()
}

fn stated(cell: &Cell) -> Option<String> {
    Some(cell.written()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::table::samples::table;

    #[test]
    fn rows_are_compared_by_key() {
        let before = table(&[("a", "Same", "1"), ("b", "Old", "2"), ("c", "Gone", "3")]);
        let after = table(&[("b", "New", "2"), ("d", "Come", ""), ("a", "Same", "1")]);
        let named = |row: &str| row.to_owned();
        assert_eq!(
            rows(Some(&before), Some(&after), Locale::En),
            [
                RowChange::Changed {
                    row: named("New · 2"),
                    cells: vec![ChangedCell {
                        column: named("text"),
                        label: named("Text"),
                        from: Some(named("Old")),
                        to: Some(named("New")),
                    }],
                },
                RowChange::Added { row: named("Come") },
                RowChange::Removed { row: named("Gone · 3") },
            ]
        );
        assert!(rows(Some(&before), Some(&before), Locale::Zh).is_empty());
        assert_eq!(rows(None, Some(&before), Locale::En).len(), 3);
        assert_eq!(rows(Some(&before), None, Locale::En).len(), 3);
        assert!(rows(None, None, Locale::En).is_empty());
    }
}
