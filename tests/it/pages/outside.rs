//! Addresses and headers as third-party clients send them: share buttons, proxies, feed readers, scripts of other sites, crawlers.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    net::SocketAddr,
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, Version, header},
    response::Response,
};
use http_body_util::BodyExt;
use observatory::domain::registry::Noun;
use sqlx::PgPool;
use tower::ServiceExt;

use super::{Page, get, is_page, send};
use crate::support::{self, data::Folder};

const HOST: &str = "observatory.test";

/// A request from the proxy 10.0.0.1 or from an untrusted peer.
async fn ask(site: &Router, method: &str, path: &str, headers: &[(&str, &str)], peer: &str) -> Response {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header(header::HOST, HOST);
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    site.clone().oneshot(request).await.unwrap()
}

const PROXY: &str = "10.0.0.1:4000";
const STRANGER: &str = "203.0.113.9:4000";

async fn body(response: Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

fn word<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

/// Returns the canonical address of a page, without its origin.
fn canonical(page: &Page) -> String {
    let href = page.all("link[rel=canonical]")[0].value().attr("href").unwrap();
    href.strip_prefix("http://observatory.test").unwrap().to_owned()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_share_buttons_append_is_taken_off_by_a_redirect(db: PgPool) {
    let site = support::site(&db).await;
    for (address, without) in [
        ("/zh?from=singlemessage&isappinstalled=0", "/zh"),
        ("/?utm_source=x", "/"),
        ("/en?utm_source=newsletter&utm_medium=email", "/en"),
        ("/en/subsidies?kind=paid&fbclid=IwAR0", "/en/subsidies?kind=paid"),
        (
            "/zh/programs/pudong-visa?scene=126&clicktime=1&enterid=2&sharer_shareid=3",
            "/zh/programs/pudong-visa",
        ),
        ("/en/explore?series=a.b.c&from=timeline&start=2021", "/en/explore?series=a.b.c&start=2021"),
        ("/en/programs/data.csv?q=a%20b&gclid=1", "/en/programs/data.csv?q=a%20b"),
        ("/zh/feed.atom?utm_source=reader", "/zh/feed.atom"),
        ("/embed/en/explore?preset=forecasts&ref=example.org", "/embed/en/explore?preset=forecasts"),
        ("/api/v1/events?limit=1&_=1732770000000", "/api/v1/events?limit=1"),
        ("/sdmx/v2/structure/codelist?msclkid=1", "/sdmx/v2/structure/codelist"),
        (
            "/en/search?q=%E6%B5%A6%E4%B8%9C&vd_source=1&share_source=copy_web&spm_id_from=333",
            "/en/search?q=%E6%B5%A6%E4%B8%9C",
        ),
        ("/en/nothing?utm_source=x", "/en/nothing"),
    ] {
        for method in ["GET", "HEAD"] {
            let answer = ask(&site, method, address, &[], STRANGER).await;
            assert_eq!(answer.status(), StatusCode::MOVED_PERMANENTLY, "{address}");
            assert_eq!(word(answer.headers(), "location"), without);
            assert!(!answer.headers().contains_key("x-robots-tag"), "the target may be indexed: {address}");
            assert!(
                word(answer.headers(), "cache-control").contains("s-maxage=60"),
                "the redirect must not be cached forever: {address}"
            );
        }
    }
    // Without tracking parameters there is no redirect, and unknown parameters are still errors.
    for (address, status) in [
        ("/en?", StatusCode::OK),
        ("/en/subsidies?&&kind=paid&", StatusCode::OK),
        ("/en?x=1", StatusCode::BAD_REQUEST),
        ("/en/search?q=utm_source", StatusCode::OK),
        ("/healthz?utm_source=x", StatusCode::OK),
    ] {
        assert_eq!(send(&site, address).await.status(), status, "{address}");
    }
    // A redirect would lose the body of a POST. Server functions ignore unknown parameters.
    let posted = ask(&site, "POST", "/en?utm_source=x", &[], STRANGER).await;
    assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
    let function = send(&site, "/fn/indicators?locale=en&query=topic%3Dapps&utm_source=x").await;
    assert_eq!(function.status(), StatusCode::OK);
}

/// No parameter of the site, as listed in errors and the API description, is a tracking parameter.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn no_parameter_of_ours_is_taken_off(db: PgPool) {
    let site = support::site(&db).await;
    let mut checked = 0;
    let mut own = BTreeMap::<String, BTreeSet<String>>::new();
    for path in [
        "/en/indicators",
        "/en/indicators/jobs-total",
        "/en/explore",
        "/en/disagreements",
        "/en/map",
        "/en/programs",
        "/en/programs/pudong-visa",
        "/en/programs/compare",
        "/en/programs/match",
        "/en/subsidies",
        "/en/organizations",
        "/en/events",
        "/en/sources",
        "/en/search",
    ] {
        let refused = get(&site, &format!("{path}?unheard-of=1")).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{path}");
        let sentence = refused.text(".dek");
        let (_, names) = sentence.split_once("It has: ").unwrap();
        let names = names.trim_end_matches('.').split(", ").map(str::to_owned);
        own.entry(path.to_owned()).or_default().extend(names.chain(["as_of".to_owned()]));
    }
    let document: serde_json::Value =
        serde_json::from_str(&body(send(&site, "/api/openapi.json").await).await).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        let parameters = item["get"]["parameters"].as_array().into_iter().flatten();
        let in_query = parameters.filter(|parameter| parameter["in"] == "query");
        own.entry(path.replace(['{', '}'], ""))
            .or_default()
            .extend(in_query.map(|parameter| parameter["name"].as_str().unwrap().to_owned()));
    }
    for (path, names) in [
        ("/oembed", &["url", "format", "maxwidth", "maxheight", "lang"][..]),
        ("/en/explore/chart.png", &["size", "theme", "chart", "scale"]),
        ("/en/programs/data.csv", &["bom", "header", "scope", "table"]),
        ("/embed/en/explore", &["view", "theme", "chart"]),
        (
            "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0",
            &[
                "c[TIME_PERIOD]",
                "startPeriod",
                "endPeriod",
                "asOf",
                "detail",
                "references",
                "format",
                "attributes",
                "measures",
                "dimensionAtObservation",
                "firstNObservations",
                "lastNObservations",
                "updatedAfter",
                "includeHistory",
                "offset",
                "limit",
                "sort",
            ],
        ),
    ] {
        own.entry(path.to_owned()).or_default().extend(names.iter().map(|name| (*name).to_owned()));
    }
    for (path, names) in own {
        for name in names {
            let answer = send(&site, &format!("{path}?{name}=1")).await;
            assert_ne!(answer.status(), StatusCode::MOVED_PERMANENTLY, "{path} has {name}");
            checked += 1;
        }
    }
    assert!(checked > 100, "found only {checked} parameters");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn no_redirect_leads_off_the_site(db: PgPool) {
    let site = support::site(&db).await;
    for address in [
        "/\\example.org/",
        "/\\/example.org/",
        "//example.org/",
        "//example.org/x/",
        "///example.org/",
        "/%5Cexample.org/",
        "/%2Fexample.org/",
        "/%2F%2Fexample.org/",
        "/.//example.org/",
        "/en/..//example.org/",
        "/\\example.org?utm_source=x",
        "//example.org?utm_source=x",
        "//example.org/?fbclid=1",
        "/en//example.org/?fbclid=1",
    ] {
        let Ok(uri) = address.parse::<axum::http::Uri>() else { continue };
        if uri.authority().is_some() {
            continue;
        }
        let answer = send(&site, address).await;
        let Some(location) = answer.headers().get("location") else { continue };
        let base = url::Url::parse("http://observatory.test/").unwrap();
        let target = base.join(location.to_str().unwrap()).unwrap();
        assert_eq!(target.origin(), base.origin(), "{address} leads to {target}");
        assert!(!location.to_str().unwrap().starts_with("//"), "{address}");
    }
    // `server_fn` would redirect a form to its `Referer`.
    for path in [
        "/fn/indicators?locale=en&query=",
        "/fn/nothing",
        "/fn/indicator?locale=en&id=nothing&query=",
        "/fn/state",
    ] {
        for method in ["GET", "POST"] {
            let headers = [("referer", "https://example.org/x"), ("accept", "text/html")];
            let answer = ask(&site, method, path, &headers, STRANGER).await;
            assert!(!answer.headers().contains_key("location"), "{method} {path}");
            assert!(!answer.status().is_redirection(), "{method} {path}");
        }
    }
}

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
async fn a_refusal_for_asking_too_often_can_be_read_by_scripts_of_other_sites(db: PgPool) {
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
async fn one_line_says_what_an_answer_varies_by_and_304_says_the_same(db: PgPool) {
    let site = support::site(&db).await;
    for (path, vary) in [
        ("/en/programs", "accept-encoding"),
        ("/en/chart.png", "accept-encoding"),
        ("/api/v1/events", "accept-encoding"),
        ("/sdmx/v2/structure/codelist", "accept, accept-language, accept-encoding"),
        (
            "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0?lastNObservations=1",
            "accept, accept-language, accept-encoding",
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
async fn whoever_has_anything_is_told_that_it_is_there(db: PgPool) {
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
async fn codings_are_chosen_by_the_standard_whatever_answers(db: PgPool) {
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
async fn an_id_of_a_request_is_taken_over_from_a_proxy_where_it_is_short_and_plain(db: PgPool) {
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

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_canonical_address_is_that_of_the_state_shown(db: PgPool) {
    let site = support::site(&db).await;
    const SERIES: &str = "series=domestic-market-revenue.china.iimedia";
    for (path, state) in [
        ("/explore", String::new()),
        ("/explore", SERIES.to_owned()),
        ("/explore", format!("{SERIES}&every=year&units=index")),
        ("/explore", "preset=forecasts".to_owned()),
        ("/subsidies", "kind=paid".to_owned()),
        ("/subsidies", "place=shanghai&as_of=1".to_owned()),
        ("/programs", "as_of=1".to_owned()),
        ("/programs/pudong-visa", "on=2025-12-05".to_owned()),
        ("/programs/compare", "place=shanghai-pudong&place=henan".to_owned()),
        ("/programs/match", "place=shanghai-pudong&needs=people".to_owned()),
        ("/indicators", "topic=users".to_owned()),
        ("/indicators/jobs-total", "rows=all".to_owned()),
        ("/organizations", "pudong=overseas-hq-signed".to_owned()),
        ("/events", "kind=policy".to_owned()),
        ("/sources", "language=zh".to_owned()),
        ("/disagreements", "topic=users".to_owned()),
        ("/map", String::new()),
        ("/map", "by=paid&scope=general&count=own&place=henan".to_owned()),
        ("/search", "q=%E6%B5%A6%E4%B8%9C".to_owned()),
    ] {
        let query = if state.is_empty() { String::new() } else { format!("?{state}") };
        for (locale, other) in [("en", "zh"), ("zh", "en")] {
            let address = format!("/{locale}{path}{query}");
            let page = get(&site, &address).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            assert_eq!(canonical(&page), address);
            let absolute = format!("http://observatory.test{address}");
            assert_eq!(
                page.all("meta[property='og:url']")[0].value().attr("content"),
                Some(absolute.as_str())
            );
            for (tag, language) in [("en", "en"), ("zh-Hans", "zh"), ("x-default", "en")] {
                let link = &page.all(&format!("link[hreflang={tag}]"))[0];
                let expected = format!("http://observatory.test/{language}{path}{query}");
                assert_eq!(link.value().attr("href"), Some(expected.as_str()), "{address}");
            }
            let switch = page.all("a.language")[0].value().attr("href").unwrap().to_owned();
            assert_eq!(switch, format!("/{other}{path}{query}"));
            for described in page.all("script[type='application/ld+json']") {
                let set: serde_json::Value =
                    serde_json::from_str(&described.text().collect::<String>()).unwrap();
                assert_eq!(set["url"], absolute.as_str(), "{address}");
            }
            let hidden = !page.all("meta[name=robots][content=noindex]").is_empty();
            assert_eq!(hidden, !state.is_empty() || path == "/search", "{address}");
            let headers = send(&site, &address).await;
            assert_eq!(word(headers.headers(), "x-robots-tag") == "noindex", !state.is_empty(), "{address}");
        }
    }
    // Canonical addresses omit defaults and use the site's order and encoding.
    for (asked, canonical_address) in [
        ("/en/explore?kind=lines&units=level", "/en/explore"),
        ("/en/subsidies?q=&kind=paid", "/en/subsidies?kind=paid"),
        ("/en/subsidies?place=shanghai&kind=paid", "/en/subsidies?kind=paid&place=shanghai"),
        ("/en/subsidies?as_of=1&kind=paid", "/en/subsidies?kind=paid&as_of=1"),
        ("/en/programs?q=a%20b", "/en/programs?q=a+b"),
    ] {
        assert_eq!(canonical(&get(&site, asked).await), canonical_address);
    }
}

/// Parses the rules of a `robots.txt` for all user agents (RFC 9309): pattern, and whether it allows.
fn rules(robots: &str) -> Vec<(String, bool)> {
    let group = robots.split("\n\n").find(|group| group.starts_with("User-agent: *\n")).unwrap();
    let rule = |line: &str| match line.split_once(": ")? {
        ("Allow", pattern) => Some((pattern.to_owned(), true)),
        ("Disallow", pattern) => Some((pattern.to_owned(), false)),
        _ => None,
    };
    group.lines().filter_map(rule).collect()
}

/// Returns whether a pattern with asterisks matches a prefix of an address.
fn matches(pattern: &str, address: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = address.strip_prefix(parts.next().unwrap()) else { return false };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

fn allowed(rules: &[(String, bool)], address: &str) -> bool {
    let fitting = rules.iter().filter(|(pattern, _)| matches(pattern, address));
    fitting.max_by_key(|(pattern, allows)| (pattern.len(), *allows)).is_none_or(|(_, allows)| *allows)
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_crawler_that_obeys_comes_to_an_end(db: PgPool) {
    // Without the cache: a crawl fetches each address once.
    let site = support::site_as(&db, &["--cache-megabytes=0"]).await;
    let rules = rules(&body(send(&site, "/robots.txt").await).await);
    let mut queue: VecDeque<String> = Noun::all().map(|noun| format!("/en/{}", noun.word())).collect();
    let mut seen: BTreeSet<String> = queue.iter().cloned().collect();
    let mut states = BTreeSet::new();
    while let Some(address) = queue.pop_front() {
        let page = get(&site, &address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        let is_state = address.contains('?');
        let hidden = !page.all("meta[name=robots][content=noindex]").is_empty();
        assert!(hidden || !is_state, "{address} is indexed");
        if is_state {
            states.insert(address.clone());
        }
        for link in page.all("a[href]") {
            let followed = !link.value().attr("rel").unwrap_or_default().contains("nofollow");
            let target = link.value().attr("href").unwrap().split('#').next().unwrap_or_default();
            // The other language has the same pages.
            if followed
                && target.starts_with("/en")
                && is_page(target)
                && allowed(&rules, target)
                && seen.insert(target.to_owned())
            {
                queue.push_back(target.to_owned());
            }
        }
    }
    let things: i64 = sqlx::query_scalar(
        "select (select count(*) from indicator) + (select count(*) from program) + (select count(*) from subsidy)
              + (select count(*) from organization) + (select count(*) from event) + (select count(*) from source)
              + (select count(*) from entity where kind in ('region', 'country', 'province', 'city', 'district'))",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    let (pages, states_found) = (seen.len() - states.len(), states.len());
    assert!(pages as i64 >= things, "{pages} pages for {things} things");
    let most = things as usize;
    assert!(states_found < most, "{states_found} states: {states:#?}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_sitemap_lists_canonical_pages_only(db: PgPool) {
    let site = support::site(&db).await;
    let rules = rules(&body(send(&site, "/robots.txt").await).await);
    let listed = |text: &str| -> Vec<String> {
        let addresses = text.split("<loc>http://observatory.test").skip(1);
        addresses.map(|rest| rest.split_once("</loc>").unwrap().0.to_owned()).collect()
    };
    for part in listed(&body(send(&site, "/sitemap.xml").await).await) {
        // A sample from the beginning and the end of each part.
        let addresses = listed(&body(send(&site, &part).await).await);
        for address in addresses.iter().take(30).chain(addresses.iter().rev().take(2)) {
            let page = get(&site, address).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            assert_eq!(canonical(&page), *address);
            assert!(page.all("meta[name=robots]").is_empty(), "{address} is excluded from search engines");
            assert!(allowed(&rules, address), "{address} is disallowed for crawlers");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn who_shows_a_preview_of_a_link_may_fetch_every_state(db: PgPool) {
    let site = support::site(&db).await;
    let robots = body(send(&site, "/robots.txt").await).await;
    let group = robots.split("\n\n").find(|group| group.contains("User-agent: Twitterbot\n")).unwrap();
    assert!(group.ends_with("Allow: /") && !group.contains("Disallow"), "{group}");
    let rules = rules(&robots);
    for (address, expected) in [
        ("/en/programs?after=x", true),
        ("/en/programs?place=x", true),
        ("/en/programs?place=x&kind=y", false),
        ("/en/programs/data.csv?place=x&kind=y", false),
        ("/en/search?q=x", false),
        ("/en?as_of=1", false),
        ("/fn/state", false),
        ("/en/explore?preset=forecasts", true),
    ] {
        assert_eq!(allowed(&rules, address), expected, "{address}");
    }
}

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
            format!("/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0?asOf={state}"),
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
    super::download::publish(&db, &folder).await;
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
