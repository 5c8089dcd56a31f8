//! Hostile text in an address: in the title, in machine-readable metadata, in files, pictures, frames and errors.

use axum::http::StatusCode;
use observatory::text::characters::typed;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use sqlx::PgPool;

use super::{Answer, TEXTS, fetch};
use crate::support;

/// Texts that only an address can contain: the import would refuse them.
const UNPRINTABLE: [&str; 12] = [
    "a\r\nER  - \r\nTY  - BOOK",
    "a\nb\u{2028}c\u{2029}d\u{85}e",
    "\u{ffff}",
    "a\u{fffe}b\u{fdd0}c\u{1ffff}",
    "a\0b",
    "\u{1b}[2J\u{7}\u{7f}\u{9b}31m",
    "\u{202e}gro.elpmaxe//:sptth\u{202c}",
    "\u{200e}a\u{200f}\u{61c}\u{2066}b\u{2069}",
    "\u{e0041}\u{e007f}a",
    "\u{200b}\u{feff}",
    "\tx\u{b}\u{c}",
    "\u{fffd}",
];

/// Addresses that repeat the text, with `{}` in its place; and whether the title contains it.
const PAGES: [(&str, bool); 15] = [
    ("/en/search?q={}", true),
    ("/zh/search?q={}", true),
    ("/en/search?q={}&kind=program", true),
    ("/en/indicators?q={}", true),
    ("/zh/programs?q={}", true),
    ("/en/subsidies?q={}", true),
    ("/zh/organizations?q={}", true),
    ("/en/events?q={}", true),
    ("/zh/sources?q={}", true),
    ("/en/explore?find={}", true),
    ("/en/search/download?q={}", true),
    ("/zh/sources/download?q={}", true),
    ("/embed/en/search?q={}", false),
    ("/embed/zh/sources?q={}&theme=dark", false),
    ("/fn/suggest?locale=zh&q={}", false),
];

const FILES: [&str; 20] = [
    "/en/search/data.csv?q={}",
    "/en/search/data.csv-metadata.json?q={}",
    "/zh/search/data.json?q={}",
    "/en/search/data.xlsx?q={}",
    "/en/search/data.zip?q={}",
    "/en/search/metadata.json?q={}",
    "/en/search/cite.bib?q={}",
    "/zh/search/cite.ris?q={}",
    "/en/search/cite.csl.json?q={}",
    "/zh/search/cite.txt?q={}",
    "/en/search/card.png?q={}",
    "/zh/sources/metadata.json?q={}",
    "/en/sources/cite.ris?q={}",
    "/en/programs/cite.bib?q={}",
    "/en/events/card.png?q={}",
    "/zh/organizations/card.png?q={}&theme=dark",
    "/api/v1/programs?q={}",
    "/api/v1/sources?q={}&lang=zh",
    "/oembed?url=http://observatory.test/en/search?q={{}}",
    "/fn/search?locale=en&query=q={{}}",
];

/// Addresses of a chart with the reader's own words: refused where a picture cannot draw them.
const DRESSED: [&str; 5] = [
    "/en/indicators/domestic-market-revenue/download?own_title={}&own_note={}",
    "/embed/zh/indicators/domestic-market-revenue?own_title={}",
    "/embed/en/indicators/domestic-market-revenue?own_note={}",
    "/en/indicators/domestic-market-revenue/chart.svg?own_title={}&own_note={}",
    "/zh/indicators/domestic-market-revenue/chart.svg?own_series={}",
];

/// Addresses that are refused with an error that contains the text.
const REFUSED: [&str; 9] = [
    "/en/programs?status={}",
    "/zh/programs?{}=1",
    "/en/search?q=a&q={}",
    "/en/indicators/jobs-total?entity={}",
    "/embed/en/programs?place={}",
    "/zh/explore/data.csv?series={}",
    "/api/v1/events?{}=x",
    "/api/v1/observations?indicator={}",
    "/oembed?url={}",
];

fn address(pattern: &str, text: &str) -> String {
    let encode = |text: &str| -> String { form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    // An address within an address is encoded twice.
    pattern.replace("{{}}", &encode(&encode(text))).replace("{}", &encode(text))
}

/// Returns the fixed texts and as many generated ones, the same each time.
fn texts() -> Vec<String> {
    let piece = prop_oneof![
        prop::sample::select(TEXTS.as_slice()).prop_map(str::to_owned),
        prop::sample::select(UNPRINTABLE.as_slice()).prop_map(str::to_owned),
        any::<String>(),
        "[<>\"'&\\\\=;{}\\-/!\\]\\[\\r\\n\\t]{1,8}",
    ];
    let drawn = prop::collection::vec(piece, 1..4)
        .prop_map(|pieces| pieces.concat().chars().take(90).collect::<String>());
    let mut runner =
        TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let drawn = (0..12).map(|_| drawn.new_tree(&mut runner).unwrap().current());
    TEXTS.iter().chain(&UNPRINTABLE).map(|text| (*text).to_owned()).chain(drawn.collect::<Vec<_>>()).collect()
}

/// Returns a text as a page shows it: as the site reads it, with single spaces.
fn shown(text: &str) -> String {
    typed(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn title(page: &Answer) -> String {
    let html = scraper::Html::parse_document(page.text());
    let title = html.select(&scraper::Selector::parse("head > title").unwrap()).next().unwrap();
    title.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn text_of_an_address_stays_text_on_pages(db: PgPool) {
    let site = support::site(&db).await;
    for text in texts() {
        for (pattern, in_title) in PAGES {
            let page = fetch(&site, &address(pattern, &text)).await;
            page.read();
            // Pages strip NUL from their query, server functions refuse it.
            if pattern.starts_with("/fn/") && text.contains('\0') {
                assert_eq!(page.status, StatusCode::BAD_REQUEST, "{}", page.path);
                continue;
            }
            assert!(page.status.is_success(), "{}: {}", page.path, page.status);
            if in_title && !shown(&text).is_empty() {
                assert!(title(&page).contains(&shown(&text)), "{}: {}", page.path, title(&page));
            }
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn text_of_an_address_stays_text_in_files(db: PgPool) {
    let site = support::site(&db).await;
    for text in texts() {
        for pattern in FILES {
            let file = fetch(&site, &address(pattern, &text)).await;
            assert!(file.status.is_success(), "{}: {} {}", file.path, file.status, file.text());
            let found = file.read();
            if pattern.contains("/search/metadata.json") {
                assert!(found.contains(typed(&text).trim()), "{}", file.path);
            }
            if pattern.contains("cite.ris") {
                let lines: Vec<&str> = found.split("\r\n").collect();
                assert!(
                    lines.iter().all(|line| line.is_empty() || line.get(2..6) == Some("  - ")),
                    "{found}"
                );
                assert!(!found.replace("\r\n", "").contains(['\r', '\n']), "{found}");
                assert_eq!(lines.iter().filter(|line| line.starts_with("ER")).count(), 1, "{found}");
            }
            if pattern.contains("cite.bib") {
                assert_eq!(found.lines().filter(|line| line.starts_with('@')).count(), 1, "{found}");
                assert!(found.lines().skip(1).all(|line| line.starts_with("  ") || line == "}"), "{found}");
            }
            if pattern.contains("/oembed") {
                let value: serde_json::Value = serde_json::from_slice(&file.body).unwrap();
                let html = scraper::Html::parse_fragment(value["html"].as_str().unwrap());
                let elements: Vec<&str> = html
                    .tree
                    .nodes()
                    .filter_map(scraper::ElementRef::wrap)
                    .map(|element| element.value().name())
                    .collect();
                // The parser itself adds the first two.
                assert_eq!(elements, ["body", "html", "iframe", "script"], "{}", file.path);
            }
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn text_of_a_reader_in_a_chart_stays_text(db: PgPool) {
    let site = support::site(&db).await;
    let mut drawn = 0;
    for text in texts() {
        for pattern in DRESSED {
            let answer = fetch(&site, &address(pattern, &text)).await;
            let found = answer.read();
            let status = answer.status.as_u16();
            assert!(matches!(status, 200 | 400), "{}: {status}", answer.path);
            if status == 200 && !shown(&text).is_empty() {
                let found = found.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(found.contains(&shown(&text)), "{}: {found}", answer.path);
                drawn += 1;
            }
        }
    }
    assert!(drawn > 40, "only {drawn} were drawn");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn text_of_an_address_stays_text_in_errors(db: PgPool) {
    let site = support::site(&db).await;
    for text in texts() {
        for pattern in REFUSED {
            let answer = fetch(&site, &address(pattern, &text)).await;
            // A text of which nothing remains is an empty query.
            let status = answer.status.as_u16();
            assert!(
                matches!(status, 400 | 404) || (status == 200 && shown(&text).is_empty()),
                "{}: {status}",
                answer.path
            );
            answer.read();
        }
    }
}

/// Text of an address that headers and log lines repeat cannot begin another line or move a cursor.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn an_address_with_unencoded_control_characters_is_refused(db: PgPool) {
    let site = support::site(&db).await;
    for c in ['\u{85}', '\u{9b}', '\u{202e}', '\u{2028}', '\u{200f}', '\u{ffff}', '\u{e0041}'] {
        for path in [format!("/en/{c}/"), format!("/?{c}"), format!("/en/search?q={c}"), format!("/api/{c}")]
        {
            let answer = fetch(&site, &path).await;
            assert_eq!(answer.status, 400, "{path:?}");
            assert!(!answer.read().contains(c), "{path:?}");
        }
    }
    assert_eq!(fetch(&site, "/zh/search?q=微短剧").await.status, 200);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_path_is_only_a_path(db: PgPool) {
    let site = support::site(&db).await;
    for text in texts() {
        let encoded: String =
            form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
        for room in ["indicators", "sources", "programs/x", "embed", ""] {
            let answer = fetch(&site, &format!("/en/{room}/{encoded}")).await;
            assert!(answer.status.is_client_error(), "{}: {}", answer.path, answer.status);
            answer.read();
        }
    }
}
