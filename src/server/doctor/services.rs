//! Other servers that the site uses: mail, a hub, the database of deliveries.

use std::time::Duration;

use tokio::time::timeout;
use url::Url;

use super::{
    TIMEOUT, database,
    report::{Area, Finding},
};
use crate::{
    config::{Delivery, HubChoice, Secret, SiteConfig},
    outputs::subscriptions::mail::Mailer,
};

/// Examines the servers that are set.
pub async fn examine(site: &SiteConfig) -> Vec<Finding> {
    let delivery = &site.delivery;
    let mut findings = Vec::new();
    findings.extend(mail(site).await);
    if let HubChoice::Other(address) = &delivery.websub_hub {
        findings.push(hub(address).await);
    }
    if let Some(url) = &delivery.delivery_database_url {
        findings.push(database::deliveries(url).await);
    }
    findings
}

async fn mail(site: &SiteConfig) -> Option<Finding> {
    let Delivery { smtp_url: Some(Secret(url)), mail_from, .. } = &site.delivery else { return None };
    let subject = "mail server";
    let origin = site.public_url.clone().unwrap_or_default();
    let mailer = match Mailer::new(url, mail_from.as_deref(), &origin) {
        Ok(mailer) => mailer,
        Err(error) => {
            let advice = "write SMTP_URL as smtps://user:password@mail.example, and MAIL_FROM as Name <name@mail.example>";
            return Some(Finding::error(Area::Set, subject, error.to_string(), advice));
        }
    };
    let advice = "check SMTP_URL: host, port, user and password, and whether the server expects TLS";
    Some(match timeout(TIMEOUT, mailer.greet()).await {
        Ok(Ok(())) => Finding::ok(Area::Reachable, subject, "accepts messages from here"),
        Ok(Err(error)) => Finding::error(Area::Reachable, subject, error.to_string(), advice),
        Err(_) => Finding::error(Area::Reachable, subject, no_answer(TIMEOUT), advice),
    })
}

async fn hub(address: &str) -> Finding {
    let subject = "hub";
    let advice = "check WEBSUB_HUB; feeds name this hub, and each revision is announced to it";
    let place = Url::parse(address).ok().and_then(|url| {
        Some((url.host_str()?.trim_matches(['[', ']']).to_owned(), url.port_or_known_default()?))
    });
    let Some(place) = place else {
        return Finding::error(Area::Set, subject, format!("{address} has no host"), advice);
    };
    match timeout(TIMEOUT, tokio::net::TcpStream::connect(place)).await {
        Ok(Ok(_)) => Finding::ok(Area::Reachable, subject, format!("{address} accepts connections")),
        Ok(Err(error)) => Finding::error(Area::Reachable, subject, format!("{address}: {error}"), advice),
        Err(_) => {
            Finding::error(Area::Reachable, subject, format!("{address}: {}", no_answer(TIMEOUT)), advice)
        }
    }
}

fn no_answer(within: Duration) -> String {
    format!("no answer within {} seconds", within.as_secs())
}
