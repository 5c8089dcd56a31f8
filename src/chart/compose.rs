//! From a description to a scene: what stands where, in a wide drawing and in one for a phone.

use super::{
    axis::ValueAxis,
    bars, flags,
    frame::Frame,
    furniture, key, labels, lines,
    model::{Kind, TimeChart},
    scene::{Scene, Spot},
    theme::Theme,
    time::Span,
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
    /// Whether lines are named where they end; otherwise a key stands above the plot.
    pub names_at_lines: bool,
}

pub const WIDE: Layout = Layout { width: 800.0, plot: 350.0, text: 13.5, marker: 3.8, names_at_lines: true };

/// For a phone: shown at 328 px on one 360 px wide, where its words are 12.5 px.
pub const NARROW: Layout =
    Layout { width: 328.0, plot: 260.0, text: 12.5, marker: 3.4, names_at_lines: false };

/// How many series can be named at their lines before the names fill the edge.
const MOST_NAMES: usize = 9;

/// A drawing and where in it each value stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    pub scene: Scene,
    pub frame: Frame,
    /// By series and point, as [`TimeChart::in_order`] has them.
    pub spots: Vec<Vec<Spot>>,
}

/// Works out a drawing. In a page title, subtitle and source stand in the text around it; a file has them in the picture.
pub fn compose(chart: &TimeChart, layout: &Layout, theme: Theme) -> Composed {
    let chart = chart.in_order();
    let axis = ValueAxis::of(&chart);
    let span = Span::of(&chart);
    let line = layout.text * super::font::LEADING;
    let left = furniture::room_for_ticks(&axis, layout);
    let named = chart.kind == Kind::Line
        && layout.names_at_lines
        && chart.series.len() > 1
        && chart.series.len() <= MOST_NAMES;
    let right = layout.width - if named { labels::room(&chart, layout) } else { layout.marker * 2.0 };

    let mut scene = Scene { width: layout.width, text: layout.text, ..Scene::default() };
    let mut top = 0.0;
    if theme != Theme::Page {
        top = furniture::title(&mut scene, &chart, layout);
    }
    if !named && chart.series.len() > 1 {
        top = key::key(&mut scene, &chart, layout, top);
    }
    let heading = top + line;
    let provisional =
        Frame { left, right, top: heading, bottom: heading + layout.plot, span, axis: axis.clone() };
    let flags = flags::place(&chart, &provisional, layout);
    // An arrow may reach above the highest value, so words above the plot keep clear of it.
    let frame = provisional.lowered(flags.height + line * 0.9);

    furniture::axes(&mut scene, &chart, &frame, layout, heading - line * 0.25);
    flags.draw(&mut scene, &frame, layout, heading);
    let spots: Vec<Vec<Spot>> = match chart.kind {
        Kind::Line => lines::draw(&mut scene, &chart, &frame, layout),
        Kind::Bar => bars::draw(&mut scene, &chart, &frame, layout),
    };
    if named {
        labels::draw(&mut scene, &chart, &frame, layout, &spots);
    }
    let mut bottom = frame.bottom + furniture::below_plot(&chart, &frame, layout);
    bottom = flags.key(&mut scene, layout, bottom);
    if theme != Theme::Page {
        bottom = furniture::source(&mut scene, &chart, layout, bottom);
    }
    scene.height = (bottom + 2.0).ceil();
    Composed { scene, frame, spots }
}
