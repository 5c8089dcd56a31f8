//! Addresses and headers as third-party clients send them: share buttons, proxies, feed readers, scripts of other sites, crawlers.

mod clients;
mod crawlers;
mod memento;
mod proxies;
mod revisions;
mod tracking;

use std::net::SocketAddr;

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Request, header},
    response::Response,
};
use http_body_util::BodyExt;
use tower::ServiceExt;

const HOST: &str = "observatory.test";

/// A request from the proxy 10.0.0.1 or from an untrusted peer.
async fn ask(site: &Router, method: &str, path: &str, headers: &[(&str, &str)], peer: &str) -> Response {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header(header::HOST, HOST);
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    site.clone().oneshot(request).await.unwrap()
}

const PROXY: &str = "10.0.0.1:4000";

const STRANGER: &str = "203.0.113.9:4000";

async fn body(response: Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

fn word<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}
