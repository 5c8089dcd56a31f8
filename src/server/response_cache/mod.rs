//! Response cache in memory: a response that is valid until the next revision is made once and then served from memory.
//!
//! Promises: the cache key covers everything a response is made from (the revision and its content, the day, the program, the address
//! with scheme and host, the negotiated format), so a fresh hit never belongs to another epoch. A client that already has the response
//! gets 304. Concurrent misses are coalesced: of a thousand first requests one makes the response and the others wait for it. Memory is
//! bounded. If a database is lost while a response is made from it, the response is made from another database. If all are lost, cached
//! responses are still served, at worst those of the previous epoch, marked as such in `Cache-Status`.

mod answer;
mod key;

use std::sync::{Arc, RwLock};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{
        HeaderValue, Method, StatusCode,
        header::{ACCEPT_ENCODING, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, RANGE},
        request::Parts,
    },
    response::Response,
};
use moka::{future::Cache, policy::EvictionPolicy};
use tower::ServiceExt;

use super::{
    admission::{Admission, Rejected, Work},
    cache::CachePolicy,
    content_coding::Coding,
    db_monitor::{DatabaseReader, Databases},
    errors,
    memory_budget::MemoryBudget,
    network::Network,
    outcome,
    policy::RoutePolicy,
    posted,
    shed::{self, Shed},
};
use crate::{error::AppError, text::date};
use answer::{Bypass, CacheStatus, CachedAnswer, Other, Room, not_modified, without_body};
use key::{CacheEpoch, Tag, is_known};

pub use key::{CacheKey, is_any_known};

/// The response cache and what it needs to make responses.
#[derive(Clone, Debug)]
pub struct ResponseCache(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    answers: Cache<Tag, Arc<CachedAnswer>>,
    databases: Databases,
    admission: Admission,
    memory: MemoryBudget,
    named: CacheKey,
    /// The current epoch and the previous one.
    states: RwLock<[Option<CacheEpoch>; 2]>,
}

impl ResponseCache {
    /// Creates a cache of at most `megabytes`; with 0 nothing is stored, and concurrent misses are still coalesced. `memory` is the budget
    /// of all responses, cached or in flight.
    pub fn new(
        megabytes: u64,
        databases: Databases,
        admission: Admission,
        memory: MemoryBudget,
        named: CacheKey,
    ) -> ResponseCache {
        let answers = Cache::builder()
            .max_capacity(megabytes * 1024 * 1024)
            // LRU evicts responses of past epochs first, however popular they were.
            .eviction_policy(EvictionPolicy::lru())
            .weigher(|_, answer: &Arc<CachedAnswer>| answer.weight())
            .build();
        ResponseCache(Arc::new(Inner {
            answers,
            databases,
            admission,
            memory,
            named,
            states: RwLock::default(),
        }))
    }

    /// Returns the number of cached responses and their size in bytes.
    pub fn size(&self) -> (u64, u64) {
        (self.0.answers.entry_count(), self.0.answers.weighted_size())
    }

    /// Advances to the epoch `now` if it is new; returns the current epoch and the previous one.
    fn states(&self, now: CacheEpoch) -> [Option<CacheEpoch>; 2] {
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

    /// Serves a request from the cache, or lets `site` answer it and stores the response.
    pub async fn answer(&self, request: Request, site: &Router) -> Response {
        let path = request.uri().path();
        if path.starts_with(&self.0.named.package) || RoutePolicy::of(path).cache == CachePolicy::Never {
            return run(site.clone(), request).await;
        }
        let state = self.0.databases.state();
        let (parts, body) = request.into_parts();
        let policy = RoutePolicy::of(parts.uri.path());
        let is_stored = is_read(&parts.method) && policy.cache != CachePolicy::Personal && !policy.in_ranges;
        let Some(published) = state.revision.filter(|_| is_stored) else {
            // Not a read, not to be stored, or nothing is published yet.
            return match state.answers {
                true => self.unstored(Request::from_parts(parts.clone(), body), &parts, site).await,
                false => errors::answer(&AppError::Unavailable, &parts),
            };
        };
        let now = CacheEpoch { published, day: date::today() };
        let coding = Coding::of(&parts.headers);
        let tag = self.0.named.tag(now, &parts, coding);
        if is_known(&parts.headers, &tag.header()) {
            return not_modified(tag.header());
        }
        let only_head = parts.method == Method::HEAD;
        if let Some(answer) = self.0.answers.get(&tag).await {
            metrics::counter!("observatory_cache_total", "found" => "hit").increment(1);
            return answer
                .sent(only_head, if state.answers { CacheStatus::Hit } else { CacheStatus::HitAlone });
        }
        let [_, before] = self.states(now);
        if !state.answers {
            return match self.of_state(before, &parts, coding).await {
                Some(answer) => answer.sent(only_head, CacheStatus::Stale),
                None => errors::answer(&AppError::Unavailable, &parts),
            };
        }
        let made = self.make(tag, now, coding, &parts, site).await;
        // The database may have been lost meanwhile. An overload, in contrast, is reported to the client.
        if made.status() == StatusCode::SERVICE_UNAVAILABLE
            && outcome::error(&made).map(AppError::as_seen) == Some(&AppError::Unavailable)
            && let Some(answer) = self.of_state(before, &parts, coding).await
        {
            return answer.sent(only_head, CacheStatus::Stale);
        }
        if only_head { without_body(made) } else { made }
    }

    /// Makes a response for this request alone.
    async fn unstored(&self, mut request: Request, parts: &Parts, site: &Router) -> Response {
        let only_head = parts.method == Method::HEAD;
        if RoutePolicy::of(parts.uri.path()).in_ranges && only_head {
            // The length is that of the whole file.
            *request.method_mut() = Method::GET;
            request.headers_mut().remove(RANGE);
        }
        if posted::is_posted(&parts.extensions) {
            *request.method_mut() = Method::GET;
        }
        let databases = &self.0.databases;
        if let Some(published) = databases.state().revision {
            let reader = databases.reader(Some(published));
            request.extensions_mut().insert(reader.present(published, date::today()));
        }
        let made = match self.made(request, parts, site).await {
            Ok(answer) => answer.sent(only_head, CacheStatus::Miss),
            Err(other) => other.response(parts),
        };
        match made.headers().get(ETAG) {
            Some(tag) if made.status().is_success() && is_known(&parts.headers, tag) => {
                not_modified(tag.clone())
            }
            _ if only_head => without_body(made),
            _ => made,
        }
    }

    /// Makes a response once for all concurrent requests for it.
    async fn make(
        &self,
        tag: Tag,
        now: CacheEpoch,
        coding: Coding,
        parts: &Parts,
        site: &Router,
    ) -> Response {
        metrics::counter!("observatory_cache_total", "found" => "miss").increment(1);
        let mut has_waited = false;
        loop {
            let mut own = None;
            let made = self.0.answers.try_get_with(tag, async {
                match self.ask(now, coding, parts, site).await {
                    Ok(mut answer) if answer.is_right() => {
                        answer.headers.insert(ETAG, tag.header());
                        Ok(Arc::new(answer))
                    }
                    Ok(answer) => Err(Bypass::Whole(Arc::new(answer))),
                    Err(other) => {
                        let bypass = match &other {
                            Other::Bypass(_) => Bypass::Own,
                            Other::Shed => Bypass::Shed,
                            Other::Failed(error) => Bypass::Failed(error.clone()),
                        };
                        own = Some(other);
                        Err(bypass)
                    }
                }
            });
            let bypass = match made.await {
                Ok(answer) => return answer.sent(false, CacheStatus::Stored),
                Err(bypass) => bypass,
            };
            let mut response = match (&*bypass, own) {
                (Bypass::Whole(answer), _) => return answer.sent(false, CacheStatus::Miss),
                (Bypass::Failed(error), _) => return errors::answer(error, parts),
                (_, Some(own)) => own.response(parts),
                (Bypass::Own, None) => match self.ask(now, coding, parts, site).await {
                    Ok(answer) => answer.sent(false, CacheStatus::Miss),
                    Err(other) => other.response(parts),
                },
                // The first request was rejected, possibly because of its network's share.
                (Bypass::Shed, None) if !has_waited => {
                    has_waited = true;
                    continue;
                }
                (Bypass::Shed, None) => Other::Shed.response(parts),
            };
            if response.status() == StatusCode::OK && outcome::error(&response).is_none() {
                response.headers_mut().insert(ETAG, tag.header());
            }
            return response;
        }
    }

    /// Makes a response; if the database is lost meanwhile, retries once with another database that has the same revision. A database that
    /// has frozen does not fail a statement, it never ends one: then the probes of the monitor say that it is lost.
    async fn ask(
        &self,
        now: CacheEpoch,
        coding: Coding,
        parts: &Parts,
        site: &Router,
    ) -> Result<CachedAnswer, Other> {
        let databases = &self.0.databases;
        let CacheEpoch { published, day } = now;
        let from = |reader: DatabaseReader| {
            let mut request = whole_request(parts, coding);
            // Pages and files read the revision and the day that are in the cache key from the request's extensions.
            request.extensions_mut().insert(reader.present(published, day));
            self.made(request, parts, site)
        };
        let reader = databases.reader(Some(published));
        let mut first = std::pin::pin!(from(reader.clone()));
        let made = tokio::select! {
            biased;
            made = &mut first => made,
            () = databases.lost(&reader) => match databases.suspect(&reader, Some(published)) {
                Some(other) => return from(other).await,
                None => first.await,
            },
        };
        let error = match &made {
            Ok(answer) => answer.error.as_ref(),
            Err(Other::Bypass(response)) => outcome::error(response),
            Err(Other::Shed | Other::Failed(_)) => None,
        };
        if error.map(AppError::as_seen) != Some(&AppError::Unavailable) {
            return made;
        }
        match databases.suspect(&reader, Some(published)) {
            Some(other) => from(other).await,
            None => made,
        }
    }

    /// Lets `site` answer a request, subject to admission control and the memory budget.
    async fn made(&self, request: Request, parts: &Parts, site: &Router) -> Result<CachedAnswer, Other> {
        let Inner { admission, memory, .. } = &*self.0;
        if memory.is_exhausted() {
            shed::shed(Shed::Memory, None);
            return Err(Other::Shed);
        }
        let path = parts.uri.path();
        let network = parts.extensions.get::<Network>().copied().unwrap_or_default();
        let work = Work::of(path);
        let made = admission.run(work, network, |place| {
            let room = Room { work, network, place, admission: admission.clone(), memory: memory.clone() };
            let (site, path) = (site.clone(), path.to_owned());
            async move { CachedAnswer::of(run(site, request).await, &path, room).await }
        });
        match made.await {
            Ok(made) => made,
            Err(Rejected::Shed) => Err(Other::Shed),
            Err(Rejected::Late) => Err(Other::Failed(AppError::Busy)),
            Err(Rejected::Broken) => Err(Other::Failed(AppError::Internal)),
        }
    }

    /// Returns the cached response of another epoch.
    async fn of_state(
        &self,
        state: Option<CacheEpoch>,
        parts: &Parts,
        coding: Coding,
    ) -> Option<Arc<CachedAnswer>> {
        self.0.answers.get(&self.0.named.tag(state?, parts, coding)).await
    }
}

fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

async fn run(site: Router, request: Request) -> Response {
    site.oneshot(request).await.unwrap_or_else(|never| match never {})
}

/// Returns the request without conditions and ranges, as `GET` with a single content coding.
fn whole_request(parts: &Parts, coding: Coding) -> Request {
    let mut parts = parts.clone();
    parts.method = Method::GET;
    for conditional in [IF_NONE_MATCH, IF_MODIFIED_SINCE, RANGE] {
        parts.headers.remove(conditional);
    }
    parts.headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(coding.name()));
    Request::from_parts(parts, Body::empty())
}

#[cfg(test)]
mod tests;
