//! A private Postgres cluster for users who cloned the project and have no database at hand.
//!
//! Promises: no TCP port is opened, and only this user can reach the socket. One process holds a cluster at a time. No matter which
//! process was killed, and when, the next start recovers the published revision: a stale pid file is removed only if no process of that
//! cluster is alive, a postmaster left over from a killed server is shut down cleanly first, and a half-initialized cluster is deleted. A
//! postmaster that dies under a running server is restarted.

pub mod binaries;
mod cluster;
mod log;
mod place;
mod postmaster;
mod supervise;

pub use cluster::{ClaimError, Cluster, held_by_other};
pub use supervise::Supervisor;
