//! The profile of an organization: its sections in order, and its latest figures.

use std::collections::{BTreeMap, BTreeSet};

use http_body_util::BodyExt;
use sqlx::PgPool;

use super::{get, send, text};
use crate::support;

/// The organization with the most observations, its apps and works included.
async fn most_observed(db: &PgPool) -> String {
    sqlx::query_scalar(
        "select o.id from organization o
         join entity e on e.id = o.id or (e.parent_id = o.id and e.kind in ('app', 'work'))
         join observation f on f.entity = e.id
         group by o.id order by count(*) desc, o.id limit 1",
    )
    .fetch_one(db)
    .await
    .unwrap()
}

/// One row for each indicator, entity and producer, with the newest figure; where a producer has periods of one length only, that is the
/// one whose period ends last.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn latest_figures_have_a_row_for_each_indicator_and_producer(db: PgPool) {
    let site = support::site(&db).await;
    let id = most_observed(&db).await;
    let page = get(&site, &format!("/en/organizations/{id}")).await;
    let lines: i64 = sqlx::query_scalar(
        "select count(distinct (indicator_id, entity, producer)) from observation
         where not outlier
           and (entity = $1 or entity in (select id from entity where parent_id = $1 and kind in ('app', 'work')))",
    )
    .bind(&id)
    .fetch_one(&db)
    .await
    .unwrap();
    let rows = page.all("#latest .key-figures tbody tr:not(.group)");
    assert_eq!(rows.len() as i64, lines);
    let open = page.all("#latest > .table-box tbody tr:not(.group)");
    assert_eq!(open.len(), 16, "the others are collapsed");
    for row in &rows {
        let cells: Vec<String> = row.child_elements().map(text).collect();
        assert!(cells.len() == 7 && cells.iter().all(|cell| !cell.is_empty()), "{cells:?}");
    }

    let newest: Vec<(String, String, String)> = sqlx::query_as(
        "select i.name_en, p.name_en, max(o.period_end)::text
         from observation o
         join indicator i on i.id = o.indicator_id join producer p on p.id = o.producer
         where o.entity = $1
         group by i.name_en, p.name_en
         having count(distinct o.period_end - o.period_start) = 1 and bool_and(o.headline and o.qualifier <> 'forecast')",
    )
    .bind("col-group")
    .fetch_all(&db)
    .await
    .unwrap();
    assert!(!newest.is_empty());
    let rows: Vec<Vec<String>> = get(&site, "/en/organizations/col-group")
        .await
        .all("#latest .key-figures tbody tr:not(.group)")
        .into_iter()
        .map(|row| row.child_elements().map(text).collect())
        .collect();
    // Nothing here can be compared with a year before, so there is no column for it: indicator, figure, period, qualifier, producer, source.
    assert!(rows.iter().all(|row| row.len() == 6), "{rows:?}");
    for (indicator, producer, end) in newest {
        let row = rows.iter().find(|row| row[0] == indicator && row[4] == producer);
        let period = &row.unwrap_or_else(|| panic!("{indicator}, {producer}: {rows:?}"))[2];
        assert!(period.contains(&end[..4]), "{indicator}: {period}, {end}");
    }
}

/// The sections come in one order, no heading is repeated by a visible caption, and only series of three points are drawn.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_profile_is_in_order_and_says_nothing_twice(db: PgPool) {
    const ORDER: [&str; 10] = [
        "latest",
        "trends",
        "money",
        "programs",
        "apps",
        "subsidiaries",
        "deals",
        "people",
        "events",
        "statements",
    ];
    let site = support::site(&db).await;
    for id in ["crazy-maple-studio", "col-group", "dianzhong", "pudong-government"] {
        let page = get(&site, &format!("/en/organizations/{id}")).await;
        let sections = page.all("main section.taken");
        let ids: Vec<&str> = sections.iter().filter_map(|section| section.value().attr("id")).collect();
        let expected: Vec<&str> = ORDER.into_iter().filter(|known| ids.contains(known)).collect();
        assert_eq!(ids, expected, "{id}");
        let headings: BTreeSet<String> = page.texts("h2, .small-multiples h3").into_iter().collect();
        for caption in page.texts("#latest caption:not(.visually-hidden), .small-multiples caption") {
            assert!(!headings.contains(&caption), "{id}: {caption}");
        }
        let drawn: BTreeSet<String> = page
            .all(".small-multiples .chart")
            .iter()
            .filter_map(|chart| Some(chart.value().attr("id")?.strip_prefix("chart-")?.to_owned()))
            .collect();
        let long: BTreeSet<String> = sqlx::query_scalar(
            "select distinct indicator_id from observation
             where headline
               and (entity = $1 or entity in (select id from entity where parent_id = $1 and kind in ('app', 'work')))
             group by indicator_id, entity, producer having count(*) > 2",
        )
        .bind(id)
        .fetch_all(&db)
        .await
        .unwrap()
        .into_iter()
        .collect();
        assert!(drawn.is_subset(&long), "{id}: {drawn:?}, {long:?}");
    }
    assert!(!get(&site, "/zh/organizations/col-group").await.all(".small-multiples .chart").is_empty());
}

/// The page collapses rows; its files keep each of them.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn files_of_a_profile_keep_every_figure(db: PgPool) {
    let site = support::site(&db).await;
    let id = most_observed(&db).await;
    let path = format!("/en/organizations/{id}/data.csv?table=observations&bom=0&header=names");
    let body = send(&site, &path).await.into_body().collect().await.unwrap().to_bytes();
    let rows: Vec<BTreeMap<String, String>> =
        csv::Reader::from_reader(body.as_ref()).deserialize().map(|record| record.unwrap()).collect();
    let all: i64 = sqlx::query_scalar(
        "select count(*) from observation
         where entity = $1 or entity in (select id from entity where parent_id = $1 and kind in ('app', 'work'))",
    )
    .bind(&id)
    .fetch_one(&db)
    .await
    .unwrap();
    assert_eq!(rows.len() as i64, all);
    let page = get(&site, &format!("/en/organizations/{id}")).await;
    assert_eq!(page.all("#trends table.figures tbody tr").len() as i64, all, "and so do its tables");
}
