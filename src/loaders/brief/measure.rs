//! Measures the blocks of a brief on paper, in points: as wide as the widest font that a reader is likely to have sets them.

use std::collections::BTreeMap;

use crate::{
    charts::paragraph,
    domain::brief::{
        model::{BriefCell, BriefSource, BriefTable, TableStyle},
        sheet::{self, TextStyle},
    },
};

/// Width of bold text relative to regular text.
const STRONGER: f64 = 1.08;

/// Counts lines, and remembers them: the same texts are measured until the brief fits.
#[derive(Debug, Default)]
pub struct Measure {
    lines: BTreeMap<(String, u64, u64), usize>,
}

impl Measure {
    fn lines(&mut self, text: &str, size: f64, width: f64) -> usize {
        if text.is_empty() {
            return 0;
        }
        let key = (text.to_owned(), size.to_bits(), width.to_bits());
        *self.lines.entry(key).or_insert_with(|| paragraph(text, size, width).len())
    }

    /// Height of a paragraph, without the space around it.
    pub fn text(&mut self, text: &str, style: TextStyle, width: f64) -> f64 {
        self.lines(text, style.size, width) as f64 * style.leading
    }

    /// Height of a paragraph with the space around it.
    pub fn block(&mut self, text: &str, style: TextStyle, width: f64) -> f64 {
        style.before + self.text(text, style, width) + style.after
    }

    pub fn strong(&mut self, text: &str, style: TextStyle, width: f64) -> f64 {
        style.before + self.text(text, style, width / STRONGER) + style.after
    }

    pub fn list(&mut self, items: &[String]) -> f64 {
        items.iter().map(|item| self.block(item, sheet::ITEM, sheet::WIDTH - sheet::INDENT)).sum()
    }

    pub fn sources(&mut self, sources: &[BriefSource]) -> f64 {
        let width = sheet::WIDTH - sheet::INDENT;
        sources.iter().map(|one| self.text(&format!("{} {}", one.text, one.url), sheet::SMALL, width)).sum()
    }

    pub fn table(&mut self, table: &BriefTable) -> f64 {
        let shares: Vec<u16> = table.columns.iter().map(|column| column.share).collect();
        let widths = sheet::widths(&shares);
        let labels = table.columns.iter().zip(&widths);
        let head = labels.map(|(column, width)| self.text(&column.label, sheet::UNDER, *width));
        let head = head.fold(0.0, f64::max);
        let rows: f64 = table
            .rows
            .iter()
            .map(|row| {
                let cells = row.iter().zip(&widths).enumerate();
                let heights = cells.map(|(at, (cell, width))| self.cell(table.style, at, cell, *width));
                heights.fold(0.0, f64::max) + 2.0 * sheet::CELL_PAD + sheet::RULE
            })
            .sum();
        head + 2.0 * sheet::CELL_PAD + rows
    }

    fn cell(&mut self, style: TableStyle, at: usize, cell: &BriefCell, width: f64) -> f64 {
        let text = cell_style(style, at);
        let text = match style {
            TableStyle::Figures if at < 2 => self.strong(&cell.text, text, width),
            _ => self.text(&cell.text, text, width),
        };
        text + self.text(&cell.under, sheet::UNDER, width)
    }
}

/// Type of the text in a column of a table.
pub fn cell_style(style: TableStyle, at: usize) -> TextStyle {
    match (style, at) {
        (TableStyle::Figures, 0) => sheet::VALUE,
        _ => sheet::CELL,
    }
}
