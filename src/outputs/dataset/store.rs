//! SQL statements that export the data set, generated from the same specification that the import follows.
//!
//! Names of tables and columns come from `import::spec` alone, so these texts are safe to run as they are.

use serde_json::Value;
use sqlx::{AssertSqlSafe, Executor, PgConnection, PgExecutor, Row};

use crate::{
    db::read::guarded,
    import::spec::{CellKind, ColumnSpec, FILES, File, LINKS, Link},
};

/// Whether an apostrophe is put before a text that a spreadsheet would run as a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormulaGuard {
    Spreadsheet,
    None,
}

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

/// Returns the SQL expression of a column as it is written in the file.
fn cell(file: &File, column: &ColumnSpec, revision: i32, guard: FormulaGuard) -> String {
    let name = column.name;
    match column.kind {
        CellKind::YesNo => format!("case when t.{name} then 'yes' when not t.{name} then 'no' end"),
        CellKind::Yes => format!("case when t.{name} then 'yes' end"),
        CellKind::List | CellKind::Words(_) => {
            let list = format!("nullif(array_to_string(t.{name}, ';'), '')");
            if guard == FormulaGuard::Spreadsheet { guarded(&list) } else { list }
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
        CellKind::Text | CellKind::Url if guard == FormulaGuard::Spreadsheet => guarded(&format!("t.{name}")),
        _ => format!("t.{name}"),
    }
}

/// A row that a revision changed, before and after the change.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Cells of its key, separated by spaces.
    pub key: String,
    /// None if the revision added the row.
    pub before: Option<Value>,
    /// None if the revision removed the row.
    pub after: Option<Value>,
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

/// Returns what a revision changed in a versioned table, ordered by key, at most `most` rows.
pub async fn changed(
    db: impl PgExecutor<'_>,
    table: &str,
    revision: i32,
    most: i64,
) -> sqlx::Result<Vec<Changed>> {
    let file = FILES.iter().find(|file| file.table == table);
    let link = LINKS.iter().find(|link| link.table == table);
    let (table, key): (&str, Vec<&str>) = match (file, link) {
        (Some(file), _) => (file.table, file.key.to_vec()),
        (None, Some(link)) => (link.table, vec![link.owner, link.other]),
        (None, None) => return Ok(Vec::new()),
    };
    let keys = key.join(", ");
    let shown: Vec<String> = key.iter().map(|column| format!("{column}::text")).collect();
    let statement = format!(
        "select concat_ws(' ', {}) as key, to_jsonb(o) - 'valid' - 'since' - 'search' - 'published_by' as before, \
                to_jsonb(n) - 'valid' - 'since' - 'search' - 'published_by' as after \
         from (select * from {table} where upper(valid) = $1::int) o \
         full join (select * from {table} where lower(valid) = $1) n using ({keys}) \
         order by {keys} limit $2",
        shown.join(", ")
    );
    let rows = sqlx::query(AssertSqlSafe(statement)).bind(revision).bind(most).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            Ok(Changed {
                key: row.try_get("key")?,
                before: row.try_get("before")?,
                after: row.try_get("after")?,
            })
        })
        .collect()
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
