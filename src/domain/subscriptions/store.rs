//! SQL functions that take requests of readers. The role that serves pages can call them, and read nothing of what they keep.

use chrono::{DateTime, Utc};
use sqlx::PgExecutor;

use super::model::{Channel, DigestInterval, FollowedPage, Stage};

/// A request for a subscription, or for the end of one.
#[derive(Clone, Debug)]
pub struct SubscriptionRequest<'a> {
    pub channel: Channel,
    pub stage: Stage,
    pub page: &'a FollowedPage,
    /// Of a subscription by e-mail.
    pub interval: Option<DigestInterval>,
    /// Sealed [`Target`](super::model::Target).
    pub target: &'a [u8],
    /// Fingerprint of the address.
    pub target_key: &'a [u8],
    /// Fingerprint of the network that asks and of the day.
    pub network_key: &'a [u8],
    /// Hash of the token in the confirmation.
    pub confirm_hash: Option<&'a [u8]>,
    /// Hash of the token that ends the subscription.
    pub leave_hash: &'a [u8],
    /// Number of the newest revision: what comes later is sent.
    pub delivered: i32,
}

/// Takes a request. `false` if too many were made for this address, from this network or at all.
pub async fn request(db: impl PgExecutor<'_>, request: &SubscriptionRequest<'_>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select delivery.request($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as "is_taken!""#,
        request.channel.word(),
        request.stage.word(),
        request.page.locale.segment(),
        request.page.page,
        request.interval.map(DigestInterval::word),
        request.target,
        request.target_key,
        request.network_key,
        request.confirm_hash,
        request.leave_hash,
        request.delivered,
    )
    .fetch_one(db)
    .await
}

/// Confirms a subscription by e-mail, whose first digest is due at a time. `false` if the token has been used, or after two days.
pub async fn confirm(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    first_due: impl Fn(DigestInterval) -> DateTime<Utc>,
) -> sqlx::Result<bool> {
    let (daily, weekly) = (first_due(DigestInterval::Daily), first_due(DigestInterval::Weekly));
    sqlx::query_scalar!(
        r#"select delivery.confirm($1, $2, $3) as "is_confirmed!""#,
        token_hash,
        daily,
        weekly
    )
    .fetch_one(db)
    .await
}

/// Ends a subscription and deletes its address. `false` if there is none with this token.
pub async fn leave(db: impl PgExecutor<'_>, token_hash: &[u8]) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select delivery.leave($1) as "is_ended!""#, token_hash).fetch_one(db).await
}

/// Takes a sealed report of an error. `false` if too many wait to be sent.
pub async fn report(db: impl PgExecutor<'_>, message: &[u8], network_key: &[u8]) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select delivery.report_error($1, $2) as "is_taken!""#, message, network_key)
        .fetch_one(db)
        .await
}
