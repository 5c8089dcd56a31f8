//! Word segmentation: how texts and queries are split into the tokens that the search compares.
//!
//! Promises: stored texts, queries and the marks in excerpts are split by this module alone, so that queries match what is stored. The
//! result does not depend on the locale of the machine or of the database. Differences that readers do not intend do not matter: case,
//! accents, full and half width, compatibility forms, invisible characters, traditional and simplified hanzi.
//!
//! Scripts that separate words by spaces are split into words (in the spirit of UAX 29: letters, digits and their marks), which match by
//! stem and by prefix. Scripts that do not, and scripts that attach particles to words (Hangul, Arabic, Hebrew), are split into bigrams, so
//! that any part of a run matches without a dictionary.

mod fold;
pub mod pinyin;
mod script;
mod stem;
mod vector;

use std::ops::Range;

use fold::Folded;
pub use fold::fold;
pub use script::{Class, class};
pub use stem::{is_stop_word, stem};
pub use vector::{INITIALS, SYLLABLE, Vector, WINDOW};

/// Version of the segmentation. Increment it whenever the same text is split differently, or other columns are searched, because stored
/// texts must then be segmented again.
pub const VERSION: i32 = 3;

/// Maximum length of a word in letters; longer words are truncated. An entry of a Postgres `tsvector` takes at most 2 kB.
const MAX_WORD_LENGTH: usize = 100;

/// A text, folded and split into tokens.
#[derive(Clone, Debug)]
pub struct WordCut {
    letters: Vec<Folded>,
    tokens: Vec<Token>,
}

/// A part of a text with its own position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A word, as a range of letters.
    Word(Range<usize>),
    /// One letter of a run, and whether the next token continues the run.
    Letter { at: usize, continues: bool },
}

impl WordCut {
    pub fn of(text: &str) -> WordCut {
        let letters = fold(text);
        let mut tokens = Vec::new();
        let mut at = 0;
        while at < letters.len() {
            let own = class(letters[at].letter);
            let rest = letters[at..].iter();
            let length = rest.take_while(|folded| class(folded.letter) == own).count();
            let end = at + length;
            match own {
                Class::Gap => {}
                Class::Word => tokens.push(Token::Word(at..end.min(at + MAX_WORD_LENGTH))),
                Class::Run => {
                    tokens.extend((at..end).map(|at| Token::Letter { at, continues: at + 1 < end }));
                }
            }
            at = end;
        }
        WordCut { letters, tokens }
    }

    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Returns a word in its folded form.
    pub fn word(&self, letters: &Range<usize>) -> String {
        self.letters[letters.clone()].iter().map(|folded| folded.letter).collect()
    }

    pub fn letter(&self, at: usize) -> char {
        self.letters[at].letter
    }

    /// Byte range of the text that a range of letters comes from.
    pub fn source(&self, letters: Range<usize>) -> Range<usize> {
        let own = &self.letters[letters];
        match (own.first(), own.last()) {
            (Some(first), Some(last)) => first.from..last.to,
            _ => 0..0,
        }
    }
}

/// Joins names into one line for substring search. Each word is preceded by a space and appears in its folded form and as its stem. Runs
/// appear unchanged.
pub fn line<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for name in names {
        let cut = WordCut::of(name);
        let mut in_run = false;
        let mut stems = Vec::new();
        for token in cut.tokens() {
            if !in_run {
                out.push(' ');
            }
            in_run = false;
            match token {
                Token::Word(letters) => {
                    let word = cut.word(letters);
                    let stem = stem(&word);
                    out.push_str(&word);
                    if !word.starts_with(&stem) {
                        stems.push(stem);
                    }
                }
                Token::Letter { at, continues } => {
                    out.push(cut.letter(*at));
                    in_run = *continues;
                }
            }
        }
        for stem in stems {
            out.push(' ');
            out.push_str(&stem);
        }
    }
    out
}

/// Search words of a text as they occur in a [`line()`] of names.
pub fn needles(text: &str) -> Vec<String> {
    let cut = WordCut::of(text);
    let mut needles: Vec<String> = Vec::new();
    let mut in_run = false;
    for token in cut.tokens() {
        match token {
            Token::Word(letters) => needles.push(format!(" {}", stem(&cut.word(letters)))),
            Token::Letter { at, continues } => {
                let letter = cut.letter(*at);
                match needles.last_mut().filter(|_| in_run) {
                    Some(run) => run.push(letter),
                    None => needles.push(letter.to_string()),
                }
                in_run = *continues;
                continue;
            }
        }
        in_run = false;
    }
    needles
}

/// Folds a text and replaces everything between words by a single space.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for folded in fold(text) {
        match class(folded.letter) {
            Class::Gap if out.is_empty() || out.ends_with(' ') => {}
            Class::Gap => out.push(' '),
            _ => out.push(folded.letter),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words in their folded form, letters of runs in brackets.
    fn cut(text: &str) -> Vec<String> {
        let cut = WordCut::of(text);
        let mut out: Vec<String> = Vec::new();
        let mut open = false;
        for token in cut.tokens() {
            match token {
                Token::Word(letters) => out.push(cut.word(letters)),
                Token::Letter { at, continues } => {
                    if !open {
                        out.push("[".to_owned());
                    }
                    if let Some(last) = out.last_mut() {
                        last.push(cut.letter(*at));
                        if !continues {
                            last.push(']');
                        }
                    }
                    open = *continues;
                }
            }
        }
        out
    }

    #[test]
    fn each_script_is_split_by_its_own_rules() {
        for (text, expected) in [
            ("DataEye《2024微短剧》, 剧A。", vec!["dataeye", "2024", "[微短剧]", "[剧]", "a"]),
            ("콘진원이, OTT·방송", vec!["[콘진원이]", "ott", "[방송]"]),
            ("映画制作キャッシュバック最大30%", vec!["[映画制作キャッシュバック最大]", "30"]),
            ("ละครสั้นจีน", vec!["[ละครสั้นจีน]"]),
            ("Короткие драмы", vec!["короткие", "драмы"]),
            ("लघु नाटक", vec!["लघु", "नाटक"]),
            ("الدراما القصيرة", vec!["[الدراما]", "[القصيرة]"]),
            ("דרמה", vec!["[דרמה]"]),
            ("한국콘텐츠진흥원", vec!["[한국콘텐츠진흥원]"]),
            ("𠮷野家と㐂", vec!["[𠮷野家と㐂]"]),
            ("Sự phát triển", vec!["su", "phat", "trien"]),
            (" ,;!()&|<->:*'\\", vec![]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn ways_of_writing_the_same_are_the_same() {
        for (written, plainly) in [
            ("Société", "societe"),
            ("Socie\u{301}te\u{301}", "societe"),
            ("produções", "producoes"),
            ("ＡＩ ２０２５", "ai 2025"),
            ("ＡＢＣ影业", "abc影业"),
            ("⼤⽂影业", "大文影业"),
            ("⻛⻋", "风车"),
            ("Straße STRASSE", "strasse strasse"),
            ("İstanbul ISTANBUL ıstanbul", "istanbul istanbul istanbul"),
            ("ﬁnance ﬂow", "finance flow"),
            ("Việt Đồng", "viet dong"),
            ("Łódź Ørsted Æther", "lodz orsted aether"),
            ("ｷｬｯｼｭﾊﾞｯｸ", "キャッシュバック"),
            ("か\u{3099}", "が"),
            ("한국", "한국"),
            ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}", "한국"),
            ("微短劇 浦東 楓葉互動", "微短剧 浦东 枫叶互动"),
            ("點\u{200b}鑠 soft\u{ad}hyphen word\u{2060}joiner", "点铄 softhyphen wordjoiner"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("ёлка Й", "елка и"),
            ("أحمد مُحَمَّد", "احمد محمد"),
            ("٢٠٢٥ १२", "2025 12"),
            ("①㈱", "1 株"),
        ] {
            assert_eq!(plain(written), plainly, "{written}");
        }
    }

    #[test]
    fn marks_lead_back_to_the_text() {
        let text = "La Société ＡＢＣ影业";
        let cut = WordCut::of(text);
        let sources: Vec<&str> = cut
            .tokens()
            .iter()
            .map(|token| match token {
                Token::Word(letters) => &text[cut.source(letters.clone())],
                Token::Letter { at, .. } => &text[cut.source(*at..*at + 1)],
            })
            .collect();
        assert_eq!(sources, ["La", "Société", "ＡＢＣ", "影", "业"]);
    }

    proptest::proptest! {
        /// Folding is idempotent, and every letter has a source range.
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,30}") {
            let once = plain(&text);
            proptest::prop_assert_eq!(plain(&once), once);
            let cut = WordCut::of(&text);
            for token in cut.tokens() {
                let letters = match token {
                    Token::Word(letters) => letters.clone(),
                    Token::Letter { at, .. } => *at..*at + 1,
                };
                proptest::prop_assert!(text.get(cut.source(letters)).is_some_and(|own| !own.is_empty()));
            }
        }
    }
}
