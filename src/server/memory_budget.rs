//! Memory budget of responses, from when they are made until their last byte is passed to a connection.
//!
//! Promises: bytes are counted once, however many readers receive them, and for as long as anything refers to them: the cache or a
//! connection. While the budget is exhausted, requests are shed with 503 and `Retry-After`.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    errors,
    shed::{self, Shed},
};
use crate::error::AppError;

/// Granularity of the budget, in bytes.
const UNIT: usize = 1024;
/// The budget counts as exhausted below this many free bytes.
const LEAST: usize = 64 * 1024;
/// Complete bodies longer than this many bytes are counted before compression; shorter ones are counted when they are sent.
pub const LONG: usize = 2 * 1024 * 1024;

/// The memory that responses may occupy.
#[derive(Clone, Debug)]
pub struct MemoryBudget(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    free: Arc<Semaphore>,
    units: usize,
}

/// A part of the budget; released on drop.
#[derive(Debug)]
pub struct Lease {
    _units: OwnedSemaphorePermit,
}

/// Bytes and their part of the budget.
struct Leased {
    bytes: Bytes,
    _lease: Lease,
}

impl AsRef<[u8]> for Leased {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl MemoryBudget {
    pub fn new(megabytes: u64) -> MemoryBudget {
        let units = usize::try_from(megabytes.saturating_mul(1024)).unwrap_or(usize::MAX);
        let units = units.min(Semaphore::MAX_PERMITS);
        MemoryBudget(Arc::new(Inner { free: Arc::new(Semaphore::new(units)), units }))
    }

    /// Returns the number of bytes in use.
    pub fn taken(&self) -> usize {
        (self.0.units - self.0.free.available_permits()) * UNIT
    }

    /// Returns whether no further response should be started.
    pub fn is_exhausted(&self) -> bool {
        self.0.free.available_permits() * UNIT < LEAST
    }

    /// Reserves a number of bytes; returns `None` if too few are free.
    pub fn lease(&self, bytes: usize) -> Option<Lease> {
        let units = u32::try_from(bytes.div_ceil(UNIT)).ok()?;
        let units = self.0.free.clone().try_acquire_many_owned(units).ok()?;
        Some(Lease { _units: units })
    }

    /// Returns the same bytes, counted until the last reference is dropped; `None` if too few are free.
    pub fn count(&self, bytes: Bytes) -> Option<Bytes> {
        let lease = self.lease(bytes.len())?;
        Some(Bytes::from_owner(Leased { bytes, _lease: lease }))
    }
}

/// Middleware that counts long bodies that a handler built in full, such as the rows of a large table in JSON.
pub async fn count_whole_bodies(
    State(memory): State<MemoryBudget>,
    request: Request,
    next: Next,
) -> Response {
    let (request_parts, body) = request.into_parts();
    let response = next.run(Request::from_parts(request_parts.clone(), body)).await;
    let length = response.body().size_hint().exact().and_then(|length| usize::try_from(length).ok());
    let Some(length) = length.filter(|length| *length > LONG) else { return response };
    let (parts, body) = response.into_parts();
    let counted = match to_bytes(body, length).await {
        Ok(bytes) => memory.count(bytes),
        Err(error) => {
            tracing::error!(%error, path = request_parts.uri.path(), "cannot read the body of a response");
            return errors::answer(&AppError::Internal, &request_parts);
        }
    };
    match counted {
        Some(bytes) => Response::from_parts(parts, Body::from(bytes)),
        None => {
            shed::shed(Shed::Memory, None);
            errors::answer(&AppError::Busy, &request_parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, middleware::from_fn_with_state, routing::get};
    use tower::ServiceExt;

    use super::*;

    #[test]
    fn bytes_are_counted_once_and_until_the_last_reader_has_them() {
        let memory = MemoryBudget::new(1);
        assert_eq!(memory.taken(), 0);
        let bytes = memory.count(Bytes::from(vec![1; 600 * 1024])).unwrap();
        let (copy, part) = (bytes.clone(), bytes.slice(10..20));
        assert_eq!(memory.taken(), 600 * 1024);
        assert!(memory.count(Bytes::from(vec![1; 600 * 1024])).is_none());
        drop((bytes, copy));
        assert_eq!(memory.taken(), 600 * 1024, "a slice keeps the whole allocation in memory");
        drop(part);
        assert_eq!(memory.taken(), 0);
        let all = memory.lease(1024 * 1024);
        assert!(all.is_some() && memory.is_exhausted());
        drop(all);
        assert!(!memory.is_exhausted());
    }

    #[tokio::test]
    async fn a_long_body_is_counted_and_refused_without_room() {
        let memory = MemoryBudget::new(5);
        let site = Router::new()
            .route("/long", get(async || vec![b'a'; 3 * 1024 * 1024]))
            .route("/short", get(async || vec![b'a'; 1024]))
            .layer(from_fn_with_state(memory.clone(), count_whole_bodies));
        let ask = async |path: &str| {
            site.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap()
        };
        let first = ask("/long").await;
        assert_eq!((first.status().as_u16(), memory.taken()), (200, 3 * 1024 * 1024));
        let second = ask("/long").await;
        assert_eq!(second.status().as_u16(), 503);
        assert_eq!(second.headers()["retry-after"], "3");
        assert_eq!(ask("/short").await.status().as_u16(), 200);
        drop(first);
        let third = ask("/long").await;
        assert_eq!(third.status().as_u16(), 200);
        drop(third);
        assert_eq!(memory.taken(), 0);
    }
}
