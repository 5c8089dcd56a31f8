//! Addresses that ask for a revision.

use axum::http::StatusCode;
use sqlx::PgPool;

use super::{STRANGER, ask, body, word};
use crate::pages::{get, send};
use crate::support;
use crate::support::data::Folder;

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_day_before_the_first_revision_says_since_when_there_are_some(db: PgPool) {
    let site = support::site(&db).await;
    let since: chrono::NaiveDate = sqlx::query_scalar(
        "select (published_at at time zone 'Asia/Shanghai')::date from revision where number = 1",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    let (before, since) = (since.pred_opt().unwrap(), since.to_string());
    for state in [before.to_string(), "1999-12-31".to_owned(), "7".to_owned()] {
        for (path, begins) in [
            (format!("/en/programs?as_of={state}"), "Revisions begin with 1"),
            (format!("/zh/programs?as_of={state}"), "最早为版本1"),
        ] {
            let page = get(&site, &path).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{path}");
            let said = page.text(".dek");
            assert!(
                said.contains(begins) && said.contains(&since) && said.contains(&state),
                "{path}: {said}"
            );
        }
        for path in [
            format!("/api/v1/programs?as_of={state}"),
            format!("/en/programs/data.csv?as_of={state}"),
            format!("/en/feed.atom?as_of={state}"),
            format!("/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0?as_of={state}"),
        ] {
            let answer = send(&site, &path).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
            let problem: serde_json::Value = serde_json::from_str(&body(answer).await).unwrap();
            assert!(problem["detail"].as_str().unwrap().contains(&since), "{path}: {problem}");
        }
        let zh = body(send(&site, &format!("/api/v1/programs?lang=zh&as_of={state}")).await).await;
        assert!(zh.contains("最早为版本1"), "{zh}");
    }
    // The suggestions of the field are valid.
    let page = get(&site, "/en/explore?preset=forecasts").await;
    let hint = page.all("#c-as-of")[0].value().attr("placeholder").unwrap().to_owned();
    let (day, number) = hint.split_once(" or ").unwrap();
    for state in [day, number] {
        assert_eq!(
            get(&site, &format!("/en/programs?as_of={state}")).await.status,
            StatusCode::OK,
            "{state}"
        );
    }
}

/// A restored database may have other data under a known revision number.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn other_data_under_the_same_number_is_seen(db: PgPool) {
    let folder = Folder::small();
    crate::pages::download::publish(&db, &folder).await;
    let site = support::empty_site(&db).await;
    let before = send(&site, "/en/programs").await;
    let tag = word(before.headers(), "etag").to_owned();
    // A revision never changes unless the whole database is replaced.
    sqlx::raw_sql("set local session_replication_role = replica; update revision set content_hash = repeat('0', 64) where number = 1")
        .execute(&db)
        .await
        .unwrap();
    for _ in 0..200 {
        let now = ask(&site, "GET", "/en/programs", &[("if-none-match", &tag)], STRANGER).await;
        if now.status() == StatusCode::OK {
            assert_ne!(word(now.headers(), "etag"), tag);
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the restored data was not detected within twenty seconds");
}
