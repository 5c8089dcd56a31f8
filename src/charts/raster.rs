//! Rasterises drawings. Only the shipped fonts are loaded, so that a picture has the same bytes on every machine.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{FontResolver, Options, Tree, fontdb},
};

use super::Picture;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for file in super::font::FILES {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(file)));
    }
    fonts.set_sans_serif_family("Noto Sans CJK SC");
    Arc::new(fonts)
});

/// Rasterisation failed. The project's own SVG is well-formed, so this indicates a bug.
#[derive(Debug, thiserror::Error)]
pub enum RasterError {
    #[error("the drawing is no SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("a picture of {0} × {1} pixels cannot be held")]
    Size(u32, u32),
    #[error("the picture cannot be written: {0}")]
    Png(#[from] png::EncodingError),
}

/// Renders a picture as PNG at `percent` of its size, with its title and description as text chunks.
///
/// # Errors
///
/// If the text is not valid SVG, or the picture would be too large.
pub fn png(picture: &Picture, percent: u16) -> Result<Vec<u8>, RasterError> {
    let tree = parse(&picture.svg)?;
    let size = tree.size().to_int_size();
    let scaled = |length: u32| (length * u32::from(percent)).div_ceil(100);
    let (width, height) = (scaled(size.width()), scaled(size.height()));
    let mut pixels = Pixmap::new(width, height).ok_or(RasterError::Size(width, height))?;
    let scale = f32::from(percent) / 100.0;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    for (keyword, text) in [("Title", &picture.title), ("Description", &picture.description)] {
        if !text.is_empty() {
            encoder.add_itxt_chunk(keyword.to_owned(), text.clone())?;
        }
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels.take_demultiplied())?;
    writer.finish()?;
    Ok(file)
}

/// Parses the drawing and lays out its text. Glyphs missing in the first font are taken from the next.
fn parse(svg: &str) -> Result<Tree, RasterError> {
    let select_fallback = Box::new(|_: char, used: &[fontdb::ID], fonts: &mut Arc<fontdb::Database>| {
        fonts.faces().map(|face| face.id).find(|id| !used.contains(id))
    });
    let font_resolver = FontResolver { select_fallback, ..FontResolver::default() };
    let options = Options { fontdb: Arc::clone(&FONTS), font_resolver, ..Options::default() };
    Ok(Tree::from_str(&straightened(&emboldened(svg)), &options)?)
}

/// Gives bold text an outline in its own colour, because the shipped fonts have one weight.
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

/// Replaces apostrophes within English words by straight ones: in the shipped font the typographic one is as wide as a hanzi, which tears
/// words apart.
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
    use resvg::usvg;

    use super::*;

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"20\" viewBox=\"0 0 60 20\" font-family=\"'Noto Sans CJK SC'\" font-size=\"14\"><path d=\"M0 0H60V20H0z\" fill=\"#fff\"/><text x=\"2\" y=\"15\" font-weight=\"600\" fill=\"#000\">微短剧</text></svg>";

    #[test]
    fn an_apostrophe_stays_within_its_word() {
        assert_eq!(
            straightened("<text>event’s, firms’ ‘微短剧’</text>"),
            "<text>event's, firms' ‘微短剧’</text>"
        );
    }

    /// Collects the glyphs of every text of a drawing.
    fn glyphs(group: &usvg::Group, found: &mut Vec<(u32, String)>) {
        for node in group.children() {
            match node {
                usvg::Node::Group(group) => glyphs(group, found),
                usvg::Node::Text(text) => found.extend(
                    text.layouted()
                        .iter()
                        .flat_map(|span| &span.positioned_glyphs)
                        .map(|glyph| (glyph.id.0, glyph.text.clone())),
                ),
                _ => {}
            }
        }
    }

    #[test]
    fn no_name_is_drawn_with_the_box_of_a_missing_glyph() {
        for name in crate::charts::checks::NAMES {
            let tree = parse(&SVG.replace("微短剧", name)).unwrap();
            let mut found = Vec::new();
            glyphs(tree.root(), &mut found);
            let drawn: String = found.iter().map(|(_, text)| text.as_str()).collect();
            assert!(drawn.chars().filter(|c| !c.is_whitespace()).count() > 2, "{name} is drawn as “{drawn}”");
            for (glyph, text) in found {
                assert_ne!(glyph, 0, "“{text}” of “{name}” has no glyph");
            }
        }
    }

    fn picture() -> Picture {
        Picture {
            svg: SVG.to_owned(),
            title: "微短剧".to_owned(),
            description: "Three hanzi.".to_owned(),
            width: 60,
            height: 20,
        }
    }

    #[test]
    fn a_file_says_what_it_shows() {
        let file = png(&picture(), 100).unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let texts = reader.info().utf8_text.iter();
        let texts: Vec<_> = texts.map(|text| (text.keyword.as_str(), text.get_text().unwrap())).collect();
        assert_eq!(texts, [("Title", "微短剧".to_owned()), ("Description", "Three hanzi.".to_owned())]);
    }

    #[test]
    fn chinese_is_drawn_at_each_size() {
        for percent in [100, 200] {
            let bytes = png(&picture(), percent).unwrap();
            let picture = Pixmap::decode_png(&bytes).unwrap();
            let scaled = |length: u32| length * u32::from(percent) / 100;
            assert_eq!((picture.width(), picture.height()), (scaled(60), scaled(20)));
            let dark = picture.pixels().iter().filter(|pixel| pixel.red() < 100).count();
            assert!(dark > 60, "{dark} dark pixels");
        }
        assert_eq!(png(&picture(), 100).unwrap(), png(&picture(), 100).unwrap());
    }
}
