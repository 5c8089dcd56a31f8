//! A text as a row of folded letters.

use std::ops::Range;

use crate::text::words::fold;

/// A text without differences that do not matter for reading it: width, case, accents, hanzi of two kinds, runs of spaces.
pub struct Letters {
    letters: Vec<char>,
    /// Byte range of the text that each letter comes from.
    sources: Vec<(usize, usize)>,
}

impl Letters {
    pub fn of(text: &str) -> Letters {
        let folded = fold(text);
        let mut all =
            Letters { letters: Vec::with_capacity(folded.len()), sources: Vec::with_capacity(folded.len()) };
        for one in folded {
            let source = text.get(one.from..one.to).and_then(|source| source.chars().next());
            let letter = match source {
                Some('。' | '！' | '？' | '\n' | '\r') => '\n',
                Some('，' | '；' | '、' | '（' | '）') => ',',
                Some('：') => ':',
                Some('’' | '‘') => '\'',
                Some('–' | '—' | '―' | '−' | '～' | '‐' | '‑') => '-',
                _ if one.letter.is_whitespace() => ' ',
                _ => one.letter,
            };
            if letter == ' ' && all.letters.last() == Some(&' ') {
                continue;
            }
            all.letters.push(letter);
            all.sources.push((one.from, one.to));
        }
        all.separate_words(text);
        all
    }

    /// Replaces hyphens within words by spaces, so that `micro-drama` and `micro drama` are one.
    fn separate_words(&mut self, text: &str) {
        for at in 1..self.letters.len().saturating_sub(1) {
            let word = |c: char| c.is_alphabetic() && !is_hanzi(c);
            let (before, after) = (self.letters[at - 1], self.letters[at + 1]);
            let (from, to) = self.sources[at];
            let is_hyphen = matches!(text.get(from..to), Some("-" | "‐" | "‑"));
            if is_hyphen
                && self.letters[at] == '-'
                && word(after)
                && (word(before) || before.is_ascii_digit())
            {
                self.letters[at] = ' ';
            }
        }
    }

    pub fn all(&self) -> &[char] {
        &self.letters
    }

    pub fn len(&self) -> usize {
        self.letters.len()
    }

    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    pub fn get(&self, at: usize) -> Option<char> {
        self.letters.get(at).copied()
    }

    /// Byte range of the text that letters come from.
    pub fn source(&self, range: &Range<usize>) -> Range<usize> {
        let from = self.sources.get(range.start).map_or(0, |source| source.0);
        let to =
            range.end.checked_sub(1).and_then(|last| self.sources.get(last)).map_or(from, |source| source.1);
        from..to.max(from)
    }

    /// Whether a word of Latin letters or digits may begin at a position.
    pub fn begins_word(&self, at: usize) -> bool {
        !at.checked_sub(1).and_then(|before| self.get(before)).is_some_and(is_word)
            || !self.get(at).is_some_and(is_word)
    }

    /// Whether a word of Latin letters or digits may end before a position.
    pub fn ends_word(&self, at: usize) -> bool {
        !self.get(at).is_some_and(is_word)
            || !at.checked_sub(1).and_then(|last| self.get(last)).is_some_and(is_word)
    }

    pub fn skip_spaces(&self, mut at: usize) -> usize {
        while self.get(at) == Some(' ') {
            at += 1;
        }
        at
    }

    /// Whether a text stands at a position.
    pub fn stands(&self, at: usize, text: &str) -> bool {
        text.chars().enumerate().all(|(place, c)| self.get(at + place) == Some(c))
    }
}

pub fn is_hanzi(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_hanzi(c)
}
