//! What the server tells of itself to Prometheus, on an address of its own that only this machine reaches.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        LazyLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context;
use axum::{Router, extract::State, response::Response, routing::get};
use chrono::Utc;
use metrics::SharedString;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::{net::TcpListener, time::interval};

use super::{
    admission::Admission,
    db_monitor::{Databases, Published},
    fair_pool::FairPool,
    memory_budget::MemoryBudget,
    network::Network,
    pipeline::Route,
    response_cache::ResponseCache,
};
use crate::domain::revisions::snapshot_cache;

/// Upper ends of the histogram's classes, in seconds: from a kept page to one that somebody complains of.
const CLASSES: [f64; 14] =
    [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 3.0, 10.0];
const UPKEEP: Duration = Duration::from_secs(5);

/// Whether anybody measures; where nobody does, nothing is counted.
static MEASURES: AtomicBool = AtomicBool::new(false);

/// What is looked at when Prometheus asks.
#[derive(Clone, Debug)]
pub struct MetricsSources {
    pub databases: Databases,
    pub cache: ResponseCache,
    pub admission: Admission,
    pub memory: MemoryBudget,
    /// The places of connections.
    pub connections: FairPool,
}

/// Starts measuring and answers `/metrics` on the port until the process ends.
pub async fn serve(port: u16, parts: MetricsSources) -> anyhow::Result<()> {
    let handle = PrometheusBuilder::new()
        .set_buckets(&CLASSES)
        .and_then(|builder| builder.install_recorder())
        .context("nothing can be measured")?;
    MEASURES.store(true, Ordering::Relaxed);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: choose another port with --metrics-port"))?;
    let upkeep = handle.clone();
    tokio::spawn(async move {
        let mut round = interval(UPKEEP);
        loop {
            round.tick().await;
            upkeep.run_upkeep();
        }
    });
    let router = Router::new().route("/metrics", get(tell)).with_state((handle, parts));
    tracing::info!("measurements: http://{address}/metrics");
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(())
}

async fn tell(State((handle, parts)): State<(PrometheusHandle, MetricsSources)>) -> String {
    let gauge = |name: &'static str, value: f64| metrics::gauge!(name).set(value);
    let state = parts.databases.state();
    gauge("observatory_database_answers", f64::from(u8::from(state.answers)));
    if let Some(Published { number, published_at, .. }) = state.revision {
        gauge("observatory_revision", f64::from(number));
        gauge("observatory_revision_age_seconds", (Utc::now() - published_at).num_seconds() as f64);
    }
    let (entries, bytes) = parts.cache.size();
    gauge("observatory_cache_entries", entries as f64);
    gauge("observatory_cache_bytes", bytes as f64);
    let (entries, bytes) = snapshot_cache::size().await;
    gauge("observatory_held_entries", entries as f64);
    gauge("observatory_held_bytes", bytes as f64);
    let (connections, idle) = parts.databases.connections();
    gauge("observatory_pool_connections", f64::from(connections));
    gauge("observatory_pool_idle", idle as f64);
    gauge("observatory_waiting", parts.admission.waiting() as f64);
    gauge("observatory_downloads", parts.admission.downloads() as f64);
    gauge("observatory_answer_bytes", parts.memory.taken() as f64);
    gauge("observatory_connections", parts.connections.taken() as f64);
    handle.render()
}

/// Counts an answer and how long it took to its first byte, by the route and not by the address, of which there is no end.
pub fn count(response: &Response, begun: Instant) {
    if !MEASURES.load(Ordering::Relaxed) {
        return;
    }
    let route = response.extensions().get::<Route>().map(|route| SharedString::from(route.0.clone()));
    let route = route.unwrap_or(SharedString::const_str("other"));
    let status = response.status().as_u16().to_string();
    metrics::counter!("http_requests_total", "route" => route.clone(), "status" => status).increment(1);
    metrics::histogram!("http_request_duration_seconds", "route" => route)
        .record(begun.elapsed().as_secs_f64());
}

/// Load that was shed: a request or a connection that was refused or ended so that the others go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shed {
    /// No place to make a page.
    Page,
    /// No place to make a picture, a workbook or an archive.
    File,
    /// No place for a download.
    Download,
    /// No memory for another answer.
    Memory,
    /// No place for another connection.
    Connection,
    /// A connection or a stream whose reader took nothing.
    Stalled,
}

impl Shed {
    const COUNT: usize = Shed::Stalled as usize + 1;

    /// The value of the label `why`.
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

/// How often the log says that load of one kind is shed.
const SHED_LINES: Duration = Duration::from_secs(10);

/// Counts load that was shed, of a network where it is known. The log says so too, at most once every ten seconds for each kind: an attack must not fill the disk.
pub fn shed(why: Shed, network: Option<Network>) {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    /// When the next line of each kind may be written, in milliseconds.
    static NEXT: [AtomicU64; Shed::COUNT] = [const { AtomicU64::new(0) }; Shed::COUNT];
    metrics::counter!("observatory_refused_total", "why" => why.label()).increment(1);
    let now = BEGUN.elapsed().as_millis() as u64;
    let next = &NEXT[why as usize];
    let due = next.load(Ordering::Relaxed);
    let after = now + SHED_LINES.as_millis() as u64;
    if now >= due && next.compare_exchange(due, after, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
        let network = network.map(tracing::field::display);
        tracing::warn!(why = why.label(), network, "load is shed");
    }
}
