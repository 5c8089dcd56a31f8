//! The key above a plot: what a marker or a shade means, row by row.

use super::{
    font::{self, LEADING},
    marker::marker,
    scene::{Scene, Shape, Words},
    sheet::Layout,
    theme::Paint,
};

/// One marker and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyEntry {
    /// Which marker, and in which colour.
    pub slot: usize,
    pub hollow: bool,
    pub name: String,
}

/// Draws the key below `top`; where it ends.
pub fn key(scene: &mut Scene, entries: &[KeyEntry], layout: &Layout, top: f64) -> f64 {
    if entries.is_empty() {
        return top;
    }
    let line = layout.text * LEADING + 3.0;
    let indent = layout.marker * 2.0 + 8.0;
    let (mut x, mut y) = (0.0, top + layout.text);
    let mut shapes = Vec::new();
    for entry in entries {
        let rows = font::wrap(&entry.name, layout.text, layout.width - indent);
        let wide = rows.iter().map(|row| font::width(row, layout.text)).fold(0.0, f64::max);
        if x > 0.0 && x + indent + wide > layout.width {
            x = 0.0;
            y += line;
        }
        let centre = (x + layout.marker + 1.0, y - layout.text * 0.35);
        shapes.push(marker(entry.slot, centre, layout.marker + 0.6, entry.hollow));
        for (row, text) in rows.iter().enumerate() {
            let at = (x + indent, y + row as f64 * layout.text * LEADING);
            shapes.push(Shape::Words(Words::new(text.clone(), at, layout.text).painted(Paint::Ink)));
        }
        y += (rows.len() - 1) as f64 * layout.text * LEADING;
        x += indent + wide + 18.0;
    }
    scene.group("key", shapes);
    y + layout.text * 0.9
}
