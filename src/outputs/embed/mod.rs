//! Embeds: a chart or a table of this site in an iframe on another site, and oEmbed, by which that site turns a link
//! into the iframe.
//!
//! Promises: complete without script; the script reports only the frame's height to the embedding page; no request goes
//! to another site, nothing is stored. With `as_of` the frame never changes. These are the only addresses that may be
//! framed.

mod address;
mod frame;
mod oembed;

use axum::{Router, extract::FromRef, routing::get};

use super::request_context::Site;

/// Path of this build's style sheet.
#[derive(Clone, Debug)]
pub struct StyleSheet(pub String);

/// Returns the routes of every page that can be framed, and of oEmbed.
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
