//! A data set in which every text is hostile, as far as the import allows.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read},
};

use calamine::{Data, Reader, Xlsx};
use observatory::{
    domain::{
        brief::query::{BriefItem, BriefKind},
        registry::Noun,
    },
    import::{
        self, DataSet, check,
        spec::{CellKind, FILES},
    },
};
use scraper::{Html, Selector};
use sqlx::PgPool;

use super::{TEXTS, fetch};
use crate::{
    pages::{is_page, markdown},
    support::{self, data::Folder},
};

/// Returns the small data set with a hostile text in every cell that accepts one. Names that occur in two files are the
/// same in both.
fn hostile() -> Folder {
    let folder = Folder::small();
    let mut names: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut next = 0;
    for file in &FILES {
        let text = folder.text(file.file);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(reader.headers().unwrap()).unwrap();
        for record in reader.records() {
            let record = record.unwrap();
            let id = record[0].to_owned();
            let cells = file.columns.iter().zip(&record).map(|(column, cell)| {
                let free = matches!(column.kind, CellKind::Text | CellKind::List | CellKind::Url)
                    && !["doc_number", "iso_3166", "gbt_2260"].contains(&column.name);
                if cell.is_empty() || !free {
                    return cell.to_owned();
                }
                let number = match column.name {
                    "name_en" | "name_zh" => {
                        *names.entry((id.clone(), column.name.to_owned())).or_insert(next)
                    }
                    // Both languages list as many agencies.
                    "agency_en" | "agency_zh" => {
                        *names.entry((id.clone(), "agency".to_owned())).or_insert(next)
                    }
                    _ => next,
                };
                next += 1;
                let text = TEXTS[number % TEXTS.len()];
                match column.kind {
                    CellKind::Url => format!("https://example.org/{}", text.replace(char::is_whitespace, "")),
                    // A semicolon separates items, and spaces around it are not kept.
                    CellKind::List => format!("{};=1+1;@x", text.replace(';', ",")),
                    // A source that only a note names must still be named; notes in both languages must agree.
                    _ if column.name == "note_en" && cell.contains("aside-2024") => {
                        format!("{text} aside-2024")
                    }
                    // English has no Chinese punctuation; names must differ.
                    _ => format!("{text} {number}"),
                }
            });
            writer.write_record(cells.collect::<Vec<_>>()).unwrap();
        }
        folder.write(file.file, writer.into_inner().unwrap());
    }
    folder
}

/// Returns every text of a column of a file.
fn column(folder: &Folder, file: &str, column: &str) -> Vec<String> {
    let text = folder.text(file);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let at = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
    reader.records().map(|record| record.unwrap()[at].to_owned()).filter(|cell| !cell.is_empty()).collect()
}

async fn published(db: &PgPool) -> (axum::Router, Folder) {
    let folder = hostile();
    if let Err(error) = check(&folder.open()) {
        panic!("{error}");
    }
    import::publish(db, &folder.open(), crate::support::noted()).await.unwrap();
    (support::empty_site(db).await, folder)
}

/// Returns every page of the small data set, in both languages.
async fn pages(site: &axum::Router) -> BTreeSet<String> {
    let mut pages = BTreeSet::new();
    for locale in ["en", "zh"] {
        for alone in [
            "",
            "/explore",
            "/disagreements",
            "/programs/compare",
            "/programs/match?needs=people",
            "/search?q=hostile",
            "/data",
            "/about",
            "/api",
        ] {
            pages.insert(format!("/{locale}{alone}"));
        }
        pages.insert(format!("/{locale}/explore?series=market.china.bureau"));
        for noun in Noun::all().map(Noun::word) {
            let list = format!("/{locale}/{noun}");
            let answer = fetch(site, &list).await;
            let html = scraper::Html::parse_document(answer.text());
            let css = Selector::parse("main a[href]").unwrap();
            let links = html.select(&css).filter_map(|link| link.value().attr("href"));
            let below = format!("{list}/");
            // The list of programmes links to one that only the shipped data set has.
            let ours = |link: &&str| link.starts_with(&below) && is_page(link) && !link.ends_with("-package");
            pages.extend(links.filter(ours).map(str::to_owned));
            pages.insert(list);
        }
    }
    assert!(pages.len() > 50, "{pages:?}");
    pages
}

/// Returns the address of a file beside a page.
fn beside(page: &str, name: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    format!("{path}/{name}{}{query}", if query.is_empty() { "" } else { "?" })
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_text_of_a_data_set_stays_text_on_every_page(db: PgPool) {
    let (site, folder) = published(&db).await;
    let mut found = String::new();
    for path in pages(&site).await {
        let page = fetch(&site, &path).await;
        assert!(page.status.is_success(), "{path}: {}", page.status);
        found.push_str(&page.read());
        let markdown = fetch(&site, &markdown::address(&path)).await;
        let (shown, read) = (Html::parse_document(page.text()), markdown::rendered(markdown.text()));
        assert_eq!(markdown::cells(&shown, "main"), markdown::cells(&read, "table"), "{path}");
        for read in [read, Html::parse_fragment(markdown.text())] {
            let css = Selector::parse("hostile-x, [hostile-a], [href^=javascript]").unwrap();
            assert!(read.select(&css).next().is_none(), "{}: {}", markdown.path, markdown.text());
        }
        let plain = ["/data", "/about", "/api", "/match"].iter().any(|end| path.ends_with(end));
        if plain || path.contains("/match?") || path.ends_with("/explore") {
            continue;
        }
        let (locale, rest) = path.split_at(3);
        let framed = format!("/embed{locale}{rest}");
        for path in [beside(&path, "download"), framed] {
            let page = fetch(&site, &path).await;
            assert!(page.status.is_success(), "{path}: {}", page.status);
            page.read();
        }
    }
    for (file, name) in [
        ("indicators.csv", "name_en"),
        ("programs.csv", "name_zh"),
        ("organizations.csv", "name_en"),
        ("events.csv", "title_en"),
        ("sources.csv", "title"),
        ("statements.csv", "statement_zh"),
        ("people.csv", "role_en"),
    ] {
        for text in column(&folder, file, name) {
            assert!(found.contains(&text), "{file}, {name}: {text} is on no page");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_text_of_a_data_set_stays_text_in_every_file(db: PgPool) {
    let (site, folder) = published(&db).await;
    let titles = column(&folder, "sources.csv", "title");
    for page in pages(&site).await {
        let alone = ["/data", "/about", "/api"].iter().any(|end| page.ends_with(end));
        if alone || page.ends_with("/explore") || page.contains("/revisions/") {
            continue;
        }
        for name in [
            "data.csv",
            "data.csv-metadata.json",
            "data.json",
            "metadata.json",
            "cite.bib",
            "cite.ris",
            "cite.csl.json",
            "cite.txt",
            "card.png",
            "data.zip",
        ] {
            let file = fetch(&site, &beside(&page, name)).await;
            assert!(file.status.is_success(), "{}: {}", file.path, file.status);
            let text = file.read();
            match name {
                "cite.ris" => assert_eq!(text.matches("ER  - ").count(), 1, "{text}"),
                "cite.bib" => {
                    assert!(text.lines().skip(1).all(|line| line.starts_with("  ") || line == "}"), "{text}")
                }
                "data.csv" => no_formula(&text),
                _ => {}
            }
        }
        let chart = fetch(&site, &beside(&page, "chart.svg")).await;
        assert!(chart.status.is_success() || chart.status == 404, "{}", chart.path);
        chart.read();
    }
    for name in ["sources.csv", "organizations.csv", "events.csv", "figures.csv"] {
        no_formula(&fetch(&site, &format!("/en/data/{name}")).await.read());
    }
    let keywords = fetch(&site, "/en/data/sources.csv").await.read();
    assert!(keywords.contains(";=1+1;@x"), "a list keeps its words: {keywords}");
    // A workbook contains them unchanged: its cells have the type text.
    let book = fetch(&site, "/en/sources/data.xlsx").await;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book.body)).unwrap();
    let sheet = book.worksheet_range("Data").unwrap();
    let cells: BTreeSet<String> = sheet
        .used_cells()
        .filter_map(|(_, _, cell)| if let Data::String(text) = cell { Some(text.clone()) } else { None })
        .collect();
    for title in &titles {
        assert!(cells.contains(title), "{title}: {cells:#?}");
    }
    assert!(book.worksheet_formula("Data").unwrap().used_cells().all(|(_, _, formula)| formula.is_empty()));
}

/// Asserts that a spreadsheet would run no cell of a file as a formula.
fn no_formula(text: &str) {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    for record in reader.records() {
        for cell in &record.unwrap() {
            let number = cell.parse::<f64>().is_ok();
            assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn feeds_and_protocols_give_texts_back_as_they_are(db: PgPool) {
    let (site, folder) = published(&db).await;
    let feed: atom_syndication::Feed = fetch(&site, "/en/feed.atom").await.text().parse().unwrap();
    let titles: Vec<&str> = feed.entries.iter().map(|entry| entry.title.value.as_str()).collect();
    assert_eq!(titles, column(&folder, "events.csv", "title_en"));
    for path in [
        "/zh/feed.atom",
        "/en/programs/measure/feed.atom",
        "/zh/organizations/studio/feed.atom",
        "/sitemap.xml",
        "/sitemap/programs/1.xml",
        "/api/openapi.json",
        "/api/v1/sources?include_history=true",
        "/api/v1/observations?indicator=market",
        "/sdmx/v2/structure/dataflow/MDO/OBSERVATIONS/1.0?references=all&format=json",
        "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0?format=csv",
        "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0?format=json",
        "/en/data/datapackage.json",
    ] {
        let answer = fetch(&site, path).await;
        assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.text());
        answer.read();
    }
    let structure =
        fetch(&site, "/sdmx/v2/structure/dataflow/MDO/OBSERVATIONS/1.0?references=all&format=xml")
            .await
            .read();
    for name in column(&folder, "indicators.csv", "name_zh") {
        assert!(structure.contains(&name), "{name}");
    }
    let calendar = fetch(&site, "/en/programs/dates.ics").await;
    assert!(!calendar.text().lines().any(|line| line.starts_with("BEGIN:VEVENT,")), "{}", calendar.text());
    let calendar: icalendar::Calendar = calendar.text().parse().unwrap();
    let names = column(&folder, "programs.csv", "name_en");
    for component in &calendar.components {
        let icalendar::CalendarComponent::Event(event) = component else { panic!("{component:?}") };
        let summary = icalendar::Component::get_summary(event).unwrap();
        assert!(names.iter().any(|name| summary.ends_with(name.as_str())), "{summary}: {names:?}");
    }
}

/// The exported data set equals the imported one, byte for byte of its contents.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_whole_data_set_comes_back(db: PgPool) {
    let (site, folder) = published(&db).await;
    let body = fetch(&site, "/en/data/data.zip").await.body;
    let mut archive = zip::ZipArchive::new(Cursor::new(body)).unwrap();
    let back = tempfile::tempdir().unwrap();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.enclosed_name().unwrap();
        assert_eq!(name.components().count(), 1, "{}", name.display());
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        std::fs::write(back.path().join(name), bytes).unwrap();
    }
    let hash = |data: DataSet| check(&data).unwrap().content_hash;
    assert_eq!(hash(DataSet::open(back.path()).unwrap()), hash(folder.open()));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_text_of_a_data_set_stays_text_in_every_brief(db: PgPool) {
    let (site, _) = published(&db).await;
    let mut found = String::new();
    let mut count = 0;
    for page in pages(&site).await.into_iter().filter(|page| !page.contains('?')) {
        let (locale, path) = page[1..].split_once('/').unwrap_or((&page[1..], ""));
        let item = BriefItem::of_page(path, "").filter(|item| BriefKind::OWN.contains(&item.kind));
        let Some(item) = item else { continue };
        count += 1;
        let brief = item.brief(locale.parse().unwrap()).unwrap();
        found.push_str(&fetch(&site, &brief).await.read());
        // It is only finished if it is what PDF/UA asks for.
        let pdf = fetch(&site, &format!("{brief}.pdf")).await;
        assert!(pdf.status.is_success() && pdf.body.starts_with(b"%PDF-1.7"), "{brief}: {}", pdf.status);
        let docx = fetch(&site, &format!("{brief}.docx")).await;
        let mut archive = zip::ZipArchive::new(Cursor::new(docx.body)).unwrap();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let name = part.name().unwrap().into_owned();
            if name.ends_with(".png") {
                continue;
            }
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            let said = super::xml(&text, &format!("{brief}: {name}"));
            if name == "word/document.xml" {
                found.push_str(&said);
            }
        }
    }
    assert!(count > 10, "{count} briefs");
    let shown = TEXTS.iter().filter(|text| found.matches(**text).count() > 1).count();
    assert!(shown > TEXTS.len() / 2, "{shown} of the texts are shown");
}
