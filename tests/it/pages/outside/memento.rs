//! Memento (RFC 7089): clients that ask for an address as it was.

use axum::http::{HeaderMap, StatusCode};
use sqlx::PgPool;

use super::{STRANGER, ask, body, word};
use crate::{
    pages::{download::publish, send},
    support::{self, data::Folder},
};

/// Three revisions, published on three days. The second adds an event, the third removes it.
async fn three_revisions(db: &PgPool) {
    let folder = Folder::small();
    publish(db, &folder).await;
    folder.append("events.csv", "later,2025-12-06,Later,随后,opening,shanghai-pudong,,,,,paper-2025,,\n");
    publish(db, &folder).await;
    folder.replace(
        "events.csv",
        "later,2025-12-06,Later,随后,opening,shanghai-pudong,,,,,paper-2025,,\n",
        "",
    );
    publish(db, &folder).await;
    sqlx::raw_sql(
        "set local session_replication_role = replica; \
         update revision set published_at = timestamptz '2026-01-01 12:00:00+00' + number * interval '1 day'",
    )
    .execute(db)
    .await
    .unwrap();
}

fn all(headers: &HeaderMap, name: &str) -> String {
    let values = headers.get_all(name).iter().map(|value| value.to_str().unwrap());
    values.collect::<Vec<_>>().join(", ")
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_moment_leads_to_the_revision_that_was_the_newest_then(db: PgPool) {
    three_revisions(&db).await;
    let site = support::empty_site(&db).await;
    for (moment, revision) in [
        ("Mon, 01 Jan 2001 00:00:00 GMT", 1),
        ("Fri, 02 Jan 2026 12:00:00 GMT", 1),
        ("Sat, 03 Jan 2026 11:59:59 GMT", 1),
        ("Sat, 03 Jan 2026 12:00:00 GMT", 2),
        ("Tue, 01 Jan 2036 00:00:00 GMT", 3),
    ] {
        for (path, joint) in [
            ("/en/events", '?'),
            ("/zh/events?kind=opening", '&'),
            ("/en/events/data.csv", '?'),
            ("/api/v1/events?limit=2", '&'),
            ("/embed/en/indicators/market", '?'),
        ] {
            let answer = ask(&site, "GET", path, &[("accept-datetime", moment)], STRANGER).await;
            assert_eq!(answer.status(), StatusCode::FOUND, "{path} on {moment}");
            assert_eq!(
                word(answer.headers(), "location"),
                format!("{path}{joint}as_of={revision}"),
                "{moment}"
            );
            assert!(word(answer.headers(), "vary").contains("accept-datetime"), "{path}");
            assert!(all(answer.headers(), "link").contains("rel=\"original timegate\""), "{path}");
        }
    }
    // A memento, and what has no states, is served as it is.
    let moment = [("accept-datetime", "Fri, 02 Jan 2026 12:00:00 GMT")];
    for path in ["/en/events?as_of=2", "/robots.txt", "/healthz", "/timemap/link/en/events"] {
        assert_eq!(ask(&site, "GET", path, &moment, STRANGER).await.status(), StatusCode::OK, "{path}");
    }
    for wrong in ["yesterday", "2026-01-02", "Fri, 32 Jan 2026 12:00:00 GMT", "\u{e4}"] {
        let answer = ask(&site, "GET", "/api/v1/events", &[("accept-datetime", wrong)], STRANGER).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{wrong}");
        assert!(body(answer).await.contains("Accept-Datetime"), "{wrong}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_pinned_address_says_of_which_moment_it_is(db: PgPool) {
    three_revisions(&db).await;
    let site = support::empty_site(&db).await;
    for path in ["/en/events", "/en/events/data.json", "/api/v1/events", "/zh/indicators/market/data.xlsx"] {
        let memento = send(&site, &format!("{path}?as_of=2")).await;
        assert_eq!(word(memento.headers(), "memento-datetime"), "Sat, 03 Jan 2026 12:00:00 GMT", "{path}");
        let by_day = send(&site, &format!("{path}?as_of=2026-01-03")).await;
        assert_eq!(word(by_day.headers(), "memento-datetime"), "Sat, 03 Jan 2026 12:00:00 GMT", "{path}");
        let live = send(&site, path).await;
        assert!(live.headers().get("memento-datetime").is_none(), "{path}");
        for answer in [memento, live] {
            let links = all(answer.headers(), "link");
            assert!(links.contains(&format!("{path}>; rel=\"original timegate\"")), "{path}: {links}");
            assert!(links.contains(&format!("/timemap/link{path}>; rel=\"timemap\"")), "{path}: {links}");
        }
    }
    let missing = send(&site, "/en/events/nothing?as_of=2").await;
    assert!(missing.headers().get("memento-datetime").is_none());
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_time_map_lists_the_revisions_in_which_the_page_existed(db: PgPool) {
    three_revisions(&db).await;
    let site = support::empty_site(&db).await;
    let listed = async |path: &str| -> Vec<String> {
        let answer = send(&site, &format!("/timemap/link{path}")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(word(answer.headers(), "content-type"), "application/link-format");
        let text = body(answer).await;
        let mementos = text.lines().filter(|line| line.contains("memento\""));
        mementos.map(|line| line.split_once('<').unwrap().1.split_once('>').unwrap().0.to_owned()).collect()
    };
    let mementos = listed("/en/events?kind=opening").await;
    assert_eq!(mementos.len(), 3);
    for address in mementos {
        let path = address.split_once("observatory.test").unwrap().1;
        assert_eq!(send(&site, path).await.status(), StatusCode::OK, "{path}");
    }
    for path in [
        "/en/events/opening",
        "/en/programs/compare",
        "/zh/map",
        "/api/v1/observations",
        "/en/events/opening/data.csv",
    ] {
        assert_eq!(listed(path).await.len(), 3, "{path}");
    }
    let of_later = listed("/en/events/later").await;
    assert_eq!(of_later.len(), 1, "{of_later:?}");
    assert!(of_later[0].ends_with("/en/events/later?as_of=2"), "{of_later:?}");
    for path in ["/en/events/nothing", "/robots.txt", "/nowhere"] {
        assert_eq!(
            send(&site, &format!("/timemap/link{path}")).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}
