//! How much is made at a time. More at once would only make everybody wait, and the database with them.
//!
//! Promises: no more answers are made at a time than the machine can make well; a few wait, for a short while; the others are told
//! at once to come back. What has begun is made to its end, even if nobody waits for it any more: a page that is given up half-way
//! keeps its connections to the database for ever, because the framework forgets to let them go.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{http::request::Parts, response::Response};
use tokio::{sync::Semaphore, time::timeout};
use tracing::Instrument;

use super::errors;
use crate::error::AppError;

/// How many may wait for their turn, and for how long.
const WAITING: usize = 256;
const PATIENCE: Duration = Duration::from_secs(3);
/// The longest that making an answer may take, until its first byte.
const LONGEST: Duration = Duration::from_secs(15);

/// Answers take turns in being made.
#[derive(Clone, Debug)]
pub struct Turns(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    free: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// One who waits; no longer when dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Turns {
    pub fn new(at_a_time: usize) -> Turns {
        Turns(Arc::new(Inner { free: Arc::new(Semaphore::new(at_a_time)), waiting: AtomicUsize::new(0) }))
    }

    /// How many answers wait to be made.
    pub fn waiting(&self) -> usize {
        self.0.waiting.load(Ordering::Relaxed)
    }

    /// Makes an answer when it is its turn, or says that it will not be made now.
    pub async fn run(
        &self,
        make: impl Future<Output = Response> + Send + 'static,
        parts: &Parts,
    ) -> Response {
        let turn = {
            let waiting = Waiting(&self.0.waiting);
            if self.0.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING {
                return errors::answer(&AppError::Busy, parts);
            }
            let turn = timeout(PATIENCE, self.0.free.clone().acquire_owned()).await;
            drop(waiting);
            turn
        };
        let Ok(Ok(turn)) = turn else { return errors::answer(&AppError::Busy, parts) };
        let made = tokio::spawn(
            async move {
                let response = make.await;
                drop(turn);
                response
            }
            .in_current_span(),
        );
        match timeout(LONGEST, made).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => {
                tracing::error!(%error, path = parts.uri.path(), "an answer broke off");
                errors::answer(&AppError::Internal, parts)
            }
            Err(_) => {
                tracing::error!(path = parts.uri.path(), "an answer was not made in time");
                errors::answer(&AppError::Busy, parts)
            }
        }
    }
}
