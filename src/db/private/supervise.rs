//! Supervision of a running cluster.

use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use tokio::{sync::oneshot, task::JoinHandle, time};

use super::{cluster::Cluster, log::ServerLog};

/// Interval of the check that the postmaster is alive.
const HEARTBEAT: Duration = Duration::from_millis(500);

/// Keeps a cluster running until [`stop`](Self::stop) is called.
pub struct Supervisor {
    enough: oneshot::Sender<()>,
    watch: JoinHandle<()>,
    log: ServerLog,
}

impl Supervisor {
    /// Starts a cluster and supervises it from then on.
    pub async fn start(cluster: Cluster) -> anyhow::Result<(PgConnectOptions, Supervisor)> {
        let options = cluster.start().await?;
        let (enough, stop_signal) = oneshot::channel();
        let log = cluster.log();
        let watch = tokio::spawn(watch(cluster, stop_signal));
        Ok((options, Supervisor { enough, watch, log }))
    }

    /// Returns whether the cluster has run into a full disk since its start.
    pub fn disk_was_full(&self) -> bool {
        self.log.disk_was_full()
    }

    /// Stops the postmaster and waits until it has exited.
    pub async fn stop(self) {
        let _ = self.enough.send(());
        if let Err(error) = self.watch.await {
            tracing::error!(%error, "the supervisor of the private database panicked");
        }
    }
}

async fn watch(cluster: Cluster, mut stop_signal: oneshot::Receiver<()>) {
    loop {
        tokio::select! {
            // Also completes if the supervisor was dropped without `stop`: nobody uses the cluster any more.
            _ = &mut stop_signal => break,
            () = time::sleep(HEARTBEAT) => {}
        }
        if !cluster.is_up() {
            tracing::warn!("the private database died; restarting it");
            if let Err(error) = cluster.bring_up().await {
                tracing::error!(%error, "cannot restart the private database; trying again");
                time::sleep(10 * HEARTBEAT).await;
            }
        }
    }
    match cluster.take_down().await {
        Ok(()) => tracing::info!("the private database has stopped"),
        Err(error) => tracing::error!(%error, "cannot stop the private database; it was left running"),
    }
}
