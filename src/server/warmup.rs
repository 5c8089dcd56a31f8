//! Reads what pages need of the whole of a state before the first of them does: at the start, and when a revision is published.
//!
//! Promises: no reader waits for more of it than is left to read; a database that fails meanwhile only leaves it to the first page.

use std::time::{Duration, Instant};

use tokio::{task::JoinSet, time::sleep};

use super::db_monitor::{Databases, Published};
use crate::{
    domain::{
        disagreements,
        entities::{model::Places, store::Known},
        events, indicators,
        observations::inventory::Inventory,
        organizations, programs,
        revisions::{Snapshot, store::TableSizes},
        sources, subsidies,
        text_search::synonyms::Vocabulary,
    },
    error::AppError,
    text::date,
};

/// How soon it is tried again after a database failed.
const RETRY_DELAY: Duration = Duration::from_secs(1);

/// Reads ahead until what is given back is dropped.
pub fn follow(databases: Databases) -> JoinSet<()> {
    let mut task = JoinSet::new();
    task.spawn(async move {
        let mut read = None;
        loop {
            let published = databases.other_than(read).await;
            let begun = Instant::now();
            match read_all(&databases, published).await {
                Ok(()) => {
                    tracing::info!(revision = published.number, took = ?begun.elapsed(), "read ahead");
                    read = Some(published);
                }
                Err(error) => {
                    tracing::warn!(revision = published.number, %error, "could not read ahead");
                    sleep(RETRY_DELAY).await;
                }
            }
        }
    });
    task
}

/// One after the other: readers shall notice nothing of it.
async fn read_all(databases: &Databases, published: Published) -> Result<(), AppError> {
    let snapshot =
        Snapshot::of(databases.reader(Some(published)).present(published, date::today()), None).await?;
    snapshot.cached::<TableSizes>().await?;
    snapshot.cached::<indicators::index::IndicatorIndex>().await?;
    snapshot.cached::<Places>().await?;
    snapshot.cached::<programs::index::ProgramIndex>().await?;
    snapshot.cached::<programs::matching::Activities>().await?;
    snapshot.cached::<programs::store::Beginnings>().await?;
    snapshot.cached::<organizations::index::OrganizationIndex>().await?;
    snapshot.cached::<subsidies::index::SubsidyIndex>().await?;
    snapshot.cached::<sources::index::SourceIndex>().await?;
    snapshot.cached::<events::store::Chronicle>().await?;
    snapshot.cached::<Inventory>().await?;
    snapshot.cached::<Known>().await?;
    snapshot.cached::<Vocabulary>().await?;
    snapshot.cached::<disagreements::index::DisagreementIndex>().await?;
    Ok(())
}
