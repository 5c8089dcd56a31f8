//! A cluster for a check, which ends with it.

use anyhow::Context;
use tempfile::TempDir;

use crate::{config, db::Database};

/// A running, empty cluster in the folder for temporary files, and that folder.
pub struct Scratch(pub Database, TempDir);

impl Scratch {
    /// Starts it.
    ///
    /// # Errors
    ///
    /// If the server programs of Postgres are not installed, or the cluster does not start.
    pub async fn open() -> anyhow::Result<Scratch> {
        let folder = tempfile::Builder::new().prefix("observatory-check-").tempdir()?;
        let settings =
            config::Database { url: None, replica_urls: Vec::new(), state: folder.path().join("state") };
        let database = Database::open(&settings)
            .await
            .context("a backup is checked in a private Postgres; `backup --unchecked` goes without")?;
        Ok(Scratch(database, folder))
    }

    /// Stops it and removes its folder.
    pub async fn close(self) {
        let Scratch(database, folder) = self;
        database.close().await;
        drop(folder);
    }
}
