//! A response as it is cached and sent.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, ETAG},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use http_body_util::BodyExt;
use hyper::body::{Frame, SizeHint};

use super::key::varies_as_named;
use crate::{
    error::AppError,
    server::{
        admission::{Admission, Work},
        errors,
        fair_pool::Slot,
        memory_budget::{LONG, Lease, MemoryBudget},
        network::Network,
        outcome::{self, Route},
        shed::{self, Shed},
    },
};

/// Approximate memory of a cached response beside its body, in bytes: headers and cache entry.
const OVERHEAD: usize = 1024;

static CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// A complete response: status, headers and body, compressed as negotiated.
#[derive(Debug)]
pub struct CachedAnswer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    route: Option<Route>,
    /// The error of the response, or of a part of the page.
    pub error: Option<AppError>,
    body: Bytes,
}

/// How the cache handled a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheStatus {
    /// Cache hit.
    Hit,
    /// Cache hit while no database is reachable.
    HitAlone,
    /// Stale hit: the cached response of the previous epoch, because the current one cannot be made.
    Stale,
    /// Cache miss; the response was made and stored.
    Stored,
    /// Cache miss; the response was made and not stored.
    Miss,
}

impl CacheStatus {
    /// Returns the value of the header `Cache-Status` (RFC 9211).
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            CacheStatus::Hit => "observatory; hit",
            CacheStatus::HitAlone => "observatory; hit; detail=\"database unreachable\"",
            CacheStatus::Stale => "observatory; hit; ttl=-1; detail=\"database unreachable\"",
            CacheStatus::Stored => "observatory; fwd=miss; stored",
            CacheStatus::Miss => "observatory; fwd=miss",
        })
    }
}

/// Reason why a response is not stored.
#[derive(Debug)]
pub enum Bypass {
    /// It is complete but has an error: requests that waited for it share it, and the next request tries again.
    Whole(Arc<CachedAnswer>),
    /// It is too long, or depends on more than the cache key: each request that waited for it makes its own.
    Own,
    /// Making it failed, for all requests that waited for it.
    Failed(AppError),
    /// Admission control rejected the request that came first; the others retry once, because they may be from other networks.
    Shed,
}

/// Resources that a response occupies while it is made and, if it is long, until it is sent.
pub struct Room {
    pub work: Work,
    pub network: Network,
    pub place: Slot,
    pub admission: Admission,
    pub memory: MemoryBudget,
}

impl Room {
    /// Returns the body of a long response, which is streamed. It holds a download slot, and memory for the `length` bytes buffered so
    /// far, until it is sent or the client disconnects.
    fn streamed(self, body: Body, length: usize) -> Result<Body, Other> {
        let lease = self.lease(length)?;
        let place = match self.work {
            Work::Download => self.place,
            Work::Page | Work::File => self.admission.as_download(self.network).ok_or(Other::Shed)?,
        };
        Ok(Body::new(Streamed { body, _place: place, _lease: lease }))
    }

    fn lease(&self, length: usize) -> Result<Lease, Other> {
        self.memory.lease(length).ok_or_else(no_memory)
    }
}

fn no_memory() -> Other {
    shed::shed(Shed::Memory, None);
    Other::Shed
}

/// The body of a long response with the resources it occupies.
struct Streamed {
    body: Body,
    _place: Slot,
    _lease: Lease,
}

impl HttpBody for Streamed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Outcome other than a cacheable [`CachedAnswer`].
pub enum Other {
    /// A response that is too long to cache, or that depends on more than the cache key.
    Bypass(Box<Response>),
    /// No response: no slot or no memory is free.
    Shed,
    /// No response: making it failed.
    Failed(AppError),
}

impl Other {
    pub fn response(self, parts: &Parts) -> Response {
        match self {
            Other::Bypass(response) => *response,
            Other::Shed => errors::answer(&AppError::Busy, parts),
            Other::Failed(error) => errors::answer(&error, parts),
        }
    }
}

impl CachedAnswer {
    /// Buffers a response, unless it is too long or depends on more than the cache key.
    pub async fn of(response: Response, path: &str, room: Room) -> Result<CachedAnswer, Other> {
        if !varies_as_named(response.headers(), path) {
            return Err(Other::Bypass(Box::new(response)));
        }
        let (parts, mut body) = response.into_parts();
        let mut pieces: Vec<Bytes> = Vec::new();
        let mut length = 0;
        while let Some(frame) = body.frame().await {
            let rest = match frame.map(|frame| frame.into_data()) {
                Ok(Ok(piece)) => {
                    length += piece.len();
                    pieces.push(piece);
                    match length > LONG {
                        true => StreamExt::boxed(body.into_data_stream()),
                        false => continue,
                    }
                }
                Ok(Err(_trailers)) => continue,
                // Pass the error on, so that the client sees a truncated body.
                Err(error) => StreamExt::boxed(stream::iter([Err(error)])),
            };
            let pieces = stream::iter(pieces.into_iter().map(Ok)).chain(rest);
            let body = room.streamed(Body::from_stream(pieces), length)?;
            return Err(Other::Bypass(Box::new(Response::from_parts(parts, body))));
        }
        let mut headers = parts.headers;
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        let (route, error) = (parts.extensions.get().cloned(), parts.extensions.get().cloned());
        let body = room.memory.count(pieces.concat().into()).ok_or_else(no_memory)?;
        Ok(CachedAnswer { status: parts.status, headers, route, error, body })
    }

    /// Returns whether the response may be stored: status 200 and no error.
    pub fn is_right(&self) -> bool {
        self.status == StatusCode::OK && self.error.is_none()
    }

    /// Returns the approximate memory of the response in bytes.
    pub fn weight(&self) -> u32 {
        u32::try_from(self.body.len() + OVERHEAD).unwrap_or(u32::MAX)
    }

    /// Returns the response with the header `Cache-Status`; without a body if `only_head`.
    pub fn sent(&self, only_head: bool, cache_status: CacheStatus) -> Response {
        let body = if only_head { Body::empty() } else { Body::from(self.body.clone()) };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        response.headers_mut().insert(CACHE_STATUS.clone(), cache_status.header());
        outcome::write(response.extensions_mut(), self.route.clone(), self.error.clone());
        response
    }
}

/// Returns 304 for a client that already has the response.
pub fn not_modified(tag: HeaderValue) -> Response {
    metrics::counter!("observatory_cache_total", "found" => "known").increment(1);
    (StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response()
}

/// Drops the body of a response to `HEAD`.
pub fn without_body(response: Response) -> Response {
    let (parts, _) = response.into_parts();
    Response::from_parts(parts, Body::empty())
}
