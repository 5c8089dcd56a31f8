//! The web server.

use axum::{Router, routing::get};
use sqlx::PgPool;

use crate::config::Site;

/// Serves until `stop` ends.
pub async fn serve(
    site: Site,
    _db: PgPool,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(site.address()).await?;
    println!("http://{}", listener.local_addr()?);
    let router = Router::new().route("/healthz", get(|| async { "ok" }));
    axum::serve(listener, router).with_graceful_shutdown(stop).await?;
    Ok(())
}
