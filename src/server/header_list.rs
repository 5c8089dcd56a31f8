//! Lists in header fields (RFC 9110, 5.6). Separators within quoted strings do not count.

/// Splits a list into its elements, trims white space and skips empty elements.
pub fn elements(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let split = text.split(move |c| {
        quoted ^= c == '"';
        c == separator && !quoted
    });
    split.map(str::trim).filter(|element| !element.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_within_quotation_marks_do_not_count() {
        let of = |text| elements(text, ',').collect::<Vec<_>>();
        assert_eq!(of("a, b ,,\tc,"), ["a", "b", "c"]);
        assert_eq!(of("\"a,b\", W/\"c\""), ["\"a,b\"", "W/\"c\""]);
        assert_eq!(of("a, \"b, c"), ["a", "\"b, c"]);
        assert!(of(" , ").is_empty());
    }
}
