//! The commands that publish a data set: import, propose, publish.

use std::{path::PathBuf, process::ExitCode};

use super::{
    database::bring_up_to_date,
    outcome,
    process::{init_log, leave_root, runtime, stop_signal},
};
use crate::{
    config::{self, Import, Review},
    db::Database,
    import::{self, DataSet, Outcome, PublishOptions},
    server::{self, preview::Asked},
};

/// Publishes a data set, prints what publishing it would change (dry run), or serves what it would become (preview).
pub(super) async fn import(config: Import, data: DataSet, program: &str) -> anyhow::Result<ExitCode> {
    let Import { note, reported, by, dry_run, .. } = config;
    let options = PublishOptions { note, reported, dry_run, by, review: None };
    if config.preview {
        return preview(config.database, options, data, (config.port, config.site_root), program).await;
    }
    if config.require_review && !dry_run {
        anyhow::bail!(
            "revisions are reviewed here (REQUIRE_REVIEW): run `observatory propose`, and let another person run `observatory publish`"
        );
    }
    publish(config.database, options, data).await
}

/// Serves the site as it would be after an import.
async fn preview(
    database: config::Database,
    options: PublishOptions,
    data: DataSet,
    (port, site_root): (u16, PathBuf),
    program: &str,
) -> anyhow::Result<ExitCode> {
    let stop = stop_signal()?;
    let database = Database::open_or_join(&database).await?;
    bring_up_to_date(&database).await.map_err(|error| database.explain(error))?;
    // A correction needs a note to be published, not to be looked at.
    let note = options.note.or_else(|| Some("Preview".to_owned()));
    let asked = Asked { data, options: PublishOptions { note, ..options }, port, site_root };
    match server::preview::serve(database, asked, program, stop).await {
        Ok(Outcome::Published { .. }) => Ok(ExitCode::SUCCESS),
        other => outcome::print(other),
    }
}

/// Proposes a data set, or publishes a proposed one.
pub(super) fn reviewed(mut asked: Review, step: import::Review) -> anyhow::Result<ExitCode> {
    init_log(&asked.log);
    let data = DataSet::open(&asked.data)?;
    leave_root(&mut asked.database)?;
    let Review { note, reported, by, .. } = asked;
    let options = PublishOptions { note, reported, dry_run: false, by: Some(by), review: Some(step) };
    runtime()?.block_on(publish(asked.database, options, data))
}

async fn publish(
    database: config::Database,
    options: PublishOptions,
    data: DataSet,
) -> anyhow::Result<ExitCode> {
    let stop = stop_signal()?;
    let database = Database::open_or_join(&database).await?;
    let published = async {
        bring_up_to_date(&database).await?;
        let work = database.work();
        tokio::select! {
            outcome = import::publish(&work, &data, options) => outcome,
            () = stop => Err(anyhow::anyhow!("interrupted; nothing was changed").into()),
        }
    }
    .await
    .map_err(|error| match error {
        import::Error::Failed(error) => import::Error::Failed(database.explain(error)),
        refused => refused,
    });
    database.close().await;
    outcome::print(published)
}
