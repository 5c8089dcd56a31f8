//! A text as a row of folded letters, and lists of phrases that are found in it.

use std::{collections::BTreeMap, ops::Range};

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
                Some('，' | '；' | '：' | '、' | '（' | '）') => ',',
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

/// Phrases with what they mean. Of several that begin at one place, the longest counts.
pub struct Phrases<T> {
    by_first: BTreeMap<char, Vec<(Vec<char>, T)>>,
}

impl<T: Clone> Phrases<T> {
    pub fn new<S: AsRef<str>>(phrases: impl IntoIterator<Item = (S, T)>) -> Phrases<T> {
        let mut by_first: BTreeMap<char, Vec<(Vec<char>, T)>> = BTreeMap::new();
        for (phrase, meaning) in phrases {
            let letters = Letters::of(phrase.as_ref().trim());
            if let Some(first) = letters.get(0) {
                by_first.entry(first).or_default().push((letters.letters, meaning));
            }
        }
        for own in by_first.values_mut() {
            own.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        }
        Phrases { by_first }
    }

    /// Returns the length of the longest phrase that stands at a position, and every meaning of that phrase. Words of Latin letters must stand
    /// alone, but for an ending of the plural or the genitive.
    pub fn at(&self, text: &Letters, at: usize) -> Option<(usize, Vec<T>)> {
        let own = self.by_first.get(&text.get(at)?)?;
        let is_word = text.begins_word(at);
        // A name may touch digits before it: `一季度Q1DramaBox`.
        let after_digit = at > 0 && text.get(at - 1).is_some_and(|c| c.is_ascii_digit());
        if !is_word && !after_digit {
            return None;
        }
        let mut found: Option<(usize, Vec<T>)> = None;
        for (phrase, meaning) in own {
            if found.as_ref().is_some_and(|(length, _)| *length > phrase.len()) {
                break;
            }
            if !text.all()[at..].starts_with(phrase) || !is_word && phrase.len() < 5 {
                continue;
            }
            let end = at + phrase.len();
            let plural = text.get(end) == Some('s') && text.ends_word(end + 1);
            let before_digit = phrase.len() > 3 && text.get(end).is_some_and(|c| c.is_ascii_digit());
            if text.ends_word(end) || plural && phrase.len() > 2 || before_digit {
                found.get_or_insert((phrase.len(), Vec::new())).1.push(meaning.clone());
            }
        }
        found
    }

    /// Finds every phrase in a range, from the left, without overlap.
    pub fn find(&self, text: &Letters, range: Range<usize>) -> Vec<(Range<usize>, Vec<T>)> {
        let mut found = Vec::new();
        let mut at = range.start;
        while at < range.end.min(text.len()) {
            match self.at(text, at) {
                Some((length, meanings)) => {
                    found.push((at..at + length, meanings));
                    at += length.max(1);
                }
                None => at += 1,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_stand_as_words_and_the_longest_counts() {
        let phrases =
            Phrases::new([("us", 1), ("micro-drama", 2), ("short drama", 2), ("微短剧", 2), ("剧", 3)]);
        let found = |text: &str| -> Vec<i32> {
            let letters = Letters::of(text);
            phrases.find(&letters, 0..letters.len()).into_iter().flat_map(|(_, meanings)| meanings).collect()
        };
        assert_eq!(found("US users must use Micro‑dramas"), [1, 2]);
        assert_eq!(found("微短劇、剧"), [2, 3]);
        assert_eq!(found("Short  DRAMA's"), [2]);
    }
}
