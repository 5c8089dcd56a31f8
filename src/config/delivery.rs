//! Settings of subscriptions.

use std::fmt;

use clap::{Args, builder::FalseyValueParser};

use super::database::{DatabaseUrl, database_url};

/// Settings of subscriptions by e-mail, webhook and WebSub. All are off on a database of the operator's own until its `DELIVERY_KEY` is set.
#[derive(Clone, Debug, Default, Args)]
pub struct Delivery {
    /// Server that sends e-mail, such as smtps://user:password@mail.example (default: no e-mail is offered)
    #[arg(long, env = "SMTP_URL", value_name = "URL", hide_env_values = true, requires = "public_url")]
    pub smtp_url: Option<Secret>,
    /// Sender of e-mail, such as "Observatory <noreply@mail.example>" (default: noreply at the host of the public URL)
    #[arg(long, env = "MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Offer webhooks
    #[arg(long, env = "WEBHOOKS", value_parser = FalseyValueParser::new())]
    pub webhooks: bool,
    /// WebSub hub that feeds name: own, none, or the URL of another one
    #[arg(long, env = "WEBSUB_HUB", value_name = "HUB", default_value = "own", value_parser = hub)]
    pub websub_hub: HubChoice,
    /// URL of the database for a role that may read the addresses of subscribers; the process that has it delivers (default: the private
    /// database)
    #[arg(long, env = "DELIVERY_DATABASE_URL", value_name = "URL", value_parser = database_url, hide_env_values = true)]
    #[arg(requires = "delivery_key")]
    pub delivery_database_url: Option<DatabaseUrl>,
    /// Key under which addresses are sealed, 64 hexadecimal digits, the same for every process (default: a file beside the private
    /// database)
    #[arg(long, env = "DELIVERY_KEY", value_name = "HEX", value_parser = key, hide_env_values = true)]
    pub delivery_key: Option<Secret>,
    /// Call webhooks and WebSub subscribers on private networks too
    #[arg(long, env = "ALLOW_PRIVATE_CALLBACKS", value_parser = FalseyValueParser::new())]
    pub allow_private_callbacks: bool,
}

/// A value that is not shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Secret(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The WebSub hub that feeds name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum HubChoice {
    #[default]
    Own,
    None,
    Other(String),
}

fn hub(text: &str) -> Result<HubChoice, String> {
    match text {
        "own" => Ok(HubChoice::Own),
        "none" => Ok(HubChoice::None),
        _ if text.starts_with("https://") || text.starts_with("http://") => {
            Ok(HubChoice::Other(text.to_owned()))
        }
        _ => Err("write own, none, or an address that begins with https://".to_owned()),
    }
}

fn key(text: &str) -> Result<Secret, String> {
    let is_key = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_key {
        Ok(Secret(text.to_owned()))
    } else {
        Err("not 64 hexadecimal digits; make one with: openssl rand -hex 32".to_owned())
    }
}
