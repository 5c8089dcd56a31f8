//! Pinyin: hanzi as typed without a Chinese keyboard, in full (`fengye`) or by initials (`fyhd`).

use std::{collections::BTreeSet, sync::LazyLock};

use pinyin::ToPinyin;

/// Further readings of hanzi in names, beyond the most common one.
const OTHERS: [(char, &str); 20] = [
    ('乐', "yue"),
    ('会', "kuai"),
    ('传', "zhuan"),
    ('单', "shan"),
    ('厦', "xia"),
    ('发', "fa"),
    ('大', "dai"),
    ('行', "hang"),
    ('都', "du"),
    ('重', "chong"),
    ('长', "zhang"),
    ('长', "chang"),
    ('重', "zhong"),
    ('行', "xing"),
    ('盛', "cheng"),
    ('石', "dan"),
    ('朝', "zhao"),
    ('曾', "ceng"),
    ('调', "diao"),
    ('藏', "cang"),
];

/// Readings of a folded hanzi without tones, the most common first. Empty for any other letter. `ü` is written `v` and `u`.
pub fn readings(letter: char) -> Vec<String> {
    let Some(pinyin) = letter.to_pinyin() else { return Vec::new() };
    let common = pinyin.plain();
    let mut readings = match common.contains('ü') {
        true => vec![common.replace('ü', "v"), common.replace('ü', "u")],
        false => vec![common.to_owned()],
    };
    for (_, other) in OTHERS.iter().filter(|(own, _)| *own == letter) {
        if !readings.iter().any(|known| known == other) {
            readings.push((*other).to_owned());
        }
    }
    readings.retain(|reading| reading.bytes().all(|byte| byte.is_ascii_lowercase()));
    readings
}

/// Most common reading of a run of hanzi: `fengyehudong`. `None` if a letter has no reading.
pub fn of_run(letters: impl IntoIterator<Item = char>) -> Option<String> {
    letters.into_iter().map(|letter| readings(letter).into_iter().next()).collect()
}

/// Every syllable.
static SYLLABLES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let all = ('\u{4e00}'..='\u{9fff}').flat_map(readings);
    // Interjections without a vowel would turn any letters into syllables.
    all.filter(|syllable| syllable.contains(['a', 'e', 'i', 'o', 'u', 'v'])).collect()
});

/// Maximum number of ways in which a word is split into syllables.
const MAX_READINGS: usize = 4;

/// Ways to split a word into at least two syllables. The last syllable may be incomplete if more than a few letters precede it.
pub fn syllables(word: &str) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) && word.len() <= 40 {
        split(word, begins_syllable(word), &mut Vec::new(), &mut found);
    }
    found
}

fn begins_syllable(letters: &str) -> bool {
    SYLLABLES.range(letters.to_owned()..).next().is_some_and(|next| next.starts_with(letters))
}

/// Splits the rest of a word recursively. If `whole` is set, the last syllable must be complete, because the whole word may be an
/// incomplete syllable.
fn split<'a>(rest: &'a str, whole: bool, before: &mut Vec<&'a str>, found: &mut Vec<Vec<&'a str>>) {
    const LONGEST: usize = 6;

    // Longer syllables first: within a word, `xian` is more often one syllable than two.
    for length in (1..=rest.len().min(LONGEST)).rev() {
        if found.len() >= MAX_READINGS {
            return;
        }
        let (syllable, after) = rest.split_at(length);
        let is_last = after.is_empty();
        // A single vowel is a syllable at the beginning of a word (`eleme`), but rarely within one.
        let stands_alone = length > 1 || before.is_empty();
        let may_go_on = !whole && (before.len() > 1 || before.first().is_some_and(|first| first.len() > 2));
        let fits = (stands_alone && SYLLABLES.contains(syllable))
            || (is_last && may_go_on && begins_syllable(syllable));
        if !fits {
            continue;
        }
        before.push(syllable);
        match is_last {
            true if before.len() > 1 => found.push(before.clone()),
            true => {}
            false => split(after, whole, before, found),
        }
        before.pop();
    }
}

/// Whether a word may be the initials of a name: three to twelve letters, each of which can begin a syllable, with at most one vowel.
pub fn may_be_initials(word: &str) -> bool {
    let begins_syllable = |byte: u8| byte.is_ascii_lowercase() && !b"iuv".contains(&byte);
    let vowels = word.bytes().filter(|byte| b"aeo".contains(byte)).count();
    (3..=12).contains(&word.len()) && word.bytes().all(begins_syllable) && vowels <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hanzi_have_their_pinyin() {
        assert_eq!(of_run("枫叶互动".chars()).as_deref(), Some("fengyehudong"));
        assert_eq!(of_run("微短剧".chars()).as_deref(), Some("weiduanju"));
        assert!(["zhang", "chang"].iter().all(|own| readings('长').iter().any(|known| known == own)));
        assert_eq!(readings('绿'), ["lv", "lu"]);
        assert!(readings('a').is_empty() && readings('の').is_empty());
    }

    #[test]
    fn words_are_read_as_syllables() {
        assert_eq!(syllables("fengye"), [vec!["feng", "ye"]]);
        assert_eq!(syllables("weiduanju")[0], ["wei", "duan", "ju"]);
        assert!(syllables("xian").contains(&vec!["xi", "an"]));
        assert_eq!(syllables("fengyehu")[0], ["feng", "ye", "hu"]);
        assert_eq!(syllables("fengy")[0], ["feng", "y"]);
        assert_eq!(syllables("eleme")[0], ["e", "le", "me"]);
        for other in ["feng", "aid", "reel", "reelshort", "visa", "2025", ""] {
            assert!(syllables(other).is_empty(), "{other}: {:?}", syllables(other));
        }
    }

    #[test]
    fn initials_have_no_letter_that_begins_no_syllable() {
        assert!(may_be_initials("fyhd") && may_be_initials("aqy") && may_be_initials("wdj"));
        assert!(
            !may_be_initials("hq")
                && !may_be_initials("reel")
                && !may_be_initials("visa")
                && !may_be_initials("tv5")
        );
    }
}
