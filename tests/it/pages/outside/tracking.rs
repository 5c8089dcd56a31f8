//! What share buttons and newsletters append to addresses.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use sqlx::PgPool;

use super::{STRANGER, ask, body, word};
use crate::pages::{get, send};
use crate::support;

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn tracking_parameters_are_removed_by_a_redirect(db: PgPool) {
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
async fn no_parameter_of_this_site_is_removed(db: PgPool) {
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
