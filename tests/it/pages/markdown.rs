//! Markdown of pages: the figures and links of the HTML, chosen by address or by `Accept`, read with an independent parser.

use std::collections::BTreeSet;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    response::Response,
};
use http_body_util::BodyExt;
use pulldown_cmark::{Options, Parser, html};
use scraper::{ElementRef, Html, Selector};
use sqlx::PgPool;
use tower::ServiceExt;
use url::Url;

use super::{get, send};
use crate::support;

/// Pages of every kind, below the language.
const PAGES: [&str; 18] = [
    "",
    "/indicators",
    "/indicators/domestic-market-revenue",
    "/indicators/domestic-market-revenue/history?entity=china&period=2025",
    "/programs",
    "/programs/pudong-visa",
    "/programs/compare",
    "/subsidies",
    "/organizations/crazy-maple-studio",
    "/organizations/screen",
    "/events",
    "/places/shanghai-pudong",
    "/sources/bastille-2026",
    "/explore?preset=forecasts",
    "/disagreements",
    "/map",
    "/data",
    "/about",
];

/// Elements that Markdown leaves out, with all that is in them.
const SILENT: [&str; 13] = [
    "script",
    "style",
    "template",
    "svg",
    "button",
    "input",
    "select",
    "textarea",
    "datalist",
    "label",
    "legend",
    "nav.crumbs",
    "details.facets-box",
];

/// Returns what a parser makes of Markdown.
pub fn rendered(markdown: &str) -> Html {
    let mut out = String::new();
    html::push_html(
        &mut out,
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH),
    );
    Html::parse_fragment(&out)
}

fn select<'a>(html: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(css).unwrap()).collect()
}

fn is_silent(element: ElementRef<'_>) -> bool {
    let value = element.value();
    let is_hidden = value.attr("aria-hidden") == Some("true")
        || value.attr("hidden").is_some()
        // Buttons, which are links without script.
        || value.attr("data-item").is_some()
        || value.has_class("chart-tools", scraper::CaseSensitivity::CaseSensitive);
    let is_named = SILENT.iter().any(|name| match name.split_once('.') {
        Some((name, class)) => {
            value.name() == name && value.has_class(class, scraper::CaseSensitivity::CaseSensitive)
        }
        None => value.name() == *name,
    });
    is_hidden || is_named
}

/// Returns the text that a reader hears, without white space and without the signs that part blocks within a cell.
fn words(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    if element.value().attr("role") == Some("img")
        && let Some(label) = element.value().attr("aria-label")
    {
        out.push_str(label);
    } else if !is_silent(element) {
        for child in element.children() {
            match ElementRef::wrap(child) {
                Some(child) => out.push_str(&words(child)),
                None => out.push_str(child.value().as_text().map(|text| &**text).unwrap_or_default()),
            }
        }
    }
    out.retain(|c| !c.is_whitespace() && !matches!(c, ';' | '·' | '\u{2060}'));
    out
}

/// Returns the texts of all cells that have one.
pub fn cells(html: &Html, within: &str) -> Vec<String> {
    let cells = select(html, &format!("{within} th, {within} td"));
    cells.into_iter().map(words).filter(|text| !text.is_empty()).collect()
}

fn links(html: &Html, css: &str, page: &Url) -> BTreeSet<String> {
    let links = select(html, css).into_iter().filter(|link| {
        let inside = link.ancestors().filter_map(ElementRef::wrap);
        !words(*link).is_empty() && !inside.clone().any(is_silent) && !in_form_without_table(inside)
    });
    let links = links.filter_map(|link| link.value().attr("href"));
    links.map(|href| page.join(href).unwrap().to_string()).collect()
}

fn in_form_without_table<'a>(mut inside: impl Iterator<Item = ElementRef<'a>>) -> bool {
    let table = Selector::parse("table").unwrap();
    inside.any(|outer| outer.value().name() == "form" && outer.select(&table).next().is_none())
}

async fn asked(site: &Router, path: &str, accept: &str) -> Response {
    let request = Request::get(path).header(header::HOST, "observatory.test").header(header::ACCEPT, accept);
    site.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn text(response: Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

fn kind(response: &Response) -> &str {
    response.headers()[header::CONTENT_TYPE].to_str().unwrap()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_figure_and_link_of_a_page_is_in_its_markdown(db: PgPool) {
    let site = support::site(&db).await;
    let mut has_cells = 0;
    for locale in ["en", "zh"] {
        for below in PAGES {
            let path = format!("/{locale}{below}");
            let page = get(&site, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let address = address(&path);
            let linked = page.all("link[rel=alternate][type='text/markdown']");
            let linked = linked[0].value().attr("href").unwrap().to_owned();
            let answer = send(&site, linked.strip_prefix("http://observatory.test").unwrap()).await;
            assert_eq!(answer.status(), StatusCode::OK, "{linked}");
            assert_eq!(kind(&answer), "text/markdown; charset=utf-8; variant=GFM");
            let markdown = text(answer).await;
            assert_eq!(text(send(&site, &address).await).await, markdown, "{address}");
            assert_eq!(text(asked(&site, &path, "text/markdown").await).await, markdown, "{path}");

            let read = rendered(&markdown);
            let (shown, written) = (cells(&page.html, "main"), cells(&read, "table"));
            assert_eq!(shown, written, "{path}");
            has_cells += usize::from(!shown.is_empty());
            let base = Url::parse(&format!("http://observatory.test{path}")).unwrap();
            let written = links(&read, "a[href]", &base);
            let missing: Vec<_> = links(&page.html, "main a[href]:not(.skip):not(.chart-more)", &base)
                .difference(&written)
                .cloned()
                .collect();
            assert!(missing.is_empty(), "{path}: {missing:?}");
            let titles: Vec<String> = select(&read, "h1").into_iter().map(words).collect();
            assert_eq!(titles, [words(page.all("main h1")[0])], "{path}");
            let summaries = page.all(".chart-summary p");
            let whole = words(read.root_element());
            assert!(summaries.into_iter().all(|summary| whole.contains(&words(summary))), "{path}");
            assert!(markdown.contains("as_of=1)") && markdown.contains("[CC BY 4.0]"), "{path}");
            assert!(!markdown.contains("<div") && !markdown.contains("<svg"), "{path}");
        }
    }
    assert!(has_cells >= 20, "{has_cells}");
}

pub fn address(page: &str) -> String {
    match page.split_once('?') {
        Some((path, query)) => format!("{path}.md?{query}"),
        None => format!("{page}.md"),
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn accept_chooses_and_caches_can_tell(db: PgPool) {
    let site = support::site(&db).await;
    for (accept, expected) in [
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/markdown;q=0.5, text/html", "text/html"),
        ("text/markdown", "text/markdown"),
        ("text/markdown, text/html;q=0.9, */*;q=0.1", "text/markdown"),
    ] {
        // Twice: made, then cached.
        for _ in 0..2 {
            let answer = asked(&site, "/en/programs", accept).await;
            assert!(kind(&answer).starts_with(expected), "{accept}");
            assert!(answer.headers()[header::VARY].to_str().unwrap().starts_with("accept, "), "{accept}");
        }
    }
    // Files, frames and the API are what they are; an error of a page keeps its status.
    for path in ["/en/programs/data.csv.md", "/api/v1/programs.md"] {
        let answer = send(&site, path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(!kind(&answer).starts_with("text/markdown"), "{path}");
    }
    for (path, status, part) in [
        ("/en/nothing.md", StatusCode::NOT_FOUND, "# "),
        ("/en/programs/nothing.md", StatusCode::NOT_FOUND, "# "),
        ("/en/programs.md?plce=x", StatusCode::BAD_REQUEST, "plce"),
    ] {
        let answer = send(&site, path).await;
        assert_eq!(answer.status(), status, "{path}");
        let answer = text(answer).await;
        assert!(answer.contains(part) && !answer.contains("Cite as"), "{path}: {answer}");
    }
    let answer = asked(&site, "/en/programs/nothing", "text/markdown").await;
    assert_eq!((answer.status(), kind(&answer).starts_with("text/markdown")), (StatusCode::NOT_FOUND, true));
    // The dictionary is a file of its own.
    assert!(text(send(&site, "/en/data/README.md").await).await.starts_with('#'));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn markdown_has_tags_states_and_heads(db: PgPool) {
    let site = support::site(&db).await;
    let first = send(&site, "/en/programs/pudong-visa.md").await;
    let tag = first.headers()[header::ETAG].clone();
    let page = send(&site, "/en/programs/pudong-visa").await;
    assert_ne!(tag, page.headers()[header::ETAG]);
    let request = |method: &str| {
        Request::builder()
            .method(method)
            .uri("/en/programs/pudong-visa.md")
            .header(header::HOST, "observatory.test")
    };
    let known = request("GET").header(header::IF_NONE_MATCH, &tag).body(Body::empty()).unwrap();
    assert_eq!(site.clone().oneshot(known).await.unwrap().status(), StatusCode::NOT_MODIFIED);
    let head = site.clone().oneshot(request("HEAD").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!((head.status(), &head.headers()[header::ETAG]), (StatusCode::OK, &tag));
    assert!(text(head).await.is_empty());

    let pinned = send(&site, "/en/programs/pudong-visa.md?as_of=1").await;
    assert!(pinned.headers().contains_key("memento-datetime"));
    let known = text(send(&site, "/en/programs.md?known_on=2025-12-10").await).await;
    assert!(known.contains("as known on 10 Dec 2025") && known.contains("known_on=2025-12-10"), "{known}");
    let map = text(send(&site, "/timemap/link/en/programs/pudong-visa.md").await).await;
    assert!(map.contains("/en/programs/pudong-visa.md?as_of=1>; rel=\"first last memento\""), "{map}");
    assert_eq!(send(&site, "/timemap/link/en/programs/nothing.md").await.status(), StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn one_text_has_all_pages_that_explain(db: PgPool) {
    let site = support::site(&db).await;
    let full = send(&site, "/llms-full.txt").await;
    assert_eq!((full.status(), kind(&full)), (StatusCode::OK, "text/plain; charset=utf-8"));
    let full = text(full).await;
    for page in ["/en/about", "/en/data", "/en/api", "/en/check"] {
        let page = get(&site, page).await.text("main h1");
        assert!(full.contains(&format!("# {page}\n")), "{page}");
    }
    assert!(full.contains("observations.csv"));
    let short = text(send(&site, "/llms.txt").await).await;
    assert!(short.contains("/llms-full.txt)") && short.contains("text/markdown"));
}
