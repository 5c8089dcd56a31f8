//! The life of programmes on pages, in files, calendars and feeds: what closes, what has been replaced, and by what.

use axum::http::StatusCode;
use sqlx::PgPool;

use super::{get, send};
use crate::support;

async fn csv(site: &axum::Router, path: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let response = send(site, path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    let body = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
    let mut reader = csv::Reader::from_reader(body.as_ref());
    let head = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    (head, rows)
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_closes_next_comes_first(db: PgPool) {
    let site = support::site(&db).await;
    let (head, rows) =
        csv(&site, "/en/programs/data.csv?bom=0&header=names&sort=closing&on=2026-11-01").await;
    let column = |name: &str| head.iter().position(|column| column == name).unwrap();
    let (id, closes, kind) = (column("id"), column("closes_on"), column("closes"));
    let known: Vec<&Vec<String>> = rows.iter().take_while(|row| !row[closes].is_empty()).collect();
    assert!(known.len() > 1 && known.len() < rows.len());
    assert!(rows[known.len()..].iter().all(|row| row[closes].is_empty()), "the rest has no closing date");
    // A month or year closes on its last day.
    let last = |row: &Vec<String>| format!("{}{}", row[closes], &"YYYY-12-31"[row[closes].len()..]);
    assert!(known.windows(2).all(|pair| last(pair[0]) <= last(pair[1])), "earliest first");
    assert!(known.iter().all(|row| last(row).as_str() >= "2026-11-01"));
    assert_eq!(known[0][kind], "applications");

    let page = get(&site, "/en/programs?sort=closing&on=2026-11-01").await;
    let first = page.text(".programs-list tbody tr");
    assert!(first.contains("applications close") && first.contains("27 Nov 2026"), "{first}");
    assert!(page.text(".programs-soon summary").starts_with("Closing within 90 days: "));
    let link = format!("/en/programs/{}", known[0][id]);
    assert!(page.all(".programs-closing a").iter().any(|a| a.value().attr("href") == Some(link.as_str())));
    let later = get(&site, "/en/programs?on=2029-01-01").await;
    assert_eq!(later.text(".programs-soon summary"), "Closing within 90 days: none known");
    assert!(later.text(".programs-soon").contains("No programme is known to close by 1 Apr 2029."));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_notice_is_superseded_from_the_day_of_the_next_one(db: PgPool) {
    let site = support::site(&db).await;
    for (day, status) in [("2026-03-09", "announced"), ("2026-03-10", "superseded")] {
        let page = get(&site, &format!("/en/programs/sh-fanhua-2?on={day}")).await;
        assert_eq!(page.text(".program-facts .tag"), status, "{day}");
    }
    let page = get(&site, "/en/programs/sh-fanhua-2").await;
    assert!(page.links().contains("/en/programs/sh-fanhua-3/changes"));
    let measure = get(&site, "/en/programs?status=superseded&on=2026-11-28").await;
    let listed = measure.text(".programs-list");
    let of_package: Vec<String> =
        sqlx::query_scalar("select name_en from program where package_id = 'songjiang-film-2019'")
            .fetch_all(&db)
            .await
            .unwrap();
    assert!(!of_package.is_empty());
    for name in of_package {
        assert!(listed.contains(&name), "a measure of a replaced package: {name}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_notice_stands_beside_the_one_it_replaces(db: PgPool) {
    let site = support::site(&db).await;
    let pairs: Vec<(String, String, String, String, String)> = sqlx::query_as(
        "select r.program_id, n.name_en, n.name_zh, b.name_en, b.name_zh from program_predecessor r \
         join program n on n.id = r.program_id join program b on b.id = r.predecessor_id",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    assert!(pairs.len() > 3);
    for (id, name, name_zh, before, before_zh) in &pairs {
        let page = get(&site, &format!("/en/programs/{id}/changes")).await;
        assert_eq!(page.text("h1"), format!("What changed: {name}"));
        assert!(page.text("main").contains(before));
        let chinese = get(&site, &format!("/zh/programs/{id}/changes")).await;
        assert!(chinese.text("main").contains(before_zh) && chinese.text("h1").contains(name_zh));
        let programme = get(&site, &format!("/en/programs/{id}")).await;
        assert!(programme.links().contains(&format!("/en/programs/{id}/changes")));
    }
    let differs = get(&site, "/en/programs/xiamen-ftz-culture-2025/changes").await;
    let rows = differs.texts(".changes-differs");
    let from = rows.iter().find(|row| row.starts_with("In force from")).unwrap();
    assert!(
        from.contains("1 Jan 2024") && from.contains("21 Aug 2025") && from.ends_with("changed"),
        "{from}"
    );
    for path in ["/en/programs/pudong-visa/changes", "/en/programs/nothing/changes"] {
        assert_eq!(send(&site, path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(send(&site, "/en/programs/sh-fanhua-3/changes?x=1").await.status(), StatusCode::BAD_REQUEST);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_three_facts_of_a_programme_stand_on_top(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/programs/sh-guide-fund").await;
    let facts = page.texts(".program-facts section");
    assert_eq!(facts.len(), 3);
    assert!(facts[0].contains("Last confirmed"), "{}", facts[0]);
    assert!(facts[1].contains("fund pool of CNY 50 million"), "{}", facts[1]);
    assert!(facts[2].contains("CNY 19.8 million"), "{}", facts[2]);
    let unpaid = get(&site, "/zh/programs/pudong-visa").await;
    assert!(unpaid.text(".program-facts").contains("暂未查到本政策下的发放。"));
    let package = get(&site, "/en/programs/pudong-10-package").await;
    assert!(package.all("figure").is_empty(), "a timeline of one date says nothing");
    assert!(package.text("#measures thead").contains("Who may apply"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn application_windows_are_in_the_calendar(db: PgPool) {
    let site = support::site(&db).await;
    let response = send(&site, "/en/programs/dates.ics").await;
    let body = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
    let text = String::from_utf8(body.to_vec()).unwrap().replace("\r\n ", "");
    let windows: i64 =
        sqlx::query_scalar("select count(applications_close) from program").fetch_one(&db).await.unwrap();
    assert!(windows > 0);
    assert_eq!(text.matches("SUMMARY:Applications close: ").count() as i64, windows);
}
