//! Questions to the site's own addresses, without a network in between.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header::HOST, request::Parts},
};
use serde_json::Value;
use sqlx::PgPool;
use tower::ServiceExt;

use crate::{components::location::Origin, domain::revisions::ReadSource, error::AppError, text::Locale};

/// Largest answer that is read, in bytes.
const MAX_ANSWER: usize = 16 * 1024 * 1024;

/// What a request from outside brings along, where there is none: the database, and the public origin of the site.
#[derive(Clone, Debug)]
pub struct Outside {
    pub db: PgPool,
    pub origin: String,
}

/// Where a question is asked from: what is read, and under which origin links are made.
#[derive(Clone, Debug)]
pub struct Asker {
    source: ReadSource,
    pub origin: Origin,
}

impl Asker {
    /// Takes both from the request that the protocol came in.
    ///
    /// # Errors
    ///
    /// If nothing has been published.
    pub fn of_request(parts: &Parts) -> Result<Asker, AppError> {
        let origin = parts.extensions.get::<Origin>().cloned().unwrap_or_default();
        Ok(Asker { source: ReadSource::of_request(parts)?, origin })
    }

    /// Reads the newest revision for a client without a request.
    ///
    /// # Errors
    ///
    /// If nothing has been published, or the database does not answer.
    pub async fn of_outside(outside: &Outside) -> Result<Asker, AppError> {
        Ok(Asker {
            source: ReadSource::of(outside.db.clone()).await?,
            origin: Origin(outside.origin.clone()),
        })
    }

    /// Asks an address (path and query) and returns the answer as JSON; of an answer that is no JSON, its text.
    ///
    /// # Errors
    ///
    /// Returns what the address says is wrong.
    pub async fn ask(&self, addresses: &Router, address: &str) -> Result<Value, Refusal> {
        let request = Request::get(address).header(HOST, "localhost").body(Body::empty());
        let mut request = request.map_err(|_| Refusal::internal())?;
        request.extensions_mut().insert(self.source.clone());
        request.extensions_mut().insert(self.origin.clone());
        let response = match addresses.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let status = response.status();
        let body = to_bytes(response.into_body(), MAX_ANSWER).await.map_err(|_| Refusal::internal())?;
        let answer = serde_json::from_slice(&body)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&body).into_owned()));
        if status.is_success() { Ok(answer) } else { Err(Refusal::of(status, &answer)) }
    }
}

/// Why an address gave no answer, in words for the assistant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub text: String,
    /// The parameter that is wrong, if it is one.
    pub parameter: Option<String>,
    pub is_unknown: bool,
}

impl Refusal {
    fn internal() -> Refusal {
        let text = AppError::Internal.explanation(Locale::En);
        Refusal { text, parameter: None, is_unknown: false }
    }

    fn of(status: StatusCode, problem: &Value) -> Refusal {
        let word = |name: &str| problem.get(name).and_then(Value::as_str).map(str::to_owned);
        let text = word("detail").unwrap_or_else(|| format!("The site answered with status {status}."));
        Refusal { text, parameter: word("parameter"), is_unknown: status == StatusCode::NOT_FOUND }
    }
}
