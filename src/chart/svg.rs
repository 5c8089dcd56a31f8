//! A plotters backend that writes SVG for a page: presentation attributes only, nothing that a strict content security
//! policy would refuse, one decimal, a group for each part of the chart, dashes as dashes.

use std::{cell::RefCell, convert::Infallible, fmt::Write};

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    text_anchor::HPos,
};

use super::{
    draw::FINE,
    scene::Scene,
    theme::{FAMILY, Paint, Theme},
};

/// The text being written. It outlives the drawing area, which only borrows it.
pub struct Document {
    out: String,
    theme: Theme,
    text: i32,
    dash: Option<&'static str>,
    halo: Option<(u8, u8, u8)>,
    /// The outline last filled and where its element still lacks its end: a stroke of the same outline joins it.
    filled: Option<(String, usize)>,
}

impl Document {
    /// Opens a document; `size` in pixels is that of a file, which otherwise has a pixel to each unit.
    pub fn open(scene: &Scene, theme: Theme, size: Option<(u32, u32)>) -> Self {
        let (width, height) = (number((scene.width * FINE) as i32), number((scene.height * FINE) as i32));
        let text = (scene.text * FINE) as i32;
        let mut out = String::with_capacity(8 * 1024);
        // What an element does not say itself it has from here.
        let _ = write!(out, "<svg viewBox=\"0 0 {width} {height}\"");
        if theme == Theme::Page {
            out.push_str(" aria-hidden=\"true\" focusable=\"false\"");
        } else {
            let (wide, high) = match size {
                Some((wide, high)) => (wide.to_string(), high.to_string()),
                None => (width.clone(), height.clone()),
            };
            let _ = write!(out, " xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\"");
            let _ = write!(out, " font-family=\"{FAMILY}\"");
        }
        let _ = write!(
            out,
            " font-size=\"{}\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\">",
            number(text)
        );
        let mut document = Document { out, theme, text, dash: None, halo: None, filled: None };
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
        let _ = write!(self.out, "<g class=\"{name}\">");
    }

    pub fn end(&mut self) {
        self.settle();
        self.out.push_str("</g>");
    }

    /// The dashes of the strokes that follow.
    pub fn dash(&mut self, dash: Option<&'static str>) {
        self.dash = dash;
    }

    /// The colour around the words that follow.
    pub fn halo(&mut self, ground: Option<(u8, u8, u8)>) {
        self.halo = ground;
    }

    /// Ends an element that was kept open for a stroke.
    fn settle(&mut self) {
        if self.filled.take().is_some() {
            self.out.push_str("/>");
        }
    }

    fn fill(&mut self, outline: String, color: BackendColor) {
        self.settle();
        let _ = write!(self.out, "{outline} fill=\"{}\"", self.theme.css(color.rgb));
        if color.alpha < 1.0 {
            let _ = write!(self.out, " fill-opacity=\"{}\"", (color.alpha * 100.0).round() / 100.0);
        }
        self.filled = Some((outline, self.out.len()));
    }

    fn stroke<S: BackendStyle>(&mut self, outline: String, style: &S) {
        match self.filled.take() {
            Some((filled, end)) if filled == outline && end == self.out.len() => {}
            Some(_) => {
                self.out.push_str("/>");
                self.out.push_str(&outline);
            }
            None => self.out.push_str(&outline),
        }
        let _ = write!(self.out, " stroke=\"{}\"", self.theme.css(style.color().rgb));
        if style.stroke_width() != FINE as u32 {
            let _ = write!(self.out, " stroke-width=\"{}\"", number(style.stroke_width() as i32));
        }
        if let Some(dash) = self.dash {
            let _ = write!(self.out, " stroke-dasharray=\"{dash}\" stroke-linecap=\"butt\"");
        }
        self.out.push_str("/>");
    }
}

/// A tenth of the number, without a needless decimal.
fn number(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

/// A path's start tag up to its outline; a path that ends where it began is closed.
fn outline(spots: impl IntoIterator<Item = BackendCoord>) -> String {
    let mut spots: Vec<_> = spots.into_iter().collect();
    let closed = spots.len() > 2 && spots.first() == spots.last();
    if closed {
        spots.pop();
    }
    let mut path = String::from("<path d=\"M");
    for (index, (x, y)) in spots.into_iter().enumerate() {
        let _ = write!(path, "{}{} {}", if index == 0 { "" } else { " " }, number(x), number(y));
    }
    path.push_str(if closed { "z\"" } else { "\"" });
    path
}

pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// What plotters draws on.
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
        self.document.borrow_mut().stroke(outline(path), style);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let circle =
            format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"", number(x), number(y), number(radius as i32));
        let mut document = self.document.borrow_mut();
        if fill {
            document.fill(circle, style.color())
        } else {
            document.stroke(circle, style)
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        spots: I,
        style: &S,
    ) -> Drawn {
        let mut spots: Vec<_> = spots.into_iter().collect();
        if spots.first() != spots.last() {
            spots.extend(spots.first().copied());
        }
        self.document.borrow_mut().fill(outline(spots), style.color());
        Ok(())
    }

    /// The position is the baseline, whatever the style's vertical anchor: only there do fonts agree.
    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, (x, y): BackendCoord) -> Drawn {
        let mut document = self.document.borrow_mut();
        document.settle();
        let mut tag = format!("<text x=\"{}\" y=\"{}\"", number(x), number(y));
        tag.push_str(match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        });
        if style.size().round() as i32 != document.text {
            let _ = write!(tag, " font-size=\"{}\"", number(style.size().round() as i32));
        }
        if matches!(style.style(), FontStyle::Bold) {
            tag.push_str(" font-weight=\"600\"");
        }
        let _ = write!(tag, " fill=\"{}\"", document.theme.css(style.color().rgb));
        if let Some(ground) = document.halo {
            let ground = document.theme.css(ground);
            let _ = write!(tag, " stroke=\"{ground}\" stroke-width=\"4\" paint-order=\"stroke\"");
        }
        let _ = write!(document.out, "{tag}>{}</text>", escape(text));
        Ok(())
    }
}
