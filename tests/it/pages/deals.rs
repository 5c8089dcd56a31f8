//! Deals: the events that are investments and listings, with their amounts.

use std::collections::BTreeMap;

use axum::{Router, http::StatusCode};
use http_body_util::BodyExt;
use sqlx::PgPool;

use super::{get, policy::ids, send};
use crate::support;

async fn file(site: &Router, query: &str) -> Vec<BTreeMap<String, String>> {
    let path = format!("/en/deals/data.csv?bom=0&header=names&{query}");
    let body = send(site, &path).await.into_body().collect().await.unwrap().to_bytes();
    csv::Reader::from_reader(body.as_ref()).deserialize().map(|record| record.unwrap()).collect()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn deals_are_the_investments_and_listings_and_are_not_added_up(db: PgPool) {
    let site = support::site(&db).await;
    let all = ids(&db, "select id from event where kind in ('investment', 'listing')").await;
    let page = get(&site, "/en/deals").await;
    assert_eq!(page.all("tr.deal").len(), all.len());
    assert!(page.text("main").contains("No totals"));
    assert!(page.all(".total, .totals").is_empty());
    let rows = file(&site, "").await;
    assert!(rows.iter().all(|row| all.contains(&row["id"])) && rows.len() == all.len());
    assert!(get(&site, "/zh/events").await.links().contains("/zh/deals"));

    let listed = file(&site, "kind=listing").await;
    assert_eq!(listed.len(), ids(&db, "select id from event where kind = 'listing'").await.len());
    let of_year = get(&site, "/en/deals?year=2025&place=india").await;
    let expected = ids(
        &db,
        "select id from event where kind in ('investment', 'listing') and date::text like '2025%' and jurisdiction = 'india'",
    )
    .await;
    assert!(!expected.is_empty());
    assert_eq!(of_year.all("tr.deal").len(), expected.len());
    for wrong in ["kind=policy", "in=EUR", "x=1", "place=atlantis", "sort=amount"] {
        let path = format!("/en/deals?{wrong}");
        assert_eq!(send(&site, &path).await.status(), StatusCode::BAD_REQUEST, "{path}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn amounts_are_converted_at_the_rate_of_the_month_of_the_deal(db: PgPool) {
    let site = support::site(&db).await;
    let rows = file(&site, "in=CNY").await;
    // USD 85 million in October 2025, at 7.12 yuan.
    let kuku = rows.iter().find(|row| row["id"] == "ev-2025-10-kuku").unwrap();
    assert_eq!((kuku["amount"].as_str(), kuku["currency"].as_str()), ("85000000", "USD"));
    assert_eq!(
        (kuku["converted_amount"].as_str(), kuku["converted_currency"].as_str()),
        ("605200000", "CNY")
    );
    assert_eq!(kuku["conversion"], "× 7.12 CNY per USD, Oct 2025");
    // No rate of the yen is held.
    let gokko = rows.iter().find(|row| row["currency"] == "JPY").unwrap();
    assert!(gokko["converted_amount"].is_empty() && gokko["conversion"].contains("not converted"));
    let page = get(&site, "/en/deals?in=CNY").await;
    assert!(page.text("table").contains("CNY 605.2 million"), "{}", page.text("table"));
    assert!(!page.all(".converted-rate a[href^='/en/sources/']").is_empty());
}
