//! Charts: pure functions from a declarative description to a drawing. One description yields the picture, its textual summary, and the
//! values for the interactive readout.
//!
//! Invariants of every drawing:
//! * Time is the horizontal axis. A period is drawn at its position and with its length; its marker is in the middle.
//! * A missing measurement is a gap. Nothing is interpolated, smoothed or rounded. A change of scope or method is a gap with a double slash,
//!   and no line reaches a bound.
//! * A forecast is dashed and hollow, an estimate hollow, a reported value filled; bounds are floors or ceilings with an arrow, ranges have
//!   whiskers. Colour never carries meaning alone: every series has its own marker and is labelled at the end of its line.
//! * No two texts overlap, none leaves the drawing, none is smaller than 12 px on a phone 360 px wide.
//! * The same description produces the same bytes.
//!
//! Rendering has three steps, each testable by itself: each kind of chart (`series`, `timeline`, `matrix`, `tiles`, …) lays out a scene of
//! shapes and words, `draw` renders the scene on a plotters drawing area, and `svg` is the plotters backend that writes SVG. `view`
//! holds what a page needs of a chart.

pub mod view;

#[cfg(test)]
mod checks;
mod draw;
mod dress;
mod font;
mod legend;
mod marker;
mod matrix;
mod picture;
mod print;
mod qr;
mod ranked;
mod raster;
mod scene;
mod series;
mod sheet;
mod slope;
mod strips;
mod svg;
mod theme;
mod tiles;
mod time;
mod timeline;

pub use view::{ChartView, Origin, ReadoutView};
pub use {
    dress::{Dress, Misfit},
    font::{FILES as FONT_FILES, glyph, missing_glyphs, paragraph, set_lines, set_width},
    matrix::{MatrixCell, MatrixChart, MatrixRow},
    picture::{Foot, Outline, Picture, card},
    print::{Ink, InkStroke, Mark, PagePrint, PrintSize, Printed, TextAnchor},
    qr::QrCode,
    ranked::{RankedBar, RankedBars},
    raster::{RasterError, png},
    series::{
        AxisScale, Bound, Break, Flag, Manner, MarkKind, Nature, PanelsChart, Point, Series, TimeChart,
        spark, summary, view,
    },
    sheet::Heading,
    slope::{Slope, SlopeLine},
    strips::{Dot, Strip, Strips},
    theme::{COLOURS, Theme},
    tiles::{Tile, TileMap, TileStep, TileValue, steps as tile_steps},
    time::Span,
    timeline::{Item, Lane, Stretch, Timeline},
};

use crate::text::Locale;
use sheet::{Layout, NARROW, WIDE};

/// A chart of any kind: the description before rendering.
#[derive(Clone, Debug)]
pub enum Chart {
    Time(TimeChart),
    Timeline(Timeline),
    Matrix(MatrixChart),
    Ranked(RankedBars),
    Panels(PanelsChart),
    Slope(Slope),
    Strips(Strips),
    Tiles(TileMap),
}

impl Chart {
    /// Renders everything a page needs of the chart.
    pub fn view(&self) -> ChartView {
        match self {
            Chart::Time(chart) => series::view(chart),
            Chart::Timeline(chart) => chart.view(),
            Chart::Matrix(chart) => chart.view(),
            Chart::Ranked(chart) => chart.view(),
            Chart::Panels(chart) => chart.view(),
            Chart::Slope(chart) => chart.view(),
            Chart::Strips(chart) => chart.view(),
            Chart::Tiles(chart) => chart.view(),
        }
    }

    /// Renders the wide drawing alone.
    pub fn drawing(&self) -> String {
        draw::svg(&self.compose(&WIDE, Theme::Page), Theme::Page)
    }

    /// Summarises the chart in one paragraph.
    pub fn summary(&self) -> String {
        match self {
            Chart::Time(chart) => summary(chart),
            Chart::Timeline(chart) => chart.summary(),
            Chart::Matrix(chart) => chart.summary(),
            Chart::Ranked(chart) => chart.ranked().summary(),
            Chart::Panels(chart) => chart.summary(),
            Chart::Slope(chart) => chart.summary(),
            Chart::Strips(chart) => chart.summary(),
            Chart::Tiles(chart) => chart.summary(),
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
            Chart::Strips(chart) => &chart.heading,
            Chart::Tiles(chart) => &chart.heading,
        }
    }

    fn heading_mut(&mut self) -> &mut Heading {
        match self {
            Chart::Time(chart) => &mut chart.heading,
            Chart::Timeline(chart) => &mut chart.heading,
            Chart::Matrix(chart) => &mut chart.heading,
            Chart::Ranked(chart) => &mut chart.heading,
            Chart::Panels(chart) => &mut chart.heading,
            Chart::Slope(chart) => &mut chart.heading,
            Chart::Strips(chart) => &mut chart.heading,
            Chart::Tiles(chart) => &mut chart.heading,
        }
    }

    fn locale(&self) -> Locale {
        match self {
            Chart::Time(chart) => chart.locale,
            Chart::Timeline(chart) => chart.locale,
            Chart::Matrix(chart) => chart.locale,
            Chart::Ranked(chart) => chart.locale,
            Chart::Panels(chart) => chart.locale,
            Chart::Slope(chart) => chart.locale,
            Chart::Strips(chart) => chart.locale,
            Chart::Tiles(chart) => chart.locale,
        }
    }
}

/// Renders everything a page needs of a chart that prints all its values as text and therefore has no readout.
fn still(
    locale: Locale,
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
        linked: false,
    }
}
