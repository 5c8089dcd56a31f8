//! Ring three: pages through the whole router, as a crawler or a reader without script gets them.

mod brief;
mod catalogues;
mod changes;
mod chart_tools;
mod check;
mod check_posted;
mod compare;
mod deals;
mod download;
mod explore;
mod feeds;
mod filters;
mod followed;
mod functions;
mod history;
mod hostile;
mod known_on;
mod lifecycle;
mod load;
mod map;
mod markdown;
mod matching;
mod mcp;
mod money;
mod notes;
mod outside;
mod policy;
mod profile;
mod response_cache;
mod screen;
mod search;
mod signposts;
mod site;
mod subscriptions;

use std::collections::BTreeSet;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    response::Response,
};
use http_body_util::BodyExt;
use scraper::{ElementRef, Html, Selector};
use tower::ServiceExt;

/// A page as received.
pub struct Page {
    pub status: StatusCode,
    pub cache: String,
    pub html: Html,
}

impl Page {
    pub fn all(&self, css: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(css).unwrap();
        self.html.select(&selector).collect()
    }

    pub fn texts(&self, css: &str) -> Vec<String> {
        self.all(css).into_iter().map(text).collect()
    }

    pub fn text(&self, css: &str) -> String {
        self.texts(css).into_iter().next().unwrap_or_default()
    }

    pub fn links(&self) -> BTreeSet<String> {
        self.all("a[href]").iter().filter_map(|link| link.value().attr("href")).map(str::to_owned).collect()
    }
}

pub fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

pub async fn send(site: &Router, path: &str) -> Response {
    let request = Request::get(path).header(header::HOST, "observatory.test").body(Body::empty()).unwrap();
    site.clone().oneshot(request).await.unwrap()
}

/// Returns the status and the JSON body of an answer.
pub async fn json(site: &Router, path: &str) -> (StatusCode, serde_json::Value) {
    let response = send(site, path).await;
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap())
}

pub async fn get(site: &Router, path: &str) -> Page {
    let response = send(site, path).await;
    let status = response.status();
    let cache = response.headers()[header::CACHE_CONTROL].to_str().unwrap().to_owned();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    Page { status, cache, html: Html::parse_document(std::str::from_utf8(&body).unwrap()) }
}

/// Whether an address is that of a page, and not of a file beside one or of what can be taken away.
pub fn is_page(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    !last.contains('.') && last != "download"
}

/// Every page address below a list, following its “next page” links.
pub async fn pages_of(site: &Router, list: &str, below: &str) -> BTreeSet<String> {
    let (mut found, mut next) = (BTreeSet::new(), Some(list.to_owned()));
    while let Some(path) = next {
        let page = get(site, &path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let links = page.links();
        let listed: BTreeSet<String> = links
            .into_iter()
            .filter(|link| link.starts_with(below) && !link.contains('?') && is_page(link))
            .collect();
        assert!(!listed.is_subset(&found), "{path} repeats what stood before");
        found.extend(listed);
        let link =
            page.all("a[rel=next]").first().and_then(|link| link.value().attr("href")).map(str::to_owned);
        next = link;
    }
    found
}
