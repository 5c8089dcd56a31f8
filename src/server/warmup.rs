//! Warm-up of the per-snapshot caches, at the start and whenever a revision is published.
//!
//! Promises: a page waits at most for the part that is not loaded yet; if the database fails during the warm-up, the first page loads the
//! rest on demand.

use std::time::{Duration, Instant};

use tokio::{task::JoinSet, time::sleep};

use super::db_monitor::{Databases, Published};
use crate::{
    domain::{
        disagreements,
        entities::{known::Known, model::Places},
        events, indicators,
        observations::inventory::Inventory,
        organizations, programs,
        registry::Noun,
        revisions::{Snapshot, model::Times, store::TableSizes},
        sources, subsidies,
        text_search::synonyms::Vocabulary,
    },
    error::AppError,
    text::date,
};

/// Back-off after a failed warm-up.
const RETRY_DELAY: Duration = Duration::from_secs(1);

/// Starts the warm-up task, which runs until the returned set is dropped.
pub fn follow(databases: Databases) -> JoinSet<()> {
    let mut task = JoinSet::new();
    task.spawn(async move {
        let mut read = None;
        loop {
            let published = databases.other_than(read).await;
            let begun = Instant::now();
            match read_all(&databases, published).await {
                Ok(()) => {
                    tracing::info!(revision = published.number, took = ?begun.elapsed(), "warm-up finished");
                    read = Some(published);
                }
                Err(error) => {
                    tracing::warn!(revision = published.number, %error, "warm-up failed; trying again");
                    sleep(RETRY_DELAY).await;
                }
            }
        }
    });
    task
}

/// Loads every cached index of a snapshot, one after another to leave capacity to readers.
async fn read_all(databases: &Databases, published: Published) -> Result<(), AppError> {
    let snapshot =
        Snapshot::of(databases.reader(Some(published)).present(published, date::today()), Times::default())
            .await?;
    snapshot.cached::<TableSizes>().await?;
    for noun in Noun::all() {
        read_noun(&snapshot, noun).await?;
    }
    snapshot.cached::<Inventory>().await?;
    snapshot.cached::<Known>().await?;
    snapshot.cached::<Vocabulary>().await?;
    snapshot.cached::<disagreements::index::DisagreementIndex>().await?;
    Ok(())
}

/// Loads the cached indexes of a noun's pages.
async fn read_noun(snapshot: &Snapshot, noun: Noun) -> Result<(), AppError> {
    match noun {
        Noun::Indicators => drop(snapshot.cached::<indicators::index::IndicatorIndex>().await?),
        Noun::Programs => {
            snapshot.cached::<programs::index::ProgramIndex>().await?;
            snapshot.cached::<programs::matching::Activities>().await?;
            snapshot.cached::<programs::store::Beginnings>().await?;
        }
        Noun::Subsidies => drop(snapshot.cached::<subsidies::index::SubsidyIndex>().await?),
        Noun::Organizations => drop(snapshot.cached::<organizations::index::OrganizationIndex>().await?),
        Noun::Events => drop(snapshot.cached::<events::index::Chronicle>().await?),
        Noun::Places => drop(snapshot.cached::<Places>().await?),
        Noun::Sources => drop(snapshot.cached::<sources::index::SourceIndex>().await?),
    }
    Ok(())
}
