//! Languages of the site.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Language of a page. It is the first segment of every page's path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    En,
    Zh,
}

impl Locale {
    pub const ALL: [Locale; 2] = [Locale::En, Locale::Zh];

    /// Language of a path. English if the path begins with no language.
    pub fn of_path(path: &str) -> Locale {
        path.split('/').nth(1).and_then(|segment| segment.parse().ok()).unwrap_or_default()
    }

    /// Path segment: `en`, `zh`.
    pub fn segment(self) -> &'static str {
        match self {
            Locale::En => "en",
            Locale::Zh => "zh",
        }
    }

    /// BCP 47 language tag for `lang` and `hreflang`. Chinese pages use Simplified characters.
    pub fn tag(self) -> &'static str {
        match self {
            Locale::En => "en",
            Locale::Zh => "zh-Hans",
        }
    }

    /// Name of the language in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Locale::En => "English",
            Locale::Zh => "中文",
        }
    }

    pub fn other(self) -> Locale {
        match self {
            Locale::En => Locale::Zh,
            Locale::Zh => Locale::En,
        }
    }

    /// Returns the text in this language.
    pub fn pick<T>(self, en: T, zh: T) -> T {
        match self {
            Locale::En => en,
            Locale::Zh => zh,
        }
    }

    /// Joins items as in a sentence: `a, b and c`; `甲、乙和丙`.
    pub fn list(self, items: &[String]) -> String {
        let (comma, and) = self.pick((", ", " and "), ("、", "和"));
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [head @ .., last] => format!("{}{and}{last}", head.join(comma)),
        }
    }

    /// Preferred language according to the headers of a request.
    #[cfg(feature = "ssr")]
    pub fn preferred(headers: &axum::http::HeaderMap) -> Locale {
        let header = headers.get(axum::http::header::ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
        header.map(Locale::from_accept_language).unwrap_or_default()
    }

    /// Preferred language according to an `Accept-Language` header (RFC 9110, 12.5.4). English when in doubt.
    pub fn from_accept_language(header: &str) -> Locale {
        let weight = |part: &str| {
            part.split(';')
                .skip(1)
                .find_map(|parameter| parameter.trim().strip_prefix("q=")?.parse::<f32>().ok())
                .unwrap_or(1.0)
        };
        let mut best = (Locale::En, 0.0);
        for part in header.split(',') {
            let tag = part.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            let locale = match tag.split('-').next() {
                Some("en") => Locale::En,
                Some("zh") => Locale::Zh,
                _ => continue,
            };
            if weight(part) > best.1 {
                best = (locale, weight(part));
            }
        }
        best.0
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.segment())
    }
}

impl FromStr for Locale {
    type Err = ();

    fn from_str(segment: &str) -> Result<Self, ()> {
        Locale::ALL.into_iter().find(|locale| locale.segment() == segment).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_language_prefers_the_heavier_language() {
        for (header, expected) in [
            ("", Locale::En),
            ("fr-FR, de;q=0.8", Locale::En),
            ("zh-CN,zh;q=0.9,en;q=0.8", Locale::Zh),
            ("en;q=0.5, zh-TW;q=0.9", Locale::Zh),
            ("zh;q=0.3,en-GB", Locale::En),
            ("zh;q=0", Locale::En),
        ] {
            assert_eq!(Locale::from_accept_language(header), expected, "{header:?}");
        }
    }

    #[test]
    fn lists_read_as_a_sentence() {
        let items = ["a", "b", "c"].map(String::from);
        assert_eq!(Locale::En.list(&items), "a, b and c");
        assert_eq!(Locale::Zh.list(&items), "a、b和c");
        assert_eq!(Locale::En.list(&items[..1]), "a");
    }
}
