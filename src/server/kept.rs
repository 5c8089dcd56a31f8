//! Answers kept in memory: whatever is right until the next revision is made once and then handed out.
//!
//! Promises: an answer is named by everything it is made from (the revision, the day, the program, the address, the form asked for),
//! so that what is handed out is never that of another state; a reader who has it already is told so and gets nothing; of a thousand
//! who ask first, one waits for it to be made and the others for him; no more memory is used than allowed. Where the database is
//! gone, what is kept goes on being handed out, at worst that of the state before, and says so.

use std::sync::{Arc, RwLock};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{
            ACCEPT, ACCEPT_ENCODING, CONTENT_LENGTH, ETAG, HOST, IF_MODIFIED_SINCE, IF_NONE_MATCH, RANGE,
            VARY,
        },
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use chrono::{Datelike, NaiveDate};
use futures_util::{StreamExt, stream};
use http_body_util::BodyExt;
use moka::{future::Cache, policy::EvictionPolicy};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

use super::{
    cache::CachePolicy,
    errors,
    front::{self, Route},
    pulse::Databases,
    turns::Turns,
};
use crate::{error::AppError, text::date};

/// Answers longer than this are passed on as they are made.
const LONGEST: usize = 2 * 1024 * 1024;
/// What an answer weighs beside its body: its headers and its place.
const OVERHEAD: usize = 1024;

static CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

// How an answer came about (RFC 9211).
const HIT: &str = "observatory; hit";
const HIT_ALONE: &str = "observatory; hit; detail=\"database unreachable\"";
const STALE: &str = "observatory; hit; ttl=-1; detail=\"database unreachable\"";
const STORED: &str = "observatory; fwd=miss; stored";
const MISS: &str = "observatory; fwd=miss";

/// The answers, and what decides which is right.
#[derive(Clone, Debug)]
pub struct Kept(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    answers: Cache<Tag, Arc<Answer>>,
    databases: Databases,
    turns: Turns,
    named: Named,
    /// The state that answers are made from, and the one before it.
    states: RwLock<[Option<Standing>; 2]>,
}

/// What answers of this server are named by, and which are not kept.
#[derive(Clone, Debug)]
pub struct Named {
    /// Which program makes them.
    pub program: String,
    /// The site's origin, where it does not depend on how it is asked.
    pub origin: Option<String>,
    /// Where the files of this build are, which lie compressed on the disk.
    pub package: String,
}

/// What every answer depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Standing {
    revision: i32,
    /// Statuses are told for a day.
    day: NaiveDate,
}

/// Names an answer: half of a SHA-256 over everything it is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Tag([u8; 16]);

impl Tag {
    fn header(self) -> HeaderValue {
        HeaderValue::from_str(&format!("\"{}\"", hex::encode(self.0))).unwrap_or(HeaderValue::from_static(""))
    }
}

/// An answer as it is sent: with its headers, compressed if it was asked for so.
#[derive(Debug)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    route: Option<Route>,
    body: Bytes,
}

/// Why an answer is not kept.
#[derive(Debug)]
enum Passed {
    /// It is whole, but an error: whoever waited for it gets the same, and the next one asks anew.
    Whole(Arc<Answer>),
    /// It is long, or not the same for everyone: whoever waited for it asks for himself.
    Own,
}

/// How an answer is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Brotli,
    Gzip,
    Plain,
}

impl Coding {
    /// The best of those accepted (RFC 9110, 12.5.3).
    fn of(headers: &HeaderMap) -> Coding {
        let accepted =
            headers.get(ACCEPT_ENCODING).and_then(|header| header.to_str().ok()).unwrap_or_default();
        let takes = |name: &str| {
            accepted.split(',').any(|each| {
                let mut parts = each.split(';').map(str::trim);
                let is_it = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case(name));
                is_it && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
            })
        };
        match () {
            () if takes("br") => Coding::Brotli,
            () if takes("gzip") => Coding::Gzip,
            () => Coding::Plain,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Coding::Brotli => "br",
            Coding::Gzip => "gzip",
            Coding::Plain => "identity",
        }
    }
}

impl Kept {
    /// `megabytes` is the most memory that answers take; with 0 none is kept, and each is still made once for all who ask at a time.
    pub fn new(megabytes: u64, databases: Databases, turns: Turns, named: Named) -> Kept {
        let answers = Cache::builder()
            .max_capacity(megabytes * 1024 * 1024)
            // Answers of a state that is over are asked for no more and go first, however popular they were.
            .eviction_policy(EvictionPolicy::lru())
            .weigher(|_, answer: &Arc<Answer>| {
                u32::try_from(answer.body.len() + OVERHEAD).unwrap_or(u32::MAX)
            })
            .build();
        Kept(Arc::new(Inner { answers, databases, turns, named, states: RwLock::default() }))
    }

    /// How many answers are kept, and how many bytes they take.
    pub fn size(&self) -> (u64, u64) {
        (self.0.answers.entry_count(), self.0.answers.weighted_size())
    }

    /// The state answers are to be made from now, and the one before it.
    fn states(&self, now: Standing) -> [Option<Standing>; 2] {
        let known = *self.0.states.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        if known[0] == Some(now) {
            return known;
        }
        let mut states = self.0.states.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        if states[0] != Some(now) {
            *states = [Some(now), states[0]];
        }
        *states
    }

    fn tag(&self, standing: Standing, parts: &Parts, coding: Coding) -> Tag {
        let text = |name| parts.headers.get(name).map(HeaderValue::as_bytes).unwrap_or_default();
        let origin = self.0.named.origin.as_deref().map_or_else(|| text(HOST), str::as_bytes);
        let accept = if depends_on_accept(parts.uri.path()) { text(ACCEPT) } else { b"" };
        let address = parts.uri.path_and_query().map(|address| address.as_str()).unwrap_or_default();
        let mut hash = Sha256::new();
        for part in
            [self.0.named.program.as_bytes(), origin, address.as_bytes(), accept, coding.name().as_bytes()]
        {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.update(standing.revision.to_be_bytes());
        hash.update(standing.day.num_days_from_ce().to_be_bytes());
        let mut tag = [0; 16];
        tag.copy_from_slice(&hash.finalize()[..16]);
        Tag(tag)
    }
}

/// Whether the same address answers in the form that is accepted.
fn depends_on_accept(path: &str) -> bool {
    path.starts_with("/sdmx/")
}

impl Kept {
    /// The answer: what is kept is handed out, what is made by `site` is kept.
    pub async fn answer(&self, request: Request, site: &Router) -> Response {
        let path = request.uri().path();
        if path.starts_with(&self.0.named.package) || CachePolicy::of(path) == CachePolicy::Never {
            return run(site.clone(), request).await;
        }
        let pulse = self.0.databases.pulse();
        let (parts, body) = request.into_parts();
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        let Some((revision, _)) = pulse.revision.filter(|_| reads) else {
            // What is not a matter of reading, or of a database in which nothing is published yet.
            if !pulse.answers {
                return errors::answer(&AppError::Unavailable, &parts);
            }
            let request = Request::from_parts(parts.clone(), body);
            return self.0.turns.run(run(site.clone(), request), &parts).await;
        };
        let now = Standing { revision, day: date::today() };
        let coding = Coding::of(&parts.headers);
        let tag = self.tag(now, &parts, coding);
        if is_known(&parts.headers, tag) {
            return not_modified(tag);
        }
        let only_head = parts.method == Method::HEAD;
        if let Some(answer) = self.0.answers.get(&tag).await {
            metrics::counter!("observatory_cache_total", "found" => "hit").increment(1);
            return answer.sent(only_head, if pulse.answers { HIT } else { HIT_ALONE });
        }
        let [_, before] = self.states(now);
        if !pulse.answers {
            return match self.of_state(before, &parts, coding).await {
                Some(answer) => answer.sent(only_head, STALE),
                None => errors::answer(&AppError::Unavailable, &parts),
            };
        }
        let made = self.make(tag, coding, &parts, site).await;
        // The database may have gone while it was made.
        if made.status() == StatusCode::SERVICE_UNAVAILABLE
            && let Some(answer) = self.of_state(before, &parts, coding).await
        {
            return answer.sent(only_head, STALE);
        }
        if only_head { without_body(made) } else { made }
    }

    /// Makes an answer once for all who ask for it at a time.
    async fn make(&self, tag: Tag, coding: Coding, parts: &Parts, site: &Router) -> Response {
        metrics::counter!("observatory_cache_total", "found" => "miss").increment(1);
        let ask = || self.0.turns.run(run(site.clone(), whole_request(parts, coding)), parts);
        let mut own = None;
        let made = self.0.answers.try_get_with(tag, async {
            match Answer::of(ask().await, parts.uri.path()).await {
                Ok(mut answer) if answer.status == StatusCode::OK => {
                    answer.headers.insert(ETAG, tag.header());
                    Ok(Arc::new(answer))
                }
                Ok(answer) => Err(Passed::Whole(Arc::new(answer))),
                Err(response) => {
                    own = Some(response);
                    Err(Passed::Own)
                }
            }
        });
        match made.await {
            Ok(answer) => answer.sent(false, STORED),
            Err(passed) => match &*passed {
                Passed::Whole(answer) => answer.sent(false, MISS),
                Passed::Own => {
                    let mut response = match own {
                        Some(response) => response,
                        None => ask().await,
                    };
                    if response.status() == StatusCode::OK {
                        response.headers_mut().insert(ETAG, tag.header());
                    }
                    response
                }
            },
        }
    }

    /// The answer of another state, if it is kept.
    async fn of_state(&self, state: Option<Standing>, parts: &Parts, coding: Coding) -> Option<Arc<Answer>> {
        self.0.answers.get(&self.tag(state?, parts, coding)).await
    }
}

async fn run(site: Router, request: Request) -> Response {
    site.oneshot(request).await.unwrap_or_else(|never| match never {})
}

/// The same request for the whole answer, in one form.
fn whole_request(parts: &Parts, coding: Coding) -> Request {
    let mut parts = parts.clone();
    parts.method = Method::GET;
    for conditional in [IF_NONE_MATCH, IF_MODIFIED_SINCE, RANGE] {
        parts.headers.remove(conditional);
    }
    parts.headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(coding.name()));
    Request::from_parts(parts, Body::empty())
}

fn is_known(headers: &HeaderMap, tag: Tag) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|known| known.to_str().ok());
    let tag = hex::encode(tag.0);
    // A proxy that compresses makes the tag a weak one.
    known
        .flat_map(|known| known.split(','))
        .any(|known| known.trim().trim_start_matches("W/").trim_matches('"') == tag)
}

fn not_modified(tag: Tag) -> Response {
    metrics::counter!("observatory_cache_total", "found" => "known").increment(1);
    let vary = HeaderValue::from_static("accept-encoding");
    (StatusCode::NOT_MODIFIED, [(ETAG, tag.header()), (VARY, vary)]).into_response()
}

fn without_body(response: Response) -> Response {
    let (parts, _) = response.into_parts();
    Response::from_parts(parts, Body::empty())
}

impl Answer {
    /// Takes an answer in, unless it is too long or depends on more than its name tells.
    async fn of(response: Response, path: &str) -> Result<Answer, Response> {
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
        let route = parts.extensions.get::<Route>().cloned();
        Ok(Answer { status: parts.status, headers, route, body: pieces.concat().into() })
    }

    fn sent(&self, only_head: bool, cache: &'static str) -> Response {
        let body = if only_head { Body::empty() } else { Body::from(self.body.clone()) };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        response.headers_mut().insert(CACHE_STATUS.clone(), HeaderValue::from_static(cache));
        front::write_route(response.extensions_mut(), self.route.clone());
        response
    }
}

/// Whether the answer depends on nothing of the request but what its name is made from.
fn varies_as_named(headers: &HeaderMap, path: &str) -> bool {
    let varies = headers.get_all(VARY).iter().filter_map(|vary| vary.to_str().ok());
    varies.flat_map(|vary| vary.split(',')).all(|header| match header.trim().to_ascii_lowercase().as_str() {
        "accept-encoding" => true,
        "accept" => depends_on_accept(path),
        _ => false,
    })
}
