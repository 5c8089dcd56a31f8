//! Tests of Parquet files: the same values as CSV, read by ranges.

use std::collections::BTreeSet;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use bytes::Bytes;
use http_body_util::BodyExt;
use observatory::{import::spec::FILES, outputs::parquet::MEDIA_TYPE};
use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::Field,
};
use sqlx::PgPool;
use tower::ServiceExt;

use super::{of_csv, ok, publish};
use crate::{
    pages::send,
    support::{self, data::Folder},
};

/// Returns the rows of a Parquet file as texts, as CSV writes them.
fn of_parquet(body: Vec<u8>) -> Vec<Vec<String>> {
    let reader = SerializedFileReader::new(Bytes::from(body)).unwrap();
    let rows = reader.get_row_iter(None).unwrap().map(|row| {
        let cells = row.unwrap();
        cells.get_column_iter().map(|(_, cell)| text(cell)).collect()
    });
    rows.collect()
}

fn text(cell: &Field) -> String {
    match cell {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Decimal(_) => plain(&cell.to_string()),
        cell => cell.to_string(),
    }
}

/// Returns a number without zeros at its end.
fn plain(number: &str) -> String {
    match number.contains('.') {
        true => number.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => number.to_owned(),
    }
}

/// Returns the rows of a CSV for spreadsheets as the data has them.
fn rows_of_csv(body: &[u8], numbers: &[usize], truths: &[usize]) -> BTreeSet<Vec<String>> {
    let bare = |cell: String| match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => cell,
    };
    let rows = of_csv(body).into_iter().map(|row| {
        let cells = row.into_iter().enumerate().map(|(at, cell)| match cell.as_str() {
            _ if numbers.contains(&at) => plain(&cell),
            "yes" if truths.contains(&at) => "true".to_owned(),
            "no" if truths.contains(&at) => "false".to_owned(),
            _ => bare(cell),
        });
        cells.collect()
    });
    rows.collect()
}

/// Returns the positions of the columns of a physical type.
fn positions(body: &[u8], is_wanted: impl Fn(parquet::basic::Type) -> bool) -> Vec<usize> {
    let reader = SerializedFileReader::new(Bytes::copy_from_slice(body)).unwrap();
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let columns = schema.columns().iter().enumerate();
    columns.filter(|(_, column)| is_wanted(column.physical_type())).map(|(at, _)| at).collect()
}

fn assert_same(path: &str, csv: &[u8], typed: Vec<u8>) {
    let numbers = positions(&typed, |kind| kind == parquet::basic::Type::FIXED_LEN_BYTE_ARRAY);
    let truths = positions(&typed, |kind| kind == parquet::basic::Type::BOOLEAN);
    let csv = rows_of_csv(csv, &numbers, &truths);
    let typed: BTreeSet<Vec<String>> = of_parquet(typed).into_iter().collect();
    // A row that only one of them has.
    assert_eq!(csv.symmetric_difference(&typed).next(), None, "{path}");
    assert!(!typed.is_empty(), "{path}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn parquet_has_the_values_of_csv(db: PgPool) {
    let site = support::site(&db).await;
    for file in &FILES {
        let path = format!("/en/data/{}.parquet", file.stem());
        assert_same(&path, &ok(&site, &format!("/en/data/{}", file.file)).await, ok(&site, &path).await);
    }
    for path in [
        "/en/data/figures",
        "/zh/data/figures",
        "/en/data/figures?known_on=2025-12-31",
        "/zh/indicators/domestic-market-revenue/data",
        "/en/subsidies/data?kind=paid",
        "/zh/programs/data",
        "/en/sources/yicai-2025-12-08/data?table=observations",
        "/en/explore/data?preset=forecasts",
    ] {
        let (path, query) =
            path.split_once('?').map_or((path, String::new()), |(path, query)| (path, format!("?{query}")));
        let csv = ok(&site, &format!("{path}.csv{query}")).await;
        assert_same(path, &csv, ok(&site, &format!("{path}.parquet{query}")).await);
    }
}

async fn ask(
    site: &Router,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
) -> (StatusCode, HeaderMap, Bytes) {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "observatory.test");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = site.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = answer.into_parts();
    (parts.status, parts.headers, body.collect().await.unwrap().to_bytes())
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn parquet_is_read_by_ranges(db: PgPool) {
    let site = support::site(&db).await;
    for path in ["/en/data/figures.parquet", "/en/data/events.parquet", "/zh/events/data.parquet"] {
        let (status, whole, body) = ask(&site, Method::GET, path, &[("accept-encoding", "gzip, br")]).await;
        assert_eq!(
            (status, &whole["content-type"]),
            (StatusCode::OK, &MEDIA_TYPE.parse().unwrap()),
            "{path}"
        );
        assert!(!whole.contains_key("content-encoding") && whole["accept-ranges"] == "bytes", "{path}");
        assert!(whole["content-disposition"].to_str().unwrap().ends_with(".parquet\""), "{path}");
        assert_eq!(whole["content-length"], body.len().to_string().as_str(), "{path}");
        let tag = whole["etag"].to_str().unwrap();

        let (status, head, nothing) = ask(&site, Method::HEAD, path, &[("range", "bytes=0-3")]).await;
        assert_eq!((status, nothing.len()), (StatusCode::OK, 0), "{path}");
        for name in ["content-length", "etag", "accept-ranges", "content-type"] {
            assert_eq!(head[name], whole[name], "{path}: {name}");
        }
        let (status, some, end) = ask(&site, Method::GET, path, &[("range", "bytes=-4")]).await;
        assert_eq!((status, end.as_ref()), (StatusCode::PARTIAL_CONTENT, &b"PAR1"[..]), "{path}");
        let range = format!("bytes {}-{}/{}", body.len() - 4, body.len() - 1, body.len());
        assert_eq!(
            (&some["content-range"], &some["etag"]),
            (&range.parse().unwrap(), &whole["etag"]),
            "{path}"
        );
        let (status, ..) = ask(&site, Method::GET, path, &[("range", "bytes=999999999-")]).await;
        assert_eq!(status, StatusCode::RANGE_NOT_SATISFIABLE, "{path}");
        let (status, known, nothing) = ask(&site, Method::GET, path, &[("if-none-match", tag)]).await;
        assert_eq!(
            (status, &known["etag"], nothing.len()),
            (StatusCode::NOT_MODIFIED, &whole["etag"], 0),
            "{path}"
        );
    }
    for wrong in [
        "/en/data/figures.parquet?bom=1",
        "/en/data/events.parquet?x=1",
        "/en/data/events.parquet?known_on=2025-12-05",
        "/en/events/data.parquet?table=weather",
    ] {
        assert_eq!(send(&site, wrong).await.status(), StatusCode::BAD_REQUEST, "{wrong}");
    }
    assert_eq!(send(&site, "/en/data/weather.parquet").await.status(), StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_revision_always_gives_the_same_bytes(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    let paths = [
        "/en/data/figures.parquet?as_of=1",
        "/en/data/observations.parquet?as_of=1",
        "/en/indicators/data.parquet?as_of=1",
    ];
    let mut first = Vec::new();
    let site = support::empty_site(&db).await;
    for path in paths {
        first.push(ok(&site, path).await);
    }
    folder.replace("observations.csv", "67790000000.5", "67790000000.75");
    assert_eq!(publish(&db, &folder).await, 2);
    // Another process makes its files anew.
    let site = support::empty_site(&db).await;
    for (path, first) in paths.into_iter().zip(first) {
        assert!(ok(&site, path).await == first, "{path}");
        let newest = ok(&site, path.trim_end_matches("?as_of=1")).await;
        assert!(newest != first || path.contains("indicators"), "{path}");
    }
    let figures = of_parquet(ok(&site, "/en/data/figures.parquet").await);
    assert!(figures.iter().flatten().any(|cell| cell == "67790000000.75"), "{figures:?}");
}
