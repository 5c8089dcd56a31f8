//! Renders a scene on a plotters drawing area. Plotters uses integer pixels; ten of them make one scene unit.

use std::cell::RefCell;

use plotters::{
    coord::Shift,
    drawing::{DrawingArea, IntoDrawingArea},
    element::{Circle, PathElement, Polygon, Text},
    style::{
        Color, FontDesc, FontFamily, FontStyle, ShapeStyle, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};

use super::{
    scene::{Anchor, Dash, FINE, Fill, Scene, Shape, Spot, Stroke, Words},
    svg::{About, Document, SvgBackend},
    theme::{Paint, Theme},
};

type Area<'a> = DrawingArea<SvgBackend<'a>, Shift>;

/// Renders the scene as an `svg` element, one pixel per scene unit.
pub fn svg(scene: &Scene, theme: Theme) -> String {
    drawn(scene, theme, None)
}

/// Renders the scene as a standalone SVG document with an accessible name and description.
pub fn document(scene: &Scene, theme: Theme, about: &About<'_>) -> String {
    drawn(scene, theme, Some(about))
}

fn drawn(scene: &Scene, theme: Theme, about: Option<&About<'_>>) -> String {
    let document = RefCell::new(Document::open(scene, theme, about));
    {
        let area = SvgBackend::new(&document, fine(scene.width) as u32, fine(scene.height) as u32)
            .into_drawing_area();
        let pen = Pen { document: &document, area: &area, theme };
        for group in &scene.groups {
            document.borrow_mut().begin(group.name);
            group.shapes.iter().for_each(|shape| pen.shape(shape));
            document.borrow_mut().end();
        }
    }
    if theme == Theme::Page {
        document.borrow_mut().links(&scene.links);
    }
    document.into_inner().close()
}

/// Converts a length to plotters pixels, rounded to the nearest tenth of a unit.
fn fine(length: f64) -> i32 {
    (length * FINE).round() as i32
}

fn spot((x, y): Spot) -> (i32, i32) {
    (fine(x), fine(y))
}

struct Pen<'a> {
    document: &'a RefCell<Document>,
    area: &'a Area<'a>,
    theme: Theme,
}

impl Pen<'_> {
    fn shape(&self, shape: &Shape) {
        match shape {
            Shape::Path { spots, stroke } => {
                self.stroked(stroke, |style| {
                    self.put(&PathElement::new(spots.iter().copied().map(spot).collect::<Vec<_>>(), style));
                });
            }
            Shape::Area { spots, fill, stroke } => {
                let mut outline: Vec<_> = spots.iter().copied().map(spot).collect();
                if let Some(fill) = fill {
                    self.put(&Polygon::new(outline.clone(), self.filled(fill)));
                }
                if let Some(stroke) = stroke {
                    outline.extend(outline.first().copied());
                    self.stroked(stroke, |style| self.put(&PathElement::new(outline, style)));
                }
            }
            Shape::Disc { centre, radius, fill, stroke } => {
                if let Some(fill) = fill {
                    self.put(&Circle::new(spot(*centre), fine(*radius), self.filled(fill)));
                }
                if let Some(stroke) = stroke {
                    self.stroked(stroke, |style| self.put(&Circle::new(spot(*centre), fine(*radius), style)));
                }
            }
            Shape::Words(words) => self.words(words),
        }
    }

    fn stroked(&self, stroke: &Stroke, draw: impl FnOnce(ShapeStyle)) {
        self.document.borrow_mut().dash(match stroke.dash {
            Dash::Solid => None,
            Dash::Forecast => Some("5 4"),
            Dash::Dotted => Some("1 3"),
            Dash::Long => Some("10 3"),
        });
        let color = self.theme.rgb(stroke.paint).to_rgba();
        draw(ShapeStyle { color, filled: false, stroke_width: fine(stroke.width) as u32 });
        self.document.borrow_mut().dash(None);
    }

    fn filled(&self, fill: &Fill) -> ShapeStyle {
        self.theme.rgb(fill.paint).mix(fill.opacity).filled()
    }

    fn words(&self, words: &Words) {
        let weight = if words.strong { FontStyle::Bold } else { FontStyle::Normal };
        let across = match words.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let color = self.theme.rgb(words.paint);
        let font = FontDesc::new(FontFamily::SansSerif, words.size * FINE, weight);
        let style = TextStyle::from(font).color(&color).pos(Pos::new(across, VPos::Bottom));
        self.document.borrow_mut().halo(words.halo.then(|| {
            let ground = self.theme.rgb(Paint::Ground);
            (ground.0, ground.1, ground.2)
        }));
        self.put(&Text::new(words.text.as_str(), spot(words.at), style));
        self.document.borrow_mut().halo(None);
    }

    /// Draws an element. Writing to a string is infallible, so the result is discarded.
    fn put<'e, E>(&self, element: &'e E)
    where
        &'e E: plotters::element::PointCollection<'e, (i32, i32)>,
        E: for<'b> plotters::element::Drawable<SvgBackend<'b>>,
    {
        let drawn = self.area.draw(element);
        debug_assert!(drawn.is_ok(), "{:?}", drawn.err());
    }
}
