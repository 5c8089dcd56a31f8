//! SDMX, as a client asks for it.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgPool};

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
    for (constraint, condition) in [
        ("c[TIME_PERIOD]=ge:2025", "period_end >= '2025-01-01'"),
        ("startPeriod=2025", "period_end >= '2025-01-01'"),
        ("endPeriod=2024", "period_start <= '2024-12-31'"),
        ("c[TIME_PERIOD]=2024", "period_start = '2024-01-01' and period_end = '2024-12-31'"),
        (
            "c[TIME_PERIOD]=2023,2024",
            "period_start in ('2023-01-01', '2024-01-01') and period_end = period_start + interval '1 year - 1 day'",
        ),
        ("c[PRODUCER]=cnsa", "producer = 'cnsa'"),
    ] {
        let path = format!("{flow}/.domestic-market-revenue.china..?{constraint}");
        let json: Value = serde_json::from_slice(&ok(&site, &path).await).unwrap();
        let sent = json["data"]["dataSets"][0]["observations"].as_object().unwrap().len();
        let stored: i64 = sqlx::query_scalar(AssertSqlSafe(format!(
            "select count(*) from observation where indicator_id = 'domestic-market-revenue' and entity = 'china' and {condition}"
        )))
        .fetch_one(&db)
        .await
        .unwrap();
        assert_eq!(sent as i64, stored, "{constraint}");
        assert!(stored > 0, "{constraint}");
    }
    for (path, status) in [
        (format!("{flow}/*?c[TIME_PERIOD]=ne:2024"), StatusCode::BAD_REQUEST),
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
