//! WebSub hub (<https://www.w3.org/TR/websub/>): subscribers are sent the changed entries of a feed as soon as they are published.

use axum::{
    Form,
    extract::{Extension, State},
    http::{StatusCode, header::CONTENT_TYPE, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use url::Url;

use super::{
    Subscriptions,
    callbacks::{CallbackError, Callbacks},
    feed_page,
    news::news,
    sign::hub_signature,
};
use crate::{
    components::location::{ClientNetwork, Origin},
    domain::{
        revisions::ReadSource,
        subscriptions::{
            callback::CallbackFault,
            model::{FollowedPage, SecretToken, Stage, Target},
        },
    },
    outputs::feeds::{FeedDocument, FeedFormat},
};

/// Bounds of a lease, in seconds: a subscriber that asks for less or more gets the bound.
const LEASE: std::ops::RangeInclusive<u32> = 60 * 60..=90 * 24 * 60 * 60;

/// Lease of a subscriber that names none: ten days.
const DEFAULT_LEASE: u32 = 10 * 24 * 60 * 60;

/// Longest secret (WebSub, 5.1), in bytes.
const MAX_SECRET: usize = 199;

const BUSY: &str = "The hub cannot take requests right now.";
const NO_FEED: &str = "This site has no such feed.";

/// A request of a subscriber.
#[derive(Debug, Deserialize)]
pub struct HubRequest {
    #[serde(rename = "hub.mode")]
    mode: Option<String>,
    #[serde(rename = "hub.topic")]
    topic: Option<String>,
    #[serde(rename = "hub.callback")]
    callback: Option<String>,
    #[serde(rename = "hub.lease_seconds")]
    lease_seconds: Option<String>,
    #[serde(rename = "hub.secret")]
    secret: Option<String>,
}

/// `POST /websub`: takes a request, whose intent the worker verifies. 202 if it was taken.
pub async fn hub(
    State(subscriptions): State<Option<Subscriptions>>,
    Extension(Origin(origin)): Extension<Origin>,
    Extension(ClientNetwork(network)): Extension<ClientNetwork>,
    parts: Parts,
    Form(request): Form<HubRequest>,
) -> Response {
    let Some(subscriptions) = subscriptions.filter(|subscriptions| subscriptions.offers().has_own_hub())
    else {
        return said(StatusCode::NOT_FOUND, "This site has no hub of its own.");
    };
    let Ok(source) = ReadSource::of_request(&parts) else {
        return said(StatusCode::SERVICE_UNAVAILABLE, BUSY);
    };
    match accept(&subscriptions, source, &origin, &network, request).await {
        Ok(()) => said(StatusCode::ACCEPTED, "The request will be verified."),
        Err((status, why)) => said(status, why),
    }
}

async fn accept(
    subscriptions: &Subscriptions,
    source: ReadSource,
    origin: &str,
    network: &str,
    request: HubRequest,
) -> Result<(), (StatusCode, &'static str)> {
    let wrong = |why| (StatusCode::BAD_REQUEST, why);
    let stage = match request.mode.as_deref() {
        Some("subscribe") => Stage::Requested,
        Some("unsubscribe") => Stage::Leaving,
        _ => return Err(wrong("hub.mode must be subscribe or unsubscribe.")),
    };
    let topic = request.topic.ok_or(wrong("hub.topic is missing."))?;
    let page =
        topic.strip_prefix(origin).and_then(FollowedPage::parse).filter(|page| feed_page(page).is_some());
    let page =
        page.ok_or(wrong("hub.topic must be the address of a feed of this site (feed.atom or feed.json)."))?;
    let callback = request.callback.ok_or(wrong("hub.callback is missing."))?;
    let url = subscriptions.callback(&callback).map_err(|fault| wrong(refusal(fault)))?;
    if request.secret.as_ref().is_some_and(|secret| secret.len() > MAX_SECRET) {
        return Err(wrong("hub.secret must be shorter than 200 bytes."));
    }
    let lease_seconds = match request.lease_seconds.as_deref() {
        None | Some("") => DEFAULT_LEASE,
        Some(text) => match text.parse::<u64>() {
            Ok(seconds) => u32::try_from(seconds).unwrap_or(u32::MAX).clamp(*LEASE.start(), *LEASE.end()),
            Err(_) => return Err(wrong("hub.lease_seconds must be a number of seconds.")),
        },
    };
    let failed = |_| (StatusCode::SERVICE_UNAVAILABLE, BUSY);
    let newest = source.newest;
    let Some((followed, _)) = feed_page(&page) else { return Err((StatusCode::NOT_FOUND, NO_FEED)) };
    if news(source, &followed, newest, origin).await.map_err(failed)?.is_none() {
        return Err((StatusCode::NOT_FOUND, NO_FEED));
    }
    let target = Target::Callback {
        url: url.to_string(),
        secret: request.secret.filter(|secret| !secret.is_empty()),
        origin: origin.to_owned(),
        lease_seconds,
    };
    let is_taken = subscriptions.follow_by_websub(&page, stage, &target, &url, network, newest).await;
    if is_taken.map_err(failed)? {
        Ok(())
    } else {
        Err((StatusCode::TOO_MANY_REQUESTS, "Too many requests for this callback or from this network."))
    }
}

/// Explains to the owner of a callback why it may not be called.
pub fn refusal(fault: CallbackFault) -> &'static str {
    match fault {
        CallbackFault::NoAddress => {
            "The callback must be an address that begins with https:// or http://, of at most 2,000 characters."
        }
        CallbackFault::Credentials => "The callback must not contain a user name or a password.",
        CallbackFault::Fragment => "The callback must not contain a fragment (#).",
        CallbackFault::NotPublic => "The callback must be on a host that is public on the internet.",
    }
}

fn said(status: StatusCode, text: &'static str) -> Response {
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{text}\n")).into_response()
}

/// Asks a callback whether it wants what was requested for it (WebSub, 5.3). `false` if it says no.
///
/// # Errors
///
/// If it gives no answer.
pub async fn verify(
    callbacks: &Callbacks,
    url: &str,
    topic: &str,
    stage: Stage,
    lease_seconds: u32,
) -> Result<bool, CallbackError> {
    let mut url = Url::parse(url).map_err(|_| CallbackError::Refused)?;
    let challenge = SecretToken::random().ok_or(CallbackError::Invalid)?;
    let mode = if stage == Stage::Leaving { "unsubscribe" } else { "subscribe" };
    let lease = (stage != Stage::Leaving).then(|| ("hub.lease_seconds", lease_seconds.to_string()));
    let pairs = [("hub.mode", mode), ("hub.topic", topic), ("hub.challenge", challenge.as_str())];
    url.query_pairs_mut().extend_pairs(pairs).extend_pairs(lease);
    let answer = callbacks.get(url.as_str()).await?;
    Ok(answer.is_success() && answer.text == challenge.as_str())
}

/// Absolute addresses that a delivery names.
#[derive(Clone, Copy, Debug)]
pub struct Addresses<'a> {
    pub callback: &'a str,
    pub topic: &'a str,
    pub hub: &'a str,
}

/// Sends the changed entries of a feed to a callback. Returns the status of its answer.
///
/// # Errors
///
/// If it gives no answer.
pub async fn distribute(
    callbacks: &Callbacks,
    Addresses { callback, topic, hub }: Addresses<'_>,
    secret: Option<&str>,
    page: &FollowedPage,
    feed: &FeedDocument,
) -> Result<u16, CallbackError> {
    let format = feed_page(page).map_or(FeedFormat::Atom, |(_, format)| format);
    let body = feed.written(format).map_err(|_| CallbackError::Invalid)?;
    let mut headers = vec![
        ("content-type", format.media_type().to_owned()),
        ("link", format!("<{topic}>; rel=\"self\", <{hub}>; rel=\"hub\"")),
    ];
    if let Some(secret) = secret {
        headers.push(("x-hub-signature", hub_signature(secret, body.as_bytes())));
    }
    Ok(callbacks.post(callback, &headers, body.into_bytes()).await?.status)
}
