//! Tests of the response cache.

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

/// A site whose response is the port of its database. With any port but this one it fails with `otherwise`.
fn made_from(port: u16, otherwise: AppError) -> Router {
    Router::new().fallback(move |Extension(source): Extension<ReadSource>, request: Request| {
        let used_port = source.db.connect_options().get_port();
        let answer = match used_port == port {
            true => used_port.to_string().into_response(),
            false => errors::answer(&otherwise, &request.into_parts().0),
        };
        async move { answer }
    })
}

/// Returns status, `Cache-Status` and body.
async fn fetch(cache: &ResponseCache, site: &Router) -> (u16, String, String) {
    let answer = cache.answer(Request::get("/en").body(Body::empty()).unwrap(), site).await;
    let cache_status = answer.headers().get("cache-status").map(|value| value.to_str().unwrap().to_owned());
    let status = answer.status().as_u16();
    let body = answer.into_body().collect().await.unwrap().to_bytes().to_vec();
    (status, cache_status.unwrap_or_default(), String::from_utf8(body).unwrap())
}

#[tokio::test]
async fn a_response_of_a_lost_replica_is_made_from_another() {
    let up = DatabaseState::fixed(1, true);
    let (databases, senders) = Databases::fixed(&[up, up]);
    let cache = cache(databases);
    let (status, cache_status, body) = fetch(&cache, &made_from(1, AppError::Unavailable)).await;
    assert_eq!((status, &*cache_status, &*body), (200, "observatory; fwd=miss; stored", "1"));
    for each in &senders {
        each.send_replace(DatabaseState::fixed(2, true));
    }
    // An overloaded database is no reason to put load on another.
    let (status, cache_status, _) = fetch(&cache, &made_from(2, AppError::Busy)).await;
    assert_eq!((status, &*cache_status), (503, "observatory; fwd=miss"));
}

/// A site that answers from the database with this port, and never from another.
fn frozen_but(port: u16) -> Router {
    Router::new().fallback(move |Extension(source): Extension<ReadSource>| async move {
        if source.db.connect_options().get_port() != port {
            std::future::pending::<()>().await;
        }
        port.to_string()
    })
}

#[tokio::test]
async fn a_response_of_a_frozen_database_is_made_from_another_once_a_probe_has_failed() {
    let up = DatabaseState::fixed(1, true);
    let (databases, senders) = Databases::fixed(&[up, up]);
    let cache = cache(databases);
    let fetched = async {
        let site = frozen_but(1);
        let (status, _, body) = fetch(&cache, &site).await;
        assert_eq!((status, &*body), (200, "1"));
    };
    let frozen = async {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        senders[1].send_replace(DatabaseState::fixed(1, false));
    };
    tokio::join!(fetched, frozen);
}

#[tokio::test]
async fn the_previous_epoch_is_served_for_a_lost_database_and_not_for_a_busy_one() {
    let (databases, senders) = Databases::fixed(&[DatabaseState::fixed(1, true)]);
    let cache = cache(databases);
    assert_eq!(fetch(&cache, &made_from(1, AppError::Busy)).await.0, 200);
    senders[0].send_replace(DatabaseState::fixed(2, true));
    let (status, cache_status, _) = fetch(&cache, &made_from(0, AppError::Busy)).await;
    assert_eq!((status, &*cache_status), (503, "observatory; fwd=miss"));
    let (status, cache_status, body) = fetch(&cache, &made_from(0, AppError::Unavailable)).await;
    assert_eq!((status, &*body), (200, "1"));
    assert!(
        cache_status.contains("ttl=-1") && cache_status.contains("database unreachable"),
        "{cache_status}"
    );
}

#[tokio::test]
async fn a_page_without_one_of_its_parts_is_not_cached() {
    let (databases, _senders) = Databases::fixed(&[DatabaseState::fixed(1, true)]);
    let cache = cache(databases);
    let partly = Router::new().fallback(async || (Extension(AppError::Unavailable), "no footer"));
    let (status, cache_status, body) = fetch(&cache, &partly).await;
    assert_eq!((status, &*cache_status, &*body), (200, "observatory; fwd=miss", "no footer"));
    assert_eq!(fetch(&cache, &made_from(1, AppError::Busy)).await.2, "1");
}

/// A body that a handler has built in full stays in memory until its client has received it.
#[tokio::test]
async fn long_answers_count_as_downloads_until_they_are_read() {
    let (databases, _senders) = Databases::fixed(&[DatabaseState::fixed(1, true)]);
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
    assert_eq!((unread.len(), admission.downloads()), (4, 4), "half of the downloads are for other networks");
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

/// A response frees its resources once it is sent, rejected or abandoned.
#[tokio::test]
async fn memory_is_released() {
    let (databases, _senders) = Databases::fixed(&[DatabaseState::fixed(1, true)]);
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
