//! Comparison of places: numbers counted from the shipped CSV files, the lists behind them, the finding, and the choice of places.

use std::collections::{BTreeMap, BTreeSet};

use axum::{Router, http::StatusCode};
use observatory::domain::programs::model::Instrument;
use scraper::Selector;
use sqlx::PgPool;

use super::{Page, get, send, text};
use crate::support;

const PEERS: [&str; 5] = ["shanghai-pudong", "hangzhou", "beijing", "dongyang-hengdian", "south-korea"];

type Row = BTreeMap<String, String>;

fn rows(file: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(support::shipped().join(file)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The measures of the shipped data set that a comparison counts by default, as place and instrument.
struct Measures {
    parents: BTreeMap<String, String>,
    counted: Vec<(String, String)>,
}

impl Measures {
    fn shipped() -> Measures {
        let programs = rows("programs.csv");
        let packages: BTreeSet<&String> = programs.iter().map(|row| &row["package_id"]).collect();
        let counts = |row: &&Row| {
            !packages.contains(&row["id"])
                && row["instrument"] != "regulation"
                && matches!(row["scope"].as_str(), "micro-drama" | "includes")
        };
        let place_and_instrument = |row: &Row| (row["jurisdiction"].clone(), row["instrument"].clone());
        Measures {
            counted: programs.iter().filter(counts).map(place_and_instrument).collect(),
            parents: rows("entities.csv")
                .into_iter()
                .map(|mut row| (row.remove("id").unwrap(), row.remove("parent_id").unwrap()))
                .collect(),
        }
    }

    fn is_within(&self, place: &str, larger: &str) -> bool {
        place == larger || self.parents.get(place).is_some_and(|parent| self.is_within(parent, larger))
    }

    fn count(&self, place: &str, instrument: Instrument) -> usize {
        let fits = |(own, kind): &&(String, String)| kind == instrument.word() && self.is_within(own, place);
        self.counted.iter().filter(fits).count()
    }
}

fn address(places: &[&str]) -> String {
    let places: Vec<String> = places.iter().map(|place| format!("place={place}")).collect();
    format!("/en/programs/compare?{}", places.join("&"))
}

/// The words of a cell and the address behind them, if it has any.
type CellWords = (String, Option<String>);

/// The cells of the table of numbers: instrument, and per place the words with the address behind them.
fn cells(page: &Page) -> Vec<(Instrument, Vec<CellWords>)> {
    let [head, cell, link] = ["th", "td", "a"].map(|selector| Selector::parse(selector).unwrap());
    let row = |row: scraper::ElementRef<'_>| {
        let name = text(row.select(&head).next().unwrap());
        let (_, instrument) = Instrument::WORDS
            .iter()
            .find(|(_, known)| known.name(observatory::text::Locale::En) == name)
            .unwrap();
        let cells = row.select(&cell).map(|cell| {
            let href = cell.select(&link).next().and_then(|link| link.value().attr("href"));
            (text(cell), href.map(str::to_owned))
        });
        (*instrument, cells.collect())
    };
    page.all(".compare-numbers tbody tr").into_iter().map(row).collect()
}

/// The number of programmes that a list says it has.
async fn listed(site: &Router, list: &str) -> usize {
    let said = get(site, list).await.text(".result");
    said.split(' ').next().unwrap().replace(',', "").parse().unwrap()
}

/// The total that the words of a cell state: `2 in force of 9`, `9 announced`.
fn total(words: &str) -> usize {
    let main = words.split(':').next().unwrap();
    let number = main.rsplit_once(" of ").map_or(main.split(' ').next().unwrap(), |(_, total)| total);
    number.parse().unwrap_or_else(|_| panic!("{words}"))
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn numbers_are_those_of_the_files_and_lead_to_their_lists(db: PgPool) {
    let (site, measures) = (support::site(&db).await, Measures::shipped());
    let six = ["shanghai-pudong", "shanghai", "hangzhou", "beijing", "china", "south-korea"];
    for places in [&PEERS[..], &six[..]] {
        let page = get(&site, &address(places)).await;
        let cells = cells(&page);
        let mut lists = 0;
        for (_, instrument) in Instrument::WORDS {
            let expected: Vec<usize> =
                places.iter().map(|place| measures.count(place, *instrument)).collect();
            let Some((_, row)) = cells.iter().find(|(shown, _)| shown == instrument) else {
                assert!(expected.iter().all(|count| *count == 0), "{} is left out", instrument.word());
                continue;
            };
            assert_eq!(row.len(), places.len());
            for ((words, href), expected) in row.iter().zip(expected) {
                match href {
                    None => {
                        assert_eq!((expected, words.as_str()), (0, "none known"), "{}", instrument.word())
                    }
                    Some(href) => {
                        assert_eq!(total(words), expected, "{href}: {words}");
                        assert_eq!(listed(&site, href).await, expected, "{href}");
                        lists += 1;
                    }
                }
            }
        }
        assert!(lists > 8, "only {lists} numbers in {places:?}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_finding_names_what_others_have_and_pudong_lacks(db: PgPool) {
    let (site, measures) = (support::site(&db).await, Measures::shipped());
    for places in [&PEERS[..], &["shanghai-pudong", "shanghai", "henan", "chongqing"][..]] {
        let page = get(&site, &address(places)).await;
        let finding = page.text(".compare-finding");
        for (_, instrument) in Instrument::WORDS.iter().filter(|(word, _)| *word != "regulation") {
            let mut elsewhere = 0;
            for place in &places[1..] {
                for status in ["in-force", "announced", "coming"] {
                    let list = format!(
                        "/en/programs?place={place}&kind=measure&instrument={}&scope=related&status={status}",
                        instrument.word(),
                    );
                    elsewhere += listed(&site, &list).await;
                }
            }
            let missing = elsewhere > 0 && measures.count("shanghai-pudong", *instrument) == 0;
            let named = finding.contains(&format!("{} (", instrument.name(observatory::text::Locale::En)));
            assert!(!missing || named, "{} is missing: {finding}", instrument.word());
            assert!(missing || !named || elsewhere > 0, "{}: {finding}", instrument.word());
        }
        assert!(
            page.text(".compare-findings").contains("amount per work"),
            "{}",
            page.text(".compare-findings")
        );
    }
    // The highest amount of a place leads to its measure.
    let page = get(&site, &address(&PEERS)).await;
    for link in page.all(".compare-findings p a") {
        let href = link.value().attr("href").unwrap();
        let measure = get(&site, href).await;
        let breakable = |text: String| text.replace('\u{a0}', " ");
        let (amount, offered) = (breakable(text(link)), breakable(measure.text("main")));
        assert!(offered.contains(&amount), "{href} does not offer {amount}: {offered}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_place_may_be_counted_without_what_lies_within(db: PgPool) {
    let site = support::site(&db).await;
    let places = "place=shanghai&place=shanghai-pudong";
    let rolled = get(&site, &format!("/en/programs/compare?{places}")).await;
    assert!(rolled.text(".compare-findings").contains("Shanghai contains Pudong New Area"));
    let own = get(&site, &format!("/en/programs/compare?{places}&within=own&scope=any")).await;
    assert!(!own.text(".compare-findings").contains("contains"));
    let parents = Measures::shipped().parents;
    assert_eq!(parents["shanghai-pudong"], "shanghai");
    for (_, row) in cells(&own) {
        for (words, href) in row {
            let Some(href) = href else { continue };
            assert!(href.contains("within=own") && !href.contains("scope="), "{href}");
            assert_eq!(listed(&site, &href).await, total(&words), "{href}");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn any_place_is_added_by_name_and_a_misspelt_one_loses_nothing(db: PgPool) {
    let site = support::site(&db).await;
    let start = "/en/programs/compare?place=shanghai-pudong&place=beijing&scope=any";
    for (typed, id) in [
        ("Hangzhou", "hangzhou"),
        ("%E6%9D%AD%E5%B7%9E", "hangzhou"),
        ("%E6%A8%AA%E5%BA%97", "dongyang-hengdian"),
        ("south+korea", "south-korea"),
    ] {
        let page = get(&site, &format!("{start}&add={typed}")).await;
        assert_eq!(page.all(".compare-numbers thead th").len(), 4, "{typed}");
        let canonical = page.all("link[rel=canonical]")[0].value().attr("href").unwrap().to_owned();
        assert!(canonical.ends_with(&format!("place=beijing&place={id}&scope=any")), "{canonical}");
        assert_eq!(
            send(&site, &format!("{}&add={typed}", start.replace("?", "/data.csv?"))).await.status(),
            StatusCode::OK
        );
    }
    let page = get(&site, &format!("{start}&add=Hangzou")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.all(".compare-numbers thead th").len(), 3);
    assert_eq!(page.all("input#add")[0].value().attr("value"), Some("Hangzou"));
    let offered = page.all(".compare-unresolved .chips a");
    let first = offered[0].value().attr("href").unwrap();
    assert_eq!(first, "/en/programs/compare?place=shanghai-pudong&place=beijing&place=hangzhou&scope=any");
    let file = send(&site, &format!("{}&add=Hangzou", start.replace("?", "/data.csv?"))).await;
    assert!(file.status().is_client_error(), "{}", file.status());
    // Every place that is not compared is offered, those without programmes too.
    let places = rows("entities.csv");
    let kinds = ["region", "country", "province", "city", "district"];
    let places = places.iter().filter(|row| kinds.contains(&row["kind"].as_str())).count();
    assert_eq!(page.all("#add-places option").len(), places - 2);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_comparison_of_pudong_is_one_step_from_the_front_page(db: PgPool) {
    let site = support::site(&db).await;
    let home = get(&site, "/en").await;
    assert!(home.links().contains("/en/programs/compare"));
    let page = get(&site, "/en/programs/compare").await;
    let compared = page.all(".compare-chips li > a[href^='/en/places/']");
    let compared: Vec<&str> =
        compared.iter().map(|link| link.value().attr("href").unwrap().rsplit('/').next().unwrap()).collect();
    assert_eq!(compared, PEERS);
}
