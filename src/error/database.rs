//! Errors of the database.

use serde::{Deserialize, Serialize};

use super::AppError;

/// A failed statement: what readers are told, and the cause, which is logged and never sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{cause}")]
pub struct DatabaseError {
    outage: Outage,
    #[serde(skip)]
    cause: String,
}

/// Kinds of failures that readers can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Outage {
    /// The database is unreachable.
    Unavailable,
    /// A statement timed out, or all connections are in use.
    Busy,
    /// A fault of this program.
    Internal,
}

impl DatabaseError {
    /// Returns the error without its cause, as readers see it.
    pub fn as_seen(&self) -> &'static AppError {
        match self.outage {
            Outage::Unavailable => &AppError::Unavailable,
            Outage::Busy => &AppError::Busy,
            Outage::Internal => &AppError::Internal,
        }
    }
}

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        let outage = match &error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => Outage::Unavailable,
            // <https://www.postgresql.org/docs/current/errcodes-appendix.html>
            sqlx::Error::Database(error) => match error.code().as_deref() {
                // The database is shutting down, has crashed, or does not accept connections yet.
                Some("57P01" | "57P02" | "57P03") => Outage::Unavailable,
                // A statement timed out; all connections are in use.
                Some("57014" | "53300") => Outage::Busy,
                _ => Outage::Internal,
            },
            _ => Outage::Internal,
        };
        AppError::Database(DatabaseError { outage, cause: error.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Locale;

    #[test]
    fn readers_are_told_what_to_do_and_not_what_failed() {
        for (cause, seen) in [
            (sqlx::Error::PoolTimedOut, AppError::Unavailable),
            (sqlx::Error::RowNotFound, AppError::Internal),
        ] {
            let cause_text = cause.to_string();
            let error = AppError::from(cause);
            assert_eq!(error.as_seen(), &seen);
            assert_eq!((error.status(), error.again_after()), (seen.status(), seen.again_after()));
            assert_eq!(error.to_string(), cause_text);
            for locale in Locale::ALL {
                assert_eq!(error.title(locale), seen.title(locale));
                assert_eq!(error.explanation(locale), seen.explanation(locale));
            }
        }
    }
}
