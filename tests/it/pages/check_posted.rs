//! Texts that are posted to the check because they are too long for an address: the page, its files, the API, and what is refused.

use std::time::Instant;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    response::Response,
};
use http_body_util::BodyExt;
use sqlx::PgPool;
use tower::ServiceExt;

use crate::support;

/// Posts a body to an address.
async fn post(site: &Router, path: &str, kind: &str, body: impl Into<Body>) -> Response {
    let request =
        Request::post(path).header(header::HOST, "observatory.test").header(header::CONTENT_TYPE, kind);
    site.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap()
}

async fn text_of(response: Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

fn form(text: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("text", text).finish()
}

/// What proxies commonly take for all headers of a response: two pages of memory.
const MAX_HEADERS: usize = 8 * 1024;

fn header_bytes(answer: &Response) -> usize {
    answer.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
}

const FORM: &str = "application/x-www-form-urlencoded";

/// A text of nearly 5,000 characters, whose first sentence can be checked.
fn long() -> String {
    let filler = "微短剧是每集数分钟的连续剧。".repeat(350);
    format!("2025年前八个月，国内微短剧收入达500亿元。{filler}")
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_text_too_long_for_an_address_is_checked_from_a_form(db: PgPool) {
    let site = support::site(&db).await;
    let body = form(&long());
    assert!(long().chars().count() > 4_900 && body.len() > 8_000);

    let answer = post(&site, "/zh/check", FORM, body.clone()).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(header_bytes(&answer) < MAX_HEADERS);
    assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
    assert!(!answer.headers().contains_key(header::ETAG));
    let page = text_of(answer).await;
    assert!(page.contains("claim-matches") && page.contains("不能作为链接分享"), "{page}");
    // Files are offered by buttons, and no link repeats the text.
    assert!(page.contains("formaction=\"/zh/check/data.csv\""));
    assert!(page.len() < 60_000 && !page.contains("href=\"/en/check?text="), "{}", page.len());

    let csv = text_of(post(&site, "/zh/check/data.csv", FORM, body.clone()).await).await;
    assert!(csv.contains("matches") && csv.len() < 20_000, "{csv}");
    for (kind, body) in [(FORM, body), ("text/plain; charset=utf-8", long())] {
        let answer = post(&site, "/api/v1/check?lang=zh", kind, body).await;
        assert_eq!(answer.status(), StatusCode::OK, "{kind}");
        assert!(header_bytes(&answer) < MAX_HEADERS);
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
        assert_eq!(answer.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        let answer: serde_json::Value = serde_json::from_str(&text_of(answer).await).unwrap();
        assert_eq!(answer["data"][0]["verdict"], "matches", "{answer}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_short_text_from_the_form_gets_an_address(db: PgPool) {
    let site = support::site(&db).await;
    let answer = post(&site, "/en/check?as_of=1", FORM, form("50% & more")).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()[header::LOCATION], "/en/check?as_of=1&text=50%25+%26+more");
    // A program is answered at once.
    let answer = post(&site, "/api/v1/check", FORM, form("CNY 50 billion")).await;
    assert_eq!(answer.status(), StatusCode::OK);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn bodies_that_cannot_be_checked_are_refused(db: PgPool) {
    let site = support::site(&db).await;
    let over = form(&"微".repeat(5_001));
    let huge = form(&"x".repeat(1 << 20));
    for (path, kind, body, status) in [
        ("/en/check", FORM, over.clone(), 400),
        ("/api/v1/check", FORM, over, 400),
        ("/en/check", FORM, huge.clone(), 413),
        ("/api/v1/check", FORM, huge.clone(), 413),
        ("/en/check/data.json", FORM, huge, 413),
        ("/en/check", "multipart/form-data; boundary=x", String::new(), 415),
        ("/api/v1/check", "application/json", "{}".to_owned(), 415),
        ("/api/v1/check", FORM, String::new(), 400),
        ("/api/v1/check", FORM, "text=a&words=b".to_owned(), 400),
        ("/en/programs", FORM, form("a"), 405),
        ("/api/v1/events", FORM, form("a"), 405),
    ] {
        let answer = post(&site, path, kind, body).await;
        assert_eq!(answer.status().as_u16(), status, "{path} {kind}");
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store", "{path}");
        if path.starts_with("/api") && status != 405 {
            let problem: serde_json::Value = serde_json::from_str(&text_of(answer).await).unwrap();
            assert_eq!(problem["status"], status, "{path}");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn long_texts_are_answered_soon(db: PgPool) {
    let site = support::site(&db).await;
    post(&site, "/api/v1/check", FORM, form("1")).await;
    for text in [
        "9".repeat(5_000),
        "1亿".repeat(2_500),
        "((((a+)+)+)+$1 ".repeat(330),
        "ReelShort and DramaBox, unlike Shanghai, ".repeat(120),
        "\u{202e}".repeat(5_000),
        "half of a third of ".repeat(260),
        long(),
    ] {
        let begun = Instant::now();
        let answer = post(&site, "/api/v1/check", FORM, form(&text)).await;
        // Unoptimized: the program that readers use takes less than a tenth of this (docs/measurements.md).
        assert!(
            begun.elapsed().as_secs() < 4,
            "{:?} {}",
            begun.elapsed(),
            text.chars().take(20).collect::<String>()
        );
        assert!(answer.status() == StatusCode::OK || answer.status() == StatusCode::BAD_REQUEST);
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn long_addresses_do_not_make_headers_too_large_for_proxies(db: PgPool) {
    let site = support::site(&db).await;
    let text = "a".repeat(6_000);
    for path in ["/en/check", "/en/check.md", "/zh/check/data.csv", "/api/v1/check"] {
        let request = Request::get(format!("{path}?text={text}")).header(header::HOST, "observatory.test");
        let answer = site.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let size = header_bytes(&answer);
        assert!(size < MAX_HEADERS, "{path}: {size} bytes of headers, status {}", answer.status());
    }
}
