//! What a reader subscribes to: Atom feeds of events and money, and calendars of the dates of programmes.
//!
//! Promises: an entry keeps its id for ever; the same revision gives the same bytes; links are absolute, because a feed is read
//! elsewhere.

mod atom;
mod calendar;

use axum::{
    Router,
    extract::{FromRef, FromRequestParts},
    http::{StatusCode, header::CONTENT_TYPE, header::HOST, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use sqlx::PgPool;

use crate::{error::AppError, revisions, revisions::model::Revision, text::Locale, ui::page::PublicUrl};

/// Every feed and calendar.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    PgPool: FromRef<S>,
    Option<PublicUrl>: FromRef<S>,
{
    Router::new()
        .route("/{locale}/feed.atom", get(atom::all))
        .route("/{locale}/programs/{slug}/feed.atom", get(atom::program))
        .route("/{locale}/organizations/{slug}/feed.atom", get(atom::organization))
        .route("/{locale}/programs/dates.ics", get(calendar::all))
        .route("/{locale}/programs/{slug}/dates.ics", get(calendar::program))
}

/// What every feed is made of: the language asked for, the data, and where the site is.
struct Desk {
    locale: Locale,
    db: PgPool,
    revision: Revision,
    /// `https://example.org`, without a slash at its end.
    origin: String,
    /// The last part of the path but one, where the feed is one of a thing.
    slug: String,
}

impl Desk {
    fn link(&self, room: &str, id: &str) -> String {
        format!("{}/{}/{room}/{id}", self.origin, self.locale)
    }
}

impl<S> FromRequestParts<S> for Desk
where
    S: Send + Sync,
    PgPool: FromRef<S>,
    Option<PublicUrl>: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let path: Vec<&str> = parts.uri.path().split('/').skip(1).collect();
        let locale = path
            .first()
            .and_then(|locale| locale.parse::<Locale>().ok())
            .ok_or_else(|| refuse(AppError::NotFound, Locale::default()))?;
        let asked = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
        let configured = Option::<PublicUrl>::from_ref(state).map(|url| url.0);
        let origin = configured.unwrap_or_else(|| format!("http://{}", asked.unwrap_or("localhost")));
        let db = PgPool::from_ref(state);
        let revision = revisions::store::latest(&db).await.map_err(AppError::from);
        let revision = revision.and_then(|latest| latest.ok_or(AppError::Unavailable));
        Ok(Desk {
            locale,
            revision: revision.map_err(|error| refuse(error, locale))?,
            db,
            origin,
            slug: path.iter().rev().nth(1).copied().unwrap_or_default().to_owned(),
        })
    }
}

/// A feed reader gets the status, and whoever looks, the reason.
fn refuse(error: AppError, locale: Locale) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, format!("{}\n{}\n", error.title(locale), error.explanation(locale))).into_response()
}

fn answer(kind: &'static str, body: Result<String, AppError>, locale: Locale) -> Response {
    match body {
        Ok(body) => ([(CONTENT_TYPE, kind)], body).into_response(),
        Err(error) => refuse(error, locale),
    }
}
