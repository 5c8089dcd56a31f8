//! Tests of the feeds of pages: every list, row and filter has one, in both forms, with each change as one entry.

use atom_syndication::{Entry, Feed};
use axum::{Router, http::StatusCode};
use observatory::domain::registry::Noun;
use serde_json::Value;
use sqlx::PgPool;

use super::{
    download::{ok, publish},
    get, send,
};
use crate::support::{self, data::Folder};

async fn feed(site: &Router, path: &str) -> Feed {
    String::from_utf8(ok(site, path).await).unwrap().parse().unwrap()
}

/// Ids without their beginning, in the order of the feed.
fn ids(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|entry| entry.id.split_once(":en/").unwrap().1).collect()
}

fn entry<'a>(feed: &'a Feed, id: &str) -> &'a Entry {
    let found = feed.entries.iter().find(|entry| entry.id.ends_with(&format!("/{id}")));
    found.unwrap_or_else(|| panic!("no {id} in {:?}", ids(feed)))
}

/// Two revisions: the second adds a measure, corrects a figure, and withdraws an event of Shanghai.
async fn two_revisions(db: &PgPool) -> Router {
    const FAIR: &str = "fair,2025-10-01,Fair,展会,summit,shanghai,,,,,paper-2025,,\n";
    let folder = Folder::small();
    folder.append("events.csv", FAIR);
    publish(db, &folder).await;
    folder.replace("events.csv", FAIR, "");
    folder.replace("observations.csv", "50500000000,,estimate", "51000000000,,exact");
    folder.append(
        "programs.csv",
        "second,package,shanghai-pudong,district,,Second,第二项,translation,,,visa,,,,,,,,,2024-03-01,,,announced,notice-2025,,,,,,,general,,,,\n",
    );
    publish(db, &folder).await;
    support::empty_site(db).await
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_list_and_row_has_a_feed_in_both_forms(db: PgPool) {
    let site = support::site(&db).await;
    let mut pages: Vec<String> =
        ["", "/changes", "/data/revisions", "/deals", "/organizations/screen"].map(str::to_owned).to_vec();
    for noun in Noun::all().map(Noun::word) {
        let row: Value =
            serde_json::from_slice(&ok(&site, &format!("/api/v1/{noun}?limit=1")).await).unwrap();
        pages.push(format!("/{noun}"));
        pages.push(format!("/{noun}/{}", row["data"][0]["id"].as_str().unwrap()));
    }
    for locale in ["en", "zh"] {
        for page in &pages {
            let path = format!("/{locale}{page}/feed");
            let atom = feed(&site, &format!("{path}.atom")).await;
            let response = send(&site, &format!("{path}.json")).await;
            assert_eq!(response.headers()["content-type"], "application/feed+json; charset=utf-8", "{path}");
            let json: Value = serde_json::from_slice(&ok(&site, &format!("{path}.json")).await).unwrap();
            assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
            assert_eq!(json["feed_url"], format!("http://observatory.test{path}.json"));
            assert_eq!(atom.links[0].href, format!("http://observatory.test{path}.atom"));
            assert_eq!(json["title"], atom.title.value, "{path}");
            let home = atom.links[1].href.strip_prefix("http://observatory.test").unwrap();
            if *page != "/changes" && *page != "/data/revisions" {
                assert_eq!(send(&site, home).await.status(), StatusCode::OK, "{path} {home}");
            }
            let items = json["items"].as_array().unwrap();
            assert_eq!(items.len(), atom.entries.len(), "{path}");
            // The first revision changed nothing.
            assert_eq!(items.is_empty(), *page == "/changes", "{path}");
            for (item, entry) in items.iter().zip(&atom.entries) {
                assert_eq!(item["id"], entry.id, "{path}");
                assert!(!item["title"].as_str().unwrap().is_empty(), "{path}: {item}");
                assert!(item["_observatory"]["revision"].as_i64() == Some(1), "{path}: {item}");
            }
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn each_change_is_one_entry_of_the_feeds_that_follow_it(db: PgPool) {
    let site = two_revisions(&db).await;
    let figure = "observations/market~china~2024-01-01~2024-12-31~paper-2025/r2";
    let changes = feed(&site, "/en/changes/feed.atom").await;
    assert_eq!(ids(&changes), ["events/fair/r2", figure, "programs/second"], "by day");
    let corrected = entry(&changes, figure);
    assert_eq!(corrected.title.value, "Corrected: Market, China, 2024, Bureau");
    assert_eq!(
        corrected.content.as_ref().unwrap().value().unwrap(),
        "Figure: CNY 50.5 billion (estimate) → CNY 51 billion. Revision 2: A correction. Source: Paper, 8 Dec 2025."
    );
    assert_eq!(corrected.links[0].href, "http://observatory.test/en/indicators/market");
    assert_eq!(corrected.links[1].href, "https://paper.example/1");
    assert_eq!(entry(&changes, "events/fair/r2").title.value, "Withdrawn: Fair");
    assert_eq!(ids(&feed(&site, "/en/changes/feed.atom?kind=corrected").await), [figure]);
    assert_eq!(ids(&feed(&site, "/en/changes/feed.atom?kind=added").await), ["programs/second"]);
    assert_eq!(
        ids(&feed(&site, "/en/changes/feed.atom?place=shanghai&kind=withdrawn").await),
        ["events/fair/r2"]
    );
    // What is old in the world but new here is at the top.
    assert_eq!(ids(&feed(&site, "/en/programs/feed.atom").await)[0], "programs/second");
    assert_eq!(ids(&feed(&site, "/en/programs/package/feed.atom").await)[0], "programs/second");
    assert_eq!(ids(&feed(&site, "/en/indicators/market/feed.atom").await)[0], figure);
    let place = feed(&site, "/en/places/shanghai/feed.atom").await;
    assert_eq!(ids(&place)[..2], ["events/fair/r2", "programs/second"]);
    assert_eq!(ids(&feed(&site, "/en/events/feed.atom").await), ["events/fair/r2", "events/opening"]);
    // As it was, for ever; and by a day on which the notice was not published.
    assert!(ids(&feed(&site, "/en/changes/feed.atom?as_of=1").await).is_empty());
    assert_eq!(ids(&feed(&site, "/en/events/feed.atom?as_of=1").await), ["events/opening", "events/fair"]);
    let known = feed(&site, "/en/programs/feed.atom?known_on=2025-12-10").await;
    assert!(ids(&known).is_empty(), "{:?}", ids(&known));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_list_is_followed_with_its_filters(db: PgPool) {
    let site = two_revisions(&db).await;
    let visas = feed(&site, "/en/programs/feed.atom?sort=closing&instrument=visa").await;
    assert_eq!(ids(&visas), ["programs/second"]);
    assert_eq!(visas.title.value, "Micro-Drama Observatory: Programmes (instrument: Visa)");
    assert_eq!(visas.links[0].href, "http://observatory.test/en/programs/feed.atom?instrument=visa");
    assert_eq!(visas.links[1].href, "http://observatory.test/en/programs?instrument=visa");
    // It was in the list until it was withdrawn.
    let summits = feed(&site, "/en/events/feed.atom?kind=summit").await;
    assert_eq!(ids(&summits), ["events/fair/r2"]);
    let figures = feed(&site, "/en/indicators/market/feed.atom?entity=china&producer=echo").await;
    assert_eq!(ids(&figures), ["observations/market~china~2025-01-01~2025-12-31~notice-2025"]);
    let title = &figures.entries[0].title.value;
    assert_eq!(title, "Market, China, 2025, Echo: CNY 60 billion to CNY 70 billion");
    for (path, status) in [
        ("/en/programs/feed.atom?instrument=x", StatusCode::BAD_REQUEST),
        ("/en/programs/feed.json?x=1", StatusCode::BAD_REQUEST),
        ("/en/programs/feed.atom?place=atlantis", StatusCode::NOT_FOUND),
        ("/en/places/studio/feed.atom", StatusCode::NOT_FOUND),
        ("/en/indicators/nothing/feed.json", StatusCode::NOT_FOUND),
        ("/en/explore/feed.atom", StatusCode::NOT_FOUND),
        ("/en/programs/compare/feed.atom", StatusCode::NOT_FOUND),
        ("/en/changes/feed.atom?since=9", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(send(&site, path).await.status(), status, "{path}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn pages_lead_to_their_feeds(db: PgPool) {
    let site = two_revisions(&db).await;
    for (page, feed) in [
        ("/en/programs?instrument=visa&sort=closing", "/en/programs/feed.atom?instrument=visa"),
        ("/zh/programs/package", "/zh/programs/package/feed.atom"),
        ("/en/programs/package?on=2026-01-01", "/en/programs/package/feed.atom"),
        ("/en/subsidies?kind=disclosed&as_of=1", "/en/subsidies/feed.atom?kind=disclosed"),
        ("/en/subsidies/grant-2025", "/en/subsidies/grant-2025/feed.atom"),
        ("/en/organizations", "/en/organizations/feed.atom"),
        ("/en/organizations/studio", "/en/organizations/studio/feed.atom"),
        ("/en/organizations/screen", "/en/organizations/screen/feed.atom"),
        ("/en/events?kind=opening", "/en/events/feed.atom?kind=opening"),
        ("/zh/events/opening", "/zh/events/opening/feed.atom"),
        ("/en/deals", "/en/deals/feed.atom"),
        ("/en/places", "/en/places/feed.atom"),
        ("/en/places/shanghai-pudong", "/en/places/shanghai-pudong/feed.atom"),
        ("/en/sources", "/en/sources/feed.atom"),
        ("/en/sources/paper-2025", "/en/sources/paper-2025/feed.atom"),
        ("/en/indicators?topic=revenue", "/en/indicators/feed.atom?topic=revenue"),
        ("/zh/indicators/market?producer=echo", "/zh/indicators/market/feed.atom?producer=echo"),
    ] {
        let document = get(&site, page).await;
        let json = feed.replace("feed.atom", "feed.json");
        for (kind, feed) in [("application/atom+xml", feed), ("application/feed+json", &json)] {
            let links = document.all(&format!("head > link[rel=alternate][type='{kind}']"));
            let links: Vec<&str> = links.iter().filter_map(|link| link.value().attr("href")).collect();
            assert_eq!(links, [feed], "{page}");
            let visible = document.all("main a[href]");
            assert!(visible.iter().any(|link| link.value().attr("href") == Some(feed)), "{page}: {feed}");
            assert_eq!(send(&site, feed).await.status(), StatusCode::OK, "{page}: {feed}");
        }
    }
    let download = get(&site, "/en/programs/download?instrument=visa&sort=closing").await;
    let links: Vec<&str> =
        download.all("#follow a").into_iter().filter_map(|link| link.value().attr("href")).collect();
    assert_eq!(links, ["/en/programs/feed.atom?instrument=visa", "/en/programs/feed.json?instrument=visa"]);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn revisions_are_a_feed(db: PgPool) {
    let site = two_revisions(&db).await;
    let revisions = feed(&site, "/en/data/revisions/feed.atom").await;
    assert_eq!(ids(&revisions), ["data/revisions/2", "data/revisions/1"]);
    let newest = &revisions.entries[0];
    let text = newest.content.as_ref().unwrap().value().unwrap();
    assert_eq!(text, "A correction. Rows added: 1, corrected: 1, withdrawn: 1.");
    assert_eq!(newest.links[0].href, "http://observatory.test/en/data/revisions/2");
}
