//! Which databases are used.

use std::{fmt, path::PathBuf, str::FromStr};

use clap::Args;
use sqlx::postgres::PgConnectOptions;

/// Connection options of a database. The `Debug` form omits the password.
#[derive(Clone)]
pub struct DatabaseUrl(pub PgConnectOptions);

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (host, port) = (self.0.get_host(), self.0.get_port());
        write!(
            f,
            "postgres://{}@{host}:{port}/{}",
            self.0.get_username(),
            self.0.get_database().unwrap_or_default()
        )
    }
}

/// Selects the database.
#[derive(Clone, Debug, Args)]
pub struct Database {
    /// URL of a Postgres 15 or newer, such as postgres://user:password@host/name (default: a private one is started)
    #[arg(long = "database-url", env = "DATABASE_URL", value_name = "URL", value_parser = database_url)]
    #[arg(hide_env_values = true)]
    pub url: Option<DatabaseUrl>,
    /// URLs of replicas to read from, such as postgres://user@one/name,postgres://user@two/name
    #[arg(long, env = "DATABASE_REPLICA_URLS", value_name = "LIST", value_delimiter = ',', value_parser = database_url)]
    #[arg(hide_env_values = true, requires = "url")]
    pub replica_urls: Vec<DatabaseUrl>,
    /// Folder for the private database
    #[arg(long, env = "OBSERVATORY_STATE", value_name = "DIR", default_value = ".local")]
    pub state: PathBuf,
}

/// Parses the URL of a database.
///
/// # Errors
///
/// Describes the problem without quoting any part of the URL: a malformed URL may have its password anywhere.
pub(super) fn database_url(text: &str) -> Result<DatabaseUrl, String> {
    const FORM: &str = "not an address such as postgres://user:password@host/name";
    if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
        return Err(FORM.to_owned());
    }
    PgConnectOptions::from_str(text).map(DatabaseUrl).map_err(|error| match error {
        // Errors about the URL itself are a closed set and quote nothing; errors about parameters quote their values.
        sqlx::Error::Configuration(cause) if cause.to_string() == "invalid port number" => {
            format!("{FORM}: the port is not a number; write '@', ':', '/', '?', '#' and '%' in a password as %40, %3A, …")
        }
        _ => format!("{FORM}; check its parameters, and write '@', ':', '/', '?', '#' and '%' in a password as %40, %3A, …"),
    })
}
