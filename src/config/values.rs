//! Parsers of values. An error says what to write instead.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
};

use ipnet::IpNet;

pub(super) fn host(text: &str) -> Result<IpAddr, String> {
    match text {
        "localhost" => Ok(Ipv4Addr::LOCALHOST.into()),
        _ => text.parse().map_err(|_| "not an IP address; write 127.0.0.1, 0.0.0.0 or ::1".to_owned()),
    }
}

pub(super) fn network(text: &str) -> Result<IpNet, String> {
    let address = text.parse::<IpAddr>().map(IpNet::from);
    address.or_else(|_| text.parse()).map_err(|_| "not an address or a network such as 10.0.0.0/8".to_owned())
}

/// Parses a contact address into a link; an e-mail address gets the scheme `mailto:`.
pub(super) fn contact(text: &str) -> Result<String, String> {
    let is_page = text.starts_with("https://") || text.starts_with("http://");
    let address = text.strip_prefix("mailto:").unwrap_or(text);
    let is_mail = address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    match (is_page, is_mail && !address.contains(char::is_whitespace)) {
        (true, _) => Ok(text.to_owned()),
        (false, true) => Ok(format!("mailto:{address}")),
        (false, false) => Err("write an e-mail address or an address that begins with https://".to_owned()),
    }
}

/// Parses a public URL into its origin. A path is an error.
pub(super) fn public_url(text: &str) -> Result<String, String> {
    let origin = text.strip_suffix('/').unwrap_or(text);
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let plain = |host: &str| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b))
    };
    match host {
        Some(host) if plain(host) => Ok(origin.to_owned()),
        _ => Err("not an address such as https://observatory.example, without a path".to_owned()),
    }
}

pub(super) fn workbook(text: &str) -> Result<PathBuf, String> {
    match text.to_lowercase().ends_with(".xlsx") {
        true => Ok(text.into()),
        false => Err("the name of a workbook ends in .xlsx".to_owned()),
    }
}

pub(super) fn report(text: &str) -> Result<PathBuf, String> {
    match text.to_lowercase() {
        name if name.ends_with(".html") || name.ends_with(".xlsx") => Ok(text.into()),
        _ => Err("the name of a report ends in .html or .xlsx".to_owned()),
    }
}

pub(super) fn person(text: &str) -> Result<String, String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        1..=80 if !name.chars().any(char::is_control) => Ok(name),
        _ => Err("a name has 1 to 80 characters".to_owned()),
    }
}

pub(super) fn note(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err("a note must not be empty".to_owned()),
        1..=500 if !text.chars().any(char::is_control) => Ok(text.to_owned()),
        _ => Err("a note must be one line of at most 500 characters".to_owned()),
    }
}
