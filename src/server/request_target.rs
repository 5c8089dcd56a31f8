//! Rejection of methods and request targets that no route supports, before routing.
//!
//! The site is read-only: its routes support `GET`, `HEAD` and `POST`, and paths that begin with `/`. HTTP also has valid targets without
//! a path (RFC 9112, 3.2: `CONNECT host:80`, `OPTIONS *`), which the page renderer cannot handle.

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header::ALLOW},
    response::{IntoResponse, Response},
};

use super::errors;
use crate::error::AppError;

/// Methods that every page and file supports.
const ALLOWED: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");

/// Returns the request if a route can answer its method and target.
///
/// # Errors
///
/// Returns the response to send otherwise: 405, 400, or 204 for `OPTIONS *`.
#[allow(clippy::result_large_err, reason = "the error is a whole response, returned as it is")]
pub fn accept(request: Request) -> Result<Request, Response> {
    // 405 for every other method, even an unknown one: the set of registered methods changes (QUERY is new), and 405
    // lists the alternatives in `Allow`.
    if !matches!(*request.method(), Method::GET | Method::HEAD | Method::POST | Method::OPTIONS) {
        let mut response = errors::answer(&AppError::Method, &request.into_parts().0);
        response.headers_mut().insert(ALLOW, ALLOWED);
        return Err(response);
    }
    let path = request.uri().path();
    if request.method() == Method::OPTIONS && path == "*" {
        return Err((StatusCode::NO_CONTENT, [(ALLOW, ALLOWED)]).into_response());
    }
    if !path.starts_with('/') {
        return Err(errors::answer(&AppError::NoAddress, &request.into_parts().0));
    }
    Ok(request)
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::Uri};

    use super::*;

    fn refusal(method: &str, target: &str) -> Option<(u16, String)> {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request =
            Request::builder().method(method).uri(target.parse::<Uri>().unwrap()).body(Body::empty());
        let refused = accept(request.unwrap()).err()?;
        let allow = refused.headers().get(ALLOW).map(|allow| allow.to_str().unwrap().to_owned());
        Some((refused.status().as_u16(), allow.unwrap_or_default()))
    }

    #[test]
    fn only_methods_and_targets_that_routes_have_reach_them() {
        for (method, target) in [
            ("GET", "/en"),
            ("HEAD", "/"),
            ("POST", "/fn/search"),
            ("OPTIONS", "/api/v1/events"),
            ("GET", "http://a:80/en"),
            ("GET", "http://a"),
        ] {
            assert_eq!(refusal(method, target), None, "{method} {target}");
        }
        let allow = "GET, HEAD, OPTIONS";
        for (method, target, status, allowed) in [
            ("GET", "a:80", 400, ""),
            ("HEAD", "a", 400, ""),
            ("POST", "a:80", 400, ""),
            ("GET", "*", 400, ""),
            ("OPTIONS", "a:80", 400, ""),
            ("OPTIONS", "*", 204, allow),
            ("CONNECT", "a:80", 405, allow),
            ("CONNECT", "/en", 405, allow),
            ("TRACE", "/en", 405, allow),
            ("PUT", "/en", 405, allow),
            ("DELETE", "*", 405, allow),
            ("PATCH", "/en/nothing", 405, allow),
            ("QUERY", "/api/v1/events", 405, allow),
            ("PROPFIND", "/en", 405, allow),
            ("get", "/en", 405, allow),
            ("BREW", "a:80", 405, allow),
        ] {
            assert_eq!(refusal(method, target), Some((status, allowed.to_owned())), "{method} {target}");
        }
    }
}
