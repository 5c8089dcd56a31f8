//! What is read of the whole of a state, and held in memory for as long as it is asked for.
//!
//! Promises: what is held is named by the content of the state and not by its number, so it is right for every revision of that
//! content, in whatever database; of many who ask first, one reads and the others wait for him; no more memory is used than allowed.

use std::{
    any::{Any, TypeId},
    sync::{Arc, LazyLock},
};

use moka::{future::Cache, policy::EvictionPolicy};
use sqlx::PgPool;

use super::Snapshot;
use crate::error::AppError;

/// The most bytes that are held.
const MAX: u64 = 1024 * 1024 * 1024;

type Name = (TypeId, Arc<str>);
type Anything = Arc<dyn Any + Send + Sync>;

static HELD: LazyLock<Cache<Name, (Anything, u32)>> = LazyLock::new(|| {
    Cache::builder()
        .max_capacity(MAX)
        .eviction_policy(EvictionPolicy::lru())
        .weigher(|_, (_, bytes): &(Anything, u32)| *bytes)
        .build()
});

/// How much is held, and how many bytes it takes.
pub async fn size() -> (u64, u64) {
    // What was just put there is only counted by and by.
    HELD.run_pending_tasks().await;
    (HELD.entry_count(), HELD.weighted_size())
}

/// What can be held: worked out from a whole state alone, the same for every reader and every day.
pub trait Cached: Sized + Send + Sync + 'static {
    /// Reads it from a revision.
    fn read(db: &PgPool, revision: i32) -> impl Future<Output = sqlx::Result<Self>> + Send;

    /// About how many bytes it takes.
    fn bytes(&self) -> usize;
}

impl Snapshot {
    /// What is held of this state; read now if it is not.
    pub async fn cached<T: Cached>(&self) -> Result<Arc<T>, AppError> {
        let name = (TypeId::of::<T>(), Arc::clone(&self.content));
        let read = async {
            let read = T::read(&self.db, self.revision).await?;
            let bytes = u32::try_from(read.bytes()).unwrap_or(u32::MAX);
            Ok::<_, AppError>((Arc::new(read) as Anything, bytes))
        };
        let (held, _) = HELD.try_get_with(name, read).await.map_err(|error| (*error).clone())?;
        held.downcast().map_err(|_| AppError::Internal)
    }
}
