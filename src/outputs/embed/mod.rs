//! What stands in other people's pages: a chart or a table of ours in a frame, and oEmbed, by which a site makes the frame out of a
//! link.
//!
//! Promises: complete without script; the script it has tells its height to the page around it and nothing else; no request leaves
//! its own site, nothing is stored. With `as_of` it shows the same for ever. These are the only addresses that may be framed.

mod address;
mod frame;
mod oembed;

use axum::{Router, extract::FromRef, routing::get};

use super::request_context::Site;

/// Where the style sheet of this build lies.
#[derive(Clone, Debug)]
pub struct StyleSheet(pub String);

/// Every page of ours that can be framed, and oEmbed.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
    StyleSheet: FromRef<S>,
{
    Router::new()
        .route("/embed/{locale}", get(frame::frame))
        .route("/embed/{locale}/{*path}", get(frame::frame))
        .route("/oembed", get(oembed::oembed::<S>))
}
