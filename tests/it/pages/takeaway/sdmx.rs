//! SDMX, as a client asks for it.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::Value;
use sqlx::PgPool;

use super::ok;
use crate::{pages::send, support};

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn sdmx_has_every_figure_once(db: PgPool) {
    let site = support::site(&db).await;
    let flow = "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0";
    let body = String::from_utf8(ok(&site, &format!("{flow}/*?format=csv")).await).unwrap();
    let mut reader = csv::Reader::from_reader(body.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
    let keys: BTreeSet<Vec<&str>> =
        records.iter().map(|record| record.iter().skip(3).take(6).collect()).collect();
    assert_eq!(keys.len(), records.len(), "no key twice");
    let stored: Vec<(String, String, String)> =
        sqlx::query_as("select indicator_id, source_id, value::text from observation")
            .fetch_all(&db)
            .await
            .unwrap();
    let sent: BTreeSet<(&str, &str, &str)> =
        records.iter().map(|record| (&record[4], &record[7], &record[9])).collect();
    assert_eq!(records.len(), stored.len());
    for (indicator, source, value) in &stored {
        assert!(
            sent.contains(&(indicator.as_str(), source.as_str(), value.as_str())),
            "{indicator} {source} {value}"
        );
    }
    let json: Value = serde_json::from_slice(
        &ok(&site, &format!("{flow}/.jobs-total.china..?c[TIME_PERIOD]=ge:2025")).await,
    )
    .unwrap();
    let set = json["data"]["dataSets"][0]["observations"].as_object().unwrap();
    let csv = String::from_utf8(
        ok(&site, &format!("{flow}/.jobs-total.china..?startPeriod=2025&format=csv")).await,
    )
    .unwrap();
    assert_eq!(set.len(), csv.lines().count() - 1);
    for (path, status) in [
        (format!("{flow}/*?unknown=1"), StatusCode::BAD_REQUEST),
        (format!("{flow}/a.b"), StatusCode::BAD_REQUEST),
        (format!("{flow}/*?startPeriod=soon"), StatusCode::BAD_REQUEST),
        (format!("{flow}/*?asOf=1999-01-01"), StatusCode::NOT_FOUND),
        ("/sdmx/v2/data/dataflow/OECD/OBSERVATIONS/1.0/*".to_owned(), StatusCode::NOT_FOUND),
        ("/sdmx/v2/structure/hierarchy".to_owned(), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(send(&site, &path).await.status(), status, "{path}");
    }
    let structure: Value = serde_json::from_slice(
        &ok(&site, "/sdmx/v2/structure/datastructure/MDO/OBSERVATIONS/1.0?references=all").await,
    )
    .unwrap();
    let lists = structure["data"]["codelists"].as_array().unwrap();
    assert_eq!(lists.len(), 10);
}
