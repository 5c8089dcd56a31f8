//! The request pipeline: response cache, rejections, security headers, loss of databases.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, Version, header},
    response::Response,
};
use http_body_util::BodyExt;
use observatory::{db::Pools, server::security};
use sqlx::{ConnectOptions, PgPool};
use tower::ServiceExt;

use super::{get, is_page, send};
use crate::support::{self, data::Folder};

async fn ask(site: &Router, path: &str, headers: &[(header::HeaderName, &str)]) -> Response {
    let mut request = Request::get(path).header(header::HOST, "observatory.test");
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    site.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn body(response: Response) -> Vec<u8> {
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

fn word<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_response_is_made_once_and_tagged(db: PgPool) {
    let site = support::site(&db).await;
    for path in [
        "/en",
        "/zh/indicators/domestic-market-revenue",
        "/en/explore",
        "/en/programs/data.csv",
        "/api/v1/events",
        "/en/chart.svg",
    ] {
        let first = send(&site, path).await;
        assert_eq!(word(first.headers(), "cache-status"), "observatory; fwd=miss; stored", "{path}");
        let second = send(&site, path).await;
        assert_eq!(word(second.headers(), "cache-status"), "observatory; hit", "{path}");
        let tag = word(first.headers(), "etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() == 34, "a strong ETag: {tag}");
        assert_eq!(word(second.headers(), "etag"), tag);
        assert!(word(second.headers(), "cache-control").contains("s-maxage=60, stale-while-revalidate"));
        assert_eq!(body(first).await, body(second).await, "{path}");

        let again = ask(&site, path, &[(header::IF_NONE_MATCH, &format!("\"other\", W/{tag}"))]).await;
        assert_eq!(
            word(again.headers(), "access-control-allow-origin") == "*",
            path.starts_with("/api/") || !is_page(path),
            "{path}"
        );
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!(word(again.headers(), "etag"), tag);
        assert!(body(again).await.is_empty());

        let packed = ask(&site, path, &[(header::ACCEPT_ENCODING, "gzip, br;q=0")]).await;
        assert_eq!(word(packed.headers(), "content-encoding"), "gzip", "{path}");
        assert_ne!(word(packed.headers(), "etag"), tag, "another coding has another ETag");
    }
}

/// In HTTP/2 the host is part of the address; in HTTP/1 it may be.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_response_is_for_the_requested_host(db: PgPool) {
    let site = support::site(&db).await;
    let asked = async |host: Option<&str>, address: &str, version: Version| {
        let mut request = Request::get(address).version(version);
        if let Some(host) = host {
            request = request.header(header::HOST, host);
        }
        site.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    };
    let plain = asked(Some("one.test"), "/en/feed.atom", Version::HTTP_11).await;
    let other = asked(Some("two.test"), "/en/feed.atom", Version::HTTP_11).await;
    let tag = word(plain.headers(), "etag").to_owned();
    assert_ne!(word(other.headers(), "etag"), tag);
    for (host, version) in
        [(None, Version::HTTP_2), (Some("one.test"), Version::HTTP_2), (Some("two.test"), Version::HTTP_11)]
    {
        let named = asked(host, "http://one.test/en/feed.atom", version).await;
        assert_eq!(word(named.headers(), "etag"), tag, "{host:?} {version:?}");
        assert_eq!(word(named.headers(), "cache-status"), "observatory; hit", "{host:?} {version:?}");
    }
    let made = asked(None, "http://three.test:8080/en/feed.atom", Version::HTTP_2).await;
    let feed = String::from_utf8(body(made).await).unwrap();
    assert!(feed.contains("\"http://three.test:8080/en/") && !feed.contains("localhost"), "{feed}");
    let page = asked(None, "http://three.test:8080/en", Version::HTTP_2).await;
    let page = String::from_utf8(body(page).await).unwrap();
    assert!(page.contains("href=\"http://three.test:8080/en\""));
    let refused = asked(None, "http://reader@one.test/en", Version::HTTP_2).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn errors_are_not_cached(db: PgPool) {
    let site = support::site(&db).await;
    for path in ["/en/nothing", "/en/programs?place=atlantis", "/api/v1/nothing"] {
        for _ in 0..2 {
            let answer = send(&site, path).await;
            assert!(answer.status().is_client_error(), "{path}");
            assert_eq!(word(answer.headers(), "cache-control"), "no-store");
            assert!(!answer.headers().contains_key("etag"), "{path}");
            assert_eq!(
                word(answer.headers(), "access-control-allow-origin") == "*",
                path.starts_with("/api/"),
                "scripts of every origin can read errors: {path}"
            );
            assert_eq!(word(answer.headers(), "cache-status"), "observatory; fwd=miss", "{path}");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_thousand_first_readers_are_served_by_one_render(db: PgPool) {
    let site = support::site(&db).await;
    // More than the queue holds: without coalescing, most requests would be shed.
    let readers: Vec<_> = (0..1000)
        .map(|_| {
            let site = site.clone();
            tokio::spawn(async move { send(&site, "/en/explore?preset=forecasts").await.status() })
        })
        .collect();
    for reader in readers {
        assert_eq!(reader.await.unwrap(), StatusCode::OK);
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_thousand_different_requests_at_once_are_answered_or_shed(db: PgPool) {
    let site = support::site(&db).await;
    let readers: Vec<_> = (0..1000)
        .map(|at| {
            let site = site.clone();
            tokio::spawn(async move { send(&site, &format!("/en/search?q=studio{at}")).await })
        })
        .collect();
    let mut served = 0;
    for reader in readers {
        let answer = reader.await.unwrap();
        match answer.status() {
            StatusCode::OK => served += 1,
            StatusCode::SERVICE_UNAVAILABLE => assert_eq!(word(answer.headers(), "retry-after"), "3"),
            other => panic!("{other}"),
        }
    }
    assert!(served > 0);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_reader_who_disconnects_holds_no_connection(db: PgPool) {
    let site = support::site(&db).await;
    for at in 0..60 {
        // Each host has its own cache entry. Each client leaves at another moment, most of them before the page is rendered.
        let request = Request::get("/en/indicators/domestic-market-revenue")
            .header(header::HOST, format!("h{at}.test"));
        let response = site.clone().oneshot(request.body(Body::empty()).unwrap());
        let _ = tokio::time::timeout(Duration::from_millis(2 * at), response).await;
    }
    for path in ["/en/places", "/zh/programs", "/en/explore?preset=forecasts"] {
        assert_eq!(send(&site, path).await.status(), StatusCode::OK, "{path}");
    }
    // Every render runs to completion and releases its connections.
    for _ in 0..100 {
        if db.num_idle() == db.size() as usize {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{} of {} connections are still in use", db.size() as usize - db.num_idle(), db.size());
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_revision_published_elsewhere_is_seen(db: PgPool) {
    let folder = Folder::small();
    super::download::publish(&db, &folder).await;
    let site = support::empty_site(&db).await;
    let path = "/en/programs";
    let before = send(&site, path).await;
    let tag = word(before.headers(), "etag").to_owned();
    folder.replace("programs.csv", "Measure,措施", "Measure renamed,措施");
    super::download::publish(&db, &folder).await;
    for _ in 0..100 {
        let now = ask(&site, path, &[(header::IF_NONE_MATCH, &tag)]).await;
        if now.status() == StatusCode::OK {
            let page = String::from_utf8(body(now).await).unwrap();
            assert!(page.contains("Measure renamed"));
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the new revision was not detected within ten seconds");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn without_the_database_cached_responses_are_served_and_the_rest_is_503(db: PgPool) {
    let site = support::site(&db).await;
    let cached = body(send(&site, "/en/programs").await).await;
    let ready = || async { send(&site, "/readyz").await.status() };
    let until = async |status: StatusCode| {
        for _ in 0..100 {
            if ready().await == status {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("/readyz did not return {status} within ten seconds");
    };
    let options = (*db.connect_options()).clone();
    let name = options.get_database().unwrap().to_owned();
    let mut admin = options.database("postgres").connect().await.unwrap();
    let mut order = async |order: &str| {
        sqlx::raw_sql(sqlx::AssertSqlSafe(order.replace("{}", &name))).execute(&mut admin).await.unwrap();
    };
    order("alter database \"{}\" with allow_connections false").await;
    order("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{}'").await;
    until(StatusCode::SERVICE_UNAVAILABLE).await;
    let still = send(&site, "/en/programs").await;
    assert_eq!(still.status(), StatusCode::OK);
    assert!(word(still.headers(), "cache-status").contains("database unreachable"));
    assert_eq!(body(still).await, cached);
    for (path, kind) in [
        ("/zh/subsidies", "text/html; charset=utf-8"),
        ("/en/subsidies/data.csv", "application/problem+json"),
        ("/api/v1/subsidies", "application/problem+json"),
    ] {
        let answer = send(&site, path).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(word(answer.headers(), "content-type"), kind, "{path}");
        assert_eq!(word(answer.headers(), "retry-after"), "10", "{path}");
        assert_eq!(word(answer.headers(), "cache-control"), "no-store", "{path}");
    }
    let page = get(&site, "/zh/subsidies").await;
    assert_eq!(page.text("h1"), "数据暂时无法读取");
    let style = page.all("style")[0].text().collect::<String>();
    let answer = send(&site, "/zh/subsidies").await;
    assert!(word(answer.headers(), "content-security-policy").contains(&security::hash(&style)));

    order("alter database \"{}\" with allow_connections true").await;
    until(StatusCode::OK).await;
    assert_eq!(send(&site, "/zh/subsidies").await.status(), StatusCode::OK);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_failed_read_of_a_replica_is_retried_elsewhere(db: PgPool) {
    support::published(&db).await;
    // The replica has the newest revision and passes its probes, but reads fail once its pool is closed.
    let replica = PgPool::connect_lazy_with((*db.connect_options()).clone());
    let site = support::site_on(Pools { primary: db, replicas: vec![replica.clone()] }).await;
    assert_eq!(send(&site, "/en").await.status(), StatusCode::OK);
    replica.close().await;
    for path in [
        "/zh/programs",
        "/en/indicators/domestic-market-revenue",
        "/en/subsidies/data.csv",
        "/api/v1/events",
        "/en/feed.atom",
        "/fn/suggest?locale=en&q=a",
    ] {
        let answer = send(&site, path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(word(answer.headers(), "cache-status"), "observatory; fwd=miss; stored", "{path}");
    }
    let page = get(&site, "/zh/sources").await;
    assert!(page.text("footer").contains("数据版本1"), "no part of the page is missing");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_script_in_a_page_is_one_the_policy_names(db: PgPool) {
    let site = support::site(&db).await;
    for path in [
        "/en",
        "/zh/indicators/domestic-market-revenue",
        "/en/explore?preset=forecasts",
        "/en/programs/match",
        "/zh/subsidies",
        "/en/search?q=a",
        "/en/nothing",
        "/en/organizations/crazy-maple-studio/download",
    ] {
        let answer = send(&site, path).await;
        let policy = word(answer.headers(), "content-security-policy").to_owned();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'"));
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("speculation-rules", "\"/speculation-rules.json\""),
        ] {
            assert_eq!(word(answer.headers(), name), value, "{path}: {name}");
        }
        assert!(!answer.headers().contains_key("set-cookie"));
        let page = get(&site, path).await;
        for script in page.all("script:not([src])") {
            let kind = script.value().attr("type").unwrap_or_default();
            if kind != "application/ld+json" {
                let text = script.text().collect::<String>();
                assert!(policy.contains(&security::hash(&text)), "{path}: {text}");
            }
        }
        assert!(page.all("style").is_empty() && page.all("[style]").is_empty(), "{path}");
        let handlers = page
            .all("*")
            .iter()
            .flat_map(|element| element.value().attrs())
            .filter(|(name, _)| name.starts_with("on"))
            .count();
        assert_eq!(handlers, 0, "{path}");
    }
    let frame = send(&site, "/embed/en/indicators/domestic-market-revenue").await;
    assert!(word(frame.headers(), "content-security-policy").contains("frame-ancestors *"));
    assert!(!frame.headers().contains_key("x-frame-options"));
    // Files that no window opens as a document carry no policy.
    for path in ["/favicon.svg", "/speculation-rules.json", "/en/programs/data.csv"] {
        let file = send(&site, path).await;
        assert_eq!(word(file.headers(), "x-content-type-options"), "nosniff", "{path}");
        for name in ["permissions-policy", "referrer-policy", "cross-origin-opener-policy"] {
            assert!(!file.headers().contains_key(name), "{path}: {name}");
        }
    }
    let picture = send(&site, "/en/chart.svg").await;
    let policy = word(picture.headers(), "content-security-policy");
    assert_eq!(policy, "default-src 'none'; frame-ancestors 'none'");
    assert_eq!(word(picture.headers(), "cross-origin-resource-policy"), "cross-origin");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn no_input_makes_the_site_fail(db: PgPool) {
    let site = support::site(&db).await;
    let long = "a".repeat(60_000);
    let status = |path: String| {
        let site = site.clone();
        async move { send(&site, &path).await.status() }
    };
    assert_eq!(status(format!("/en/search?q={long}")).await, StatusCode::URI_TOO_LONG);
    for path in
        ["/en/programs/%00", "/%00", "/api/v1/programs/a%00b", "/fn/indicator?locale=en&id=%00&query="]
    {
        assert_eq!(status(path.into()).await, StatusCode::BAD_REQUEST, "{path}");
    }
    for path in [
        "/en/../../etc/passwd",
        "/pkg/../../Cargo.toml",
        "/pkg/%2e%2e/%2e%2e/Cargo.toml",
        "/en/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "//evil.example/",
        "/en//programs",
        "/en/programs/%ff%fe",
        "/en/search?q=%ff%fe",
        "/en/search?q=%00",
        "/en/explore?series=%00.b.c",
        "/en/events?organization=%00",
        "/en/organizations?place=%00",
        "/api/v1/events?after=%00",
        "/api/v1/observations?indicator=%00&entity=a%00b",
        "/sdmx/v2/data/dataflow/*/*/*/*?c[INDICATOR]=%00",
        "/en/search?q=%F0%9F%98%80",
        "/en/search?q=%ED%A0%80",
        "/en/programs?on=99999-99-99",
        "/en/programs?on=-0001-01-01",
        "/en/explore?start=999999&end=-1",
        "/en/explore?series=a.b.c.d.e",
        "/en/events?as_of=99999999999999999999",
        "/en/sources?after=%27%3B+drop+table+source%3B--",
        "/api/v1/observations?limit=-1",
        "/api/v1/observations?limit=1000&after=zzzz",
        "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0/....",
        "/sdmx/v2/data/dataflow/*/*/*/*?c[TIME_PERIOD]=ge:9999",
        "/embed/en/../../x",
        "/en/chart.png?size=100000x100000",
        "/en/data.csv?rows=all&rows=all",
    ] {
        let status = status(path.into()).await;
        assert!(!status.is_server_error(), "{path}: {status}");
    }
    // Server functions validate their input as strictly as pages do. As in the API, a name that does not exist is not found.
    for (path, expected) in [
        ("/fn/indicators?locale=en&query=topic%3Dapps", StatusCode::OK),
        ("/fn/indicator?locale=en&id=jobs-total&query=", StatusCode::OK),
        ("/fn/indicator?locale=en&id=nothing&query=", StatusCode::NOT_FOUND),
        ("/fn/indicators?locale=en&query=topic%3Dnothing", StatusCode::BAD_REQUEST),
        ("/fn/indicators?locale=xx&query=", StatusCode::BAD_REQUEST),
        ("/fn/explore?locale=en&query=series%3Da.b.c", StatusCode::NOT_FOUND),
        ("/fn/programs?locale=en&query=place%3Dnowhere", StatusCode::NOT_FOUND),
        ("/fn/programs", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(status(path.into()).await, expected, "{path}");
    }
    for host in ["a b", "x/<script>", "observatory.test\"", &"h".repeat(300)] {
        let request = Request::get("/en").header(header::HOST, host).body(Body::empty()).unwrap();
        let answer = site.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{host}");
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let request =
            Request::builder().method(method).uri("/en/programs").header(header::HOST, "observatory.test");
        let answer = site.clone().oneshot(request.body(Body::from("x=1")).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_network_above_its_rate_gets_429(db: PgPool) {
    let site = support::site(&db).await;
    let from = |address: &str| {
        let peer: SocketAddr = address.parse().unwrap();
        let mut request =
            Request::get("/en/about").header(header::HOST, "observatory.test").body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let site = site.clone();
        async move { site.oneshot(request).await.unwrap() }
    };
    let mut refused = None;
    for _ in 0..2000 {
        let answer = from("203.0.113.9:1000").await;
        if answer.status() != StatusCode::OK {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("the rate limit is reached");
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(word(refused.headers(), "retry-after"), "2");
    assert_eq!(from("198.51.100.7:1000").await.status(), StatusCode::OK);
}
