//! Answers kept in memory: whatever is right until the next revision is made once and then handed out.
//!
//! Promises: an answer is named by everything it is made from (the revision and its content, the day, the program, the address with
//! scheme and host, the form asked for),
//! so that what is handed out is never that of another state; a reader who has it already is told so and gets nothing; of a thousand
//! who ask first, one waits for it to be made and the others for him; no more memory is used than allowed. Where a database is lost
//! while an answer is made from it, it is made from another; where all are gone, what is kept goes on being handed out, at worst that of
//! the state before, and says so.

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
    metrics::{self, Shed},
    network::Network,
    pipeline,
    policy::RoutePolicy,
};
use crate::{error::AppError, text::date};
use answer::{Bypass, CacheStatus, CachedAnswer, Other, Room, not_modified, without_body};
use key::{CacheEpoch, Tag, is_known};

pub use key::{CacheKey, is_any_known};

/// The answers, and what decides which is right.
#[derive(Clone, Debug)]
pub struct ResponseCache(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    answers: Cache<Tag, Arc<CachedAnswer>>,
    databases: Databases,
    admission: Admission,
    memory: MemoryBudget,
    named: CacheKey,
    /// The state that answers are made from, and the one before it.
    states: RwLock<[Option<CacheEpoch>; 2]>,
}

impl ResponseCache {
    /// `megabytes` is the most memory that kept answers take; with 0 none is kept, and each is still made once for all who ask at a time.
    /// `memory` is the memory of all answers, kept or on their way.
    pub fn new(
        megabytes: u64,
        databases: Databases,
        admission: Admission,
        memory: MemoryBudget,
        named: CacheKey,
    ) -> ResponseCache {
        let answers = Cache::builder()
            .max_capacity(megabytes * 1024 * 1024)
            // Answers of a state that is over are asked for no more and go first, however popular they were.
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

    /// How many answers are kept, and how many bytes they take.
    pub fn size(&self) -> (u64, u64) {
        (self.0.answers.entry_count(), self.0.answers.weighted_size())
    }

    /// The state answers are to be made from now, and the one before it.
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

    /// The answer: what is kept is handed out, what is made by `site` is kept.
    pub async fn answer(&self, request: Request, site: &Router) -> Response {
        let path = request.uri().path();
        if path.starts_with(&self.0.named.package) || RoutePolicy::of(path).cache == CachePolicy::Never {
            return run(site.clone(), request).await;
        }
        let state = self.0.databases.state();
        let (parts, body) = request.into_parts();
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        let Some(published) = state.revision.filter(|_| reads) else {
            // What is not a matter of reading, or of a database in which nothing is published yet.
            if !state.answers {
                return errors::answer(&AppError::Unavailable, &parts);
            }
            let mut request = Request::from_parts(parts.clone(), body);
            if let Some(published) = state.revision {
                let reader = self.0.databases.reader(state.revision);
                request.extensions_mut().insert(reader.present(published, date::today()));
            }
            return match self.made(request, &parts, site).await {
                Ok(answer) => answer.sent(parts.method == Method::HEAD, CacheStatus::Miss),
                Err(other) => other.response(&parts),
            };
        };
        let now = CacheEpoch { published, day: date::today() };
        let coding = Coding::of(&parts.headers);
        let tag = self.0.named.tag(now, &parts, coding);
        if is_known(&parts.headers, tag) {
            return not_modified(tag);
        }
        let only_head = parts.method == Method::HEAD;
        if let Some(answer) = self.0.answers.get(&tag).await {
            ::metrics::counter!("observatory_cache_total", "found" => "hit").increment(1);
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
        // The database may have gone while it was made. Where it has only too much to do, its readers shall know.
        if made.status() == StatusCode::SERVICE_UNAVAILABLE
            && pipeline::error(&made) == Some(&AppError::Unavailable)
            && let Some(answer) = self.of_state(before, &parts, coding).await
        {
            return answer.sent(only_head, CacheStatus::Stale);
        }
        if only_head { without_body(made) } else { made }
    }

    /// Makes an answer once for all who ask for it at a time.
    async fn make(
        &self,
        tag: Tag,
        now: CacheEpoch,
        coding: Coding,
        parts: &Parts,
        site: &Router,
    ) -> Response {
        ::metrics::counter!("observatory_cache_total", "found" => "miss").increment(1);
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
                        let passed = match &other {
                            Other::Bypass(_) => Bypass::Own,
                            Other::Shed => Bypass::Shed,
                            Other::Failed(error) => Bypass::Failed(error.clone()),
                        };
                        own = Some(other);
                        Err(passed)
                    }
                }
            });
            let passed = match made.await {
                Ok(answer) => return answer.sent(false, CacheStatus::Stored),
                Err(passed) => passed,
            };
            let mut response = match (&*passed, own) {
                (Bypass::Whole(answer), _) => return answer.sent(false, CacheStatus::Miss),
                (Bypass::Failed(error), _) => return errors::answer(error, parts),
                (_, Some(own)) => own.response(parts),
                (Bypass::Own, None) => match self.ask(now, coding, parts, site).await {
                    Ok(answer) => answer.sent(false, CacheStatus::Miss),
                    Err(other) => other.response(parts),
                },
                // The one who asked first had no place, which says nothing of this one's network.
                (Bypass::Shed, None) if !has_waited => {
                    has_waited = true;
                    continue;
                }
                (Bypass::Shed, None) => Other::Shed.response(parts),
            };
            if response.status() == StatusCode::OK && pipeline::error(&response).is_none() {
                response.headers_mut().insert(ETAG, tag.header());
            }
            return response;
        }
    }

    /// Has an answer made when it is its turn; if the database is lost meanwhile, once more from another that has the same revision.
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
            // Pages and files find on their request what the answer is named by, and read that.
            request.extensions_mut().insert(reader.present(published, day));
            self.made(request, parts, site)
        };
        let reader = databases.reader(Some(published));
        let made = from(reader.clone()).await;
        let error = match &made {
            Ok(answer) => answer.error.as_ref(),
            Err(Other::Bypass(response)) => pipeline::error(response),
            Err(Other::Shed | Other::Failed(_)) => None,
        };
        if error != Some(&AppError::Unavailable) {
            return made;
        }
        match databases.suspect(&reader, Some(published)) {
            Some(other) => from(other).await,
            None => made,
        }
    }

    /// Has `site` answer a request when it is its turn.
    async fn made(&self, request: Request, parts: &Parts, site: &Router) -> Result<CachedAnswer, Other> {
        let Inner { admission, memory, .. } = &*self.0;
        if memory.is_exhausted() {
            metrics::shed(Shed::Memory, None);
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

    /// The answer of another state, if it is kept.
    async fn of_state(
        &self,
        state: Option<CacheEpoch>,
        parts: &Parts,
        coding: Coding,
    ) -> Option<Arc<CachedAnswer>> {
        self.0.answers.get(&self.0.named.tag(state?, parts, coding)).await
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

#[cfg(test)]
mod tests {
    use axum::{Extension, response::IntoResponse};
    use http_body_util::BodyExt;

    use super::*;
    use crate::{domain::revisions::ReadSource, server::db_monitor::DatabaseState};

    fn cache(databases: Databases) -> ResponseCache {
        let named = CacheKey { program: "tested".into(), package: "/pkg/".into() };
        ResponseCache::new(1, databases, Admission::new(4, 2), MemoryBudget::new(8), named)
    }

    async fn asked_of(cache: &ResponseCache, site: &Router, network: u8) -> Response {
        let network = Network::of(std::net::IpAddr::from([198, 51, network, 7]));
        let request = Request::get("/en").extension(network).body(Body::empty()).unwrap();
        cache.answer(request, site).await
    }

    /// A site that tells the port of the database it is made from. From any but this one nothing can be made.
    fn made_from(port: u16, otherwise: AppError) -> Router {
        Router::new().fallback(move |Extension(present): Extension<ReadSource>, request: Request| {
            let asked = present.db.connect_options().get_port();
            let answer = match asked == port {
                true => asked.to_string().into_response(),
                false => errors::answer(&otherwise, &request.into_parts().0),
            };
            async move { answer }
        })
    }

    /// Status, how the answer came about, and what it says.
    async fn asked(cache: &ResponseCache, site: &Router) -> (u16, String, String) {
        let answer = cache.answer(Request::get("/en").body(Body::empty()).unwrap(), site).await;
        let came = answer.headers().get("cache-status").map(|came| came.to_str().unwrap().to_owned());
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.unwrap().to_bytes().to_vec();
        (status, came.unwrap_or_default(), String::from_utf8(body).unwrap())
    }

    #[tokio::test]
    async fn what_a_lost_replica_leaves_undone_is_made_from_another() {
        let up = DatabaseState::told(1, true);
        let (databases, tell) = Databases::told(&[up, up]);
        let cache = cache(databases);
        let (status, came, body) = asked(&cache, &made_from(1, AppError::Unavailable)).await;
        assert_eq!((status, &*came, &*body), (200, "observatory; fwd=miss; stored", "1"));
        for each in &tell {
            each.send_replace(DatabaseState::told(2, true));
        }
        // One that only has too much to do is no reason to give the other more.
        let (status, came, _) = asked(&cache, &made_from(2, AppError::Busy)).await;
        assert_eq!((status, &*came), (503, "observatory; fwd=miss"));
    }

    #[tokio::test]
    async fn the_state_before_is_handed_out_for_a_lost_database_and_not_for_a_busy_one() {
        let (databases, tell) = Databases::told(&[DatabaseState::told(1, true)]);
        let cache = cache(databases);
        assert_eq!(asked(&cache, &made_from(1, AppError::Busy)).await.0, 200);
        tell[0].send_replace(DatabaseState::told(2, true));
        let (status, came, _) = asked(&cache, &made_from(0, AppError::Busy)).await;
        assert_eq!((status, &*came), (503, "observatory; fwd=miss"));
        let (status, came, body) = asked(&cache, &made_from(0, AppError::Unavailable)).await;
        assert_eq!((status, &*body), (200, "1"));
        assert!(came.contains("ttl=-1") && came.contains("database unreachable"), "{came}");
    }

    #[tokio::test]
    async fn what_misses_a_part_is_not_kept() {
        let (databases, _tell) = Databases::told(&[DatabaseState::told(1, true)]);
        let cache = cache(databases);
        let partly = Router::new().fallback(async || (Extension(AppError::Unavailable), "no footer"));
        let (status, came, body) = asked(&cache, &partly).await;
        assert_eq!((status, &*came, &*body), (200, "observatory; fwd=miss", "no footer"));
        assert_eq!(asked(&cache, &made_from(1, AppError::Busy)).await.2, "1");
    }

    /// What a handler has built as a whole lies in memory until its reader has it.
    #[tokio::test]
    async fn long_answers_count_as_downloads_until_they_are_read() {
        let (databases, _tell) = Databases::told(&[DatabaseState::told(1, true)]);
        let named = CacheKey { program: "tested".into(), package: "/pkg/".into() };
        let (admission, memory) = (Admission::new(4, 2), MemoryBudget::new(64));
        let cache = ResponseCache::new(1, databases, admission.clone(), memory.clone(), named);
        let long = Router::new().fallback(async || vec![b'a'; 3 * 1024 * 1024]);
        let mut unread = Vec::new();
        for _ in 0..9 {
            let answer = asked_of(&cache, &long, 1).await;
            if answer.status() == StatusCode::SERVICE_UNAVAILABLE {
                break;
            }
            unread.push(answer);
        }
        assert_eq!(
            (unread.len(), admission.downloads()),
            (4, 4),
            "half of the downloads are for other networks"
        );
        assert!(memory.taken() >= 4 * 3 * 1024 * 1024);
        let other = asked_of(&cache, &long, 2).await;
        assert_eq!(other.status(), StatusCode::OK);
        let whole = other.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(whole.len(), 3 * 1024 * 1024);
        drop(whole);
        assert_eq!(admission.downloads(), 4);
        assert_eq!(asked_of(&cache, &made_from(1, AppError::Busy), 1).await.status(), StatusCode::OK);
        drop(unread);
        assert_eq!((admission.downloads(), admission.waiting()), (0, 0));
    }

    /// Whatever an answer takes up is free once it is sent, refused or given up.
    #[tokio::test]
    async fn memory_is_given_back() {
        let (databases, _tell) = Databases::told(&[DatabaseState::told(1, true)]);
        let named = CacheKey { program: "tested".into(), package: "/pkg/".into() };
        let memory = MemoryBudget::new(3);
        let cache = ResponseCache::new(0, databases, Admission::new(4, 2), memory.clone(), named);
        let site = Router::new().fallback(async || vec![b'a'; 1024 * 1024]);
        let mut unread = Vec::new();
        for _ in 0..9 {
            let answer = asked_of(&cache, &site, 1).await;
            if answer.status() == StatusCode::SERVICE_UNAVAILABLE {
                assert!(answer.headers().contains_key("retry-after"));
                break;
            }
            unread.push(answer);
        }
        assert!(!unread.is_empty() && unread.len() < 4, "{}", unread.len());
        drop(unread);
        cache.0.answers.run_pending_tasks().await;
        assert_eq!(memory.taken(), 0);
    }
}
