//! Word separation by script.

use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{GeneralCategory, GeneralCategoryGroup, Ideographic, LineBreak, Script},
};

/// Class of a letter of a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Part of a word between spaces.
    Word,
    /// Part of a run without word boundaries.
    Run,
    /// Neither: a separator.
    Gap,
}

/// Scripts searched by parts of a run, because they have no spaces between words or attach articles and particles to them.
const RUNS: [Script; 9] = [
    Script::Hiragana,
    Script::Katakana,
    Script::Bopomofo,
    Script::Hangul,
    Script::Yi,
    Script::Tibetan,
    Script::Arabic,
    Script::Hebrew,
    Script::Han,
];

pub fn class(letter: char) -> Class {
    match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Word,
        '\0'..='\x7f' => Class::Gap,
        '\u{4e00}'..='\u{9fff}' | 'ー' | '々' | '〇' => Class::Run,
        _ => rare(letter),
    }
}

fn rare(letter: char) -> Class {
    let category = CodePointMapData::<GeneralCategory>::new().get(letter);
    let is_mark = GeneralCategoryGroup::Mark.contains(category);
    if !letter.is_alphanumeric() && !is_mark {
        return Class::Gap;
    }
    let runs = CodePointSetData::new::<Ideographic>().contains(letter)
        // Thai, Lao, Khmer, Burmese …: line breaks require a dictionary.
        || CodePointMapData::<LineBreak>::new().get(letter) == LineBreak::ComplexContext
        || RUNS.contains(&CodePointMapData::<Script>::new().get(letter))
        || matches!(letter, '\u{3099}' | '\u{309a}');
    if runs { Class::Run } else { Class::Word }
}
