//! Discovery of the client programs of Postgres, and how they are given a password.

use std::{path::PathBuf, process::Command};

use anyhow::Context;
use sqlx::{ConnectOptions, postgres::PgConnectOptions};

use crate::db::private::binaries;

/// Finds a client program that is at least as new as a server: beside the server programs, or in `PATH`.
///
/// # Errors
///
/// If there is none, or only older ones.
pub fn program(name: &str, server: u32) -> anyhow::Result<PathBuf> {
    let found = binaries::folders().into_iter().map(|folder| folder.join(name)).filter(|path| path.is_file());
    let found = found.filter_map(|path| {
        let answer = Command::new(&path).arg("--version").output().ok()?;
        Some((binaries::major_version(&String::from_utf8_lossy(&answer.stdout))?, path))
    });
    let (major, path) = found.max_by_key(|(major, _)| *major).with_context(|| {
        format!(
            "{name} is not installed (looked in PATH, /usr/lib/postgresql and Homebrew's folders); \
             install the client programs of Postgres (Debian: apt install postgresql-client)"
        )
    })?;
    anyhow::ensure!(
        major >= server,
        "the database is PostgreSQL {server}, and the newest {name} here is {major}: install version {server} or newer"
    );
    Ok(path)
}

/// Returns the variables for what the options have no accessors for: they are read back from their URL.
pub fn secrets(options: &PgConnectOptions) -> Vec<(&'static str, String)> {
    let url = options.to_url_lossy();
    let mut variables = Vec::new();
    if let Some(password) = url.password() {
        let password = percent_encoding::percent_decode_str(password).decode_utf8_lossy().into_owned();
        variables.push(("PGPASSWORD", password));
    }
    for (key, value) in url.query_pairs() {
        let variable = match key.as_ref() {
            "sslmode" => "PGSSLMODE",
            "sslrootcert" | "ssl-root-cert" | "ssl-ca" => "PGSSLROOTCERT",
            "sslcert" | "ssl-cert" => "PGSSLCERT",
            "sslkey" | "ssl-key" => "PGSSLKEY",
            _ => continue,
        };
        variables.push((variable, value.into_owned()));
    }
    variables
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    #[test]
    fn a_password_is_passed_as_it_was_given() {
        let options = PgConnectOptions::from_str("postgres://a:p%40ss%2F%25@b/c?sslmode=require").unwrap();
        let found = secrets(&options);
        assert!(found.contains(&("PGPASSWORD", "p@ss/%".to_owned())), "{found:?}");
        assert!(found.contains(&("PGSSLMODE", "require".to_owned())), "{found:?}");
    }

    #[test]
    fn an_older_program_is_refused() {
        let refused = program("no-such-program", 15).unwrap_err().to_string();
        assert!(refused.contains("is not installed"), "{refused}");
    }
}
