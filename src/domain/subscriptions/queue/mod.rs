//! The queue of deliveries: what is due, and when it is attempted again.

pub mod store;

use std::time::Duration;

use super::model::{Channel, DigestInterval, FollowedPage, Stage};

/// Delay before the second attempt; each further one waits twice as long.
const FIRST_RETRY: Duration = Duration::from_secs(30);

/// Longest delay between two attempts.
const MAX_RETRY: Duration = Duration::from_secs(6 * 60 * 60);

/// Attempts after which a subscription ends: about three days.
const MAX_FAILURES: i32 = 20;

/// Attempts after which a request is given up: about a quarter of an hour.
const MAX_REQUEST_FAILURES: i32 = 5;

/// A subscription that is due, locked until its transaction ends.
#[derive(Clone, Debug)]
pub struct Due {
    pub id: String,
    pub channel: Channel,
    pub stage: Stage,
    pub page: FollowedPage,
    pub interval: Option<DigestInterval>,
    /// Sealed [`Target`](super::model::Target).
    pub target: Vec<u8>,
    /// The last revision that the subscriber has been told of.
    pub delivered: i32,
    pub failures: i32,
}

impl Due {
    /// Returns the number of failures in a row after which the row is removed.
    fn max_failures(&self) -> i32 {
        if self.stage == Stage::Active { MAX_FAILURES } else { MAX_REQUEST_FAILURES }
    }

    fn retry_delay(&self) -> Duration {
        retry_delay(self.failures)
    }
}

/// A report to be sent, locked until its transaction ends.
pub struct DueReport {
    pub id: String,
    /// Sealed [`ErrorReport`](super::model::ErrorReport).
    pub message: Vec<u8>,
    pub failures: i32,
}

/// Returns the delay before the next attempt after a number of failures.
fn retry_delay(failures: i32) -> Duration {
    let doublings = u32::try_from(failures).unwrap_or_default().min(16);
    FIRST_RETRY.saturating_mul(2_u32.saturating_pow(doublings)).min(MAX_RETRY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_become_rarer() {
        let seconds: Vec<u64> = [0, 1, 2, 9, 10, 500].map(|failures| retry_delay(failures).as_secs()).into();
        assert_eq!(seconds, [30, 60, 120, 15_360, 21_600, 21_600]);
    }
}
