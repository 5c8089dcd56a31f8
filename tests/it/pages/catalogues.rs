//! Tests of the catalogues of the data set.

use std::collections::BTreeSet;

use observatory::import::spec::FILES;
use serde_json::Value;
use sqlx::PgPool;

use super::{get, json, send};
use crate::support;

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_catalogue_names_every_file_and_each_of_them_is_there(db: PgPool) {
    let site = support::site(&db).await;
    for state in ["", "?as_of=1"] {
        let (_, catalogue) = json(&site, &format!("/data/catalog.jsonld{state}")).await;
        let nodes = catalogue["@graph"].as_array().unwrap();
        let objects = |property: &str| -> BTreeSet<String> {
            let of = nodes.iter().filter_map(|node| node[property].as_array()).flatten();
            of.filter_map(|object| object["@id"].as_str().map(str::to_owned)).collect()
        };
        let (files, sets) = (objects("dcat:downloadURL"), objects("dcat:dataset"));
        assert_eq!(sets.len(), FILES.len() + 2);
        assert_eq!(
            files.len(),
            2 * FILES.len() + 5,
            "each table twice, figures in four files, and the archive"
        );
        for file in &files {
            let path = file
                .strip_prefix("https://observatory.test")
                .or(file.strip_prefix("http://observatory.test"));
            let path = path.unwrap_or_else(|| panic!("{file}"));
            assert_eq!(send(&site, path).await.status().as_u16(), 200, "{path}");
            assert_eq!(path.contains("as_of=1"), !state.is_empty(), "{path}");
        }
        let named = |name: &str| {
            let node = nodes.iter().find(|node| node["@id"].as_str().unwrap().ends_with(name));
            node.unwrap_or_else(|| panic!("{name}")).clone()
        };
        let figures = named("#figures");
        assert_eq!(figures["dcat:version"][0]["@value"], "1");
        assert!(named("#figures-period")["dcat:startDate"][0]["@value"].as_str().unwrap() < "2025");
        assert!(figures["dct:title"].as_array().unwrap().iter().any(|title| title["@language"] == "zh-Hans"));
        assert_eq!(named("#whole")["dcat:inSeries"].as_array().unwrap().len(), 1);
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn croissant_has_a_record_set_for_each_file(db: PgPool) {
    let site = support::site(&db).await;
    let (_, described) = json(&site, "/data/croissant.json").await;
    assert_eq!(described["conformsTo"], "http://mlcommons.org/croissant/1.1");
    let ids = |key: &str| -> BTreeSet<String> {
        let nodes = described[key].as_array().unwrap().iter();
        nodes.map(|node| node["@id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("distribution"), FILES.iter().map(|file| file.file.to_owned()).collect());
    assert_eq!(ids("recordSet"), FILES.iter().map(|file| file.stem().to_owned()).collect());
    for (file, set) in FILES.iter().zip(described["recordSet"].as_array().unwrap()) {
        let fields = set["field"].as_array().unwrap().iter();
        let columns: Vec<&str> =
            fields.map(|field| field["source"]["extract"]["column"].as_str().unwrap()).collect();
        assert_eq!(columns, file.columns.iter().map(|column| column.name).collect::<Vec<_>>());
    }
    for wrong in
        ["/data/croissant.json?x=1", "/data/catalog.ttl?known_on=2025-12-05", "/data/catalog.jsonld?lang=fr"]
    {
        assert_eq!(send(&site, wrong).await.status().as_u16(), 400, "{wrong}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn lists_and_the_data_page_are_described_for_dataset_search(db: PgPool) {
    let site = support::site(&db).await;
    for path in ["/en/data", "/zh/programs", "/en/indicators/domestic-market-revenue", "/zh/sources?as_of=1"]
    {
        let page = get(&site, path).await;
        let described: Vec<Value> = page
            .all("script[type=\"application/ld+json\"]")
            .iter()
            .map(|script| serde_json::from_str(&script.text().collect::<String>()).unwrap())
            .filter(|value: &Value| value["@type"] == "Dataset" || value["@type"] == "DataCatalog")
            .collect();
        let sets: Vec<Value> = match described[0]["dataset"].as_array() {
            Some(sets) => sets.clone(),
            None => described,
        };
        for set in &sets {
            for key in [
                "version",
                "dateModified",
                "identifier",
                "measurementTechnique",
                "spatialCoverage",
                "publisher",
            ] {
                assert!(!set[key].is_null(), "{path}: {key} of {set}");
            }
            assert!(set["identifier"].as_str().unwrap().contains("as_of=1"), "{path}: {set}");
        }
        let files: Vec<&Value> =
            sets.iter().filter_map(|set| set["distribution"].as_array()).flatten().collect();
        assert!(files.iter().any(|file| file["contentUrl"].as_str().unwrap().contains(".parquet")), "{path}");
        assert_eq!(path == "/en/data", sets.len() > 5, "{path}");
    }
}
