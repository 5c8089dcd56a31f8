//! The worker: verifies what was requested, and delivers what has changed.
//!
//! Promises: a subscriber is notified of a revision once. The row of a subscription is locked while something is sent, and what was sent is
//! recorded in the same transaction; so several workers never send the same, and what a killed one had not recorded is sent again, under the same id.
//! A failed attempt is repeated ever more rarely, for three days. Addresses are not logged.

use std::{fmt, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use moka::future::Cache;
use sqlx::{PgPool, PgTransaction};
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::{
    Offers,
    callbacks::{CallbackError, Callbacks},
    feed_page,
    mail::{MailError, Mailer},
    news::{News, news},
    webhook, websub,
};
use crate::{
    domain::{
        revisions::ReadSource,
        subscriptions::{
            model::{Channel, ErrorReport, FollowedPage, Hub, Stage, Target},
            queue::{Due, store},
            seal::SealKey,
        },
    },
    error::AppError,
    text::query,
};

/// How often the worker looks for what is due.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// How often requests that nobody confirmed and leases that have run out are removed.
const EXPIRY_INTERVAL: Duration = Duration::from_secs(600);

/// Number of concurrent deliveries. Each holds a connection of the pool.
pub const MAX_CONCURRENT: usize = 8;

/// Number of pages whose changes are kept for other subscribers of the same page.
const MAX_CACHED_PAGES: u64 = 64;

/// Status by which a callback says that it wants nothing more (WebSub, 7; Standard Webhooks).
const GONE: u16 = 410;

/// Returns where the newest revision is read from. `None` before the first.
pub type Reads = Arc<dyn Fn() -> Option<ReadSource> + Send + Sync>;

/// What the worker needs.
pub struct Worker {
    /// Database role that may read addresses.
    pub db: PgPool,
    pub reads: Reads,
    pub key: SealKey,
    pub offers: Offers,
    pub mailer: Option<Mailer>,
    /// E-mail address that reports of errors are sent to.
    pub operator: Option<String>,
    pub callbacks: Callbacks,
    /// Public origin of the site, for e-mail.
    pub origin: String,
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker").field("offers", &self.offers).finish_non_exhaustive()
    }
}

/// A page, the revision since which it is compared, the newest revision, and the origin of links.
type NewsKey = (FollowedPage, i32, i32, String);

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// A confirmation was sent.
    Asked,
    /// The callback is verified.
    Activated { lease_seconds: u32 },
    /// The subscriber knows the newest revision.
    Delivered,
    /// The subscription ends, or the request was refused by whom it concerns.
    Removed,
    /// The subscriber ended the subscription.
    Ended,
    /// To be attempted again.
    Failed,
}

impl Worker {
    /// Works until the task is aborted.
    pub async fn run(self) {
        let news = Cache::new(MAX_CACHED_PAGES);
        let mut ticks = interval(POLL_INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut expires, mut announced) = (Instant::now(), None);
        loop {
            ticks.tick().await;
            let Some(source) = (self.reads)() else { continue };
            if announced.is_some_and(|announced| announced < source.newest) {
                self.ping().await;
            }
            announced = Some(source.newest);
            if Instant::now() >= expires {
                expires = Instant::now() + EXPIRY_INTERVAL;
                if let Err(error) = store::expire(&self.db).await {
                    tracing::warn!(%error, "expired subscriptions could not be removed");
                }
            }
            join_all((0..MAX_CONCURRENT).map(|_| self.drain(&source, &news))).await;
            self.send_reports().await;
        }
    }

    /// Delivers until nothing is due.
    async fn drain(&self, source: &ReadSource, news: &Cache<NewsKey, Option<Arc<News>>>) {
        loop {
            match self.deliver_next(source, news).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    tracing::warn!(%error, "the queue of subscriptions cannot be read");
                    return;
                }
            }
        }
    }

    /// Makes the next attempt. `false` if nothing is due.
    async fn deliver_next(
        &self,
        source: &ReadSource,
        news: &Cache<NewsKey, Option<Arc<News>>>,
    ) -> sqlx::Result<bool> {
        let mut transaction = self.db.begin().await?;
        let Some(due) = store::claim(&mut transaction, source.newest).await? else { return Ok(false) };
        let outcome = match self.key.open(&due.target) {
            Some(target) => self.attempt(&due, target, source, news).await,
            // Sealed under another key: it will never be readable.
            None => Outcome::Removed,
        };
        self.record(&mut transaction, &due, outcome, source.newest).await?;
        transaction.commit().await?;
        metrics::counter!("observatory_deliveries_total", "channel" => due.channel.word(), "outcome" => outcome.word()).increment(1);
        Ok(true)
    }

    async fn record(
        &self,
        transaction: &mut PgTransaction<'_>,
        due: &Due,
        outcome: Outcome,
        newest: i32,
    ) -> sqlx::Result<()> {
        let (db, id, now) = (&mut **transaction, due.id.as_str(), Utc::now());
        match outcome {
            Outcome::Asked => store::asked(db, id).await,
            Outcome::Activated { lease_seconds } => {
                store::activate(db, id, lease_until(now, due.channel, lease_seconds)).await
            }
            Outcome::Delivered => {
                let next = due.interval.map_or(now, |interval| interval.next_after(now));
                store::delivered(db, id, newest, next).await
            }
            Outcome::Removed => store::remove(db, id).await,
            Outcome::Ended => store::end(db, id).await,
            Outcome::Failed => {
                if store::failed(db, due).await? {
                    tracing::info!(channel = due.channel.word(), page = %due.page, "a subscription ended after too many failures");
                }
                Ok(())
            }
        }
    }

    async fn attempt(
        &self,
        due: &Due,
        target: Target,
        source: &ReadSource,
        cache: &Cache<NewsKey, Option<Arc<News>>>,
    ) -> Outcome {
        let (followed, origin) = match &target {
            Target::Email { .. } => (due.page.clone(), self.origin.clone()),
            Target::Callback { origin, .. } => {
                (feed_page(&due.page).map_or_else(|| due.page.clone(), |(page, _)| page), origin.clone())
            }
        };
        let key = (followed, due.delivered, source.newest, origin);
        let read = async {
            let (page, since, _, origin) = &key;
            let news = news(source.clone(), page, *since, origin).await?;
            Ok::<_, AppError>(news.map(|mut news| {
                news.feed.hub = self.offers.hub.address(origin);
                Arc::new(news)
            }))
        };
        let news = match cache.try_get_with(key.clone(), read).await {
            Ok(news) => news,
            Err(error) => return unread(due, &error),
        };
        match (target, news) {
            // The page has been withdrawn.
            (_, None) => match due.stage {
                Stage::Active => Outcome::Delivered,
                Stage::Leaving => Outcome::Ended,
                Stage::Requested | Stage::Asked => Outcome::Removed,
            },
            (Target::Email { address, confirm, leave }, Some(news)) => {
                let Some(mailer) = &self.mailer else { return Outcome::Failed };
                let sent = match (due.stage, due.interval) {
                    (Stage::Requested, Some(interval)) => {
                        let title = &news.title;
                        let sent = mailer
                            .confirmation(&address, &due.id, &due.page, title, interval, &confirm)
                            .await;
                        sent.map(|()| Outcome::Asked)
                    }
                    _ if news.entries.is_empty() => Ok(Outcome::Delivered),
                    _ => mailer.digest(&address, &due.id, &news, &leave).await.map(|()| Outcome::Delivered),
                };
                sent.unwrap_or_else(|error| unsent(due, &error))
            }
            (Target::Callback { url, secret, origin, lease_seconds }, Some(news)) => {
                let subscriber = Subscriber { url, secret, origin, lease_seconds };
                match self.call(due, &subscriber, &news).await {
                    Ok(outcome) => outcome,
                    Err(error) => {
                        tracing::info!(%error, channel = due.channel.word(), page = %due.page, "a callback failed");
                        Outcome::Failed
                    }
                }
            }
        }
    }

    /// Verifies a callback, or sends it the changes.
    async fn call(&self, due: &Due, subscriber: &Subscriber, news: &News) -> Result<Outcome, CallbackError> {
        let Subscriber { url, secret, origin, lease_seconds } = subscriber;
        let topic = format!("{origin}{}", due.page);
        let verified = |is_verified: bool, outcome| if is_verified { outcome } else { Outcome::Removed };
        let activated = Outcome::Activated { lease_seconds: *lease_seconds };
        let secret_text = secret.as_deref().unwrap_or_default();
        let status = match (due.channel, due.stage) {
            (Channel::WebSub, Stage::Leaving) => {
                let is_wanted =
                    websub::verify(&self.callbacks, url, &topic, due.stage, *lease_seconds).await?;
                return Ok(verified(is_wanted, Outcome::Ended));
            }
            (Channel::WebSub, Stage::Requested) => {
                let is_wanted =
                    websub::verify(&self.callbacks, url, &topic, due.stage, *lease_seconds).await?;
                return Ok(verified(is_wanted, activated));
            }
            (_, Stage::Requested) => {
                let is_wanted = webhook::verify(&self.callbacks, url, secret_text, &due.id).await?;
                return Ok(verified(is_wanted, activated));
            }
            _ if news.entries.is_empty() => return Ok(Outcome::Delivered),
            (Channel::WebSub, _) => {
                let hub = self.offers.hub.address(origin).unwrap_or_default();
                let addresses = websub::Addresses { callback: url, topic: &topic, hub: &hub };
                websub::distribute(&self.callbacks, addresses, secret.as_deref(), &due.page, &news.feed)
                    .await?
            }
            _ => webhook::deliver(&self.callbacks, url, secret_text, &due.id, news).await?,
        };
        Ok(match status {
            200..300 => Outcome::Delivered,
            GONE => Outcome::Removed,
            _ => Outcome::Failed,
        })
    }

    /// Sends the reports of readers to the operator.
    async fn send_reports(&self) {
        let (Some(mailer), Some(operator)) = (&self.mailer, &self.operator) else { return };
        let sent = async {
            let mut transaction = self.db.begin().await?;
            while let Some(due) = store::claim_report(&mut transaction).await? {
                let report = self.key.open::<ErrorReport>(&due.message);
                let sent = match &report {
                    Some(report) => mailer.report(operator, &due.id, report).await,
                    None => Ok(()),
                };
                match sent {
                    Ok(()) => store::remove_report(&mut *transaction, &due.id).await?,
                    Err(error) => {
                        tracing::warn!(%error, "the report of an error could not be sent");
                        store::report_failed(&mut *transaction, &due).await?;
                    }
                }
            }
            transaction.commit().await
        };
        if let Err(error) = sent.await {
            tracing::warn!(%error, "reports of errors cannot be read");
        }
    }

    /// Tells an external hub that the feeds have changed (WebSub, 6: left to hubs and publishers; this is the usual form).
    async fn ping(&self) {
        let Hub::Other(hub) = &self.offers.hub else { return };
        if self.origin.is_empty() {
            return;
        }
        let feeds = ["en/feed.atom", "zh/feed.atom", "en/changes/feed.atom", "zh/changes/feed.atom"];
        let urls = feeds.map(|feed| ("hub.url", format!("{}/{feed}", self.origin)));
        let form = query::encode([("hub.mode", "publish".to_owned())].into_iter().chain(urls));
        let kind = [("content-type", "application/x-www-form-urlencoded".to_owned())];
        let sent = self.callbacks.post(hub, &kind, form.into_bytes()).await;
        match sent {
            Ok(answer) if answer.is_success() => {}
            Ok(answer) => tracing::warn!(status = answer.status, "the WebSub hub refused the ping"),
            Err(error) => tracing::warn!(%error, "the WebSub hub could not be pinged"),
        }
    }
}

/// A callback and what belongs to it.
struct Subscriber {
    url: String,
    secret: Option<String>,
    origin: String,
    lease_seconds: u32,
}

impl Outcome {
    /// Label of the outcome in metrics.
    fn word(self) -> &'static str {
        match self {
            Outcome::Asked => "asked",
            Outcome::Activated { .. } => "activated",
            Outcome::Delivered => "delivered",
            Outcome::Removed => "removed",
            Outcome::Ended => "ended",
            Outcome::Failed => "failed",
        }
    }
}

/// Returns the end of a lease; webhooks have none.
fn lease_until(now: DateTime<Utc>, channel: Channel, lease_seconds: u32) -> Option<DateTime<Utc>> {
    let lease = TimeDelta::seconds(lease_seconds.into());
    (channel == Channel::WebSub).then(|| now.checked_add_signed(lease)).flatten()
}

fn unread(due: &Due, error: &AppError) -> Outcome {
    match error {
        // The page no longer takes these parameters: nothing can ever be delivered.
        AppError::Query(_) => Outcome::Removed,
        error => {
            tracing::warn!(%error, page = %due.page, "the changes of a page cannot be read");
            Outcome::Failed
        }
    }
}

fn unsent(due: &Due, error: &MailError) -> Outcome {
    match error {
        MailError::NoSuchMailbox => Outcome::Removed,
        error => {
            tracing::warn!(%error, page = %due.page, "an e-mail could not be sent");
            Outcome::Failed
        }
    }
}
