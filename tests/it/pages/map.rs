//! The map: tiles, tables and files agree with each other and with the lists, and what is unknown is not shown as none.

use axum::{Router, http::StatusCode};
use http_body_util::BodyExt;
use sqlx::PgPool;

use super::{Page, get, send, text};
use crate::support;

/// Rows of the CSV file beside a map, with stable names, by code.
async fn file(site: &Router, query: &str) -> Vec<csv::StringRecord> {
    let address = format!("/en/map/data.csv?bom=0&header=names&{query}");
    let answer = send(site, &address).await;
    assert_eq!(answer.status(), StatusCode::OK, "{address}");
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(&body[..])
        .records()
        .collect::<Result<_, _>>()
        .unwrap()
}

/// Cell of an area in a file, by code.
fn cell<'a>(rows: &'a [csv::StringRecord], code: &str, column: &str) -> &'a str {
    let at = |name: &str| rows[0].iter().position(|known| known == name).unwrap();
    let row = rows.iter().find(|row| &row[at("code")] == code).unwrap();
    &row[at(column)]
}

/// Accessible name of the tile that leads to a place.
fn tile(page: &Page, place: &str) -> String {
    let links = page.all(&format!(".chart-wide a.tile-link[href='/en/places/{place}']"));
    assert_eq!(links.len(), 1, "{place}");
    links[0].value().attr("aria-label").unwrap().to_owned()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_tile_says_what_its_table_its_file_and_the_data_say(db: PgPool) {
    let site = support::site(&db).await;
    let own: i64 = sqlx::query_scalar(
        "select count(*) from program p
         where jurisdiction = 'shanghai-pudong' and instrument <> 'regulation'
           and not exists (select from program m where m.package_id = p.id)",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    assert!(own > 1);
    let page = get(&site, "/en/map?status=any&count=own").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(tile(&page, "shanghai-pudong"), format!("Pudong: {own} programmes"));
    let rows = file(&site, "status=any&count=own").await;
    assert_eq!(cell(&rows, "310115", "value"), own.to_string());
    let links = page.all("table.areas a[href='/en/programs?place=shanghai-pudong']");
    assert_eq!(links.into_iter().map(text).collect::<Vec<_>>(), [format!("{own} programmes")]);

    // A city counts its districts, unless only its own is asked for.
    let count = |rows: &[csv::StringRecord], code: &str| cell(rows, code, "value").parse::<i64>().unwrap();
    let within = file(&site, "status=any").await;
    assert!(count(&within, "CN-SH") >= count(&rows, "CN-SH") + own);
    assert!(count(&within, "CN") > count(&rows, "CN"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn not_researched_is_not_none_known(db: PgPool) {
    let site = support::site(&db).await;
    let rows = file(&site, "instrument=visa").await;
    // All 34 provinces, 16 districts and the countries stand in the file.
    assert!(rows.len() > 1 + 34 + 16);
    assert_eq!((cell(&rows, "CN-GS", "researched"), cell(&rows, "CN-GS", "value")), ("false", ""));
    assert_eq!((cell(&rows, "CN-BJ", "researched"), cell(&rows, "CN-BJ", "value")), ("true", "0"));
    let page = get(&site, "/en/map?instrument=visa").await;
    let others = page.texts(".map-level .result");
    let of = |title: &str| others.iter().find(|line| line.starts_with(title)).unwrap().clone();
    assert!(of("None known:").contains("Beijing") && of("Not researched:").contains("Gansu"));
    assert_eq!(tile(&page, "beijing"), "Beijing: none known");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn amounts_are_those_of_the_ledger(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/map?by=paid").await;
    let links = page.all("table.areas a[href^='/en/subsidies?']");
    let link =
        links.iter().find(|link| link.value().attr("href").unwrap().contains("place=shanghai&")).unwrap();
    let amount = text(*link);
    let ledger = get(&site, link.value().attr("href").unwrap()).await;
    let totals: Vec<String> = ledger.texts(".total-sum").iter().map(|total| format!("CNY {total}")).collect();
    assert_eq!(totals, [amount]);
    // The ledger has an amount of micro-dramas that Shanghai alone is known to have paid; the tile rounds it.
    assert_eq!(tile(&page, "shanghai"), "Shanghai: CNY 19.8 million");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_figure_names_its_place_period_and_source(db: PgPool) {
    let site = support::site(&db).await;
    let rows = file(&site, "by=titles&indicator=dramas-released&year=2024").await;
    assert_eq!(cell(&rows, "CN-HA", "entity_id"), "zhengzhou");
    assert_eq!(cell(&rows, "CN-HA", "period_end"), "2024-12-31");
    assert!(!cell(&rows, "CN-HA", "source_id").is_empty());
    assert_eq!(cell(&rows, "CN-SH", "qualifier"), "nearly");
    let page = get(&site, "/en/map?by=titles&indicator=dramas-released&year=2024").await;
    assert!(tile(&page, "shaanxi").contains("Xi'an, H1 2024"), "{}", tile(&page, "shaanxi"));
    let none = file(&site, "by=titles&indicator=dramas-released&year=2024&count=own").await;
    assert_eq!((cell(&none, "CN-HA", "value"), cell(&none, "CN-HA", "researched")), ("", "true"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_map_that_does_not_exist_is_refused(db: PgPool) {
    let site = support::site(&db).await;
    for query in [
        "by=area",
        "by=paid&instrument=visa",
        "place=atlantis",
        "by=titles&indicator=jobs-total",
        "by=titles&year=1900",
        "status=soon",
    ] {
        assert_eq!(get(&site, &format!("/zh/map?{query}")).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn places_lead_to_the_map_and_say_their_codes(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/places/shanghai-pudong").await;
    assert!(page.links().contains("/en/map?place=shanghai-pudong"));
    assert_eq!(page.texts(".particulars dd")[0], "310115");
    let region = get(&site, "/en/places/southeast-asia").await;
    assert!(region.text(".particulars").contains("Thailand"), "{}", region.text(".particulars"));
    for from in ["/en", "/zh/places"] {
        let map = format!("{}/map", &from[..3]);
        assert!(get(&site, from).await.links().contains(&map), "{from}");
    }
    // The frame leads nowhere by its tiles: pages refuse to be framed.
    let frame = get(&site, "/embed/zh/map?chart=2").await;
    assert_eq!(frame.status, StatusCode::OK);
    assert!(frame.all(".tile-link").is_empty() && !frame.all(".chart-wide svg").is_empty());
}
