//! Layout of the sheet on which a chart is drawn, for a text column and for a phone, and the texts that a standalone picture includes.

use super::{
    font::{self, LEADING},
    scene::{Scene, Shape, Words},
    theme::Paint,
};

/// Dimensions of a drawing, in units of its `viewBox`: pixels where it is shown at its own width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    pub width: f64,
    /// Height of the plot.
    pub plot: f64,
    /// Text size.
    pub text: f64,
    /// Radius of a round marker.
    pub marker: f64,
    /// Whether there is room beside the plot for labels at the ends of lines and for row names.
    pub wide: bool,
}

pub const WIDE: Layout = Layout { width: 800.0, plot: 350.0, text: 13.5, marker: 3.8, wide: true };

/// Layout for a phone: shown at 328 px on a screen 360 px wide, where its text is 12.5 px.
pub const NARROW: Layout = Layout { width: 328.0, plot: 260.0, text: 12.5, marker: 3.4, wide: false };

/// Texts about a chart as a whole. A page prints them around the drawing, a file inside it. Lines of subtitle and sources are paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    pub title: String,
    /// What is measured or shown, for whom, and when.
    pub subtitle: String,
    /// Sources of the data.
    pub source_line: String,
}

impl Heading {
    /// Draws title and subtitle and returns their bottom edge.
    pub fn draw(&self, scene: &mut Scene, layout: &Layout) -> f64 {
        let (large, mut y, mut words) = (layout.text * 1.5, 0.0, Vec::new());
        let lines = font::balance(&self.title, large * 1.12, layout.width);
        for text in font::chop(lines, large * 1.12, layout.width) {
            y += large * LEADING;
            let line = Words::new(text, (0.0, y), large).painted(Paint::Ink);
            words.push(Shape::Words(Words { strong: true, ..line }));
        }
        y += layout.text * 0.4;
        for text in paragraphs(&self.subtitle, layout) {
            y += layout.text * LEADING;
            words.push(Shape::Words(Words::new(text, (0.0, y), layout.text)));
        }
        scene.group("title", words);
        y + layout.text
    }

    /// Draws the source line below `top` and returns its bottom edge.
    pub fn draw_source(&self, scene: &mut Scene, layout: &Layout, top: f64) -> f64 {
        let mut y = top + layout.text * 0.6;
        let mut words = Vec::new();
        for text in paragraphs(&self.source_line, layout) {
            y += layout.text * LEADING;
            words.push(Shape::Words(Words::new(text, (0.0, y), layout.text)));
        }
        scene.group("source", words);
        y + layout.text * font::DESCENT
    }
}

fn paragraphs(text: &str, layout: &Layout) -> Vec<String> {
    let lines = text.split('\n').flat_map(|text| font::wrap(text, layout.text, layout.width)).collect();
    font::chop(lines, layout.text, layout.width)
}

/// Resolves vertical overlaps. Each item is a height and the desired centre, in order from the top; the result is the top of each item,
/// such that none overlaps the next, each is as near to its centre as possible, and none reaches below `lowest`. If the items together are
/// taller than the room, the first ones rise above `highest`.
pub fn spread(wanted: &[(f64, f64)], highest: f64, lowest: f64) -> Vec<f64> {
    let mut tops: Vec<f64> = Vec::new();
    let mut free = highest;
    for (middle, height) in wanted {
        let top = (middle - height / 2.0).max(free);
        tops.push(top);
        free = top + height;
    }
    // Items pushed beyond the lower limit move back up and push those above them.
    let mut limit = lowest;
    for (top, (_, height)) in tops.iter_mut().zip(wanted).rev() {
        *top = top.min(limit - height);
        limit = *top;
    }
    tops
}
