//! Composes a scene from a description: the layout of the wide drawing and of the one for a phone.

use super::{
    axes, bars, breaks, flags,
    frame::PlotFrame,
    labels, lines,
    markers::legend_entries,
    model::{MarkKind, TimeChart},
    span, stacked,
    value_axis::ValueAxis,
};
use crate::charts::{
    font,
    legend::{KeyEntry, key},
    scene::{Scene, Spot},
    sheet::Layout,
    theme::Theme,
};

/// Maximum number of series labelled at their lines; more labels would fill the edge.
const MAX_NAMES: usize = 6;

/// Maximum number of them that are a single value: the leaders from several values to their labels would fan over the plot.
const MAX_SINGLES: usize = 1;

/// A drawing with the position of each value in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    pub scene: Scene,
    pub frame: PlotFrame,
    /// Indexed by series and point, in the order of [`TimeChart::in_order`].
    pub spots: Vec<Vec<Spot>>,
}

/// Composes a drawing. A page prints title, subtitle and source around the drawing; a file includes them in the picture.
pub fn compose(chart: &TimeChart, layout: &Layout, theme: Theme) -> Composed {
    with_legend(chart, layout, theme, &legend_entries(&[chart], chart.locale))
}

/// Like [`compose`], but with the given legend entries; pass none if the legend is elsewhere.
pub fn with_legend(chart: &TimeChart, layout: &Layout, theme: Theme, legend: &[KeyEntry]) -> Composed {
    let chart = chart.in_order();
    let axis = ValueAxis::of(&chart);
    let span = span::span(&chart);
    let line = layout.text * crate::charts::font::LEADING;
    let left = axes::room_for_ticks(&axis, layout);
    let several = chart.series.len() > 1;
    let named = chart.kind == MarkKind::Line
        && layout.wide
        && several
        && chart.named().count() <= MAX_NAMES
        && chart.named().filter(|series| series.points.len() == 1).count() <= MAX_SINGLES
        && labels::fit(&chart, layout);
    let right = layout.width - if named { labels::room(&chart, layout) } else { layout.marker * 2.0 };

    let mut scene = Scene { width: layout.width, text: layout.text, ..Scene::default() };
    let mut top = 0.0;
    if theme != Theme::Page {
        top = chart.heading.draw(&mut scene, layout);
    }
    if !named {
        top = key(&mut scene, &entries(&chart), layout, top);
    }
    top = key(&mut scene, legend, layout, top);
    let said = font::wrap(&axis.heading, layout.text, layout.width);
    let heading = top + line * said.len() as f64;
    let provisional =
        PlotFrame { left, right, top: heading, bottom: heading + layout.plot, span, axis: axis.clone() };
    let flags = flags::place(&chart, &provisional, layout);
    // An arrow may extend above the highest value, so text above the plot keeps clear of it.
    let frame = provisional.lowered(flags.height + line * 0.9);

    axes::axes(&mut scene, &chart, &frame, layout, (top + line * 0.75, &said));
    flags.draw(&mut scene, &frame, layout, heading);
    let spots: Vec<Vec<Spot>> = match chart.kind {
        MarkKind::Line => lines::draw(&mut scene, &chart, &frame, layout),
        MarkKind::Bar => bars::draw(&mut scene, &chart, &frame, layout),
        MarkKind::Stacked => stacked::draw(&mut scene, &chart, &frame),
    };
    let broken = breaks::place(&chart, &frame, &spots, lines::marker_radius(&chart, &frame, layout));
    breaks::draw(&mut scene, &broken);
    if named {
        labels::draw(&mut scene, &chart, &frame, layout, &spots, &broken);
    }
    let mut bottom = frame.bottom + axes::below_plot(&chart, &frame, layout);
    if !(chart.manner.listed && theme == Theme::Page) {
        bottom = flags.key(&mut scene, layout, bottom);
    }
    if theme != Theme::Page {
        bottom = chart.heading.draw_source(&mut scene, layout, bottom);
    }
    scene.height = (bottom + 2.0).ceil();
    if let Some(focus) = chart.manner.focus {
        scene.focus_on(focus);
    }
    Composed { scene, frame, spots }
}

/// Returns the legend entries. Lines that look alike have one entry; the name of the only series is left to the text around the drawing.
fn entries(chart: &TimeChart) -> Vec<KeyEntry> {
    let mut entries = Vec::new();
    for series in chart.named() {
        let entry = KeyEntry::series(series.slot, &series.name);
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    if chart.series.len() > 1 && (entries.len() > 1 || chart.series.iter().any(|series| series.quiet)) {
        entries
    } else {
        Vec::new()
    }
}
