//! Draws what is laid out on the pages of the document.

use std::sync::LazyLock;

use krilla::{
    action::LinkAction,
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb,
    geom::{Path, PathBuilder, Point, Quadrilateral, Rect, Transform},
    num::NormalizedF32,
    page::Page,
    paint::{Fill, LineCap, LineJoin, Stroke, StrokeDash},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, SpanTag},
    text::{Font, GlyphId, KrillaGlyph},
};

use super::{
    layout::{Area, Item},
    tree::Tree,
};
use crate::charts::{FONT_FILES, Ink, InkStroke, Mark, TextAnchor, glyph, set_width};

/// The shipped fonts, read once.
static FONTS: LazyLock<Option<[Font; 2]>> = LazyLock::new(|| {
    let [first, second] = FONT_FILES.map(|file| Font::new(file.into(), 0));
    Some([first?, second?])
});

pub fn fonts() -> Option<&'static [Font; 2]> {
    FONTS.as_ref()
}

/// The fonts, and whether punctuation is Latin.
#[derive(Clone, Copy)]
pub struct Pen {
    pub fonts: &'static [Font; 2],
    pub latin: bool,
}

/// Width of the outline that makes text bold, in ems: the fonts have one weight.
const BOLD: f64 = 0.032;
/// Width of a halo around letters in a drawing, in its units.
const HALO: f32 = 3.0;

/// Draws everything on a page except links, and notes in the structure where it stands.
pub fn items(surface: &mut Surface<'_>, items: &[Item], tree: &mut Tree, pen: Pen) {
    for item in items {
        match item {
            Item::Text { line, x, baseline, size, ink, strong, of } => {
                let contents = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                text(surface, line, (*x, *baseline), (*size, *ink, *strong), pen);
                surface.end_tagged();
                tree.fill(*of, contents);
            }
            Item::Rule { area, ink } => {
                surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
                fill(surface, *ink, 1.0);
                if let Some(path) = rectangles([*area]) {
                    surface.draw_path(&path);
                }
                surface.end_tagged();
            }
            Item::Drawing { marks, at, scale, of } => {
                let contents = surface.start_tagged(ContentTag::Other);
                let (x, y, scale) = (at.0 as f32, at.1 as f32, *scale as f32);
                surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, x, y));
                for one in marks {
                    mark(surface, one, pen);
                }
                surface.pop();
                surface.end_tagged();
                tree.fill(*of, contents);
            }
            Item::Code { code, area, of } => {
                let contents = surface.start_tagged(ContentTag::Other);
                let (left, top, width, _) = *area;
                let unit = width / f64::from(code.side);
                let runs = code.runs.iter().map(|(x, y, length)| {
                    let [x, y, length] = [x, y, length].map(|squares| f64::from(*squares) * unit);
                    (left + x, top + y, length, unit)
                });
                fill(surface, [0, 0, 0], 1.0);
                if let Some(path) = rectangles(runs) {
                    surface.draw_path(&path);
                }
                surface.end_tagged();
                tree.fill(*of, contents);
            }
            Item::Link { .. } => {}
        }
    }
}

/// Adds the links of a page.
pub fn links(page: &mut Page<'_>, items: &[Item], tree: &mut Tree) {
    for item in items {
        let Item::Link { areas, address, of } = item else { continue };
        let corners = |(x, y, width, height): &Area| {
            let point = |x: f64, y: f64| Point::from_xy(x as f32, y as f32);
            Quadrilateral([
                point(*x, y + height),
                point(x + width, y + height),
                point(x + width, *y),
                point(*x, *y),
            ])
        };
        let areas: Vec<Quadrilateral> = areas.iter().map(corners).collect();
        if areas.is_empty() {
            continue;
        }
        let target = Target::Action(LinkAction::new(address.clone()).into());
        let link = LinkAnnotation::new_with_quad_points(areas, target);
        let contents = page.add_tagged_annotation(Annotation::new_link(link, Some(address.clone())));
        tree.fill(*of, contents);
    }
}

fn colour([red, green, blue]: Ink) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn opacity(of: f64) -> NormalizedF32 {
    NormalizedF32::new(of as f32).unwrap_or(NormalizedF32::ONE)
}

fn fill(surface: &mut Surface<'_>, ink: Ink, opaque: f64) {
    surface.set_fill(Some(Fill { paint: colour(ink).into(), opacity: opacity(opaque), ..Fill::default() }));
    surface.set_stroke(None);
}

fn stroke(surface: &mut Surface<'_>, stroke: &InkStroke) {
    let dash = (!stroke.dash.is_empty()).then(|| StrokeDash { array: stroke.dash.to_vec(), offset: 0.0 });
    let line_cap = if dash.is_some() { LineCap::Butt } else { LineCap::Round };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: colour(stroke.ink).into(),
        width: stroke.width as f32,
        line_cap,
        line_join: LineJoin::Round,
        dash,
        ..Stroke::default()
    }));
}

fn rectangles(areas: impl IntoIterator<Item = Area>) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (x, y, width, height) in areas {
        path.push_rect(Rect::from_xywh(x as f32, y as f32, width as f32, height as f32)?);
    }
    path.finish()
}

fn polygon(spots: &[(f64, f64)], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (first, others) = spots.split_first()?;
    path.move_to(first.0 as f32, first.1 as f32);
    for (x, y) in others {
        path.line_to(*x as f32, *y as f32);
    }
    if closed {
        path.close();
    }
    path.finish()
}

/// A circle of four curves.
fn circle((x, y): (f64, f64), radius: f64) -> Option<Path> {
    const REACH: f64 = 0.552_284_75;
    let mut path = PathBuilder::new();
    let at = |dx: f64, dy: f64| ((x + dx * radius) as f32, (y + dy * radius) as f32);
    let (from_x, from_y) = at(1.0, 0.0);
    path.move_to(from_x, from_y);
    for ((ax, ay), (bx, by), (tx, ty)) in [
        ((1.0, REACH), (REACH, 1.0), (0.0, 1.0)),
        ((-REACH, 1.0), (-1.0, REACH), (-1.0, 0.0)),
        ((-1.0, -REACH), (-REACH, -1.0), (0.0, -1.0)),
        ((REACH, -1.0), (1.0, -REACH), (1.0, 0.0)),
    ] {
        let ((ax, ay), (bx, by), (tx, ty)) = (at(ax, ay), at(bx, by), at(tx, ty));
        path.cubic_to(ax, ay, bx, by, tx, ty);
    }
    path.close();
    path.finish()
}

fn mark(surface: &mut Surface<'_>, mark: &Mark, pen: Pen) {
    let (path, filled, stroked) = match mark {
        Mark::Line { spots, stroke } => (polygon(spots, false), None, Some(stroke)),
        Mark::Area { spots, fill, stroke } => (polygon(spots, true), *fill, stroke.as_ref()),
        Mark::Disc { centre, radius, fill, stroke } => (circle(*centre, *radius), *fill, stroke.as_ref()),
        Mark::Text { text: words, at, anchor, size, ink, strong, halo } => {
            let width = set_width(words, *size, pen.latin);
            let left = match anchor {
                TextAnchor::Start => at.0,
                TextAnchor::Middle => at.0 - width / 2.0,
                TextAnchor::End => at.0 - width,
            };
            let place = (left, at.1);
            if let Some(ground) = halo {
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: colour(*ground).into(),
                    width: HALO,
                    line_join: LineJoin::Round,
                    ..Stroke::default()
                }));
                glyphs(surface, words, place, *size, pen, true);
            }
            text(surface, words, place, (*size, *ink, *strong), pen);
            return;
        }
    };
    let Some(path) = path else { return };
    if let Some((ink, opaque)) = filled {
        fill(surface, ink, opaque);
        surface.draw_path(&path);
    }
    if let Some(line) = stroked {
        stroke(surface, line);
        surface.draw_path(&path);
    }
}

/// Sets a line of text.
fn text(
    surface: &mut Surface<'_>,
    line: &str,
    place: (f64, f64),
    (size, ink, strong): (f64, Ink, bool),
    pen: Pen,
) {
    fill(surface, ink, 1.0);
    if strong {
        surface.set_stroke(Some(Stroke {
            paint: colour(ink).into(),
            width: (size * BOLD) as f32,
            line_join: LineJoin::Round,
            ..Stroke::default()
        }));
    }
    glyphs(surface, line, place, size, pen, false);
    surface.set_stroke(None);
}

/// Draws glyphs, a run for each font.
fn glyphs(
    surface: &mut Surface<'_>,
    line: &str,
    (mut x, y): (f64, f64),
    size: f64,
    pen: Pen,
    outlined: bool,
) {
    let mut run: Vec<KrillaGlyph> = Vec::new();
    let (mut font, mut width) = (0, 0.0);
    let mut finish = |run: &mut Vec<KrillaGlyph>, font: usize, x: f64| {
        if !run.is_empty() {
            let start = Point::from_xy(x as f32, y as f32);
            surface.draw_glyphs(start, run, pen.fonts[font].clone(), line, size as f32, outlined);
            run.clear();
        }
    };
    for (at, c) in line.char_indices() {
        let Some(set) = glyph(c, pen.latin) else { continue };
        if set.font != font {
            finish(&mut run, font, x);
            x += std::mem::take(&mut width);
            font = set.font;
        }
        let range = at..at + c.len_utf8();
        run.push(KrillaGlyph::new(GlyphId::new(set.id), set.advance as f32, 0.0, 0.0, 0.0, range, None));
        width += set.advance * size;
    }
    finish(&mut run, font, x);
}
