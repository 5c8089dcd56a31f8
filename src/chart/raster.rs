//! A drawing as pixels. Only the shipped font is known here, so that a picture has the same bytes on every machine.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb},
};

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(super::font::FILE.to_vec());
    fonts.set_sans_serif_family("Noto Sans CJK SC");
    Arc::new(fonts)
});

/// A picture could not be made. Ours are well-formed, so this is a fault of the program.
#[derive(Debug, thiserror::Error)]
pub enum RasterError {
    #[error("the drawing is no SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("a picture of {0} × {1} pixels cannot be held")]
    Size(u32, u32),
    #[error("the picture cannot be written: {0}")]
    Png(String),
}

/// A drawing as PNG, in `percent` of its size.
///
/// # Errors
///
/// If the text is no SVG, or the picture would be too large.
pub fn png(svg: &str, percent: u16) -> Result<Vec<u8>, RasterError> {
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(&straightened(&emboldened(svg)), &options)?;
    let size = tree.size().to_int_size();
    let scaled = |length: u32| (length * u32::from(percent)).div_ceil(100);
    let (width, height) = (scaled(size.width()), scaled(size.height()));
    let mut pixels = Pixmap::new(width, height).ok_or(RasterError::Size(width, height))?;
    let scale = f32::from(percent) / 100.0;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| RasterError::Png(error.to_string()))
}

/// The shipped font has one weight: strong words get an outline of their own colour.
fn emboldened(svg: &str) -> String {
    const STRONG: &str = " font-weight=\"600\" fill=\"";
    let mut pieces = svg.split(STRONG);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (colour, rest) = piece.split_once('"').unwrap_or((piece, ""));
        out += &format!(" fill=\"{colour}\"");
        if !rest.starts_with(" stroke") {
            out += &format!(" stroke=\"{colour}\" stroke-width=\"0.6\"");
        }
        out += rest;
    }
    out
}

/// In the shipped font the apostrophe is as wide as a hanzi, which tears English words apart: within them it becomes a straight one.
fn straightened(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut before = ' ';
    let mut letters = svg.chars().peekable();
    while let Some(c) = letters.next() {
        let within = before.is_ascii_alphanumeric() && letters.peek().is_some_and(|after| after.is_ascii());
        out.push(if c == '’' && within { '\'' } else { c });
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"20\" viewBox=\"0 0 60 20\" font-family=\"'Noto Sans CJK SC'\" font-size=\"14\"><path d=\"M0 0H60V20H0z\" fill=\"#fff\"/><text x=\"2\" y=\"15\" font-weight=\"600\" fill=\"#000\">微短剧</text></svg>";

    #[test]
    fn an_apostrophe_stays_within_its_word() {
        assert_eq!(
            straightened("<text>event’s, firms’ ‘微短剧’</text>"),
            "<text>event's, firms' ‘微短剧’</text>"
        );
    }

    #[test]
    fn chinese_is_drawn_at_each_size() {
        for percent in [100, 200] {
            let bytes = png(SVG, percent).unwrap();
            let picture = Pixmap::decode_png(&bytes).unwrap();
            let scaled = |length: u32| length * u32::from(percent) / 100;
            assert_eq!((picture.width(), picture.height()), (scaled(60), scaled(20)));
            let dark = picture.pixels().iter().filter(|pixel| pixel.red() < 100).count();
            assert!(dark > 60, "{dark} dark pixels");
        }
        assert_eq!(png(SVG, 100).unwrap(), png(SVG, 100).unwrap());
    }
}
