//! Blocks: headings, paragraphs, lists, tables, code, charts.

use super::{
    inline::{self, Base, at_start, is_silent, line, paragraph},
    table::{self, has_table},
    tree::{Element, Node},
};

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 25] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "ol",
    "p",
    "pre",
    "ul",
];

/// Writes the blocks of a page.
pub struct Blocks<'a> {
    pub base: Base<'a>,
    /// What stands between a term and its meaning.
    pub colon: &'static str,
    /// Address of the values behind the page's charts, and the text of the link to it.
    pub values: Option<(String, &'static str)>,
}

fn is_block(node: &Node) -> bool {
    let Node::Element(element) = node else { return false };
    match element.name.as_str() {
        name if BLOCKS.contains(&name) => true,
        "nav" | "section" | "table" | "li" | "dt" | "dd" => true,
        // Islands, and what wraps blocks.
        "leptos-island" | "leptos-children" | "span" | "a" | "data" | "time" => {
            element.name.starts_with("leptos") && element.children.iter().any(is_block)
        }
        _ => false,
    }
}

impl Blocks<'_> {
    /// Writes nodes as blocks, one string each, without blank lines around them.
    pub fn write(&self, nodes: &[Node], out: &mut Vec<String>) {
        let mut run: Vec<Node> = Vec::new();
        for node in nodes {
            match node {
                Node::Element(element) if is_block(node) => {
                    self.flush(&mut run, out);
                    self.block(element, out);
                }
                other => run.push(other.clone()),
            }
        }
        self.flush(&mut run, out);
    }

    fn flush(&self, run: &mut Vec<Node>, out: &mut Vec<String>) {
        let text = paragraph(run, self.base);
        run.clear();
        if !text.is_empty() {
            out.push(text);
        }
    }

    fn block(&self, element: &Element, out: &mut Vec<String>) {
        if element.attribute("role") == Some("img")
            && let Some(label) = element.attribute("aria-label")
        {
            return self.text(&[Node::Text(label.to_owned())], out);
        }
        if is_silent(element) {
            return;
        }
        match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element, out),
            "p" if !element.children.iter().any(is_block) => self.text(&element.children, out),
            "ul" | "ol" => self.list(element, out),
            "dl" => self.terms(element, out),
            "table" => {
                out.extend(table::caption(element, self.base).map(at_start));
                let table = table::table(element, self.base);
                out.extend(Some(table.trim_end().to_owned()).filter(|table| !table.is_empty()));
            }
            "pre" => out.push(fenced(&element.text())),
            "hr" => out.push("---".to_owned()),
            "blockquote" => {
                let mut inner = Vec::new();
                self.write(&element.children, &mut inner);
                out.push(prefixed(&inner.join("\n\n"), "> ", "> "));
            }
            // Of a form only the tables that stand within it are kept.
            "form" if !element.children.iter().any(has_table) => {}
            "details" => self.details(element, out),
            "figure" => self.figure(element, out),
            _ => self.write(&element.children, out),
        }
    }

    fn text(&self, nodes: &[Node], out: &mut Vec<String>) {
        out.extend(Some(paragraph(nodes, self.base)).filter(|text| !text.is_empty()));
    }

    fn heading(&self, element: &Element, out: &mut Vec<String>) {
        let level = element.name.trim_start_matches('h').parse().unwrap_or(2_usize);
        let text = line(&element.children, self.base);
        if !text.is_empty() {
            out.push(format!("{} {text}", "#".repeat(level)));
        }
    }

    fn list(&self, element: &Element, out: &mut Vec<String>) {
        let mut items = Vec::new();
        for (number, item) in element.elements().filter(|item| !is_silent(item)).enumerate() {
            let mut inner = Vec::new();
            self.write(&item.children, &mut inner);
            let inner: Vec<String> = inner.into_iter().map(without_heading).collect();
            if inner.is_empty() {
                continue;
            }
            let mark = if element.name == "ol" { format!("{}. ", number + 1) } else { "- ".to_owned() };
            items.push(prefixed(&inner.join("\n\n"), &mark, &" ".repeat(mark.len())));
        }
        if !items.is_empty() {
            out.push(items.join("\n"));
        }
    }

    /// Terms with what they mean: one item each.
    fn terms(&self, element: &Element, out: &mut Vec<String>) {
        let mut items = Vec::new();
        let mut term = String::new();
        for part in parts_of_terms(element) {
            if is_silent(part) {
                continue;
            }
            if part.name == "dt" {
                term = line(&part.children, self.base);
                continue;
            }
            let mut inner = Vec::new();
            self.write(&part.children, &mut inner);
            let inner = inner.into_iter().map(without_heading).collect::<Vec<_>>().join("\n\n");
            if !inner.is_empty() {
                let named = if term.is_empty() { inner } else { format!("{term}{}{inner}", self.colon) };
                items.push(prefixed(&at_start(named), "- ", "  "));
            }
        }
        if !items.is_empty() {
            out.push(items.join("\n"));
        }
    }

    fn details(&self, element: &Element, out: &mut Vec<String>) {
        for child in &element.children {
            match child {
                Node::Element(summary) if summary.name == "summary" => {
                    let text = line(&summary.children, self.base);
                    out.extend(Some(at_start(text)).filter(|text| !text.is_empty()));
                }
                other => self.write(std::slice::from_ref(other), out),
            }
        }
    }

    /// A chart is its title, its words and a link to its values.
    fn figure(&self, element: &Element, out: &mut Vec<String>) {
        // A hidden title repeats the heading above.
        let is_shown =
            |child: &&Node| !matches!(child, Node::Element(child) if child.has_class("visually-hidden"));
        let shown: Vec<Node> = element.children.iter().filter(is_shown).cloned().collect();
        self.write(&shown, out);
        let values = self.values.as_ref().filter(|_| element.has_class("chart"));
        out.extend(values.map(|(address, text)| format!("[{text}]({})", inline::destination(address))));
    }
}

/// Returns the terms and their meanings, which may be grouped.
fn parts_of_terms(element: &Element) -> Vec<&Element> {
    element
        .elements()
        .flat_map(|child| match child.name.as_str() {
            "dt" | "dd" => vec![child],
            _ => parts_of_terms(child),
        })
        .collect()
}

/// A heading within an item would divide the page where the item ends.
fn without_heading(block: String) -> String {
    let text = block.trim_start_matches('#');
    match text.strip_prefix(' ') {
        Some(text) if text.len() + 1 < block.len() => at_start(text.to_owned()),
        _ => block,
    }
}

fn fenced(text: &str) -> String {
    let fence = "`".repeat((inline::longest_run(text) + 1).max(3));
    format!("{fence}\n{}\n{fence}", text.trim_matches('\n'))
}

/// Puts one prefix before the first line and another before the rest; empty lines stay empty.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (number, line) in text.lines().enumerate() {
        match (number, line.is_empty()) {
            (0, _) => out.push_str(first),
            (_, false) => out.extend(["\n", rest]),
            (_, true) => out.extend(["\n", rest.trim_end()]),
        }
        out.push_str(line);
    }
    out
}
