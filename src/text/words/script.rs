//! How the scripts of the world separate words.

use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{GeneralCategory, GeneralCategoryGroup, Ideographic, LineBreak, Script},
};

/// What a letter of a folded text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A word between blanks.
    Word,
    /// A run in which words are not told apart.
    Run,
    /// Neither.
    Gap,
}

/// Scripts that are searched by parts of a run: they have no blanks between words, or glue articles and particles to them.
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
        // Thai, Lao, Khmer, Burmese …: lines break where a dictionary says.
        || CodePointMapData::<LineBreak>::new().get(letter) == LineBreak::ComplexContext
        || RUNS.contains(&CodePointMapData::<Script>::new().get(letter))
        || matches!(letter, '\u{3099}' | '\u{309a}');
    if runs { Class::Run } else { Class::Word }
}
