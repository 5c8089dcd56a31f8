//! Tests of the files beside pages, and of their sizes and formats as announced on the download page.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use serde_json::Value;
use sqlx::PgPool;
use tower::ServiceExt;

use super::{beside, bytes, ok};
use crate::{
    pages::{get, send},
    support,
};

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_kind_of_page_has_every_file(db: PgPool) {
    let site = support::site(&db).await;
    let pages = [
        "/en",
        "/zh/indicators",
        "/en/indicators/domestic-market-revenue",
        "/en/programs",
        "/zh/programs/pudong-10-package",
        "/en/programs/compare",
        "/zh/programs/match?place=shanghai-pudong&needs=people",
        "/en/search?q=pudong",
        "/en/explore?preset=market-growth",
        "/zh/explore?series=domestic-market-revenue.china.iimedia&kind=bars",
        "/zh/disagreements",
        "/en/map?by=titles",
        "/zh/map?by=paid&place=shanghai",
        "/en/subsidies",
        "/zh/organizations",
        "/en/organizations/crazy-maple-studio",
        "/en/events",
        "/zh/places",
        "/en/places/shanghai-pudong",
        "/zh/sources",
        "/en/sources/yicai-2025-12-08",
    ];
    for page in pages {
        for (file, kind) in [
            ("data.csv", "text/csv; charset=utf-8; header=present"),
            ("data.csv-metadata.json", "application/csvm+json"),
            ("data.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("data.json", "application/json"),
            ("data.zip", "application/zip"),
            ("metadata.json", "application/json"),
            ("cite.bib", "application/x-bibtex; charset=utf-8"),
            ("cite.ris", "application/x-research-info-systems; charset=utf-8"),
            ("cite.csl.json", "application/vnd.citationstyles.csl+json"),
            ("cite.txt", "text/plain; charset=utf-8"),
        ] {
            let path = beside(page, file, "");
            let (status, headers, body) = bytes(&site, &path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert_eq!(headers[header::CONTENT_TYPE], kind, "{path}");
            assert!(!body.is_empty(), "{path}");
            if file.ends_with("json") {
                serde_json::from_slice::<Value>(&body).unwrap();
            }
            let (status, headers, body) = bytes(&site, &beside(page, file, "surprise=1")).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
            assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json", "{path}");
            assert_eq!(serde_json::from_slice::<Value>(&body).unwrap()["parameter"], "surprise");
        }
        // Everything that its own page offers exists.
        let panel = get(&site, &beside(page, "download", "")).await;
        assert_eq!(panel.status, StatusCode::OK, "{page}");
        assert!(panel.all("table.facts tbody tr").len() >= 4, "{page}");
        let shown = get(&site, page).await;
        let links = shown.links();
        assert!(links.contains(&beside(page, "download", "")), "{page} links to its download page");
    }
    for missing in ["/en/indicators/nothing/data.csv", "/en/about/data.csv", "/fr/programs/data.csv"] {
        assert_eq!(send(&site, missing).await.status(), StatusCode::NOT_FOUND, "{missing}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_size_before_the_click_is_the_size_after_it(db: PgPool) {
    let site = support::site(&db).await;
    let panel = get(&site, "/en/indicators/domestic-market-revenue/download").await;
    let hrefs: Vec<String> = panel
        .all("table.facts th a")
        .iter()
        .map(|link| link.value().attr("href").unwrap().to_owned())
        .collect();
    let sizes: Vec<String> = panel.texts("table.facts td:last-child");
    assert_eq!(hrefs.len(), 10, "five files of the rows shown, five of all rows: {hrefs:?}");
    for (href, size) in hrefs.iter().zip(sizes) {
        let length = ok(&site, href).await.len();
        assert_eq!(size, format!("{} kB", (length + 500) / 1000), "{href}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_reader_dresses_a_chart_on_its_download_page(db: PgPool) {
    let site = support::site(&db).await;
    let page = "/en/indicators/domestic-market-revenue/download";
    let panel = get(&site, page).await;
    let form = panel.all("form.dress")[0];
    assert_eq!(
        (form.value().attr("method"), form.value().attr("action")),
        (Some("get"), Some("/en/indicators/domestic-market-revenue/download#dress"))
    );
    assert_eq!(panel.all("#own_title")[0].value().attr("maxlength"), Some("120"));
    let series = panel.texts("#own_series option")[1].clone();
    let encode = |text: &str| -> String { form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    let own = format!("own_title=My+view&own_note=Mind&own_series={}&own_from=&own_to=", encode(&series));
    let dressed = get(&site, &format!("{page}?{own}")).await;
    assert_eq!(dressed.all("#own_title")[0].value().attr("value"), Some("My view"));
    let pictures: Vec<String> = dressed
        .all(".taken a[href*=\"chart.svg\"]")
        .iter()
        .map(|link| link.value().attr("href").unwrap().to_owned())
        // The other charts of the page are as they were.
        .filter(|href| !href.contains("chart="))
        .collect();
    assert_eq!(pictures.len(), 4, "{pictures:?}");
    for href in pictures {
        let svg = String::from_utf8(ok(&site, &href).await).unwrap();
        assert!(
            svg.contains("My view") && svg.contains("Title by the person who shared this chart."),
            "{href}"
        );
        assert!(svg.contains("Note by the person who shared this chart: Mind"), "{href}");
    }
    let codes = dressed.texts("#embed textarea");
    assert!(codes.iter().all(|code| code.contains("own_title=My+view")), "{codes:?}");
    let long = "a".repeat(121);
    for (more, status) in [
        (format!("own_title={long}"), StatusCode::BAD_REQUEST),
        ("own_series=nobody".to_owned(), StatusCode::BAD_REQUEST),
        ("chart=9".to_owned(), StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(send(&site, &format!("{page}?{more}")).await.status(), status, "{more}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn pictures_have_their_shapes(db: PgPool) {
    let site = support::site(&db).await;
    for locale in ["en", "zh"] {
        for (size, width, height) in
            [("card", 1200, 630), ("square", 1080, 1080), ("portrait", 1080, 1350), ("wide", 1600, 900)]
        {
            let page = format!("/{locale}/indicators/domestic-market-revenue");
            let svg = ok(&site, &beside(&page, "chart.svg", &format!("size={size}"))).await;
            let svg = String::from_utf8(svg).unwrap();
            assert!(svg.contains(&format!("width=\"{width}\" height=\"{height}\"")), "{size}");
            assert!(
                svg.contains("CC BY 4.0") && svg.contains("observatory.test/"),
                "{size}: the footer is present"
            );
        }
    }
    for locale in ["en", "zh"] {
        let events = ok(&site, &format!("/{locale}/events/chart.svg?size=square")).await;
        assert!(String::from_utf8(events).unwrap().contains("width=\"1080\" height=\"1080\""), "{locale}");
    }
    let png = ok(&site, "/en/indicators/domestic-market-revenue/chart.png?size=card&scale=2").await;
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (2400, 1260));
    // A page may have several charts; a picture of offers says that they are offers.
    let second = String::from_utf8(ok(&site, "/en/chart.svg?chart=2").await).unwrap();
    assert!(second.contains("Expo subsidy"), "the second chart of the front page is the matrix of offers");
    let offered = String::from_utf8(ok(&site, "/en/subsidies/chart.svg").await).unwrap();
    assert!(offered.contains("Offers, not payments"), "{offered}");
    for (path, status) in [
        ("/en/sources/chart.png", StatusCode::NOT_FOUND),
        ("/en/chart.png?chart=9", StatusCode::NOT_FOUND),
        ("/en/chart.png?chart=0", StatusCode::NOT_FOUND),
        ("/en/chart.png?size=huge", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(send(&site, path).await.status(), status, "{path}");
    }
    ok(&site, "/en/sources/card.png").await;
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_client_with_the_current_file_gets_304(db: PgPool) {
    let site = support::site(&db).await;
    for path in [
        "/en/programs/data.csv",
        "/api/v1/programs",
        "/en/feed.atom",
        "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0/*",
    ] {
        let (_, headers, _) = bytes(&site, path).await;
        let tag = headers[header::ETAG].clone();
        let asked = Request::get(path)
            .header(header::HOST, "observatory.test")
            .header(header::IF_NONE_MATCH, tag)
            .body(Body::empty())
            .unwrap();
        let answer = site.clone().oneshot(asked).await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED, "{path}");
        let head = Request::head(path).header(header::HOST, "observatory.test").body(Body::empty()).unwrap();
        let answer = site.clone().oneshot(head).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert!(answer.into_body().collect().await.unwrap().to_bytes().is_empty(), "{path}");
    }
}
