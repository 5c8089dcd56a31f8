//! Tables.

use super::{
    inline::{Base, line},
    tree::{Element, Node},
};

/// Writes a table with its header. A cell that spans columns is followed by empty ones.
pub fn table(element: &Element, base: Base<'_>) -> String {
    let (mut head, mut body) = (Vec::new(), Vec::new());
    rows(element, false, &mut head, &mut body);
    let written =
        |row: &Element| -> Vec<String> { row.elements().flat_map(|cell| cells(cell, base)).collect() };
    let mut lines: Vec<Vec<String>> = head.into_iter().map(written).collect();
    // Markdown has one line of headers; a table without any has an empty one.
    let mut header = if lines.is_empty() { Vec::new() } else { lines.remove(0) };
    lines.extend(body.into_iter().map(written));
    lines.retain(|cells| cells.iter().any(|cell| !cell.is_empty()));
    if lines.is_empty() && header.is_empty() {
        return String::new();
    }
    let columns = lines.iter().map(Vec::len).chain([header.len()]).max().unwrap_or_default();
    header.resize(columns, String::new());
    let mut out = row(&header);
    out += &format!("|{}\n", " --- |".repeat(columns));
    for mut cells in lines {
        cells.resize(columns, String::new());
        out += &row(&cells);
    }
    out
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// Collects the rows of a table, those of its head apart.
fn rows<'a>(element: &'a Element, is_head: bool, head: &mut Vec<&'a Element>, body: &mut Vec<&'a Element>) {
    for child in element.elements() {
        match child.name.as_str() {
            "tr" if is_head => head.push(child),
            "tr" => body.push(child),
            "caption" => {}
            name => rows(child, is_head || name == "thead", head, body),
        }
    }
}

fn cells(cell: &Element, base: Base<'_>) -> Vec<String> {
    if !matches!(cell.name.as_str(), "td" | "th") {
        return Vec::new();
    }
    let span = cell.attribute("colspan").and_then(|span| span.parse().ok()).unwrap_or(1_usize).clamp(1, 100);
    let mut written = vec![line(&cell.children, base)];
    written.resize(span, String::new());
    written
}

/// Returns the caption of a table, unless it repeats the heading above it.
pub fn caption(element: &Element, base: Base<'_>) -> Option<String> {
    let caption = element.elements().find(|child| child.name == "caption")?;
    let caption = Some(caption).filter(|caption| !caption.has_class("visually-hidden"))?;
    Some(line(&caption.children, base)).filter(|text| !text.is_empty())
}

/// Whether a node is a table or contains one.
pub fn has_table(node: &Node) -> bool {
    match node {
        Node::Text(_) => false,
        Node::Element(element) => element.name == "table" || element.children.iter().any(has_table),
    }
}
