//! Request context of every response that is not a page: the language, the snapshot of the data, and the origin of the
//! site.

use axum::{
    Extension,
    extract::{FromRef, FromRequestParts, MatchedPath},
    http::{HeaderValue, StatusCode, Uri, header::CONTENT_TYPE, request::Parts},
    response::{IntoResponse, Response},
};
use percent_encoding::{CONTROLS, utf8_percent_encode};
use serde_json::json;

use super::files::Provenance;
use crate::{
    components::location::{Origin, origin},
    domain::{
        revisions::{ReadSource, Snapshot, model::Times},
        subscriptions::model::Hub,
    },
    error::{AppError, QueryError, QueryProblem},
    text::{
        Locale, date,
        query::{self, Query},
    },
};

/// Where readers reach the operator of this copy of the site: a link target (`mailto:…`, `https://…`).
#[derive(Clone, Debug)]
pub struct Contact(pub String);

/// Settings of this copy of the site that outputs name.
#[derive(Clone, Debug, Default)]
pub struct Site {
    pub contact: Option<Contact>,
    /// WebSub hub that feeds name.
    pub hub: Hub,
}

/// Returns the provenance printed on everything that leaves the page being rendered.
pub fn page_provenance(snapshot: &Snapshot) -> Provenance {
    let contact = leptos::prelude::use_context::<Contact>().map(|contact| contact.0);
    provenance(snapshot, origin(), contact)
}

/// Returns the provenance of what is made from a snapshot for a site at this origin.
pub fn provenance(snapshot: &Snapshot, origin: String, contact: Option<String>) -> Provenance {
    Provenance {
        origin,
        revision: snapshot.at.revision,
        known_on: snapshot.known_on,
        published_on: snapshot.published_on(),
        taken_on: date::today(),
        contact,
    }
}

/// A parsed request: its language, the snapshot it reads and its remaining path and query.
#[derive(Clone, Debug)]
pub struct RequestContext {
    pub locale: Locale,
    pub snapshot: Snapshot,
    pub provenance: Provenance,
    /// Segments of the path after the language.
    pub segments: Vec<String>,
    /// Query string, undecoded, without the parameters that request a state.
    pub raw: String,
    uri: Uri,
}

impl RequestContext {
    /// Returns the absolute address of a page in the request's language.
    pub fn link(&self, room: &str, id: &str) -> String {
        self.provenance.absolute(&format!("/{}/{room}/{id}", self.locale))
    }

    /// Parses a request whose language and read source are known; the query string is taken as it is.
    ///
    /// # Errors
    ///
    /// If there is no data or no such state of it.
    pub async fn read(
        parts: &Parts,
        site: Site,
        locale: Locale,
        times: Times,
    ) -> Result<RequestContext, AppError> {
        let uri = parts.uri.clone();
        let snapshot = Snapshot::of(ReadSource::of_request(parts)?, times).await?;
        let origin = parts.extensions.get::<Origin>().map(|origin| origin.0.clone()).unwrap_or_default();
        let provenance = provenance(&snapshot, origin, site.contact.map(|contact| contact.0));
        let segments = uri.path().split('/').skip(1).map(str::to_owned).collect();
        let raw = uri.query().unwrap_or_default().to_owned();
        Ok(RequestContext { locale, snapshot, provenance, segments, raw, uri })
    }

    /// Awaits the response and turns an error into a problem response.
    pub async fn answer(&self, made: impl Future<Output = Result<Response, AppError>>) -> Response {
        made.await.unwrap_or_else(|error| problem(&error, self.locale, self.uri.path()))
    }
}

impl<S> FromRequestParts<S> for RequestContext
where
    S: Send + Sync,
    Site: FromRef<S>,
{
    type Rejection = Response;

    /// Takes the language from the first segment of the path, or from the parameter `lang` where the path has none.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let uri = parts.uri.clone();
        let raw = uri.query().unwrap_or_default();
        let refuse = |error: AppError, locale| problem(&error, locale, uri.path());
        let asked = Query::decode(raw);
        let mut segments: Vec<String> = uri.path().split('/').skip(1).map(str::to_owned).collect();
        let route = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
        let locale = match route.starts_with("/{locale}") {
            true => {
                let first = segments.remove(0);
                first.parse().map_err(|()| refuse(AppError::NotFound, Locale::En))?
            }
            false => {
                // No program sends the empty fields of an HTML form on purpose.
                if let Some(name) = query::without_value(raw) {
                    let error = QueryError::new(&name, "", QueryProblem::Empty);
                    return Err(refuse(error.into(), Locale::En));
                }
                let words = Locale::ALL.map(|locale| (locale.segment(), locale));
                let asked = asked.word("lang", &words).map_err(|error| refuse(error.into(), Locale::En))?;
                let spoken = language_counts(uri.path()).then(|| Locale::preferred(&parts.headers));
                asked.or(spoken).unwrap_or_default()
            }
        };
        let times = Times::parse(&asked).map_err(|error| refuse(error.into(), locale))?;
        let context = RequestContext::read(parts, Site::from_ref(state), locale, times).await;
        let context = context.map_err(|error| refuse(error, locale))?;
        Ok(RequestContext { segments, raw: query::without_state(raw), ..context })
    }
}

/// Returns whether `Accept-Language` chooses the language of the responses under a path, where the address names none.
pub fn language_counts(path: &str) -> bool {
    path.starts_with("/sdmx/") || path.starts_with("/id/")
}

/// Converts a text into the value of a header.
///
/// # Errors
///
/// [`AppError::Internal`] for characters that a header cannot have: a response without the header would pass for a complete one.
pub fn header_value(text: &str) -> Result<HeaderValue, AppError> {
    HeaderValue::from_str(text).map_err(|error| {
        tracing::error!(%error, text, "a header could not be written");
        AppError::Internal
    })
}

/// Builds the problem response for an error (RFC 9457).
pub fn problem(error: &AppError, locale: Locale, instance: &str) -> Response {
    let status = match error {
        // To a program an unknown name is a 404, whether it is in the path or in a parameter.
        AppError::Query(error)
            if matches!(
                error.problem,
                QueryProblem::NothingThere
                    | QueryProblem::NoSuchState { .. }
                    | QueryProblem::OutsideDays { .. }
            ) =>
        {
            StatusCode::NOT_FOUND
        }
        _ => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
    };
    let mut body = json!({
        "type": "about:blank",
        "title": error.title(locale),
        "status": status.as_u16(),
        "detail": error.explanation(locale),
        // A URI reference contains ASCII only.
        "instance": utf8_percent_encode(instance, CONTROLS).to_string(),
    });
    if let AppError::Query(error) = error {
        body["parameter"] = error.parameter.clone().into();
        body["value"] = error.value.clone().into();
    }
    let kind = [(CONTENT_TYPE, "application/problem+json")];
    (status, Extension(error.clone()), kind, format!("{body:#}\n")).into_response()
}
