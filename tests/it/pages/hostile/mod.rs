//! Hostile text, from addresses and from a data set: an independent parser reads everything that leaves the site, and
//! gives the text back as text.

mod addresses;
mod data;
mod titles;

use axum::{
    Router,
    http::{HeaderMap, StatusCode},
};
use http_body_util::BodyExt;
use quick_xml::{
    Reader, XmlVersion,
    encoding::Decoder,
    events::{BytesRef, BytesStart, Event},
};
use scraper::{ElementRef, Html, Selector};

use super::send;

/// Names of an element and an attribute that no text may become.
const ELEMENT: &str = "hostile-x";
const ATTRIBUTE: &str = "hostile-a";

/// Texts that end or begin something in one of the languages they are written into. Markup made of one would be an
/// element or an attribute with one of the names above.
const TEXTS: [&str; 16] = [
    "</title><hostile-x hostile-a=1>",
    "\" hostile-a=\"1\"><hostile-x>",
    "' hostile-a='1' x='><hostile-x>",
    "</script><hostile-x>",
    "<!--<script><hostile-x>",
    "</textarea><hostile-x hostile-a>",
    "</style></svg></g></text><hostile-x>",
    "]]><hostile-x>&amp;&#60;hostile-x&#62;&lt;&nbsp;",
    "</body></html><hostile-x>--><!DOCTYPE hostile-x>",
    "=HYPERLINK(\"https://example.org\";\"<hostile-x>\")",
    "+1-@x\\N\\.",
    "@misc{x, title={a}}}%$#_^~\\end{x",
    "_x0041_ 🎬🏳️‍🌈 Việt 微短剧 {{7*7}} ${x} %s %00",
    "BEGIN:VEVENT,SUMMARY;X=\\n:\\,\\;",
    "-2+3' OR 1=1; DROP TABLE source; --",
    "javascript:alert(1)//<hostile-x onerror=alert(1)>",
];

/// A response as received.
struct Answer {
    path: String,
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

async fn fetch(site: &Router, path: &str) -> Answer {
    let response = send(site, path).await;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.into_body().collect().await.unwrap().to_bytes().to_vec();
    Answer { path: path.to_owned(), status, headers, body }
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_else(|_| panic!("{} is not UTF-8", self.path))
    }

    fn kind(&self) -> &str {
        self.headers.get("content-type").map_or("", |kind| kind.to_str().unwrap())
    }

    /// Parses the response by its content type, fails where a text has become part of its structure, and returns all
    /// its text.
    fn read(&self) -> String {
        let kind = self.kind().split(';').next().unwrap_or_default().trim();
        for (name, value) in &self.headers {
            assert!(!value.as_bytes().contains(&b'\n'), "{}: {name}", self.path);
        }
        match kind {
            "text/html" => self.html(),
            "image/svg+xml" | "application/atom+xml" | "application/xml" => xml(self.text(), &self.path),
            _ if kind.ends_with("+xml") => xml(self.text(), &self.path),
            _ if kind.ends_with("json") => {
                let value: serde_json::Value = serde_json::from_slice(&self.body)
                    .unwrap_or_else(|error| panic!("{}: {error}", self.path));
                strings(&value)
            }
            "image/png" => {
                assert!(self.body.starts_with(b"\x89PNG"), "{}", self.path);
                String::new()
            }
            "application/zip" | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => {
                assert!(self.body.starts_with(b"PK"), "{}", self.path);
                String::new()
            }
            _ => self.text().to_owned(),
        }
    }

    fn html(&self) -> String {
        let page = Html::parse_document(self.text());
        let mut found = String::new();
        for element in page.tree.nodes().filter_map(ElementRef::wrap) {
            let value = element.value();
            assert!(!value.name().starts_with(ELEMENT), "{} has an element made of a text", self.path);
            for (name, contents) in value.attrs() {
                let bad = name.starts_with(ATTRIBUTE) || name.starts_with("on");
                assert!(!bad, "{} has an attribute made of a text: {name}", self.path);
                if matches!(name, "href" | "src" | "action") {
                    assert!(!contents.trim_start().starts_with("javascript:"), "{}: {contents}", self.path);
                }
                found.push_str(contents);
                found.push('\n');
            }
            if value.name() == "script" {
                self.script(element, &mut found);
            }
        }
        for (css, most) in [("title", 1), ("meta[http-equiv]", 0), ("base", 0), ("iframe", 0), ("body", 1)] {
            let there = page.select(&Selector::parse(css).unwrap()).count();
            // An inline drawing has titles of its own.
            assert!(there <= most || css == "title" && heads(&page) == 1, "{} has {there} {css}", self.path);
        }
        assert!(
            page.tree
                .nodes()
                .all(|node| node.value().as_comment().is_none_or(|text| !text.contains(ELEMENT))),
            "{} has a comment made of a text",
            self.path
        );
        found.push_str(&page.root_element().text().collect::<String>());
        found
    }

    /// Checks that a script is one of the site, a file of the site, or linked data that parses.
    fn script(&self, script: ElementRef<'_>, found: &mut String) {
        let text: String = script.text().collect();
        if script.value().attr("type") == Some("application/ld+json") {
            let value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", self.path));
            found.push_str(&strings(&value));
        } else {
            assert!(!text.contains("hostile"), "{}: {text}", self.path);
        }
    }
}

fn heads(page: &Html) -> usize {
    page.select(&Selector::parse("head > title").unwrap()).count()
}

/// Returns all text of an XML document, which must be well-formed and contain only characters that XML allows.
fn xml(text: &str, path: &str) -> String {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut found, mut depth, decoder) = (String::new(), 0, reader.decoder());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}")) {
            Event::Eof => break,
            Event::Text(text) => found.push_str(&text.decode().unwrap()),
            Event::CData(text) => found.push_str(&text.decode().unwrap()),
            Event::GeneralRef(name) => found.push(reference(&name, path)),
            Event::Start(element) => {
                depth += 1;
                attributes(&element, decoder, path, &mut found);
            }
            Event::Empty(element) => attributes(&element, decoder, path, &mut found),
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{path} is cut off");
    assert!(text.chars().all(
        |c| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
    ));
    found
}

/// Returns the character of a reference: XML has five by name.
fn reference(name: &BytesRef<'_>, path: &str) -> char {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c;
    }
    match name.decode().unwrap().as_ref() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        other => panic!("{path}: &{other};"),
    }
}

fn attributes(element: &BytesStart<'_>, decoder: Decoder, path: &str, found: &mut String) {
    assert!(!element.name().as_ref().starts_with(ELEMENT.as_bytes()), "{path} has an element made of a text");
    for attribute in element.attributes() {
        let attribute = attribute.unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(
            !attribute.key.as_ref().starts_with(ATTRIBUTE.as_bytes()),
            "{path} has an attribute made of a text"
        );
        found.push_str(&attribute.decoded_and_normalized_value(XmlVersion::Implicit1_0, decoder).unwrap());
        found.push('\n');
    }
}

/// Returns all strings within a value, and the names of its members.
fn strings(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::String(text) => format!("{text}\n"),
        Value::Array(values) => values.iter().map(strings).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| format!("{name}\n{}", strings(value))).collect()
        }
        other => format!("{other}\n"),
    }
}
