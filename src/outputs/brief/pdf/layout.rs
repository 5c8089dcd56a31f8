//! Places texts, rules and drawings on pages. Positions are in points from the top left corner.

use krilla::tagging::Tag;

use super::tree::{Element, Tree};
use crate::{
    charts::{Ink, Mark, QrCode, set_lines, set_width},
    domain::brief::sheet::{self, TextStyle},
    text::characters::printable,
};

pub const INK: Ink = [0x1a, 0x1d, 0x21];
pub const QUIET: Ink = [0x52, 0x59, 0x62];
pub const ACCENT: Ink = [0x9e, 0x1b, 0x32];
pub const LINK: Ink = [0x0b, 0x5c, 0xad];
const HAIRLINE: Ink = [0xda, 0xd7, 0xcf];

/// A rectangle: left, top, width, height.
pub type Area = (f64, f64, f64, f64);

/// Something on a page.
#[derive(Debug)]
pub enum Item {
    Text {
        line: String,
        x: f64,
        baseline: f64,
        size: f64,
        ink: Ink,
        strong: bool,
        of: Element,
    },
    /// A filled rectangle without meaning.
    Rule {
        area: Area,
        ink: Ink,
    },
    Drawing {
        marks: Vec<Mark>,
        at: (f64, f64),
        scale: f64,
        of: Element,
    },
    Code {
        code: QrCode,
        area: Area,
        of: Element,
    },
    Link {
        areas: Vec<Area>,
        address: String,
        of: Element,
    },
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    pub style: TextStyle,
    pub ink: Ink,
    pub strong: bool,
}

impl Type {
    pub const fn new(style: TextStyle, ink: Ink) -> Type {
        Type { style, ink, strong: false }
    }

    pub const fn strong(self) -> Type {
        Type { strong: true, ..self }
    }
}

/// Pages as they are filled.
#[derive(Debug, Default)]
pub struct Layout {
    pub pages: Vec<Vec<Item>>,
    pub tree: Tree,
    /// Headings with their page and position.
    pub headings: Vec<(String, usize, f64)>,
    /// Where the next block begins.
    pub y: f64,
    /// Whether punctuation is Latin.
    pub latin: bool,
}

/// Lowest position of a text.
const END: f64 = sheet::PAGE.1 - sheet::BOTTOM;

impl Layout {
    pub fn new(latin: bool) -> Layout {
        Layout { pages: vec![Vec::new()], y: sheet::TOP, latin, ..Layout::default() }
    }

    pub fn put(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.push(item);
        }
    }

    pub fn page(&self) -> usize {
        self.pages.len() - 1
    }

    /// Begins a new page unless a block of this height fits on the present one.
    pub fn need(&mut self, height: f64) {
        if self.y + height > END && self.y > sheet::TOP {
            self.pages.push(Vec::new());
            self.y = sheet::TOP;
        }
    }

    /// Moves to where a block of this height ends with the page.
    pub fn sink(&mut self, height: f64) {
        self.y = self.y.max(END - height);
    }

    pub fn lines(&self, text: &str, style: TextStyle, width: f64) -> Vec<String> {
        match text.is_empty() {
            true => Vec::new(),
            false => set_lines(&printable(text), style.size, width, self.latin),
        }
    }

    /// Sets lines below each other from a position, and returns where they end.
    pub fn set(&mut self, lines: &[String], kind: Type, (x, top): (f64, f64), of: Element) -> f64 {
        let TextStyle { size, leading, .. } = kind.style;
        for (at, line) in lines.iter().enumerate() {
            let baseline = top + at as f64 * leading + (leading - size) / 2.0 + size * 0.86;
            let (ink, strong) = (kind.ink, kind.strong);
            // The space between two lines of a text is part of it for programs that read it.
            let line = if at + 1 < lines.len() && self.latin { format!("{line} ") } else { line.clone() };
            self.put(Item::Text { line, x, baseline, size, ink, strong, of });
        }
        top + lines.len() as f64 * leading
    }

    /// Sets a paragraph over the whole width, with the space around it.
    pub fn paragraph(&mut self, text: &str, kind: Type, of: Element) {
        let style = kind.style;
        let lines = self.lines(text, style, sheet::WIDTH);
        self.need(style.before + lines.len() as f64 * style.leading);
        let top = self.y + style.before;
        self.y = self.set(&lines, kind, (sheet::SIDE, top), of) + style.after;
    }

    pub fn rule(&mut self, y: f64) {
        self.put(Item::Rule { area: (sheet::SIDE, y - 0.25, sheet::WIDTH, 0.5), ink: HAIRLINE });
    }

    /// Links lines that are set at a position, below an element, and returns the element of the link.
    pub fn link_element(&mut self, parent: Element) -> Element {
        self.tree.add(Tag::Link, Some(parent))
    }

    /// Areas of lines that are set at a position.
    pub fn areas(&self, lines: &[String], style: TextStyle, (x, top): (f64, f64)) -> Vec<Area> {
        let area = |(at, line): (usize, &String)| {
            let width = set_width(line, style.size, self.latin).max(1.0);
            (x, top + at as f64 * style.leading, width, style.leading)
        };
        lines.iter().enumerate().map(area).collect()
    }
}
