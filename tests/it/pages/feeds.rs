//! Tests of feeds and calendars, read by independent parsers.

use axum::http::{StatusCode, header};
use http_body_util::BodyExt;
use icalendar::{Calendar, CalendarComponent, Component};
use sqlx::PgPool;

use super::{download::publish, send};
use crate::support::{self, data::Folder};

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
    let measures: i64 =
        sqlx::query_scalar("select count(*) from program where 'sh-guide-fund' in (id, package_id)")
            .fetch_one(&db)
            .await
            .unwrap();
    assert_eq!(feed.entries.len() as i64, money + events + measures);
    text_of(&site, "/zh/organizations/crazy-maple-studio/feed.atom", ATOM).await;
    for path in ["/en/programs/nothing/feed.atom", "/en/organizations/nothing/feed.atom", "/fr/feed.atom"] {
        assert_eq!(send(&site, path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

/// Returns id without its beginning, first publication, update and text of every entry, in the order of the feed.
fn entries(feed: &atom_syndication::Feed) -> Vec<(&str, String, String, &str)> {
    let times_of = |entry: &'_ atom_syndication::Entry| {
        (entry.published.unwrap().to_rfc3339(), entry.updated.to_rfc3339())
    };
    let entries = feed.entries.iter().map(|entry| {
        let (first, last) = times_of(entry);
        let text = entry.content.as_ref().and_then(|content| content.value());
        (entry.id.split_once('/').unwrap().1, first, last, text.unwrap())
    });
    entries.collect()
}

/// Publication times of all revisions, as feeds write them.
async fn times(db: &PgPool) -> Vec<String> {
    let times: Vec<chrono::DateTime<chrono::Utc>> =
        sqlx::query_scalar("select published_at from revision order by number").fetch_all(db).await.unwrap();
    let written = |time: &chrono::DateTime<chrono::Utc>| {
        time.fixed_offset().to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false)
    };
    times.iter().map(written).collect()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn corrections_and_late_additions_come_to_the_top_of_feeds(db: PgPool) {
    const FEEDS: [&str; 3] =
        ["/en/feed.atom", "/en/programs/package/feed.atom", "/en/organizations/studio/feed.atom"];
    let folder = Folder::small();
    folder.append(
        "events.csv",
        "signing,2025-11-02,Signed,签约,agreement,shanghai-pudong,studio,package,,,paper-2025,,\n\
         report,2025-12-20,Reported,报告,report,china,studio,package,,,paper-2025,,\n",
    );
    publish(&db, &folder).await;
    let site = support::empty_site(&db).await;
    let mut before = Vec::new();
    for path in FEEDS {
        let feed: atom_syndication::Feed = text_of(&site, path, ATOM).await.parse().unwrap();
        let ids: Vec<String> = entries(&feed).iter().map(|entry| entry.0.to_owned()).collect();
        let events = ids.iter().filter_map(|id| id.strip_prefix("events/")).collect::<Vec<_>>();
        assert_eq!(events, ["report", "opening", "signing"], "{path}: by date, all published together");
        before.push(feed);
    }

    folder.replace("events.csv", "Signed,签约", "Signed at last,终于签约");
    folder.append(
        "events.csv",
        "founding,2019-03,Founded,成立,opening,shanghai-pudong,studio,package,,,paper-2025,,\n",
    );
    folder.replace("subsidies.csv", "500000,600000", "550000,600000");
    publish(&db, &folder).await;
    let site = support::empty_site(&db).await;
    let times = times(&db).await;
    for (path, before) in FEEDS.iter().zip(&before) {
        let feed: atom_syndication::Feed = text_of(&site, path, ATOM).await.parse().unwrap();
        let listed = entries(&feed);
        let changed: Vec<&str> =
            listed.iter().filter(|entry| entry.2 == times[1]).map(|entry| entry.0).collect();
        let expected: &[&str] = match path.contains("organizations") {
            true => &["events/signing/r2", "subsidies/grant-2025/r2", "events/founding"],
            false => &["events/signing/r2", "events/founding"],
        };
        assert_eq!(changed, expected, "{path}");
        assert!(listed.iter().take(expected.len()).all(|entry| expected.contains(&entry.0)), "{path}");
        assert!(listed.iter().skip(expected.len()).all(|entry| entry.2 == times[0]), "{path}");
        assert_eq!(feed.updated.to_rfc3339(), times[1], "{path}");
        assert_eq!(before.updated.to_rfc3339(), times[0], "{path}");
        for (id, first, _, text) in &listed {
            let is_new = expected.contains(id);
            assert_eq!(*first, times[usize::from(is_new)], "{path} {id}");
            let known = before.entries.iter().any(|entry| entry.id.ends_with(&format!("/{id}")));
            assert_eq!(known, !is_new, "{path}: ids are stable");
            match *id {
                "events/founding" => assert!(text.contains("Mar 2019"), "{text}"),
                "events/signing/r2" => {
                    let from_to = "Title: Signed → Signed at last. Revision 2: A correction. Source: Paper, 8 Dec 2025.";
                    assert_eq!(*text, from_to);
                }
                "subsidies/grant-2025/r2" => {
                    let from_to = "Amount: CNY 500,000 to CNY 600,000 → CNY 550,000 to CNY 600,000.";
                    assert!(text.starts_with(from_to), "{text}");
                }
                _ => {}
            }
        }
        // An older revision has the older feed, for ever.
        let frozen: atom_syndication::Feed =
            text_of(&site, &format!("{path}?as_of=1"), ATOM).await.parse().unwrap();
        assert_eq!(entries(&frozen), entries(before), "{path}");
    }
}

/// A row that was withdrawn and added again is new to readers; a revision that does not change a row does not change its entry.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn an_event_that_returns_comes_to_the_top_of_feeds(db: PgPool) {
    const REPORT: &str = "report,2025-12-20,Reported,报告,report,china,studio,package,,,paper-2025,,\n";
    let folder = Folder::small();
    folder.append("events.csv", REPORT);
    publish(&db, &folder).await;
    folder.replace("events.csv", REPORT, "");
    publish(&db, &folder).await;
    folder.append(
        "events.csv",
        &format!(
            "{REPORT}signing,2025-11-02,Signed,签约,agreement,shanghai-pudong,studio,package,,,paper-2025,,\n"
        ),
    );
    publish(&db, &folder).await;
    let times = times(&db).await;
    let site = support::empty_site(&db).await;
    let feed: atom_syndication::Feed = text_of(&site, "/zh/feed.atom", ATOM).await.parse().unwrap();
    let listed = entries(&feed);
    let ids: Vec<&str> = listed.iter().map(|entry| entry.0).collect();
    assert_eq!(ids, ["events/report", "events/signing", "events/report/r2", "events/opening"]);
    assert_eq!((&listed[0].1, &listed[0].2), (&times[0], &times[2]), "first published, back");
    assert_eq!((&listed[2].1, &listed[2].2), (&times[1], &times[1]), "withdrawn");
    assert_eq!((&listed[3].1, &listed[3].2), (&times[0], &times[0]), "untouched by later revisions");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn dates_of_programmes_are_a_calendar(db: PgPool) {
    let site = support::site(&db).await;
    let dates: i64 = sqlx::query_scalar(
        "select count(announced_on) + count(effective_from) + count(effective_to) + count(applications_open) \
         + count(applications_close) from program",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    let text = text_of(&site, "/en/programs/dates.ics", ICAL).await;
    let calendar: Calendar = text.parse().unwrap();
    assert_eq!(calendar.components.len() as i64, dates);
    let text = text_of(&site, "/zh/programs/macau-filming-2026/dates.ics", ICAL).await;
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "lines are folded");
    assert!(!text.replace("\r\n", "").contains('\n'), "lines end with CRLF");
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
    assert_eq!(last.property_value("TRANSP"), Some("TRANSPARENT"));
    assert_eq!(calendar.property_value("REFRESH-INTERVAL"), Some("P1D"));
    assert_eq!(calendar.property_value("X-WR-CALNAME"), calendar.property_value("NAME"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn an_entry_of_a_calendar_says_that_it_was_changed(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    folder.replace("programs.csv", "Measure,措施", "\"Measure; renamed, twice\",措施");
    publish(&db, &folder).await;
    let site = support::empty_site(&db).await;
    let times: Vec<chrono::DateTime<chrono::Utc>> =
        sqlx::query_scalar("select published_at from revision order by number").fetch_all(&db).await.unwrap();
    let stamp = |at: usize| times[at].format("%Y%m%dT%H%M%SZ").to_string();
    let (mut seen, mut uids) = (0, Vec::new());
    for (path, revision) in [
        ("/en/programs/dates.ics?as_of=1", 0),
        ("/en/programs/dates.ics", 1),
        ("/zh/programs/measure/dates.ics", 1),
    ] {
        let text = text_of(&site, path, ICAL).await;
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let calendar: Calendar = text.parse().unwrap();
        for component in &calendar.components {
            let CalendarComponent::Event(event) = component else { panic!("{component:?}") };
            let uid = event.get_uid().unwrap();
            let of = if uid.starts_with("measure-") { revision } else { 0 };
            assert_eq!(event.property_value("SEQUENCE"), Some(of.to_string().as_str()), "{path} {uid}");
            assert_eq!(event.property_value("LAST-MODIFIED"), Some(stamp(of).as_str()), "{path} {uid}");
            assert_eq!(event.property_value("DTSTAMP"), Some(stamp(of).as_str()), "{path} {uid}");
            assert_eq!(event.property_value("TRANSP"), Some("TRANSPARENT"), "{path} {uid}");
            if path.starts_with("/en") && of == 1 {
                assert!(event.get_summary().unwrap().ends_with(": Measure; renamed, twice"), "{event:?}");
            }
            uids.push((revision, path, uid.to_owned()));
            seen += 1;
        }
    }
    assert!(seen >= 10, "{uids:?}");
    let of = |path: &str| -> Vec<&str> {
        uids.iter().filter(|(_, own, _)| *own == path).map(|(_, _, uid)| uid.as_str()).collect()
    };
    assert_eq!(of("/en/programs/dates.ics?as_of=1"), of("/en/programs/dates.ics"), "ids stay");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_calendar_has_the_filters_of_the_list_and_reminders_on_request(db: PgPool) {
    publish(&db, &Folder::small()).await;
    let site = support::empty_site(&db).await;
    let uids = async |path: &str| -> Vec<String> {
        let calendar: Calendar = text_of(&site, path, ICAL).await.parse().unwrap();
        let uid = |component: &CalendarComponent| component.as_event()?.get_uid().map(str::to_owned);
        calendar.components.iter().filter_map(uid).collect()
    };
    let of = |names: &[&str]| {
        names.iter().map(|name| format!("{name}@micro-drama-observatory")).collect::<Vec<_>>()
    };
    let measure = ["announced", "begins", "ends", "applications-open", "applications-close"];
    let measure = of(&measure.map(|what| format!("measure-{what}")).each_ref().map(String::as_str));
    assert_eq!(uids("/en/programs/dates.ics?instrument=grant&sort=closing").await, measure);
    assert_eq!(uids("/en/programs/dates.ics?instrument=other").await, of(&["package-announced"]));
    assert!(uids("/en/programs/dates.ics?instrument=visa").await.is_empty());
    let plain = text_of(&site, "/en/programs/measure/dates.ics", ICAL).await;
    assert!(!plain.contains("VALARM"), "{plain}");
    for path in ["/en/programs/measure/dates.ics?alarm=7", "/zh/programs/dates.ics?instrument=grant&alarm=7"]
    {
        let text = text_of(&site, path, ICAL).await;
        assert_eq!(text.matches("BEGIN:VALARM\r\n").count(), 4, "all but the announcement: {text}");
        assert_eq!(text.matches("TRIGGER:-P7D\r\n").count(), 4, "{text}");
        assert_eq!(text.matches("ACTION:DISPLAY\r\n").count(), 4, "{text}");
    }
    for wrong in ["alarm=0", "alarm=61", "alarm=x", "x=1", "instrument=x"] {
        let path = format!("/en/programs/dates.ics?{wrong}");
        assert_eq!(send(&site, &path).await.status(), StatusCode::BAD_REQUEST, "{wrong}");
    }
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
        // One of each kind in each language, and each names both languages.
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
    let is_single = |path: &&String| {
        path.split('/').count() <= 3 || path.ends_with("/compare") || path.ends_with("/organizations/screen")
    };
    let single = listed.iter().filter(is_single).count();
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
