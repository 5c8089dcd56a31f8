//! Search vectors are computed by the program: at import, and for existing rows after an upgrade.

use observatory::import::{self, refresh_words};
use sqlx::PgPool;

use crate::{
    pages::get,
    support::{self, data::Folder},
};

const TABLES: [&str; 10] = [
    "source",
    "entity",
    "organization",
    "app",
    "indicator",
    "program",
    "subsidy",
    "event",
    "person",
    "statement",
];

/// Returns the search vectors of every row, as one text per table.
async fn words(db: &PgPool) -> Vec<String> {
    let mut all = Vec::new();
    for table in TABLES {
        let sql = format!(
            "select string_agg(concat_ws(' ', id, since, search), '; ' order by id, since) from {table}"
        );
        all.push(sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(db).await.unwrap());
    }
    all
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn older_rows_get_the_search_vectors_of_an_import(db: PgPool) {
    // Two revisions, so that some versions are no longer current.
    let folder = Folder::small();
    import::publish(&db, &folder.open(), crate::support::noted()).await.unwrap();
    folder.replace("events.csv", "Opened,开业", "Opened again,重新开业");
    import::publish(&db, &folder.open(), crate::support::noted()).await.unwrap();
    let imported = words(&db).await;

    // As left by another program: vectors from other rules, and rows without vectors.
    for table in TABLES {
        let sql = format!("update {table} set search = 'other'");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&db).await.unwrap();
    }
    refresh_words(&db).await.unwrap();
    assert_eq!(words(&db).await, imported);

    sqlx::query("update event set search = null where since = 2").execute(&db).await.unwrap();
    refresh_words(&db).await.unwrap();
    assert_eq!(words(&db).await, imported);

    // Vectors from a later program are left unchanged.
    sqlx::query("update event set search = 'later'").execute(&db).await.unwrap();
    sqlx::query("update search_cut set version = version + 1").execute(&db).await.unwrap();
    refresh_words(&db).await.unwrap();
    assert_ne!(words(&db).await, imported);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_database_from_before_is_searched_after_the_upgrade(db: PgPool) {
    support::published(&db).await;
    for table in TABLES {
        let sql = format!("update {table} set search = null");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&db).await.unwrap();
    }
    refresh_words(&db).await.unwrap();
    let site = support::empty_site(&db).await;
    let page = get(&site, "/en/search?q=%E6%B5%A6%E6%9D%B1").await;
    assert!(page.links().contains("/en/places/shanghai-pudong"));
}
