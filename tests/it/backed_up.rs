//! `observatory backup`, `restore` and `verify` on a real Postgres.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, PgPool, postgres::PgConnectOptions,
};
use tempfile::TempDir;

use crate::support::{
    self,
    program::{run, stderr, stdout},
};

/// A folder that any user can write to: tests may run as root, and the program then drops root privileges.
fn open_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    folder
}

fn url(options: &PgConnectOptions) -> String {
    options.to_url_lossy().to_string()
}

/// Runs the program on a database; returns its exit code and everything it said.
fn says(options: &PgConnectOptions, arguments: &[&str]) -> (i32, String) {
    let output = run(&[arguments, &["--database-url", &url(options)]].concat());
    (output.status.code().unwrap(), stdout(&output) + &stderr(&output))
}

/// The name of another database: those of tests are as long as names may be.
fn other(what: &str) -> String {
    format!("observatory_{what}_{}", std::process::id())
}

async fn create(options: &PgConnectOptions, name: &str) -> PgConnectOptions {
    let mut admin = options.clone().database("postgres").connect().await.unwrap();
    for statement in
        [format!("drop database if exists \"{name}\" with (force)"), format!("create database \"{name}\"")]
    {
        admin.execute(AssertSqlSafe(statement)).await.unwrap();
    }
    admin.close().await.unwrap();
    options.clone().database(name)
}

/// What the rights of tables, schemas and functions are, and how many rows there are.
async fn state(options: &PgConnectOptions) -> Vec<String> {
    let mut connection = PgConnection::connect_with(options).await.unwrap();
    let rights = "
        select 'f ' || p.oid::regprocedure || coalesce(p.proacl::text, '') from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'identity', 'rollup', 'delivery')
        union all
        select 't ' || c.oid::regclass || coalesce(c.relacl::text, '') from pg_class c
        join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'identity', 'rollup', 'delivery')
        union all
        select 'n ' || nspname || coalesce(nspacl::text, '') from pg_namespace where nspname in ('identity', 'rollup', 'delivery')
        union all
        select 'rows ' || (select count(*) from observation) || ' ' || (select count(*) from rollup.series)
        order by 1";
    sqlx::query_scalar(rights).fetch_all(&mut connection).await.unwrap()
}

fn file(folder: &TempDir, name: &str) -> (PathBuf, String) {
    let path = folder.path().join(name);
    let text = path.display().to_string();
    (path, text)
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_round_trip_changes_nothing_and_leaves_subscribers_out(db: PgPool) {
    support::published(&db).await;
    let options = (*db.connect_options()).clone();
    let role = format!("backed_up_{}", std::process::id());
    db.execute(AssertSqlSafe(format!("create role {role} login"))).await.unwrap();
    assert_eq!(says(&options, &["migrate", "--grant", &role]).0, 0);
    db.execute("insert into delivery.report (message, network_key) values ('\\x01', '\\x02')").await.unwrap();
    let before = state(&options).await;

    let folder = open_folder();
    let (path, backup) = file(&folder, "backup");
    let (code, said) = says(&options, &["backup", &backup]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("1 revision, and its rows have its hash") && said.contains("are not in it"),
        "{said}"
    );
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
    let (code, said) = says(&options, &["backup", &backup]);
    assert!(code == 1 && said.contains("exists already"), "{said}");

    let restored = create(&options, &other("restored")).await;
    let (code, said) = says(&restored, &["restore", &backup]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(state(&restored).await, before);
    let mut connection = PgConnection::connect_with(&restored).await.unwrap();
    let reports = "select count(*) from delivery.report";
    assert_eq!(sqlx::query_scalar::<_, i64>(reports).fetch_one(&mut connection).await.unwrap(), 0);
    connection.close().await.unwrap();
    let (code, said) = says(&restored, &["restore", &backup]);
    assert!(code == 1 && said.contains("--replace"), "{said}");
    let (code, said) = says(&restored, &["restore", "--replace", &backup]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(state(&restored).await, before);
    let (code, said) = says(&restored, &["verify", "--against", &backup]);
    assert_eq!(code, 0, "{said}");

    // With subscribers, and without a check.
    let (_, whole) = file(&folder, "whole");
    let (code, said) = says(&options, &["backup", "--with-subscribers", "--unchecked", &whole]);
    assert!(code == 0 && said.contains("not checked") && said.contains("sealed"), "{said}");
    let verified = run(&["verify", &whole]);
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
    assert_eq!(says(&restored, &["restore", "--replace", &whole]).0, 0);
    let mut connection = PgConnection::connect_with(&restored).await.unwrap();
    assert_eq!(sqlx::query_scalar::<_, i64>(reports).fetch_one(&mut connection).await.unwrap(), 1);
    connection.close().await.unwrap();

    // On a server without the role, the restore says which one to create.
    db.close().await;
    for gone in [&options, &restored] {
        let empty = create(gone, gone.get_database().unwrap()).await;
        assert_eq!(empty.get_database(), gone.get_database());
    }
    let mut admin = options.clone().database("postgres").connect().await.unwrap();
    admin.execute(AssertSqlSafe(format!("drop role {role}"))).await.unwrap();
    let (code, said) = says(&restored, &["restore", &backup]);
    assert!(code == 1 && said.contains(&format!("create role \"{role}\" login;")), "{said}");
    admin
        .execute(AssertSqlSafe(format!("drop database \"{}\" with (force)", other("restored"))))
        .await
        .unwrap();
    admin.close().await.unwrap();
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn one_altered_value_is_found_and_named(db: PgPool) {
    support::published(&db).await;
    let options = (*db.connect_options()).clone();
    let folder = open_folder();
    let (_, backup) = file(&folder, "backup");
    assert_eq!(says(&options, &["backup", "--unchecked", &backup]).0, 0);
    let (code, said) = says(&options, &["verify"]);
    assert!(code == 0 && said.starts_with("1 revision, and its rows have its hash\n"), "{said}");

    db.execute("alter table observation disable trigger all").await.unwrap();
    let key: String = sqlx::query_scalar(
        "update observation set value = value + 1
         where ctid = (select ctid from observation order by indicator_id, entity limit 1)
         returning indicator_id || ' ' || entity",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    let (code, said) = says(&options, &["verify"]);
    assert!(
        code == 1 && said.contains("revision 1: its rows are not") && said.contains("--against"),
        "{said}"
    );
    let (code, said) = says(&options, &["verify", "--against", &backup]);
    assert_eq!(code, 1);
    let named: Vec<&str> = said.lines().filter(|line| line.starts_with("observation, ")).collect();
    assert!(
        matches!(named[..], [one] if one.contains(&key) && one.ends_with("since 1: differs from the backup")),
        "{said}"
    );
    // What is not sound is not backed up.
    let (path, other) = file(&folder, "other");
    let (code, said) = says(&options, &["backup", &other]);
    assert!(code == 1 && said.contains("not sound") && !path.exists(), "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no half backup is left");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_file_that_is_cut_off_or_something_else_is_refused(db: PgPool) {
    support::published(&db).await;
    let options = (*db.connect_options()).clone();
    let folder = open_folder();
    let (path, backup) = file(&folder, "backup");
    assert_eq!(says(&options, &["backup", "--unchecked", &backup]).0, 0);
    let whole = fs::read(&path).unwrap();
    let empty = create(&options, &other("empty")).await;
    let refused = |bytes: &[u8], name: &str| {
        let (path, text) = file(&folder, name);
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let (code, said) = says(&empty, &["restore", &text]);
        assert_eq!(code, 1, "{said}");
        assert_eq!(said.lines().last().unwrap_or_default().matches("observatory: ").count(), 1, "{said}");
        said
    };
    let said = refused(&whole[..whole.len() * 2 / 3], "cut");
    assert!(said.contains("cut off") || said.contains("damaged"), "{said}");
    let said = refused(b"hello", "other");
    assert!(said.contains("is not a backup"), "{said}");
    let (code, said) = says(&empty, &["restore", Path::new("/nowhere/at/all").to_str().unwrap()]);
    assert!(code == 1 && said.contains("cannot read /nowhere/at/all"), "{said}");
    let mut connection = PgConnection::connect_with(&empty).await.unwrap();
    let tables: i64 = sqlx::query_scalar("select count(*) from pg_tables where schemaname = 'public'")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(tables, 0, "nothing of a broken backup is restored");
    connection.close().await.unwrap();
    let mut admin = options.clone().database("postgres").connect().await.unwrap();
    let name = empty.get_database().unwrap().to_owned();
    admin.execute(AssertSqlSafe(format!("drop database \"{name}\" with (force)"))).await.unwrap();
}
