//! The command `serve`.

use std::process::ExitCode;

use super::{
    database::bring_up_to_date,
    process::{one_line, stop_signal},
};
use crate::{
    config::Serve,
    db::Database,
    domain::revisions,
    import::{self, DataSet, PublishOptions},
    server,
};

/// Serves the site until SIGTERM or SIGINT. Publishes the shipped data set first if the database is empty.
pub(super) async fn site(
    mut config: Serve,
    shipped: anyhow::Result<DataSet>,
    program: &str,
) -> anyhow::Result<ExitCode> {
    let stop = stop_signal()?;
    let database = Database::open(&config.database).await?;
    let served = async {
        database.check_sessions().await?;
        bring_up_to_date(&database).await?;
        let work = database.work();
        match revisions::store::latest(&work).await? {
            None => {
                let outcome = import::publish(&work, &shipped?, PublishOptions::default()).await?;
                for warning in &outcome.warnings().shown {
                    tracing::warn!("{warning}");
                }
                tracing::info!("{}", outcome.headline());
            }
            Some(latest) => drop(tokio::task::spawn_blocking(|| mention_other_data(latest, shipped))),
        }
        work.close().await;
        let delivery = &mut config.site.delivery;
        if config.database.url.is_none() && delivery.delivery_key.is_none() {
            delivery.delivery_key = Some(server::delivery::own_key(&config.database.state)?);
        }
        let deliveries = database.deliveries(delivery.delivery_database_url.as_ref());
        server::serve(config.site, database.pages(), deliveries, program, stop).await
    }
    .await;
    let served = served.map_err(|error: anyhow::Error| database.explain(error));
    database.close().await;
    served.map(|()| ExitCode::SUCCESS)
}

/// Logs that the data folder differs from the published revision, or cannot be published. New files are published by an import only, not by
/// a start.
fn mention_other_data(latest: revisions::model::Revision, shipped: anyhow::Result<DataSet>) {
    let reason = match shipped.map(|data| import::check(&data)) {
        Ok(Ok(checked)) if checked.content_hash == latest.content_hash => return,
        Ok(Ok(_)) => {
            return tracing::info!(
                "the data folder differs from revision {}, which is being served; run `observatory import` to publish it",
                latest.number
            );
        }
        Ok(Err(import::Error::Refused(problems))) => format!("{} problems", problems.count()),
        // A check needs no note.
        Ok(Err(error @ (import::Error::NoteMissing(_) | import::Error::Unapproved(_)))) => error.to_string(),
        Ok(Err(import::Error::Failed(error))) | Err(error) => one_line(&error),
    };
    tracing::info!(reason, "the data folder cannot be published; `observatory check` says why");
}
