//! Charts: pure functions from a plain description to a drawing. The same description makes the picture, the words
//! that tell it, and the values an island may point at.
//!
//! What every drawing keeps to:
//! * Time is the horizontal axis: a period is drawn where it lies, as long as it is, its mark in its middle.
//! * What was not measured is a gap. Nothing is interpolated, smoothed or rounded.
//! * A forecast is dashed and hollow, an estimate hollow, a report filled; bounds and ranges have whiskers. Colour never
//!   tells alone: every series has its marker, and stands by its name where its line ends.
//! * No two texts overlap, none leaves the drawing, none is smaller than 12 px on a phone 360 px wide.
//! * The same description gives the same bytes.
//!
//! A description goes through three steps, each testable by itself: [`compose`] decides where everything stands (a scene of shapes and
//! words), [`draw`] puts the scene on a plotters drawing area, [`svg`] is the plotters backend that writes it down.
//! Drawing needs fonts and happens on the server only; [`view`] is what reaches the page.

pub mod view;

#[cfg(feature = "ssr")]
mod axis;
#[cfg(feature = "ssr")]
mod bars;
#[cfg(feature = "ssr")]
mod compose;
#[cfg(feature = "ssr")]
mod draw;
#[cfg(feature = "ssr")]
mod flags;
#[cfg(feature = "ssr")]
mod font;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod furniture;
#[cfg(feature = "ssr")]
mod key;
#[cfg(feature = "ssr")]
mod labels;
#[cfg(feature = "ssr")]
mod lines;
#[cfg(feature = "ssr")]
mod marker;
#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "ssr")]
mod readout;
#[cfg(feature = "ssr")]
mod scene;
#[cfg(feature = "ssr")]
mod spark;
#[cfg(feature = "ssr")]
mod summary;
#[cfg(feature = "ssr")]
mod svg;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "ssr")]
mod theme;
#[cfg(feature = "ssr")]
mod time;

pub use view::ChartView;
#[cfg(feature = "ssr")]
pub use {
    model::{Bound, Flag, Kind, Nature, Point, Series, TimeChart},
    spark::spark,
    summary::summary,
    theme::Theme,
};

/// Everything a page needs of a chart: both drawings, its words, and the values under a pointer.
#[cfg(feature = "ssr")]
pub fn view(chart: &TimeChart) -> ChartView {
    let wide = compose::compose(chart, &compose::WIDE, Theme::Page);
    let narrow = compose::compose(chart, &compose::NARROW, Theme::Page);
    ChartView {
        locale: chart.locale,
        title: chart.title.clone(),
        subtitle: chart.subtitle.clone(),
        summary: summary(chart),
        source_line: chart.source_line.clone(),
        readout: readout::readout(chart, &wide, &narrow),
        wide: draw::svg(&wide.scene, Theme::Page),
        narrow: draw::svg(&narrow.scene, Theme::Page),
    }
}

/// The chart as a picture of its own, with title, subtitle and source line in it, literal colours and a named font:
/// for files that leave the site.
#[cfg(feature = "ssr")]
pub fn picture(chart: &TimeChart, theme: Theme) -> String {
    draw::svg(&compose::compose(chart, &compose::WIDE, theme).scene, theme)
}
