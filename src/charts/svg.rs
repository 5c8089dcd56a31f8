//! Plotters backend that writes SVG for a page: presentation attributes only (nothing that a strict content security policy refuses), one
//! decimal, one group per part of the chart, and dashes as `stroke-dasharray`.

use std::{cell::RefCell, convert::Infallible, fmt::Write, ops::Range};

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    text_anchor::HPos,
};

use sha2::{Digest, Sha256};

use super::{
    scene::{FINE, Scene, SceneLink},
    theme::{FAMILY, Paint, Theme},
};
use crate::text::{Locale, characters, html};

/// Metadata of a standalone document.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub locale: Locale,
    /// Accessible name.
    pub title: &'a str,
    /// Accessible description; may be empty.
    pub description: &'a str,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// SVG writer. Outlives the drawing area, which only borrows it.
pub struct Document {
    out: String,
    theme: Theme,
    text: i32,
    /// Whether each part is hidden from assistive technology, because links beside them name the same.
    hides_parts: bool,
    dash: Option<&'static str>,
    halo: Option<(u8, u8, u8)>,
    /// Byte range of the outline filled last, while its element is still open: a stroke along the same outline is merged into that element.
    filled: Option<Range<usize>>,
    /// Buffer for the outline being written, reused between shapes.
    outline: String,
}

impl Document {
    /// Opens a document. Without `about` it has one pixel per unit, and the embedding page provides its accessible name.
    pub fn open(scene: &Scene, theme: Theme, about: Option<&About<'_>>) -> Self {
        let tenth = |length: f64| {
            let mut out = String::new();
            number(&mut out, (length * FINE) as i32);
            out
        };
        let (width, height, text) = (tenth(scene.width), tenth(scene.height), tenth(scene.text));
        let mut out = String::with_capacity(8 * 1024);
        // Defaults inherited by all elements.
        let _ = write!(out, "<svg viewBox=\"0 0 {width} {height}\"");
        if theme == Theme::Page {
            // A hidden drawing could not contain links that a keyboard reaches; its parts are hidden instead.
            if scene.links.is_empty() {
                out.push_str(" aria-hidden=\"true\" focusable=\"false\"");
            }
        } else {
            let (wide, high) = match about {
                Some(About { size: (wide, high), .. }) => (wide.to_string(), high.to_string()),
                None => (width.clone(), height.clone()),
            };
            let _ = write!(out, " xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\"");
            let _ = write!(out, " font-family=\"{FAMILY}\"");
        }
        let about = about.map(|about| Described::new(about, theme));
        if let Some(about) = &about {
            about.write_attributes(&mut out);
        }
        let _ = write!(
            out,
            " font-size=\"{text}\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\">"
        );
        if let Some(about) = &about {
            about.write_elements(&mut out);
        }
        let text = (scene.text * FINE) as i32;
        let hides_parts = theme == Theme::Page && !scene.links.is_empty();
        let mut document = Document {
            out,
            theme,
            text,
            hides_parts,
            dash: None,
            halo: None,
            filled: None,
            outline: String::new(),
        };
        if theme != Theme::Page {
            let ground = theme.rgb(Paint::Ground);
            let ground = theme.css((ground.0, ground.1, ground.2));
            let _ = write!(document.out, "<path d=\"M0 0H{width}V{height}H0z\" fill=\"{ground}\"/>");
        }
        document
    }

    pub fn close(mut self) -> String {
        self.settle();
        self.out.push_str("</svg>");
        self.out
    }

    pub fn begin(&mut self, name: &str) {
        self.settle();
        let hidden = if self.hides_parts { " aria-hidden=\"true\"" } else { "" };
        let _ = write!(self.out, "<g class=\"{name}\"{hidden}>");
    }

    /// Lays transparent links over the drawing.
    pub fn links(&mut self, links: &[SceneLink]) {
        self.settle();
        for SceneLink { bounds, href, label } in links {
            self.attribute("<a class=\"tile-link\" href=\"", &html::escape(href));
            self.attribute(" aria-label=\"", &html::escape(&characters::printable(label)));
            self.out.push('>');
            let tenth = |length: f64| (length * FINE).round() as i32;
            let corners = [
                (tenth(bounds.left), tenth(bounds.top)),
                (tenth(bounds.right), tenth(bounds.top)),
                (tenth(bounds.right), tenth(bounds.bottom)),
                (tenth(bounds.left), tenth(bounds.bottom)),
            ];
            outline(&mut self.out, corners, true);
            let _ = write!(
                self.out,
                " pointer-events=\"all\"/><title>{}</title></a>",
                html::escape(&characters::printable(label))
            );
        }
    }

    pub fn end(&mut self) {
        self.settle();
        self.out.push_str("</g>");
    }

    /// Sets the dash pattern of subsequent strokes.
    pub fn dash(&mut self, dash: Option<&'static str>) {
        self.dash = dash;
    }

    /// Sets the halo colour of subsequent text.
    pub fn halo(&mut self, ground: Option<(u8, u8, u8)>) {
        self.halo = ground;
    }

    /// Closes an element that was left open for a stroke.
    fn settle(&mut self) {
        if self.filled.take().is_some() {
            self.out.push_str("/>");
        }
    }

    fn fill(&mut self, color: BackendColor, outline: impl FnOnce(&mut String)) {
        self.settle();
        let begin = self.out.len();
        outline(&mut self.out);
        self.filled = Some(begin..self.out.len());
        self.attribute(" fill=\"", &self.theme.css(color.rgb));
        if color.alpha < 1.0 {
            let _ = write!(self.out, " fill-opacity=\"{}\"", (color.alpha * 100.0).round() / 100.0);
        }
    }

    fn stroke<S: BackendStyle>(&mut self, style: &S, outline: impl FnOnce(&mut String)) {
        self.outline.clear();
        outline(&mut self.outline);
        if self.filled.take_if(|filled| self.out[filled.clone()] == self.outline).is_none() {
            self.settle();
            self.out.push_str(&self.outline);
        }
        self.attribute(" stroke=\"", &self.theme.css(style.color().rgb));
        if style.stroke_width() != FINE as u32 {
            self.out.push_str(" stroke-width=\"");
            number(&mut self.out, style.stroke_width() as i32);
            self.out.push('"');
        }
        if let Some(dash) = self.dash {
            self.attribute(" stroke-dasharray=\"", dash);
            self.out.push_str(" stroke-linecap=\"butt\"");
        }
        self.out.push_str("/>");
    }

    fn attribute(&mut self, opened: &str, value: &str) {
        self.out.push_str(opened);
        self.out.push_str(value);
        self.out.push('"');
    }
}

/// Accessible name and description of a document, with the ids that refer to them.
struct Described<'a> {
    about: &'a About<'a>,
    /// Distinct for distinct documents, so that several of them can be embedded in one page.
    id: String,
}

impl<'a> Described<'a> {
    fn new(about: &'a About<'a>, theme: Theme) -> Self {
        let About { locale, title, description, size: (width, height) } = about;
        let digest =
            Sha256::digest(format!("{locale}\0{title}\0{description}\0{theme:?}\0{width}\0{height}"));
        Described { about, id: format!("chart-{}", hex::encode(&digest[..6])) }
    }

    fn write_attributes(&self, out: &mut String) {
        let (id, tag) = (&self.id, self.about.locale.tag());
        let _ = write!(out, " role=\"img\" lang=\"{tag}\" xml:lang=\"{tag}\" aria-labelledby=\"{id}-title");
        if !self.about.description.is_empty() {
            let _ = write!(out, " {id}-desc");
        }
        out.push('"');
    }

    fn write_elements(&self, out: &mut String) {
        let (id, About { title, description, .. }) = (&self.id, self.about);
        let _ =
            write!(out, "<title id=\"{id}-title\">{}</title>", html::escape(&characters::printable(title)));
        if !description.is_empty() {
            let _ = write!(
                out,
                "<desc id=\"{id}-desc\">{}</desc>",
                html::escape(&characters::printable(description))
            );
        }
    }
}

/// Writes a number given in tenths, without a trailing `.0`.
fn number(out: &mut String, tenths: i32) {
    if tenths < 0 {
        out.push('-');
    }
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    out.push_str(itoa::Buffer::new().format(whole));
    if tenth != 0 {
        out.push('.');
        out.push_str(itoa::Buffer::new().format(tenth));
    }
}

/// Writes the start tag of a path up to its outline. A path that ends where it began is closed, and so is every area.
fn outline(out: &mut String, spots: impl IntoIterator<Item = BackendCoord>, area: bool) {
    out.push_str("<path d=\"M");
    let (mut first, mut last) = (None, None);
    let (mut count, mut before_last) = (0, out.len());
    for (x, y) in spots {
        before_last = out.len();
        if count > 0 {
            out.push(' ');
        }
        number(out, x);
        out.push(' ');
        number(out, y);
        first = first.or(Some((x, y)));
        last = Some((x, y));
        count += 1;
    }
    let returns = count > 2 && first == last;
    if returns {
        out.truncate(before_last);
    }
    out.push_str(if returns || area { "z\"" } else { "\"" });
}

fn circle(out: &mut String, (x, y): BackendCoord, radius: u32) {
    for (opened, length) in [("<circle cx=\"", x), ("\" cy=\"", y), ("\" r=\"", radius as i32)] {
        out.push_str(opened);
        number(out, length);
    }
    out.push('"');
}

/// Drawing backend for plotters.
pub struct SvgBackend<'a> {
    document: &'a RefCell<Document>,
    size: (u32, u32),
}

impl<'a> SvgBackend<'a> {
    pub fn new(document: &'a RefCell<Document>, width: u32, height: u32) -> Self {
        SvgBackend { document, size: (width, height) }
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for SvgBackend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.fill_polygon([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)], &color)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let spots = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        if fill { self.fill_polygon(spots, style) } else { self.draw_path(spots, style) }
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.document.borrow_mut().stroke(style, |out| outline(out, path, false));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let mut document = self.document.borrow_mut();
        if fill {
            document.fill(style.color(), |out| circle(out, centre, radius));
        } else {
            document.stroke(style, |out| circle(out, centre, radius));
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        spots: I,
        style: &S,
    ) -> Drawn {
        self.document.borrow_mut().fill(style.color(), |out| outline(out, spots, true));
        Ok(())
    }

    /// The position is the baseline, regardless of the style's vertical anchor: only there do fonts agree.
    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, (x, y): BackendCoord) -> Drawn {
        let mut document = self.document.borrow_mut();
        document.settle();
        let Document { out, text: usual, theme, halo, .. } = &mut *document;
        out.push_str("<text x=\"");
        number(out, x);
        out.push_str("\" y=\"");
        number(out, y);
        out.push_str(match style.anchor().h_pos {
            HPos::Left => "\"",
            HPos::Center => "\" text-anchor=\"middle\"",
            HPos::Right => "\" text-anchor=\"end\"",
        });
        let size = style.size().round() as i32;
        if size != *usual {
            out.push_str(" font-size=\"");
            number(out, size);
            out.push('"');
        }
        if matches!(style.style(), FontStyle::Bold) {
            out.push_str(" font-weight=\"600\"");
        }
        let _ = write!(out, " fill=\"{}\"", theme.css(style.color().rgb));
        if let Some(ground) = halo {
            let ground = theme.css(*ground);
            let _ = write!(out, " stroke=\"{ground}\" stroke-width=\"4\" paint-order=\"stroke\"");
        }
        let _ = write!(out, ">{}</text>", html::escape(&characters::printable(text)));
        Ok(())
    }
}
