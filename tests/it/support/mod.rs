//! What several tests need: a published data set, a data set to break, the program itself.

pub mod data;
pub mod program;

use std::path::PathBuf;

use observatory::import::{self, DataSet, Options, Outcome};
use sqlx::PgPool;

/// The folder of the data set that is shipped.
pub fn shipped() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// Publishes the shipped data set as revision 1 of an empty database.
pub async fn published(db: &PgPool) {
    let data = DataSet::open(&shipped()).unwrap();
    let outcome = import::publish(db, &data, Options::default()).await.unwrap();
    assert!(matches!(outcome, Outcome::Published { revision: 1, .. }), "{outcome}");
}
