//! Negotiation of the content coding (RFC 9110, 12.5.3).

use axum::http::{HeaderMap, header::ACCEPT_ENCODING};

use super::header_list::elements;

/// The content coding of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    Brotli,
    Gzip,
    Plain,
}

/// A quality value in thousandths.
type Weight = u16;

impl Coding {
    /// All codings; the first wins among those with equal weight.
    const ALL: [Coding; 3] = [Coding::Brotli, Coding::Gzip, Coding::Plain];

    /// Negotiates the coding by `Accept-Encoding`. Without the header it is plain. If no coding is acceptable, the header is disregarded,
    /// as the standard permits: a client that refuses only `identity` gets gzip, one that refuses all codings gets plain.
    pub fn of(headers: &HeaderMap) -> Coding {
        let lines: Vec<&str> =
            headers.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok()).collect();
        let line = lines.join(",");
        let accepted: Vec<(&str, Weight)> = elements(&line, ',').filter_map(weighted).collect();
        let named = |names: &[&str]| {
            let is_named =
                |(name, _): &&(&str, Weight)| names.iter().any(|one| one.eq_ignore_ascii_case(name));
            accepted.iter().find(is_named).map(|(_, weight)| *weight)
        };
        let others = named(&["*"]);
        let weight = |coding: Coding| match coding {
            Coding::Brotli => named(&["br"]).or(others),
            Coding::Gzip => named(&["gzip", "x-gzip"]).or(others),
            // `identity` is acceptable unless excluded, but any listed coding is preferred.
            Coding::Plain => named(&["identity"]).or(others.filter(|weight| *weight == 0)),
        };
        let best = Coding::ALL
            .into_iter()
            .filter_map(|coding| Some((coding, weight(coding)?)))
            .filter(|(_, weight)| *weight > 0)
            // The first of equal weight.
            .reduce(|best, next| if next.1 > best.1 { next } else { best });
        match best {
            Some((coding, _)) => coding,
            None if named(&["identity"]) == Some(0)
                && others.is_none()
                && named(&["gzip", "x-gzip"]).is_none() =>
            {
                Coding::Gzip
            }
            None => Coding::Plain,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Coding::Brotli => "br",
            Coding::Gzip => "gzip",
            Coding::Plain => "identity",
        }
    }
}

/// Parses a coding and its weight; returns `None` if the weight is malformed.
fn weighted(element: &str) -> Option<(&str, Weight)> {
    let mut parts = elements(element, ';');
    let name = parts.next()?;
    for parameter in parts {
        let Some((key, value)) = parameter.split_once('=') else { continue };
        if key.trim().eq_ignore_ascii_case("q") {
            return Some((name, thousandths(value.trim())?));
        }
    }
    Some((name, 1000))
}

/// Parses a weight: `0.5` → 500. Digits beyond the three of the standard are truncated.
fn thousandths(text: &str) -> Option<Weight> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) || text.is_empty() {
        return None;
    }
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    let whole: u32 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let weight = whole.min(1) * 1000 + part.parse::<u32>().ok()?;
    Some(weight.min(1000) as Weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(accepted: &[&str]) -> &'static str {
        let mut headers = HeaderMap::new();
        for line in accepted {
            headers.append(ACCEPT_ENCODING, line.parse().unwrap());
        }
        Coding::of(&headers).name()
    }

    #[test]
    fn every_form_of_the_standard_is_understood() {
        for (accepted, coding) in [
            ("", "identity"),
            ("gzip, deflate, br", "br"),
            ("gzip, deflate, br, zstd", "br"),
            ("GZIP", "gzip"),
            ("x-gzip", "gzip"),
            ("deflate", "identity"),
            ("compress, zstd;q=0.5", "identity"),
            ("br;Q=0, gzip", "gzip"),
            ("br;q=0", "identity"),
            ("br;q=0.000,gzip;q=0.001", "gzip"),
            ("br ; q = 0 , gzip ; q = 1.000", "gzip"),
            ("br\t;\tq=0.5,\tgzip", "gzip"),
            ("br;q=0.5, gzip;q=0.8, identity;q=0.1", "gzip"),
            ("br;q=0.5, identity", "identity"),
            ("gzip;q=0.5", "gzip"),
            ("*", "br"),
            ("*;q=0.1", "br"),
            ("br;q=0, *", "gzip"),
            ("br;q=0, *;q=0.5", "gzip"),
            ("gzip, *;q=0", "gzip"),
            ("*;q=0", "identity"),
            ("identity;q=0, *;q=0", "identity"),
            ("identity", "identity"),
            ("identity, *;q=0", "identity"),
            ("identity;q=0", "gzip"),
            ("identity;q=0, gzip;q=0.2", "gzip"),
            ("identity;q=0, gzip;q=0, *", "br"),
            ("br;q=abc, gzip;q=0.5", "gzip"),
            ("br;q=-1, gzip;q=0.5", "gzip"),
            ("br;q=nan", "identity"),
            ("br;q=2, gzip", "br"),
            ("br;level=4;q=0, gzip", "gzip"),
            (",, ,gzip,,", "gzip"),
            (";q=1", "identity"),
        ] {
            assert_eq!(of(&[accepted]), coding, "{accepted}");
        }
        assert_eq!(of(&[]), "identity");
        assert_eq!(of(&["gzip", "br;q=0.1"]), "gzip");
    }
}
