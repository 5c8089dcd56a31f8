//! An answer as it is kept and sent.

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

use super::key::{Tag, varies_as_named};
use crate::{
    error::AppError,
    server::{
        admission::{Admission, Work},
        errors,
        fair_pool::Slot,
        memory_budget::{LONG, Lease, MemoryBudget},
        metrics::{self, Shed},
        network::Network,
        pipeline::{self, Route},
    },
};

/// What an answer weighs beside its body: its headers and its place.
const OVERHEAD: usize = 1024;

static CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// An answer as it is sent: with its headers, compressed if it was asked for so.
#[derive(Debug)]
pub struct CachedAnswer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    route: Option<Route>,
    /// What is wrong with it, or with a part of it.
    pub error: Option<AppError>,
    body: Bytes,
}

/// How an answer came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheStatus {
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

impl CacheStatus {
    /// As caches tell it (RFC 9211).
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

/// Why an answer is not kept.
#[derive(Debug)]
pub enum Bypass {
    /// It is whole, but something is wrong with it: whoever waited for it gets the same, and the next one asks anew.
    Whole(Arc<CachedAnswer>),
    /// It is long, or not the same for everyone: whoever waited for it asks for himself.
    Own,
    /// Making it failed, for everyone.
    Failed(AppError),
    /// There was no place to make it for the network that asked first: whoever waited for it, from another one, asks once more.
    Shed,
}

/// What an answer takes up while it is made, and if it is long until it is sent.
pub struct Room {
    pub work: Work,
    pub network: Network,
    pub place: Slot,
    pub admission: Admission,
    pub memory: MemoryBudget,
}

impl Room {
    /// The body of a long answer, which is sent as it is made. It keeps a place among the downloads, and room for the `length` bytes
    /// that are there already, until it is sent or its reader is gone.
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
    metrics::shed(Shed::Memory, None);
    Other::Shed
}

/// The body of a long answer with what it takes up.
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

/// What comes instead of an [`CachedAnswer`].
pub enum Other {
    /// A long one, or one that depends on more than its name tells.
    Bypass(Box<Response>),
    /// None: there is no room for it.
    Shed,
    /// None: making it failed.
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
    /// Takes an answer in, unless it is too long or depends on more than its name tells.
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
                // What broke off must be seen to have broken off.
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

    /// Whether it may be kept.
    pub fn is_right(&self) -> bool {
        self.status == StatusCode::OK && self.error.is_none()
    }

    /// How many bytes of memory it takes, about.
    pub fn weight(&self) -> u32 {
        u32::try_from(self.body.len() + OVERHEAD).unwrap_or(u32::MAX)
    }

    /// The answer, or its head, with how it came about.
    pub fn sent(&self, only_head: bool, came: CacheStatus) -> Response {
        let body = if only_head { Body::empty() } else { Body::from(self.body.clone()) };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        response.headers_mut().insert(CACHE_STATUS.clone(), came.header());
        pipeline::write(response.extensions_mut(), self.route.clone(), self.error.clone());
        response
    }
}

/// What is said to a reader who has it already.
pub fn not_modified(tag: Tag) -> Response {
    ::metrics::counter!("observatory_cache_total", "found" => "known").increment(1);
    (StatusCode::NOT_MODIFIED, [(ETAG, tag.header())]).into_response()
}

/// The head of an answer, for who asks for no more.
pub fn without_body(response: Response) -> Response {
    let (parts, _) = response.into_parts();
    Response::from_parts(parts, Body::empty())
}
