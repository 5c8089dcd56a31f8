//! Briefs: the figures of the pages on one sheet, and what a reader collects.

use axum::http::StatusCode;
use sqlx::PgPool;

use super::{get, json, send};
use crate::{pages::download::ok, support};

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_brief_says_what_its_page_says(db: PgPool) {
    let site = support::site(&db).await;
    for (locale, stop) in [("en", "."), ("zh", "。")] {
        let page = get(&site, &format!("/{locale}/indicators/domestic-market-revenue")).await;
        let brief = get(&site, &format!("/{locale}/brief/indicator/domestic-market-revenue")).await;
        assert_eq!(brief.status, StatusCode::OK);
        assert_eq!(brief.text(".brief-sheet h1"), page.text("h1"));
        assert_eq!(brief.text(".brief-finding"), page.text("h2.finding") + stop);
        let figures = brief.texts(".brief-figures tbody tr");
        assert!((3..=5).contains(&figures.len()), "{figures:?}");
        let value = page.texts(".lead-figure .home-value span").concat().replace(' ', "");
        let lead = brief.text(".brief-figures tbody tr th").replace(' ', "");
        assert_eq!(lead, value, "the same figure leads");
        // Each figure and row names a source of the list.
        let numbers = brief.texts("td:last-child a[href^='#source-']");
        let sources = brief.all(".brief-sources li").len();
        assert!(numbers.len() > figures.len() && sources > 2, "{numbers:?}");
        for number in &numbers {
            assert!((1..=sources).contains(&number.parse().unwrap()), "{number} of {sources}");
        }
        let drawn = brief.all(".brief-drawing[role=img]");
        assert!(
            !drawn.is_empty() && drawn.iter().all(|one| one.value().attr("aria-label").unwrap().len() > 40)
        );
        // The address names the state, and the code holds it.
        let address = brief.text(".brief-foot a");
        assert!(address.ends_with("/brief/indicator/domestic-market-revenue?as_of=1"), "{address}");
        assert_eq!(brief.all("svg.brief-code path").len(), 1);
        let link = format!("/{locale}/brief/indicator/domestic-market-revenue");
        assert!(page.links().contains(&link), "the page links to its brief");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_brief_of_a_programme_states_its_status_and_what_is_not_known(db: PgPool) {
    let site = support::site(&db).await;
    let brief = get(&site, "/en/brief/program/pudong-10-package").await;
    assert!(brief.text(".brief-finding").contains("announced"), "{}", brief.text(".brief-finding"));
    let unknown = brief.texts(".brief-list li");
    assert!(unknown.iter().any(|text| text == "No payment under this programme is known."), "{unknown:?}");
    let measures = brief.texts(".brief-table tbody th");
    assert!(measures.len() > 6, "{measures:?}");
    assert!(brief.links().contains("/en/programs/pudong-10-package"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_does_not_fit_is_counted(db: PgPool) {
    let site = support::site(&db).await;
    let one = get(&site, "/en/brief/place/shanghai-pudong").await;
    let note = one.text(".brief-note");
    assert!(note.starts_with("Further on the page") && note.contains("measures"), "{note}");
    let two = get(&site, "/en/brief/place/shanghai-pudong?pages=2").await;
    let rows = |page: &super::Page| page.all(".brief-table tbody tr").len();
    assert!(rows(&two) > rows(&one) + 5, "{} and {}", rows(&one), rows(&two));
    let left_out = |page: &super::Page| -> usize {
        let note = page.text(".brief-note");
        note.split(" measures").next().unwrap().rsplit(' ').next().unwrap().parse().unwrap()
    };
    let measures = |page: &super::Page| {
        let tables = page.all(".brief-table:not(.brief-figures)");
        tables
            .iter()
            .find(|table| super::text(**table).starts_with("Programme"))
            .map_or(0, |table| table.select(&scraper::Selector::parse("tbody tr").unwrap()).count())
    };
    assert_eq!(left_out(&one) + measures(&one), left_out(&two) + measures(&two), "all are shown or counted");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_reader_collects_orders_and_removes(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/programs/pudong-visa").await;
    let add = page.all(".take a[data-item]");
    assert_eq!(add[0].value().attr("data-item"), Some("program:pudong-visa"));
    assert_eq!(add[0].value().attr("href"), Some("/en/brief?item=program%3Apudong-visa"));
    let chart = get(&site, "/en/explore?preset=market-growth").await;
    assert_eq!(
        chart.all(".take a[data-item]")[0].value().attr("data-item"),
        Some("explore:preset=market-growth")
    );

    let own = "/en/brief?item=program%3Apudong-visa&item=explore%3Apreset%3Dmarket-growth&item=place%3Ashanghai-pudong";
    let brief = get(&site, own).await;
    assert_eq!(brief.status, StatusCode::OK);
    let titles = brief.texts(".brief-items li span");
    assert_eq!(titles.len(), 3, "{titles:?}");
    let links = brief.links();
    let raised = "/en/brief?item=explore%3Apreset%3Dmarket-growth&item=program%3Apudong-visa&item=place%3Ashanghai-pudong";
    assert!(links.contains(raised), "{links:?}");
    assert!(links.contains("/en/brief?item=program%3Apudong-visa&item=place%3Ashanghai-pudong"), "{links:?}");
    assert!(!brief.all(".brief-drawing").is_empty(), "the chart of the explore page is drawn");

    let empty = get(&site, "/zh/brief").await;
    assert_eq!(empty.text(".brief-sheet h1"), "我的简报");
    let items = |count: usize| {
        let items: Vec<String> = (0..count).map(|at| format!("item=program%3Ap{at}")).collect();
        format!("/en/brief?{}", items.join("&"))
    };
    for (path, status, named) in [
        ("/en/brief?item=program:nothing".to_owned(), StatusCode::BAD_REQUEST, "item"),
        ("/en/brief?item=nothing".to_owned(), StatusCode::BAD_REQUEST, "item"),
        ("/en/brief?item=explore:series%3Dnothing".to_owned(), StatusCode::BAD_REQUEST, "item"),
        (items(13), StatusCode::BAD_REQUEST, "12"),
        ("/en/brief?pages=7".to_owned(), StatusCode::BAD_REQUEST, "pages"),
        ("/en/brief/place/shanghai?item=program:x".to_owned(), StatusCode::BAD_REQUEST, "item"),
        ("/en/brief/place/nowhere".to_owned(), StatusCode::NOT_FOUND, ""),
        ("/en/brief/nothing/shanghai".to_owned(), StatusCode::NOT_FOUND, ""),
        ("/en/brief/subsidy/x".to_owned(), StatusCode::NOT_FOUND, ""),
    ] {
        let page = get(&site, &path).await;
        assert_eq!(page.status, status, "{path}");
        assert!(page.text("main").contains(named), "{path}: {}", page.text("main"));
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_single_figure_and_the_chart_of_a_company_are_collected(db: PgPool) {
    let site = support::site(&db).await;
    let history = get(&site, "/en/indicators/domestic-market-revenue/history?entity=china&period=2024").await;
    let link = history.all("#elsewhere a[data-item]")[0];
    let item = link.value().attr("data-item").unwrap();
    assert_eq!(item, "figure:domestic-market-revenue?entity=china&period=2024");
    let brief = get(&site, link.value().attr("href").unwrap()).await;
    assert_eq!(brief.status, StatusCode::OK);
    let finding = history.text(".finding");
    assert!(brief.text(".brief-sheet").contains(&finding), "{finding}: {}", brief.text(".brief-sheet"));
    let published = history.text("main");
    let values = brief.texts(".brief-figures tbody th");
    assert!(values.len() > 2 && values.iter().all(|value| published.contains(value)), "{values:?}");
    for path in [
        "figure:domestic-market-revenue",
        "figure:domestic-market-revenue?entity=nobody",
        "figure:x?period=2024",
    ] {
        let page =
            get(&site, &format!("/en/brief?item={}", path.replace('?', "%3F").replace('=', "%3D"))).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{path}");
    }

    let company = get(&site, "/en/organizations/col-group").await;
    let charts = company.all("figure.chart a[data-item]");
    let item = charts.first().and_then(|link| link.value().attr("data-item")).unwrap_or_default();
    assert!(item.starts_with("explore:series="), "{item}");
    let own = get(&site, charts[0].value().attr("href").unwrap()).await;
    assert!(!own.all(".brief-drawing").is_empty());
}

/// Text without any white space: formats break lines and part words in ways of their own.
fn packed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Text of the sheet of a page, without the words within drawings, and the descriptions of its pictures.
fn of_page(page: &super::Page) -> (String, Vec<String>) {
    let sheet = page.all(".brief-sheet")[0];
    let mut text = String::new();
    for node in sheet.descendants() {
        let drawn =
            node.ancestors().any(|above| above.value().as_element().is_some_and(|one| one.name() == "svg"));
        if let Some(words) = node.value().as_text().filter(|_| !drawn) {
            text.push_str(words);
        }
    }
    let described = page.all(".brief-sheet [role=img]");
    let words = described.iter().map(|one| one.value().attr("aria-label").unwrap().to_owned());
    (packed(&text), words.collect())
}

/// Text of a document, and the descriptions of its pictures.
fn of_docx(file: &[u8]) -> (String, Vec<String>) {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut xml).unwrap();
    let plain = |text: &str| {
        let text = text.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<");
        text.replace("&gt;", ">").replace("&amp;", "&")
    };
    let between = |rest: &str, end: char| plain(rest.split(end).next().unwrap());
    let runs = xml.split("<w:t xml:space=\"preserve\">").skip(1).map(|rest| between(rest, '<'));
    let text = packed(&runs.collect::<String>());
    let pictures = xml.split("<wp:docPr ").skip(1);
    let pictures = pictures.map(|rest| between(rest.split("descr=\"").nth(1).unwrap(), '"'));
    (text, pictures.collect())
}

/// Number of pages of a PDF.
fn pages_of(file: &[u8]) -> usize {
    let text = String::from_utf8_lossy(file);
    text.matches("/Type /Page\n").count()
        + text.matches("/Type /Page/").count()
        + text.matches("/Type/Page/").count()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn page_and_document_say_the_same(db: PgPool) {
    let site = support::site(&db).await;
    for path in [
        "brief/place/shanghai-pudong",
        "brief/program/pudong-10-package",
        "brief/organization/crazy-maple-studio",
        "brief/indicator/domestic-market-revenue",
        "brief?item=program:pudong-visa&item=explore:preset%3Dforecasts",
    ] {
        for locale in ["en", "zh"] {
            let page = get(&site, &format!("/{locale}/{path}")).await;
            let file = path.replacen('?', ".docx?", 1);
            let file = if file == path { format!("{path}.docx") } else { file };
            let file = ok(&site, &format!("/{locale}/{file}")).await;
            let ((text, words), (written, described)) = (of_page(&page), of_docx(&file));
            assert_eq!(text, written, "/{locale}/{path}");
            assert_eq!(words, described, "/{locale}/{path}");
            assert!(!words.is_empty(), "/{locale}/{path}: the code at least");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn files_of_a_brief_have_names_kinds_and_the_same_bytes(db: PgPool) {
    let site = support::site(&db).await;
    for (path, kind, name) in [
        (
            "/en/brief/place/shanghai-pudong.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "attachment; filename=\"micro-drama-brief-place-shanghai-pudong-en-r1.docx\"",
        ),
        (
            "/zh/brief/program/pudong-visa.pdf?known_on=2026-01-01",
            "application/pdf",
            "inline; filename=\"micro-drama-brief-program-pudong-visa-zh-r1-known-2026-01-01.pdf\"",
        ),
        (
            "/en/brief.pdf?item=program:pudong-visa",
            "application/pdf",
            "inline; filename=\"micro-drama-brief-collected-en-r1.pdf\"",
        ),
    ] {
        let response = send(&site, path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(response.headers()["content-type"], kind, "{path}");
        assert_eq!(response.headers()["content-disposition"], name, "{path}");
        assert_eq!(response.headers()["access-control-allow-origin"], "*", "{path}");
        // Another site made of the same data writes the same.
        let other = support::empty_site(&db).await;
        assert_eq!(ok(&site, path).await, ok(&other, path).await, "{path}");
    }
    for (path, status) in [
        ("/en/brief/place/nowhere.pdf", StatusCode::NOT_FOUND),
        ("/en/brief/nothing/shanghai.docx", StatusCode::NOT_FOUND),
        ("/en/brief/place/shanghai.txt", StatusCode::NOT_FOUND),
        ("/en/brief/place/.pdf", StatusCode::NOT_FOUND),
        ("/fr/brief/place/shanghai.pdf", StatusCode::NOT_FOUND),
        ("/en/brief/place/shanghai.pdf?surprise=1", StatusCode::BAD_REQUEST),
        ("/en/brief.docx?item=program:nothing", StatusCode::NOT_FOUND),
    ] {
        let response = send(&site, path).await;
        assert_eq!(response.status(), status, "{path}");
    }
    let (_, problem) = json(&site, "/en/brief.docx?item=program:nothing").await;
    assert_eq!(problem["parameter"], "item");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_brief_is_one_page(db: PgPool) {
    let site = support::site(&db).await;
    let ids = async |noun: &str, holds: &dyn Fn(&serde_json::Value) -> bool| -> Vec<String> {
        let (_, all) = json(&site, &format!("/api/v1/{noun}?limit=1000")).await;
        let rows = all["data"].as_array().unwrap().iter().filter(|row| holds(row));
        rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    let counts = |row: &serde_json::Value, name: &str| row[name].as_i64().unwrap_or(0) > 0;
    let mut briefs: Vec<String> = Vec::new();
    for (kind, most, found) in [
        ("place", 400, ids("places", &|row| counts(row, "programs")).await),
        ("program", 400, ids("programs", &|row| counts(row, "measures")).await),
        ("organization", 10, ids("organizations", &|_| true).await),
        ("indicator", 10, ids("indicators", &|_| true).await),
    ] {
        assert!(found.len() >= 10, "{kind}: {found:?}");
        briefs.extend(found.iter().take(most).map(|id| format!("brief/{kind}/{id}")));
    }
    for brief in briefs {
        for locale in ["en", "zh"] {
            let path = format!("/{locale}/{brief}.pdf");
            assert_eq!(pages_of(&ok(&site, &path).await), 1, "{path}");
        }
    }
}
