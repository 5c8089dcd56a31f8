//! Headers of browsers, feed readers and scripts of other sites: CORS, `Vary`, conditional requests, content codings, hosts.

use axum::{
    body::Body,
    http::{Request, StatusCode, Version, header},
};
use sqlx::PgPool;
use tower::ServiceExt;

use super::{STRANGER, ask, body, word};
use crate::support;

const FILES: [&str; 16] = [
    "/en/programs/data.csv",
    "/zh/programs/data.json",
    "/en/programs/data.xlsx",
    "/en/explore/chart.svg?preset=forecasts",
    "/en/explore/chart.png?preset=forecasts",
    "/en/data/figures.csv",
    "/en/data/datapackage.json",
    "/oembed?url=http%3A%2F%2Fobservatory.test%2Fen%2Fprograms",
    "/zh/feed.atom",
    "/en/programs/dates.ics",
    "/api/v1/events",
    "/api/openapi.json",
    "/sdmx/v2/structure/codelist",
    "/robots.txt",
    "/sitemap.xml",
    "/llms.txt",
];

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn scripts_of_other_sites_may_read_files_and_no_pages(db: PgPool) {
    let site = support::site(&db).await;
    let origin = ("origin", "https://example.org");
    for path in FILES {
        let answer = ask(&site, "GET", path, &[origin], STRANGER).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let tag = word(answer.headers(), "etag").to_owned();
        assert_eq!(word(answer.headers(), "access-control-allow-origin"), "*", "{path}");
        let exposed = word(answer.headers(), "access-control-expose-headers").to_owned();
        assert!(
            ["etag", "link", "content-disposition", "retry-after"].iter().all(|name| exposed.contains(name))
        );
        assert!(!word(answer.headers(), "vary").contains("origin"), "{path}");
        if !tag.is_empty() {
            let known = ask(&site, "GET", path, &[origin, ("if-none-match", &tag)], STRANGER).await;
            assert_eq!(known.status(), StatusCode::NOT_MODIFIED, "{path}");
            assert_eq!(word(known.headers(), "access-control-allow-origin"), "*", "{path}");
        }
        let asked = [
            origin,
            ("access-control-request-method", "GET"),
            ("access-control-request-headers", "if-none-match, x-anything"),
        ];
        let preflight = ask(&site, "OPTIONS", path, &asked, STRANGER).await;
        assert_eq!(preflight.status(), StatusCode::NO_CONTENT, "{path}");
        assert_eq!(word(preflight.headers(), "access-control-allow-origin"), "*", "{path}");
        assert!(word(preflight.headers(), "access-control-allow-methods").contains("GET"), "{path}");
        assert!(
            word(preflight.headers(), "access-control-allow-headers").contains("if-none-match"),
            "{path}"
        );
        assert!(word(preflight.headers(), "access-control-max-age").parse::<u32>().unwrap() > 0, "{path}");
    }
    // Errors of files are readable as well.
    for path in
        ["/en/programs/data.csv?x=1", "/en/nothing.csv", "/api/v1/nothing", "/oembed", "/sdmx/v2/structure/x"]
    {
        let answer = ask(&site, "GET", path, &[origin], STRANGER).await;
        assert!(answer.status().is_client_error(), "{path}");
        assert_eq!(word(answer.headers(), "access-control-allow-origin"), "*", "{path}");
    }
    for path in [
        "/en",
        "/zh/programs",
        "/en/search?q=a",
        "/fn/suggest?locale=en&q=a",
        "/fn/state",
        "/healthz",
        "/embed/en/programs",
    ] {
        let answer = ask(&site, "GET", path, &[origin], STRANGER).await;
        assert!(!answer.headers().contains_key("access-control-allow-origin"), "{path}");
        let asked = [origin, ("access-control-request-method", "GET")];
        let preflight = ask(&site, "OPTIONS", path, &asked, STRANGER).await;
        assert_eq!(preflight.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert!(!preflight.headers().contains_key("access-control-allow-origin"), "{path}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_429_can_be_read_by_scripts_of_other_sites(db: PgPool) {
    let site = support::site_as(&db, &["--requests-per-second=1"]).await;
    for _ in 0..100 {
        let answer = ask(&site, "GET", "/api/v1/events?limit=1", &[], STRANGER).await;
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            assert_eq!(word(answer.headers(), "access-control-allow-origin"), "*");
            assert_eq!(word(answer.headers(), "content-type"), "application/problem+json");
            return;
        }
    }
    panic!("no request was rejected");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn vary_is_one_line_and_the_same_on_304(db: PgPool) {
    let site = support::site(&db).await;
    for (path, vary) in [
        ("/en/programs", "accept, accept-encoding, accept-datetime"),
        ("/en/programs.md", "accept-encoding, accept-datetime"),
        ("/en/chart.png", "accept-encoding, accept-datetime"),
        ("/api/v1/events", "accept-encoding, accept-datetime"),
        ("/sdmx/v2/structure/codelist", "accept, accept-language, accept-encoding, accept-datetime"),
        (
            "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0?lastNObservations=1",
            "accept, accept-language, accept-encoding, accept-datetime",
        ),
    ] {
        for coding in ["", "gzip", "br"] {
            let answer = ask(&site, "GET", path, &[("accept-encoding", coding)], STRANGER).await;
            let lines: Vec<_> = answer.headers().get_all("vary").iter().collect();
            assert_eq!(lines, [vary], "{path} {coding}");
            let tag = word(answer.headers(), "etag").to_owned();
            let known = [("accept-encoding", coding), ("if-none-match", tag.as_str())];
            let known = ask(&site, "GET", path, &known, STRANGER).await;
            if answer.status() == StatusCode::OK {
                assert_eq!(known.status(), StatusCode::NOT_MODIFIED, "{path} {coding}");
            }
            let lines: Vec<_> = known.headers().get_all("vary").iter().collect();
            assert_eq!(lines, [vary], "{path} {coding}");
        }
    }
    let root = ask(&site, "GET", "/", &[("accept-language", "zh")], STRANGER).await;
    assert_eq!(root.headers().get_all("vary").iter().count(), 1);
    assert!(word(root.headers(), "vary").contains("accept-language"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn if_none_match_with_an_asterisk_is_304(db: PgPool) {
    let site = support::site(&db).await;
    for path in ["/en/programs", "/api/v1/events", "/en/programs/data.csv", "/en/feed.atom"] {
        for method in ["GET", "HEAD"] {
            let answer = ask(&site, method, path, &[("if-none-match", "*")], STRANGER).await;
            assert_eq!(answer.status(), StatusCode::NOT_MODIFIED, "{method} {path}");
            assert!(answer.headers().contains_key("etag") && !answer.headers().contains_key("content-type"));
            assert!(body(answer).await.is_empty());
        }
    }
    let nothing = ask(&site, "GET", "/en/nothing", &[("if-none-match", "*")], STRANGER).await;
    assert_eq!(nothing.status(), StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn codings_are_negotiated_by_the_standard_for_every_response(db: PgPool) {
    let site = support::site(&db).await;
    for (accepted, coding) in [
        ("br;Q=0, gzip", "gzip"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0.5, br;q=0.1", "gzip"),
        ("identity;q=0, gzip", "gzip"),
        ("*;q=0", ""),
        ("identity, gzip;q=0.5", ""),
    ] {
        // A cache miss, then a hit; streamed; an error.
        for path in ["/en/programs", "/en/programs", "/en/data/figures.csv", "/en/nothing"] {
            let answer = ask(&site, "GET", path, &[("accept-encoding", accepted)], STRANGER).await;
            assert_eq!(word(answer.headers(), "content-encoding"), coding, "{path}: {accepted}");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_request_names_one_host_or_is_refused(db: PgPool) {
    let site = support::site(&db).await;
    let asked = async |version: Version, hosts: &[&str]| {
        let mut request = Request::get("/en/feed.atom").version(version);
        for host in hosts {
            request = request.header(header::HOST, *host);
        }
        site.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    };
    assert_eq!(asked(Version::HTTP_11, &[]).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(asked(Version::HTTP_11, &["one.test", "two.test"]).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(asked(Version::HTTP_11, &[":80"]).await.status(), StatusCode::BAD_REQUEST);
    // A missing host and an empty one are equivalent.
    let (none, empty) = (asked(Version::HTTP_10, &[]).await, asked(Version::HTTP_11, &[""]).await);
    assert_eq!(none.headers()["etag"], empty.headers()["etag"]);
    let none = body(none).await;
    assert!(none.contains("http://localhost/en") && none == body(empty).await);
    let (lower, upper) =
        (asked(Version::HTTP_11, &["one.test"]).await, asked(Version::HTTP_11, &["ONE.test"]).await);
    assert_eq!(lower.headers()["etag"], upper.headers()["etag"]);
}
