//! Time charts: values over time, as lines or bars.

mod axes;
mod bars;
mod breaks;
mod compose;
mod flags;
mod frame;
mod labels;
mod lines;
mod lttb;
mod markers;
mod model;
mod panels;
mod readout;
mod span;
mod spark;
mod stacked;
mod summary;
#[cfg(test)]
pub(super) mod tests;
mod value_axis;
mod whiskers;

pub use model::{AxisScale, Bound, Break, Flag, Manner, MarkKind, Nature, Point, Series, TimeChart};
pub use panels::PanelsChart;
pub use spark::spark;
pub use summary::summary;

use super::{
    ChartView, draw,
    scene::Scene,
    sheet::{Layout, NARROW, WIDE},
    theme::Theme,
};

/// Renders everything a page needs of a chart: both drawings, the summary, and the values of the readout.
pub fn view(chart: &TimeChart) -> ChartView {
    let wide = compose::compose(chart, &WIDE, Theme::Page);
    let narrow = compose::compose(chart, &NARROW, Theme::Page);
    ChartView {
        locale: chart.locale,
        title: chart.heading.title.clone(),
        subtitle: chart.heading.subtitle.clone(),
        summary: summary(chart),
        linked: false,
        source_line: chart.heading.source_line.clone(),
        readout: Some(readout::readout(chart, &wide, &narrow)),
        wide: draw::svg(&wide.scene, Theme::Page),
        narrow: draw::svg(&narrow.scene, Theme::Page),
    }
}

/// Composes the scene, with the position of each value in the order of [`TimeChart::in_order`].
#[cfg(test)]
pub fn compose_with_spots(
    chart: &TimeChart,
    layout: &Layout,
    theme: Theme,
) -> (Scene, Vec<Vec<super::scene::Spot>>) {
    let composed = compose::compose(chart, layout, theme);
    (composed.scene, composed.spots)
}

/// Composes the scene alone. Outside a page, it includes title, subtitle and source line.
pub fn compose(chart: &TimeChart, layout: &Layout, theme: Theme) -> Scene {
    compose::compose(chart, layout, theme).scene
}
