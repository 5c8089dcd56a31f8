//! A backup is whole: dumped, dropped and restored, the database gives the same data set again, byte by byte.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgPool, postgres::PgConnectOptions};

use crate::support::{self, program::run};

/// A program of Postgres: from the folder that `./test` names, or where the system has it.
fn postgres(name: &str) -> Command {
    let folder = std::env::var_os("POSTGRES_BIN").map(PathBuf::from).unwrap_or_default();
    Command::new(folder.join(name))
}

fn place(options: &PgConnectOptions, command: &mut Command) {
    let host = options
        .get_socket()
        .map_or_else(|| options.get_host().to_owned(), |socket| socket.display().to_string());
    command.arg("-h").arg(host).arg("-p").arg(options.get_port().to_string());
    command.arg("-U").arg(options.get_username());
}

fn done(mut command: Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Everything the program exports, file by file.
fn exported(options: &PgConnectOptions, folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let url = options.to_url_lossy().to_string();
    let written = run(&["export", folder.to_str().unwrap(), "--database-url", &url]);
    assert!(written.status.success(), "{written:?}");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_was_dumped_is_restored(db: PgPool) {
    support::published(&db).await;
    let options = (*db.connect_options()).clone();
    let name = options.get_database().unwrap().to_owned();
    let scratch = tempfile::tempdir().unwrap();
    let (dump, before) = (scratch.path().join("dump"), scratch.path().join("before"));
    let whole = exported(&options, &before);
    assert!(whole.len() > 12 && whole.contains_key("observations.csv"));

    let mut command = postgres("pg_dump");
    place(&options, &mut command);
    command.args(["-Fc", "-f"]).arg(&dump).arg(&name);
    done(command);
    // The database is lost, and made anew from the dump.
    db.close().await;
    let restored = format!("{name}_restored");
    let mut admin = options.clone().database("postgres").connect().await.unwrap();
    for statement in
        [format!("drop database \"{name}\" with (force)"), format!("create database \"{restored}\"")]
    {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut admin).await.unwrap();
    }
    let mut command = postgres("pg_restore");
    place(&options, &mut command);
    command.args(["--exit-on-error", "-d", &restored]).arg(&dump);
    done(command);
    let after = exported(&options.database(&restored), &scratch.path().join("after"));
    assert!(after == whole, "what is exported afterwards differs");
    sqlx::raw_sql(AssertSqlSafe(format!("drop database \"{restored}\" with (force)")))
        .execute(&mut admin)
        .await
        .unwrap();
    admin.close().await.unwrap();
}
