//! The statements that read the data set out of the database, written from the same description that the import follows.
//!
//! Names of tables and columns come from `import::spec` alone, so these texts are safe to run as they are.

use sqlx::{AssertSqlSafe, PgExecutor};

use crate::{
    db::read::guarded,
    import::spec::{Column, File, Kind, LINKS, Name},
};

/// Whether a text that a spreadsheet would run as a formula gets an apostrophe before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    Spreadsheet,
    None,
}

/// One file of the data set as of a revision, in the order of its key.
pub fn copy(file: &File, revision: i32, guard: Guard) -> String {
    let cells: Vec<String> = file.columns.iter().map(|column| cell(file, column, revision, guard)).collect();
    let table = file.table;
    let key = file.key.join(", ");
    format!(
        "copy (select {} from {table} t where t.valid @> {revision} order by {key}) to stdout (format csv)",
        cells.join(", ")
    )
}

/// A column as it stands in the file.
fn cell(file: &File, column: &Column, revision: i32, guard: Guard) -> String {
    let name = column.name;
    match column.kind {
        Kind::YesNo => format!("case when t.{name} then 'yes' when not t.{name} then 'no' end"),
        Kind::Yes => format!("case when t.{name} then 'yes' end"),
        Kind::List => format!("nullif(array_to_string(t.{name}, ';'), '')"),
        Kind::Many(_) => {
            let link = LINKS.iter().find(|(_, _, cell)| *cell == name && file.name == Name::Events);
            let (table, other) = link.map_or(("", ""), |(table, other, _)| (*table, *other));
            format!(
                "(select string_agg(l.{other}, ';' order by l.position) from {table} l \
                 where l.event_id = t.id and l.valid @> {revision})"
            )
        }
        Kind::Text | Kind::Url if guard == Guard::Spreadsheet => guarded(&format!("t.{name}")),
        _ => format!("t.{name}"),
    }
}

/// How many rows a file has in a revision.
pub async fn count(db: impl PgExecutor<'_>, file: &File, revision: i32) -> sqlx::Result<i64> {
    let statement = format!("select count(*) from {} where valid @> $1::int", file.table);
    sqlx::query_scalar(AssertSqlSafe(statement)).bind(revision).fetch_one(db).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let events = copy(Name::Events.file(), 3, Guard::None);
        assert!(events.starts_with("copy (select t.id, t.date, t.title_en,"), "{events}");
        assert!(events.contains("from event_program l where l.event_id = t.id and l.valid @> 3"), "{events}");
        assert!(
            events.ends_with("from event t where t.valid @> 3 order by id) to stdout (format csv)"),
            "{events}"
        );
        let sources = copy(Name::Sources.file(), 1, Guard::Spreadsheet);
        assert!(sources.contains("left(t.title, 1)") && !sources.contains("left(t.id, 1)"), "{sources}");
    }
}
