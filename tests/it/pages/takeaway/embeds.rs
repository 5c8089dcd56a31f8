//! Frames in other people's pages, and who may make them.

use axum::http::{StatusCode, header};
use serde_json::Value;
use sqlx::PgPool;

use super::{bytes, ok};
use crate::{pages::send, support};

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn only_embeds_may_be_framed(db: PgPool) {
    let site = support::site(&db).await;
    for path in [
        "/en",
        "/en/programs",
        "/en/programs/data.csv",
        "/api/v1/programs",
        "/oembed?url=http://observatory.test/en/events",
    ] {
        let (status, headers, _) = bytes(&site, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert_eq!(headers[header::X_FRAME_OPTIONS], "DENY", "{path}");
    }
    for path in [
        "/embed/en/indicators/domestic-market-revenue",
        "/embed/zh/subsidies?kind=paid&view=table",
        "/embed/en/events?as_of=1&theme=dark",
        "/embed/en?chart=2",
        "/embed/zh",
    ] {
        let (status, headers, body) = bytes(&site, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(!headers.contains_key(header::X_FRAME_OPTIONS), "{path}");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("frame-ancestors *"), "{path}");
        assert!(!headers.contains_key(header::SET_COOKIE), "{path}");
        let text = String::from_utf8(body).unwrap();
        assert!(text.contains("CC BY 4.0") && text.contains("<svg") || text.contains("<table"), "{path}");
    }
    for (path, status) in [
        ("/embed/en/sources?view=chart", StatusCode::NOT_FOUND),
        ("/embed/en?chart=3", StatusCode::NOT_FOUND),
        ("/embed/en/programs?nonsense=1", StatusCode::BAD_REQUEST),
        ("/embed/fr/programs", StatusCode::NOT_FOUND),
        ("/oembed", StatusCode::NOT_FOUND),
        ("/oembed?url=http://elsewhere.test/en/events", StatusCode::NOT_FOUND),
        ("/oembed?url=http://observatory.test/en/events&format=xml", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(send(&site, path).await.status(), status, "{path}");
    }
    let answer: Value = serde_json::from_slice(
        &ok(&site, "/oembed?url=http%3A%2F%2Fobservatory.test%2Fen%2Fevents%3Fkind%3Dpolicy&maxwidth=400")
            .await,
    )
    .unwrap();
    assert_eq!((answer["type"].as_str(), answer["version"].as_str()), (Some("rich"), Some("1.0")));
    assert_eq!(answer["width"], 400);
    assert!(answer["html"].as_str().unwrap().contains("/embed/en/events?kind=policy"), "{answer}");
}
