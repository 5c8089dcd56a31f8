//! Subscriptions: readers and programs that are told of changes by e-mail, webhook or WebSub.
//!
//! Requests are taken by [`Subscriptions`], in the processes that serve pages; what was taken is verified and delivered by the
//! [`worker`], with a database role that may read addresses.

pub mod callbacks;
pub mod mail;
mod news;
mod sign;
mod webhook;
pub mod websub;
pub mod worker;

use std::{fmt, sync::Arc};

use axum::{Router, extract::FromRef, routing::post};
use chrono::Utc;
use sqlx::PgPool;
use url::Url;

use crate::{
    domain::subscriptions::{
        callback::{self, CallbackFault},
        model::{
            Channel, DigestInterval, EmailAddress, ErrorReport, FollowedPage, HUB_PATH, Hub, SecretToken,
            Stage, Target,
        },
        seal::SealKey,
        store::{self, SubscriptionRequest},
    },
    error::AppError,
    outputs::feeds::FeedFormat,
    text::date,
};

/// What readers may subscribe to on this copy of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    pub email: bool,
    pub webhooks: bool,
    pub hub: Hub,
    /// Whether callbacks may be on hosts that are not public.
    pub allows_private: bool,
    /// Whether reports of errors are sent to the operator.
    pub reports: bool,
}

impl Offers {
    pub fn has_own_hub(&self) -> bool {
        self.hub == Hub::Own
    }
}

/// Takes the requests of readers. Can read none of what was requested before.
#[derive(Clone)]
pub struct Subscriptions(Arc<Inner>);

struct Inner {
    /// The primary.
    db: PgPool,
    key: SealKey,
    offers: Offers,
}

impl fmt::Debug for Subscriptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscriptions").field("offers", &self.0.offers).finish_non_exhaustive()
    }
}

/// A request for a webhook that was taken: what its owner has to know, and is told once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWebhook {
    /// Key of the signatures.
    pub secret: String,
    /// Token that ends the subscription.
    pub leave: SecretToken,
}

impl Subscriptions {
    pub fn new(db: PgPool, key: SealKey, offers: Offers) -> Subscriptions {
        Subscriptions(Arc::new(Inner { db, key, offers }))
    }

    pub fn offers(&self) -> &Offers {
        &self.0.offers
    }

    /// Parses a callback that may be called.
    ///
    /// # Errors
    ///
    /// If it may not.
    pub fn callback(&self, text: &str) -> Result<Url, CallbackFault> {
        callback::parse(text, self.0.offers.allows_private)
    }

    /// Takes a request for a digest by e-mail; its confirmation is sent by the worker. `false` if too many were made.
    ///
    /// # Errors
    ///
    /// If it cannot be stored.
    pub async fn follow_by_email(
        &self,
        page: &FollowedPage,
        interval: DigestInterval,
        address: &EmailAddress,
        network: &str,
        newest: i32,
    ) -> Result<bool, AppError> {
        let (confirm, leave) = (token()?, token()?);
        let target =
            Target::Email { address: address.clone(), confirm: confirm.clone(), leave: leave.clone() };
        let tokens = (Some(&confirm), &leave);
        let request = NewRequest {
            channel: Channel::Email,
            stage: Stage::Requested,
            page,
            interval: Some(interval),
            newest,
        };
        self.request(request, &target, &address.as_str().to_lowercase(), network, tokens).await
    }

    /// Takes a request for a webhook, which the worker verifies. `None` if too many were made.
    ///
    /// # Errors
    ///
    /// If it cannot be stored.
    pub async fn follow_by_webhook(
        &self,
        page: &FollowedPage,
        callback: &Url,
        network: &str,
        origin: &str,
        newest: i32,
    ) -> Result<Option<NewWebhook>, AppError> {
        let leave = token()?;
        let secret = sign::webhook_secret(token()?.as_str().as_bytes());
        let target = Target::Callback {
            url: callback.to_string(),
            secret: Some(secret.clone()),
            origin: origin.to_owned(),
            lease_seconds: 0,
        };
        let request =
            NewRequest { channel: Channel::Webhook, stage: Stage::Requested, page, interval: None, newest };
        let is_taken = self.request(request, &target, callback.as_str(), network, (None, &leave)).await?;
        Ok(is_taken.then_some(NewWebhook { secret, leave }))
    }

    /// Takes the request of a WebSub subscriber, which the worker verifies. `false` if too many were made.
    ///
    /// # Errors
    ///
    /// If it cannot be stored.
    pub async fn follow_by_websub(
        &self,
        feed: &FollowedPage,
        stage: Stage,
        target: &Target,
        callback: &Url,
        network: &str,
        newest: i32,
    ) -> Result<bool, AppError> {
        let request = NewRequest { channel: Channel::WebSub, stage, page: feed, interval: None, newest };
        self.request(request, target, callback.as_str(), network, (None, &token()?)).await
    }

    async fn request(
        &self,
        new: NewRequest<'_>,
        target: &Target,
        address: &str,
        network: &str,
        (confirm, leave): (Option<&SecretToken>, &SecretToken),
    ) -> Result<bool, AppError> {
        let Inner { db, key, .. } = &*self.0;
        let confirm = confirm.map(|token| SecretToken::hash(token.as_str()));
        let request = SubscriptionRequest {
            channel: new.channel,
            stage: new.stage,
            page: new.page,
            interval: new.interval,
            target: &key.seal(target).ok_or(AppError::Internal)?,
            target_key: &key.fingerprint(address),
            network_key: &self.network_key(network),
            confirm_hash: confirm.as_deref(),
            leave_hash: &SecretToken::hash(leave.as_str()),
            delivered: new.newest,
        };
        store::request(db, &request).await.map_err(failed)
    }

    /// Confirms a subscription by e-mail. `false` if the token has been used, or is older than two days.
    ///
    /// # Errors
    ///
    /// If the database does not answer.
    pub async fn confirm(&self, token: &str) -> Result<bool, AppError> {
        let now = Utc::now();
        let due = |interval: DigestInterval| interval.next_after(now);
        store::confirm(&self.0.db, &SecretToken::hash(token), due).await.map_err(failed)
    }

    /// Ends a subscription and deletes its address. `false` if there is none with this token.
    ///
    /// # Errors
    ///
    /// If the database does not answer.
    pub async fn leave(&self, token: &str) -> Result<bool, AppError> {
        store::leave(&self.0.db, &SecretToken::hash(token)).await.map_err(failed)
    }

    /// Takes the report of an error. `false` if too many wait to be sent.
    ///
    /// # Errors
    ///
    /// If it cannot be stored.
    pub async fn report(&self, report: &ErrorReport, network: &str) -> Result<bool, AppError> {
        let message = self.0.key.seal(report).ok_or(AppError::Internal)?;
        store::report(&self.0.db, &message, &self.network_key(network)).await.map_err(failed)
    }

    /// Returns what requests of a network on this day are counted by.
    fn network_key(&self, network: &str) -> Vec<u8> {
        self.0.key.fingerprint(&format!("{} {network}", date::today()))
    }
}

/// What is requested.
struct NewRequest<'a> {
    channel: Channel,
    stage: Stage,
    page: &'a FollowedPage,
    interval: Option<DigestInterval>,
    /// Number of the newest revision.
    newest: i32,
}

fn token() -> Result<SecretToken, AppError> {
    SecretToken::random().ok_or(AppError::Internal)
}

fn failed(error: sqlx::Error) -> AppError {
    tracing::error!(%error, "a request for a subscription could not be stored");
    AppError::from(error)
}

/// Splits the address of a feed into the page that it is the feed of, and the name of the file. `None` if it is none.
pub fn feed_page(feed: &FollowedPage) -> Option<(FollowedPage, FeedFormat)> {
    let (path, query) =
        feed.page.split_once('?').map_or((feed.page.as_str(), None), |(path, query)| (path, Some(query)));
    let (before, file) = path.rsplit_once('/').unwrap_or(("", path));
    let format = FeedFormat::of_file(file)?;
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Some((FollowedPage { locale: feed.locale, page: format!("{before}{query}") }, format))
}

/// Returns the route of the hub.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Option<Subscriptions>: FromRef<S>,
{
    Router::new().route(HUB_PATH, post(websub::hub))
}
