//! Subscriptions of this copy of the site: what its settings offer, and the worker that delivers.

use std::{
    fs,
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::Arc,
};

use anyhow::{Context, anyhow};
use sqlx::PgPool;
use tokio::task::JoinHandle;

use super::db_monitor::Databases;
use crate::{
    config::{Delivery, HubChoice, Secret, SiteConfig},
    domain::subscriptions::{model::Hub, seal::SealKey},
    outputs::subscriptions::{Offers, Subscriptions, callbacks::Callbacks, mail::Mailer, worker::Worker},
    text::date,
};

/// The file with the key, below the state folder: in the folder of the private database, which its user can write to in any case.
const KEY_FILE: &str = "postgres/delivery.key";

/// Reads the key of a private database, or draws one at the first start.
///
/// # Errors
///
/// If the file cannot be read or written, or holds no key.
pub fn own_key(state: &Path) -> anyhow::Result<Secret> {
    let path = state.join(KEY_FILE);
    let drawn = hex::encode(SealKey::random_secret().map_err(|error| anyhow!(error))?);
    let created = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
    match created {
        Ok(mut file) => {
            file.write_all(drawn.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
            Ok(Secret(drawn))
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let text =
                fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            Ok(Secret(text.trim().to_owned()))
        }
        Err(error) => Err(error).with_context(|| format!("cannot create {}", path.display())),
    }
}

/// Returns what takes the requests of readers. `None` without a key.
///
/// # Errors
///
/// If the key is not one.
pub fn subscriptions(site: &SiteConfig, primary: &PgPool) -> anyhow::Result<Option<Subscriptions>> {
    let Some(key) = key(&site.delivery)? else { return Ok(None) };
    Ok(Some(Subscriptions::new(primary.clone(), key, offers(site))))
}

/// Starts the worker on the connections of a role that may read addresses. `None` without a key.
///
/// # Errors
///
/// If a setting is not valid.
pub fn start(site: &SiteConfig, db: PgPool, databases: Databases) -> anyhow::Result<Option<JoinHandle<()>>> {
    let Some(key) = key(&site.delivery)? else { return Ok(None) };
    let origin = site.public_url.clone().unwrap_or_default();
    let mailer = match &site.delivery.smtp_url {
        Some(Secret(url)) => Some(Mailer::new(url, site.delivery.mail_from.as_deref(), &origin)?),
        None => None,
    };
    let reads = move || {
        let published = databases.state().revision?;
        Some(databases.reader(Some(published)).present(published, date::today()))
    };
    let worker = Worker {
        db,
        reads: Arc::new(reads),
        key,
        offers: offers(site),
        mailer,
        operator: operator(site).map(str::to_owned),
        callbacks: Callbacks::new(site.delivery.allow_private_callbacks)?,
        origin,
    };
    Ok(Some(tokio::spawn(worker.run())))
}

fn key(delivery: &Delivery) -> anyhow::Result<Option<SealKey>> {
    let Some(Secret(text)) = &delivery.delivery_key else { return Ok(None) };
    let secret = hex::decode(text).map_err(|_| anyhow!("the delivery key is not hexadecimal"))?;
    SealKey::new(&secret).map(Some).map_err(|error| anyhow!("the delivery key cannot be used: {error}"))
}

fn offers(site: &SiteConfig) -> Offers {
    let Delivery { smtp_url, webhooks, websub_hub, allow_private_callbacks, .. } = &site.delivery;
    Offers {
        email: smtp_url.is_some(),
        webhooks: *webhooks,
        hub: match websub_hub {
            HubChoice::Own => Hub::Own,
            HubChoice::None => Hub::None,
            HubChoice::Other(address) => Hub::Other(address.clone()),
        },
        allows_private: *allow_private_callbacks,
        reports: smtp_url.is_some() && operator(site).is_some(),
    }
}

/// Returns the e-mail address of the operator.
fn operator(site: &SiteConfig) -> Option<&str> {
    site.contact.as_deref()?.strip_prefix("mailto:")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_key_of_a_private_database_stays_the_same_and_is_private() {
        let state = tempfile::tempdir().unwrap();
        fs::create_dir(state.path().join("postgres")).unwrap();
        let first = own_key(state.path()).unwrap();
        assert_eq!(own_key(state.path()).unwrap(), first);
        assert_eq!(first.0.len(), 64);
        let mode = fs::metadata(state.path().join(KEY_FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
