//! Feeds and calendars, read by parsers that are not ours.

use axum::http::{StatusCode, header};
use http_body_util::BodyExt;
use icalendar::{Calendar, CalendarComponent, Component};
use sqlx::PgPool;

use super::send;
use crate::support;

async fn text_of(site: &axum::Router, path: &str, kind: &str) -> String {
    let response = send(site, path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    assert_eq!(response.headers()[header::CONTENT_TYPE], kind, "{path}");
    let body = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(body.to_vec()).unwrap()
}

const ATOM: &str = "application/atom+xml; charset=utf-8";
const ICAL: &str = "text/calendar; charset=utf-8";

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn events_are_a_feed_whose_entries_lead_to_pages(db: PgPool) {
    let site = support::site(&db).await;
    for locale in ["en", "zh"] {
        let text = text_of(&site, &format!("/{locale}/feed.atom"), ATOM).await;
        let feed: atom_syndication::Feed = text.parse().unwrap();
        assert_eq!(feed.entries.len(), 50);
        assert!(feed.entries.windows(2).all(|pair| pair[0].updated >= pair[1].updated), "latest first");
        let ids: std::collections::BTreeSet<_> = feed.entries.iter().map(|entry| &entry.id).collect();
        assert_eq!(ids.len(), 50, "no id twice");
        for entry in feed.entries.iter().take(5) {
            let link = entry.links.iter().find(|link| link.rel == "alternate").unwrap();
            let path = link.href.strip_prefix("http://observatory.test").unwrap();
            assert_eq!(send(&site, path).await.status(), StatusCode::OK, "{path}");
        }
        assert_eq!(text, text_of(&site, &format!("/{locale}/feed.atom"), ATOM).await, "the same bytes again");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_programme_and_an_organization_have_feeds_with_their_money(db: PgPool) {
    let site = support::site(&db).await;
    let text = text_of(&site, "/en/programs/sh-guide-fund/feed.atom", ATOM).await;
    let feed: atom_syndication::Feed = text.parse().unwrap();
    let money: i64 = sqlx::query_scalar("select count(*) from subsidy where program_id = 'sh-guide-fund'")
        .fetch_one(&db)
        .await
        .unwrap();
    let events: i64 =
        sqlx::query_scalar("select count(*) from event_program where program_id = 'sh-guide-fund'")
            .fetch_one(&db)
            .await
            .unwrap();
    assert_eq!(feed.entries.len() as i64, money + events);
    text_of(&site, "/zh/organizations/crazy-maple-studio/feed.atom", ATOM).await;
    for path in ["/en/programs/nothing/feed.atom", "/en/organizations/nothing/feed.atom", "/fr/feed.atom"] {
        assert_eq!(send(&site, path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn dates_of_programmes_are_a_calendar(db: PgPool) {
    let site = support::site(&db).await;
    let dates: i64 = sqlx::query_scalar(
        "select count(announced_on) + count(effective_from) + count(effective_to) from program",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    let text = text_of(&site, "/en/programs/dates.ics", ICAL).await;
    let calendar: Calendar = text.parse().unwrap();
    assert_eq!(calendar.components.len() as i64, dates);
    let text = text_of(&site, "/zh/programs/macau-filming-2026/dates.ics", ICAL).await;
    assert!(text.lines().all(|line| line.len() <= 75), "lines are folded");
    let calendar: Calendar = text.parse().unwrap();
    let last = calendar
        .components
        .iter()
        .find_map(|component| match component {
            CalendarComponent::Event(event) if event.get_uid().is_some_and(|uid| uid.contains("-ends@")) => {
                Some(event)
            }
            _ => None,
        })
        .unwrap();
    assert_eq!(last.property_value("DTSTART"), Some("20261127"));
    assert_eq!(last.property_value("DTEND"), Some("20261128"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn crawlers_are_led_to_every_page(db: PgPool) {
    const XML: &str = "application/xml; charset=utf-8";
    let site = support::site(&db).await;
    let robots = text_of(&site, "/robots.txt", "text/plain; charset=utf-8").await;
    assert!(robots.contains("Sitemap: http://observatory.test/sitemap.xml"));
    let paths = |text: &str| -> Vec<String> {
        let addresses = text.split("<loc>http://observatory.test").skip(1);
        addresses.map(|rest| rest.split_once("</loc>").unwrap().0.to_owned()).collect()
    };
    let mut listed = Vec::new();
    for part in paths(&text_of(&site, "/sitemap.xml", XML).await) {
        let text = text_of(&site, &part, XML).await;
        let of_part = paths(&text);
        assert!(!of_part.is_empty(), "{part}");
        // One of each kind in each language, and each names both.
        for path in of_part.iter().take(2) {
            assert_eq!(send(&site, path).await.status(), StatusCode::OK, "{path}");
            assert_eq!(text.matches(&format!("href=\"http://observatory.test{path}\"")).count(), 2, "{path}");
        }
        listed.extend(of_part);
    }
    let things: i64 = sqlx::query_scalar(
        "select (select count(*) from indicator) + (select count(*) from program) + (select count(*) from subsidy)
              + (select count(*) from organization) + (select count(*) from event) + (select count(*) from source)
              + (select count(*) from entity where kind in ('region', 'country', 'province', 'city', 'district'))",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    let single =
        listed.iter().filter(|path| path.split('/').count() <= 3 || path.ends_with("/compare")).count();
    assert_eq!((listed.len() - single) as i64, 2 * things);
    assert_eq!(listed.len(), listed.iter().collect::<std::collections::BTreeSet<_>>().len(), "none twice");
    for path in [
        "/sitemap/programs/2.xml",
        "/sitemap/programs/0.xml",
        "/sitemap/nothing/1.xml",
        "/sitemap/overview/2.xml",
    ] {
        assert_eq!(send(&site, path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
