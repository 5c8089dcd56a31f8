//! Folding: removes distinctions from a text that readers do not intend.

use std::sync::LazyLock;

use icu_casemap::CaseMapper;
use icu_properties::{
    CodePointMapData,
    props::{GeneralCategory, Script},
};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::characters::is_default_ignorable;

/// A letter of a folded text, with the byte range of the text that it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folded {
    pub letter: char,
    pub from: usize,
    pub to: usize,
}

/// Folds a text: NFKC, full case folding, accents and invisible characters removed, hanzi simplified, digits as `0` to `9`.
///
/// Processes one grapheme cluster at a time, so that each letter has a source range.
pub fn fold(text: &str) -> Vec<Folded> {
    let mut out = Vec::with_capacity(text.len());
    let mut scratch = String::new();
    let mut at = 0;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let from = at;
        if let Some(alone) = alone(letter)
            && next.is_none_or(|next| self::alone(next).is_some())
        {
            at += letter.len_utf8();
            out.push(Folded { letter: alone, from, to: at });
            continue;
        }
        let cluster = text[at..].graphemes(true).next().unwrap_or_default();
        at += cluster.len();
        for _ in cluster.chars().skip(1) {
            letters.next();
        }
        scratch.clear();
        fold_cluster(cluster, &mut scratch);
        out.extend(scratch.chars().map(|letter| Folded { letter, from, to: at }));
    }
    out
}

/// Fast path: folds a character that does not combine with others of this set. Most texts consist of such characters.
fn alone(letter: char) -> Option<char> {
    match letter {
        '\0'..='\x7f' => Some(letter.to_ascii_lowercase()),
        '\u{4e00}'..='\u{9fff}' => Some(simplified(letter)),
        '、'..='〃' | '〈'..='】' => Some(' '),
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(letter) - 0xfee0).map(|half| half.to_ascii_lowercase())
        }
        _ => None,
    }
}

fn fold_cluster(cluster: &str, out: &mut String) {
    let visible: String = cluster.nfkd().filter(|c| !is_default_ignorable(*c)).collect();
    let folded = CaseMapper::new().fold_string(&visible);
    // Case folding can produce decomposable characters (U+0345), and removed characters may have separated others.
    let bare: String = folded.nfkd().filter(|c| !is_accent(*c) && !is_default_ignorable(*c)).collect();
    for letter in bare.nfc() {
        match latin(letter) {
            Some(letters) => out.push_str(letters),
            None => out.push(digit(simplified(letter))),
        }
    }
}

/// Whether a mark can be dropped from its letter. Marks that change the syllable, as in kana and Indic scripts, cannot.
fn is_accent(c: char) -> bool {
    CodePointMapData::<GeneralCategory>::new().get(c) == GeneralCategory::NonspacingMark
        && matches!(
            CodePointMapData::<Script>::new().get(c),
            Script::Inherited | Script::Hebrew | Script::Cyrillic
        )
        && !matches!(c, '\u{3099}' | '\u{309a}')
}

/// Replacement of Latin letters that Unicode does not decompose: the letter without its stroke.
fn latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'đ' | 'ð' | 'ɖ' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'ŋ' => "n",
        'ŧ' => "t",
        _ => return None,
    })
}

/// Zeros of the non-Latin decimal digits in use.
const ZEROS: [u32; 17] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
    0x1040, 0x17e0,
];

fn digit(letter: char) -> char {
    let code = u32::from(letter);
    let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code));
    zero.and_then(|zero| char::from_digit(code - zero, 10)).unwrap_or(letter)
}

/// Pairs of a traditional and a simplified hanzi, from OpenCC's character table (Apache-2.0, <https://opencc.byvoid.com>), and of radicals
/// and the hanzi they resemble (Unicode's `EquivalentUnifiedIdeograph`).
const PAIRS: &str = include_str!("simplified.txt");

/// First code point of the direct look-up table.
const FIRST: u32 = 0x2e80;

/// Look-up tables from a hanzi to its simplified form.
struct Simplified {
    /// Simplified form of each code point from [`FIRST`].
    direct: Vec<char>,
    /// Sorted pairs of rarer hanzi beyond the direct table.
    others: Vec<(char, char)>,
}

static SIMPLIFIED: LazyLock<Simplified> = LazyLock::new(|| {
    let mut direct: Vec<char> = (FIRST..0xa000).filter_map(char::from_u32).collect();
    let mut others = Vec::new();
    let mut letters = PAIRS.chars().filter(|c| !c.is_whitespace());
    while let (Some(from), Some(to)) = (letters.next(), letters.next()) {
        match place(from).and_then(|place| direct.get_mut(place)) {
            Some(own) => *own = to,
            None => others.push((from, to)),
        }
    }
    others.sort_unstable();
    Simplified { direct, others }
});

fn place(letter: char) -> Option<usize> {
    usize::try_from(u32::from(letter).checked_sub(FIRST)?).ok()
}

/// Returns the simplified form of a hanzi, and any other letter unchanged.
fn simplified(letter: char) -> char {
    let Some(place) = place(letter) else { return letter };
    let Simplified { direct, others } = &*SIMPLIFIED;
    match direct.get(place) {
        Some(simple) => *simple,
        None => others.binary_search_by_key(&letter, |(from, _)| *from).map_or(letter, |at| others[at].1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hanzi_is_simplified_twice() {
        let letters: Vec<char> = PAIRS.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(letters.len() > 6000 && letters.len().is_multiple_of(2));
        for pair in letters.chunks(2) {
            assert_eq!(simplified(pair[0]), pair[1]);
            assert_eq!(simplified(pair[1]), pair[1], "{pair:?}");
        }
    }

    #[test]
    fn the_fast_path_folds_like_the_slow_one() {
        for letter in ('\0'..='\u{ffff}').filter(|letter| alone(*letter).is_some()) {
            let mut long = String::new();
            fold_cluster(&letter.to_string(), &mut long);
            let short = alone(letter).unwrap();
            let same = long == short.to_string()
                || (!short.is_alphanumeric() && !long.chars().any(char::is_alphanumeric));
            assert!(same, "{letter:?}: {short:?} {long:?}");
        }
    }
}
