//! Migrations are tested on data: each has sample rows, inserted before the next one is applied.

use std::{collections::BTreeSet, fs, path::PathBuf};

use observatory::{
    db::{MIGRATOR, migrate},
    import::spec,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, PgPool};

use crate::support::program::run;

mod closed_lists;

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

#[sqlx::test(migrations = false)]
async fn an_empty_database_is_migrated_and_then_left_alone(db: PgPool) {
    let mut connection = db.acquire().await.unwrap();
    migrate(&mut connection).await.unwrap();
    MIGRATOR.run(&mut *connection).await.unwrap();
    let when = "select max(installed_on)::text from _sqlx_migrations";
    let first: String = sqlx::query_scalar(when).fetch_one(&mut *connection).await.unwrap();
    migrate(&mut connection).await.unwrap();
    assert_eq!(first, sqlx::query_scalar::<_, String>(when).fetch_one(&mut *connection).await.unwrap());
}

/// Migration 12 was corrected. A database that ran it before is brought to the same schema.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_database_from_before_a_correction_is_adopted(db: PgPool) {
    sqlx::raw_sql(
        "update _sqlx_migrations set checksum = decode('8e31e46ac8f60a5b956e71c1b2fd3c4d7e59d3b8c34285f6511b7746596595b4487adbcfd25764dc6fa397d7675aaff1', 'hex') \
         where version = 12; \
         create function subsidy_text(amount subsidy, revision int) returns text language sql return (amount).id",
    )
    .execute(&db)
    .await
    .unwrap();
    let mut connection = db.acquire().await.unwrap();
    migrate(&mut connection).await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from pg_proc where proname = 'subsidy_text'")
        .fetch_one(&mut *connection)
        .await
        .unwrap();
    assert_eq!(left, 0);
    MIGRATOR.run(&mut *connection).await.unwrap();
}

/// Every table and column says what it is.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn everything_in_the_schema_is_described(db: PgPool) {
    let mute: Vec<String> = sqlx::query_scalar(
        "select format('%I.%I.%I', n.nspname, c.relname, a.attname) \
         from pg_class c join pg_namespace n on n.oid = c.relnamespace \
         left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped \
         where n.nspname in ('public', 'identity', 'rollup', 'delivery') and c.relkind = 'r' and c.relname <> '_sqlx_migrations' \
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
        let mut columns: Vec<String> = sqlx::query_scalar(
            // These are in no file: the import writes `search`, Postgres `published_by`.
            "select attname::text from pg_attribute \
             where attrelid = $1::regclass and attnum > 0 and attname not in ('search', 'published_by') order by attnum",
        )
        .bind(file.table)
        .fetch_all(&db)
        .await
        .unwrap();
        let linked = |column: &&spec::ColumnSpec| matches!(column.kind, spec::CellKind::Many(_));
        let mut expected: Vec<&str> = (file.columns.iter().filter(|column| !linked(column)))
            .map(|column| column.name)
            .chain(["valid", "since"])
            .collect();
        // A column that was added later stands last.
        columns.sort_unstable();
        expected.sort_unstable();
        assert_eq!(columns, expected, "{}", file.table);
    }
}

async fn with_sample_rows(db: &PgPool) {
    for sample in names("tests/it/migrations") {
        let rows = fs::read_to_string(folder("tests/it/migrations").join(sample)).unwrap();
        sqlx::raw_sql(AssertSqlSafe(rows)).execute(db).await.unwrap();
    }
}

/// SQLSTATE with which a statement is refused, and the name of the constraint.
async fn refusal(db: &PgPool, statement: String) -> (String, String) {
    let refused = db.execute(AssertSqlSafe(statement.clone())).await.expect_err(&statement);
    let error = refused.as_database_error().unwrap();
    let constraint = error.constraint().unwrap_or_default().to_owned();
    (error.code().unwrap_or_default().into_owned(), constraint)
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn no_two_versions_of_a_row_are_valid_in_one_revision(db: PgPool) {
    with_sample_rows(&db).await;
    let tables = spec::FILES.iter().map(|file| file.table).chain(spec::LINKS.iter().map(|link| link.table));
    for table in tables {
        // The key and everything else of the current versions, in a revision in which these are valid.
        let columns: String = sqlx::query_scalar(
            "select string_agg(format('%I', attname), ', ') from pg_attribute \
             where attrelid = $1::regclass and attnum > 0 and attname <> 'valid' and attgenerated = ''",
        )
        .bind(table)
        .fetch_one(&db)
        .await
        .unwrap();
        let again = format!(
            "insert into {table} ({columns}, valid) \
             select {columns}, int4range(since + 1, since + 2) from {table} where upper_inf(valid)"
        );
        assert_eq!(refusal(&db, again).await, ("23P01".into(), format!("{table}_no_overlap")));
    }
    // Nor does a version become longer, so that it would reach into the next one.
    let longer = |table| {
        format!(
            "update {table} set valid = int4range(lower(valid), upper(valid) + 1) where not upper_inf(valid)"
        )
    };
    for table in ["source", "observation"] {
        assert_eq!(refusal(&db, longer(table)).await.0, "23001", "{table}");
    }
}

/// Migrations were edited until the first release. Whoever has a database from before is told what to do.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_database_of_other_migrations_is_refused_with_advice(db: PgPool) {
    let url = db.connect_options().to_url_lossy().to_string();
    let migrated = run(&["migrate", "--database-url", &url]);
    assert!(migrated.status.success(), "{migrated:?}");
    for other in [
        "update _sqlx_migrations set checksum = '\\x00' where version = 1",
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
         values (9999, 'other', true, '\\x00', 0)",
    ] {
        db.execute(other).await.unwrap();
        let refused = run(&["migrate", "--database-url", &url]);
        assert!(!refused.status.success());
        let message = String::from_utf8_lossy(&refused.stderr);
        assert!(
            message.contains("create a new database") && message.contains("import the data set again"),
            "{message}"
        );
    }
}
