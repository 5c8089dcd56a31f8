//! Links in the header of a response (RFC 8288).

use percent_encoding::{CONTROLS, utf8_percent_encode};

/// Maximum size of a set of links, in bytes. Proxies take few kilobytes for all headers of a response (nginx 4 or 8 kB), and every link
/// repeats an address that may be as long.
const MAX_BYTES: usize = 1_500;

/// Returns an absolute address as a header allows it.
pub fn uri(origin: &str, address: &str) -> String {
    let encoded = utf8_percent_encode(address, CONTROLS).to_string();
    format!("{origin}{}", encoded.replace('"', "%22").replace('<', "%3C").replace('>', "%3E"))
}

/// Joins links, the most important first. None if there are none; those for which the header has no room are left out.
pub fn joined(links: impl IntoIterator<Item = String>) -> Option<String> {
    let mut joined = String::new();
    for link in links {
        if joined.len() + link.len() + 2 > MAX_BYTES {
            continue;
        }
        if !joined.is_empty() {
            joined.push_str(", ");
        }
        joined.push_str(&link);
    }
    (!joined.is_empty()).then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_ascii_and_end_with_their_bracket() {
        let address = uri("https://o.example", "/en/search?q=<a>\"短\r\n");
        assert_eq!(address, "https://o.example/en/search?q=%3Ca%3E%22%E7%9F%AD%0D%0A");
    }

    #[test]
    fn long_links_are_left_out() {
        let long = "x".repeat(MAX_BYTES);
        let links = [String::from("<a>; rel=license"), long.clone(), String::from("<b>; rel=next")];
        assert_eq!(joined(links).as_deref(), Some("<a>; rel=license, <b>; rel=next"));
        assert_eq!(joined([long]), None);
    }
}
