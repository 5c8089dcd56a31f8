//! Waiting for a database that is starting up or recovering.

use std::time::Duration;

use super::advice::advice;
use anyhow::Context;
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

/// Waits until the database accepts connections, for at most `max_wait`. Retries only while it is starting up or recovering; any other
/// refusal is an error at once.
pub async fn wait_until_ready(options: &PgConnectOptions, max_wait: Duration) -> anyhow::Result<()> {
    let begun = tokio::time::Instant::now();
    let mut logged = false;
    loop {
        match PgConnection::connect_with(options).await {
            Ok(connection) => return Ok(connection.close().await?),
            Err(error) if is_transient(&error) && begun.elapsed() < max_wait => {
                if !logged && begun.elapsed() > Duration::from_secs(1) {
                    logged = true;
                    tracing::info!(%error, "waiting for the database");
                }
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            Err(error) => {
                let error = anyhow::Error::new(error);
                let advice = advice(&error).map(|advice| format!(": {advice}")).unwrap_or_default();
                return Err(error).with_context(|| {
                    format!(
                        "the database “{}” on {} cannot be used{advice}",
                        options.get_database().unwrap_or("postgres"),
                        options.get_socket().map_or_else(
                            || format!("{}:{}", options.get_host(), options.get_port()),
                            |socket| socket.display().to_string()
                        )
                    )
                });
            }
        }
    }
}

fn is_transient(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(error) => !matches!(error.kind(), std::io::ErrorKind::PermissionDenied),
        // 57P03: starting up, shutting down or recovering
        sqlx::Error::Database(error) => error.code().as_deref() == Some("57P03"),
        _ => false,
    }
}
