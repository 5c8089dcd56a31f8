//! Migrations are tested on data: each has sample rows, inserted before the next one is applied.

use std::{collections::BTreeSet, fs, path::PathBuf};

use observatory::{db::MIGRATOR, import::spec};
use sqlx::{AssertSqlSafe, PgPool};

fn folder(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn names(path: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder(path)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".sql")).collect()
}

#[test]
fn every_migration_has_sample_rows() {
    assert_eq!(names("migrations"), names("tests/it/migrations"));
}

#[sqlx::test(migrations = false)]
async fn each_migration_works_on_the_rows_of_those_before(db: PgPool) {
    for (migration, sample) in MIGRATOR.iter().zip(names("tests/it/migrations")) {
        let number: i64 = sample.split('_').next().unwrap().parse().unwrap();
        assert_eq!(migration.version, number);
        sqlx::raw_sql(migration.sql.clone())
            .execute(&db)
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", migration.description));
        let rows = fs::read_to_string(folder("tests/it/migrations").join(&sample)).unwrap();
        sqlx::raw_sql(AssertSqlSafe(rows))
            .execute(&db)
            .await
            .unwrap_or_else(|error| panic!("sample rows {sample}: {error}"));
    }
}

/// Every table and column says what it is.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn everything_in_the_schema_is_described(db: PgPool) {
    let mute: Vec<String> = sqlx::query_scalar(
        "select format('%I.%I.%I', n.nspname, c.relname, a.attname) \
         from pg_class c join pg_namespace n on n.oid = c.relnamespace \
         left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped \
         where n.nspname in ('public', 'known', 'digest') and c.relkind = 'r' and c.relname <> '_sqlx_migrations' \
           and (col_description(c.oid, a.attnum) is null or obj_description(c.oid, 'pg_class') is null)",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    assert!(mute.is_empty(), "no comment on {mute:?}");
}

/// What the import reads and what the schema holds are the same columns.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_spec_of_the_import_is_the_schema(db: PgPool) {
    for file in &spec::FILES {
        let columns: Vec<String> = sqlx::query_scalar(
            // `search` is worked out by Postgres and stands in no file.
            "select attname::text from pg_attribute \
             where attrelid = $1::regclass and attnum > 0 and attname <> 'search' order by attnum",
        )
        .bind(file.table)
        .fetch_all(&db)
        .await
        .unwrap();
        let linked = |column: &&spec::ColumnSpec| matches!(column.kind, spec::CellKind::Many(_));
        let expected: Vec<&str> = (file.columns.iter().filter(|column| !linked(column)))
            .map(|column| column.name)
            .chain(["valid", "since"])
            .collect();
        assert_eq!(columns, expected, "{}", file.table);
    }
}
