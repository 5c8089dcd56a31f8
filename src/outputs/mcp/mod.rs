//! Model Context Protocol (<https://modelcontextprotocol.io>): the site for AI assistants, at `/mcp` (Streamable HTTP, stateless) and as
//! `observatory mcp` (standard input and output).
//!
//! Promises: a tool answers what an address of the API or a file of a page answers, from the same revision and by the same rules, so an assistant is never
//! told another figure than a reader; nothing can be changed; an argument that is not understood is refused with what would be.

mod ask;
mod handler;
mod prompts;
mod resources;
mod schema;
mod shape;
mod tools;

use std::sync::Arc;

use axum::{
    Router,
    extract::Request,
    http::{StatusCode, header::ORIGIN},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use rmcp::{
    ServiceExt,
    transport::{
        StreamableHttpServerConfig, StreamableHttpService, stdio,
        streamable_http_server::session::never::NeverSessionManager,
    },
};

pub use ask::Outside;
pub use handler::Handler;

use crate::components::location::Origin;

/// Path of the server.
pub const PATH: &str = "/mcp";

/// Largest request, in bytes: a text to check of 5,000 characters, escaped.
const MAX_REQUEST: usize = 64 * 1024;

/// Returns the route of the server. `addresses` has the routes of the API and of files, which the tools ask.
pub fn routes<S>(addresses: Router) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    // Host and origin are checked by the server's own rules: `Host` before routing, `Origin` below.
    let config = StreamableHttpServerConfig::default()
        .disable_allowed_hosts()
        .disable_allowed_origins()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_sse_keep_alive(None)
        .with_max_request_body_bytes(MAX_REQUEST);
    let handler = Handler::new(addresses, None);
    let sessions = Arc::new(NeverSessionManager::default());
    let service = StreamableHttpService::new(move || Ok(handler.clone()), sessions, config);
    Router::new().route_service(PATH, service).layer(middleware::from_fn(own_origin))
}

/// Refuses requests that a page of another site makes a browser send.
async fn own_origin(request: Request, next: Next) -> Response {
    let own = request.extensions().get::<Origin>().map(|origin| origin.0.as_bytes());
    let named = request.headers().get(ORIGIN).map(|origin| origin.as_bytes());
    if named.is_some() && named != own {
        return (StatusCode::FORBIDDEN, "Requests from pages of other sites are refused.\n").into_response();
    }
    next.run(request).await
}

/// Serves on standard input and output until the input ends.
///
/// # Errors
///
/// If the first messages of the client are not those of the protocol.
pub async fn serve_stdio(addresses: Router, outside: Outside) -> anyhow::Result<()> {
    let running = Handler::new(addresses, Some(outside)).serve(stdio()).await?;
    running.waiting().await?;
    Ok(())
}
