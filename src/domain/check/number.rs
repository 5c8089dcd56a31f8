//! Finds numbers with their units in a text, and how precisely they are written.

use std::{ops::Range, sync::LazyLock};

use rust_decimal::Decimal;

use super::{
    letters::{Letters, Phrases},
    numeral,
};

/// What a written number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Money, with the ISO 4217 code of its currency.
    Money(&'static str),
    Percent,
    PercentagePoints,
    People,
    /// A count, with the English label of its unit; none where only a general classifier is written.
    Count(Option<&'static str>),
    Times,
    Rank,
    /// No unit is written.
    None,
}

/// How a text limits a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bound {
    #[default]
    Plain,
    About,
    MoreThan,
    AtLeast,
    Nearly,
    LessThan,
    AtMost,
}

/// A number as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenNumber {
    /// Letters of the number with its scale and unit.
    pub range: Range<usize>,
    pub value: Decimal,
    /// Upper end of a range.
    pub high: Option<Decimal>,
    /// Value of one step of the last digit written: 0.01 billion for `50.44 billion`.
    pub step: Decimal,
    /// Value of one step of the last digit that is not zero: 100 million for `500 million`.
    pub significant: Decimal,
    pub measure: Measure,
    /// Letters of the unit, if one is written.
    pub unit: Option<Range<usize>>,
    pub bound: Bound,
    pub is_scaled: bool,
}

const SCALES: [(&str, u32); 27] = [
    ("trillion", 12),
    ("tn", 12),
    ("trn", 12),
    ("billion", 9),
    ("bln", 9),
    ("bn", 9),
    ("b", 9),
    ("million", 6),
    ("mln", 6),
    ("mn", 6),
    ("mio", 6),
    ("mil", 6),
    ("m", 6),
    ("thousand", 3),
    ("k", 3),
    ("crore", 7),
    ("lakh", 5),
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("十亿", 9),
    ("亿", 8),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("万", 4),
    ("千", 3),
];

const PLAYS: &str = "plays";

/// Units after a number.
const UNITS: [(&str, Measure); 118] = [
    ("us dollar", Measure::Money("USD")),
    ("u.s. dollar", Measure::Money("USD")),
    ("american dollar", Measure::Money("USD")),
    ("dollar", Measure::Money("USD")),
    ("usd", Measure::Money("USD")),
    ("us$", Measure::Money("USD")),
    ("美元", Measure::Money("USD")),
    ("美金", Measure::Money("USD")),
    ("hkd", Measure::Money("HKD")),
    ("hong kong dollar", Measure::Money("HKD")),
    ("港元", Measure::Money("HKD")),
    ("港币", Measure::Money("HKD")),
    ("yen", Measure::Money("JPY")),
    ("jpy", Measure::Money("JPY")),
    ("日元", Measure::Money("JPY")),
    ("won", Measure::Money("KRW")),
    ("krw", Measure::Money("KRW")),
    ("韩元", Measure::Money("KRW")),
    ("euro", Measure::Money("EUR")),
    ("eur", Measure::Money("EUR")),
    ("欧元", Measure::Money("EUR")),
    ("pound", Measure::Money("GBP")),
    ("gbp", Measure::Money("GBP")),
    ("英镑", Measure::Money("GBP")),
    ("rupee", Measure::Money("INR")),
    ("inr", Measure::Money("INR")),
    ("卢比", Measure::Money("INR")),
    ("印度卢比", Measure::Money("INR")),
    ("yuan", Measure::Money("CNY")),
    ("cny", Measure::Money("CNY")),
    ("rmb", Measure::Money("CNY")),
    ("renminbi", Measure::Money("CNY")),
    ("chinese yuan", Measure::Money("CNY")),
    ("元人民币", Measure::Money("CNY")),
    ("人民币", Measure::Money("CNY")),
    ("元", Measure::Money("CNY")),
    ("块", Measure::Money("CNY")),
    ("%", Measure::Percent),
    ("per cent", Measure::Percent),
    ("percent", Measure::Percent),
    ("pct", Measure::Percent),
    ("pc", Measure::Percent),
    ("percentage point", Measure::PercentagePoints),
    ("per cent point", Measure::PercentagePoints),
    ("pp", Measure::PercentagePoints),
    ("个百分点", Measure::PercentagePoints),
    ("people", Measure::People),
    ("person", Measure::People),
    ("user", Measure::People),
    ("viewer", Measure::People),
    ("job", Measure::People),
    ("subscriber", Measure::People),
    ("netizen", Measure::People),
    ("worker", Measure::People),
    ("人", Measure::People),
    ("人次", Measure::Count(None)),
    ("名用户", Measure::People),
    ("个用户", Measure::People),
    ("用户", Measure::People),
    ("个岗位", Measure::People),
    ("个就业岗位", Measure::People),
    ("岗位", Measure::People),
    ("个工作岗位", Measure::People),
    ("times", Measure::Times),
    ("fold", Measure::Times),
    ("x", Measure::Times),
    ("倍", Measure::Times),
    ("download", Measure::Count(Some("downloads"))),
    ("install", Measure::Count(Some("downloads"))),
    ("installation", Measure::Count(Some("downloads"))),
    ("次下载", Measure::Count(Some("downloads"))),
    ("play", Measure::Count(Some(PLAYS))),
    ("view", Measure::Count(Some(PLAYS))),
    ("次播放", Measure::Count(Some(PLAYS))),
    ("次", Measure::Count(None)),
    ("title", Measure::Count(Some("titles"))),
    ("drama", Measure::Count(Some("titles"))),
    ("micro drama", Measure::Count(Some("titles"))),
    ("short drama", Measure::Count(Some("titles"))),
    ("series", Measure::Count(Some("titles"))),
    ("show", Measure::Count(Some("titles"))),
    ("部", Measure::Count(Some("titles"))),
    ("app", Measure::Count(Some("apps"))),
    ("款", Measure::Count(Some("apps"))),
    ("company", Measure::Count(Some("companies"))),
    ("companies", Measure::Count(Some("companies"))),
    ("firm", Measure::Count(Some("companies"))),
    ("enterprise", Measure::Count(Some("companies"))),
    ("business", Measure::Count(Some("companies"))),
    ("businesses", Measure::Count(Some("companies"))),
    ("家", Measure::Count(None)),
    ("episode", Measure::Count(Some("episodes"))),
    ("集", Measure::Count(Some("episodes"))),
    ("minute", Measure::Count(Some("minutes"))),
    ("min", Measure::Count(Some("minutes"))),
    ("分钟", Measure::Count(Some("minutes"))),
    ("hour", Measure::Count(Some("hours"))),
    ("小时", Measure::Count(Some("hours"))),
    ("day", Measure::Count(Some("days"))),
    ("天", Measure::Count(Some("days"))),
    ("crew", Measure::Count(Some("crews"))),
    ("个剧组", Measure::Count(Some("crews"))),
    ("platform", Measure::Count(Some("platforms"))),
    ("个平台", Measure::Count(Some("platforms"))),
    ("province", Measure::Count(Some("provinces"))),
    ("个省份", Measure::Count(Some("provinces"))),
    ("measure", Measure::Count(Some("measures"))),
    ("policies", Measure::Count(Some("measures"))),
    ("policy", Measure::Count(Some("measures"))),
    ("条", Measure::Count(Some("measures"))),
    ("组", Measure::Count(Some("creative groups"))),
    ("square metre", Measure::Count(Some("square metres"))),
    ("square meter", Measure::Count(Some("square metres"))),
    ("平方米", Measure::Count(Some("square metres"))),
    ("headquarters", Measure::Count(Some("headquarters"))),
    ("centre", Measure::Count(Some("centres"))),
    ("center", Measure::Count(Some("centres"))),
    ("个", Measure::Count(None)),
];

/// Units before a number. Latin codes may touch it.
const BEFORE: [(&str, &str); 26] = [
    ("us$", "USD"),
    ("usd", "USD"),
    ("us dollars", "USD"),
    ("hk$", "HKD"),
    ("hkd", "HKD"),
    ("a$", "AUD"),
    ("s$", "SGD"),
    ("$", "USD"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("港币", "HKD"),
    ("cny", "CNY"),
    ("rmb", "CNY"),
    ("cn¥", "CNY"),
    ("¥", "CNY"),
    ("人民币", "CNY"),
    ("yuan", "CNY"),
    ("jpy", "JPY"),
    ("jp¥", "JPY"),
    ("日元", "JPY"),
    ("krw", "KRW"),
    ("₩", "KRW"),
    ("inr", "INR"),
    ("₹", "INR"),
    ("€", "EUR"),
    ("£", "GBP"),
];

/// Words that limit the number after them.
const BOUNDS: [(&str, Bound); 73] = [
    ("about", Bound::About),
    ("around", Bound::About),
    ("roughly", Bound::About),
    ("approximately", Bound::About),
    ("some", Bound::About),
    ("an estimated", Bound::About),
    ("approx", Bound::About),
    ("circa", Bound::About),
    ("~", Bound::About),
    ("≈", Bound::About),
    ("约", Bound::About),
    ("大约", Bound::About),
    ("约为", Bound::About),
    ("约合", Bound::About),
    ("大概", Bound::About),
    ("左右", Bound::About),
    ("more than", Bound::MoreThan),
    ("over", Bound::MoreThan),
    ("above", Bound::MoreThan),
    ("exceeding", Bound::MoreThan),
    ("exceeded", Bound::MoreThan),
    ("exceed", Bound::MoreThan),
    ("in excess of", Bound::MoreThan),
    ("upwards of", Bound::MoreThan),
    ("surpassed", Bound::MoreThan),
    ("surpassing", Bound::MoreThan),
    ("topped", Bound::MoreThan),
    ("topping", Bound::MoreThan),
    ("passed", Bound::MoreThan),
    ("crossed", Bound::MoreThan),
    ("beyond", Bound::MoreThan),
    (">", Bound::MoreThan),
    ("超", Bound::MoreThan),
    ("超过", Bound::MoreThan),
    ("超出", Bound::MoreThan),
    ("逾", Bound::MoreThan),
    ("突破", Bound::MoreThan),
    ("高于", Bound::MoreThan),
    ("多于", Bound::MoreThan),
    ("破", Bound::MoreThan),
    ("at least", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("no fewer than", Bound::AtLeast),
    ("not less than", Bound::AtLeast),
    ("a minimum of", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("至少", Bound::AtLeast),
    ("不少于", Bound::AtLeast),
    ("不低于", Bound::AtLeast),
    ("nearly", Bound::Nearly),
    ("almost", Bound::Nearly),
    ("close to", Bound::Nearly),
    ("just under", Bound::Nearly),
    ("just below", Bound::Nearly),
    ("approaching", Bound::Nearly),
    ("近", Bound::Nearly),
    ("将近", Bound::Nearly),
    ("接近", Bound::Nearly),
    ("逼近", Bound::Nearly),
    ("less than", Bound::LessThan),
    ("fewer than", Bound::LessThan),
    ("under", Bound::LessThan),
    ("below", Bound::LessThan),
    ("<", Bound::LessThan),
    ("不足", Bound::LessThan),
    ("不到", Bound::LessThan),
    ("低于", Bound::LessThan),
    ("up to", Bound::AtMost),
    ("at most", Bound::AtMost),
    ("no more than", Bound::AtMost),
    ("不超过", Bound::AtMost),
    ("至多", Bound::AtMost),
    ("最高", Bound::AtMost),
];

static SCALE_PHRASES: LazyLock<Phrases<u32>> = LazyLock::new(|| Phrases::new(SCALES));
static UNIT_PHRASES: LazyLock<Phrases<Measure>> = LazyLock::new(|| Phrases::new(UNITS));
static BEFORE_PHRASES: LazyLock<Phrases<&'static str>> = LazyLock::new(|| Phrases::new(BEFORE));
static BOUND_PHRASES: LazyLock<Phrases<Bound>> = LazyLock::new(|| Phrases::new(BOUNDS));

/// A number without its unit.
struct Amount {
    end: usize,
    value: Decimal,
    step: Decimal,
    /// Value of the scale word, 1 without one.
    scale: Decimal,
    is_scaled: bool,
    bound: Option<Bound>,
}

/// Finds the numbers of a text, from the left, except within letters that are taken (by periods and names), and counts rows of digits that
/// are too long to be numbers.
pub fn find(text: &Letters, taken: &[bool]) -> (Vec<WrittenNumber>, Vec<Range<usize>>) {
    let (mut found, mut too_long) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < text.len() {
        if taken.get(at) == Some(&true) {
            at += 1;
            continue;
        }
        let digits = numeral::digits(text, at);
        if digits > numeral::MAX_DIGITS {
            too_long.push(at..at + digits);
            at += digits;
            continue;
        }
        match number_at(text, at, taken) {
            Some(number) => {
                at = number.range.end.max(at + 1);
                found.push(number);
            }
            // The rest of an identifier such as `h264` is no number either.
            None => at += digits.max(1),
        }
    }
    (found, too_long)
}

fn number_at(text: &Letters, at: usize, taken: &[bool]) -> Option<WrittenNumber> {
    let (currency, start) = before(text, at);
    let part_of_name = !text.begins_word(at) && currency.is_none();
    if part_of_name || at > 0 && text.get(at - 1) == Some('.') {
        return None;
    }
    if let Some(multiple) = numeral::multiple(text, at) {
        let step = Decimal::ONE;
        return Some(WrittenNumber {
            range: at..multiple.0,
            value: multiple.1.into(),
            high: None,
            step,
            significant: step,
            measure: Measure::Times,
            unit: Some(at..multiple.0),
            bound: bound(text, at),
            is_scaled: false,
        });
    }
    let ordinal = at > 0 && text.get(at - 1) == Some('第');
    if let Some((end, value)) = numeral::chinese_share(text, at) {
        return Some(plain(at..end, value, Measure::Percent, bound(text, at)));
    }
    let low = amount(text, at)?;
    if ordinal || ["no. ", "no.", "#", "number ", "ranked "].iter().any(|cue| ends_with(text, at, cue)) {
        let place = text.skip_spaces(low.end);
        let end = if matches!(text.get(place), Some('名' | '位')) { place + 1 } else { low.end };
        let is_rank = !ordinal || end > low.end;
        return is_rank.then(|| plain(at..end, low.value, Measure::Rank, Bound::Plain));
    }
    let first_unit = unit_after(text, low.end, low.is_scaled);
    let second = upper(text, at, first_unit.map_or(low.end, |(_, range)| range.1));
    let (end, high, step, is_scaled) = match &second {
        Some(high) => (high.end, Some(high), high.step.min(low.step), high.is_scaled || low.is_scaled),
        None => (low.end, None, low.step, low.is_scaled),
    };
    let after = unit_after(text, end, is_scaled).or(first_unit);
    let measure = match (after, currency) {
        (_, Some(currency)) => Measure::Money(currency),
        (Some((measure, _)), _) => measure,
        (None, None) => Measure::None,
    };
    if numeral::is_taken(text, low.end, taken) || is_no_number(text, at, &low, measure) {
        return None;
    }
    // `20 to 25 billion`: the scale belongs to both ends.
    let (mut value, mut step) = (low.value, step);
    if let Some(high) = high
        && low.scale == Decimal::ONE
        && value.checked_mul(high.scale)? < high.value
    {
        value = value.checked_mul(high.scale)?;
        step = low.step.checked_mul(high.scale)?.max(high.step);
    }
    let end = after.map_or(end, |(_, range)| range.1.max(end));
    let unit = match after {
        Some((_, (from, to))) => Some(from..to),
        None => currency.map(|_| start..at),
    };
    let trailing = trailing_bound(text, end);
    let end = trailing.map_or(end, |(_, end)| end);
    let bound = low.bound.or(trailing.map(|(bound, _)| bound)).unwrap_or_else(|| bound(text, start));
    Some(WrittenNumber {
        range: start..end,
        value,
        high: high.map(|high| high.value).filter(|high| *high > value),
        step,
        significant: numeral::significant_step(value, step),
        measure,
        unit,
        bound,
        is_scaled,
    })
}

fn plain(range: Range<usize>, value: Decimal, measure: Measure, bound: Bound) -> WrittenNumber {
    let step = Decimal::new(1, value.scale());
    WrittenNumber {
        range,
        value,
        high: None,
        step,
        significant: step,
        measure,
        unit: None,
        bound,
        is_scaled: false,
    }
}

/// Whether a bare number says nothing by itself: a small number without a unit, or a part of a longer word.
fn is_no_number(text: &Letters, at: usize, low: &Amount, measure: Measure) -> bool {
    let spelt = !text.get(at).is_some_and(|c| c.is_ascii_digit());
    let small = low.value < Decimal::from(100) && low.value.scale() == 0;
    let is_bare = matches!(measure, Measure::None);
    let touches_word = text.get(low.end).is_some_and(|c| c.is_ascii_alphanumeric() || c == '岁');
    is_bare && !low.is_scaled && (small || spelt || touches_word)
        || spelt
            && low.value <= Decimal::ONE
            && matches!(measure, Measure::Count(_) | Measure::People | Measure::None)
}

/// Reads digits or words, and a scale.
fn amount(text: &Letters, at: usize) -> Option<Amount> {
    let (mut end, number, spelt_scale) = numeral::any(text, at)?;
    let own = Decimal::new(1, number.scale());
    let mut bound = None;
    if matches!(text.get(end), Some('多' | '余')) {
        (bound, end) = (Some(Bound::MoreThan), end + 1);
    }
    let place = text.skip_spaces(end);
    let scale = SCALE_PHRASES.at(text, place).or_else(|| touching_scale(text, place));
    let (factor, is_scaled) = match scale {
        Some((length, powers))
            if place == end || length > 1 || super::letters::is_hanzi(text.get(place)?) =>
        {
            end = place + length;
            (10u64.checked_pow(*powers.first()?)?, true)
        }
        _ => (1, false),
    };
    if matches!(text.get(end), Some('多' | '余')) {
        (bound, end) = (Some(Bound::MoreThan), end + 1);
    }
    if text.get(end) == Some('+') {
        (bound, end) = (Some(Bound::AtLeast), end + 1);
    }
    let factor = Decimal::from(factor);
    let step = spelt_scale.unwrap_or(own).checked_mul(factor)?;
    let value = number.checked_mul(factor)?;
    Some(Amount { end, value, step, scale: factor, is_scaled: is_scaled || spelt_scale.is_some(), bound })
}

/// A scale of Latin letters that touches its digits, as in `50bn`: the digits do not end a word there.
fn touching_scale(text: &Letters, at: usize) -> Option<(usize, Vec<u32>)> {
    let fits = |(name, power): &(&str, u32)| {
        let end = at + name.chars().count();
        (name.is_ascii() && text.stands(at, name) && (text.ends_word(end) || touches_currency(text, end)))
            .then(|| (name.len(), vec![*power]))
    };
    SCALES.iter().filter_map(fits).max_by_key(|(length, _)| *length)
}

fn touches_currency(text: &Letters, at: usize) -> bool {
    ["usd", "cny", "rmb", "yuan", "dollar"].iter().any(|name| text.stands(at, name))
}

/// The upper end of a range: `20–25`, `20 to 25`, `between 20 and 25`, `20至25`, `20到25`.
fn upper(text: &Letters, start: usize, end: usize) -> Option<Amount> {
    let place = text.skip_spaces(end);
    let is_from = ends_with(text, start_of_amount(text, start), "from ") || from_before(text, start);
    let next = if matches!(text.get(place), Some('-' | '~' | '至' | '到')) {
        place + 1
    } else if text.stands(place, "to ") && !is_from {
        place + 3
    } else if text.stands(place, "and ") && ends_with(text, start_of_amount(text, start), "between ") {
        place + 4
    } else {
        return None;
    };
    let next = text.skip_spaces(next);
    let (_, next) = match BEFORE_PHRASES.at(text, next).or_else(|| touching_before(text, next)) {
        Some((length, _)) => (true, text.skip_spaces(next + length)),
        None => (false, next),
    };
    amount(text, next)
}

/// `从20亿至25亿`, `由…增至`: a change, not a range.
fn from_before(text: &Letters, at: usize) -> bool {
    let from = at.saturating_sub(3);
    text.all()[from..at].iter().any(|c| matches!(c, '从' | '由'))
}

fn start_of_amount(text: &Letters, at: usize) -> usize {
    before(text, at).1
}

/// Finds the unit after a number: its meaning and its letters.
fn unit_after(text: &Letters, end: usize, is_scaled: bool) -> Option<(Measure, (usize, usize))> {
    let mut place = text.skip_spaces(end);
    // `50-fold`, `10-episode`.
    if text.get(place) == Some('-') && text.get(place + 1).is_some_and(|c| c.is_ascii_alphabetic()) {
        place += 1;
    }
    let found = UNIT_PHRASES.at(text, place).or_else(|| {
        let touching = UNITS.iter().filter(|(name, _)| {
            name.is_ascii() && text.stands(place, name) && text.ends_word(place + name.len()) && place == end
        });
        touching.max_by_key(|(name, _)| name.len()).map(|(name, measure)| (name.len(), vec![*measure]))
    });
    let (length, measures) = found?;
    let (mut length, mut measure) = (length, *measures.first()?);
    // `micro-drama users`, `app downloads`: the last noun is what is counted.
    while let Measure::Count(Some(_)) = measure {
        let next = text.skip_spaces(place + length);
        let Some((more, own)) = UNIT_PHRASES.at(text, next).filter(|_| next > place + length) else { break };
        match own.first() {
            Some(own @ (Measure::Count(_) | Measure::People)) => {
                (length, measure) = (next + more - place, *own)
            }
            _ => break,
        }
    }
    // `5 x` and `20 pc` only where they touch; `个` says nothing without a scale or a noun.
    let letters: String = text.all()[place..place + length].iter().collect();
    if matches!(letters.as_str(), "x" | "pc") && (place != end || is_scaled) {
        return None;
    }
    Some((measure, (place, place + length)))
}

/// Finds a currency before a number, and where it begins.
fn before(text: &Letters, at: usize) -> (Option<&'static str>, usize) {
    let mut end = at;
    while end > 0 && text.get(end - 1) == Some(' ') {
        end -= 1;
    }
    let fitting = BEFORE.iter().filter_map(|(name, code)| {
        let length = name.chars().count();
        let from = end.checked_sub(length)?;
        let alone = !name.starts_with(|c: char| c.is_ascii_alphabetic()) || text.begins_word(from);
        (text.stands(from, name) && alone).then_some((length, *code, from))
    });
    match fitting.max_by_key(|(length, ..)| *length) {
        Some((_, code, from)) => (Some(code), from),
        None => (None, at),
    }
}

fn touching_before(text: &Letters, at: usize) -> Option<(usize, Vec<&'static str>)> {
    let fits = |(name, code): &(&str, &'static str)| {
        text.stands(at, name).then(|| (name.chars().count(), vec![*code]))
    };
    BEFORE.iter().filter_map(fits).max_by_key(|(length, _)| *length)
}

fn ends_with(text: &Letters, at: usize, cue: &str) -> bool {
    at.checked_sub(cue.chars().count()).is_some_and(|from| text.stands(from, cue) && text.begins_word(from))
}

/// Finds the word that limits a number, just before it: `more than `, `超`, with a filler between (`more than a total of`, `超过了`).
fn bound(text: &Letters, start: usize) -> Bound {
    const REACH: usize = 22;
    const FILLERS: [&str; 16] = [
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
fn trailing_bound(text: &Letters, end: usize) -> Option<(Bound, usize)> {
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
