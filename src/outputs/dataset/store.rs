//! SQL statements that export the data set, generated from the same specification that the import follows.
//!
//! Names of tables and columns come from `import::spec` alone, so these texts are safe to run as they are.

use sqlx::{Executor, PgConnection};

use crate::{
    db::read::FormulaGuard,
    import::spec::{CellKind, ColumnSpec, File, LINKS, Link},
};

/// Returns the statement that copies one file of the data set as of a revision, ordered by its key.
pub fn copy(file: &File, revision: i32, guard: FormulaGuard) -> String {
    let cells: Vec<String> = file.columns.iter().map(|column| cell(file, column, revision, guard)).collect();
    let table = file.table;
    let key = file.key.join(", ");
    format!(
        "copy (select {} from {table} t where t.valid @> {revision} order by {key}) to stdout (format csv)",
        cells.join(", ")
    )
}

/// Returns the statement that copies the key and a fingerprint of every row of a table that a revision up to `newest` has. The fingerprint
/// covers what was published: not the search vector, and an end of validity only up to that revision.
pub fn fingerprints(table: &str, key: &[&str], newest: i32) -> String {
    let key: Vec<String> = key.iter().map(|column| format!("t.{column}::text")).collect();
    format!(
        "copy (select key, print from ( \
             select concat_ws(' ', {}, 'since ' || lower(t.valid)) as key, \
                    md5((to_jsonb(t) - 'valid' - 'search' - 'since')::text \
                        || coalesce(case when upper(t.valid) <= {newest} then upper(t.valid) end::text, '')) as print \
             from {table} t where lower(t.valid) <= {newest} \
         ) f order by key collate \"C\") to stdout",
        key.join(", ")
    )
}

/// Returns the SQL expression of a column as it is written in the file.
fn cell(file: &File, column: &ColumnSpec, revision: i32, guard: FormulaGuard) -> String {
    let name = column.name;
    match column.kind {
        CellKind::YesNo => format!("case when t.{name} then 'yes' when not t.{name} then 'no' end"),
        CellKind::Yes => format!("case when t.{name} then 'yes' end"),
        CellKind::List | CellKind::Words(_) => {
            let list = format!("nullif(array_to_string(t.{name}, ';'), '')");
            guard.of(&list)
        }
        CellKind::Many(_) => {
            let links = LINKS.iter().filter(|link| link.cell == name && link.file == file.name);
            let cells = links.map(|link| {
                let Link { table, owner, other, .. } = link;
                format!(
                    "(select string_agg(l.{other}, ';' order by l.position) from {table} l \
                     where l.{owner} = t.id and l.valid @> {revision})"
                )
            });
            cells.collect()
        }
        CellKind::Text | CellKind::Url => guard.of(&format!("t.{name}")),
        _ => format!("t.{name}"),
    }
}

/// Begins a transaction without a statement time-out, for downloads only; pages keep theirs.
pub async fn begin_long(connection: &mut PgConnection) -> sqlx::Result<()> {
    connection.execute("begin; set local statement_timeout = 0").await?;
    Ok(())
}

/// Commits that transaction.
pub async fn commit(connection: &mut PgConnection) -> sqlx::Result<()> {
    connection.execute("commit").await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::spec::Name;

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let events = copy(Name::Events.file(), 3, FormulaGuard::None);
        assert!(events.starts_with("copy (select t.id, t.date, t.title_en,"), "{events}");
        assert!(events.contains("from event_program l where l.event_id = t.id and l.valid @> 3"), "{events}");
        assert!(
            events.ends_with("from event t where t.valid @> 3 order by id) to stdout (format csv)"),
            "{events}"
        );
        let sources = copy(Name::Sources.file(), 1, FormulaGuard::Spreadsheet);
        assert!(sources.contains("left(t.title, 1)") && !sources.contains("left(t.id, 1)"), "{sources}");
        assert!(sources.contains("left(nullif(array_to_string(t.keywords, ';'), ''), 1)"), "{sources}");
    }
}
