//! Tests of files with the texts of both languages.

use std::collections::BTreeMap;

use serde_json::Value;
use sqlx::PgPool;

use super::{beside, ok};
use crate::{
    pages::{json, send},
    support,
};

type Row = BTreeMap<String, String>;

/// Returns the rows of a CSV by the names in its header, in a fixed order.
fn rows(body: &[u8]) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(body);
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader
        .records()
        .map(|record| names.iter().cloned().zip(record.unwrap().iter().map(str::to_owned)).collect::<Row>());
    let mut rows: Vec<Row> = rows.collect();
    rows.sort();
    rows
}

/// Returns the rows with texts in one language only, under the names that they have in a file of that language.
fn in_language(rows: &[Row], ending: &str, other: &str, names: &[String]) -> Vec<Row> {
    let of = |row: &Row| {
        let cells = row.iter().filter_map(|(name, cell)| match name.strip_suffix(ending) {
            Some(stem) if names.iter().any(|name| name == stem) => Some((stem.to_owned(), cell.clone())),
            _ if names.contains(name) => Some((name.clone(), cell.clone())),
            _ => {
                assert!(name.ends_with(other), "{name}");
                None
            }
        });
        cells.collect::<Row>()
    };
    let mut rows: Vec<Row> = rows.iter().map(of).collect();
    rows.sort();
    rows
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn both_languages_are_those_of_the_two_files(db: PgPool) {
    let site = support::site(&db).await;
    for page in [
        "indicators",
        "indicators/domestic-market-revenue?rows=all",
        "programs?place=shanghai",
        "programs/pudong-10-package",
        "programs/compare",
        "subsidies?kind=paid",
        "organizations",
        "organizations/crazy-maple-studio",
        "events?kind=policy",
        "places",
        "sources?official=yes",
        "explore?preset=forecasts",
        "disagreements",
        "map?by=titles",
        "search?q=pudong",
    ] {
        let file = |locale: &str, more: &str| {
            beside(&format!("/{locale}/{page}"), "data.csv", &format!("bom=0&header=names{more}"))
        };
        let en = rows(&ok(&site, &file("en", "")).await);
        let zh = rows(&ok(&site, &file("zh", "")).await);
        assert!(!en.is_empty(), "{page}");
        let names: Vec<String> = en[0].keys().cloned().collect();
        for locale in ["en", "zh"] {
            let both = rows(&ok(&site, &file(locale, "&labels=both")).await);
            assert!(both[0].len() > names.len(), "{page} has columns of text");
            assert_eq!(in_language(&both, "_en", "_zh", &names), en, "{locale} {page}");
            assert_eq!(in_language(&both, "_zh", "_en", &names), zh, "{locale} {page}");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_format_has_both_languages(db: PgPool) {
    let site = support::site(&db).await;
    let text = async |path: &str| String::from_utf8(ok(&site, path).await).unwrap();
    let csv = text("/en/places/data.csv?labels=both").await;
    assert!(csv.contains("Name (English),Name (Chinese)"), "{}", &csv[..200]);
    let described: Value =
        serde_json::from_str(&text("/en/places/data.csv-metadata.json?labels=both").await).unwrap();
    let columns = described["tableSchema"]["columns"].as_array().unwrap();
    assert!(described["url"].as_str().unwrap().contains("labels=both"));
    assert!(columns.iter().any(|column| column["name"] == "name_zh"), "{columns:?}");
    let (_, rows) = json(&site, "/zh/places/data.json?labels=both").await;
    let pudong = rows["data"].as_array().unwrap().iter().find(|row| row["id"] == "shanghai-pudong").unwrap();
    assert!(pudong["name_en"].as_str().unwrap().contains("Pudong"), "{pudong}");
    assert!(pudong["name_zh"].as_str().unwrap().contains("浦东"), "{pudong}");
    let typed = ok(&site, "/en/places/data.parquet?labels=both").await;
    assert!(typed.windows(7).any(|bytes| bytes == b"name_zh"));
    assert!(ok(&site, "/en/places/data.xlsx?labels=both").await.starts_with(b"PK"));
    for wrong in ["/en/places/data.csv?labels=all", "/en/data/events.csv?labels=both"] {
        assert_eq!(send(&site, wrong).await.status().as_u16(), 400, "{wrong}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn all_figures_come_in_both_languages(db: PgPool) {
    let site = support::site(&db).await;
    let file = async |path: &str| ok(&site, path).await;
    let both = file("/en/data/figures.csv?bom=0&labels=both").await;
    let (en, zh) = (file("/en/data/figures.csv?bom=0").await, file("/zh/data/figures.csv?bom=0").await);
    let count = |body: &[u8]| csv::Reader::from_reader(body).records().count();
    assert_eq!((count(&both), count(&en)), (count(&zh), count(&zh)));
    // By labels: "Indicator" is "Indicator (English)" here, and 指标 is "Indicator (Chinese)".
    let column = |body: &[u8], label: &str| {
        let mut reader = csv::Reader::from_reader(body);
        let at = reader.headers().unwrap().iter().position(|name| name == label);
        let at = at.unwrap_or_else(|| panic!("{label}"));
        let mut cells: Vec<String> = reader.records().map(|row| row.unwrap()[at].to_owned()).collect();
        cells.sort();
        cells
    };
    for (label, zh_label) in [
        ("Indicator", "指标"),
        ("Note", "说明"),
        ("Qualifier, in words", "限定词"),
        ("Source", "来源"),
        ("Producer", "数据方"),
    ] {
        assert_eq!(column(&both, &format!("{label} (English)")), column(&en, label));
        assert_eq!(column(&both, &format!("{label} (Chinese)")), column(&zh, zh_label));
    }
    let typed = file("/zh/data/figures.parquet?labels=both").await;
    for name in ["indicator_en", "indicator_zh", "note_en", "note_zh"] {
        assert!(typed.windows(name.len()).any(|bytes| bytes == name.as_bytes()), "{name}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn data_packages_of_both_versions_describe_the_same_files(db: PgPool) {
    let site = support::site(&db).await;
    for state in ["", "?as_of=1"] {
        let (_, first) = json(&site, &format!("/en/data/datapackage.json{state}")).await;
        let (_, second) = json(&site, &format!("/en/data/datapackage-2.json{state}")).await;
        assert_eq!(second["$schema"], "https://datapackage.org/profiles/2.0/datapackage.json");
        assert!(second.get("profile").is_none());
        for key in ["name", "title", "version", "created", "licenses"] {
            assert_eq!(first[key], second[key], "{key}");
        }
        let resources = |package: &Value| package["resources"].as_array().unwrap().clone();
        let (first, second) = (resources(&first), resources(&second));
        assert_eq!(first.len(), second.len());
        for (first, second) in first.iter().zip(&second) {
            let names = |resource: &Value| -> Vec<Value> {
                resource["schema"]["fields"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|field| field["name"].clone())
                    .collect()
            };
            assert_eq!((names(first), &second["type"]), (names(second), &Value::from("table")));
            let path = second["path"].as_str().unwrap();
            assert_eq!(path.contains("as_of=1"), !state.is_empty(), "{path}");
            let body = ok(&site, &format!("/en/data/{path}")).await;
            let mut reader = csv::Reader::from_reader(body.as_slice());
            let header: Vec<Value> = reader.headers().unwrap().iter().map(Value::from).collect();
            assert_eq!(header, names(second), "{path}");
        }
    }
}
