//! `kill -9` at any moment of an import leaves the published revision intact.

use std::{
    fmt::Write,
    process::{Command, Stdio},
    time::Duration,
};

use sqlx::{ConnectOptions, PgPool};

use crate::support::{
    data::Folder,
    program::{observatory, stdout},
};

/// Enough rows that an import takes long enough to be killed in the middle.
const ROWS: usize = 40_000;

fn large() -> Folder {
    let folder = Folder::small();
    let mut rows = String::new();
    for day in 0..ROWS {
        let date = chrono::NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Days::new(day as u64);
        writeln!(rows, "share,shanghai,{date},{date},bureau,{day},,exact,,,paper-2025,,").unwrap();
    }
    folder.append("observations.csv", &rows);
    folder
}

fn import(db: &PgPool, folder: &Folder) -> Command {
    let mut command = observatory(&["import", folder.path().to_str().unwrap()]);
    command.env("DATABASE_URL", db.connect_options().to_url_lossy().as_str());
    command
}

/// Returns the statement that the import is currently executing, according to the database.
async fn doing(db: &PgPool) -> Option<String> {
    sqlx::query_scalar(
        "select query from pg_stat_activity \
         where datname = current_database() and application_name = 'observatory' and state <> 'idle' \
           and pid <> pg_backend_pid() order by query_start desc limit 1",
    )
    .fetch_optional(db)
    .await
    .unwrap()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_killed_import_leaves_the_published_revision_whole(db: PgPool) {
    observatory::import::publish(&db, &Folder::small().open(), Default::default()).await.unwrap();
    let folder = large();
    let state = "select (select max(number) from revision), (select count(*) from observation), \
                 (select count(*) from observation where upper_inf(valid)), (select count(*) from identity.series)";
    let before: (i32, i64, i64, i64) = sqlx::query_as(state).fetch_one(&db).await.unwrap();
    for moment in ["copy staged_observation", "create temp table difference_", "insert into observation"] {
        let mut child = import(&db, &folder).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut reached = false;
        while child.try_wait().unwrap().is_none() {
            if doing(&db).await.is_some_and(|query| query.trim_start().starts_with(moment)) {
                reached = true;
                break;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(reached, "the import was never seen at “{moment}”");
        child.kill().unwrap();
        child.wait().unwrap();
        let after: (i32, i64, i64, i64) = sqlx::query_as(state).fetch_one(&db).await.unwrap();
        assert_eq!(after, before, "killed at “{moment}”");
    }
    // The killed imports have released their lock: the next import succeeds.
    let done = import(&db, &folder).output().unwrap();
    assert!(stdout(&done).contains("published revision 2: 40000 rows added"), "{done:?}");
    let after: (i32, i64, i64, i64) = sqlx::query_as(state).fetch_one(&db).await.unwrap();
    assert_eq!((after.0, after.2), (2, before.2 + ROWS as i64));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn an_import_whose_connection_is_cut_says_so(db: PgPool) {
    let folder = large();
    let child = import(&db, &folder).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut cut = 0_i64;
    while cut == 0 {
        cut = sqlx::query_scalar(
            "select count(*) from (select pg_terminate_backend(pid) from pg_stat_activity \
             where datname = current_database() and query ilike '%copy staged_observation%' \
               and application_name = 'observatory') cut",
        )
        .fetch_one(&db)
        .await
        .unwrap();
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let revisions: i64 = sqlx::query_scalar("select count(*) from revision").fetch_one(&db).await.unwrap();
    assert_eq!(revisions, 0);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_signalled_import_stops(db: PgPool) {
    let folder = large();
    let child = import(&db, &folder).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while doing(&db).await.is_none_or(|query| !query.trim_start().starts_with("copy staged")) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(child.id().cast_signed()), nix::sys::signal::SIGINT)
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("interrupted; nothing was changed"), "{said}");
    let revisions: i64 = sqlx::query_scalar("select count(*) from revision").fetch_one(&db).await.unwrap();
    assert_eq!(revisions, 0);
}
