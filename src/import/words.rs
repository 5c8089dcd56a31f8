//! Search vectors: computed when rows are imported, and recomputed for all rows when the program has new segmentation rules.

use anyhow::Context;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, Row};

use super::{
    record::CsvRecord,
    spec::{CellKind, File, Name},
    writer_lock::lock_writers,
};
use crate::text::words::{VERSION, Vector};

/// A file whose rows are searchable.
pub struct Searched {
    file: Name,
    /// Columns with names, which rank highest.
    names: &'static [&'static str],
    /// Other searchable columns.
    rest: &'static [&'static str],
}

/// Every searchable file.
static SEARCHED: [Searched; 10] = [
    Searched {
        file: Name::Sources,
        names: &["title", "title_en"],
        rest: &["publisher", "author", "keywords", "note_en", "publisher_zh", "note_zh"],
    },
    Searched {
        file: Name::Entities,
        names: &["name_en", "name_zh", "iso_3166", "gbt_2260"],
        rest: &["note_en", "note_zh"],
    },
    Searched {
        file: Name::Organizations,
        names: &["name_en", "name_zh", "ticker", "aliases"],
        rest: &["note_en", "note_zh"],
    },
    Searched {
        file: Name::Apps,
        names: &["name_en", "name_zh"],
        rest: &["markets_en", "markets_zh", "note_en", "note_zh"],
    },
    Searched {
        file: Name::Indicators,
        names: &["name_en", "name_zh"],
        rest: &["id", "description_en", "description_zh"],
    },
    Searched {
        file: Name::Programs,
        names: &["name_en", "name_zh", "doc_number"],
        rest: &[
            "agency_en",
            "agency_zh",
            "objective_en",
            "objective_zh",
            "eligibility_en",
            "eligibility_zh",
            "amount_note_en",
            "amount_note_zh",
            "note_en",
            "note_zh",
        ],
    },
    Searched { file: Name::Subsidies, names: &[], rest: &["id", "note_en", "note_zh"] },
    Searched { file: Name::Events, names: &["title_en", "title_zh"], rest: &["note_en", "note_zh"] },
    Searched {
        file: Name::People,
        names: &["name_en", "name_zh"],
        rest: &["role_en", "role_zh", "note_en", "note_zh"],
    },
    Searched { file: Name::Statements, names: &[], rest: &["statement_en", "statement_zh"] },
];

/// Returns the search columns of a file; `None` if it is not searchable.
pub fn searched(file: Name) -> Option<&'static Searched> {
    SEARCHED.iter().find(|searched| searched.file == file)
}

impl Searched {
    /// Computes the search vector of a row, in the text format of `tsvector`.
    pub fn vector(&self, record: &CsvRecord) -> String {
        let file = self.file.file();
        let mut vector = Vector::default();
        self.names.iter().for_each(|column| vector.name(record.get(file.position(column))));
        self.rest.iter().for_each(|column| vector.rest(record.get(file.position(column))));
        vector.to_string()
    }

    /// Returns the texts of columns as an array.
    fn texts(&self, columns: &[&str]) -> String {
        let file = self.file.file();
        let text = |column: &&str| match file.columns[file.position(column)].kind {
            CellKind::List => format!("array_to_string({column}, ';')"),
            _ => format!("coalesce({column}, '')"),
        };
        format!("array[{}]::text[]", columns.iter().map(text).collect::<Vec<_>>().join(", "))
    }
}

/// Number of rows per batch.
const BATCH: i64 = 2_000;

/// Recomputes the search vectors of all rows, if they are missing or were computed by an earlier version of the rules. Concurrent calls are
/// safe: one process does the work, and no import publishes meanwhile.
///
/// A role without write permission logs a warning and leaves the rows unchanged; search then uses the existing vectors.
///
/// # Errors
///
/// If the database cannot be read or written.
pub async fn refresh(db: &PgPool) -> anyhow::Result<()> {
    let mut connection = db.acquire().await?;
    if is_fresh(&mut connection).await? {
        return Ok(());
    }
    let mut transaction = connection.begin().await?;
    lock_writers(&mut transaction).await?;
    if is_fresh(&mut transaction).await? {
        return Ok(());
    }
    match cut_all(&mut transaction).await {
        Ok(rows) => {
            transaction.commit().await.context("cannot update the search vectors")?;
            tracing::info!(rows, "recomputed the search vectors of all rows");
        }
        Err(error) if is_forbidden(&error) => tracing::warn!(
            "the search vectors are outdated, and this database role may not update them; \
             run `observatory migrate` as the owner of the schema"
        ),
        Err(error) => return Err(error).context("cannot update the search vectors"),
    }
    Ok(())
}

/// SQLSTATE 42501: insufficient privilege.
fn is_forbidden(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == "42501")
}

/// Returns whether every row has a search vector from the current or a later version of the rules.
async fn is_fresh(connection: &mut PgConnection) -> sqlx::Result<bool> {
    let cut_by =
        sqlx::query_scalar!("select version from search_cut").fetch_optional(&mut *connection).await?;
    if cut_by.is_none_or(|version| version < VERSION) {
        return Ok(false);
    }
    let missing: Vec<String> = (SEARCHED.iter())
        .map(|searched| format!("exists (select from {} where search is null)", searched.file.file().table))
        .collect();
    let missing: bool = sqlx::query_scalar(AssertSqlSafe(format!("select {}", missing.join(" or "))))
        .fetch_one(connection)
        .await?;
    Ok(!missing)
}

async fn cut_all(connection: &mut PgConnection) -> sqlx::Result<usize> {
    let mut rows = 0;
    for searched in &SEARCHED {
        rows += cut_table(connection, searched).await?;
        let table = searched.file.file().table;
        sqlx::query(AssertSqlSafe(format!("analyze {table}"))).execute(&mut *connection).await?;
    }
    sqlx::query!("update search_cut set version = $1", VERSION).execute(connection).await?;
    Ok(rows)
}

/// Processes every version of every row, by key.
async fn cut_table(connection: &mut PgConnection, searched: &Searched) -> sqlx::Result<usize> {
    let File { table, .. } = searched.file.file();
    let (names, rest) = (searched.texts(searched.names), searched.texts(searched.rest));
    let read = format!(
        "select id, since, {names} as names, {rest} as rest from {table} \
         where (id, since) > ($1, $2) order by id, since limit {BATCH}"
    );
    let write = format!(
        "update {table} t set search = cut.words::tsvector \
         from unnest($1::text[], $2::int[], $3::text[]) as cut (id, since, words) \
         where t.id = cut.id and t.since = cut.since"
    );
    let (mut last, mut count) = ((String::new(), 0), 0);
    loop {
        let rows = sqlx::query(AssertSqlSafe(read.clone()))
            .bind(&last.0)
            .bind(last.1)
            .fetch_all(&mut *connection)
            .await?;
        let (mut ids, mut since, mut words) = (Vec::new(), Vec::new(), Vec::new());
        for row in &rows {
            let mut vector = Vector::default();
            row.try_get::<Vec<String>, _>("names")?.iter().for_each(|text| vector.name(text));
            row.try_get::<Vec<String>, _>("rest")?.iter().for_each(|text| vector.rest(text));
            ids.push(row.try_get::<String, _>("id")?);
            since.push(row.try_get::<i32, _>("since")?);
            words.push(vector.to_string());
        }
        let (Some(id), Some(number)) = (ids.last(), since.last()) else { return Ok(count) };
        last = (id.clone(), *number);
        count += rows.len();
        sqlx::query(AssertSqlSafe(write.clone()))
            .bind(&ids)
            .bind(&since)
            .bind(&words)
            .execute(&mut *connection)
            .await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_columns_of_the_file_are_searched() {
        for searched in &SEARCHED {
            let file = searched.file.file();
            for column in searched.names.iter().chain(searched.rest) {
                assert!(file.columns.iter().any(|known| known.name == *column), "{}: {column}", file.file);
            }
        }
    }

    #[test]
    fn a_row_has_its_search_vector() {
        let mut record = CsvRecord::default();
        record.split("wang,Wang Lu,王路,studio,President,总裁,paper-2025,,").unwrap();
        let words = searched(Name::People).unwrap().vector(&record);
        assert!(words.contains("'wang':1A") && words.contains("'总裁':"), "{words}");
        assert!(searched(Name::Producers).is_none());
    }
}
