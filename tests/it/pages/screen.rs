//! The company screen: order, filters, what it refuses, and its files.

use std::collections::{BTreeMap, BTreeSet};

use axum::{Router, http::StatusCode};
use http_body_util::BodyExt;
use rust_decimal::Decimal;
use sqlx::PgPool;

use super::{Page, get, send};
use crate::support;

/// Records of the CSV file beside a screen, each by the names of its columns.
async fn file(site: &Router, query: &str) -> Vec<BTreeMap<String, String>> {
    let path = format!("/en/organizations/screen/data.csv?bom=0&header=names&{query}");
    let answer = send(site, &path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    csv::Reader::from_reader(body.as_ref()).deserialize().map(|record| record.unwrap()).collect()
}

/// Ids of the organizations of a page, in its order.
fn order(page: &Page) -> Vec<String> {
    let links = page.all("table.screen tbody th > a");
    links.iter().filter_map(|link| Some(link.value().attr("href")?.rsplit('/').next()?.to_owned())).collect()
}

/// The file has the rows of the page in its order, sorted by the column asked for, and those without a figure at the end.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn rows_are_sorted_by_any_column_and_missing_values_come_last(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/organizations/screen").await;
    assert_eq!(page.status, StatusCode::OK);
    let shown: Vec<String> =
        file(&site, "").await.into_iter().map(|row| row["indicator_id"].clone()).collect();
    let first = "company-revenue";
    assert!(shown.iter().any(|id| id == first), "{shown:?}");
    assert_eq!(page.all("th[aria-sort='descending']").len(), 1);

    for (column, of_change) in [(first.to_owned(), false), (format!("{first}.change"), true)] {
        for descending in [false, true] {
            let sort = format!("sort={}{column}", if descending { "-" } else { "" });
            let page = get(&site, &format!("/en/organizations/screen?{sort}")).await;
            let rows = file(&site, &sort).await;
            let mut listed: Vec<String> = rows.iter().map(|row| row["organization_id"].clone()).collect();
            listed.dedup();
            assert_eq!(listed, order(&page), "{sort}");
            let values: Vec<Option<Decimal>> = listed
                .iter()
                .map(|id| {
                    let own = |row: &&BTreeMap<String, String>| {
                        row["organization_id"] == *id && row["indicator_id"] == first
                    };
                    let row = rows.iter().find(own)?;
                    row[if of_change { "change" } else { "value" }].parse().ok()
                })
                .collect();
            let known: Vec<Decimal> = values.iter().flatten().copied().collect();
            assert!(
                known.len() > 2 && values[..known.len()].iter().all(Option::is_some),
                "{sort}: {values:?}"
            );
            let in_order =
                |pair: &[Decimal]| if descending { pair[0] >= pair[1] } else { pair[0] <= pair[1] };
            assert!(known.windows(2).all(in_order), "{sort}: {known:?}");
        }
    }
}

/// Each figure is one of the store, of the organization or of one of its apps, and none is a sum.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_figure_is_one_that_was_published(db: PgPool) {
    let site = support::site(&db).await;
    let query = "indicator=app-downloads&indicator=company-net-profit";
    let rows = file(&site, query).await;
    let mut pairs = BTreeSet::new();
    for row in &rows {
        assert!(pairs.insert((&row["organization_id"], &row["indicator_id"])), "{row:?}");
        let published: i64 = sqlx::query_scalar(
            "select count(*) from observation o
             where indicator_id = $1 and entity = $2 and value = $3::numeric and period_end = $4::date and producer = $5
               and headline and qualifier <> 'forecast'
               and (entity = $6 or entity in (select id from entity where parent_id = $6))",
        )
        .bind(&row["indicator_id"])
        .bind(&row["entity_id"])
        .bind(row["value"].parse::<Decimal>().unwrap())
        .bind(row["period_end"].parse::<chrono::NaiveDate>().unwrap())
        .bind(&row["producer_id"])
        .bind(&row["organization_id"])
        .fetch_one(&db)
        .await
        .unwrap();
        assert!(published > 0, "{row:?}");
    }
    let with_app = rows.iter().find(|row| row["entity_id"] != row["organization_id"]).unwrap();
    let page = get(&site, &format!("/en/organizations/screen?{query}")).await;
    assert!(page.text("table.screen tbody").contains(&with_app["entity"]), "the app is named");
    assert_eq!(page.all("table.screen thead th").len(), 3);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn filters_are_those_of_the_list_and_what_is_unknown_is_refused(db: PgPool) {
    let site = support::site(&db).await;
    let all = order(&get(&site, "/en/organizations/screen").await);
    let listed = get(&site, "/en/organizations/screen?listed=yes").await;
    let with_ticker = super::policy::ids(&db, "select id from organization where ticker is not null").await;
    let expected: Vec<String> = all.iter().filter(|id| with_ticker.contains(*id)).cloned().collect();
    assert!(!expected.is_empty() && expected.len() < all.len());
    assert_eq!(order(&listed), expected);
    // The choices of a facet keep the indicators, and lead to this page.
    let page = get(&site, "/zh/organizations/screen?indicator=company-revenue&sort=company-revenue").await;
    let choice = "/zh/organizations/screen?listed=yes&indicator=company-revenue&sort=company-revenue";
    assert!(page.links().contains(choice), "{:?}", page.links());
    assert!(
        get(&site, "/zh/organizations?listed=yes")
            .await
            .links()
            .contains("/zh/organizations/screen?listed=yes")
    );

    for wrong in [
        "x=1",
        "kind=planet",
        "place=atlantis",
        "indicator=nothing",
        "sort=nothing",
        "sort=-company-revenue&indicator=app-downloads",
        "after=nothing",
    ] {
        let path = format!("/en/organizations/screen?{wrong}");
        assert_eq!(send(&site, &path).await.status(), StatusCode::BAD_REQUEST, "{path}");
    }
    for wrong in [
        "x=1",
        "sort=nothing",
        "indicator=a&indicator=b&indicator=c&indicator=d&indicator=e&indicator=f&indicator=g",
    ] {
        let path = format!("/zh/organizations/screen/data.csv?{wrong}");
        assert_eq!(send(&site, &path).await.status(), StatusCode::BAD_REQUEST, "{path}");
    }
}

/// Ticked rows become a chart: each value is a series that explore draws.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn rows_lead_to_a_chart(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/organizations/screen?indicator=company-revenue").await;
    let boxes = page.all("table.screen input[name='series']");
    let ticked: Vec<String> = boxes
        .iter()
        .filter(|input| input.value().attr("checked").is_some())
        .filter_map(|input| input.value().attr("value"))
        .map(|series| format!("series={series}"))
        .collect();
    assert!(ticked.len() > 1, "{ticked:?}");
    let chart = get(&site, &format!("/en/explore?{}", ticked.join("&"))).await;
    assert_eq!(chart.status, StatusCode::OK);
    let links = page.all("table.screen tbody th .under a[href*='/explore']");
    assert_eq!(links.len(), order(&page).len());
    let link = links[0].value().attr("href").unwrap();
    assert_eq!(get(&site, link).await.status, StatusCode::OK, "{link}");
}
