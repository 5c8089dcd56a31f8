//! Metrics for Prometheus, on a separate port that only this machine can reach.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::atomic::{AtomicBool, Ordering},
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
    outcome::Route,
    response_cache::ResponseCache,
};
use crate::domain::revisions::snapshot_cache;

/// Upper bounds of the histogram buckets, in seconds: from a cache hit to a page that readers complain about.
const BUCKETS: [f64; 14] =
    [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 3.0, 10.0];
const UPKEEP: Duration = Duration::from_secs(5);

/// Whether metrics are on; if not, nothing is counted.
static IS_ENABLED: AtomicBool = AtomicBool::new(false);

/// Sources of the gauges, which are read when Prometheus scrapes.
#[derive(Clone, Debug)]
pub struct MetricsSources {
    pub databases: Databases,
    pub cache: ResponseCache,
    pub admission: Admission,
    pub memory: MemoryBudget,
    /// The pool of connection slots.
    pub connections: FairPool,
}

/// Enables metrics and serves `/metrics` on the port until the process ends.
pub async fn serve(port: u16, parts: MetricsSources) -> anyhow::Result<()> {
    let handle = PrometheusBuilder::new()
        .set_buckets(&BUCKETS)
        .and_then(|builder| builder.install_recorder())
        .context("cannot install the metrics recorder")?;
    IS_ENABLED.store(true, Ordering::Relaxed);
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
    let router = Router::new().route("/metrics", get(render)).with_state((handle, parts));
    tracing::info!("serving metrics at http://{address}/metrics");
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(())
}

async fn render(State((handle, parts)): State<(PrometheusHandle, MetricsSources)>) -> String {
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

/// Counts a response and its time to first byte, by route: the number of addresses is unbounded.
pub fn count(response: &Response, begun: Instant) {
    if !IS_ENABLED.load(Ordering::Relaxed) {
        return;
    }
    let route = response.extensions().get::<Route>().map(|route| SharedString::from(route.0.clone()));
    let route = route.unwrap_or(SharedString::const_str("other"));
    let status = response.status().as_u16().to_string();
    metrics::counter!("http_requests_total", "route" => route.clone(), "status" => status).increment(1);
    metrics::histogram!("http_request_duration_seconds", "route" => route)
        .record(begun.elapsed().as_secs_f64());
}
