//! Test support: a published data set, the site on it, a data set to modify, the program itself.

pub mod data;
pub mod program;

use std::path::{Path, PathBuf};

use axum::Router;
use observatory::{
    config,
    db::{MIGRATOR, Pools},
    import::{self, DataSet, Outcome, PublishOptions},
    server,
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, PgPool, postgres::PgConnectOptions};
use tokio::sync::OnceCell;

/// Returns the folder of the shipped data set.
pub fn shipped() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// Replaces a database by one whose revision 1 is the shipped data set.
///
/// An import takes seconds. The first test of a run imports into [`TEMPLATE`], every test receives a copy of it. Connections of
/// the pool are closed by that; the pool opens new ones.
pub async fn published(db: &PgPool) {
    static IMPORTED: OnceCell<()> = OnceCell::const_new();
    let mut server = PgConnection::connect_with(&of(db, "postgres")).await.unwrap();
    IMPORTED
        .get_or_init(async || {
            create(&mut server, TEMPLATE, "template1").await;
            let template = PgPool::connect_with(of(db, TEMPLATE)).await.unwrap();
            MIGRATOR.run(&template).await.unwrap();
            import_shipped(&template).await;
            template.close().await;
        })
        .await;
    let name = db.connect_options().get_database().unwrap().to_owned();
    create(&mut server, &name, TEMPLATE).await;
}

/// Publishes the shipped data set as revision 1 of an empty database.
pub async fn import_shipped(db: &PgPool) {
    let data = DataSet::open(&shipped()).unwrap();
    let outcome = import::publish(db, &data, PublishOptions::default()).await.unwrap();
    assert!(matches!(outcome, Outcome::Published { revision: 1, .. }), "{outcome}");
}

/// Options of a publication that corrects something.
pub fn noted() -> PublishOptions {
    PublishOptions { note: Some("A correction".to_owned()), ..PublishOptions::default() }
}

const TEMPLATE: &str = "observatory_shipped";

fn of(db: &PgPool, database: &str) -> PgConnectOptions {
    PgConnectOptions::clone(&db.connect_options()).database(database)
}

async fn create(server: &mut PgConnection, name: &str, template: &str) {
    for statement in [
        format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)"),
        format!("CREATE DATABASE \"{name}\" TEMPLATE {template}"),
    ] {
        server.execute(AssertSqlSafe(statement)).await.unwrap();
    }
}

/// Builds the whole site on the shipped data set.
pub async fn site(db: &PgPool) -> Router {
    published(db).await;
    empty_site(db).await
}

/// Builds the whole site on a database without a revision.
pub async fn empty_site(db: &PgPool) -> Router {
    site_on(db.clone().into()).await
}

/// Builds the whole site on the shipped data set with command-line flags.
pub async fn site_as(db: &PgPool, flags: &[&str]) -> Router {
    published(db).await;
    served(db.clone().into(), flags).await
}

/// Builds the whole site on a database and its replicas without flags.
pub async fn site_on(pools: Pools) -> Router {
    served(pools, &[]).await
}

/// Builds the whole site on a database and its replicas with command-line flags.
pub async fn served(pools: Pools, flags: &[&str]) -> Router {
    let arguments = ["observatory"].iter().chain(flags).map(|argument| (*argument).into());
    let served = config::parse(arguments).unwrap();
    let config::Command::Serve(serve) = served else { panic!("{served:?}") };
    let config::Serve { site, .. } = *serve;
    let site = config::SiteConfig { site_root: built_site(Path::new(env!("CARGO_TARGET_TMPDIR"))), ..site };
    server::router(site, pools, "tested").await.unwrap().router
}

/// Creates a site folder with placeholder build files; tests of pages do not need the real ones.
pub fn built_site(within: &Path) -> PathBuf {
    let folder = within.join("site");
    let package = folder.join("pkg");
    std::fs::create_dir_all(&package).unwrap();
    for (name, text) in
        [("observatory.css", "body{}"), ("observatory.js", "export{}"), ("observatory.wasm", "\0asm")]
    {
        write_once(&package.join(name), text);
    }
    folder
}

fn write_once(path: &Path, text: &str) {
    if !path.exists() {
        std::fs::write(path, text).unwrap();
    }
}
