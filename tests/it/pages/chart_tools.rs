//! What the buttons below a chart need of the server, and the links that skip to charts and results.

use std::collections::BTreeSet;

use axum::{
    Router,
    http::{StatusCode, header},
};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use sqlx::PgPool;

use super::{get, send};
use crate::support;

/// Pages with charts of every kind.
const CHARTS: [&str; 14] = [
    "/en",
    "/zh/indicators/domestic-market-revenue",
    "/en/indicators/company-revenue?rows=all",
    "/zh/explore?preset=forecasts",
    "/en/events?kind=policy",
    "/en/map?by=titles",
    "/en/organizations?since=2025-12",
    "/en/organizations/crazy-maple-studio",
    "/en/programs/pudong-10-package",
    "/en/programs/compare?place=shanghai-pudong&place=henan",
    "/en/subsidies",
    "/zh/places/shanghai-pudong",
    "/en/disagreements",
    "/zh/indicators/domestic-market-revenue/history?period=2025",
];

async fn body(site: &Router, path: &str) -> String {
    let body = send(site, path).await.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(body.to_vec()).unwrap()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_picture_that_can_be_copied_is_served(db: PgPool) {
    let site = support::site(&db).await;
    let mut copied = 0;
    for path in CHARTS {
        let page = get(&site, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let figures = page.all("figure.chart");
        let pictures: Vec<&str> = page
            .all("button[data-tool='copy-picture']")
            .iter()
            .filter_map(|button| button.value().attr("data-picture"))
            .collect();
        assert_eq!(pictures.iter().collect::<BTreeSet<_>>().len(), pictures.len(), "{path}: {pictures:?}");
        assert_eq!(pictures.len(), figures.len(), "{path}: every chart has its picture");
        for picture in &pictures {
            let answer = send(&site, picture).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path}: {picture}");
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "image/png", "{path}: {picture}");
        }
        copied += pictures.len();
        // A table is offered where there are values for it.
        for figure in figures {
            let has = |css: &str| figure.select(&Selector::parse(css).unwrap()).next().is_some();
            assert_eq!(has("template"), has("button[data-tool='table']"), "{path}");
            assert_eq!(has("template"), has("button[data-tool='copy-table']"), "{path}");
        }
    }
    assert!(copied >= CHARTS.len(), "{copied}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn values_for_the_table_of_a_chart_are_exact_and_have_their_source(db: PgPool) {
    let site = support::site(&db).await;
    let path = "/en/indicators/domestic-market-revenue";
    let page = body(&site, path).await;
    let template = page.split_once("<template>").unwrap().1.split_once("</template>").unwrap().0;
    let values = Html::parse_fragment(template);
    let all = |css: &str| {
        let selector = Selector::parse(css).unwrap();
        values.select(&selector).map(|found| found.value().clone()).collect::<Vec<_>>()
    };
    let file = body(&site, &format!("{path}/data.csv?bom=0&header=names")).await;
    let mut file = csv::Reader::from_reader(file.as_bytes());
    let at = file.headers().unwrap().iter().position(|name| name == "value").unwrap();
    let published: BTreeSet<String> = file.records().map(|record| record.unwrap()[at].to_owned()).collect();
    let items = all("li");
    assert!(items.len() > 10);
    for item in &items {
        let value = item.attr("data-value").unwrap();
        assert!(published.contains(value), "{value}: {published:?}");
        assert_eq!(item.attr("data-unit"), Some("CNY"));
    }
    assert_eq!(all(".readout-more p").len(), items.len(), "a source for each value");
    assert_eq!(all(".readout-more p > a[href^='/en/sources/']").len(), items.len());
    assert!(all("[data-code]").iter().any(|column| column.attr("data-code") == Some("2024")));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn long_lists_and_charts_have_skip_links(db: PgPool) {
    let site = support::site(&db).await;
    for (path, to) in [
        ("/en/programs", "#results"),
        ("/en/indicators", "#results"),
        ("/zh/subsidies", "#results"),
        ("/zh/organizations?since=2025-12", "#results"),
        ("/zh/organizations?since=2025-12", "#arrivals"),
        ("/en/organizations/screen", "#results"),
        ("/en/events", "#results"),
        ("/en/events", "#timeline"),
        ("/en/deals", "#results"),
        ("/en/sources", "#results"),
        ("/en/disagreements", "#results"),
        ("/en/map", "#province"),
        ("/en/programs/compare?place=shanghai-pudong&place=henan", "#matrix"),
        ("/en/explore?preset=forecasts", "#chart"),
        ("/zh/indicators/domestic-market-revenue", "#chart"),
    ] {
        let page = get(&site, path).await;
        assert_eq!(page.all(&format!("main a.skip[href='{to}']")).len(), 1, "{path} {to}");
        assert_eq!(page.all(to).len(), 1, "{path} {to}");
    }
}
