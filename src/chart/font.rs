//! How wide words are, and where they may break.

use std::{collections::BTreeMap, sync::LazyLock};

use ab_glyph::{Font, FontRef, GlyphId};

/// The shipped font.
pub const FILE: &[u8] = include_bytes!("fonts/NotoSansSC-subset.otf");

/// The width of each character the shipped font has, in ems, in the widest font a reader is likely to have. Looked up once: a chart
/// measures thousands of them.
static ADVANCES: LazyLock<BTreeMap<char, f64>> = LazyLock::new(|| {
    let font = FontRef::try_from_slice(FILE).expect("the shipped file is a font");
    let per_em = f64::from(font.units_per_em().unwrap_or(1000.0));
    let advance = |(glyph, c): (GlyphId, char)| {
        let advance = f64::from(font.h_advance_unscaled(glyph)) / per_em;
        let wider = match c {
            '0'..='9' => WIDER_DIGITS,
            _ if is_square(c) => 1.0,
            _ => WIDER_LATIN,
        };
        (c, advance * wider)
    };
    font.codepoint_ids().map(advance).collect()
});

/// How far a glyph of the size reaches above and below its baseline.
pub const ASCENT: f64 = 0.88;
pub const DESCENT: f64 = 0.24;
/// From one baseline to the next.
pub const LEADING: f64 = 1.25;

/// Readers see a page in their own font, and the shipped one is narrow: measured against DejaVu Sans, the widest in
/// common use, its Latin letters are up to 1.10 and its digits 1.15 times narrower. Hanzi are square in all fonts.
const WIDER_LATIN: f64 = 1.11;
const WIDER_DIGITS: f64 = 1.15;

/// The width of a line of text, in the unit of `size`, in the widest font a reader is likely to have. What the shipped font does not
/// have counts as square.
pub fn width(text: &str, size: f64) -> f64 {
    let advances = &*ADVANCES;
    text.chars().map(|c| advances.get(&c).copied().unwrap_or(1.0)).sum::<f64>() * size
}

/// The characters of a text that the shipped font lacks, each once: a picture shows a box for each.
pub fn undrawn(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    for c in text.chars().filter(|c| !c.is_ascii() && !ADVANCES.contains_key(c)) {
        if !missing.contains(&c) {
            missing.push(c);
        }
    }
    missing
}

fn is_square(c: char) -> bool {
    ('\u{2E80}'..='\u{FFEF}').contains(&c)
}

/// Breaks a text into lines no wider than `most`: at spaces, and between hanzi except where punctuation forbids.
/// A single word wider than that gets a line of its own and sticks out.
pub fn wrap(text: &str, size: f64, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && width(format!("{line}{piece}").trim_end(), size) > most {
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

/// Like [`wrap`], but the lines are made about equally long, as few as possible.
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

/// What is never broken: a word with its space, a hanzi with the punctuation that must not begin or end a line.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in text.chars() {
        let sticks = match pieces.last() {
            None => false,
            Some(_) => {
                c == ' '
                    || "，。、；：！？）》」』】％·".contains(c)
                    || "（《「『【".contains(last)
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
    fn balanced_lines_are_about_equally_long() {
        assert_eq!(balance("国家电影局统计数据", 10.0, 60.0), ["国家电影局", "统计数据"]);
        assert_eq!(balance("one two three four", 10.0, 70.0).len(), 2);
    }

    #[test]
    fn the_font_knows_every_character_of_the_data() {
        let missing: String = [
            "entities",
            "indicators",
            "producers",
            "events",
            "programs",
            "observations",
            "sources",
            "subsidies",
            "organizations",
        ]
        .iter()
        .flat_map(|table| {
            std::fs::read_to_string(format!("data/{table}.csv")).unwrap().chars().collect::<Vec<_>>()
        })
        .flat_map(|c| undrawn(c.encode_utf8(&mut [0; 4])))
        .collect();
        assert_eq!(missing, "");
    }
}
