//! Commands that read a database or its schema: migrate, export, mcp.

use std::process::ExitCode;

use crate::{
    config::{Export, Mcp, Migrate},
    db::Database,
    domain::revisions::{
        ReadSource, Snapshot,
        model::{AsOf, Times},
    },
    error::AppError,
    import,
    outputs::{dataset, mcp},
    server,
};

/// Runs pending migrations and refreshes the search index.
pub(super) async fn bring_up_to_date(database: &Database) -> anyhow::Result<()> {
    database.migrate().await?;
    let work = database.work();
    import::refresh_words(&work).await?;
    work.close().await;
    Ok(())
}

/// Runs pending migrations and grants privileges to the server's role.
pub(super) async fn migrate(config: Migrate) -> anyhow::Result<ExitCode> {
    let database = Database::open_or_join(&config.database).await?;
    let done = async {
        bring_up_to_date(&database).await?;
        if let Some(role) = &config.grant {
            database.grant(role).await?;
        }
        if let Some(role) = &config.grant_delivery {
            database.grant_delivery(role).await?;
        }
        println!("the schema is up to date");
        Ok(ExitCode::SUCCESS)
    }
    .await;
    let done = done.map_err(|error: anyhow::Error| database.explain(error));
    database.close().await;
    done
}

/// Writes a published revision into a folder.
pub(super) async fn export(config: Export) -> anyhow::Result<ExitCode> {
    let database = Database::open_or_join(&config.database).await?;
    let written = async {
        bring_up_to_date(&database).await?;
        let times = Times { as_of: config.as_of.map(AsOf::Revision), ..Times::default() };
        let read = async { Snapshot::of(ReadSource::of(database.work()).await?, times).await };
        let snapshot = read.await.map_err(|error| match error {
            AppError::Unavailable => anyhow::anyhow!("nothing has been published yet"),
            AppError::Query(_) => {
                anyhow::anyhow!("there is no revision {}", config.as_of.unwrap_or_default())
            }
            error => error.into(),
        })?;
        dataset::package::write(&snapshot, &config.folder).await?;
        println!("wrote revision {} to {}", snapshot.at.revision, config.folder.display());
        Ok(ExitCode::SUCCESS)
    }
    .await;
    let written = written.map_err(|error: anyhow::Error| database.explain(error));
    database.close().await;
    written
}

/// Serves an assistant on standard input and output until the input ends.
pub(super) async fn serve_assistant(config: Mcp) -> anyhow::Result<ExitCode> {
    let database = Database::open_or_join(&config.database).await?;
    let served = async {
        let db = database.work();
        let outside = mcp::Outside { db: db.clone(), origin: config.public_url };
        mcp::serve_stdio(server::addresses(db.into()).await, outside).await?;
        Ok(ExitCode::SUCCESS)
    }
    .await;
    let served = served.map_err(|error: anyhow::Error| database.explain(error));
    database.close().await;
    served
}
