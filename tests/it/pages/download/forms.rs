//! Compares every format of a page's rows: of filtered lists in two hundred states that a reader can reach, and of
//! observations.

use std::collections::BTreeSet;

use axum::{Router, http::StatusCode};
use calamine::{Data, Reader, Xlsx};
use observatory::domain::registry::Noun;
use serde_json::Value;
use sqlx::PgPool;

use super::{Rows, beside, of_csv, ok, plain};
use crate::{
    pages::{Page, get},
    support,
};

/// Number of query states compared for each list.
const STATES: usize = 200;

fn of_json(rows: &Value) -> Rows {
    let cell = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => plain(text),
        Value::Array(ids) => ids.iter().map(|id| id.as_str().unwrap()).collect::<Vec<_>>().join(";"),
        other => plain(&other.to_string()),
    };
    rows.as_array().unwrap().iter().map(|row| row.as_object().unwrap().values().map(cell).collect()).collect()
}

fn of_xlsx(body: Vec<u8>) -> Rows {
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(body)).unwrap();
    let sheet = book.worksheet_range_at(1).unwrap().unwrap();
    let cell = |data: &Data| match data {
        Data::Empty => String::new(),
        Data::Bool(yes) => yes.to_string(),
        Data::Float(number) => plain(&number.to_string()),
        Data::Int(number) => number.to_string(),
        Data::DateTime(date) => day_of(date.as_f64()),
        other => plain(&other.to_string()),
    };
    sheet.rows().skip(1).map(|row| row.iter().map(cell).collect()).collect()
}

/// Returns the date of a spreadsheet's serial day: days since the end of 1899.
fn day_of(count: f64) -> String {
    let origin = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    (origin + chrono::TimeDelta::days(count as i64)).to_string()
}

/// Reorders the columns by name, in the order of JSON keys: `serde_json` sorts them, so columns are compared by sorted
/// name.
fn by_name(rows: Rows, names: &[String]) -> Rows {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|at| &names[*at]);
    rows.into_iter().map(|row| order.iter().map(|at| row[*at].clone()).collect()).collect()
}

/// Deterministic random walk through states that a reader can reach.
struct Walk(u64);

impl Walk {
    fn below(&mut self, most: usize) -> usize {
        // Marsaglia's xorshift.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}

/// Returns the ids that a list page shows, in order.
fn listed(page: &Page, slug: &str, locale: &str) -> Vec<String> {
    let below = format!("/{locale}/{slug}/");
    let css = match slug {
        "events" => ".events h3 a, .entries .entry-name a, .event-list h3 a, ol li h3 a",
        "sources" => "main ol li a, main table th a, .source-list a",
        "programs" => ".programs-pick > div > a",
        "subsidies" => "table.subsidies a",
        _ => ".entry-name a",
    };
    let mut ids: Vec<String> = Vec::new();
    for link in page.all(css) {
        let Some(id) = link.value().attr("href").and_then(|href| href.strip_prefix(&below)) else { continue };
        if !id.contains(['/', '?', '#']) && !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
    ids
}

/// Compares every format of one state and returns the rows of its CSV.
async fn compare(site: &Router, page: &str, api: &str) -> Rows {
    let csv = of_csv(&ok(site, &beside(page, "data.csv", "")).await);
    let names = String::from_utf8(ok(site, &beside(page, "data.csv", "bom=0&header=names")).await).unwrap();
    let names: Vec<String> = names.lines().next().unwrap().split(',').map(str::to_owned).collect();
    // Only in CSV does an apostrophe precede a text that a spreadsheet would run as a formula.
    let bare = |rows: Rows| -> Rows {
        let strip = |cell: String| match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
            _ => cell,
        };
        rows.into_iter().map(|row| row.into_iter().map(strip).collect()).collect()
    };
    let sorted = by_name(bare(csv.clone()), &names);
    let xlsx = of_xlsx(ok(site, &beside(page, "data.xlsx", "")).await);
    if !csv.is_empty() {
        assert_eq!(by_name(xlsx, &names), sorted, "{page}: XLSX");
    }
    let json: Value = serde_json::from_slice(&ok(site, &beside(page, "data.json", "")).await).unwrap();
    assert_eq!(of_json(&json["data"]), sorted, "{page}: JSON");
    let api: Value = serde_json::from_slice(&ok(site, api).await).unwrap();
    // An indicator links to the observations that its page shows.
    let rows = api["linked"].get("observations").unwrap_or(&api["data"]);
    assert_eq!(rows.as_array().unwrap().len(), csv.len(), "{page}: API");
    assert_eq!(of_json(rows), sorted, "{page}: API");
    csv
}

/// Walks through the states of a list and compares every format of each.
async fn walk(db: PgPool, noun: Noun) {
    let slug = noun.word();
    let site = support::site(&db).await;
    let mut walk = Walk(0x9E37_79B9_7F4A_7C15 ^ slug.len() as u64);
    let mut seen = BTreeSet::new();
    let mut state = format!("/en/{slug}");
    for turn in 0..STATES {
        let locale = if turn % 2 == 0 { "en" } else { "zh" };
        state = format!("/{locale}{}", &state[3..]);
        let page = get(&site, &state).await;
        assert_eq!(page.status, StatusCode::OK, "{state}");
        if seen.insert(state.clone()) {
            let query = state.split_once('?').map_or(String::new(), |(_, query)| format!("{query}&"));
            let api = format!("/api/v1/{slug}?{query}lang={locale}&limit=1000");
            let rows = compare(&site, &state, &api).await;
            let ids: Vec<String> = rows.iter().take(60).map(|row| row[0].clone()).collect();
            let shown = listed(&page, slug, locale);
            match noun {
                // A row of the ledger also links to the programme and the recipient.
                Noun::Subsidies => assert_eq!(shown.len(), ids.len(), "{state}"),
                Noun::Programs | Noun::Organizations | Noun::Events | Noun::Sources => {
                    assert_eq!(shown, ids, "{state}")
                }
                Noun::Indicators | Noun::Places => panic!("{slug} have no facets"),
            }
        }
        let choices: Vec<String> = page
            .all("nav.choices a")
            .iter()
            .filter_map(|link| link.value().attr("href"))
            .map(str::to_owned)
            .collect();
        state = match choices.is_empty() || walk.below(12) == 0 {
            true => format!("/{locale}/{slug}"),
            false => choices[walk.below(choices.len())].clone(),
        };
    }
    assert!(seen.len() > STATES / 3, "{slug}: only {} states were met", seen.len());
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn programmes_are_the_same_in_every_form(db: PgPool) {
    walk(db, Noun::Programs).await;
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn subsidies_are_the_same_in_every_form(db: PgPool) {
    walk(db, Noun::Subsidies).await;
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn organizations_are_the_same_in_every_form(db: PgPool) {
    walk(db, Noun::Organizations).await;
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn events_are_the_same_in_every_form(db: PgPool) {
    walk(db, Noun::Events).await;
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn sources_are_the_same_in_every_form(db: PgPool) {
    walk(db, Noun::Sources).await;
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn figures_are_the_same_in_every_form(db: PgPool) {
    let site = support::site(&db).await;
    let indicators: Value =
        serde_json::from_slice(&ok(&site, "/api/v1/indicators?limit=1000").await).unwrap();
    let ids: Vec<&str> =
        indicators["data"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    let mut walk = Walk(0x2545_F491_4F6C_DD1D);
    for turn in 0..STATES {
        let locale = if turn % 2 == 0 { "en" } else { "zh" };
        let id = ids[walk.below(ids.len())];
        let page = get(&site, &format!("/{locale}/indicators/{id}")).await;
        let boxes: Vec<(String, String)> = page
            .all(".series-form input[type=checkbox]")
            .iter()
            .map(|input| {
                (
                    input.value().attr("name").unwrap().to_owned(),
                    input.value().attr("value").unwrap().to_owned(),
                )
            })
            .collect();
        let mut pairs: Vec<String> = Vec::new();
        if walk.below(2) == 0 {
            pairs.push("rows=all".to_owned());
        }
        if !boxes.is_empty() && walk.below(3) > 0 {
            let (name, value) = &boxes[walk.below(boxes.len())];
            pairs.push(format!("{name}={value}"));
        }
        let query = pairs.join("&");
        let state = format!("/{locale}/indicators/{id}{}{query}", if query.is_empty() { "" } else { "?" });
        let api = format!(
            "/api/v1/indicators/{id}?{query}{}lang={locale}",
            if query.is_empty() { "" } else { "&" }
        );
        let rows = compare(&site, &state, &api).await;
        let page = get(&site, &state).await;
        assert_eq!(page.all("#figures table.figures tbody tr").len(), rows.len(), "{state}");
    }
}
