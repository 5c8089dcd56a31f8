//! Shed load: counted, and logged at intervals.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use super::network::Network;

/// Kind of load that was shed: a request or connection that was rejected or closed to protect the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shed {
    /// No slot to render a page.
    Page,
    /// No slot to render an image, a workbook or an archive.
    File,
    /// No slot for a download.
    Download,
    /// No memory for another response.
    Memory,
    /// No slot for another connection.
    Connection,
    /// A connection or a stream whose reader stalled.
    Stalled,
}

impl Shed {
    const COUNT: usize = Shed::Stalled as usize + 1;

    /// Returns the value of the label `why`.
    fn label(self) -> &'static str {
        match self {
            Shed::Page => "page",
            Shed::File => "file",
            Shed::Download => "download",
            Shed::Memory => "memory",
            Shed::Connection => "connection",
            Shed::Stalled => "stalled",
        }
    }
}

/// Minimum interval between log lines about one kind of shed load.
const SHED_LINES: Duration = Duration::from_secs(10);

/// Counts shed load, and logs it with the network if known. Logs at most once every ten seconds per kind, so that an attack does not fill
/// the disk.
pub fn shed(why: Shed, network: Option<Network>) {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    /// When the next line of each kind may be logged, in milliseconds since `BEGUN`.
    static NEXT: [AtomicU64; Shed::COUNT] = [const { AtomicU64::new(0) }; Shed::COUNT];
    metrics::counter!("observatory_refused_total", "why" => why.label()).increment(1);
    let now = BEGUN.elapsed().as_millis() as u64;
    let next = &NEXT[why as usize];
    let due = next.load(Ordering::Relaxed);
    let after = now + SHED_LINES.as_millis() as u64;
    if now >= due && next.compare_exchange(due, after, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
        let network = network.map(tracing::field::display);
        tracing::warn!(why = why.label(), network, "shedding load");
    }
}
