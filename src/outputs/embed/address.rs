//! Parses addresses of pages as other sites write them.

use percent_encoding::percent_decode_str;
use url::Url;

use crate::text::Locale;

/// A page of this site, named by an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAddress {
    pub locale: Locale,
    /// Segments of the path after the language, decoded.
    pub path: Vec<String>,
    /// Query string as written, undecoded.
    pub raw: String,
    /// Whether the address is that of the page's frame.
    pub is_frame: bool,
}

impl PageAddress {
    /// Parses an absolute address; none if it leads to another site than `origin`, or to none of its languages.
    ///
    /// The scheme, the case of the host, a default port, a user name, the fragment, trailing slashes and needless
    /// escapes make no difference. An address that was encoded twice is decoded once more. The frame and the download
    /// page of a page mean the page itself; the root of the site means the front page in `locale`.
    pub fn parse(text: &str, origin: &str, locale: Locale) -> Option<PageAddress> {
        let own = Url::parse(origin).ok()?;
        let text = text.trim();
        let again = text.to_ascii_lowercase().contains("%3a%2f%2f") && !text.contains("://");
        let text = if again { percent_decode_str(text).decode_utf8().ok()? } else { text.into() };
        let url = Url::options().base_url(Some(&own)).parse(&text).ok()?;
        if !matches!(url.scheme(), "http" | "https") || url.host() != own.host() || port(&url) != port(&own) {
            return None;
        }
        let segments = url.path().split('/').filter(|segment| !segment.is_empty());
        let decode = |segment: &str| percent_decode_str(segment).decode_utf8().map(|text| text.into_owned());
        let mut path = segments.map(decode).collect::<Result<Vec<String>, _>>().ok()?;
        let is_frame = path.first().is_some_and(|first| first == "embed");
        if is_frame {
            path.remove(0);
        }
        if path.last().is_some_and(|last| last == "download") {
            path.pop();
        }
        let locale = match path.is_empty() {
            true if is_frame => return None,
            true => locale,
            false => path.remove(0).parse().ok()?,
        };
        Some(PageAddress { locale, path, raw: url.query().unwrap_or_default().to_owned(), is_frame })
    }
}

/// Returns the port, unless it is the default of either scheme.
fn port(url: &Url) -> Option<u16> {
    url.port().filter(|port| !matches!(port, 80 | 443))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, String)> {
        let page = PageAddress::parse(text, "https://observatory.test", Locale::En)?;
        Some((format!("{}/{}", page.locale, page.path.join("/")), page.raw))
    }

    #[test]
    fn an_address_of_this_site_is_recognized_in_any_spelling() {
        for text in [
            "https://observatory.test/en/events?kind=policy",
            "http://observatory.test/en/events?kind=policy",
            "HTTPS://OBSERVATORY.TEST/en/events?kind=policy",
            "https://observatory.test:443/en/events?kind=policy",
            "http://observatory.test:80/en/events?kind=policy#chart",
            "https://observatory.test/en/events/?kind=policy",
            "https://observatory.test//en//events?kind=policy",
            "https://observatory.test/en/../en/events?kind=policy#",
            "https://observatory.test/%65n/ev%65nts?kind=policy",
            "https://reader@observatory.test/en/events?kind=policy",
            "https://observatory.test/embed/en/events?kind=policy",
            "https://observatory.test/en/events/download?kind=policy",
            "//observatory.test/en/events?kind=policy",
            " https://observatory.test/en/events?kind=policy\n",
            "https%3A%2F%2Fobservatory.test%2Fen%2Fevents%3Fkind%3Dpolicy",
        ] {
            assert_eq!(read(text), Some(("en/events".to_owned(), "kind=policy".to_owned())), "{text}");
        }
        assert_eq!(read("https://observatory.test").unwrap().0, "en/");
        assert_eq!(read("https://observatory.test/zh/").unwrap().0, "zh/");
    }

    #[test]
    fn addresses_of_other_sites_are_not_recognized() {
        for text in [
            "https://elsewhere.test/en/events",
            "https://observatory.test.elsewhere.test/en/events",
            "https://observatory.test@elsewhere.test/en/events",
            "https://observatory.test:8443/en/events",
            "https://observatory.test/fr/events",
            "https://observatory.test/embed",
            "https://observatory.test/api/v1/events",
            "ftp://observatory.test/en/events",
            "javascript:alert(1)",
            "observatory.test/en/events",
            "elsewhere",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
