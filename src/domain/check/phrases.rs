//! Lists of phrases that are found in a text.

use std::{collections::BTreeMap, ops::Range};

use super::letters::Letters;

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
                by_first.entry(first).or_default().push((letters.all().to_vec(), meaning));
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
