//! What a proxy before the server says of its readers, and whom the server believes.

use axum::http::StatusCode;
use sqlx::PgPool;

use super::{PROXY, STRANGER, ask, body, word};
use crate::support;

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn behind_a_proxy_that_ends_tls_links_are_https(db: PgPool) {
    let site = support::site_as(&db, &["--trusted-proxies=10.0.0.0/8"]).await;
    let reader = ("x-forwarded-for", "198.51.100.7");
    let proxy_headers: [&[(&str, &str)]; 3] = [
        &[reader, ("x-forwarded-proto", "https")],
        &[reader, ("forwarded", "proto=https")],
        &[("forwarded", "for=\"[2001:db8::7]:4711\";proto=HTTPS")],
    ];
    let page = format!("/oembed?url={}", "https%3A%2F%2Fobservatory.test%2Fen%2Fprograms");
    for path in [
        "/en/programs",
        "/en/feed.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/api/openapi.json",
        "/llms.txt",
        &page,
    ] {
        for headers in proxy_headers {
            let answer = ask(&site, "GET", path, headers, PROXY).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path} {headers:?}");
            let text = body(answer).await;
            assert!(
                text.contains("https://observatory.test") && !text.contains("http://observatory.test"),
                "{path} {headers:?}"
            );
        }
    }
    // Untrusted peers cannot set the scheme, and the host is that of `Host`.
    let proto = ("x-forwarded-proto", "https");
    for (headers, peer) in [
        (&[proto][..], STRANGER),
        (&[reader, proto], STRANGER),
        (&[reader, ("x-forwarded-proto", "http")], PROXY),
        (&[reader], PROXY),
    ] {
        let text = body(ask(&site, "GET", "/en/feed.atom", headers, peer).await).await;
        assert!(
            text.contains("http://observatory.test/en") && !text.contains("https://observatory.test"),
            "{headers:?}"
        );
    }
    let host = [reader, proto, ("x-forwarded-host", "example.org")];
    assert!(!body(ask(&site, "GET", "/en/feed.atom", &host, PROXY).await).await.contains("example.org/en"));
    // Both are cached under different keys.
    let secure = ask(&site, "GET", "/en/programs", &[reader, proto], PROXY).await;
    let plain = ask(&site, "GET", "/en/programs", &[reader], PROXY).await;
    assert_ne!(secure.headers()["etag"], plain.headers()["etag"]);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn readers_behind_a_proxy_are_counted_one_by_one_however_it_names_them(db: PgPool) {
    let site = support::site_as(&db, &["--trusted-proxies=10.0.0.0/8", "--requests-per-second=1"]).await;
    for form in ["{}", "{}:4711", " {} ", "[2001:db8:{:}::1]:80"] {
        for number in 1..=30 {
            let reader = match form {
                "[2001:db8:{:}::1]:80" => format!("[2001:db8:{number}::1]:80"),
                form => form.replace("{}", &format!("198.51.{}.{number}", form.len())),
            };
            let answer = ask(&site, "GET", "/en/about", &[("x-forwarded-for", &reader)], PROXY).await;
            assert_eq!(answer.status(), StatusCode::OK, "{reader}");
        }
    }
    let mut refused = 0;
    for _ in 0..30 {
        let answer = ask(&site, "GET", "/en/about", &[("x-forwarded-for", "unknown")], PROXY).await;
        refused += usize::from(answer.status() == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused > 0, "clients without a readable address share one rate limit");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_short_plain_request_id_of_a_trusted_proxy_is_adopted(db: PgPool) {
    let site = support::site_as(&db, &["--trusted-proxies=10.0.0.0/8"]).await;
    let long = "a".repeat(20_000);
    for (id, peer, is_accepted) in [
        ("7f3c-00", PROXY, true),
        ("7f3c-00", STRANGER, false),
        (long.as_str(), PROXY, false),
        (long.as_str(), STRANGER, false),
        ("a b", PROXY, false),
    ] {
        let answer = ask(&site, "GET", "/healthz", &[("x-request-id", id)], peer).await;
        let answered = word(answer.headers(), "x-request-id");
        assert_eq!(answered == id, is_accepted, "{peer}");
        assert!((1..=64).contains(&answered.len()));
    }
}
