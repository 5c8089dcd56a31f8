//! Recognises a quantity in typed text: `CNY 50 billion`, `500亿元`, `34.9%`.

use rust_decimal::Decimal;

use crate::text::{currency, number_words::SCALES, words};

/// A quantity as stored: in its unit, without a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypedQuantity {
    pub value: Decimal,
    /// Unit of an indicator, if typed: an ISO 4217 code, `percent` or `people`.
    pub unit: Option<&'static str>,
}

/// Units beside currencies.
const UNITS: [(&str, &str); 6] = [
    ("per cent", "percent"),
    ("percent", "percent"),
    ("pct", "percent"),
    ("%", "percent"),
    ("people", "people"),
    ("人", "people"),
];

/// Returns the first quantity in a text, and the text without it. Ignores years, and bare numbers that could mean anything.
pub fn find(text: &str) -> Option<(TypedQuantity, String)> {
    let text: String = words::fold(text).iter().map(|folded| folded.letter).collect();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let starts = text.char_indices().filter(|(at, c)| {
        c.is_ascii_digit() && !text[..*at].chars().next_back().is_some_and(is_part)
            // A currency may immediately precede the number: `cny50bn`.
            || c.is_ascii_digit() && unit_before(&text[..*at]).is_some()
    });
    starts.map(|(at, _)| at).find_map(|at| quantity_at(&text, at))
}

fn quantity_at(text: &str, start: usize) -> Option<(TypedQuantity, String)> {
    let (number, mut rest) = number(&text[start..])?;
    let (mut exponent, mut unit) = (0, None);
    if let Some((scale, after)) = scale(rest) {
        (exponent, rest) = (scale, after);
    }
    // `500亿元人民币` has two units.
    while let Some((own, after)) = unit_after(rest) {
        unit = unit.or(Some(own));
        rest = after;
    }
    let mut before = &text[..start];
    if let Some((own, left)) = unit_before(before) {
        unit = unit.or(Some(own));
        before = left;
    }
    let value = number.checked_mul(Decimal::from(10u64.checked_pow(exponent)?))?.normalize();
    let says_enough = unit.is_some() || exponent > 0 || value.scale() > 0 || value >= Decimal::from(100_000);
    says_enough.then(|| (TypedQuantity { value, unit }, format!("{before} {rest}")))
}

/// Parses a number at the start of a text, with or without thousands separators.
fn number(text: &str) -> Option<(Decimal, &str)> {
    let bytes = text.as_bytes();
    let digits =
        |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = digits(0);
    while bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
        end += 4;
    }
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    let number = text[..end].replace(',', "").parse().ok()?;
    Some((number, &text[end..]))
}

fn scale(text: &str) -> Option<(u32, &str)> {
    let spaced = text.trim_start();
    let scales = SCALES.iter().filter(|(name, _)| name.len() > 1 || text.len() == spaced.len());
    let fitting =
        scales.filter_map(|(name, exponent)| Some((name.len(), *exponent, word_at_start(spaced, name)?)));
    fitting.max_by_key(|(length, ..)| *length).map(|(_, exponent, after)| (exponent, after))
}

/// Strips the longest unit from the start of a text. Signs of currencies may follow a number too: `500$`.
fn unit_after(text: &str) -> Option<(&'static str, &str)> {
    let text = text.trim_start();
    let units =
        UNITS.into_iter().chain(currency::CURRENCY_WORDS.iter().map(|(word, code, _)| (*word, *code)));
    let fitting = units.filter_map(|(name, unit)| Some((name.len(), unit, word_at_start(text, name)?)));
    fitting.max_by_key(|(length, ..)| *length).map(|(_, unit, after)| (unit, after))
}

/// Strips the longest currency from the end of a text.
fn unit_before(text: &str) -> Option<(&'static str, &str)> {
    let text = text.trim_end();
    let fitting = currency::before_numbers().filter_map(|(name, unit)| {
        let before = text.strip_suffix(name)?;
        let begins_word = !name.starts_with(|c: char| c.is_ascii_alphabetic())
            || !before.ends_with(|c: char| c.is_ascii_alphanumeric());
        begins_word.then_some((name.len(), unit, before))
    });
    fitting.max_by_key(|(length, ..)| *length).map(|(_, unit, before)| (unit, before))
}

/// Strips a word from the start of a text. A Latin word must end there.
fn word_at_start<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let after = text.strip_prefix(word)?;
    let ends_word = !word.ends_with(|c: char| c.is_ascii_alphabetic())
        || !after.starts_with(|c: char| c.is_ascii_alphanumeric());
    ends_word.then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(String, Option<&'static str>, String)> {
        let (quantity, rest) = find(text)?;
        let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
        Some((quantity.value.to_string(), quantity.unit, rest))
    }

    #[test]
    fn figures_are_read_as_they_are_written() {
        for (text, value, unit) in [
            ("CNY 50 billion", "50000000000", Some("CNY")),
            ("500亿元", "50000000000", Some("CNY")),
            ("500億元", "50000000000", Some("CNY")),
            ("５００亿元人民币", "50000000000", Some("CNY")),
            ("人民币500亿", "50000000000", Some("CNY")),
            ("50bn yuan", "50000000000", Some("CNY")),
            ("RMB50bn", "50000000000", Some("CNY")),
            ("¥50b", "50000000000", Some("CNY")),
            ("￥50 bn", "50000000000", Some("CNY")),
            ("50,000,000,000 yuan", "50000000000", Some("CNY")),
            ("USD 3 million", "3000000", Some("USD")),
            ("US$3m", "3000000", Some("USD")),
            ("$3 million", "3000000", Some("USD")),
            ("300万美元", "3000000", Some("USD")),
            ("3 million dollars", "3000000", Some("USD")),
            ("HK$1.5 billion", "1500000000", Some("HKD")),
            ("147억원", "14700000000", Some("KRW")),
            ("34.9%", "34.9", Some("percent")),
            ("34.9 per cent", "34.9", Some("percent")),
            ("6.96亿人", "696000000", Some("people")),
            ("690000", "690000", None),
            ("1.5 trillion", "1500000000000", None),
            ("1万亿", "1000000000000", None),
        ] {
            assert_eq!(found(text), Some((value.to_owned(), unit, String::new())), "{text}");
        }
    }

    #[test]
    fn words_beside_a_figure_are_left() {
        let (_, _, rest) = found("reelshort USD 3 million 2025").unwrap();
        assert_eq!(rest, "reelshort 2025");
        assert_eq!(found("50 million downloads").unwrap().2, "downloads");
    }

    #[test]
    fn years_and_bare_numbers_are_no_figures() {
        for text in ["2025", "浦府规〔2021〕7号", "0772.HK", "top 10", "h264", "mp4", "", "5 m", "3m2"]
        {
            assert_eq!(found(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_typed_text_is_parsed(text in "[0-9.,亿万k$%a-c ]{0,60}") {
            find(&text);
        }
    }
}
