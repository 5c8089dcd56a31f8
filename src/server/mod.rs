//! The web server: every route, what goes round them, and how it starts and stops.
//!
//! Promises: a page is complete in its first response; an unknown address is a page with status 404 in the reader's
//! language; a panic in one request is an error page for that request and nothing more; SIGTERM lets requests finish.

mod assets;
mod cache;
mod errors;
mod frames;
mod health;
mod router;
mod shell;

use anyhow::Context;
use sqlx::PgPool;
use tokio::net::TcpListener;

use crate::config::Site;
pub use cache::CachePolicy;
pub use router::router;

/// Serves until `stop` is done, then lets requests under way finish. Prints the address once it is listened on.
pub async fn serve(
    site: Site,
    db: PgPool,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let address = site.address();
    let router = router(site, db)?;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: choose another port with --port or PORT"))?;
    println!("The observatory is open: http://{}", listener.local_addr()?);
    axum::serve(listener, router.into_make_service()).with_graceful_shutdown(stop).await?;
    Ok(())
}
