//! Advice for operators on errors of the database or the disk.

use std::io;

use sqlx::migrate::MigrateError;

/// Returns the remedy for an error, if one is known, such as for a full disk or a missing privilege.
pub fn advice(error: &anyhow::Error) -> Option<&'static str> {
    error.chain().find_map(|cause| {
        let of_database = cause.downcast_ref::<sqlx::Error>();
        let of_migration = || cause.downcast_ref::<MigrateError>().and_then(of_migration);
        let of_disk = || cause.downcast_ref::<io::Error>().and_then(of_io);
        of_database.and_then(of_sqlx).or_else(of_migration).or_else(of_disk)
    })
}

fn of_sqlx(error: &sqlx::Error) -> Option<&'static str> {
    match error {
        // What PgBouncer says to clients that set up their session.
        sqlx::Error::Database(error) if error.message().contains("unsupported startup parameter") => {
            Some(POOLER)
        }
        sqlx::Error::Database(error) => of_code(&error.code()?),
        sqlx::Error::Io(error) => of_io(error),
        _ => None,
    }
}

fn of_migration(error: &MigrateError) -> Option<&'static str> {
    match error {
        MigrateError::VersionMismatch(_) | MigrateError::VersionMissing(_) => Some(OTHER_MIGRATIONS),
        _ => None,
    }
}

/// Returns the advice for an SQLSTATE (Postgres documentation, appendix A).
fn of_code(code: &str) -> Option<&'static str> {
    match code {
        "53100" => Some(FULL),
        "53200" => Some("the database is out of memory; stop other programs that use it, and run this again"),
        "53300" => Some("the database accepts no more connections; close some, and run this again"),
        // Named statements of one session met by another: a pooler hands connections on between them.
        "42P05" | "26000" => Some(POOLER),
        "42501" => Some(
            "the role lacks a privilege; run `observatory migrate --grant ROLE` as the owner of the schema",
        ),
        _ => None,
    }
}

fn of_io(error: &io::Error) -> Option<&'static str> {
    match error.kind() {
        io::ErrorKind::StorageFull => Some("the disk is full; free some space, and run this again"),
        io::ErrorKind::QuotaExceeded => {
            Some("the disk quota is used up; free some space, and run this again")
        }
        io::ErrorKind::ReadOnlyFilesystem => Some("the disk is read-only; choose another folder"),
        _ => None,
    }
}

/// Advice for a connection pooler between this program and Postgres.
pub const POOLER: &str = "a connection pooler is in between (PgBouncer, for one), which drops the settings of sessions and prepared statements: name \
    Postgres itself in DATABASE_URL; the server keeps a small pool of its own";

/// Advice for a full disk of the database. Postgres rolls back a transaction that runs into a full disk at any point.
pub const FULL: &str =
    "the disk of the database is full; nothing was changed; free some space, and run this again";

/// Advice for a database with migrations that this program does not have: another program made it, or a version of this one before its
/// first release.
const OTHER_MIGRATIONS: &str = "the database was made with other migrations than those of this program; nothing was changed; keep a dump \
    (`pg_dump`) or the data set, then create a new database, or remove the folder of the private one (`.local`, or what \
    OBSERVATORY_STATE names), and import the data set again";

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn a_full_disk_is_named_wherever_it_stands_in_the_chain() {
        // ENOSPC, EDQUOT and EROFS of Linux and macOS
        let full =
            |code| Err::<(), _>(io::Error::from_raw_os_error(code)).context("cannot write x").unwrap_err();
        assert!(advice(&full(28)).unwrap().contains("disk is full"));
        assert!(advice(&full(30)).unwrap().contains("read-only"));
        let lost =
            anyhow::Error::new(sqlx::Error::Io(io::ErrorKind::StorageFull.into())).context("published");
        assert!(advice(&lost).unwrap().contains("disk is full"));
        assert_eq!(advice(&anyhow::anyhow!("something else")), None);
    }
}
