//! What leaves the site: the same rows in every form, the same bytes for ever, nothing that lies.

use std::collections::BTreeSet;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use calamine::{Data, Reader, Xlsx};
use http_body_util::BodyExt;
use observatory::{
    export,
    import::{self, Options, Outcome},
    revisions::{Reading, model::AsOf},
};
use serde_json::Value;
use sqlx::PgPool;
use tower::ServiceExt;

use super::{Page, get, send};
use crate::support::{self, data::Folder};

/// How many query states of each noun are compared.
const STATES: usize = 200;

async fn bytes(site: &Router, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let response = send(site, path).await;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, headers, body.to_vec())
}

async fn ok(site: &Router, path: &str) -> Vec<u8> {
    let (status, _, body) = bytes(site, path).await;
    assert_eq!(status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&body));
    body
}

/// The address of a file beside a page.
fn beside(page: &str, file: &str, more: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let query: Vec<&str> = [query, more].into_iter().filter(|part| !part.is_empty()).collect();
    match query.is_empty() {
        true => format!("{path}/{file}"),
        false => format!("{path}/{file}?{}", query.join("&")),
    }
}

/// Rows as text, whatever form they came in: numbers without needless zeros, gaps empty.
type Rows = Vec<Vec<String>>;

fn plain(text: &str) -> String {
    match text.parse::<rust_decimal::Decimal>() {
        Ok(number) if !text.starts_with('0') || text.starts_with("0.") || text == "0" => {
            number.normalize().to_string()
        }
        _ => text.to_owned(),
    }
}

fn of_csv(body: &[u8]) -> Rows {
    let text = std::str::from_utf8(body).unwrap().strip_prefix('\u{feff}').expect("a byte order mark");
    assert!(text.ends_with("\r\n"), "lines end as RFC 4180 has it");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let records = reader.records().map(|record| record.unwrap());
    records.map(|record| record.iter().map(plain).collect()).collect()
}

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

/// A day as a spreadsheet counts it: from the end of 1899.
fn day_of(count: f64) -> String {
    let origin = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    (origin + chrono::TimeDelta::days(count as i64)).to_string()
}

/// Keys of JSON objects in the order of the text: `serde_json` sorts them, so columns are compared by sorted name.
fn by_name(rows: Rows, names: &[String]) -> Rows {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|at| &names[*at]);
    rows.into_iter().map(|row| order.iter().map(|at| row[*at].clone()).collect()).collect()
}

/// A walk through states a reader can reach: the same each time.
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

/// The ids that a list page shows, in its order.
fn listed(page: &Page, room: &str, locale: &str) -> Vec<String> {
    let below = format!("/{locale}/{room}/");
    let css = match room {
        "events" => ".events h3 a, .entries .entry-name a, .event-list h3 a, ol li h3 a",
        "sources" => "main ol li a, main table th a, .source-list a",
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

/// Compares every form of one state; the rows of its CSV.
async fn compare(site: &Router, page: &str, api: &str) -> Rows {
    let csv = of_csv(&ok(site, &beside(page, "data.csv", "")).await);
    let names = String::from_utf8(ok(site, &beside(page, "data.csv", "bom=0&header=names")).await).unwrap();
    let names: Vec<String> = names.lines().next().unwrap().split(',').map(str::to_owned).collect();
    // A text that a spreadsheet would run has an apostrophe before it in a CSV alone.
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
    assert_eq!(api["meta"]["total"], csv.len(), "{page}: API");
    assert_eq!(of_json(&api["data"]), sorted, "{page}: API");
    csv
}

/// Walks through the states of a list and compares every form of each.
async fn walk(db: PgPool, room: &str) {
    let site = support::site(&db).await;
    let mut walk = Walk(0x9E37_79B9_7F4A_7C15 ^ room.len() as u64);
    let mut seen = BTreeSet::new();
    let mut state = format!("/en/{room}");
    for turn in 0..STATES {
        let locale = if turn % 2 == 0 { "en" } else { "zh" };
        state = format!("/{locale}{}", &state[3..]);
        let page = get(&site, &state).await;
        assert_eq!(page.status, StatusCode::OK, "{state}");
        if seen.insert(state.clone()) {
            let query = state.split_once('?').map_or(String::new(), |(_, query)| format!("{query}&"));
            let api = format!("/api/v1/{room}?{query}lang={locale}&limit=1000");
            let rows = compare(&site, &state, &api).await;
            let ids: Vec<String> = rows.iter().take(60).map(|row| row[0].clone()).collect();
            let shown = listed(&page, room, locale);
            match room {
                // A row of the ledger leads to what it concerns too.
                "subsidies" => assert_eq!(shown.len(), ids.len(), "{state}"),
                _ => assert_eq!(shown, ids, "{state}"),
            }
        }
        let choices: Vec<String> = page
            .all("nav.choices a")
            .iter()
            .filter_map(|link| link.value().attr("href"))
            .map(str::to_owned)
            .collect();
        state = match choices.is_empty() || walk.below(12) == 0 {
            true => format!("/{locale}/{room}"),
            false => choices[walk.below(choices.len())].clone(),
        };
    }
    assert!(seen.len() > STATES / 3, "{room}: only {} states were met", seen.len());
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn programmes_are_the_same_in_every_form(db: PgPool) {
    walk(db, "programs").await;
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn subsidies_are_the_same_in_every_form(db: PgPool) {
    walk(db, "subsidies").await;
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn organizations_are_the_same_in_every_form(db: PgPool) {
    walk(db, "organizations").await;
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn events_are_the_same_in_every_form(db: PgPool) {
    walk(db, "events").await;
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn sources_are_the_same_in_every_form(db: PgPool) {
    walk(db, "sources").await;
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
            "/api/v1/observations?indicator={id}&{query}{}lang={locale}&limit=1000",
            if query.is_empty() { "" } else { "&" }
        );
        let rows = compare(&site, &state, &api).await;
        let page = get(&site, &state).await;
        assert_eq!(page.all("#figures table.figures tbody tr").len(), rows.len(), "{state}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_kind_of_page_has_every_file(db: PgPool) {
    let site = support::site(&db).await;
    let pages = [
        "/en",
        "/zh/indicators",
        "/en/indicators/domestic-market-revenue",
        "/en/programs",
        "/zh/programs/pudong-10-package",
        "/en/programs/compare",
        "/en/subsidies",
        "/zh/organizations",
        "/en/organizations/crazy-maple-studio",
        "/en/events",
        "/zh/places",
        "/en/places/shanghai-pudong",
        "/zh/sources",
        "/en/sources/yicai-2025-12-08",
    ];
    for page in pages {
        for (file, kind) in [
            ("data.csv", "text/csv; charset=utf-8; header=present"),
            ("data.csv-metadata.json", "application/csvm+json"),
            ("data.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("data.json", "application/json"),
            ("data.zip", "application/zip"),
            ("metadata.json", "application/json"),
            ("cite.bib", "application/x-bibtex; charset=utf-8"),
            ("cite.ris", "application/x-research-info-systems; charset=utf-8"),
            ("cite.csl.json", "application/vnd.citationstyles.csl+json"),
            ("cite.txt", "text/plain; charset=utf-8"),
        ] {
            let path = beside(page, file, "");
            let (status, headers, body) = bytes(&site, &path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert_eq!(headers[header::CONTENT_TYPE], kind, "{path}");
            assert!(!body.is_empty(), "{path}");
            if file.ends_with("json") {
                serde_json::from_slice::<Value>(&body).unwrap();
            }
            let (status, headers, body) = bytes(&site, &beside(page, file, "surprise=1")).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
            assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json", "{path}");
            assert_eq!(serde_json::from_slice::<Value>(&body).unwrap()["parameter"], "surprise");
        }
        // Everything its own page offers is there.
        let panel = get(&site, &beside(page, "download", "")).await;
        assert_eq!(panel.status, StatusCode::OK, "{page}");
        assert!(panel.all("table.facts tbody tr").len() >= 4, "{page}");
        let shown = get(&site, page).await;
        let links = shown.links();
        assert!(links.contains(&beside(page, "download", "")), "{page} leads to what can be taken from it");
    }
    for missing in ["/en/indicators/nothing/data.csv", "/en/about/data.csv", "/fr/programs/data.csv"] {
        assert_eq!(send(&site, missing).await.status(), StatusCode::NOT_FOUND, "{missing}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_size_before_the_click_is_the_size_after_it(db: PgPool) {
    let site = support::site(&db).await;
    let panel = get(&site, "/en/indicators/domestic-market-revenue/download").await;
    let hrefs: Vec<String> = panel
        .all("table.facts th a")
        .iter()
        .map(|link| link.value().attr("href").unwrap().to_owned())
        .collect();
    let sizes: Vec<String> = panel.texts("table.facts td:last-child");
    assert_eq!(hrefs.len(), 8, "four files of the rows shown, four of all rows: {hrefs:?}");
    for (href, size) in hrefs.iter().zip(sizes) {
        let length = ok(&site, href).await.len();
        assert_eq!(size, format!("{} kB", (length + 500) / 1000), "{href}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn pictures_have_their_shapes(db: PgPool) {
    let site = support::site(&db).await;
    for locale in ["en", "zh"] {
        for (size, width, height) in [("card", 1200, 630), ("square", 1080, 1080), ("wide", 1600, 900)] {
            let page = format!("/{locale}/indicators/domestic-market-revenue");
            let svg = ok(&site, &beside(&page, "chart.svg", &format!("size={size}"))).await;
            let svg = String::from_utf8(svg).unwrap();
            assert!(svg.contains(&format!("width=\"{width}\" height=\"{height}\"")), "{size}");
            assert!(
                svg.contains("CC BY 4.0") && svg.contains("observatory.test/"),
                "{size}: the foot is there"
            );
        }
    }
    let png = ok(&site, "/en/indicators/domestic-market-revenue/chart.png?size=card&scale=2").await;
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (2400, 1260));
    assert_eq!(
        send(&site, "/en/subsidies/chart.png").await.status(),
        StatusCode::NOT_FOUND,
        "it has no chart"
    );
    ok(&site, "/en/subsidies/card.png").await;
}

async fn publish(db: &PgPool, folder: &Folder) -> i32 {
    match import::publish(db, &folder.open(), Options::default()).await.unwrap() {
        Outcome::Published { revision, .. } => revision,
        other => panic!("{other}"),
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_was_frozen_stays_as_it_was(db: PgPool) {
    let folder = Folder::small();
    assert_eq!(publish(&db, &folder).await, 1);
    let site = support::empty_site(&db);
    let files = ["data.csv", "data.xlsx", "data.json", "metadata.json", "chart.svg"];
    let pages =
        ["/en/indicators/market", "/zh/programs", "/en/organizations/studio", "/en/subsidies", "/zh/events"];
    let mut before = Vec::new();
    for page in pages {
        for file in files {
            let path = beside(page, file, "as_of=1");
            before.push((path.clone(), bytes(&site, &path).await));
        }
    }
    folder.set("subsidies.csv", 2, "amount", "550000");
    folder.set("observations.csv", 2, "value", "51500000000");
    folder.append(
        "observations.csv",
        "market,china,2023-01-01,2023-12-31,bureau,37000000000,,estimate,,yes,paper-2025,,\n",
    );
    folder.replace("programs.csv", "Measure,措施", "Measure renamed,措施");
    assert_eq!(publish(&db, &folder).await, 2);
    for (path, (status, _, body)) in before {
        let (now, _, after) = bytes(&site, &path).await;
        assert_eq!(status, now, "{path}");
        // What describes the file may say that newer data exists; the rows may not change by a byte.
        assert!(
            body == after,
            "{path} changed:\n{}\n{}",
            String::from_utf8_lossy(&body),
            String::from_utf8_lossy(&after)
        );
    }
    let old = get(&site, "/en/indicators/market?as_of=1").await;
    assert!(
        old.text(".frozen").contains("Newer data has been published since: revision 2"),
        "{}",
        old.text(".frozen")
    );
    assert!(old.links().contains("/en/indicators/market"), "the way to the newest");
    assert!(get(&site, "/en/indicators/market").await.all(".frozen").is_empty());
    for wrong in ["as_of=3", "as_of=1999-01-01", "as_of=x", "as_of=1&as_of=2"] {
        assert_eq!(
            get(&site, &format!("/en/programs?{wrong}")).await.status,
            StatusCode::BAD_REQUEST,
            "{wrong}"
        );
    }

    // What is offered for an older state is of that state.
    let panel = get(&site, "/en/subsidies/download?as_of=1").await;
    let files = panel.all("table.facts a");
    assert!(!files.is_empty());
    for file in files {
        let href = file.value().attr("href").unwrap();
        assert!(href.contains("as_of=1"), "{href}");
        ok(&site, href).await;
    }
    let (_, headers, _) = bytes(&site, "/en/subsidies/data.csv?as_of=1").await;
    assert!(headers[header::LINK].to_str().unwrap().contains("as_of=1"));

    let changes = get(&site, "/en/data/revisions/2").await;
    let told = changes.text("main");
    for expected in [
        "amount: 500000 → 550000",
        "value: 50500000000 → 51500000000",
        "name_en: Measure → Measure renamed",
        "1 added",
    ] {
        assert!(told.contains(expected), "“{expected}” is not in {told}");
    }
    assert_eq!(get(&site, "/en/data/revisions/3").await.status, StatusCode::NOT_FOUND);

    let history: Value =
        serde_json::from_slice(&ok(&site, "/api/v1/subsidies/grant-2025?include_history=true").await)
            .unwrap();
    let versions: Vec<(i64, Option<i64>, i64)> = history["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|version| {
            let held = |name: &str| version[name].as_i64();
            (held("valid_from").unwrap(), held("valid_to"), version["row"]["amount"].as_i64().unwrap())
        })
        .collect();
    // A programme's new name is a new version of the subsidies under it, which show it.
    assert_eq!(versions, [(1, Some(2), 500_000), (2, None, 550_000)]);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn an_export_is_what_the_import_reads(db: PgPool) {
    support::published(&db).await;
    let folder = tempfile::tempdir().unwrap();
    let out = export::package::prepare(&folder.path().join("one")).unwrap();
    let reading = Reading::of(db.clone(), None).await.unwrap();
    export::package::write(&reading, &out).await.unwrap();
    let again =
        import::publish(&db, &import::DataSet::open(&out).unwrap(), Options::default()).await.unwrap();
    assert!(matches!(again, Outcome::Unchanged { revision: 1 }), "{again}");
    assert!(export::package::prepare(&out).is_err(), "a folder with something in it is refused");

    // An older state comes out as it went in.
    let text = std::fs::read_to_string(out.join("events.csv")).unwrap();
    let last = text.trim_end().rfind('\n').unwrap();
    std::fs::write(out.join("events.csv"), &text[..=last]).unwrap();
    let next = import::publish(&db, &import::DataSet::open(&out).unwrap(), Options::default()).await.unwrap();
    assert!(matches!(next, Outcome::Published { revision: 2, .. }), "{next}");
    let old = Reading::of(db.clone(), Some(AsOf::Revision(1))).await.unwrap();
    let first = export::package::prepare(&folder.path().join("first")).unwrap();
    export::package::write(&old, &first).await.unwrap();
    let back =
        import::publish(&db, &import::DataSet::open(&first).unwrap(), Options::default()).await.unwrap();
    assert!(matches!(back, Outcome::Published { revision: 3, .. }), "{back}");
    let hashes: Vec<String> =
        sqlx::query_scalar("select content_hash from revision order by number").fetch_all(&db).await.unwrap();
    assert_eq!(hashes[0], hashes[2]);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_data_set_is_streamed_whole(db: PgPool) {
    let site = support::site(&db).await;
    for file in observatory::import::spec::FILES.iter() {
        let body = ok(&site, &format!("/en/data/{}?bom=0", file.file)).await;
        let lines = |text: &[u8]| -> BTreeSet<Vec<String>> {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
            let bare = |cell: &str| match cell.strip_prefix('\'') {
                Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
                _ => cell.to_owned(),
            };
            reader.records().map(|record| record.unwrap().iter().map(bare).collect()).collect()
        };
        let shipped = std::fs::read(support::shipped().join(file.file)).unwrap();
        assert_eq!(lines(&body), lines(&shipped), "{}", file.file);
        assert!(body.windows(2).any(|pair| pair == b"\r\n"), "{}", file.file);
        assert!(ok(&site, &format!("/zh/data/{}", file.file)).await.starts_with("\u{feff}".as_bytes()));
    }
    let figures = of_csv(&ok(&site, "/en/data/figures.csv").await);
    let stored: i64 = sqlx::query_scalar("select count(*) from observation").fetch_one(&db).await.unwrap();
    assert_eq!(figures.len() as i64, stored);
    // The stream and the files of the pages say the same of each figure.
    let page = of_csv(&ok(&site, "/en/indicators/domestic-market-revenue/data.csv?scope=all").await);
    for row in page {
        assert!(figures.contains(&row), "{row:?}");
    }
    // As a browser asks.
    for path in ["/en/data/figures.csv", "/en/data/data.zip", "/en/data/events.csv"] {
        let asked = Request::get(path)
            .header(header::HOST, "observatory.test")
            .header(header::ACCEPT_ENCODING, "gzip")
            .body(Body::empty())
            .unwrap();
        let answer = site.clone().oneshot(asked).await.unwrap();
        assert!(!answer.into_body().collect().await.unwrap().to_bytes().is_empty(), "{path}");
    }
    for wrong in ["/en/data/figures.csv?bom=2", "/en/data/data.zip?x=1"] {
        assert_eq!(send(&site, wrong).await.status(), StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_formula_of_a_source_is_not_run(db: PgPool) {
    let folder = Folder::small();
    folder.replace("sources.csv", "Aside,,Paper", "=1+1,,Paper");
    folder.replace("observations.csv", "67790000000.5", "-5.25");
    publish(&db, &folder).await;
    let site = support::empty_site(&db);
    let listed = String::from_utf8(ok(&site, "/en/sources/data.csv").await).unwrap();
    assert!(listed.contains(",'=1+1,"), "{listed}");
    let whole = String::from_utf8(ok(&site, "/en/data/sources.csv").await).unwrap();
    assert!(whole.contains(",'=1+1,"), "{whole}");
    let figures = String::from_utf8(ok(&site, "/en/data/figures.csv").await).unwrap();
    assert!(figures.contains(",-5.25,"), "a number stays a number: {figures}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_a_client_has_is_not_sent_again(db: PgPool) {
    let site = support::site(&db).await;
    for path in [
        "/en/programs/data.csv",
        "/api/v1/programs",
        "/en/feed.atom",
        "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0/*",
    ] {
        let (_, headers, _) = bytes(&site, path).await;
        let tag = headers[header::ETAG].clone();
        let asked = Request::get(path)
            .header(header::HOST, "observatory.test")
            .header(header::IF_NONE_MATCH, tag)
            .body(Body::empty())
            .unwrap();
        let answer = site.clone().oneshot(asked).await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED, "{path}");
        let head = Request::head(path).header(header::HOST, "observatory.test").body(Body::empty()).unwrap();
        let answer = site.clone().oneshot(head).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert!(answer.into_body().collect().await.unwrap().to_bytes().is_empty(), "{path}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn only_embeds_may_be_framed(db: PgPool) {
    let site = support::site(&db).await;
    for path in [
        "/en",
        "/en/programs",
        "/en/programs/data.csv",
        "/api/v1/programs",
        "/oembed?url=http://observatory.test/en/events",
    ] {
        let (status, headers, _) = bytes(&site, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert_eq!(headers[header::X_FRAME_OPTIONS], "DENY", "{path}");
    }
    for path in [
        "/embed/en/indicators/domestic-market-revenue",
        "/embed/zh/subsidies?kind=paid",
        "/embed/en/events?as_of=1&theme=dark",
        "/embed/zh",
    ] {
        let (status, headers, body) = bytes(&site, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(!headers.contains_key(header::X_FRAME_OPTIONS), "{path}");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("frame-ancestors *"), "{path}");
        assert!(!headers.contains_key(header::SET_COOKIE), "{path}");
        let text = String::from_utf8(body).unwrap();
        assert!(text.contains("CC BY 4.0") && text.contains("<svg") || text.contains("<table"), "{path}");
    }
    for (path, status) in [
        ("/embed/en/subsidies?view=chart", StatusCode::NOT_FOUND),
        ("/embed/en/programs?nonsense=1", StatusCode::BAD_REQUEST),
        ("/embed/fr/programs", StatusCode::NOT_FOUND),
        ("/oembed", StatusCode::NOT_FOUND),
        ("/oembed?url=http://elsewhere.test/en/events", StatusCode::NOT_FOUND),
        ("/oembed?url=http://observatory.test/en/events&format=xml", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(send(&site, path).await.status(), status, "{path}");
    }
    let answer: Value = serde_json::from_slice(
        &ok(&site, "/oembed?url=http%3A%2F%2Fobservatory.test%2Fen%2Fevents%3Fkind%3Dpolicy&maxwidth=400")
            .await,
    )
    .unwrap();
    assert_eq!((answer["type"].as_str(), answer["version"].as_str()), (Some("rich"), Some("1.0")));
    assert_eq!(answer["width"], 400);
    assert!(answer["html"].as_str().unwrap().contains("/embed/en/events?kind=policy"), "{answer}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_api_is_read_page_by_page(db: PgPool) {
    let site = support::site(&db).await;
    for noun in ["programs", "sources", "observations"] {
        let extra = if noun == "observations" { "indicator=domestic-market-revenue&rows=all&" } else { "" };
        let whole: Value =
            serde_json::from_slice(&ok(&site, &format!("/api/v1/{noun}?{extra}limit=1000")).await).unwrap();
        let (mut rows, mut next) = (Vec::new(), Some(format!("/api/v1/{noun}?{extra}limit=17")));
        while let Some(path) = next {
            let page: Value = serde_json::from_slice(&ok(&site, &path).await).unwrap();
            rows.extend(page["data"].as_array().unwrap().clone());
            next = page["meta"]["next"]
                .as_str()
                .map(|next| next.strip_prefix("http://observatory.test").unwrap().to_owned());
        }
        assert_eq!(Value::Array(rows), whole["data"], "{noun}");
    }
    let (status, headers, body) = bytes(&site, "/api/v1/programs?sorted=newest").await;
    assert_eq!(
        (status, headers[header::CONTENT_TYPE].to_str().unwrap()),
        (StatusCode::BAD_REQUEST, "application/problem+json")
    );
    assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert!(String::from_utf8(body).unwrap().contains("include_history"), "it says what there is");
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

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn sdmx_has_every_figure_once(db: PgPool) {
    let site = support::site(&db).await;
    let flow = "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0";
    let body = String::from_utf8(ok(&site, &format!("{flow}/*?format=csv")).await).unwrap();
    let mut reader = csv::Reader::from_reader(body.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
    let keys: BTreeSet<Vec<&str>> =
        records.iter().map(|record| record.iter().skip(3).take(6).collect()).collect();
    assert_eq!(keys.len(), records.len(), "no key twice");
    let stored: Vec<(String, String, String)> =
        sqlx::query_as("select indicator_id, source_id, value::text from observation")
            .fetch_all(&db)
            .await
            .unwrap();
    let sent: BTreeSet<(&str, &str, &str)> =
        records.iter().map(|record| (&record[4], &record[7], &record[9])).collect();
    assert_eq!(records.len(), stored.len());
    for (indicator, source, value) in &stored {
        assert!(
            sent.contains(&(indicator.as_str(), source.as_str(), value.as_str())),
            "{indicator} {source} {value}"
        );
    }
    let json: Value = serde_json::from_slice(
        &ok(&site, &format!("{flow}/.jobs-total.china..?c[TIME_PERIOD]=ge:2025")).await,
    )
    .unwrap();
    let set = json["data"]["dataSets"][0]["observations"].as_object().unwrap();
    let csv = String::from_utf8(
        ok(&site, &format!("{flow}/.jobs-total.china..?startPeriod=2025&format=csv")).await,
    )
    .unwrap();
    assert_eq!(set.len(), csv.lines().count() - 1);
    for (path, status) in [
        (format!("{flow}/*?unknown=1"), StatusCode::BAD_REQUEST),
        (format!("{flow}/a.b"), StatusCode::BAD_REQUEST),
        (format!("{flow}/*?startPeriod=soon"), StatusCode::BAD_REQUEST),
        (format!("{flow}/*?asOf=1999-01-01"), StatusCode::NOT_FOUND),
        ("/sdmx/v2/data/dataflow/OECD/OBSERVATIONS/1.0/*".to_owned(), StatusCode::NOT_FOUND),
        ("/sdmx/v2/structure/hierarchy".to_owned(), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(send(&site, &path).await.status(), status, "{path}");
    }
    let structure: Value = serde_json::from_slice(
        &ok(&site, "/sdmx/v2/structure/datastructure/MDO/OBSERVATIONS/1.0?references=all").await,
    )
    .unwrap();
    let lists = structure["data"]["codelists"].as_array().unwrap();
    assert_eq!(lists.len(), 10);
}
