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
//! A description goes through three steps, each testable by itself: each kind of chart (`series`, `timeline`, `matrix`,
//! `ranked`) decides where everything stands (a scene of shapes and words), `draw` puts the scene on a plotters drawing area,
//! `svg` is the plotters backend that writes it down. Drawing needs fonts and happens on the server only; `view` is
//! what reaches the page.

pub mod view;

#[cfg(all(test, feature = "ssr"))]
mod checks;
#[cfg(feature = "ssr")]
mod draw;
#[cfg(feature = "ssr")]
mod font;
#[cfg(feature = "ssr")]
mod legend;
#[cfg(feature = "ssr")]
mod marker;
#[cfg(feature = "ssr")]
mod matrix;
#[cfg(feature = "ssr")]
mod picture;
#[cfg(feature = "ssr")]
mod ranked;
#[cfg(feature = "ssr")]
mod raster;
#[cfg(feature = "ssr")]
mod scene;
#[cfg(feature = "ssr")]
mod series;
#[cfg(feature = "ssr")]
mod sheet;
#[cfg(feature = "ssr")]
mod slope;
#[cfg(feature = "ssr")]
mod svg;
#[cfg(feature = "ssr")]
mod theme;
#[cfg(feature = "ssr")]
mod time;
#[cfg(feature = "ssr")]
mod timeline;

pub use view::ChartView;
#[cfg(feature = "ssr")]
pub use {
    font::missing_glyphs,
    matrix::{MatrixCell, MatrixChart, MatrixRow},
    picture::{Foot, Outline, Picture, card},
    ranked::{RankedBar, RankedBars},
    raster::{RasterError, png},
    series::{
        AxisScale, Bound, Flag, Manner, MarkKind, Nature, PanelsChart, Point, Series, TimeChart, spark,
        summary, view,
    },
    sheet::Heading,
    slope::{Slope, SlopeLine},
    theme::{COLOURS, Theme},
    time::Span,
    timeline::{Item, Lane, Stretch, Timeline},
};

#[cfg(feature = "ssr")]
use sheet::{Layout, NARROW, WIDE};

/// Any chart: what is said, before it is drawn.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug)]
pub enum Chart {
    Time(TimeChart),
    Timeline(Timeline),
    Matrix(MatrixChart),
    Ranked(RankedBars),
    Panels(PanelsChart),
    Slope(Slope),
}

#[cfg(feature = "ssr")]
impl Chart {
    /// Everything a page needs of it.
    pub fn view(&self) -> ChartView {
        match self {
            Chart::Time(chart) => series::view(chart),
            Chart::Timeline(chart) => chart.view(),
            Chart::Matrix(chart) => chart.view(),
            Chart::Ranked(chart) => chart.view(),
            Chart::Panels(chart) => chart.view(),
            Chart::Slope(chart) => chart.view(),
        }
    }

    /// The wide drawing alone.
    pub fn drawing(&self) -> String {
        draw::svg(&self.compose(&WIDE, Theme::Page), Theme::Page)
    }

    /// The chart told in one paragraph.
    pub fn summary(&self) -> String {
        match self {
            Chart::Time(chart) => summary(chart),
            Chart::Timeline(chart) => chart.summary(),
            Chart::Matrix(chart) => chart.summary(),
            Chart::Ranked(chart) => chart.ranked().summary(),
            Chart::Panels(chart) => chart.summary(),
            Chart::Slope(chart) => chart.summary(),
        }
    }

    pub fn heading(&self) -> &Heading {
        match self {
            Chart::Time(chart) => &chart.heading,
            Chart::Timeline(chart) => &chart.heading,
            Chart::Matrix(chart) => &chart.heading,
            Chart::Ranked(chart) => &chart.heading,
            Chart::Panels(chart) => &chart.heading,
            Chart::Slope(chart) => &chart.heading,
        }
    }
}

/// Everything a page needs of a chart whose values stand in it as words, so that there is nothing to point at.
#[cfg(feature = "ssr")]
fn still(
    locale: crate::text::Locale,
    heading: &Heading,
    summary: String,
    compose: impl Fn(&Layout, Theme) -> scene::Scene,
) -> ChartView {
    ChartView {
        locale,
        title: heading.title.clone(),
        subtitle: heading.subtitle.clone(),
        summary,
        source_line: heading.source_line.clone(),
        wide: draw::svg(&compose(&WIDE, Theme::Page), Theme::Page),
        narrow: draw::svg(&compose(&NARROW, Theme::Page), Theme::Page),
        readout: None,
    }
}
