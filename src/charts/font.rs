//! Text metrics and line breaking.

use std::{collections::BTreeMap, sync::LazyLock};

use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
};

use crate::text::characters::{fault, is_invisible};

/// The shipped fonts in lookup order: Chinese with basic Latin, then all further Latin, Greek and Cyrillic letters with their combining
/// marks. `fonts/README.md` lists the coverage.
pub const FILES: [&[u8]; 2] =
    [include_bytes!("fonts/NotoSansSC-subset.otf"), include_bytes!("fonts/NotoSans-subset.ttf")];

/// Advance width in ems of each character that the shipped fonts cover, scaled to the widest font a reader is likely to have. Computed
/// once, because a chart measures thousands of characters.
static ADVANCES: LazyLock<BTreeMap<char, f64>> = LazyLock::new(|| {
    let mut advances = BTreeMap::new();
    for file in FILES {
        let font = FontRef::new(file).expect("the shipped file is a font");
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let per_em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        for (code, glyph) in font.charmap().mappings() {
            let (Some(c), Some(advance)) = (char::from_u32(code), metrics.advance_width(glyph)) else {
                continue;
            };
            let wider = match c {
                '0'..='9' => WIDER_DIGITS,
                _ if is_square(c) => 1.0,
                _ => WIDER_LATIN,
            };
            advances.entry(c).or_insert(f64::from(advance) / per_em * wider);
        }
    }
    advances
});

/// Ascent and descent of a glyph relative to its baseline, in ems.
pub const ASCENT: f64 = 0.88;
pub const DESCENT: f64 = 0.24;
/// Distance from one baseline to the next, in ems.
pub const LEADING: f64 = 1.25;

/// Scale factors for the shipped font, which is narrow; readers see a page in their own font. Measured against DejaVu Sans, the widest in
/// common use, its Latin letters are up to 1.10 and its digits up to 1.15 times narrower. Hanzi are square in all fonts.
const WIDER_LATIN: f64 = 1.11;
const WIDER_DIGITS: f64 = 1.15;

/// Returns the width of a line of text, in the unit of `size`, in the widest font a reader is likely to have. Characters that the shipped
/// fonts lack count as square.
pub fn width(text: &str, size: f64) -> f64 {
    let advances = &*ADVANCES;
    text.chars().map(|c| advances.get(&c).copied().unwrap_or(1.0)).sum::<f64>() * size
}

/// Returns the characters of a text that no shipped font can draw, each once, in order of appearance. A raster picture shows a box in their
/// place. Characters that are never drawn (controls, joiners, variation selectors) are excluded.
pub fn missing_glyphs(text: &str) -> String {
    let advances = &*ADVANCES;
    let mut missing = String::new();
    for c in text.chars().filter(|c| !advances.contains_key(c) && fault(*c).is_none() && !is_invisible(*c)) {
        if !missing.contains(c) {
            missing.push(c);
        }
    }
    missing
}

/// Returns whether a character is as wide as it is high in every font: hanzi, kana, Hangul, full-width forms.
fn is_square(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
        && !matches!(c, '\u{FB00}'..='\u{FB4F}' | '\u{FE20}'..='\u{FE2F}')
}

/// A glyph of a shipped font.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SetGlyph {
    /// Index of the font in [`FILES`].
    pub font: usize,
    pub id: u32,
    /// Advance width in ems.
    pub advance: f64,
}

/// Glyph and advance in ems of each character of each shipped font. Computed once, because a document sets thousands of characters.
static GLYPHS: LazyLock<[BTreeMap<char, (u32, f64)>; 2]> = LazyLock::new(|| {
    FILES.map(|file| {
        let font = FontRef::new(file).expect("the shipped file is a font");
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let per_em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let glyph = |(code, glyph)| {
            let (c, advance) = (char::from_u32(code)?, metrics.advance_width(glyph)?);
            Some((c, (glyph.to_u32(), f64::from(advance) / per_em)))
        };
        font.charmap().mappings().filter_map(glyph).collect()
    })
});

/// Stands for a character that no shipped font can draw.
const MISSING: char = '□';

/// Returns the glyph with which a document that embeds the shipped fonts sets a character. `latin`: punctuation that both scripts share is
/// as narrow as in Latin text.
pub fn glyph(c: char, latin: bool) -> Option<SetGlyph> {
    let narrow = latin && "‘’“”…—–·".contains(c);
    let order = if narrow { [1, 0] } else { [0, 1] };
    let fonts = &*GLYPHS;
    let find = |c: char| {
        let found = |font: usize| {
            let (id, advance) = *fonts[font].get(&c)?;
            Some(SetGlyph { font, id, advance })
        };
        order.into_iter().find_map(found)
    };
    find(c).or_else(|| find(MISSING))
}

/// Returns the width of a line of text as a document that embeds the shipped fonts sets it.
pub fn set_width(text: &str, size: f64, latin: bool) -> f64 {
    text.chars().filter_map(|c| glyph(c, latin)).map(|glyph| glyph.advance).sum::<f64>() * size
}

/// Breaks a text into lines as a document that embeds the shipped fonts sets it, and within words that are wider than a line.
pub fn set_lines(text: &str, size: f64, most: f64, latin: bool) -> Vec<String> {
    let width = |text: &str| set_width(text, size, latin);
    chop_by(wrap_by(text, most, &width), most, &width)
}

/// Breaks a text into lines for paper: as `wrap` does, and within words that are wider than a line.
pub fn paragraph(text: &str, size: f64, most: f64) -> Vec<String> {
    chop(wrap(text, size, most), size, most)
}

/// Breaks a text into lines no wider than `most`: at spaces, and between hanzi except where punctuation forbids it. A single word wider
/// than `most` gets its own line and overflows.
pub fn wrap(text: &str, size: f64, most: f64) -> Vec<String> {
    wrap_by(text, most, &|text| width(text, size))
}

fn wrap_by(text: &str, most: f64, width: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && width(format!("{line}{piece}").trim_end()) > most {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        line.push_str(&piece);
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Like [`wrap`], but balances the lengths of the lines; uses as few lines as possible.
pub fn balance(text: &str, size: f64, most: f64) -> Vec<String> {
    let lines = wrap(text, size, most);
    if lines.len() < 2 {
        return lines;
    }
    let mut narrower = most;
    let mut best = lines;
    while narrower > size * 2.0 {
        narrower -= size / 2.0;
        let lines = wrap(text, size, narrower);
        if lines.len() > best.len() || lines.iter().any(|line| width(line, size) > narrower) {
            break;
        }
        best = lines;
    }
    best
}

/// Breaks lines that are wider than `most` within their words. For texts that a reader wrote: no word of the data is as long.
pub fn chop(lines: Vec<String>, size: f64, most: f64) -> Vec<String> {
    chop_by(lines, most, &|text| width(text, size))
}

fn chop_by(lines: Vec<String>, most: f64, width: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines {
        let mut rest = String::new();
        for c in line.chars() {
            if !rest.is_empty() && width(&format!("{rest}{c}")) > most {
                out.push(std::mem::take(&mut rest));
            }
            rest.push(c);
        }
        out.push(rest);
    }
    out
}

/// Cuts a text that is wider than `most` after a whole word or hanzi, and ends it with an ellipsis.
pub fn shorten(text: &str, size: f64, most: f64) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut short = String::new();
    for piece in pieces(text) {
        if !short.is_empty() && width(&format!("{short}{piece}…"), size) > most {
            break;
        }
        short.push_str(&piece);
    }
    short.truncate(short.trim_end_matches([' ', ',', '，', '、', ';', '；', ':', '：', '·']).len());
    short + "…"
}

/// Splits a text into unbreakable pieces: a word with its space, or a hanzi with the punctuation that must not begin or end a line.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in text.chars() {
        let sticks = match pieces.last() {
            None => false,
            Some(_) => {
                c == ' '
                    || "，。、；：！？）》」』】％·”’…—".contains(c)
                    || "（《「『【“‘".contains(last)
                    || (last != ' ' && !is_square(last) && !is_square(c))
            }
        };
        match pieces.last_mut() {
            Some(piece) if sticks => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        last = c;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_after_a_word() {
        assert_eq!(shorten("Short", 10.0, 100.0), "Short");
        assert_eq!(shorten("Measures, for the audiovisual industry", 10.0, 70.0), "Measures…");
        assert_eq!(shorten("上海市浦东新区微短剧", 10.0, 75.0), "上海市浦东新…");
    }

    #[test]
    fn hanzi_are_square_and_latin_is_not() {
        assert_eq!(width("微短剧", 10.0), 30.0);
        assert!(width("DataEye", 10.0) < 45.0 && width("DataEye", 10.0) > 40.0);
        assert_eq!(width("\u{10FFFF}", 10.0), 10.0);
    }

    #[test]
    fn lines_break_at_spaces_and_between_hanzi() {
        assert_eq!(wrap("China Film Administration", 10.0, 60.0), ["China Film", "Administration"]);
        assert_eq!(wrap("国家电影局（全国）", 10.0, 55.0), ["国家电影局", "（全国）"]);
        assert_eq!(wrap("", 10.0, 50.0), [""]);
        assert_eq!(wrap("Unbreakableword", 10.0, 20.0), ["Unbreakableword"]);
    }

    #[test]
    fn only_what_is_too_wide_is_broken_within_a_word() {
        let lines = chop(wrap("a Unbreakableword 微短剧", 10.0, 40.0), 10.0, 40.0);
        assert!(lines.iter().all(|line| width(line, 10.0) <= 40.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), "aUnbreakableword微短剧");
        assert_eq!(
            (lines.first().map(String::as_str), lines.last().map(String::as_str)),
            (Some("a"), Some("微短剧"))
        );
    }

    #[test]
    fn balanced_lines_are_about_equally_long() {
        assert_eq!(balance("国家电影局统计数据", 10.0, 60.0), ["国家电影局", "统计数据"]);
        assert_eq!(balance("one two three four", 10.0, 70.0).len(), 2);
    }

    #[test]
    fn every_character_of_the_data_can_be_drawn() {
        let files = std::fs::read_dir("data").unwrap().map(|file| file.unwrap().path());
        let mut text = String::new();
        for path in files.filter(|path| path.extension().is_some_and(|extension| extension == "csv")) {
            let mut reader = csv::Reader::from_path(path).unwrap();
            // A page prints its own title in any script of the world; `observatory check` warns of those.
            let drawn: Vec<bool> = reader.headers().unwrap().iter().map(|column| column != "title").collect();
            for record in reader.records() {
                let record = record.unwrap();
                text.extend(record.iter().zip(&drawn).filter(|(_, drawn)| **drawn).map(|(cell, _)| cell));
            }
        }
        assert!(!text.is_empty());
        assert_eq!(missing_glyphs(&text), "");
    }

    #[test]
    fn names_of_other_places_and_rare_hanzi_can_be_drawn() {
        for text in crate::charts::checks::NAMES {
            assert_eq!(missing_glyphs(text), "", "{text}");
        }
        let ranges =
            ['\u{20}'..='\u{7E}', '\u{A0}'..='\u{24F}', '\u{300}'..='\u{36F}', '\u{1E00}'..='\u{1EFF}']
                .into_iter()
                .chain(['\u{400}'..='\u{4FF}', '\u{20A0}'..='\u{20BF}', '\u{2F00}'..='\u{2FD5}'])
                .chain([
                    '\u{3041}'..='\u{3096}',
                    '\u{30A0}'..='\u{30FF}',
                    '\u{4E00}'..='\u{9FA5}',
                    '\u{FF01}'..='\u{FF5E}',
                ]);
        let text: String = ranges.flatten().collect();
        assert_eq!(missing_glyphs(&text), "");
    }

    #[test]
    fn what_cannot_be_drawn_is_named_once_and_what_is_never_drawn_is_not() {
        assert_eq!(missing_glyphs("剧\u{13000}ก剧ก"), "\u{13000}ก");
        assert_eq!(missing_glyphs("a\u{200B}\u{FE0F}\n\u{AD}b"), "");
    }
}
