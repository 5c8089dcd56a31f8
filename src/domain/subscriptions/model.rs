//! Types of subscriptions, and when the next digest is due.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveTime, TimeZone, Utc, Weekday};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{text::Locale, vocabulary};

/// Longest page address below the language that can be followed, in bytes.
pub const MAX_PAGE: usize = 2000;

/// Path of the site's own WebSub hub.
pub const HUB_PATH: &str = "/websub";

/// Longest e-mail address (RFC 5321, 4.5.3.1), in bytes.
const MAX_ADDRESS: usize = 254;

/// Longest part of an e-mail address before the `@`, in bytes.
const MAX_LOCAL_PART: usize = 64;

vocabulary! {
    /// How a subscriber is told.
    pub enum Channel {
        Email = "email", "E-mail", "电子邮件";
        Webhook = "webhook", "Webhook", "Webhook";
        WebSub = "websub", "WebSub", "WebSub";
    }
}

vocabulary! {
    /// How far a subscription has come.
    pub enum Stage {
        /// To be verified by the worker.
        Requested = "requested", "requested", "已申请";
        /// A confirmation was sent, and its reader has not answered yet.
        Asked = "asked", "waiting for confirmation", "待确认";
        Active = "active", "active", "有效";
        /// The subscriber asked for the end, which is to be verified.
        Leaving = "leaving", "ending", "待终止";
    }
}

vocabulary! {
    /// How often a digest is sent at most. Nothing is sent when nothing has changed.
    #[derive(Default)]
    pub enum DigestInterval {
        Daily = "daily", "Daily", "每日";
        #[default]
        Weekly = "weekly", "Weekly, on Mondays", "每周一";
    }
}

impl DigestInterval {
    /// Returns the first time after `now` at which a digest is due: 08:00 in Shanghai, on a Monday if weekly.
    pub fn next_after(self, now: DateTime<Utc>) -> DateTime<Utc> {
        const HOUR: u32 = 8;
        const OFFSET: i32 = 8 * 3600;

        let Some(shanghai) = FixedOffset::east_opt(OFFSET) else { return now };
        let local = now.with_timezone(&shanghai);
        let hour = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default();
        (0..=7)
            .filter_map(|days| local.date_naive().checked_add_days(Days::new(days)))
            .filter(|day| self == DigestInterval::Daily || day.weekday() == Weekday::Mon)
            .filter_map(|day| shanghai.from_local_datetime(&day.and_time(hour)).single())
            .map(|due| due.to_utc())
            .find(|due| *due > now)
            .unwrap_or(now)
    }
}

/// What is followed: a page, by its path below the language and its query string.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FollowedPage {
    pub locale: Locale,
    /// `programs?place=pudong`; empty for the front page.
    pub page: String,
}

impl FollowedPage {
    /// Parses the address of a page within the site: `/en/programs?place=pudong`. `None` if it is not one, or too long.
    pub fn parse(address: &str) -> Option<FollowedPage> {
        let rest = address.strip_prefix('/')?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let locale = rest[..end].parse().ok()?;
        let page = rest[end..].strip_prefix('/').unwrap_or(&rest[end..]);
        let is_plain =
            page.is_ascii() && !page.contains(['#', '\\', ' ']) && !page.contains(char::is_control);
        (is_plain && page.len() <= MAX_PAGE).then(|| FollowedPage { locale, page: page.to_owned() })
    }

    /// Returns the path segments below the language, and the query string.
    pub fn parts(&self) -> (Vec<&str>, &str) {
        let (path, query) = self.page.split_once('?').unwrap_or((&self.page, ""));
        (path.split('/').filter(|segment| !segment.is_empty()).collect(), query)
    }

    /// Returns the address of a file beside the page, such as `feed.atom`.
    pub fn beside(&self, file: &str) -> String {
        let (path, query) = self.page.split_once('?').unwrap_or((&self.page, ""));
        let slash = if path.is_empty() { "" } else { "/" };
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        format!("/{}/{path}{slash}{file}{query}", self.locale)
    }
}

impl fmt::Display for FollowedPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.page.as_bytes().first() {
            None => write!(f, "/{}", self.locale),
            Some(b'?') => write!(f, "/{}{}", self.locale, self.page),
            Some(_) => write!(f, "/{}/{}", self.locale, self.page),
        }
    }
}

/// An e-mail address that can be written into a header and an SMTP command as it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Parses an address of the usual form: letters, digits and `.!#$%&'*+/=?^_{|}~-` before the `@`, a domain with a dot after it. The
    /// domain is lowercased. Quoted local parts, address literals and anything that could end a header or a command are refused.
    pub fn parse(text: &str) -> Option<EmailAddress> {
        let (local, domain) = text.trim().rsplit_once('@')?;
        let is_atom = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b))
        };
        let is_label = |part: &str| {
            (1..=63).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !part.starts_with('-')
                && !part.ends_with('-')
        };
        let domain = domain.to_ascii_lowercase();
        let is_domain = domain.contains('.') && domain.split('.').all(is_label);
        let is_address = local.len() <= MAX_LOCAL_PART && local.split('.').all(is_atom) && is_domain;
        let address = format!("{local}@{domain}");
        (is_address && address.len() <= MAX_ADDRESS).then_some(EmailAddress(address))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Addresses stay out of logs.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

/// A random value that proves that its holder was sent it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretToken(String);

impl SecretToken {
    /// Draws 32 random bytes. `None` if the system has no randomness.
    pub fn random() -> Option<SecretToken> {
        let mut bytes = [0; 32];
        SystemRandom::new().fill(&mut bytes).ok()?;
        Some(SecretToken(URL_SAFE_NO_PAD.encode(bytes)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the SHA-256 of a token, which is what the database knows of it.
    pub fn hash(text: &str) -> Vec<u8> {
        Sha256::digest(text).to_vec()
    }
}

impl fmt::Debug for SecretToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretToken(…)")
    }
}

/// The WebSub hub that feeds name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hub {
    #[default]
    None,
    /// That of this site.
    Own,
    /// Absolute address of another one.
    Other(String),
}

impl Hub {
    /// Returns the absolute address of the hub, for a site at this origin.
    pub fn address(&self, origin: &str) -> Option<String> {
        match self {
            Hub::None => None,
            Hub::Own => Some(format!("{origin}{}", HUB_PATH)),
            Hub::Other(address) => Some(address.clone()),
        }
    }
}

/// Where the changes are sent. Sealed in the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    Email {
        address: EmailAddress,
        /// SecretToken in the confirmation.
        confirm: SecretToken,
        /// SecretToken in the link that ends the subscription.
        leave: SecretToken,
    },
    Callback {
        url: String,
        /// Key of the signature.
        secret: Option<String>,
        /// Public origin of the site, under which the subscriber knows the topic.
        origin: String,
        /// Length of a WebSub lease in seconds.
        lease_seconds: u32,
    },
}

/// An error that a reader reported. Sealed in the database until it has been sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorReport {
    pub locale: Locale,
    /// Address of the page within the site.
    pub page: String,
    /// Key of the row, and what the reader saw of it.
    pub row: Option<String>,
    pub message: String,
    /// Address of a source that says otherwise.
    pub source: Option<String>,
    /// Where the answer is sent.
    pub answer_to: Option<EmailAddress>,
    pub revision: i32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_followed_page_is_a_page_of_the_site() {
        for address in ["/en", "/zh/programs?place=pudong", "/en/indicators/overseas-revenue", "/zh?x=1"] {
            let topic = FollowedPage::parse(address).unwrap();
            assert_eq!(topic.to_string(), address);
        }
        let topic = FollowedPage::parse("/en/programs?place=pudong").unwrap();
        assert_eq!(topic.parts(), (vec!["programs"], "place=pudong"));
        assert_eq!(topic.beside("feed.atom"), "/en/programs/feed.atom?place=pudong");
        assert_eq!(FollowedPage::parse("/zh").unwrap().beside("feed.json"), "/zh/feed.json");
        let long = format!("/en/{}", "a".repeat(MAX_PAGE + 1));
        for wrong in [
            "",
            "en",
            "//example.org",
            "/fr/programs",
            "https://example.org/en",
            "/en/a\r\nb",
            "/en/a#b",
            "/en/浦东",
            &long,
        ] {
            assert_eq!(FollowedPage::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_address_cannot_carry_a_header_or_a_command() {
        for good in ["a@example.org", " first.last+tag@sub.example.cn ", "o'brien@EXAMPLE.org"] {
            assert!(EmailAddress::parse(good).is_some(), "{good}");
        }
        assert_eq!(EmailAddress::parse("A.b@Example.ORG").unwrap().as_str(), "A.b@example.org");
        let long = format!("{}@example.org", "a".repeat(65));
        for wrong in [
            "",
            "a",
            "@example.org",
            "a@b",
            "a@example..org",
            "a@-example.org",
            ".a@example.org",
            "a..b@example.org",
            "a b@example.org",
            "a@example.org\r\nBcc: b@example.org",
            "a@example.org, b@example.org",
            "<a@example.org>",
            "\"a\"@example.org",
            "a@[127.0.0.1]",
            "a\0@example.org",
            "浦东@example.org",
            &long,
        ] {
            assert_eq!(EmailAddress::parse(wrong), None, "{wrong:?}");
        }
        let address = EmailAddress::parse("a@example.org").unwrap();
        assert!(!format!("{address:?}").contains("example"));
    }

    #[test]
    fn digests_are_due_at_eight_in_shanghai() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        for (interval, now, due) in [
            // 29 November 2026 is a Sunday.
            (DigestInterval::Daily, "2026-11-28T23:59:59Z", "2026-11-29T00:00:00Z"),
            (DigestInterval::Daily, "2026-11-29T00:00:00Z", "2026-11-30T00:00:00Z"),
            (DigestInterval::Weekly, "2026-11-29T12:00:00Z", "2026-11-30T00:00:00Z"),
            (DigestInterval::Weekly, "2026-11-30T00:00:00Z", "2026-12-07T00:00:00Z"),
            (DigestInterval::Weekly, "2026-11-29T23:59:00Z", "2026-11-30T00:00:00Z"),
        ] {
            assert_eq!(interval.next_after(at(now)), at(due), "{now}");
        }
    }

    #[test]
    fn tokens_differ_and_stay_out_of_logs() {
        let (one, other) = (SecretToken::random().unwrap(), SecretToken::random().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.as_str().len(), 43);
        assert!(!format!("{one:?}").contains(one.as_str()));
    }
}
