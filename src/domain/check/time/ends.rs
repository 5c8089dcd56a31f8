//! Words that say that the end of a period is meant.

use super::super::letters::Letters;

/// Whether words before a period say that its end is meant.
pub fn is_end_before(text: &Letters, at: usize) -> bool {
    const WORDS: [&str; 14] = [
        "as of",
        "by",
        "at the end of",
        "by the end of",
        "the end of",
        "end of",
        "as at",
        "end",
        "until",
        "up to",
        "截至",
        "截止",
        "截止到",
        "到",
    ];
    let mut end = at;
    while end > 0 && text.get(end - 1) == Some(' ') {
        end -= 1;
    }
    if end > 4 && text.stands(end - 4, " the") {
        end -= 4;
    }
    WORDS.iter().any(|word| {
        end.checked_sub(word.chars().count())
            .is_some_and(|from| text.stands(from, word) && text.begins_word(from))
    })
}

/// The end of a word after a period that says that its end is meant: `2025年底`, `2025年6月末`.
pub fn end_after(text: &Letters, end: usize) -> Option<usize> {
    ["年底", "年末", "底", "末", " year end"]
        .iter()
        .find(|word| text.stands(end, word))
        .map(|word| end + word.chars().count())
}
