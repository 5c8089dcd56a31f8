//! Lays out each block of a brief, with its element in the structure of the document.

use std::num::NonZeroU16;

use krilla::{
    geom::Rect,
    tagging::{BBox, ListNumbering, TableHeaderScope, Tag, TagKind},
};

use super::{
    layout::{ACCENT, INK, Item, LINK, Layout, QUIET, Type},
    tree::Element,
};
use crate::{
    charts::Printed,
    domain::brief::{
        model::{Block, Brief, BriefCell, BriefChart, BriefSource, BriefTable, Foot, TableStyle},
        sheet::{self, TextStyle},
    },
    outputs::{brief::address, files::Provenance},
    text::Locale,
};

/// Lays out the whole brief.
pub fn laid_out(brief: &Brief<Printed>, provenance: &Provenance) -> Layout {
    let mut layout = Layout::new(brief.locale == Locale::En);
    for block in &brief.blocks {
        match block {
            Block::Kicker(text) => plain(&mut layout, text, Type::new(sheet::KICKER, QUIET)),
            Block::Title(text) => heading(&mut layout, text, 1, Type::new(sheet::TITLE, INK).strong()),
            Block::Lead(text) => plain(&mut layout, text, Type::new(sheet::LEAD, QUIET)),
            Block::Finding(text) => finding(&mut layout, text),
            Block::Heading(text) => heading(&mut layout, text, 2, Type::new(sheet::HEADING, ACCENT).strong()),
            Block::Note(text) => plain(&mut layout, text, Type::new(sheet::NOTE, QUIET)),
            Block::Table(table) => rows(&mut layout, table, provenance),
            Block::Charts(charts) => drawings(&mut layout, charts),
            Block::List(items) => list(&mut layout, items),
            Block::Sources(all) => sources(&mut layout, all),
            Block::Foot(end) => foot(&mut layout, end, brief.locale, provenance),
        }
    }
    layout
}

fn plain(layout: &mut Layout, text: &str, kind: Type) {
    let of = layout.tree.add(Tag::P, None);
    layout.paragraph(text, kind, of);
}

/// Room below a heading that keeps it with what follows.
const FOLLOWING: f64 = 30.0;

fn heading(layout: &mut Layout, text: &str, level: u16, kind: Type) {
    let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    let of = layout.tree.add(TagKind::from(Tag::Hn(level, Some(text.to_owned()))), None);
    layout.need(kind.style.before + kind.style.leading + FOLLOWING);
    layout.headings.push((text.to_owned(), layout.page(), layout.y));
    layout.paragraph(text, kind, of);
}

fn finding(layout: &mut Layout, text: &str) {
    let (style, of) = (sheet::FINDING, layout.tree.add(Tag::P, None));
    let lines = layout.lines(text, style, sheet::WIDTH - sheet::INDENT);
    let top = layout.y + style.before;
    let kind = Type::new(style, INK).strong();
    let end = layout.set(&lines, kind, (sheet::SIDE + sheet::INDENT, top), of);
    layout.put(Item::Rule { area: (sheet::SIDE, top, 3.0, end - top), ink: ACCENT });
    layout.y = end + style.after;
}

fn rows(layout: &mut Layout, table: &BriefTable, provenance: &Provenance) {
    let shares: Vec<u16> = table.columns.iter().map(|column| column.share).collect();
    let widths = sheet::widths(&shares);
    let whole = layout.tree.add(TagKind::from(Tag::Table), None);
    let head = layout.tree.add(Tag::THead, Some(whole));
    let head = layout.tree.add(Tag::TR, Some(head));
    let labels = table.columns.iter().map(|column| BriefCell::new(&column.label));
    let labels: Vec<BriefCell> = labels.collect();
    let of_label = |_: usize| Type::new(sheet::UNDER, QUIET);
    row(layout, &labels, &widths, head, &of_label, provenance, |_| {
        TagKind::from(Tag::TH(TableHeaderScope::Column))
    });
    let body = layout.tree.add(Tag::TBody, Some(whole));
    let of_cell = |at: usize| match (table.style, at) {
        (TableStyle::Figures, 0) => Type::new(sheet::VALUE, INK).strong(),
        (TableStyle::Figures, 1) => Type::new(sheet::CELL, INK).strong(),
        _ => Type::new(sheet::CELL, INK),
    };
    for cells in &table.rows {
        let line = layout.tree.add(Tag::TR, Some(body));
        row(layout, cells, &widths, line, &of_cell, provenance, |at| match at {
            0 => TagKind::from(Tag::TH(TableHeaderScope::Row)),
            _ => TagKind::from(Tag::TD),
        });
    }
}

/// Lays out one row: each cell from the same line down.
fn row(
    layout: &mut Layout,
    cells: &[BriefCell],
    widths: &[f64],
    parent: Element,
    kind: &dyn Fn(usize) -> Type,
    provenance: &Provenance,
    tag: impl Fn(usize) -> TagKind,
) {
    let set: Vec<(Vec<String>, Vec<String>)> = cells
        .iter()
        .zip(widths)
        .enumerate()
        .map(|(at, (cell, width))| {
            let text = layout.lines(&cell.text, kind(at).style, *width);
            (text, layout.lines(&cell.under, sheet::UNDER, *width))
        })
        .collect();
    let heights = set.iter().enumerate().map(|(at, (text, under))| {
        text.len() as f64 * kind(at).style.leading + under.len() as f64 * sheet::UNDER.leading
    });
    let height = heights.fold(0.0, f64::max) + 2.0 * sheet::CELL_PAD;
    layout.need(height);
    let is_head = kind(0).style == sheet::UNDER;
    if !is_head {
        layout.rule(layout.y);
    }
    let (top, mut x) = (layout.y + sheet::CELL_PAD, sheet::SIDE);
    for (at, ((cell, (text, under)), width)) in cells.iter().zip(&set).zip(widths).enumerate() {
        let of = layout.tree.add(tag(at), Some(parent));
        let kind = kind(at);
        let end = match &cell.href {
            Some(href) => {
                let link = layout.link_element(of);
                let areas = layout.areas(text, kind.style, (x, top));
                let end = layout.set(text, kind, (x, top), link);
                layout.put(Item::Link { areas, address: provenance.absolute(href), of: link });
                end
            }
            None => layout.set(text, kind, (x, top), of),
        };
        layout.set(under, Type::new(sheet::UNDER, QUIET), (x, end), of);
        x += width + sheet::CELL_GAP;
    }
    layout.y += height;
}

fn drawings(layout: &mut Layout, charts: &[BriefChart<Printed>]) {
    let width = sheet::chart_width(charts.len());
    let heights = charts.iter().map(|chart| height(layout, chart, width));
    let height = heights.fold(0.0, f64::max);
    layout.need(height + sheet::CELL_PAD * 3.0);
    let top = layout.y + sheet::CELL_PAD * 3.0;
    for (at, chart) in charts.iter().enumerate() {
        let x = sheet::SIDE + at as f64 * (width + sheet::CHART_GAP);
        drawing(layout, chart, (x, top), width);
    }
    layout.y = top + height;
}

fn height(layout: &Layout, chart: &BriefChart<Printed>, width: f64) -> f64 {
    let text = |text: &str, style: TextStyle| layout.lines(text, style, width).len() as f64 * style.leading;
    let drawn = chart.drawing.height * width / chart.drawing.width.max(1.0);
    text(&chart.title, sheet::CAPTION)
        + text(&chart.subtitle, sheet::SMALL)
        + drawn
        + text(&chart.source_line, sheet::SMALL)
}

fn drawing(layout: &mut Layout, chart: &BriefChart<Printed>, (x, top): (f64, f64), width: f64) {
    let scale = width / chart.drawing.width.max(1.0);
    let mut y = top;
    for (text, kind) in [
        (&chart.title, Type::new(sheet::CAPTION, INK).strong()),
        (&chart.subtitle, Type::new(sheet::SMALL, QUIET)),
    ] {
        if !text.is_empty() {
            let of = layout.tree.add(Tag::P, None);
            let lines = layout.lines(text, kind.style, width);
            y = layout.set(&lines, kind, (x, y), of);
        }
    }
    let drawn = chart.drawing.height * scale;
    let of = figure(layout, &chart.summary, (x, y, width, drawn));
    layout.put(Item::Drawing { marks: chart.drawing.marks.clone(), at: (x, y), scale, of });
    if !chart.source_line.is_empty() {
        let of = layout.tree.add(Tag::P, None);
        let lines = layout.lines(&chart.source_line, sheet::SMALL, width);
        layout.set(&lines, Type::new(sheet::SMALL, QUIET), (x, y + drawn), of);
    }
}

/// Element of a picture with its words.
fn figure(layout: &mut Layout, words: &str, (x, y, width, height): (f64, f64, f64, f64)) -> Element {
    let area = Rect::from_xywh(x as f32, y as f32, width.max(1.0) as f32, height.max(1.0) as f32);
    let bounds = area.map(|area| BBox::new(layout.page(), area));
    layout.tree.add(TagKind::from(Tag::Figure(Some(words.to_owned())).with_bbox(bounds)), None)
}

fn list(layout: &mut Layout, items: &[String]) {
    let (style, kind) = (sheet::ITEM, Type::new(sheet::ITEM, INK));
    let all = layout.tree.add(TagKind::from(Tag::L(ListNumbering::Disc)), None);
    for item in items {
        let lines = layout.lines(item, style, sheet::WIDTH - sheet::INDENT);
        layout.need(lines.len() as f64 * style.leading);
        let one = layout.tree.add(Tag::LI, Some(all));
        let (label, body) = (layout.tree.add(Tag::Lbl, Some(one)), layout.tree.add(Tag::LBody, Some(one)));
        let top = layout.y;
        layout.set(&["•".to_owned()], kind, (sheet::SIDE + 4.0, top), label);
        layout.y = layout.set(&lines, kind, (sheet::SIDE + sheet::INDENT, top), body) + style.after;
    }
}

fn sources(layout: &mut Layout, sources: &[BriefSource]) {
    let (style, x) = (sheet::SMALL, sheet::SIDE + sheet::INDENT);
    let all = layout.tree.add(TagKind::from(Tag::L(ListNumbering::Decimal)), None);
    for BriefSource { number, text, url } in sources {
        let lines = layout.lines(&format!("{text} {url}"), style, sheet::WIDTH - sheet::INDENT);
        layout.need(lines.len() as f64 * style.leading);
        let one = layout.tree.add(Tag::LI, Some(all));
        let (label, body) = (layout.tree.add(Tag::Lbl, Some(one)), layout.tree.add(Tag::LBody, Some(one)));
        let top = layout.y;
        layout.set(&[number.to_string()], Type::new(style, QUIET), (sheet::SIDE, top), label);
        let link = layout.link_element(body);
        let mut areas = Vec::new();
        // The address is the end of the text; it may begin within a line.
        let mut rest =
            lines.iter().map(|line| line.chars().count()).sum::<usize>().saturating_sub(url.chars().count());
        for (at, line) in lines.iter().enumerate() {
            let y = top + at as f64 * style.leading;
            let count = line.chars().count();
            let said: String = line.chars().take(rest).collect();
            let linked: String = line.chars().skip(rest).collect();
            rest = rest.saturating_sub(count);
            if !said.is_empty() {
                layout.set(std::slice::from_ref(&said), Type::new(style, QUIET), (x, y), body);
            }
            if !linked.is_empty() {
                let from = x + crate::charts::set_width(&said, style.size, layout.latin);
                let linked = [linked];
                areas.extend(layout.areas(&linked, style, (from, y)));
                layout.set(&linked, Type::new(style, LINK), (from, y), link);
            }
        }
        layout.put(Item::Link { areas, address: url.clone(), of: link });
        layout.y = top + lines.len() as f64 * style.leading;
    }
}

/// State of the data and address at the end of the page, beside the code.
fn foot(layout: &mut Layout, foot: &Foot, locale: Locale, provenance: &Provenance) {
    let (style, width) = (sheet::SMALL, sheet::WIDTH - sheet::CODE - 2.0 * sheet::CELL_GAP);
    let (address, code) = address(foot, provenance);
    let texts: Vec<Vec<String>> = foot.lines.iter().map(|line| layout.lines(line, style, width)).collect();
    let link_lines = layout.lines(&address, style, width);
    let count = texts.iter().map(Vec::len).sum::<usize>() + link_lines.len();
    let height = sheet::FOOT_GAP + (count as f64 * style.leading).max(sheet::CODE);
    layout.need(height);
    layout.sink(height);
    let top = layout.y + sheet::FOOT_GAP;
    let mut y = top;
    for lines in &texts {
        let of = layout.tree.add(Tag::P, None);
        y = layout.set(lines, Type::new(style, QUIET), (sheet::SIDE, y), of);
    }
    let of = layout.tree.add(Tag::P, None);
    let link = layout.link_element(of);
    let areas = layout.areas(&link_lines, style, (sheet::SIDE, y));
    layout.set(&link_lines, Type::new(style, LINK), (sheet::SIDE, y), link);
    layout.put(Item::Link { areas, address, of: link });
    if let Some(code) = code {
        let area = (sheet::SIDE + sheet::WIDTH - sheet::CODE, top, sheet::CODE, sheet::CODE);
        let of = figure(layout, locale.pick("QR code of the address", "网址二维码"), area);
        layout.put(Item::Code { code, area, of });
    }
    layout.y += height;
}
