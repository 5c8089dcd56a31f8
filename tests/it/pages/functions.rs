//! Server functions as strangers call them.

use axum::{
    Router,
    body::to_bytes,
    http::{HeaderMap, StatusCode},
};
use leptos::server_fn::axum::server_fn_paths;
use sqlx::PgPool;

use super::send;
use crate::support;

/// Server functions that take no arguments.
const WITHOUT_ARGUMENTS: [&str; 2] = ["/fn/places", "/fn/state"];

/// Arguments that no function takes. The last one gives every argument a malformed value.
const WRONG: [&str; 3] = [
    "",
    "?x=1",
    "?locale=%3Cscript%3E&query=%3Cscript%3E%3D1&id=%3Cscript%3E&path=%3Cscript%3E&raw=&number=%3Cscript%3E",
];

/// Returns status, headers and body of an answer.
async fn ask(site: &Router, path: &str) -> (StatusCode, HeaderMap, String) {
    let (parts, body) = send(site, path).await.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_server_function_refuses_wrong_arguments(db: PgPool) {
    let site = support::site(&db).await;
    let paths: Vec<&str> = server_fn_paths().map(|(path, _)| path).collect();
    assert!(WITHOUT_ARGUMENTS.iter().all(|path| paths.contains(path)) && paths.contains(&"/fn/suggest"));
    for path in paths {
        assert!(path.starts_with("/fn/"), "{path}");
        for arguments in WRONG {
            let address = format!("{path}{arguments}");
            let (status, headers, body) = ask(&site, &address).await;
            if WITHOUT_ARGUMENTS.contains(&path) {
                assert_eq!(status, StatusCode::OK, "{address}");
                continue;
            }
            // An id that does not exist is not found.
            let is_refused = matches!(status, StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND);
            assert!(is_refused, "{address}: {status}");
            assert_eq!(headers["content-type"], "application/problem+json", "{address}");
            assert_eq!(headers["x-content-type-options"], "nosniff", "{address}");
            let problem: serde_json::Value = serde_json::from_str(&body).unwrap();
            assert_eq!(problem["status"], status.as_u16(), "{address}");
            assert!(problem["detail"].as_str().unwrap().chars().count() > 20, "{address}: {body}");
        }
    }
    let (status, _, missing) = ask(&site, "/fn/program?locale=en").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(missing.contains("missing field `id`"), "{missing}");
}
