//! A Postgres of one's own: for whoever cloned the project and has no database at hand.
//!
//! Promises: no TCP port is opened, and only this user can reach the socket. One process holds a cluster at a
//! time. Whatever was killed, and when, the next start finds the published state again: a stale pid file is
//! removed only when nothing of that cluster lives, a postmaster left over from a killed server is stopped
//! properly first, and a half-made cluster is thrown away. A postmaster that dies under a running server is
//! started again.

mod binaries;
mod cluster;
mod log;
mod place;
mod postmaster;
mod supervise;

pub use cluster::{ClaimError, Cluster, held_by_other};
pub use supervise::Supervisor;
