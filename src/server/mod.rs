//! The web server: routes, request pipeline, start and graceful shutdown.
//!
//! Promises: a page is complete in its first response; an unknown address is a page with status 404 in the reader's language; a panic in
//! one request is an error page for that request and nothing more; a cacheable response is rendered once; a lost database or an overload
//! is reported to the client at once; on SIGTERM, requests in flight finish.

mod admission;
mod assets;
mod cache;
mod content_coding;
mod cors;
mod db_monitor;
pub mod delivery;
pub mod doctor;
mod errors;
mod fair_pool;
mod forwarded;
mod header_list;
mod health;
mod identifiers;
mod listen;
mod markdown;
mod memento;
mod memory_budget;
mod metrics;
mod network;
mod origin;
mod outcome;
mod pipeline;
mod policy;
mod posted;
pub mod preview;
pub mod privileges;
mod rate_limit;
mod redirect;
mod request_id;
mod request_target;
mod response_cache;
mod router;
pub mod security;
mod shed;
mod shell;
mod signposts;
mod warmup;

use std::time::Duration;

use anyhow::Context;
use sqlx::PgPool;
use tokio::net::TcpListener;

use crate::{config::SiteConfig, db::Pools};
pub use assets::program_id;
pub use cache::CachePolicy;
use forwarded::Proxies;
use listen::{ConnectionLimits, Timeouts};
pub use router::{Whole, addresses, router};

/// Serves until `stop` completes, then lets requests in flight finish. Prints the address once the server listens on it.
/// `program` is the [`program_id`] of the running program; `deliveries` are connections of a role that may read the addresses of subscribers,
/// if this process is to deliver.
pub async fn serve(
    site: SiteConfig,
    pools: Pools,
    deliveries: Option<PgPool>,
    program: &str,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let (address, measured) = (site.address(), site.metrics_port);
    let drain = Duration::from_secs(site.drain_seconds);
    let proxies = Proxies::new(site.trusted_proxies.clone());
    let settings = site.clone();
    let Whole { router, parts, stopping } = router(site, pools, program).await?;
    let worker = match deliveries {
        Some(db) => delivery::start(&settings, db, parts.databases.clone())?,
        None => None,
    };
    let admission =
        ConnectionLimits { places: parts.connections.clone(), proxies, timeouts: Timeouts::default() };
    let _ahead = warmup::follow(parts.databases.clone());
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: choose another port with --port or PORT"))?;
    if let Some(port) = measured {
        metrics::serve(port, parts).await?;
    }
    println!("Listening on http://{}", listener.local_addr()?);
    let served = listen::serve(listener, router, admission, stopping, drain, stop).await;
    if let Some(worker) = worker {
        worker.abort();
    }
    Ok(served?)
}
