//! Text within a line: escaping, links, emphasis, code.

use super::tree::{Element, Node};

/// Marks a line break until the line is finished; no text contains it.
const BREAK: char = '\0';

/// Marks the border between blocks that share a line, such as the parts of a cell.
const BORDER: char = '\u{1}';

/// Elements that are controls, drawings or parts of the program, and say nothing in words.
const SILENT: [&str; 12] = [
    "script", "style", "template", "svg", "button", "input", "select", "textarea", "datalist", "label",
    "legend", "head",
];

/// Classes of elements that serve only those who look at the page: skip links, breadcrumbs, filters, buttons of a chart.
const SILENT_CLASSES: [&str; 5] = ["skip", "crumbs", "facets-box", "chart-tools", "chart-more"];

/// Whether an element is left out.
pub fn is_silent(element: &Element) -> bool {
    let is_hidden = element.attribute("aria-hidden") == Some("true") || element.attribute("hidden").is_some();
    SILENT.contains(&element.name.as_str())
        || is_hidden
        // A link that the page's script makes a button.
        || element.attribute("data-item").is_some()
        || SILENT_CLASSES.iter().any(|class| element.has_class(class))
        // The words of a drawing stand below it.
        || element.attribute("aria-labelledby").is_some() && matches!(element.attribute("role"), Some("img" | "group"))
}

/// Where the addresses of a page lead.
#[derive(Clone, Copy, Debug)]
pub struct Base<'a> {
    /// Scheme and host of the site.
    pub origin: &'a str,
    /// Path of the page, with its query string.
    pub page: &'a str,
}

impl Base<'_> {
    /// Returns an absolute address; none for what is not on the web.
    pub fn absolute(self, href: &str) -> Option<String> {
        let path = self.page.split(['?', '#']).next().unwrap_or_default();
        let origin = self.origin;
        match href.chars().next()? {
            '/' if href.starts_with("//") => None,
            '/' => Some(format!("{origin}{href}")),
            '#' => Some(format!("{origin}{}{href}", self.page)),
            '?' => Some(format!("{origin}{path}{href}")),
            _ => {
                let is_web = ["https://", "http://", "mailto:"].iter().any(|scheme| href.starts_with(scheme));
                is_web.then(|| href.to_owned())
            }
        }
    }
}

/// Writes nodes as one line.
pub fn line(nodes: &[Node], base: Base<'_>) -> String {
    let mut raw = String::new();
    write(nodes, base, &mut raw);
    joined(&raw, " ")
}

/// Writes nodes as a paragraph, in which line breaks stay.
pub fn paragraph(nodes: &[Node], base: Base<'_>) -> String {
    let mut raw = String::new();
    write(nodes, base, &mut raw);
    let lines = raw.split(BREAK).map(|line| at_start(joined(line, " ")));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\\\n")
}

/// Returns the text of a run, with its white space as one space and the borders in it as semicolons.
fn joined(raw: &str, at_break: &str) -> String {
    let raw = raw.replace(BREAK, at_break);
    let mut out = String::new();
    for part in raw.split(BORDER) {
        let words: Vec<&str> = part.split_ascii_whitespace().collect();
        if words.is_empty() {
            continue;
        }
        if !out.is_empty() {
            let is_ended = out.ends_with(['.', ',', ';', ':', '。', '，', '；', '：', '!', '?']);
            out.push_str(if is_ended { " " } else { "; " });
        }
        out.push_str(&words.join(" "));
    }
    out
}

/// Escapes what would begin a list, a heading, a quotation or a rule at the start of a line. A decimal point begins nothing.
pub fn at_start(line: String) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let is_mark = |at: usize| matches!(line.as_bytes().get(at), Some(b'.' | b')'));
    let at = match line.as_bytes().first() {
        Some(b'#' | b'-' | b'+' | b'=' | b'>') => 0,
        Some(_)
            if digits > 0
                && is_mark(digits)
                && matches!(line.as_bytes().get(digits + 1), None | Some(b' ')) =>
        {
            digits
        }
        _ => return line,
    };
    let (before, after) = line.split_at(at);
    format!("{before}\\{after}")
}

fn write(nodes: &[Node], base: Base<'_>, out: &mut String) {
    let mut before: Option<&Element> = None;
    for node in nodes {
        let Node::Element(element) = node else {
            if let Node::Text(text) = node {
                escape(text, out);
            }
            before = None;
            continue;
        };
        if is_silent(element) && element.attribute("role") != Some("img") {
            continue;
        }
        // What a style sheet sets apart stands apart here too.
        match before.map(|before| before.name.as_str()).filter(|_| element.name == "a") {
            Some("a") => out.push_str(" · "),
            Some("span") => out.push(' '),
            _ => {}
        }
        write_element(element, base, out);
        before = Some(element);
    }
}

fn write_element(element: &Element, base: Base<'_>, out: &mut String) {
    // A small drawing within a text has its words as its name.
    if element.attribute("role") == Some("img")
        && let Some(label) = element.attribute("aria-label")
    {
        return escape(label, out);
    }
    if is_silent(element) {
        return;
    }
    let mut inner = String::new();
    write(&element.children, base, &mut inner);
    match element.name.as_str() {
        "br" => out.push(BREAK),
        "a" => link(element, &inner, base, out),
        "b" | "strong" => strong(&inner, out),
        "code" => out.push_str(&code(&element.text())),
        "p" | "div" | "li" | "dt" | "dd" | "ul" | "ol" | "dl" | "section" | "caption" | "h2" | "h3"
        | "h4" | "tr" | "td" | "th" => {
            out.push(BORDER);
            out.push_str(&inner);
            out.push(BORDER);
        }
        "span" if element.has_class("under") => {
            out.push(BORDER);
            out.push_str(&inner);
        }
        _ => out.push_str(&inner),
    }
}

fn link(element: &Element, inner: &str, base: Base<'_>, out: &mut String) {
    let text = joined(inner, " ");
    let address = element.attribute("href").and_then(|href| base.absolute(href));
    match (address, text.is_empty()) {
        (_, true) => {}
        (None, false) => out.push_str(inner),
        (Some(address), false) => {
            // A word before or after the link stays apart from it.
            let spaced = |has: bool| if has { " " } else { "" };
            out.push_str(spaced(inner.starts_with([' ', BORDER])));
            out.push_str(&format!("[{text}]({})", destination(&address)));
            out.push_str(spaced(inner.ends_with([' ', BORDER])));
        }
    }
}

/// Writes an address as the destination of a link.
pub fn destination(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '<' | '>' | '\\' | '`' | '"' | '|' | ' ' | '\0'..='\u{1f}' | '\u{7f}' => {
                encoded.push_str(&format!("%{:02X}", c as u32));
            }
            c => encoded.push(c),
        }
    }
    // What a semicolon ends could be read as the name of a character.
    if encoded.contains('&') {
        encoded = encoded.replace(';', "%3B");
    }
    if encoded.contains(['(', ')']) { format!("<{encoded}>") } else { encoded }
}

/// Writes strong text. Signs at its ends could keep the asterisks from being read, so such text stays plain.
fn strong(inner: &str, out: &mut String) {
    let text = joined(inner, " ");
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if is_word(text.chars().next()) && is_word(text.chars().next_back()) && !inner.contains(BORDER) {
        let (before, after) = (inner.starts_with(' '), inner.ends_with(' '));
        let spaced = |has: bool| if has { " " } else { "" };
        out.push_str(&format!("{}**{text}**{}", spaced(before), spaced(after)));
    } else {
        out.push_str(inner);
    }
}

/// Writes a code span, whose delimiter is longer than any run of backticks within.
pub fn code(text: &str) -> String {
    let text = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return text;
    }
    // Markup within code is none to Markdown, but a pipe ends a cell.
    if text.contains(['<', '|', '&']) {
        let mut out = String::new();
        escape(&text, &mut out);
        return out;
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Returns the length of the longest run of backticks.
pub fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Escapes text so that neither Markdown nor HTML reads any of it as more than text.
pub fn escape(text: &str, out: &mut String) {
    let mut characters = text.chars().peekable();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    while let Some(c) = characters.next() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' if characters.peek().is_none_or(|next| next.is_ascii_alphanumeric() || *next == '#') => {
                out.push_str("&amp;");
            }
            // Within a word it emphasizes nothing.
            '_' if is_word(out.chars().next_back()) && is_word(characters.peek().copied()) => out.push('_'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => out.extend(['\\', c]),
            // Before a link it would make an image of it; at the end of a heading it would be left out.
            '!' if characters.peek().is_none() => out.push_str("\\!"),
            '#' if out.is_empty() || out.ends_with([' ', BREAK, BORDER]) => out.push_str("\\#"),
            '\n' | '\t' | '\r' | '\u{c}' => out.push(' '),
            // They keep the parts of a figure together on a page, and would keep programs from finding it.
            '\u{a0}' | '\u{202f}' => out.push(' '),
            '\u{2060}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}
