//! Bodies of requests: texts that are too long for an address, and forms that change something.
//!
//! A text to check changes nothing, so its `POST` is answered as a `GET` with the same parameters is, by the same handlers, under the same limits,
//! but never from the cache. A text that is short enough for an address leads there, so that its result can be linked.
//!
//! Forms (subscriptions, reports of errors) are answered by their page. A browser says from which site a form comes; one of another site is
//! refused. The links in e-mails are the exception: mail providers post to them without opening the page (RFC 8058), and their token is proof
//! enough.

use std::time::Duration;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{
        Extensions, HeaderMap, Method, StatusCode, Uri,
        header::{CONTENT_LENGTH, CONTENT_TYPE, ORIGIN},
    },
    response::Response,
};

use super::{errors, network::Network, rate_limit::MAX_ADDRESS_LENGTH, redirect};
use crate::{
    components::location::{ClientNetwork, Origin, PostedForm, PostedQuery},
    domain::subscriptions::model::HUB_PATH,
    error::AppError,
    text::Locale,
};

/// Maximum size of a body, in bytes: 5,000 characters of four bytes each, percent-encoded, and the names of the parameters.
const MAX_BODY: usize = 62 * 1024;

/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// Marks a request whose parameters came in its body.
#[derive(Clone, Copy, Debug)]
struct Posted;

/// What answers a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    /// A page that checks a text.
    Page,
    /// A file or the API that checks a text.
    Program,
    /// A page with a form that changes something.
    Form,
    /// A page with a token in its address.
    Token,
    /// The WebSub hub, which reads the body itself.
    Hub,
}

impl Target {
    fn of(path: &str) -> Option<Target> {
        const FILES: [&str; 4] = ["data.csv", "data.json", "data.xlsx", "data.zip"];

        let segments: Vec<&str> = path.split('/').skip(1).collect();
        match segments.as_slice() {
            _ if path == HUB_PATH => Some(Target::Hub),
            [locale, "follow" | "report"] if locale.parse::<Locale>().is_ok() => Some(Target::Form),
            [locale, "follow", "confirm" | "leave"] if locale.parse::<Locale>().is_ok() => {
                Some(Target::Token)
            }
            ["api", "v1", "check"] => Some(Target::Program),
            [locale, "check"] if locale.parse::<Locale>().is_ok() => Some(Target::Page),
            [locale, "check", file] if locale.parse::<Locale>().is_ok() && FILES.contains(file) => {
                Some(Target::Program)
            }
            _ => None,
        }
    }
}

/// Whether a path takes a body from scripts of other sites.
pub fn is_target(path: &str) -> bool {
    Target::of(path) == Some(Target::Program)
}

/// Whether the parameters of a request came in its body.
pub fn is_posted(extensions: &Extensions) -> bool {
    extensions.get::<Posted>().is_some()
}

/// Reads the body of a `POST`. Other requests are returned as they are.
///
/// # Errors
///
/// Returns the response to send: 403 for a form of another site, 413 if the body is too large, 415 if it is no form and no plain text, 303 to
/// the address of a short text.
#[allow(clippy::result_large_err, reason = "the error is a whole response, returned as it is")]
pub async fn read(request: Request) -> Result<Request, Response> {
    let target = Target::of(request.uri().path()).filter(|_| request.method() == Method::POST);
    let Some(target) = target else { return Ok(request) };
    let (mut parts, body) = request.into_parts();
    let network = parts.extensions.get::<Network>().copied().unwrap_or_default().to_string();
    if target == Target::Hub {
        parts.extensions.insert(ClientNetwork(network));
        return Ok(Request::from_parts(parts, body));
    }
    if target == Target::Form && !is_own_form(&parts.headers, parts.extensions.get::<Origin>()) {
        return Err(errors::answer(&AppError::ForeignForm, &parts));
    }
    let pairs = match target {
        // Mail providers send a form of either kind (RFC 8058, 3.2); the token in the address says everything.
        Target::Token => within_limits(body).await.map(|_| Vec::new()),
        _ => pairs(&parts.headers, body).await,
    };
    let pairs = match pairs {
        Ok(pairs) => pairs,
        Err(error) => return Err(errors::answer(&error, &parts)),
    };
    let given = if matches!(target, Target::Form | Target::Token) { None } else { parts.uri.query() };
    let mut query = form_urlencoded::Serializer::new(given.unwrap_or_default().to_owned());
    for (name, value) in &pairs {
        query.append_pair(name, value);
    }
    let query = query.finish();
    let path = parts.uri.path().to_owned();
    if matches!(target, Target::Form | Target::Token) {
        parts.extensions.insert(PostedForm { query, network });
    } else if target == Target::Page {
        let is_short = path.len() + query.len() + 100 < MAX_ADDRESS_LENGTH;
        if is_short && let Some(answer) = redirect::to(StatusCode::SEE_OTHER, &path, Some(&query)) {
            return Err(answer);
        }
        // The address of the page stays without the text: links to other languages and revisions are made from it.
        parts.extensions.insert(PostedQuery(query));
    } else {
        match format!("{path}?{query}").parse::<Uri>() {
            Ok(uri) => parts.uri = uri,
            Err(_) => return Err(errors::answer(&AppError::BodyTooLarge, &parts)),
        }
    }
    parts.extensions.insert(Posted);
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.remove(CONTENT_TYPE);
    Ok(Request::from_parts(parts, Body::empty()))
}

async fn within_limits(body: Body) -> Result<Bytes, AppError> {
    let read = tokio::time::timeout(BODY_TIMEOUT, to_bytes(body, MAX_BODY)).await;
    read.map_err(|_| AppError::Busy)?.map_err(|_| AppError::BodyTooLarge)
}

/// Whether a form comes from a page of this site, as far as the browser says.
fn is_own_form(headers: &HeaderMap, own: Option<&Origin>) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let is_own_site = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let is_own_origin = text(ORIGIN.as_str()).is_none_or(|origin| own.is_some_and(|own| own.0 == origin));
    is_own_site && is_own_origin
}

/// Parameters in a body: those of a form, or a plain text.
async fn pairs(headers: &HeaderMap, body: Body) -> Result<Vec<(String, String)>, AppError> {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > MAX_BODY) {
        return Err(AppError::BodyTooLarge);
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !matches!(kind.as_str(), "application/x-www-form-urlencoded" | "text/plain") {
        return Err(AppError::MediaType);
    }
    let bytes = within_limits(body).await?;
    Ok(match kind.as_str() {
        "text/plain" => vec![("text".to_owned(), String::from_utf8_lossy(&bytes).into_owned())],
        _ => form_urlencoded::parse(&bytes).into_owned().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_other_sites_are_told_apart() {
        let own = Origin("https://observatory.example".to_owned());
        let is_own = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
            is_own_form(&HeaderMap::from_iter(headers), Some(&own))
        };
        assert!(is_own(&[]));
        assert!(is_own(&[("origin", "https://observatory.example"), ("sec-fetch-site", "same-origin")]));
        for foreign in [
            ("origin", "https://example.org"),
            ("origin", "null"),
            ("origin", "http://observatory.example"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert!(!is_own(&[foreign]), "{foreign:?}");
        }
    }

    #[test]
    fn only_texts_and_forms_come_in_a_body() {
        for path in ["/en/check", "/zh/check"] {
            assert_eq!(Target::of(path), Some(Target::Page), "{path}");
        }
        for path in ["/en/follow", "/zh/report"] {
            assert_eq!(Target::of(path), Some(Target::Form), "{path}");
        }
        for path in ["/en/follow/confirm", "/zh/follow/leave"] {
            assert_eq!(Target::of(path), Some(Target::Token), "{path}");
        }
        assert_eq!(Target::of("/websub"), Some(Target::Hub));
        for path in ["/api/v1/check", "/en/check/data.csv", "/zh/check/data.json"] {
            assert_eq!(Target::of(path), Some(Target::Program), "{path}");
        }
        for path in [
            "/",
            "/en",
            "/xx/check",
            "/en/check/",
            "/en/check/download",
            "/en/programs",
            "/api/v1/search",
            "/fn/check",
        ] {
            assert_eq!(Target::of(path), None, "{path}");
        }
    }
}
