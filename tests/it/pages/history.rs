//! The history of a figure: everything published about it, corrections of this site, and distances between first and last figures.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use sqlx::PgPool;

use super::{download::publish, get, send};
use crate::support::{self, data::Folder};

/// Every figure of an indicator, entity and period stands on its page, in order of publication.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_publication_is_listed_in_order(db: PgPool) {
    let site = support::site(&db).await;
    let rows: Vec<(String, Option<String>)> = sqlx::query_as(
        "select o.source_id, s.published_on::text from observation o join source s on s.id = o.source_id \
         where indicator_id = 'domestic-market-revenue' and entity = 'china' \
           and period_start = '2025-01-01' and period_end = '2025-12-31'",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    assert!(rows.len() > 5);
    for locale in ["en", "zh"] {
        let path = format!("/{locale}/indicators/domestic-market-revenue/history?entity=china&period=2025");
        let page = get(&site, &path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text("h1").contains("2025"), "{}", page.text("h1"));
        let listed = page.all("#publications tbody tr");
        assert_eq!(listed.len(), rows.len());
        for (source, _) in &rows {
            assert!(page.links().contains(&format!("/{locale}/sources/{source}")), "{source}");
        }
        let dates: Vec<String> = page
            .all("#publications time")
            .iter()
            .map(|time| time.value().attr("datetime").unwrap().to_owned())
            .collect();
        assert_eq!(dates.len(), rows.iter().filter(|(_, on)| on.is_some()).count());
        assert!(dates.is_sorted(), "{dates:?}");
        assert!(!page.all("figure.chart").is_empty());
    }
}

/// Without a choice the page shows the period with the most figures; a period without figures is said, with the others to choose from.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn entity_and_period_are_chosen_by_a_form(db: PgPool) {
    let site = support::site(&db).await;
    let path = "/en/indicators/domestic-market-revenue/history";
    let page = get(&site, path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.all("#h-entity option[selected], #h-period option[selected]").len(), 2);
    let most: i64 = sqlx::query_scalar(
        "select max(n) from (select count(*) as n from observation where indicator_id = 'domestic-market-revenue' \
         and entity = 'china' group by period_start, period_end) counted",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    assert_eq!(page.all("#publications tbody tr").len() as i64, most);
    let none = get(&site, &format!("{path}?period=1999")).await;
    assert_eq!(none.status, StatusCode::OK);
    assert!(none.text(".finding").contains("Nothing is known"), "{}", none.text(".finding"));
    assert!(none.all("#publications").is_empty() && none.all("#h-period option").len() > 5);
    for (path, status) in [
        (format!("{path}?entity=nowhere"), StatusCode::BAD_REQUEST),
        (format!("{path}?period=soon"), StatusCode::BAD_REQUEST),
        (format!("{path}?year=2025"), StatusCode::BAD_REQUEST),
        ("/en/indicators/nothing/history".to_owned(), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(send(&site, &path).await.status(), status, "{path}");
    }
}

/// The tables of figures lead to the history of each.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_figure_in_a_table_leads_to_its_history(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/zh/indicators/app-iap-revenue?entity=reelshort").await;
    let rows = page.all("table.figures tbody tr").len();
    let links: Vec<String> = page
        .all("table.figures tbody th a")
        .iter()
        .map(|link| link.value().attr("href").unwrap().to_owned())
        .collect();
    assert!(rows > 3 && links.len() == rows);
    for link in &links {
        assert!(
            link.starts_with("/zh/indicators/app-iap-revenue/history?entity=reelshort&period="),
            "{link}"
        );
        let history = get(&site, link).await;
        assert!(
            history.status == StatusCode::OK && !history.all("#publications tbody tr").is_empty(),
            "{link}"
        );
    }
}

/// The distances are those that SQL finds: periods of a producer whose figures were published on at least two days.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn distances_are_never_stated_for_fewer_than_three_figures(db: PgPool) {
    let site = support::site(&db).await;
    let indicators: Vec<String> =
        sqlx::query_scalar("select distinct indicator_id from observation order by 1")
            .fetch_all(&db)
            .await
            .unwrap();
    let mut stated = BTreeMap::new();
    for indicator in indicators {
        let page = get(&site, &format!("/en/indicators/{indicator}/history")).await;
        assert_eq!(page.status, StatusCode::OK, "{indicator}");
        for row in page.all("#distances tbody tr") {
            let count: usize = row
                .select(&scraper::Selector::parse("td").unwrap())
                .next()
                .map(|cell| cell.text().collect::<String>().trim().parse().unwrap())
                .unwrap();
            assert!(count >= 3, "{indicator}");
            *stated.entry(indicator.clone()).or_insert(0) += 1;
        }
    }
    println!("distances are stated for {stated:?}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn corrections_of_this_site_stand_apart(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    let path = "/en/indicators/market/history?entity=china&period=2025";
    let site = support::empty_site(&db).await;
    let before = get(&site, path).await;
    assert!(before.text("#corrections").contains("None"), "{}", before.text("#corrections"));
    folder.set("observations.csv", 4, "value", "61000000000");
    publish(&db, &folder).await;
    let site = support::empty_site(&db).await;
    let after = get(&site, path).await;
    let said = after.text("#corrections");
    assert!(said.contains("Revision 2") && said.contains("CNY 61,000,000,000"), "{said}");
    assert!(after.links().contains("/en/data/revisions/2"));
    // The older revision knows nothing of it.
    let frozen = get(&site, &format!("{path}&as_of=1")).await;
    assert!(frozen.text("#corrections").contains("None"));
}
