//! `known_on`: pages, files, feeds and clients show what sources had published by a day.

use std::collections::BTreeSet;

use axum::{
    Router,
    http::{StatusCode, header},
};
use serde_json::Value;
use sqlx::PgPool;

use super::{
    download::{ok, publish},
    get, json, send,
};
use crate::support::{self, data::Folder};

/// Keys of the observations that the API gives, on all its pages together.
async fn of_api(site: &Router, query: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut next = Some(format!("/api/v1/observations?limit=1000&{query}"));
    let mut total = 0;
    while let Some(address) = next {
        let (status, answer) = json(site, &address).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        for row in answer["data"].as_array().unwrap() {
            let cell = |name: &str| row[name].as_str().unwrap().to_owned();
            let parts = ["indicator_id", "entity_id", "period_start", "period_end", "source_id"].map(cell);
            keys.insert(parts.join("~"));
        }
        total = answer["meta"]["total"].as_u64().unwrap() as usize;
        next = answer["meta"]["next"]
            .as_str()
            .map(|next| next.split_once("observatory.test").unwrap().1.to_owned());
    }
    assert_eq!(keys.len(), total, "{query}");
    keys
}

/// Keys of the observations in a file, from the columns that hold their parts.
async fn of_file(site: &Router, address: &str, columns: [&str; 5]) -> BTreeSet<String> {
    let body = ok(site, address).await;
    let mut reader = csv::Reader::from_reader(body.as_slice());
    let header = reader.headers().unwrap().clone();
    let parts = columns.map(|name| header.iter().position(|column| column == name).unwrap());
    let rows = reader.records().map(|record| record.unwrap());
    rows.map(|row| parts.map(|at| row[at].to_owned()).join("~")).collect()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn files_and_clients_get_the_same_figures(db: PgPool) {
    let site = support::site(&db).await;
    let mut before = BTreeSet::new();
    for day in ["2023-06-01", "2024-12-31", "2025-12-05", "2026-06-30"] {
        let known: Vec<String> = sqlx::query_scalar(
            "select concat_ws('~', indicator_id, entity, period_start, period_end, source_id) \
             from observation o join source s on s.id = o.source_id where last_day(s.published_on) <= $1::text::date",
        )
        .bind(day)
        .fetch_all(&db)
        .await
        .unwrap();
        let known: BTreeSet<String> = known.into_iter().collect();
        assert!(known.is_superset(&before) && known.len() > before.len(), "{day}");
        assert_eq!(of_api(&site, &format!("known_on={day}")).await, known, "{day}");
        let columns = ["Indicator id", "Entity id", "Period from", "Period to", "Source id"];
        let whole = format!("/en/data/figures.csv?bom=0&known_on={day}");
        assert_eq!(of_file(&site, &whole, columns).await, known, "{day}");
        let sdmx =
            ok(&site, &format!("/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0?asOf={day}&format=csv")).await;
        assert_eq!(csv::Reader::from_reader(sdmx.as_slice()).records().count(), known.len(), "{day}");
        let of_indicator =
            format!("/en/indicators/domestic-market-revenue/data.csv?rows=all&bom=0&known_on={day}");
        // The page draws the main entities.
        let of_china = |key: &String| key.starts_with("domestic-market-revenue~china~");
        let (own, listed) =
            (known.iter().filter(|key| of_china(key)), of_file(&site, &of_indicator, columns).await);
        assert!(listed.iter().filter(|key| of_china(key)).eq(own), "{day}");
        before = known;
    }
}

/// Lists, single rows, charts, files, feeds, frames: each answers on a day when nearly nothing was known, and on others.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_kind_of_address_answers(db: PgPool) {
    let site = support::site(&db).await;
    let first: String = sqlx::query_scalar("select min(last_day(published_on))::text from source")
        .fetch_one(&db)
        .await
        .unwrap();
    let pages = [
        "",
        "/indicators",
        "/indicators/domestic-market-revenue",
        "/explore",
        "/programs",
        "/programs/compare",
        "/programs/match",
        "/subsidies",
        "/organizations",
        "/organizations/screen",
        "/deals",
        "/events",
        "/places",
        "/places/shanghai-pudong",
        "/map",
        "/disagreements",
        "/sources",
        "/search?q=ReelShort",
        "/search?q=%E6%B5%A6%E4%B8%9C",
        "/check?text=CNY+50+billion+in+2024",
        "/data",
        "/about",
        "/download",
        "/indicators/domestic-market-revenue/download",
    ];
    for day in [first.as_str(), "2019-12-31", "2024-06-30", "2025-12-05"] {
        for (number, page) in pages.iter().enumerate() {
            let locale = ["en", "zh"][number % 2];
            let joint = if page.contains('?') { '&' } else { '?' };
            let path = format!("/{locale}{page}{joint}known_on={day}");
            let page = get(&site, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let banner = page.text(".state-banner");
            assert!(
                banner.contains(if locale == "en" { "As known on" } else { "已知的内容" }),
                "{path}: {banner}"
            );
        }
        // Before anything was known of it, a figure has no history.
        let history = format!("/en/indicators/domestic-market-revenue/history?known_on={day}");
        let expected = if day < "2020" { StatusCode::NOT_FOUND } else { StatusCode::OK };
        assert_eq!(get(&site, &history).await.status, expected, "{history}");
        for path in [
            format!("/en/data.csv?known_on={day}"),
            format!("/en/feed.atom?known_on={day}"),
            format!("/en/programs/dates.ics?known_on={day}"),
            format!("/zh/programs/data.xlsx?known_on={day}"),
            format!("/embed/en/indicators/domestic-market-revenue?known_on={day}"),
            format!("/api/v1/organizations?known_on={day}"),
            format!("/api/v1/search?q=ReelShort&known_on={day}"),
            format!("/api/v1/indicators/domestic-market-revenue?known_on={day}"),
            format!("/sdmx/v2/structure/codelist?asOf={day}"),
        ] {
            assert_eq!(send(&site, &path).await.status(), StatusCode::OK, "{path}");
        }
    }
}

/// A chart of two series of which one was published later draws the other, and says so.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_series_that_was_not_known_yet_is_left_out_with_a_notice(db: PgPool) {
    let site = support::site(&db).await;
    let series = "series=domestic-market-revenue.china.iimedia&series=domestic-market-revenue.china.nrta";
    let page = get(&site, &format!("/en/explore?{series}&known_on=2024-12-31")).await;
    assert_eq!(page.status, StatusCode::OK);
    let notices = page.texts(".explore-notices li").join(" ");
    assert!(
        notices
            .contains("National Radio and Television Administration: nothing had been published by this day"),
        "{notices}"
    );
    for series in ["series=domestic-market-revenue.china.nobody", "series=nothing.china.nrta"] {
        let page = get(&site, &format!("/en/explore?{series}&known_on=2024-12-31")).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{series}");
    }
    let early = get(&site, "/en/explore?series=domestic-market-revenue.china.nrta&known_on=2019-01-01").await;
    assert_eq!(early.status, StatusCode::OK);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn rows_of_every_noun_come_with_their_source(db: PgPool) {
    let site = support::site(&db).await;
    let day = "2025-06-30";
    for table in ["program", "subsidy", "event", "organization", "person", "statement", "app"] {
        let known: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "select r.id from {table} r join source s on s.id = r.source_id where last_day(s.published_on) <= '{day}'"
        )))
        .fetch_all(&db)
        .await
        .unwrap();
        let noun = match table {
            "subsidy" => "subsidies",
            "person" => "people",
            table => &format!("{table}s"),
        };
        let (status, answer) = json(&site, &format!("/api/v1/{noun}?limit=1000&known_on={day}")).await;
        assert_eq!(status, StatusCode::OK, "{noun}");
        let rows = answer["data"].as_array().unwrap();
        let listed: BTreeSet<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
        assert_eq!(listed, known.iter().map(String::as_str).collect(), "{noun}");
        assert_eq!(answer["meta"]["known_on"], day);
        assert!(answer["meta"]["total"].as_u64() == Some(known.len() as u64), "{noun}");
    }
    // Nor does the history of rows begin with those of later sources.
    let (_, history) =
        json(&site, "/api/v1/events?limit=1000&include_history=true&known_on=2025-06-30").await;
    let (_, events) = json(&site, "/api/v1/events?limit=1000&known_on=2025-06-30").await;
    let (history, events) = (history["data"].as_array().unwrap(), events["data"].as_array().unwrap());
    let of = |row: &Value| row["id"].as_str().unwrap().to_owned();
    let (history, events): (BTreeSet<String>, BTreeSet<String>) =
        (history.iter().map(|row| of(&row["row"])).collect(), events.iter().map(of).collect());
    assert_eq!(history, events);
    // What was published later is not there, neither as a page nor in search.
    let later: String = sqlx::query_scalar(
        "select e.id from event e join source s on s.id = e.source_id where last_day(s.published_on) > $1::text::date limit 1",
    )
    .bind(day)
    .fetch_one(&db)
    .await
    .unwrap();
    assert_eq!(
        send(&site, &format!("/api/v1/events/{later}?known_on={day}")).await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(send(&site, &format!("/api/v1/events/{later}")).await.status(), StatusCode::OK);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_status_is_that_of_the_day(db: PgPool) {
    let site = support::site(&db).await;
    let of = async |query: &str| json(&site, &format!("/api/v1/programs?limit=1000&{query}")).await.1;
    let (then, by_day) = (of("known_on=2025-06-30").await, of("on=2025-06-30").await);
    let status = |answer: &Value, id: &str| {
        let rows = answer["data"].as_array().unwrap();
        rows.iter().find(|row| row["id"] == id).map(|row| row["status"].clone())
    };
    let rows = then["data"].as_array().unwrap();
    assert!(rows.len() > 10);
    for row in rows {
        let id = row["id"].as_str().unwrap();
        // A notice that replaces it may not have been known.
        if row["status"] != "in-force" {
            assert_eq!(Some(row["status"].clone()), status(&by_day, id), "{id}");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_page_says_which_day_it_shows_and_leads_back(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/programs?place=shanghai&known_on=2025-12-05").await;
    let banner = page.text(".state-banner");
    assert!(banner.starts_with("As known on 5 Dec 2025."), "{banner}");
    assert!(page.links().contains("/en/programs?place=shanghai"), "leads back to the newest data");
    assert!(page.links().contains("/en/sources?known_on=2025-12-05#undated"));
    assert!(page.all("title")[0].inner_html().contains("2025-12-05"));
    // Links that change the view keep the day.
    let facets = page.all(".facets a[href*='/en/programs?']");
    assert!(!facets.is_empty());
    for link in facets {
        assert!(link.value().attr("href").unwrap().contains("known_on=2025-12-05"));
    }
    // The form at the end of every page keeps the filters.
    for path in ["/en/programs?place=shanghai", "/zh?known_on=2025-12-05", "/en/explore?preset=forecasts"] {
        let page = get(&site, path).await;
        let form = page.all("form.known-on");
        assert_eq!(form.len(), 1, "{path}");
        assert_eq!(form[0].value().attr("action"), Some(path.split('?').next().unwrap()));
    }
    let kept = get(&site, "/en/programs?place=shanghai").await;
    assert_eq!(kept.all("form.known-on input[type=hidden][name=place][value=shanghai]").len(), 1);
    let footer = get(&site, "/en/about?known_on=2025-12-05").await.text("footer");
    let (_, answer) = json(&site, "/api/v1/observations?known_on=2025-12-05&limit=1").await;
    assert!(footer.contains(&format!("{} figures from", answer["meta"]["total"])), "{footer}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn sources_without_an_exact_day_are_listed_apart(db: PgPool) {
    let site = support::site(&db).await;
    for day in ["2025-06-15", "2025-12-31"] {
        let open: i64 = sqlx::query_scalar(
            "select count(*) from source where published_on is null \
                or first_day(published_on) <= $1::text::date and last_day(published_on) > $1::text::date",
        )
        .bind(day)
        .fetch_one(&db)
        .await
        .unwrap();
        let page = get(&site, &format!("/en/sources?known_on={day}")).await;
        let text = page.text("#undated");
        assert!(text.contains(&format!("{open} sources are left out")), "{text}");
        assert_eq!(page.all("#undated tbody tr").len() as i64, open.min(100));
    }
    assert!(get(&site, "/en/sources").await.all("#undated").is_empty());
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_day_that_cannot_be_asked_is_refused_with_the_days_that_can(db: PgPool) {
    let site = support::site(&db).await;
    for (query, said) in [
        ("known_on=1999-12-31", "is outside the days"),
        ("known_on=2999-01-01", "is outside the days"),
        ("known_on=2025-02-30", "is not a day"),
        ("known_on=yesterday", "is not a day"),
        ("known_on=2025-12-05&known_on=2025-12-06", "only once"),
        ("as_of=7&known_on=2025-12-05", "no state of the data"),
    ] {
        let page = get(&site, &format!("/en/programs?{query}")).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(page.text(".dek").contains(said), "{query}: {}", page.text(".dek"));
        for path in [format!("/api/v1/programs?{query}"), format!("/en/programs/data.csv?{query}")] {
            let (status, problem) = json(&site, &path).await;
            assert!(status.is_client_error(), "{path}");
            assert!(problem["detail"].as_str().unwrap().contains(said), "{path}: {problem}");
        }
    }
    for path in [
        "/en/data/data.zip?known_on=2025-12-05",
        "/en/data/observations.csv?known_on=2025-12-05",
        "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0?asOf=2025-12-05&known_on=2025-12-05",
    ] {
        let (status, problem) = json(&site, path).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
        assert!(problem["detail"].as_str().unwrap().contains("known_on"), "{path}: {problem}");
    }
}

/// A later revision may correct the date of a source without touching its rows.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn both_times_can_be_asked_together(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    folder.set("sources.csv", 2, "published_on", "2025-11-20");
    folder.set("observations.csv", 2, "value", "51500000000");
    publish(&db, &folder).await;
    let site = support::empty_site(&db).await;
    let values = async |query: &str| -> Vec<String> {
        let (status, answer) = json(&site, &format!("/api/v1/observations?{query}")).await;
        assert_eq!(status, StatusCode::OK, "{query}: {answer}");
        answer["data"].as_array().unwrap().iter().map(|row| row["value"].to_string()).collect()
    };
    assert_eq!(values("known_on=2025-11-30").await.len(), 4);
    assert!(values("known_on=2025-11-30").await.contains(&"51500000000".to_owned()));
    assert_eq!(values("as_of=1&known_on=2025-12-08").await.len(), 4);
    assert!(values("as_of=1&known_on=2025-12-08").await.contains(&"50500000000".to_owned()));
    // In revision 1 nothing but the source of 2024 was dated before December.
    assert_eq!(values("as_of=1&known_on=2025-11-30").await.len(), 0);
    assert_eq!(values("as_of=1&known_on=2025-12-31").await.len(), 5);
    let page = get(&site, "/en/indicators/market?as_of=1&known_on=2025-12-08").await;
    let banner = page.text(".state-banner");
    assert!(
        banner.contains("As known on 8 Dec 2025.") && banner.contains("shows data revision 1"),
        "{banner}"
    );
    // Where a file or a frame leads keeps both.
    let answer = send(&site, "/en/indicators/market/data.csv?known_on=2025-12-08").await;
    let name = answer.headers()[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
    assert!(name.contains("-r2-known-2025-12-08"), "{name}");
    let (_, file) = json(&site, "/en/indicators/market/data.json?known_on=2025-12-08").await;
    assert_eq!(file["meta"]["known_on"], "2025-12-08");
    let address = file["meta"]["page"].as_str().unwrap();
    assert!(address.contains("known_on=2025-12-08") && address.contains("as_of=2"), "{address}");
}

/// Drawn states of two times and three revisions: what the site keeps, and what it has in memory per state, is what a site that has just
/// started makes.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn kept_answers_are_those_of_their_state(db: PgPool) {
    use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

    let folder = Folder::small();
    publish(&db, &folder).await;
    let kept = support::empty_site(&db).await;
    let days = ["", "2024-12-31", "2025-12-07", "2025-12-08", "2025-12-31"];
    let pages = [
        "/en",
        "/en/indicators/market",
        "/zh/programs",
        "/en/sources",
        "/api/v1/observations",
        "/en/subsidies/data.csv",
    ];
    let mut runner = TestRunner::deterministic();
    for revision in 1..=3 {
        match revision {
            1 => {}
            2 => {
                folder.set("sources.csv", 3, "published_on", "2025-12-07");
                folder.set("observations.csv", 2, "value", "51500000000");
                publish(&db, &folder).await;
            }
            _ => {
                folder.set("sources.csv", 2, "published_on", "");
                folder.append(
                    "observations.csv",
                    "market,china,2023-01-01,2023-12-31,bureau,37000000000,,estimate,,yes,aside-2024,,\n",
                );
                publish(&db, &folder).await;
            }
        }
        // The site asks for a new revision every second.
        let newest = format!("\"as_of\":{revision}");
        for _ in 0..100 {
            let answer = send(&kept, "/api/v1/revisions").await;
            if text_of(answer).await.contains(&newest) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let drawn = (0..pages.len(), 0..days.len(), 0..=revision);
        let states: Vec<String> = (0..40)
            .map(|_| {
                let (page, day, as_of) = drawn.new_tree(&mut runner).unwrap().current();
                let known = (!days[day].is_empty()).then(|| format!("known_on={}", days[day]));
                let frozen = (as_of > 0).then(|| format!("as_of={as_of}"));
                let query = [known, frozen].into_iter().flatten().collect::<Vec<_>>().join("&");
                format!("{}{}{query}", pages[page], if query.is_empty() { "" } else { "?" })
            })
            .collect();
        let fresh = support::empty_site(&db).await;
        for path in states {
            let (mine, other) = (send(&kept, &path).await, send(&fresh, &path).await);
            assert_eq!(mine.status(), other.status(), "{path} in revision {revision}");
            assert_eq!(text_of(mine).await, text_of(other).await, "{path} in revision {revision}");
        }
    }
}

async fn text_of(response: axum::response::Response) -> String {
    let body = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
    String::from_utf8_lossy(&body).into_owned()
}
