//! Overload: fairness between networks, and the cost of responses that nobody reads.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
    response::Response,
};
use http_body_util::BodyExt;
use observatory::import::{
    self, DataSet,
    sample::{Plan, SampleSizes},
};
use sqlx::PgPool;
use tower::ServiceExt;

use crate::support;

/// Sends a request from the network `198.51.{network}.0/24`. Each host has its own cache entries.
async fn ask(site: &Router, network: u8, host: usize, path: &str) -> Response {
    let peer = SocketAddr::from((IpAddr::from([198, 51, network, 7]), 1));
    let request = Request::get(path)
        .header(header::HOST, format!("h{host}.test"))
        .extension(ConnectInfo(peer))
        .body(Body::empty());
    site.clone().oneshot(request.unwrap()).await.unwrap()
}

fn is_rejected(answer: &Response) -> bool {
    let is_busy = answer.status() == StatusCode::SERVICE_UNAVAILABLE;
    assert_eq!(is_busy, answer.headers().contains_key(header::RETRY_AFTER), "{}", answer.status());
    is_busy
}

/// Builds a site whose file of observations is too long to be buffered in memory.
async fn large_site(db: &PgPool) -> Router {
    let folder = tempfile::tempdir().unwrap();
    let sizes =
        SampleSizes { observations: 9_000, programs: None, subsidies: Some(120), organizations: Some(300) };
    let plan = Plan::of(&DataSet::open(&support::shipped()).unwrap(), sizes).unwrap();
    plan.write(folder.path()).unwrap();
    import::publish(db, &DataSet::open(folder.path()).unwrap(), crate::support::noted()).await.unwrap();
    support::served(db.clone().into(), &["--cache-megabytes=0"]).await
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn unread_responses_stay_within_the_memory_budget(db: PgPool) {
    support::published(&db).await;
    let site = support::served(db.into(), &["--cache-megabytes=0", "--response-megabytes=1"]).await;
    let mut unread = Vec::new();
    for host in 0..100 {
        let answer = ask(&site, 1, host, "/en/programs").await;
        if is_rejected(&answer) {
            break;
        }
        unread.push(answer);
    }
    assert!((1..100).contains(&unread.len()), "{} responses fit into a megabyte", unread.len());
    let other = ask(&site, 2, 0, "/en/programs").await;
    assert!(is_rejected(&other), "the memory budget is exhausted for every network");
    drop(unread);
    assert_eq!(ask(&site, 2, 0, "/en/programs").await.status(), StatusCode::OK);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn pictures_of_one_network_do_not_block_another(db: PgPool) {
    let site = support::site(&db).await;
    let greedy: Vec<_> = (0..200)
        .map(|host| {
            let site = site.clone();
            tokio::spawn(async move { is_rejected(&ask(&site, 1, host, "/en/subsidies/data.xlsx").await) })
        })
        .collect();
    // Wait until all have arrived: some are rejected at once, because half of the queue is reserved for other networks.
    while !greedy.iter().any(|each| each.is_finished()) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    for path in ["/zh/programs", "/en/indicators/jobs-total", "/en/subsidies/data.xlsx", "/api/v1/events"] {
        let answer = ask(&site, 2, 0, path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
    }
    let mut rejected = 0;
    for each in greedy {
        rejected += usize::from(each.await.unwrap());
    }
    assert!(rejected > 0 && rejected < 200, "{rejected} of 200");
}

/// A request that waits for a response that another network requested first does not fail with it.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_rejected_network_does_not_fail_those_that_wait_with_it(db: PgPool) {
    let site = support::site(&db).await;
    let of = |network: u8, host: usize, path: &'static str| {
        let site = site.clone();
        tokio::spawn(async move { ask(&site, network, host, path).await.status() })
    };
    let greedy: Vec<_> = (0..300).map(|host| of(1, host, "/en/programs")).collect();
    let first = of(1, 1000, "/en/organizations");
    let second = of(2, 1000, "/en/organizations");
    assert_eq!(second.await.unwrap(), StatusCode::OK);
    first.await.unwrap();
    for each in greedy {
        each.await.unwrap();
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn slow_readers_of_one_network_leave_downloads_to_another(db: PgPool) {
    let site = large_site(&db).await;
    let path = "/en/data/figures.csv";
    let mut slow = Vec::new();
    for host in 0..4 {
        let answer = ask(&site, 1, host, path).await;
        assert_eq!(answer.status(), StatusCode::OK);
        slow.push(answer);
    }
    let other = ask(&site, 2, 0, path).await;
    assert_eq!(other.status(), StatusCode::OK);
    let whole = other.into_body().collect().await.unwrap().to_bytes();
    assert!(whole.len() > 2 * 1024 * 1024, "{} bytes are too few: the response was buffered", whole.len());
    assert_eq!(
        ask(&site, 1, 0, "/en/programs").await.status(),
        StatusCode::OK,
        "pages have slots of their own"
    );
    // A fifth download of the same network times out in the queue; once a slot is free, it succeeds.
    let fifth = ask(&site, 1, 9, path).await;
    assert!(is_rejected(&fifth));
    slow.pop();
    let fifth = ask(&site, 1, 9, path).await;
    assert_eq!(fifth.status(), StatusCode::OK);
    drop((slow, fifth));
    // Abandoned downloads release their database connections.
    for _ in 0..200 {
        if db.num_idle() == db.size() as usize {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{} database connections are still in use", db.size() as usize - db.num_idle());
}
