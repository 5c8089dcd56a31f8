//! Tests of everything that leaves the site: the same rows in every format, the same bytes for ever, and truthful
//! metadata.

mod api;
mod both;
mod embeds;
mod files;
mod forms;
mod frozen;
mod parquet;
mod sdmx;
mod whole;

use axum::{
    Router,
    http::{HeaderMap, StatusCode},
};
use http_body_util::BodyExt;
use observatory::import::{self, Outcome};
use sqlx::PgPool;

use super::send;
use crate::support::{data::Folder, noted};

async fn bytes(site: &Router, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let response = send(site, path).await;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, headers, body.to_vec())
}

pub async fn ok(site: &Router, path: &str) -> Vec<u8> {
    let (status, _, body) = bytes(site, path).await;
    assert_eq!(status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&body));
    body
}

/// Returns the address of a file beside a page.
fn beside(page: &str, file: &str, more: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let query: Vec<&str> = [query, more].into_iter().filter(|part| !part.is_empty()).collect();
    match query.is_empty() {
        true => format!("{path}/{file}"),
        false => format!("{path}/{file}?{}", query.join("&")),
    }
}

/// Rows as text, in any format: numbers without trailing zeros, gaps empty.
pub type Rows = Vec<Vec<String>>;

fn plain(text: &str) -> String {
    match text.parse::<rust_decimal::Decimal>() {
        Ok(number) if !text.starts_with('0') || text.starts_with("0.") || text == "0" => {
            number.normalize().to_string()
        }
        _ => text.to_owned(),
    }
}

pub fn of_csv(body: &[u8]) -> Rows {
    let text = std::str::from_utf8(body).unwrap().strip_prefix('\u{feff}').expect("a byte order mark");
    assert!(text.ends_with("\r\n"), "lines end with CRLF (RFC 4180)");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let records = reader.records().map(|record| record.unwrap());
    records.map(|record| record.iter().map(plain).collect()).collect()
}

pub async fn publish(db: &PgPool, folder: &Folder) -> i32 {
    match import::publish(db, &folder.open(), noted()).await.unwrap() {
        Outcome::Published { revision, .. } => revision,
        other => panic!("{other}"),
    }
}
