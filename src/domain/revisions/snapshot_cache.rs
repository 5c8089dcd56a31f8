//! Per-snapshot indexes, cached in memory with LRU eviction.
//!
//! Promises: entries are keyed by the content hash of the revision and not by its number, so an entry is valid for every revision with that
//! content, in any database; and by the day on which what is read was known, if one is requested. Of concurrent requests for a missing entry, one reads it and the others wait. Memory use is bounded.

use std::{
    any::{Any, TypeId},
    sync::{Arc, LazyLock},
};

use chrono::NaiveDate;
use moka::{future::Cache, policy::EvictionPolicy};
use sqlx::PgPool;

use super::{ReadAt, Snapshot};
use crate::error::AppError;

/// Capacity of the cache in bytes.
const MAX: u64 = 1024 * 1024 * 1024;

type Key = (TypeId, Arc<str>, Option<NaiveDate>);
type CachedValue = Arc<dyn Any + Send + Sync>;

static CACHE: LazyLock<Cache<Key, (CachedValue, u32)>> = LazyLock::new(|| {
    Cache::builder()
        .max_capacity(MAX)
        .eviction_policy(EvictionPolicy::lru())
        .weigher(|_, (_, bytes): &(CachedValue, u32)| *bytes)
        .build()
});

/// Returns the number of cached entries and their size in bytes.
pub async fn size() -> (u64, u64) {
    // The cache counts recent insertions only after its pending tasks have run.
    CACHE.run_pending_tasks().await;
    (CACHE.entry_count(), CACHE.weighted_size())
}

/// A value that can be cached per snapshot. It depends on the content of the state alone, not on the reader or the date.
pub trait Cached: Sized + Send + Sync + 'static {
    /// Reads the value of a state.
    fn read(db: &PgPool, at: ReadAt) -> impl Future<Output = sqlx::Result<Self>> + Send;

    /// Approximate size in bytes.
    fn bytes(&self) -> usize;
}

impl Snapshot {
    /// Returns the cached value of this snapshot. Reads it on a cache miss.
    pub async fn cached<T: Cached>(&self) -> Result<Arc<T>, AppError> {
        let key = (TypeId::of::<T>(), Arc::clone(&self.content), self.at.known_on);
        let read = async {
            let read = T::read(&self.db, self.at).await?;
            let bytes = u32::try_from(read.bytes()).unwrap_or(u32::MAX);
            Ok::<_, AppError>((Arc::new(read) as CachedValue, bytes))
        };
        let (value, _) = CACHE.try_get_with(key, read).await.map_err(|error| (*error).clone())?;
        value.downcast().map_err(|_| AppError::Internal)
    }
}
