//! Search vector of a row: a Postgres `tsvector` in its text format.

use std::{
    collections::BTreeMap,
    fmt::{self, Write},
};

use super::{Class, Token, WordCut, class, is_stop_word, pinyin, stem};

/// Prefix of a pinyin syllable, which distinguishes it from words.
pub const SYLLABLE: char = '~';

/// Prefix of initials.
pub const INITIALS: char = '^';

/// Length of the stored sequences of initials. Longer ones are searched as a phrase of these.
pub const WINDOW: usize = 4;

/// Maximum number of words of a name that are found when they are typed in one.
const MAX_JOINED: usize = 3;

/// Highest position that Postgres distinguishes, and the maximum number of positions per word.
const LAST: usize = 16_383;
const MAX_POSITIONS: usize = 255;

/// Collects the words of a row: those of its names with weight A, their pronunciation and their words written in one with weight B, all others
/// with weight D.
#[derive(Default)]
pub struct Vector {
    words: BTreeMap<String, Vec<(usize, char)>>,
    /// Position of the last word so far.
    at: usize,
}

impl Vector {
    /// Adds a name: its words, their stems and their pinyin.
    pub fn name(&mut self, text: &str) {
        self.text(text, true);
    }

    /// Adds any other text.
    pub fn rest(&mut self, text: &str) {
        self.text(text, false);
    }

    fn text(&mut self, text: &str, is_name: bool) {
        let weight = if is_name { 'A' } else { 'D' };
        let cut = WordCut::of(text);
        for (place, token) in cut.tokens().iter().enumerate() {
            let at = self.at + place + 1;
            match token {
                Token::Word(letters) => {
                    let word = cut.word(letters);
                    // In a name, a stop word may be all there is: IT, The One.
                    if !is_name && is_stop_word(&word) {
                        continue;
                    }
                    let stem = stem(&word);
                    // A name typed letter by letter passes its stem before it is complete, so the full word is stored too.
                    if is_name && word.len() > stem.len() {
                        self.add(word, at, weight);
                    }
                    self.add(stem, at, weight);
                    if is_name {
                        self.joined(&cut, place, at);
                    }
                }
                Token::Letter { at: letter, continues } => {
                    let mut pair = String::from(cut.letter(*letter));
                    if *continues {
                        pair.push(cut.letter(letter + 1));
                    }
                    self.add(pair, at, weight);
                    if is_name {
                        self.pronounced(&cut, *letter, at);
                    }
                }
            }
        }
        // A gap in the positions keeps phrases from extending into the next text.
        self.at += cut.tokens().len() + 1;
    }

    /// Adds two and three words of a name, from the one at a place, as they are typed in one: `crazymaple`. Words with digits stay apart.
    fn joined(&mut self, cut: &WordCut, place: usize, at: usize) {
        let words = cut.tokens()[place..].iter().take(MAX_JOINED).map_while(|token| match token {
            Token::Word(letters) => Some(cut.word(letters)),
            Token::Letter { .. } => None,
        });
        let mut joined = String::new();
        for (number, word) in words.enumerate() {
            if !word.chars().all(char::is_alphabetic) || is_stop_word(&word) {
                return;
            }
            joined.push_str(&word);
            if number > 0 {
                self.add(joined.clone(), at, 'B');
            }
        }
    }

    fn pronounced(&mut self, cut: &WordCut, letter: usize, at: usize) {
        for reading in pinyin::readings(cut.letter(letter)) {
            self.add(format!("{SYLLABLE}{reading}"), at, 'B');
        }
        let run = (letter..letter + WINDOW)
            .map_while(|at| cut.letters.get(at))
            .map_while(|own| (class(own.letter) == Class::Run).then(|| pinyin::readings(own.letter)))
            .take_while(|readings| !readings.is_empty());
        let mut initials = vec![String::from(INITIALS)];
        for readings in run {
            let mut firsts: Vec<char> =
                readings.iter().filter_map(|reading| reading.chars().next()).collect();
            firsts.dedup();
            let longer =
                initials.iter().flat_map(|before| firsts.iter().map(move |first| format!("{before}{first}")));
            initials = longer.collect();
        }
        for own in initials.into_iter().filter(|own| own.len() > 1) {
            self.add(own, at, 'B');
        }
    }

    fn add(&mut self, word: String, at: usize, weight: char) {
        let places = self.words.entry(word).or_default();
        if places.len() < MAX_POSITIONS {
            places.push((at.min(LAST), weight));
        }
    }
}

impl fmt::Display for Vector {
    /// Writes the text format. Words consist of letters, digits and marks only, so nothing needs escaping.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (word, places)) in self.words.iter().enumerate() {
            let blank = if number > 0 { " " } else { "" };
            write!(f, "{blank}'{word}'")?;
            for (number, (at, weight)) in places.iter().enumerate() {
                write!(f, "{}{at}", if number > 0 { ',' } else { ':' })?;
                if *weight != 'D' {
                    f.write_char(*weight)?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_weigh_more_than_the_rest() {
        let mut vector = Vector::default();
        vector.name("The Subsidies");
        vector.rest("局长 of 库");
        assert_eq!(vector.to_string(), "'subsidi':2A 'subsidies':2A 'the':1A '局长':4 '库':7 '长':5");
    }

    #[test]
    fn names_are_found_written_in_one() {
        let mut vector = Vector::default();
        vector.name("Crazy Maple Studio");
        vector.rest("Sensor Tower");
        let text = vector.to_string();
        for word in ["'crazymaple':1B", "'crazymaplestudio':1B", "'maplestudio':2B", "'crazi':1A"] {
            assert!(text.contains(word), "{word} in {text}");
        }
        assert!(!text.contains("sensortower"), "{text}");
        let mut vector = Vector::default();
        vector.name("The One 2345 Network");
        assert!(!vector.to_string().contains("theone") && !vector.to_string().contains("2345network"));
    }

    #[test]
    fn vectors_have_the_pinyin_of_names() {
        let mut vector = Vector::default();
        vector.name("枫叶互动");
        let text = vector.to_string();
        for word in ["'^fyhd':1B", "'^yhd':2B", "'^d':4B", "'~feng':1B", "'~ye':2B", "'枫叶':1A", "'动':4A"]
        {
            assert!(text.contains(word), "{word} in {text}");
        }
        let mut vector = Vector::default();
        vector.rest("枫叶");
        assert_eq!(vector.to_string(), "'叶':2 '枫叶':1");
    }

    #[test]
    fn nothing_is_too_long_for_postgres() {
        let mut vector = Vector::default();
        vector.rest(&"a".repeat(20_000));
        vector.rest(&"剧 ".repeat(20_000));
        let text = vector.to_string();
        assert!(text.len() < 4_000, "{}", text.len());
    }

    proptest::proptest! {
        #[test]
        fn no_word_needs_to_be_escaped(text in "\\PC{0,40}") {
            let mut vector = Vector::default();
            vector.name(&text);
            proptest::prop_assert!(vector.words.keys().all(|word| !word.contains(['\'', '\\', '\0', '\t', '\n'])));
        }
    }
}
