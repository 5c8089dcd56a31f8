//! Programmes, subsidies, organizations, events and places: every row has its page, and every count matches its list.

use std::collections::BTreeSet;

use axum::{Router, http::StatusCode};
use observatory::domain::registry::Noun;
use scraper::Selector;
use sqlx::{AssertSqlSafe, PgPool};

use super::{get, is_page, pages_of, send, text};
use crate::support;

pub async fn ids(db: &PgPool, sql: &str) -> BTreeSet<String> {
    let ids: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(db).await.unwrap();
    assert!(!ids.is_empty(), "{sql}");
    ids.into_iter().collect()
}

/// Asserts that every row has a page, that the list links to all of them, and that each page cites a source.
async fn listed_with_pages(site: &Router, db: &PgPool, noun: Noun) {
    let expected = ids(db, &format!("select id from {}", noun.table())).await;
    let noun = noun.word();
    let below = format!("/zh/{noun}/");
    let listed: BTreeSet<String> = pages_of(site, &format!("/zh/{noun}"), &below)
        .await
        .into_iter()
        .map(|href| href[below.len()..].to_owned())
        .collect();
    let missing: Vec<_> = expected.difference(&listed).collect();
    assert!(missing.is_empty(), "{noun}: the list has no link to {missing:?}");
    for id in &expected {
        let page = get(site, &format!("{below}{id}")).await;
        assert_eq!(page.status, StatusCode::OK, "{noun}/{id}");
        assert!(!page.all(".particulars a[href^='/zh/sources/']").is_empty(), "{noun}/{id} cites no source");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_programme_has_its_page_and_its_source(db: PgPool) {
    let site = support::site(&db).await;
    listed_with_pages(&site, &db, Noun::Programs).await;
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_subsidy_event_and_organization_has_its_page_and_its_source(db: PgPool) {
    let site = support::site(&db).await;
    for noun in Noun::all() {
        match noun {
            Noun::Subsidies | Noun::Organizations | Noun::Events => {
                listed_with_pages(&site, &db, noun).await;
            }
            // Other tests read their pages.
            Noun::Indicators | Noun::Programs | Noun::Places | Noun::Sources => {}
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_place_app_person_and_statement_stands_on_a_page(db: PgPool) {
    let site = support::site(&db).await;
    let places =
        ids(&db, "select id from entity where kind in ('region', 'country', 'province', 'city', 'district')")
            .await;
    let listed = get(&site, "/en/places").await;
    assert_eq!(listed.all("tr.place").len(), places.len());
    let mut statements = 0;
    for id in &places {
        let page = get(&site, &format!("/en/places/{id}")).await;
        assert_eq!(page.status, StatusCode::OK, "{id}");
        statements += page.all("#statements .statements > li").len();
    }
    let (mut apps, mut people) = (0, 0);
    for id in ids(&db, "select id from organization").await {
        let page = get(&site, &format!("/en/organizations/{id}")).await;
        apps += page.all("tr.app").len();
        people += page.all("#people .statements > li").len();
        // A statement by an organization's people may be about another entity and then appears on both pages.
        let own: i64 = sqlx::query_scalar("select count(*) from statement where entity = $1")
            .bind(&id)
            .fetch_one(&db)
            .await
            .unwrap();
        let shown = page.all("#statements .statements > li").len();
        assert!(shown as i64 >= own, "{id}");
        statements += own as usize;
    }
    assert_eq!(apps, ids(&db, "select id from app").await.len());
    assert_eq!(people, ids(&db, "select id from person").await.len());
    assert_eq!(statements, ids(&db, "select id from statement").await.len());
}

/// Counts the rows of a list on all its pages and asserts that none is repeated.
async fn rows_of(site: &Router, list: &str, row: &str) -> usize {
    let (mut seen, mut next) = (Vec::new(), Some(list.to_owned()));
    while let Some(path) = next {
        let page = get(site, &path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let first = Selector::parse("h2 a, h3 a, th a").unwrap();
        let links = page
            .all(row)
            .into_iter()
            .map(|row| row.select(&first).next().unwrap().value().attr("href").unwrap().to_owned());
        seen.extend(links.collect::<Vec<_>>());
        next = page.all("a[rel=next]").first().and_then(|link| link.value().attr("href")).map(str::to_owned);
    }
    let distinct: BTreeSet<&String> = seen.iter().collect();
    assert_eq!(distinct.len(), seen.len(), "{list} repeats a row");
    seen.len()
}

/// Asserts that every facet value of a list leads to as many rows as its count says.
async fn counts_hold(site: &Router, start: &str, row: &str) {
    let page = get(site, start).await;
    assert_eq!(page.status, StatusCode::OK, "{start}");
    let count = Selector::parse(".count").unwrap();
    let mut checked = 0;
    for choice in page.all(".choices a") {
        let Some(number) = choice.select(&count).next() else { continue };
        let expected: usize = text(number).replace(',', "").parse().unwrap();
        let href = choice.value().attr("href").unwrap();
        assert_eq!(rows_of(site, href, row).await, expected, "{href}, linked from {start}");
        checked += 1;
    }
    assert!(checked > 5, "{start} has too few facet values");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_number_beside_a_choice_is_what_it_lists(db: PgPool) {
    let site = support::site(&db).await;
    for start in [
        "/en/programs?place=shanghai",
        "/en/programs?on=2025-06-30&instrument=grant",
        "/zh/programs?q=AI&status=announced",
    ] {
        counts_hold(&site, start, ".programs-list tbody tr").await;
    }
    for start in ["/en/subsidies", "/zh/subsidies?place=shanghai&kind=budgeted", "/en/subsidies?q=film"] {
        counts_hold(&site, start, "tr.subsidy").await;
    }
    for start in ["/en/organizations?kind=company&place=china", "/zh/organizations?q=maple"] {
        counts_hold(&site, start, "li.entry").await;
    }
    for start in ["/en/events?kind=policy", "/zh/events?place=shanghai&year=2025"] {
        counts_hold(&site, start, "ol.timeline > li").await;
    }
}

/// The text filter of a list matches words in any order and either language, in a row and in the names of related entities.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_text_filter_finds_words_wherever_they_stand(db: PgPool) {
    let site = support::site(&db).await;
    for (path, found) in [
        ("/en/programs?q=visa+pudong", "/en/programs/pudong-visa"),
        // The place is in another table than the name.
        ("/en/programs?q=the+visas+of+%E6%B5%A6%E4%B8%9C", "/en/programs/pudong-visa"),
        ("/en/organizations?q=reelsh", "/en/organizations/crazy-maple-studio"),
        ("/en/organizations?q=studio+crazy+reelshort", "/en/organizations/crazy-maple-studio"),
        ("/en/organizations?q=0772.HK", "/en/organizations/china-literature"),
        ("/en/subsidies?q=%E4%B8%8A%E6%B5%B7+pool", "/en/subsidies/sub-sh-guide-2024"),
        ("/en/sources?q=yicai", "/en/sources/yicai-2025-12-08"),
    ] {
        let listed = pages_of(&site, path, &found[..found.rfind('/').unwrap() + 1]).await;
        assert!(listed.contains(found), "{path} does not find {found}: {listed:?}");
    }
    for path in ["/en/programs?q=xyzzy", "/en/subsidies?q=%21%21", "/en/organizations?q=%E2%80%A6"] {
        assert!(get(&site, path).await.text(".result").starts_with("0 "), "{path}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_package_of_ten_says_what_of_it_is_known(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/programs/pudong-10-package").await;
    let measures = ids(&db, "select id from program where package_id = 'pudong-10-package'").await;
    assert_eq!(page.all("#measures tbody tr").len(), measures.len());
    assert!(page.text("#measures p").starts_with(&format!("{} measures", measures.len())));
    assert!(page.text(".caveat").contains("names only some"), "{}", page.text(".caveat"));
    for id in measures {
        assert!(page.links().contains(&format!("/en/programs/{id}")), "{id}");
        let measure = get(&site, &format!("/en/programs/{id}")).await;
        assert!(measure.links().contains("/en/programs/pudong-10-package"), "{id} does not link back");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_status_is_that_of_the_day_asked_about(db: PgPool) {
    let site = support::site(&db).await;
    for (day, status) in [("2025-12-04", "not yet announced"), ("2025-12-05", "announced")] {
        let page = get(&site, &format!("/en/programs/pudong-visa?on={day}")).await;
        assert_eq!(page.text(".program-facts .tag"), status, "{day}");
    }
    for (day, status) in [("2024-05-31", "not yet announced"), ("2024-06-25", "in force")] {
        let page = get(&site, &format!("/en/programs/sh-guide-fund?on={day}")).await;
        assert_eq!(page.text(".program-facts .tag"), status, "{day}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn programme_money_and_recipient_lead_to_each_other(db: PgPool) {
    let site = support::site(&db).await;
    let row: (String, String, String) = sqlx::query_as(
        "select id, program_id, recipient_org_id from subsidy where program_id is not null and recipient_org_id is not null limit 1",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    let pages = [
        format!("/en/subsidies/{}", row.0),
        format!("/en/programs/{}", row.1),
        format!("/en/organizations/{}", row.2),
    ];
    for from in &pages {
        let links = get(&site, from).await.links();
        for to in pages.iter().filter(|to| *to != from) {
            assert!(links.contains(to), "{from} does not link to {to}");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn programmes_and_places_stand_side_by_side(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/programs/compare?place=shanghai-pudong&place=henan&scope=any").await;
    assert_eq!(page.texts(".compare-table thead th")[1..], ["Pudong New Area", "Henan"]);
    let pudong = ids(
        &db,
        "select id from program p where jurisdiction = 'shanghai-pudong' and instrument <> 'regulation'
         and not exists (select from program m where m.package_id = p.id)",
    )
    .await;
    let links = page.links();
    for id in &pudong {
        assert!(links.contains(&format!("/en/programs/{id}")), "{id}");
    }
    assert_eq!(page.all("figure [role=img] svg").len() % 2, 0);

    let page = get(&site, "/zh/programs/compare?program=pudong-visa&program=sh-nine-visa").await;
    assert_eq!(page.all(".compare-table thead th").len(), 2);
    assert!(page.text(".compare-table").contains("签证"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn signed_is_not_presence(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/organizations?pudong=overseas-hq-signed").await;
    let signed = ids(&db, "select id from organization where pudong_status = 'overseas-hq-signed'").await;
    assert_eq!(page.all("li.entry").len(), signed.len());
    for id in signed {
        let page = get(&site, &format!("/en/organizations/{id}")).await;
        let status = page.text(".particulars dd");
        assert!(status.contains("5 Dec 2025") && status.contains("opened is not known"), "{status}");
    }
    let headquartered = get(&site, "/en/organizations?pudong=headquartered").await;
    assert!(!headquartered.text("ol.entries").contains("Crazy Maple"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_is_asked_wrongly_is_named(db: PgPool) {
    let site = support::site(&db).await;
    for (path, named) in [
        ("/en/programs?place=atlantis", "atlantis"),
        ("/en/programs?on=2025-13-01", "2025-13-01"),
        ("/en/programs?year=25", "25"),
        ("/zh/programs?offer=cash", "cash"),
        ("/en/programs?after=nothing", "nothing"),
        ("/en/programs/pudong-visa?q=x", "q"),
        ("/en/programs/compare?program=nothing", "nothing"),
        ("/en/programs/compare?program=pudong-visa&place=henan", "place"),
        ("/en/programs/compare?place=a&place=b&place=c&place=d&place=e&place=f&place=g", "6"),
        ("/en/programs/match?needs=luck", "luck"),
        ("/en/subsidies?currency=EUR", "EUR"),
        ("/en/subsidies?kind=promised", "promised"),
        ("/en/subsidies?in=KRW", "KRW"),
        ("/en/organizations?since=2025", "2025"),
        ("/en/organizations?pudong=maybe", "maybe"),
        ("/en/events?organization=nobody", "nobody"),
        ("/en/places?q=x", "q"),
        ("/en/search?sort=x", "sort"),
    ] {
        let page = get(&site, path).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(page.text(".dek").contains(named), "{path}: {}", page.text(".dek"));
    }
    for path in
        ["/en/programs/nothing", "/zh/subsidies/x", "/en/organizations/x", "/en/events/x", "/en/places/x"]
    {
        assert_eq!(send(&site, path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

/// Every page of a noun is reachable from the front page in three steps.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn everything_is_three_steps_from_the_front_page(db: PgPool) {
    let site = support::site(&db).await;
    let inside = |link: &String| link.starts_with("/en") && !link.contains('#') && is_page(link);
    let first: BTreeSet<String> = get(&site, "/en").await.links().into_iter().filter(inside).collect();
    let mut reached = first.clone();
    for path in &first {
        let second: BTreeSet<String> = get(&site, path).await.links().into_iter().filter(inside).collect();
        // The third step is needed only for long lists: their further pages, their places and their choices.
        let parts = ["after=", "?place=", "?year=", "/en/places/"];
        for next in second.iter().filter(|link| parts.iter().any(|part| link.contains(part))) {
            reached.extend(get(&site, next).await.links());
        }
        reached.extend(second);
    }
    // Sources are reached from the rows that cite them, and most places lie within others.
    for noun in Noun::all().filter(|noun| !matches!(noun, Noun::Sources | Noun::Places)) {
        let (noun, table) = (noun.word(), noun.table());
        for id in ids(&db, &format!("select id from {table}")).await {
            assert!(
                reached.contains(&format!("/en/{noun}/{id}")),
                "{noun}/{id} is too far from the front page"
            );
        }
    }
}

/// Random combinations of facet filters: each list has as many rows as the count of the value that led to it. Every run follows the
/// same paths.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn any_combination_of_choices_counts_right(db: PgPool) {
    let site = support::site(&db).await;
    let mut state: u64 = 20_251_205;
    let mut draw = |most: usize| {
        // Knuth's linear congruential generator (MMIX); its high bits are random enough.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    let count = Selector::parse(".count").unwrap();
    let number = |text: &str| -> usize {
        text.chars()
            .filter(|c| c.is_ascii_digit() || *c == ' ')
            .collect::<String>()
            .split(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap()
    };
    let (mut steps, mut combined) = (0, 0);
    for noun in Noun::all() {
        let row = match noun {
            Noun::Programs => ".programs-list tbody tr",
            Noun::Organizations => "li.entry",
            Noun::Subsidies => "tr.subsidy",
            Noun::Events => "ol.timeline > li",
            Noun::Indicators | Noun::Places | Noun::Sources => continue,
        };
        for _ in 0..12 {
            let mut path = format!("/en/{}", noun.word());
            for _ in 0..4 {
                let page = get(&site, &path).await;
                let choices: Vec<(String, usize)> = page
                    .all(".choices a")
                    .into_iter()
                    .filter_map(|choice| {
                        let said = number(&text(choice.select(&count).next()?));
                        Some((choice.value().attr("href").unwrap().to_owned(), said))
                    })
                    .collect();
                let (href, said) = choices[draw(choices.len())].clone();
                let chosen = get(&site, &href).await;
                let listed = number(&chosen.text(".result"));
                assert_eq!(listed, said, "{href}, linked from {path}");
                let shown = chosen.all(row).len();
                assert!(
                    shown == listed || shown == 60 && listed > 60,
                    "{href} says {listed} and shows {shown}"
                );
                combined += usize::from(href.matches('=').count() > 1);
                steps += 1;
                path = href;
            }
        }
    }
    assert_eq!(steps, 192);
    assert!(combined > 30, "only {combined} combinations of filters");
}
