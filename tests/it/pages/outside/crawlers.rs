//! Crawlers, link previews and canonical addresses.

use std::collections::{BTreeSet, VecDeque};

use axum::http::StatusCode;
use observatory::domain::registry::Noun;
use sqlx::PgPool;

use super::{body, word};
use crate::pages::{Page, get, is_page, send};
use crate::support;

/// Returns the canonical address of a page, without its origin.
fn canonical(page: &Page) -> String {
    let href = page.all("link[rel=canonical]")[0].value().attr("href").unwrap();
    href.strip_prefix("http://observatory.test").unwrap().to_owned()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_canonical_address_is_that_of_the_state_shown(db: PgPool) {
    let site = support::site(&db).await;
    const SERIES: &str = "series=domestic-market-revenue.china.iimedia";
    for (path, state) in [
        ("/explore", String::new()),
        ("/explore", SERIES.to_owned()),
        ("/explore", format!("{SERIES}&every=year&units=index")),
        ("/explore", "preset=forecasts".to_owned()),
        ("/subsidies", "kind=paid".to_owned()),
        ("/subsidies", "place=shanghai&as_of=1".to_owned()),
        ("/programs", "as_of=1".to_owned()),
        ("/programs/pudong-visa", "on=2025-12-05".to_owned()),
        ("/programs/compare", "place=shanghai-pudong&place=henan".to_owned()),
        ("/programs/match", "place=shanghai-pudong&needs=people".to_owned()),
        ("/indicators", "topic=users".to_owned()),
        ("/indicators/jobs-total", "rows=all".to_owned()),
        ("/organizations", "pudong=overseas-hq-signed".to_owned()),
        ("/events", "kind=policy".to_owned()),
        ("/sources", "language=zh".to_owned()),
        ("/disagreements", "topic=users".to_owned()),
        ("/map", String::new()),
        ("/map", "by=paid&scope=general&count=own&place=henan".to_owned()),
        ("/search", "q=%E6%B5%A6%E4%B8%9C".to_owned()),
    ] {
        let query = if state.is_empty() { String::new() } else { format!("?{state}") };
        for (locale, other) in [("en", "zh"), ("zh", "en")] {
            let address = format!("/{locale}{path}{query}");
            let page = get(&site, &address).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            assert_eq!(canonical(&page), address);
            let absolute = format!("http://observatory.test{address}");
            assert_eq!(
                page.all("meta[property='og:url']")[0].value().attr("content"),
                Some(absolute.as_str())
            );
            for (tag, language) in [("en", "en"), ("zh-Hans", "zh"), ("x-default", "en")] {
                let link = &page.all(&format!("link[hreflang={tag}]"))[0];
                let expected = format!("http://observatory.test/{language}{path}{query}");
                assert_eq!(link.value().attr("href"), Some(expected.as_str()), "{address}");
            }
            let switch = page.all("a.language")[0].value().attr("href").unwrap().to_owned();
            assert_eq!(switch, format!("/{other}{path}{query}"));
            for described in page.all("script[type='application/ld+json']") {
                let set: serde_json::Value =
                    serde_json::from_str(&described.text().collect::<String>()).unwrap();
                assert_eq!(set["url"], absolute.as_str(), "{address}");
            }
            let hidden = !page.all("meta[name=robots][content=noindex]").is_empty();
            assert_eq!(hidden, !state.is_empty() || path == "/search", "{address}");
            let headers = send(&site, &address).await;
            assert_eq!(word(headers.headers(), "x-robots-tag") == "noindex", !state.is_empty(), "{address}");
        }
    }
    // Canonical addresses omit defaults and use the site's order and encoding.
    for (asked, canonical_address) in [
        ("/en/explore?kind=lines&units=level", "/en/explore"),
        ("/en/subsidies?q=&kind=paid", "/en/subsidies?kind=paid"),
        ("/en/subsidies?place=shanghai&kind=paid", "/en/subsidies?kind=paid&place=shanghai"),
        ("/en/subsidies?as_of=1&kind=paid", "/en/subsidies?kind=paid&as_of=1"),
        ("/en/programs?q=a%20b", "/en/programs?q=a+b"),
    ] {
        assert_eq!(canonical(&get(&site, asked).await), canonical_address);
    }
}

/// Parses the rules of a `robots.txt` for all user agents (RFC 9309): pattern, and whether it allows.
fn rules(robots: &str) -> Vec<(String, bool)> {
    let group = robots.split("\n\n").find(|group| group.starts_with("User-agent: *\n")).unwrap();
    let rule = |line: &str| match line.split_once(": ")? {
        ("Allow", pattern) => Some((pattern.to_owned(), true)),
        ("Disallow", pattern) => Some((pattern.to_owned(), false)),
        _ => None,
    };
    group.lines().filter_map(rule).collect()
}

/// Returns whether a pattern with asterisks matches a prefix of an address.
fn matches(pattern: &str, address: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = address.strip_prefix(parts.next().unwrap()) else { return false };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

fn allowed(rules: &[(String, bool)], address: &str) -> bool {
    let fitting = rules.iter().filter(|(pattern, _)| matches(pattern, address));
    fitting.max_by_key(|(pattern, allows)| (pattern.len(), *allows)).is_none_or(|(_, allows)| *allows)
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_crawler_that_obeys_robots_txt_comes_to_an_end(db: PgPool) {
    // Without the cache: a crawl fetches each address once.
    let site = support::site_as(&db, &["--cache-megabytes=0"]).await;
    let rules = rules(&body(send(&site, "/robots.txt").await).await);
    let mut queue: VecDeque<String> = Noun::all().map(|noun| format!("/en/{}", noun.word())).collect();
    let mut seen: BTreeSet<String> = queue.iter().cloned().collect();
    let mut states = BTreeSet::new();
    while let Some(address) = queue.pop_front() {
        let page = get(&site, &address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        let is_state = address.contains('?');
        let hidden = !page.all("meta[name=robots][content=noindex]").is_empty();
        assert!(hidden || !is_state, "{address} is indexed");
        if is_state {
            states.insert(address.clone());
        }
        for link in page.all("a[href]") {
            let followed = !link.value().attr("rel").unwrap_or_default().contains("nofollow");
            let target = link.value().attr("href").unwrap().split('#').next().unwrap_or_default();
            // The other language has the same pages.
            if followed
                && target.starts_with("/en")
                && is_page(target)
                && allowed(&rules, target)
                && seen.insert(target.to_owned())
            {
                queue.push_back(target.to_owned());
            }
        }
    }
    let things: i64 = sqlx::query_scalar(
        "select (select count(*) from indicator) + (select count(*) from program) + (select count(*) from subsidy)
              + (select count(*) from organization) + (select count(*) from event) + (select count(*) from source)
              + (select count(*) from entity where kind in ('region', 'country', 'province', 'city', 'district'))",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    let (pages, states_found) = (seen.len() - states.len(), states.len());
    assert!(pages as i64 >= things, "{pages} pages for {things} things");
    let most = things as usize;
    assert!(states_found < most, "{states_found} states: {states:#?}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_sitemap_lists_canonical_pages_only(db: PgPool) {
    let site = support::site(&db).await;
    let rules = rules(&body(send(&site, "/robots.txt").await).await);
    let listed = |text: &str| -> Vec<String> {
        let addresses = text.split("<loc>http://observatory.test").skip(1);
        addresses.map(|rest| rest.split_once("</loc>").unwrap().0.to_owned()).collect()
    };
    for part in listed(&body(send(&site, "/sitemap.xml").await).await) {
        // A sample from the beginning and the end of each part.
        let addresses = listed(&body(send(&site, &part).await).await);
        for address in addresses.iter().take(30).chain(addresses.iter().rev().take(2)) {
            let page = get(&site, address).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            assert_eq!(canonical(&page), *address);
            assert!(page.all("meta[name=robots]").is_empty(), "{address} is excluded from search engines");
            assert!(allowed(&rules, address), "{address} is disallowed for crawlers");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn preview_fetchers_may_fetch_every_state(db: PgPool) {
    let site = support::site(&db).await;
    let robots = body(send(&site, "/robots.txt").await).await;
    let group = robots.split("\n\n").find(|group| group.contains("User-agent: Twitterbot\n")).unwrap();
    assert!(group.ends_with("Allow: /") && !group.contains("Disallow"), "{group}");
    let rules = rules(&robots);
    for (address, expected) in [
        ("/en/programs?after=x", true),
        ("/en/programs?place=x", true),
        ("/en/programs?place=x&kind=y", false),
        ("/en/programs/data.csv?place=x&kind=y", false),
        ("/en/search?q=x", false),
        ("/en?as_of=1", false),
        ("/fn/state", false),
        ("/en/explore?preset=forecasts", true),
    ] {
        assert_eq!(allowed(&rules, address), expected, "{address}");
    }
}
