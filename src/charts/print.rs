//! Drawings for paper: of a given width, without heading and source line, which the document prints as text of its own.

use serde::{Deserialize, Serialize};

use super::{
    Chart, Picture, draw,
    scene::{Anchor, Dash, Scene, Shape, Spot, Stroke},
    sheet::{Layout, NARROW},
    svg::About,
    theme::{Paint, Theme},
};

/// Width of a drawing on paper, and the height of its plot, in units of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrintSize {
    pub width: f64,
    pub plot: f64,
}

/// A colour: red, green, blue.
pub type Ink = [u8; 3];

/// A line around or along a shape.
#[derive(Clone, Debug, PartialEq)]
pub struct InkStroke {
    pub ink: Ink,
    pub width: f64,
    /// Lengths of dashes and gaps; empty for a solid line.
    pub dash: &'static [f32],
}

/// Which end of a text stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextAnchor {
    Start,
    Middle,
    End,
}

/// A shape of a drawing with its colours, in painting order.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    Line {
        spots: Vec<Spot>,
        stroke: InkStroke,
    },
    Area {
        spots: Vec<Spot>,
        /// Colour and opacity.
        fill: Option<(Ink, f64)>,
        stroke: Option<InkStroke>,
    },
    Disc {
        centre: Spot,
        radius: f64,
        fill: Option<(Ink, f64)>,
        stroke: Option<InkStroke>,
    },
    Text {
        text: String,
        at: Spot,
        anchor: TextAnchor,
        size: f64,
        ink: Ink,
        strong: bool,
        /// Colour of a halo around the letters.
        halo: Option<Ink>,
    },
}

/// A finished drawing for paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    pub width: f64,
    pub height: f64,
    pub marks: Vec<Mark>,
    /// The same as a picture file.
    pub picture: Picture,
    /// The same for a page, in the colours of the page.
    pub page: PagePrint,
}

/// A drawing in a page: `svg` elements for paper and desktops, and for phones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PagePrint {
    pub wide: String,
    pub narrow: String,
}

/// Height added to a plot per attempt where its labels overlap, and the maximum number of attempts.
const STEP: f64 = 24.0;
const MAX_STEPS: u8 = 8;
/// Size of the text, in units of the drawing.
const TEXT: f64 = 12.0;

impl Printed {
    /// A drawing of nothing.
    pub fn empty() -> Printed {
        let picture = Picture {
            svg: String::new(),
            title: String::new(),
            description: String::new(),
            width: 0,
            height: 0,
        };
        Printed { width: 0.0, height: 0.0, marks: Vec::new(), picture, page: PagePrint::default() }
    }
}

impl Chart {
    /// Draws the chart for paper. Where its labels would overlap, the plot is taller than asked for.
    pub fn printed(&self, size: PrintSize) -> Printed {
        let scene = self.scene_for(size);
        let title = self.heading().title.clone();
        let (width, height) = (scene.width.ceil() as u32, scene.height.ceil() as u32);
        let description = self.summary();
        let about =
            About { locale: self.locale(), title: &title, description: &description, size: (width, height) };
        let svg = draw::document(&scene, Theme::Light, &about);
        let mut narrow = self.compose(&NARROW, Theme::Page);
        narrow.links.clear();
        let page =
            PagePrint { wide: draw::svg(&scene, Theme::Page), narrow: draw::svg(&narrow, Theme::Page) };
        Printed {
            width: scene.width,
            height: scene.height,
            marks: marks(&scene),
            picture: Picture { svg, title, description, width, height },
            page,
        }
    }

    /// Height of the drawing for paper, in units of the drawing.
    pub fn printed_height(&self, size: PrintSize) -> f64 {
        self.scene_for(size).height
    }

    fn scene_for(&self, size: PrintSize) -> Scene {
        let layout = |taller: f64| Layout {
            width: size.width,
            plot: size.plot + taller,
            text: TEXT,
            marker: 3.4,
            wide: size.width > 450.0,
        };
        let mut scene = self.compose(&layout(0.0), Theme::Page);
        for step in 1..=MAX_STEPS {
            if scene.is_legible() {
                break;
            }
            scene = self.compose(&layout(f64::from(step) * STEP), Theme::Page);
        }
        scene.links.clear();
        scene
    }
}

fn ink(paint: Paint) -> Ink {
    let colour = Theme::Light.rgb(paint);
    [colour.0, colour.1, colour.2]
}

fn stroke(stroke: &Stroke) -> InkStroke {
    let dash: &[f32] = match stroke.dash {
        Dash::Solid => &[],
        Dash::Forecast => &[5.0, 4.0],
        Dash::Dotted => &[1.0, 3.0],
        Dash::Long => &[10.0, 3.0],
    };
    InkStroke { ink: ink(stroke.paint), width: stroke.width, dash }
}

fn marks(scene: &Scene) -> Vec<Mark> {
    let shapes = scene.groups.iter().flat_map(|group| &group.shapes);
    let mark = |shape: &Shape| match shape {
        Shape::Path { spots, stroke: line } => Mark::Line { spots: spots.clone(), stroke: stroke(line) },
        Shape::Area { spots, fill, stroke: line } => Mark::Area {
            spots: spots.clone(),
            fill: fill.map(|fill| (ink(fill.paint), fill.opacity)),
            stroke: line.as_ref().map(stroke),
        },
        Shape::Disc { centre, radius, fill, stroke: line } => Mark::Disc {
            centre: *centre,
            radius: *radius,
            fill: fill.map(|fill| (ink(fill.paint), fill.opacity)),
            stroke: line.as_ref().map(stroke),
        },
        Shape::Words(words) => Mark::Text {
            text: words.text.clone(),
            at: words.at,
            anchor: match words.anchor {
                Anchor::Start => TextAnchor::Start,
                Anchor::Middle => TextAnchor::Middle,
                Anchor::End => TextAnchor::End,
            },
            size: words.size,
            ink: ink(words.paint),
            strong: words.strong,
            halo: words.halo.then(|| ink(Paint::Ground)),
        },
    };
    shapes.map(mark).collect()
}
