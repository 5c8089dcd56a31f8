//! The sheet a chart is drawn on: its measures for a column of text and for a phone, and the texts that a picture of its
//! own carries.

use super::{
    font::{self, LEADING},
    scene::{Scene, Shape, Words},
    theme::Paint,
};

/// The measures of a drawing. Lengths are units of its `viewBox`: pixels where it is shown at its own width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    pub width: f64,
    /// From the top of the plot to its bottom.
    pub plot: f64,
    /// The size of words.
    pub text: f64,
    /// The radius of a round marker.
    pub marker: f64,
    /// Whether there is room beside the plot: for the names of lines where they end, for the names of rows.
    pub wide: bool,
}

pub const WIDE: Layout = Layout { width: 800.0, plot: 350.0, text: 13.5, marker: 3.8, wide: true };

/// For a phone: shown at 328 px on one 360 px wide, where its words are 12.5 px.
pub const NARROW: Layout = Layout { width: 328.0, plot: 260.0, text: 12.5, marker: 3.4, wide: false };

/// What is said of a chart as a whole. In a page it stands around the drawing, in a file within it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    pub title: String,
    /// What is measured or shown, of whom, when.
    pub subtitle: String,
    /// Where it comes from.
    pub source_line: String,
}

impl Heading {
    /// Draws title and subtitle; where they end.
    pub fn draw(&self, scene: &mut Scene, layout: &Layout) -> f64 {
        let (large, mut y, mut words) = (layout.text * 1.5, 0.0, Vec::new());
        for text in font::balance(&self.title, large * 1.12, layout.width) {
            y += large * LEADING;
            let line = Words::new(text, (0.0, y), large).painted(Paint::Ink);
            words.push(Shape::Words(Words { strong: true, ..line }));
        }
        y += layout.text * 0.4;
        for text in font::wrap(&self.subtitle, layout.text, layout.width) {
            y += layout.text * LEADING;
            words.push(Shape::Words(Words::new(text, (0.0, y), layout.text)));
        }
        scene.group("title", words);
        y + layout.text
    }

    /// Draws the source line below `top`; where it ends.
    pub fn draw_source(&self, scene: &mut Scene, layout: &Layout, top: f64) -> f64 {
        let mut y = top + layout.text * 0.6;
        let mut words = Vec::new();
        for text in font::wrap(&self.source_line, layout.text, layout.width) {
            y += layout.text * LEADING;
            words.push(Shape::Words(Words::new(text, (0.0, y), layout.text)));
        }
        scene.group("source", words);
        y + layout.text * font::DESCENT
    }
}

/// Tops for things of some height that would stand around some middle, in order from the top: none meets the next, each as near to
/// its middle as can be, none below `lowest`. Where all are taller than the room, the first rise above `highest`.
pub fn spread(wanted: &[(f64, f64)], highest: f64, lowest: f64) -> Vec<f64> {
    let mut tops: Vec<f64> = Vec::new();
    let mut free = highest;
    for (middle, height) in wanted {
        let top = (middle - height / 2.0).max(free);
        tops.push(top);
        free = top + height;
    }
    // What was pushed out below comes back up, pushing what is above it.
    let mut limit = lowest;
    for (top, (_, height)) in tops.iter_mut().zip(wanted).rev() {
        *top = top.min(limit - height);
        limit = *top;
    }
    tops
}
