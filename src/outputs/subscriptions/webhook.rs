//! Webhooks: the changes of a page as JSON, signed as Standard Webhooks 1.0 says (<https://www.standardwebhooks.com>).

use chrono::Utc;
use serde_json::{Value, json};

use super::{
    callbacks::{CallbackError, Callbacks},
    news::News,
    sign::webhook_signature,
};
use crate::domain::subscriptions::model::SecretToken;

/// Asks the owner of an address whether it wants the webhook: the body of the answer must contain the challenge. `false` if it does not.
///
/// # Errors
///
/// If the address gives no answer.
pub async fn verify(callbacks: &Callbacks, url: &str, secret: &str, id: &str) -> Result<bool, CallbackError> {
    let challenge = SecretToken::random().ok_or(CallbackError::Invalid)?;
    let body = json!({ "type": "verification", "challenge": challenge.as_str() });
    let answer = post(callbacks, url, secret, &format!("{id}.verification"), &body).await?;
    Ok(answer.is_success() && answer.text.contains(challenge.as_str()))
}

/// Sends the changes of a page. Returns the status of the answer. The id is the same for every attempt.
///
/// # Errors
///
/// If the address gives no answer.
pub async fn deliver(
    callbacks: &Callbacks,
    url: &str,
    secret: &str,
    id: &str,
    news: &News,
) -> Result<u16, CallbackError> {
    let feed: Value = news
        .feed
        .to_json_feed()
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .ok_or(CallbackError::Invalid)?;
    let body = json!({
        "type": "changes",
        "page": news.page,
        "revision": news.revision,
        "left_off": news.left,
        "feed": feed,
    });
    Ok(post(callbacks, url, secret, &format!("{id}.{}", news.revision), &body).await?.status)
}

async fn post(
    callbacks: &Callbacks,
    url: &str,
    secret: &str,
    id: &str,
    body: &Value,
) -> Result<super::callbacks::Answer, CallbackError> {
    let timestamp = Utc::now().timestamp();
    let body = body.to_string();
    let signature = webhook_signature(secret, id, timestamp, &body).ok_or(CallbackError::Invalid)?;
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signature),
    ];
    callbacks.post(url, &headers, body.into_bytes()).await
}
