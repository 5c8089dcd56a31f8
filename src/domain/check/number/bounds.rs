//! Words that limit a number.

use std::sync::LazyLock;

use super::{
    super::{letters::Letters, phrases::Phrases},
    model::Bound,
};

/// Words that limit the number after them.
const BOUNDS: [(Bound, &str); 6] = [
    (
        Bound::About,
        "about, around, roughly, approximately, some, an estimated, approx, circa, ~, ≈, 约, \
        大约, 约为, 约合, 大概, 左右",
    ),
    (
        Bound::MoreThan,
        "more than, over, above, exceeding, exceeded, exceed, in excess of, upwards of, \
        surpassed, surpassing, topped, topping, passed, crossed, beyond, >, 超, 超过, 超出, 逾, 突破, \
        高于, 多于, 破",
    ),
    (
        Bound::AtLeast,
        "at least, no less than, no fewer than, not less than, a minimum of, ≥, 至少, \
        不少于, 不低于",
    ),
    (Bound::Nearly, "nearly, almost, close to, just under, just below, approaching, 近, 将近, 接近, 逼近"),
    (Bound::LessThan, "less than, fewer than, under, below, <, 不足, 不到, 低于"),
    (Bound::AtMost, "up to, at most, no more than, 不超过, 至多, 最高"),
];

static BOUND_PHRASES: LazyLock<Phrases<Bound>> = LazyLock::new(|| {
    Phrases::new(BOUNDS.iter().flat_map(|(bound, words)| words.split(", ").map(move |word| (word, *bound))))
});

/// Finds the word that limits a number, just before it: `more than `, `超`, with a filler between (`more than a total of`, `超过了`).
pub fn bound(text: &Letters, start: usize) -> Bound {
    const REACH: usize = 22;
    const FILLERS: [&str; 25] = [
        "earned ",
        "reached ",
        "hit ",
        "made ",
        "generated ",
        "took in ",
        "达到",
        "突破",
        "实现",
        "the ",
        "a ",
        "total ",
        "of ",
        "了",
        "为",
        "达",
        "到",
        "at ",
        "by ",
        "an ",
        "人民币",
        "合",
        "有",
        "共",
        "mark ",
    ];
    let mut end = start;
    loop {
        while end > 0 && text.get(end - 1) == Some(' ') {
            end -= 1;
        }
        let from = end.saturating_sub(REACH);
        for at in from..end {
            if let Some((length, bounds)) = BOUND_PHRASES.at(text, at)
                && at + length == end
                && !(at > 0 && matches!(text.get(at - 1), Some('未' | '没')))
            {
                return bounds.first().copied().unwrap_or_default();
            }
        }
        let filler = FILLERS.iter().find_map(|filler| {
            let filler = filler.trim_end();
            let from = end.checked_sub(filler.chars().count())?;
            (text.stands(from, filler) && (!filler.is_ascii() || text.begins_word(from))).then_some(from)
        });
        match filler {
            Some(before) if start - before < REACH => end = before,
            _ => return Bound::Plain,
        }
    }
}

/// Words after a number that limit it: `or more`, `以上`, `左右`.
pub fn trailing_bound(text: &Letters, end: usize) -> Option<(Bound, usize)> {
    const AFTER: [(&str, Bound); 10] = [
        ("or more", Bound::AtLeast),
        ("plus", Bound::AtLeast),
        ("or so", Bound::About),
        ("以上", Bound::AtLeast),
        ("左右", Bound::About),
        ("上下", Bound::About),
        ("以内", Bound::AtMost),
        ("以下", Bound::AtMost),
        ("余", Bound::MoreThan),
        ("多", Bound::MoreThan),
    ];
    let place = text.skip_spaces(end);
    AFTER.iter().find_map(|(name, bound)| {
        let end = place + name.chars().count();
        (text.stands(place, name) && text.ends_word(end)).then_some((*bound, end))
    })
}
