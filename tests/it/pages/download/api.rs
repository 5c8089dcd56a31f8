//! Tests of the API and its OpenAPI document.

use std::collections::BTreeSet;

use axum::{
    Router,
    http::{StatusCode, header},
};
use observatory::outputs::api::nouns::NOUNS;
use serde_json::Value;
use sqlx::PgPool;

use super::{bytes, ok, publish};
use crate::support::{self, data::Folder};

async fn json(site: &Router, path: &str) -> Value {
    serde_json::from_slice(&ok(site, path).await).unwrap()
}

/// Returns the address of the next page, if there is one.
fn next(page: &Value) -> Option<String> {
    let next = page["meta"]["next"].as_str()?;
    Some(next.strip_prefix("http://observatory.test").unwrap().to_owned())
}

/// Returns every row from an address on, following the pages.
async fn all(site: &Router, first: &str) -> Vec<Value> {
    let (mut rows, mut address) = (Vec::new(), Some(first.to_owned()));
    while let Some(path) = address {
        let page = json(site, &path).await;
        rows.extend(page["data"].as_array().unwrap().iter().cloned());
        address = next(&page);
    }
    rows
}

fn keys(rows: &[Value], fields: &[&str]) -> Vec<String> {
    let cell = |cell: &Value| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
    let key = |row: &Value| fields.iter().map(|field| cell(&row[*field])).collect::<Vec<_>>().join("~");
    rows.iter().map(key).collect()
}

/// Key columns of the observations, in order.
const FIGURES: [&str; 5] = ["indicator_id", "entity_id", "period_start", "period_end", "source_id"];

/// Key columns of the breaks, in order.
const BREAKS: [&str; 5] = ["indicator_id", "entity_id", "producer_id", "from_date", "kind"];

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_noun_is_read_whole_page_by_page(db: PgPool) {
    let site = support::site(&db).await;
    let figure = "concat_ws('~', indicator_id, entity, period_start, period_end, source_id)";
    let series_break = "concat_ws('~', indicator_id, entity, producer, from_date, kind)";
    let places = "kind in ('country', 'region', 'province', 'city', 'district')";
    let nouns = [
        ("indicators", "indicator", "id", "true"),
        ("observations", "observation", figure, "true"),
        ("breaks", "series_break", series_break, "true"),
        ("programs", "program", "id", "true"),
        ("subsidies", "subsidy", "id", "true"),
        ("organizations", "organization", "id", "true"),
        ("events", "event", "id", "true"),
        ("places", "entity", "id", places),
        ("sources", "source", "id", "true"),
        ("producers", "producer", "id", "true"),
        ("entities", "entity", "id", "true"),
        ("apps", "app", "id", "true"),
        ("people", "person", "id", "true"),
        ("statements", "statement", "id", "true"),
        ("revisions", "revision", "number::text", "int4range(1, 2) = valid"),
    ];
    let names: Vec<&str> = nouns.iter().map(|(noun, ..)| *noun).collect();
    // The first revision changed nothing.
    let lists = NOUNS.iter().map(|resource| resource.name).filter(|name| *name != "changes");
    assert_eq!(names, lists.collect::<Vec<_>>());
    for (noun, table, key, only) in nouns {
        let from = match noun {
            "revisions" => "(select number, int4range(1, 2) as valid from revision) r".to_owned(),
            _ => table.to_owned(),
        };
        let stored: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "select {key} from {from} where valid @> 1 and {only}"
        )))
        .fetch_all(&db)
        .await
        .unwrap();
        let fields: &[&str] = match noun {
            "observations" => &FIGURES,
            "breaks" => &BREAKS,
            "revisions" => &["number"],
            _ => &["id"],
        };
        for limit in [13, 1000] {
            let first = format!("/api/v1/{noun}?limit={limit}");
            let read = keys(&all(&site, &first).await, fields);
            assert_eq!(json(&site, &first).await["meta"]["total"], stored.len(), "{noun}");
            assert_eq!(read.len(), stored.len(), "{noun} in pages of {limit}");
            let (read, stored): (BTreeSet<&String>, BTreeSet<&String>) =
                (read.iter().collect(), stored.iter().collect());
            assert_eq!(read, stored, "{noun} in pages of {limit}");
        }
        // Also without parameters, and with every version of each row.
        let versions = all(&site, &format!("/api/v1/{noun}?include_history=true&limit=50")).await;
        let rows: Vec<Value> = versions.iter().map(|version| version["row"].clone()).collect();
        assert_eq!(
            keys(&rows, fields).into_iter().collect::<BTreeSet<_>>(),
            stored.into_iter().collect(),
            "{noun}"
        );
        assert!(
            versions.iter().all(|version| version["valid_from"] == 1 && version["valid_to"].is_null()),
            "{noun}"
        );
        assert_eq!(json(&site, &format!("/api/v1/{noun}")).await["meta"]["as_of"], 1);
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn figures_are_chosen_across_indicators(db: PgPool) {
    let site = support::site(&db).await;
    let whole = all(&site, "/api/v1/observations").await;
    let read = keys(&whole, &FIGURES);
    let mut sorted = read.clone();
    sorted.sort_by(|a, b| a.split('~').cmp(b.split('~')));
    assert_eq!(read, sorted, "observations are ordered by key");
    for (filter, field, values) in [
        ("entity=china", "entity_id", &["china"][..]),
        ("entity=china&entity=shanghai-pudong", "entity_id", &["china", "shanghai-pudong"]),
        ("producer=dataeye", "producer_id", &["dataeye"]),
        ("source=yicai-2025-12-08", "source_id", &["yicai-2025-12-08"]),
        (
            "indicator=domestic-market-revenue&indicator=jobs-total",
            "indicator_id",
            &["domestic-market-revenue", "jobs-total"],
        ),
        ("rows=headline", "headline", &["true"]),
    ] {
        let fits = |row: &&Value| {
            let cell = &row[field];
            values.contains(&cell.as_str().map_or_else(|| cell.to_string(), str::to_owned).as_str())
        };
        let expected: Vec<Value> = whole.iter().filter(fits).cloned().collect();
        assert!(!expected.is_empty(), "{filter}");
        for limit in [3, 1000] {
            let first = format!("/api/v1/observations?{filter}&limit={limit}");
            assert_eq!(json(&site, &first).await["meta"]["total"], expected.len(), "{filter}");
            assert_eq!(all(&site, &first).await, expected, "{filter} in pages of {limit}");
        }
    }
    for (wrong, status) in [
        ("entity=atlantis", StatusCode::NOT_FOUND),
        ("source=nowhere", StatusCode::NOT_FOUND),
        ("after=zzzz", StatusCode::NOT_FOUND),
        ("after=a~b~2024-02-30~2024-12-31~c", StatusCode::NOT_FOUND),
        ("include_history=true&after=x~y", StatusCode::NOT_FOUND),
        ("rows=some", StatusCode::BAD_REQUEST),
        ("period=2024", StatusCode::BAD_REQUEST),
        ("limit=1001", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(bytes(&site, &format!("/api/v1/observations?{wrong}")).await.0, status, "{wrong}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn pages_stay_those_of_their_revision_while_another_is_published(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    let site = support::empty_site(&db).await;
    let before = all(&site, "/api/v1/observations").await;
    let first = json(&site, "/api/v1/observations?limit=2").await;
    folder.set("observations.csv", 4, "value", "61000000000");
    folder.append(
        "observations.csv",
        "market,china,2020-01-01,2020-12-31,bureau,1,,estimate,,yes,paper-2025,,\n",
    );
    publish(&db, &folder).await;
    let site = support::empty_site(&db).await;
    let mut rows = first["data"].as_array().unwrap().clone();
    rows.extend(all(&site, &next(&first).unwrap()).await);
    assert_eq!(rows, before);
    assert_eq!(all(&site, "/api/v1/observations?limit=2").await.len(), before.len() + 1);
}

/// Returns a version as its key, its first revision, the first revision in which it was no longer valid, and its value.
fn span_and_value(version: &Value, field: &str) -> (i64, Option<i64>, String) {
    assert_eq!(version["valid_to"].is_null(), version["valid_to_published_at"].is_null());
    assert!(version["valid_from_published_at"].as_str().unwrap().ends_with('Z'));
    (version["valid_from"].as_i64().unwrap(), version["valid_to"].as_i64(), version["row"][field].to_string())
}

/// Publishes four revisions: a corrected observation and a corrected subsidy are withdrawn and come back as they first were; an event loses
/// one of its programmes, for good.
async fn four_revisions(db: &PgPool) -> Router {
    let folder = Folder::small();
    let (figures, events, subsidies) =
        (folder.text("observations.csv"), folder.text("events.csv"), folder.text("subsidies.csv"));
    let producers = folder.text("producers.csv");
    publish(db, &folder).await;
    folder.set("observations.csv", 4, "value", "61000000000");
    folder.set("subsidies.csv", 2, "amount", "550000");
    publish(db, &folder).await;
    // The corrected observation, with the only producer of its kind, and the subsidy are withdrawn; an event loses one
    // of its programmes.
    let kept = |text: &str, without: usize| {
        text.lines()
            .enumerate()
            .filter(|(at, _)| *at != without)
            .map(|(_, line)| format!("{line}\n"))
            .collect::<String>()
    };
    folder.write("observations.csv", kept(&figures, 3));
    folder.write("producers.csv", kept(&producers, 2));
    folder.write("subsidies.csv", kept(&subsidies, 1));
    folder.write("events.csv", events.replace("measure;package", "measure"));
    publish(db, &folder).await;
    folder.write("observations.csv", &figures);
    folder.write("producers.csv", &producers);
    folder.write("subsidies.csv", &subsidies);
    publish(db, &folder).await;
    support::empty_site(db).await
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn history_has_corrections_removals_and_returns(db: PgPool) {
    let site = four_revisions(&db).await;
    let of = |versions: &[Value], key: &str, field: &str| -> Vec<_> {
        let mine = versions.iter().filter(|version| {
            keys(std::slice::from_ref(&version["row"]), &FIGURES)[0] == key || version["row"]["id"] == key
        });
        mine.map(|version| span_and_value(version, field)).collect()
    };
    let figure = "market~china~2025-01-01~2025-12-31~notice-2025";
    let expected = [
        (1, Some(2), "60000000000".to_owned()),
        (2, Some(3), "61000000000".to_owned()),
        (4, None, "60000000000".to_owned()),
    ];
    let whole = all(&site, "/api/v1/observations?include_history=true").await;
    assert_eq!(of(&whole, figure, "value"), expected);
    assert_eq!(whole.len(), 7, "one version for each of the others");
    for limit in 1..=4 {
        let paged = all(&site, &format!("/api/v1/observations?include_history=true&limit={limit}")).await;
        assert_eq!(paged, whole, "in pages of {limit}");
    }
    for filter in [
        "entity=china",
        "indicator=market&indicator=market-usd&indicator=share",
        "source=paper-2025&source=notice-2025",
    ] {
        let chosen = all(&site, &format!("/api/v1/observations?{filter}&include_history=true&limit=2")).await;
        assert_eq!(chosen, whole, "{filter}");
    }
    // As of the second revision.
    let then = all(&site, "/api/v1/observations?include_history=true&as_of=2").await;
    assert_eq!(
        of(&then, figure, "value"),
        [(1, Some(2), "60000000000".to_owned()), (2, None, "61000000000".to_owned())]
    );

    let amounts = [
        (1, Some(2), "500000".to_owned()),
        (2, Some(3), "550000".to_owned()),
        (4, None, "500000".to_owned()),
    ];
    for path in [
        "/api/v1/subsidies?include_history=true",
        "/api/v1/subsidies/grant-2025?include_history=true&limit=1",
    ] {
        assert_eq!(of(&all(&site, path).await, "grant-2025", "amount"), amounts, "{path}");
    }
    let events = all(&site, "/api/v1/events/opening?include_history=true").await;
    let spans: Vec<_> =
        events.iter().map(|version| span_and_value(version, "id")).map(|(from, to, _)| (from, to)).collect();
    assert_eq!(spans, [(1, Some(3)), (3, None)], "what an event was about is part of it");
    assert_eq!(bytes(&site, "/api/v1/subsidies/none?include_history=true").await.0, StatusCode::NOT_FOUND);
    let revisions = all(&site, "/api/v1/revisions?include_history=true&limit=1").await;
    assert_eq!(keys(&revisions, &["valid_from"]), ["1", "2", "3", "4"]);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_document_and_the_answers_agree(db: PgPool) {
    let site = support::site(&db).await;
    let (status, headers, body) = bytes(&site, "/api/v1/programs?sorted=newest").await;
    assert_eq!(
        (status, headers[header::CONTENT_TYPE].to_str().unwrap()),
        (StatusCode::BAD_REQUEST, "application/problem+json")
    );
    assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert!(
        String::from_utf8(body).unwrap().contains("include_history"),
        "the error lists the accepted parameters"
    );
    let document: Value = serde_json::from_slice(&ok(&site, "/api/openapi.json").await).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let first: Value = serde_json::from_slice(&ok(&site, "/api/v1/programs?limit=1").await).unwrap();
    let fields: BTreeSet<&String> =
        document["components"]["schemas"]["Programs"]["properties"].as_object().unwrap().keys().collect();
    assert_eq!(
        fields,
        first["data"][0].as_object().unwrap().keys().collect(),
        "the document names every field"
    );
}
