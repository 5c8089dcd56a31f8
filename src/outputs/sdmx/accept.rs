//! Content negotiation (RFC 9110, 12.5.1): selects the offered format that a client prefers.

use percent_encoding::percent_decode_str;

use super::version;

/// An offered format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferedFormat<T> {
    pub format: T,
    /// Media type of the standard, without parameters.
    pub media_type: &'static str,
    /// Version of the format.
    pub version: &'static str,
    /// Generic media types and short forms, in lower case, that also select it.
    pub aliases: &'static [&'static str],
}

/// A media range of an `Accept` header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaRange {
    /// In lower case: `text/csv`, `application/*`, `json`.
    pub media_type: String,
    /// Name, in lower case, and value.
    pub parameters: Vec<(String, String)>,
    /// Quality in thousandths; 0 excludes.
    quality: u16,
}

/// Specificity of the match between a range and an offer, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Specificity {
    Anything,
    Type,
    Alias,
    Exact,
    ExactVersion,
}

impl MediaRange {
    /// Parses the media ranges of a header; members without a name are dropped. A plus sign may have been decoded to a
    /// space, or be percent-encoded.
    pub fn parse_all(header: &str) -> Vec<MediaRange> {
        split(header, ',').filter_map(MediaRange::parse).collect()
    }

    fn parse(text: &str) -> Option<MediaRange> {
        let mut parts = split(text, ';').map(str::trim);
        let name = percent_decode_str(parts.next()?).decode_utf8_lossy().trim().to_ascii_lowercase();
        let media_type = name.replace(' ', "+");
        let mut range = MediaRange { media_type, parameters: Vec::new(), quality: 1000 };
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().trim_matches('"'));
            match name.as_str() {
                "" => {}
                // An invalid weight restricts nothing.
                "q" => {
                    let weight = value.parse().ok().filter(|weight| (0.0..=1.0).contains(weight));
                    range.quality = weight.map_or(1000, |weight: f32| (weight * 1000.0).round() as u16);
                }
                _ => range.parameters.push((name, value.to_owned())),
            }
        }
        (!range.media_type.is_empty()).then_some(range)
    }

    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns how specifically the range matches an offer; none if it does not.
    fn names<T>(&self, offer: &OfferedFormat<T>) -> Option<Specificity> {
        let asked = self.parameter("version");
        if asked.is_some_and(|asked| !version::matches(asked, offer.version)) {
            return None;
        }
        let name = self.media_type.as_str();
        if name == offer.media_type {
            return Some(if asked.is_some() { Specificity::ExactVersion } else { Specificity::Exact });
        }
        if offer.aliases.contains(&name) {
            return Some(Specificity::Alias);
        }
        match name.strip_suffix("/*") {
            Some("*") => Some(Specificity::Anything),
            Some(main) => {
                let has_it = |kind: &str| kind.split('/').next() == Some(main) && kind.contains('/');
                let has = has_it(offer.media_type) || offer.aliases.iter().any(|alias| has_it(alias));
                has.then_some(Specificity::Type)
            }
            None if name == "*" => Some(Specificity::Anything),
            None => None,
        }
    }
}

/// Splits at a character outside quotation marks.
fn split(text: &str, at: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |character| {
        quoted ^= character == '"';
        character == at && !quoted
    })
}

/// Returns the offer that a client prefers, with the range that matches it. Among equally preferred offers the most
/// specific match wins, then the first offered. A browser, which prefers HTML pages, gets the first offer unless it
/// names one.
///
/// None if every offer is excluded. A header that is empty or has no valid range accepts everything.
pub fn preferred<'a, T>(
    ranges: &'a [MediaRange],
    offers: &'a [OfferedFormat<T>],
) -> Option<(&'a OfferedFormat<T>, Option<&'a MediaRange>)> {
    let first = offers.first()?;
    if ranges.is_empty() {
        return Some((first, None));
    }
    let mut best: Option<(u16, Specificity, &OfferedFormat<T>, &MediaRange)> = None;
    for offer in offers {
        let named = ranges.iter().filter_map(|range| Some((range.names(offer)?, range.quality, range)));
        let Some((specificity, quality, range)) =
            named.max_by_key(|(specificity, quality, _)| (*specificity, *quality))
        else {
            continue;
        };
        if quality > 0 && best.as_ref().is_none_or(|best| (quality, specificity) > (best.0, best.1)) {
            best = Some((quality, specificity, offer, range));
        }
    }
    let is_browser = || {
        let pages = ["text/html", "application/xhtml+xml"];
        ranges.iter().any(|range| pages.contains(&range.media_type.as_str()))
    };
    match best {
        Some((_, _, offer, range)) => Some((offer, Some(range))),
        None => is_browser().then_some((first, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERS: [OfferedFormat<&str>; 2] = [
        OfferedFormat {
            format: "json",
            media_type: "application/vnd.sdmx.data+json",
            version: "2.0.0",
            aliases: &["application/json", "json"],
        },
        OfferedFormat {
            format: "csv",
            media_type: "application/vnd.sdmx.data+csv",
            version: "2.0.0",
            aliases: &["text/csv", "csv"],
        },
    ];

    fn chosen(header: &str) -> Option<&'static str> {
        preferred(&MediaRange::parse_all(header), &OFFERS).map(|(offer, _)| offer.format)
    }

    #[test]
    fn quality_decides_then_specificity() {
        for (header, expected) in [
            ("", Some("json")),
            (" , ;q=1", Some("json")),
            ("*/*", Some("json")),
            ("*", Some("json")),
            ("application/*", Some("json")),
            ("text/*", Some("csv")),
            ("text/csv", Some("csv")),
            ("TEXT/CSV", Some("csv")),
            ("text/csv;q=0.5, application/json", Some("json")),
            ("text/csv, application/json;q=0.5", Some("csv")),
            ("json, csv;q=0.5", Some("json")),
            ("json;q=0.5,csv", Some("csv")),
            ("json;q=0, */*", Some("csv")),
            ("application/json;q=0,text/csv;q=0,*/*", None),
            ("*/*;q=0", None),
            ("image/png", None),
            ("image/png, */*;q=0.1", Some("json")),
            ("application/vnd.sdmx.data+csv, */*", Some("csv")),
            ("application/vnd.sdmx.data csv", Some("csv")),
            ("application/vnd.sdmx.data%2Bcsv", Some("csv")),
            ("application/vnd.sdmx.data+csv;version=2.0;labels=both", Some("csv")),
            ("application/vnd.sdmx.data+csv;version=\"2.0.0\"; charset=utf-8", Some("csv")),
            ("application/vnd.sdmx.data+csv;version=2+.0.0", Some("csv")),
            ("application/vnd.sdmx.data+csv;version=1.0.0", None),
            (
                "application/vnd.sdmx.data+csv;version=1.0.0, application/vnd.sdmx.data+json;q=0.1",
                Some("json"),
            ),
            ("application/vnd.sdmx.genericdata+xml;version=2.1", None),
            ("text/csv;note=\"a,b;c\";q=0.1, json;q=0.2", Some("json")),
            ("text/csv;q=none", Some("csv")),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
                Some("json"),
            ),
            ("text/html, application/xhtml+xml", Some("json")),
            ("text/html, */*;q=0", Some("json")),
        ] {
            assert_eq!(chosen(header), expected, "{header}");
        }
    }
}
