//! Dumps and restores by the programs of Postgres, in its custom format.
//!
//! Promises: no password appears among the arguments of a process; a program that fails says why in one plain line; a restore is one
//! transaction; child processes end with this one.

mod programs;
mod said;

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, bail};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use tokio::process::Command;

use programs::program;
use said::plain;

/// The first bytes of a dump in the custom format.
const SIGNATURE: &[u8] = b"PGDMP";

/// Tables that every dump of this program has.
const TABLES: [&str; 3] = ["public _sqlx_migrations", "public revision", "public observation"];

/// Which rows are dumped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Everything but subscriptions, deliveries and reports of readers.
    WithoutSubscribers,
    Everything,
}

/// Dumps a database into a file that exists, which is overwritten.
///
/// # Errors
///
/// If there is no suitable `pg_dump`, or it fails.
pub async fn dump(options: &PgConnectOptions, file: &Path, contents: Contents) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect_with(options).await?;
    let version = server_version(&mut connection).await?;
    connection.close().await?;
    let mut command = Command::new(program("pg_dump", version)?);
    // A lock that somebody holds for long is an error, not a reason to wait forever.
    command.args(["--format=custom", "--no-password", "--lock-wait-timeout=60000", "--file"]).arg(file);
    if contents == Contents::WithoutSubscribers {
        command.arg("--exclude-table-data=delivery.*");
    }
    run(connecting(&mut command, options)).await.map(drop)
}

/// Restores a file into a database, in one transaction.
///
/// # Errors
///
/// If a role that the file names is missing, or `pg_restore` fails. The database is unchanged then.
pub async fn restore(options: &PgConnectOptions, file: &Path, replace: bool) -> anyhow::Result<()> {
    let mut command = Command::new(program("pg_restore", 0)?);
    command.args(["--single-transaction", "--exit-on-error", "--no-owner", "--no-password"]);
    if replace {
        command.args(["--clean", "--if-exists"]);
    }
    let database = options.get_database().unwrap_or("postgres");
    command.arg("--dbname").arg(database).arg(file);
    run(connecting(&mut command, options)).await?;
    // The planner knows nothing of restored tables.
    let mut connection = PgConnection::connect_with(options).await?;
    sqlx::raw_sql("analyze").execute(&mut connection).await?;
    Ok(connection.close().await?)
}

/// Checks that a file is a dump of this program's database.
///
/// # Errors
///
/// Says what the file is not.
pub async fn check(file: &Path) -> anyhow::Result<()> {
    let mut start = Vec::new();
    let opened = fs::File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    opened.take(SIGNATURE.len() as u64).read_to_end(&mut start)?;
    if start != SIGNATURE {
        bail!(
            "{} is not a backup: it was not written by `observatory backup` or pg_dump --format=custom",
            file.display()
        );
    }
    let listed = run(Command::new(program("pg_restore", 0)?).arg("--list").arg(file)).await?;
    match TABLES.iter().find(|table| !listed.contains(&format!("TABLE {table} "))) {
        Some(table) => bail!("{} is a dump of another database: it has no table {table}", file.display()),
        None => Ok(()),
    }
}

/// Returns the roles that a dump grants rights to.
///
/// # Errors
///
/// If the dump cannot be read.
pub async fn roles(file: &Path) -> anyhow::Result<Vec<String>> {
    let mut command = Command::new(program("pg_restore", 0)?);
    command.args(["--schema-only", "--no-owner", "--file=-"]).arg(file);
    let mut roles: Vec<String> = run(&mut command).await?.lines().filter_map(granted).collect();
    roles.sort();
    roles.dedup();
    Ok(roles)
}

/// Returns the role of a line `GRANT … TO role;` or `REVOKE … FROM role;`, as pg_restore writes them.
fn granted(line: &str) -> Option<String> {
    let statement = line.strip_suffix(';')?;
    let role = match statement.split_once(' ')? {
        ("GRANT", rest) => rest.rsplit_once(" TO ")?.1.trim_end_matches(" WITH GRANT OPTION"),
        ("REVOKE", rest) => rest.rsplit_once(" FROM ")?.1,
        _ => return None,
    };
    let name = match role.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => role.to_owned(),
    };
    (name != "PUBLIC").then_some(name)
}

async fn server_version(connection: &mut PgConnection) -> sqlx::Result<u32> {
    let version: i32 =
        sqlx::query_scalar("select current_setting('server_version_num')::int").fetch_one(connection).await?;
    Ok(version.unsigned_abs() / 10_000)
}

/// Gives a program its connection by environment variables, which other users cannot see, unlike arguments.
fn connecting<'a>(command: &'a mut Command, options: &PgConnectOptions) -> &'a mut Command {
    let host = options.get_socket().cloned().unwrap_or_else(|| PathBuf::from(options.get_host()));
    command
        .env("PGHOST", host)
        .env("PGPORT", options.get_port().to_string())
        .env("PGUSER", options.get_username())
        .env("PGDATABASE", options.get_database().unwrap_or("postgres"))
        .env("PGAPPNAME", "observatory-backup");
    for (variable, value) in programs::secrets(options) {
        command.env(variable, value);
    }
    command
}

/// Runs a program to its end and returns what it wrote.
async fn run(command: &mut Command) -> anyhow::Result<String> {
    command.env("LC_ALL", "C").stdin(Stdio::null()).kill_on_drop(true);
    let done = command.output().await.context("cannot run a program of Postgres")?;
    if !done.status.success() {
        bail!("{}", plain(&String::from_utf8_lossy(&done.stderr)));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_from_the_lines_that_grant() {
        for (line, role) in [
            ("GRANT SELECT,INSERT ON TABLE public.app TO observatory;", Some("observatory")),
            ("GRANT ALL ON SCHEMA x TO \"the \"\"role\" WITH GRANT OPTION;", Some("the \"role")),
            ("REVOKE ALL ON FUNCTION public.f(text, int) FROM PUBLIC;", None),
            ("REVOKE ALL ON FUNCTION public.f() FROM other;", Some("other")),
            ("        execute format('grant usage on schema x to %I', role);", None),
        ] {
            assert_eq!(granted(line).as_deref(), role, "{line}");
        }
    }
}
