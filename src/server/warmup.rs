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
        revisions::{Reading, store::Sizes},
        sources, subsidies,
        text_search::synonyms::Vocabulary,
    },
    error::AppError,
    text::date,
};

/// How soon it is tried again after a database failed.
const AGAIN: Duration = Duration::from_secs(1);

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
                    sleep(AGAIN).await;
                }
            }
        }
    });
    task
}

/// One after the other: readers shall notice nothing of it.
async fn read_all(databases: &Databases, published: Published) -> Result<(), AppError> {
    let reading =
        Reading::of(databases.reader(Some(published)).present(published, date::today()), None).await?;
    reading.held::<Sizes>().await?;
    reading.held::<indicators::index::Catalogue>().await?;
    reading.held::<Places>().await?;
    reading.held::<programs::index::Catalogue>().await?;
    reading.held::<programs::matching::Activities>().await?;
    reading.held::<programs::store::Beginnings>().await?;
    reading.held::<organizations::index::Catalogue>().await?;
    reading.held::<subsidies::index::Catalogue>().await?;
    reading.held::<sources::index::Catalogue>().await?;
    reading.held::<events::store::Chronicle>().await?;
    reading.held::<Inventory>().await?;
    reading.held::<Known>().await?;
    reading.held::<Vocabulary>().await?;
    reading.held::<disagreements::gather::Catalogue>().await?;
    Ok(())
}
