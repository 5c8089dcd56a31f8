//! Responses with a file or a range of its bytes (RFC 9110, 14).

use std::{ops::Range, sync::Arc};

use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, ETAG, IF_RANGE, RANGE},
    },
    response::{IntoResponse, Response},
};
use futures_util::stream;

use super::spool::SpooledFile;

/// Chunk size in bytes.
const PIECE: u64 = 256 * 1024;

/// What part of a file a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Some(Range<u64>),
    /// No byte of the file is in the range.
    Nothing,
}

/// Returns the response to a request with these headers: the file, the range that it asks for, or 416.
pub fn answer(file: Arc<SpooledFile>, request: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", hex::encode(&file.digest()[..16]));
    let length = file.length();
    // A range of another version of the file is of no use.
    let is_current = request.get(IF_RANGE).is_none_or(|known| known.as_bytes() == tag.as_bytes());
    let asked = request.get(RANGE).filter(|_| is_current).and_then(|range| range.to_str().ok());
    let (status, range) = match asked.map_or(Part::Whole, |asked| part(asked, length)) {
        Part::Whole => (StatusCode::OK, 0..length),
        Part::Some(range) => (StatusCode::PARTIAL_CONTENT, range),
        Part::Nothing => {
            let headers = [(CONTENT_RANGE, format!("bytes */{length}"))];
            return (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response();
        }
    };
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    let ranged = (status == StatusCode::PARTIAL_CONTENT)
        .then(|| (CONTENT_RANGE, format!("bytes {}-{}/{length}", range.start, range.end - 1)));
    for (name, text) in [Some((ETAG, tag)), ranged].into_iter().flatten() {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(name, value);
        }
    }
    (status, headers, body(file, range)).into_response()
}

/// Reads the range in chunks, on threads that may block.
fn body(file: Arc<SpooledFile>, range: Range<u64>) -> Body {
    let pieces = stream::try_unfold(range, move |mut rest| {
        let file = file.clone();
        async move {
            let length = PIECE.min(rest.end - rest.start);
            if length == 0 {
                return Ok(None);
            }
            let from = rest.start;
            rest.start += length;
            let length = usize::try_from(length).map_err(std::io::Error::other)?;
            let read = tokio::task::spawn_blocking(move || file.read(from, length)).await;
            Ok::<_, std::io::Error>(Some((read.map_err(std::io::Error::other)??, rest)))
        }
    });
    Body::from_stream(pieces)
}

/// Parses `Range` for a file of this length. Several ranges at once and other units are ignored, as the standard allows.
fn part(asked: &str, length: u64) -> Part {
    let read = || {
        let (unit, range) = asked.split_once('=')?;
        let (first, last) = range.trim().split_once('-')?;
        if !unit.trim().eq_ignore_ascii_case("bytes") {
            return None;
        }
        let number = |text: &str| {
            (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse().unwrap_or(u64::MAX))
        };
        match (first, last) {
            ("", last) => Some(length.saturating_sub(number(last)?)..length),
            (first, "") => Some(number(first)?..length),
            (first, last) => {
                let (first, last) = (number(first)?, number(last)?);
                (first <= last).then(|| first..last.saturating_add(1).min(length))
            }
        }
    };
    match read() {
        None => Part::Whole,
        Some(range) if range.start < range.end => Part::Some(range),
        Some(_) => Part::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use axum::body::to_bytes;

    use super::*;
    use crate::outputs::parquet::spool::Unfinished;

    #[test]
    fn ranges_are_those_of_rfc_9110() {
        for (asked, expected) in [
            ("bytes=0-0", Part::Some(0..1)),
            ("bytes=2-4", Part::Some(2..5)),
            ("bytes=5-", Part::Some(5..10)),
            ("bytes=-3", Part::Some(7..10)),
            ("bytes=-99", Part::Some(0..10)),
            ("bytes=8-99999999999999999999", Part::Some(8..10)),
            ("BYTES=1-1", Part::Some(1..2)),
            ("bytes=10-", Part::Nothing),
            ("bytes=-0", Part::Nothing),
            ("bytes=4-2", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("lines=0-1", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes", Part::Whole),
            ("", Part::Whole),
        ] {
            assert_eq!(part(asked, 10), expected, "{asked}");
        }
    }

    #[tokio::test]
    async fn a_range_is_sent_unless_the_file_has_changed() {
        let mut file = Unfinished::create().unwrap();
        let text: Vec<u8> = (0..600_000u32).map(|at| (at % 251) as u8).collect();
        file.write_all(&text).unwrap();
        let file = Arc::new(file.finish());
        let ask = async |headers: &[(axum::http::HeaderName, &str)]| {
            let headers = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap()));
            let (parts, body) = answer(file.clone(), &headers.collect()).into_parts();
            (parts, to_bytes(body, usize::MAX).await.unwrap())
        };
        let (whole, body) = ask(&[]).await;
        assert_eq!(
            (whole.status.as_u16(), &whole.headers["accept-ranges"]),
            (200, &HeaderValue::from_static("bytes"))
        );
        assert_eq!(body, text);
        let (some, body) = ask(&[(RANGE, "bytes=299990-300009")]).await;
        assert_eq!(
            (some.status.as_u16(), &some.headers["content-range"]),
            (206, &HeaderValue::from_static("bytes 299990-300009/600000"))
        );
        assert_eq!(
            (body.as_ref(), &some.headers["content-length"]),
            (&text[299_990..300_010], &HeaderValue::from(20))
        );
        assert_eq!(some.headers["etag"], whole.headers["etag"]);
        let tag = whole.headers["etag"].to_str().unwrap().to_owned();
        assert_eq!(ask(&[(RANGE, "bytes=0-1"), (IF_RANGE, &tag)]).await.0.status.as_u16(), 206);
        assert_eq!(ask(&[(RANGE, "bytes=0-1"), (IF_RANGE, "\"other\"")]).await.0.status.as_u16(), 200);
        let (none, _) = ask(&[(RANGE, "bytes=600000-")]).await;
        assert_eq!(
            (none.status.as_u16(), &none.headers["content-range"]),
            (416, &HeaderValue::from_static("bytes */600000"))
        );
    }
}
