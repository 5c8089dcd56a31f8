//! The elements of a page, from the tokens of a parser. Pages close what they open, so no rule for missing tags is needed.

use std::cell::RefCell;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind,
    },
};

/// Elements without contents, which have no end tag.
const VOID: [&str; 9] = ["br", "hr", "img", "input", "link", "meta", "wbr", "source", "col"];

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    Text(String),
    Element(Element),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

impl Element {
    /// Parses a document into an element without a name that contains it.
    pub fn parse(html: &str) -> Element {
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(html));
        let sink = Sink(RefCell::new(vec![Element::default()]));
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        let mut open = tokenizer.sink.0.into_inner();
        while open.len() > 1 {
            close(&mut open);
        }
        open.pop().unwrap_or_default()
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == class))
    }

    /// Returns the child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Returns the first element within this one that passes, in the order of the document.
    pub fn find(&self, passes: &impl Fn(&Element) -> bool) -> Option<&Element> {
        self.elements().find_map(|child| if passes(child) { Some(child) } else { child.find(passes) })
    }

    /// Returns all text within the element.
    pub fn text(&self) -> String {
        let texts = self.children.iter().map(|child| match child {
            Node::Text(text) => text.clone(),
            Node::Element(element) => element.text(),
        });
        texts.collect()
    }
}

/// Open elements; the first is the document.
struct Sink(RefCell<Vec<Element>>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut open = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => add_text(&mut open, &text),
            Token::TagToken(tag) => return add_tag(&mut open, tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn add_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}

fn add_tag(open: &mut Vec<Element>, tag: Tag) -> TokenSinkResult<()> {
    let name = tag.name.to_string();
    if tag.kind == TagKind::EndTag {
        // An end tag without a start is no part of the page.
        if open.iter().skip(1).any(|element| element.name == name) {
            while open.len() > 1 && open.last().is_some_and(|last| last.name != name) {
                close(open);
            }
            close(open);
        }
        return TokenSinkResult::Continue;
    }
    let attributes = tag.attrs.iter();
    let attributes = attributes.map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
    let raw = match name.as_str() {
        "script" => Some(RawKind::ScriptData),
        "style" => Some(RawKind::Rawtext),
        "textarea" | "title" => Some(RawKind::Rcdata),
        _ => None,
    };
    let is_empty = tag.self_closing || VOID.contains(&name.as_str());
    open.push(Element { name, attributes, children: Vec::new() });
    if is_empty {
        close(open);
        return TokenSinkResult::Continue;
    }
    raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
}

/// Puts the innermost open element into the one around it.
fn close(open: &mut Vec<Element>) {
    if let Some(element) = open.pop()
        && let Some(parent) = open.last_mut()
    {
        parent.children.push(Node::Element(element));
    }
}
