//! Spelling suggestions (“Did you mean”) from the names of a revision.

use std::collections::BTreeMap;

use crate::text::words::{self, Token, WordCut, pinyin};

/// Minimum and maximum length of a text that is corrected, in letters.
const SHORTEST: usize = 4;
const LONGEST: usize = 40;

/// Maximum length of a run of hanzi that is looked up by its sound.
const LONGEST_RUN: usize = 12;

/// Words and names of a revision, each in its folded and its written form.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// By their letters, for prefix look-ups.
    words: BTreeMap<Box<str>, Entry>,
    /// Whole names without spaces, and runs of hanzi in pinyin.
    names: BTreeMap<Box<str>, Entry>,
}

#[derive(Debug)]
struct Entry {
    written: Box<str>,
    /// Number of names that contain it.
    times: u32,
    length: u8,
    letters: u32,
}

impl Entry {
    fn new(key: &str, written: &str) -> Entry {
        let length = u8::try_from(key.chars().count()).unwrap_or(u8::MAX);
        Entry { written: written.into(), times: 0, length, letters: letters(key) }
    }
}

/// Bit set of the letters of a word. Words that share too few letters cannot be close to each other.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |set, letter| set | 1 << (u32::from(letter) % 32))
}

/// Maximum edit distance for a word of this length: letters wrong, missing, added or swapped.
fn allowed(length: usize) -> usize {
    match length {
        0..SHORTEST => 0,
        SHORTEST..8 => 1,
        _ => 2,
    }
}

impl Vocabulary {
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for name in names {
            vocabulary.add(name);
        }
        vocabulary
    }

    fn add(&mut self, name: &str) {
        let cut = WordCut::of(name);
        let mut whole = String::new();
        for token in cut.tokens() {
            let letters = match token {
                Token::Word(letters) => letters.clone(),
                Token::Letter { at, .. } => *at..*at + 1,
            };
            let word = cut.word(&letters);
            whole.push_str(&word);
            let length = letters.len();
            let is_word = matches!(token, Token::Word(_)) && !word.bytes().all(|byte| byte.is_ascii_digit());
            if is_word && (SHORTEST - 1..=LONGEST).contains(&length) {
                count(&mut self.words, &word, &name[cut.source(letters)]);
            }
        }
        if (SHORTEST..=LONGEST).contains(&whole.chars().count()) {
            count(&mut self.names, &whole, name);
        }
        for run in runs(&cut) {
            if let Some(sound) = sound(&cut, &run) {
                count(&mut self.names, &sound, &name[cut.source(run)]);
            }
        }
    }

    /// Approximate size in bytes.
    pub fn bytes(&self) -> usize {
        let all = self.words.iter().chain(&self.names);
        all.map(|(key, entry)| key.len() + entry.written.len() + 2 * size_of::<Entry>()).sum()
    }

    /// Suggests corrections of a text, most likely first. Leaves out those that are spelled the same.
    pub fn corrections(&self, text: &str, most: usize) -> Vec<String> {
        let cut = WordCut::of(text);
        let mut found = self.sounding_like(text, &cut);
        let whole: String = words::plain(text).split(' ').collect();
        found.extend(near(&self.names, &whole, most));
        found.extend(self.word_by_word(text, &cut, most));
        let mut seen = vec![words::plain(text)];
        found.retain(|other| {
            let plain = words::plain(other);
            let is_new = !seen.contains(&plain);
            seen.push(plain);
            is_new
        });
        found.truncate(most);
        found
    }

    /// Suggests hanzi that are homophones of the typed ones.
    fn sounding_like(&self, text: &str, cut: &WordCut) -> Vec<String> {
        let mut found = Vec::new();
        for run in runs(cut) {
            let Some(sound) = sound(cut, &run) else { continue };
            let source = cut.source(run.clone());
            let following = self.names.range(Box::<str>::from(sound.as_str())..);
            let begin_so = following.take_while(|(key, _)| key.starts_with(&sound)).take(20);
            for (_, entry) in begin_so {
                let own: String = entry.written.chars().take(run.len()).collect();
                if pinyin::of_run(words::plain(&own).chars()).as_deref() == Some(&sound) {
                    found.push(format!("{}{own}{}", &text[..source.start], &text[source.end..]));
                }
            }
        }
        found
    }

    /// Replaces each word that occurs in no name by the closest known word.
    fn word_by_word(&self, text: &str, cut: &WordCut, most: usize) -> Vec<String> {
        let mut corrected: Vec<String> = vec![String::new()];
        let mut at = 0;
        let mut is_other = false;
        for token in cut.tokens() {
            let Token::Word(letters) = token else { continue };
            let word = cut.word(letters);
            if self.begins(&word) {
                continue;
            }
            let others = near(&self.words, &word, most);
            if others.is_empty() {
                continue;
            }
            let source = cut.source(letters.clone());
            let before = &text[at..source.start];
            corrected = corrected
                .iter()
                .flat_map(|start| others.iter().map(move |other| format!("{start}{before}{other}")))
                .take(most)
                .collect();
            at = source.end;
            is_other = true;
        }
        if !is_other {
            return Vec::new();
        }
        corrected.into_iter().map(|start| format!("{start}{}", &text[at..])).collect()
    }

    /// Whether a word of a name begins with this prefix.
    fn begins(&self, word: &str) -> bool {
        self.words.range(Box::<str>::from(word)..).next().is_some_and(|(known, _)| known.starts_with(word))
    }
}

fn count(entries: &mut BTreeMap<Box<str>, Entry>, key: &str, written: &str) {
    if let Some(entry) = entries.get_mut(key) {
        entry.times += 1;
        return;
    }
    entries.insert(key.into(), Entry::new(key, written));
}

/// Runs of a text that are short enough to be names, as ranges of its letters.
fn runs(cut: &WordCut) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    let mut open = false;
    for token in cut.tokens() {
        let Token::Letter { at, continues } = token else { continue };
        match runs.last_mut().filter(|_| open) {
            Some(run) => run.end = at + 1,
            None => runs.push(*at..*at + 1),
        }
        open = *continues;
    }
    runs.retain(|run| (2..=LONGEST_RUN).contains(&run.len()));
    runs
}

fn sound(cut: &WordCut, run: &std::ops::Range<usize>) -> Option<String> {
    pinyin::of_run(run.clone().map(|at| cut.letter(at)))
}

/// Written forms of the entries closest to a word: smallest edit distance first, then the most common.
fn near(entries: &BTreeMap<Box<str>, Entry>, word: &str, most: usize) -> Vec<String> {
    let (length, own) = (word.chars().count(), letters(word));
    let errors = allowed(length);
    if errors == 0 || length > LONGEST {
        return Vec::new();
    }
    let may_be_near = |entry: &Entry| {
        usize::from(entry.length).abs_diff(length) <= errors
            && (entry.letters ^ own).count_ones() as usize <= 2 * errors
    };
    let mut found: Vec<(usize, u32, &str)> = entries
        .iter()
        .filter(|(_, entry)| may_be_near(entry))
        .map(|(key, entry)| (strsim::osa_distance(key, word), u32::MAX - entry.times, &*entry.written))
        .filter(|(distance, ..)| *distance <= errors)
        .collect();
    found.sort_unstable();
    // Entries at a greater distance than the best are not useful suggestions.
    let best = found.first().map_or(0, |(distance, ..)| *distance);
    let best = found.into_iter().take_while(|(distance, ..)| *distance == best);
    best.take(most).map(|(.., written)| written.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corrections(text: &str) -> Vec<String> {
        let names = [
            "ReelShort",
            "Crazy Maple Studio",
            "枫叶互动",
            "Pudong New Area",
            "浦东新区",
            "Société Drama",
            "Pudong visa",
        ];
        Vocabulary::of(names).corrections(text, 3)
    }

    #[test]
    fn typing_errors_are_corrected() {
        for (typed, meant) in [
            ("reelshrt", "ReelShort"),
            ("reel short", "ReelShort"),
            ("Pudnog", "Pudong"),
            ("Pudnog visa", "Pudong visa"),
            ("crazy mapel studio", "Crazy Maple Studio"),
            ("crzay maple", "Crazy maple"),
            ("socitee drama", "Société Drama"),
            ("fengyehudng", "枫叶互动"),
            ("枫页", "枫叶"),
            ("蒲东新区", "浦东新区"),
        ] {
            assert_eq!(corrections(typed).first().map(String::as_str), Some(meant), "{typed}");
        }
    }

    #[test]
    fn what_is_right_or_far_away_is_left_alone() {
        for typed in ["ReelShort", "pudong", "xyzzyq", "abc", "", "2025", "枫"] {
            assert_eq!(corrections(typed), Vec::<String>::new(), "{typed}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_typed_text_is_corrected_to_something_else_or_not_at_all(text in "\\PC{0,60}") {
            for other in corrections(&text) {
                proptest::prop_assert_ne!(words::plain(&other), words::plain(&text));
            }
        }
    }
}
