//! Redirects within the site; never to another one.

use std::{borrow::Cow, fmt::Write};

use axum::{
    http::{HeaderValue, StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use url::Url;

/// Builds a redirect to an address of this site, which begins with a slash. Returns `None` if a browser would resolve the address to
/// another site: `//example.org`, `/\example.org`.
pub fn to(status: StatusCode, path: &str, query: Option<&str>) -> Option<Response> {
    let address: Cow<'_, str> = match query {
        Some(query) if !query.is_empty() => format!("{path}?{query}").into(),
        _ => path.into(),
    };
    // Browsers resolve the address by the URL standard, which this parser implements.
    let site = Url::parse("http://site.invalid/").ok()?;
    let target = site.join(&address).ok()?;
    let stays = address.starts_with('/') && target.origin() == site.origin();
    // A proxy that normalises paths could still read a host name from it.
    let plain = !address[1.min(address.len())..].starts_with(['/', '\\']);
    let location = HeaderValue::from_str(&ascii(&address)).ok().filter(|_| stays && plain)?;
    Some((status, [(LOCATION, location)]).into_response())
}

/// Percent-encodes the bytes outside ASCII, as a header requires; all others are unchanged.
fn ascii(address: &str) -> Cow<'_, str> {
    if address.is_ascii() {
        return address.into();
    }
    let mut encoded = String::with_capacity(address.len() * 2);
    for byte in address.bytes() {
        match byte.is_ascii() {
            true => encoded.push(byte.into()),
            false => write!(encoded, "%{byte:02X}").unwrap_or_default(),
        }
    }
    encoded.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(path: &str, query: Option<&str>) -> Option<String> {
        let redirect = to(StatusCode::MOVED_PERMANENTLY, path, query)?;
        Some(redirect.headers()[LOCATION].to_str().unwrap().to_owned())
    }

    #[test]
    fn an_address_of_the_site_keeps_its_bytes() {
        assert_eq!(location("/en/x", Some("q=a%20b&r=+")).as_deref(), Some("/en/x?q=a%20b&r=+"));
        assert_eq!(location("/en/%5Cx", None).as_deref(), Some("/en/%5Cx"));
        assert_eq!(location("/en", Some("")).as_deref(), Some("/en"));
        assert_eq!(location("/zh/短剧", None).as_deref(), Some("/zh/%E7%9F%AD%E5%89%A7"));
        assert_eq!(location("/", None).as_deref(), Some("/"));
    }

    #[test]
    fn no_address_of_another_site_is_led_to() {
        for path in [
            "//example.org",
            "//example.org/x",
            "/\\example.org",
            "/\\/example.org",
            "\\\\example.org",
            "/\t/example.org",
            "///example.org",
            "/\\\\example.org",
            "https://example.org/",
            "javascript:alert(1)",
            "example.org",
            "",
        ] {
            assert_eq!(location(path, Some("q=1")), None, "{path}");
        }
    }
}
