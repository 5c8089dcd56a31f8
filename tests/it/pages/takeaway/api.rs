//! The API and its document.

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use serde_json::Value;
use sqlx::PgPool;

use super::{bytes, ok};
use crate::support;

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_api_is_read_page_by_page(db: PgPool) {
    let site = support::site(&db).await;
    for noun in ["programs", "sources", "observations"] {
        let extra = if noun == "observations" { "indicator=domestic-market-revenue&rows=all&" } else { "" };
        let whole: Value =
            serde_json::from_slice(&ok(&site, &format!("/api/v1/{noun}?{extra}limit=1000")).await).unwrap();
        let (mut rows, mut next) = (Vec::new(), Some(format!("/api/v1/{noun}?{extra}limit=17")));
        while let Some(path) = next {
            let page: Value = serde_json::from_slice(&ok(&site, &path).await).unwrap();
            rows.extend(page["data"].as_array().unwrap().clone());
            next = page["meta"]["next"]
                .as_str()
                .map(|next| next.strip_prefix("http://observatory.test").unwrap().to_owned());
        }
        assert_eq!(Value::Array(rows), whole["data"], "{noun}");
    }
    let (status, headers, body) = bytes(&site, "/api/v1/programs?sorted=newest").await;
    assert_eq!(
        (status, headers[header::CONTENT_TYPE].to_str().unwrap()),
        (StatusCode::BAD_REQUEST, "application/problem+json")
    );
    assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert!(String::from_utf8(body).unwrap().contains("include_history"), "it says what there is");
    let document: Value = serde_json::from_slice(&ok(&site, "/api/openapi.json").await).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let first: Value = serde_json::from_slice(&ok(&site, "/api/v1/programs?limit=1").await).unwrap();
    let fields: BTreeSet<&String> =
        document["components"]["schemas"]["Programs"]["properties"].as_object().unwrap().keys().collect();
    assert_eq!(
        fields,
        first["data"][0].as_object().unwrap().keys().collect(),
        "the document names every field"
    );
}
