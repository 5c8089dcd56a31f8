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
