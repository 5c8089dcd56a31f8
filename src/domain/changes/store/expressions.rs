//! Expressions over the columns that a table declares.

use super::super::declared::{CellWords, Declared};

pub(super) fn list(declared: &Declared, of: &str) -> String {
    declared.key.iter().map(|key| format!("{of}.{}", key.name)).collect::<Vec<_>>().join(", ")
}

pub(super) fn texts(declared: &Declared, of: &str) -> String {
    declared.key.iter().map(|key| format!("{of}.{}::text", key.name)).collect::<Vec<_>>().join(", ")
}

pub(super) fn equal(declared: &Declared, one: &str, other: &str) -> String {
    let pairs = declared.key.iter().map(|key| format!("{one}.{0} = {other}.{0}", key.name));
    pairs.collect::<Vec<_>>().join(" and ")
}

/// Expression for the cells of a version as an array of texts; null where there is no version.
pub(super) fn cells(declared: &Declared, of: &str, revision: &str) -> String {
    let cells = declared.columns.iter().map(|column| {
        let name = column.name;
        match (declared.link(name), column.words) {
            (Some(link), _) => format!(
                "(select string_agg(l.{}, ';' order by l.position) from {} l where l.{} = {of}.id and l.valid @> {revision})",
                link.other, link.table, link.owner
            ),
            (None, CellWords::List | CellWords::Words(_)) => {
                format!("nullif(array_to_string({of}.{name}, ';'), '')")
            }
            _ => format!("{of}.{name}::text"),
        }
    });
    let cells = cells.collect::<Vec<_>>().join(", ");
    format!("case when {of}.valid is not null then array[{cells}]::text[] end")
}
