//! Escaping of text within markup.

use std::borrow::Cow;

use serde_json::Value;

/// Escapes text for HTML and XML, between tags or in a quoted attribute.
pub fn escape(text: &str) -> Cow<'_, str> {
    const SPECIAL: [char; 5] = ['&', '<', '>', '"', '\''];
    if !text.contains(SPECIAL) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out.into()
}

/// Serialises JSON for a `script` element, so that no tag and no comment can begin in it: `</script>` would end the element, and
/// `<!--<script>` would let it extend to the end of the page. The escaped characters occur only in JSON strings, where the escape is
/// equivalent. The two line separators are escaped for programs that read JSON as JavaScript.
/// <https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements>
pub fn json_in_script(json: &Value) -> String {
    let json = json.to_string();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn text_between_tags_stays_text() {
        assert_eq!(escape("</title>"), "&lt;/title&gt;");
        assert_eq!(escape("a \"b\" 'c' & d"), "a &quot;b&quot; &#39;c&#39; &amp; d");
        assert_eq!(escape("微短剧"), "微短剧");
    }

    #[test]
    fn json_in_a_script_ends_no_element_and_begins_none() {
        let value = json!({ "name": "<!--<script></script>]]>&\u{2028}\u{2029}", "<": 1 });
        let written = json_in_script(&value);
        assert!(!written.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{written}");
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
    }
}
