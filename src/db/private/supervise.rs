//! Watching over a running cluster.

use std::time::Duration;

use postgresql_embedded::PostgreSQL;
use tokio::{sync::oneshot, task::JoinHandle, time};

use super::{cluster::Cluster, log::ServerLog};

/// How soon a postmaster that died is noticed.
const HEARTBEAT: Duration = Duration::from_millis(500);

/// Keeps a cluster up until [`stop`](Self::stop) is called.
pub struct Supervisor {
    enough: oneshot::Sender<()>,
    watch: JoinHandle<()>,
    log: ServerLog,
}

impl Supervisor {
    pub fn over(cluster: Cluster, postgres: PostgreSQL) -> Supervisor {
        let (enough, asked) = oneshot::channel();
        let log = cluster.log();
        Supervisor { enough, watch: tokio::spawn(watch(cluster, postgres, asked)), log }
    }

    /// Whether the cluster has met a full disk since it was started.
    pub fn disk_was_full(&self) -> bool {
        self.log.disk_was_full()
    }

    /// Stops the postmaster and waits until it is down.
    pub async fn stop(self) {
        let _ = self.enough.send(());
        if let Err(error) = self.watch.await {
            tracing::error!(%error, "the watch over the private database broke");
        }
    }
}

async fn watch(cluster: Cluster, mut postgres: PostgreSQL, mut asked: oneshot::Receiver<()>) {
    loop {
        tokio::select! {
            // Also when the guard was dropped without a word: nobody uses the cluster any more.
            _ = &mut asked => break,
            () = time::sleep(HEARTBEAT) => {}
        }
        if !cluster.is_up() {
            tracing::warn!("the private database was killed; starting it again");
            if let Err(error) = cluster.bring_up(&mut postgres).await {
                tracing::error!(%error, "the private database cannot be started again yet");
                time::sleep(10 * HEARTBEAT).await;
            }
        }
    }
    match cluster.take_down(&postgres).await {
        Ok(()) => tracing::info!("the private database is down"),
        Err(error) => tracing::error!(%error, "the private database was left running"),
    }
}
