//! What several tests need.

use std::path::Path;

use axum::Router;
use observatory::{
    config,
    import::{self, DataSet},
    server,
};
use sqlx::PgPool;

/// The shipped data set.
pub fn shipped() -> DataSet {
    DataSet::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"))
        .expect("the data set is shipped with the sources")
}

/// The whole site on the shipped data set.
pub async fn site(db: &PgPool) -> Router {
    import::publish(db, &shipped(), import::Options::default())
        .await
        .expect("the shipped data set can be published");
    empty_site(db)
}

/// The whole site on a database in which nothing is published.
pub fn empty_site(db: &PgPool) -> Router {
    let site = config::Site {
        host: [127, 0, 0, 1].into(),
        port: 0,
        public_url: None,
        site_root: built_site(),
        contact: None,
    };
    server::router(site, db.clone()).expect("the router")
}

/// A site folder with files as a build leaves them; tests of pages need no browser half.
fn built_site() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join("observatory-test-site");
    let package = folder.join("pkg");
    std::fs::create_dir_all(&package).expect("a temporary folder");
    for (name, text) in
        [("observatory.css", "body{}"), ("observatory.js", "export{}"), ("observatory.wasm", "\0asm")]
    {
        let path = package.join(name);
        if !path.exists() {
            std::fs::write(path, text).expect("a file in it");
        }
    }
    folder
}
