//! Data of the page that offers subscriptions, and what its forms do.

use leptos::prelude::use_context;

use crate::{
    components::location::{self, PostedForm},
    domain::{
        revisions::Snapshot,
        subscriptions::{
            callback::CallbackFault,
            model::{DigestInterval, EmailAddress, FollowedPage},
        },
    },
    error::{AppError, QueryError, QueryProblem},
    loaders::page_snapshot,
    outputs::{
        feeds,
        request_context::page_provenance,
        subscriptions::{Offers, Subscriptions},
    },
    text::{Locale, query::Query},
};

/// Name of the parameter with the page to follow: its path below the language, with its query string.
pub const PAGE: &str = "page";

/// View model of the page.
#[derive(Clone, Debug)]
pub struct FollowView {
    pub page: FollowedPage,
    /// Title of its feed.
    pub title: String,
    pub offers: Offers,
    pub filled: Filled,
    pub outcome: Option<Outcome>,
}

/// What the reader has filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    pub address: String,
    pub interval: DigestInterval,
    pub callback: String,
}

/// What became of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A confirmation will be sent.
    EmailAsked,
    EmailWrong,
    /// The address will be verified. Its owner is told these values once.
    WebhookAsked {
        secret: String,
        leave: String,
    },
    CallbackWrong(CallbackFault),
    TooMany,
}

impl Outcome {
    pub fn status(&self) -> u16 {
        match self {
            Outcome::EmailAsked | Outcome::WebhookAsked { .. } => 200,
            Outcome::EmailWrong | Outcome::CallbackWrong(_) => 400,
            Outcome::TooMany => 429,
        }
    }
}

/// Returns what can be done to follow the page in the query string.
///
/// # Errors
///
/// If there is no such page, or it has no feed.
pub async fn offered(locale: Locale, search: &str) -> Result<FollowView, AppError> {
    let query = Query::decode(search);
    query.only(&[PAGE])?;
    let (view, _) = view(locale, &query).await?;
    Ok(view)
}

/// Does what a posted form asks for.
///
/// # Errors
///
/// If there is no such page, or the form has a field that it should not have, or this copy of the site does not offer that.
pub async fn submitted(locale: Locale, form: &PostedForm) -> Result<FollowView, AppError> {
    let query = Query::decode(&form.query);
    query.only(&[PAGE, "address", "interval", "callback"])?;
    let (mut view, snapshot) = view(locale, &query).await?;
    let field = |name| query.one(name).map(|value| value.unwrap_or_default().trim().to_owned());
    view.filled = Filled {
        address: field("address")?,
        interval: query.word("interval", DigestInterval::WORDS)?.unwrap_or_default(),
        callback: field("callback")?,
    };
    let subscriptions = use_context::<Subscriptions>().ok_or(AppError::NotFound)?;
    let outcome = if view.filled.callback.is_empty() {
        email(&subscriptions, &view, &form.network, snapshot.latest).await?
    } else {
        webhook(&subscriptions, &view, &form.network, snapshot.latest).await?
    };
    view.outcome = Some(outcome);
    Ok(view)
}

async fn view(locale: Locale, query: &Query) -> Result<(FollowView, Snapshot), AppError> {
    let below = query.one(PAGE)?.unwrap_or_default();
    let separator = if below.is_empty() || below.starts_with('?') { "" } else { "/" };
    let nothing = || QueryError::new(PAGE, below, QueryProblem::NothingThere);
    let page = FollowedPage::parse(&format!("/{locale}{separator}{below}")).ok_or_else(nothing)?;
    let snapshot = page_snapshot().await?;
    let (path, search) = page.parts();
    let feed = feeds::feed_of(&snapshot, &page_provenance(&snapshot), locale, &path, search).await;
    let feed = feed.map_err(|error| match error {
        AppError::NotFound => nothing().into(),
        error => error,
    })?;
    let offers = use_context::<Subscriptions>().map(|subscriptions| subscriptions.offers().clone());
    let view = FollowView {
        page,
        title: feed.title,
        offers: offers.unwrap_or_default(),
        filled: Filled::default(),
        outcome: None,
    };
    Ok((view, snapshot))
}

async fn email(
    subscriptions: &Subscriptions,
    view: &FollowView,
    network: &str,
    newest: i32,
) -> Result<Outcome, AppError> {
    if !view.offers.email {
        return Err(AppError::NotFound);
    }
    let Some(address) = EmailAddress::parse(&view.filled.address) else { return Ok(Outcome::EmailWrong) };
    let interval = view.filled.interval;
    let is_taken = subscriptions.follow_by_email(&view.page, interval, &address, network, newest).await?;
    Ok(if is_taken { Outcome::EmailAsked } else { Outcome::TooMany })
}

async fn webhook(
    subscriptions: &Subscriptions,
    view: &FollowView,
    network: &str,
    newest: i32,
) -> Result<Outcome, AppError> {
    if !view.offers.webhooks {
        return Err(AppError::NotFound);
    }
    let callback = match subscriptions.callback(&view.filled.callback) {
        Ok(callback) => callback,
        Err(fault) => return Ok(Outcome::CallbackWrong(fault)),
    };
    let origin = location::origin();
    let taken = subscriptions.follow_by_webhook(&view.page, &callback, network, &origin, newest).await?;
    Ok(taken.map_or(Outcome::TooMany, |webhook| Outcome::WebhookAsked {
        secret: webhook.secret,
        leave: format!("{origin}/{}/follow/leave?token={}", view.page.locale, webhook.leave.as_str()),
    }))
}
