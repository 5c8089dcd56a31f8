//! An answer as it is kept and sent.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, ETAG},
    },
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use http_body_util::BodyExt;

use super::name::{Tag, varies_as_named};
use crate::{
    error::AppError,
    server::front::{self, Route},
};

/// Answers longer than this are passed on as they are made.
const LONGEST: usize = 2 * 1024 * 1024;
/// What an answer weighs beside its body: its headers and its place.
const OVERHEAD: usize = 1024;

static CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// An answer as it is sent: with its headers, compressed if it was asked for so.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    route: Option<Route>,
    /// What is wrong with it, or with a part of it.
    error: Option<AppError>,
    body: Bytes,
}

/// How an answer came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// It was kept.
    Hit,
    /// It was kept, and could not be made now.
    HitAlone,
    /// It was kept for the state before, and that of now cannot be made.
    Stale,
    /// It was made, and is kept.
    Stored,
    /// It was made, and is not kept.
    Miss,
}

impl Came {
    /// As caches tell it (RFC 9211).
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Came::Hit => "observatory; hit",
            Came::HitAlone => "observatory; hit; detail=\"database unreachable\"",
            Came::Stale => "observatory; hit; ttl=-1; detail=\"database unreachable\"",
            Came::Stored => "observatory; fwd=miss; stored",
            Came::Miss => "observatory; fwd=miss",
        })
    }
}

/// Why an answer is not kept.
#[derive(Debug)]
pub enum Passed {
    /// It is whole, but something is wrong with it: whoever waited for it gets the same, and the next one asks anew.
    Whole(Arc<Answer>),
    /// It is long, or not the same for everyone: whoever waited for it asks for himself.
    Own,
}

impl Answer {
    /// Takes an answer in, unless it is too long or depends on more than its name tells.
    pub async fn of(response: Response, path: &str) -> Result<Answer, Response> {
        if !varies_as_named(response.headers(), path) {
            return Err(response);
        }
        let (parts, mut body) = response.into_parts();
        let mut pieces: Vec<Bytes> = Vec::new();
        let mut length = 0;
        while let Some(frame) = body.frame().await {
            match frame.map(|frame| frame.into_data()) {
                Ok(Ok(piece)) => {
                    length += piece.len();
                    pieces.push(piece);
                }
                Ok(Err(_trailers)) => {}
                // What broke off must be seen to have broken off.
                Err(error) => {
                    let pieces = stream::iter(pieces.into_iter().map(Ok).chain([Err(error)]));
                    return Err(Response::from_parts(parts, Body::from_stream(pieces)));
                }
            }
            if length > LONGEST {
                let pieces = stream::iter(pieces.into_iter().map(Ok)).chain(body.into_data_stream());
                return Err(Response::from_parts(parts, Body::from_stream(pieces)));
            }
        }
        let mut headers = parts.headers;
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        let (route, error) = (parts.extensions.get().cloned(), parts.extensions.get().cloned());
        Ok(Answer { status: parts.status, headers, route, error, body: pieces.concat().into() })
    }

    /// Whether it may be kept.
    pub fn is_right(&self) -> bool {
        self.status == StatusCode::OK && self.error.is_none()
    }

    /// How many bytes of memory it takes, about.
    pub fn weight(&self) -> u32 {
        u32::try_from(self.body.len() + OVERHEAD).unwrap_or(u32::MAX)
    }

    /// The answer, or its head, with how it came about.
    pub fn sent(&self, only_head: bool, came: Came) -> Response {
        let body = if only_head { Body::empty() } else { Body::from(self.body.clone()) };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        response.headers_mut().insert(CACHE_STATUS.clone(), came.header());
        front::write(response.extensions_mut(), self.route.clone(), self.error.clone());
        response
    }
}

/// What is said to a reader who has it already.
pub fn not_modified(tag: Tag) -> Response {
    metrics::counter!("observatory_cache_total", "found" => "known").increment(1);
    (StatusCode::NOT_MODIFIED, [(ETAG, tag.header())]).into_response()
}

/// The head of an answer, for who asks for no more.
pub fn without_body(response: Response) -> Response {
    let (parts, _) = response.into_parts();
    Response::from_parts(parts, Body::empty())
}
