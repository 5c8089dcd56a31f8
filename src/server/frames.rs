//! Only what is made for it may be shown in a frame of another site.

use axum::{
    extract::Request,
    http::{HeaderValue, header::X_FRAME_OPTIONS},
    middleware::Next,
    response::Response,
};

/// Forbids framing on every answer but those below `/embed/`, which say for themselves who may frame them.
pub async fn refuse_elsewhere(request: Request, next: Next) -> Response {
    let made_for_it = request.uri().path().starts_with("/embed/");
    let mut response = next.run(request).await;
    if !made_for_it {
        response.headers_mut().insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    response
}
