//! Units after a number, and currencies on either side of it.

use std::sync::LazyLock;

use super::{
    super::{letters::Letters, phrases::Phrases},
    model::Measure,
};
use crate::text::currency;

const PLAYS: &str = "plays";

/// Units after a number, beside currencies.
const UNITS: [(Measure, &str); 22] = [
    (Measure::Percent, "%, per cent, percent, pct, pc"),
    (Measure::PercentagePoints, "percentage point, per cent point, pp, 个百分点"),
    (
        Measure::People,
        "people, person, user, viewer, job, subscriber, netizen, worker, 人, 名用户, \
        个用户, 用户, 个岗位, 个就业岗位, 岗位, 个工作岗位",
    ),
    (Measure::Count(None), "人次, 次, 家, 个"),
    (Measure::Times, "times, fold, x, 倍"),
    (Measure::Count(Some("downloads")), "download, install, installation, 次下载"),
    (Measure::Count(Some(PLAYS)), "play, view, 次播放"),
    (Measure::Count(Some("titles")), "title, drama, micro drama, short drama, series, show, 部"),
    (Measure::Count(Some("apps")), "app, 款"),
    (Measure::Count(Some("companies")), "company, companies, firm, enterprise, business, businesses"),
    (Measure::Count(Some("episodes")), "episode, 集"),
    (Measure::Count(Some("minutes")), "minute, min, 分钟"),
    (Measure::Count(Some("hours")), "hour, 小时"),
    (Measure::Count(Some("days")), "day, 天"),
    (Measure::Count(Some("crews")), "crew, 个剧组"),
    (Measure::Count(Some("platforms")), "platform, 个平台"),
    (Measure::Count(Some("provinces")), "province, 个省份"),
    (Measure::Count(Some("measures")), "measure, policies, policy, 条"),
    (Measure::Count(Some("creative groups")), "组"),
    (Measure::Count(Some("square metres")), "square metre, square meter, 平方米"),
    (Measure::Count(Some("headquarters")), "headquarters"),
    (Measure::Count(Some("centres")), "centre, center"),
];

fn units() -> impl Iterator<Item = (&'static str, Measure)> {
    let own = UNITS.iter().flat_map(|(measure, words)| words.split(", ").map(move |word| (word, *measure)));
    own.chain(currency::after_numbers().map(|(word, code)| (word, Measure::Money(code))))
}

static UNIT_PHRASES: LazyLock<Phrases<Measure>> = LazyLock::new(|| Phrases::new(units()));
static BEFORE_PHRASES: LazyLock<Phrases<&'static str>> =
    LazyLock::new(|| Phrases::new(currency::before_numbers()));

/// Finds the unit after a number: its meaning and its letters.
pub fn unit_after(text: &Letters, end: usize, is_scaled: bool) -> Option<(Measure, (usize, usize))> {
    let mut place = text.skip_spaces(end);
    // `50-fold`, `10-episode`.
    if text.get(place) == Some('-') && text.get(place + 1).is_some_and(|c| c.is_ascii_alphabetic()) {
        place += 1;
    }
    let found = UNIT_PHRASES.at(text, place).or_else(|| {
        let touching = units().filter(|(name, _)| {
            name.is_ascii() && text.stands(place, name) && text.ends_word(place + name.len()) && place == end
        });
        touching.max_by_key(|(name, _)| name.len()).map(|(name, measure)| (name.len(), vec![measure]))
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
pub fn before(text: &Letters, at: usize) -> (Option<&'static str>, usize) {
    let mut end = at;
    while end > 0 && text.get(end - 1) == Some(' ') {
        end -= 1;
    }
    let fitting = currency::before_numbers().filter_map(|(name, code)| {
        let length = name.chars().count();
        let from = end.checked_sub(length)?;
        let alone = !name.starts_with(|c: char| c.is_ascii_alphabetic()) || text.begins_word(from);
        (text.stands(from, name) && alone).then_some((length, code, from))
    });
    match fitting.max_by_key(|(length, ..)| *length) {
        Some((_, code, from)) => (Some(code), from),
        None => (None, at),
    }
}

/// Length of a currency that begins at a position.
pub fn currency_at(text: &Letters, at: usize) -> Option<usize> {
    let touching = || {
        let standing = currency::before_numbers().filter(|(name, _)| text.stands(at, name));
        standing.map(|(name, _)| name.chars().count()).max()
    };
    BEFORE_PHRASES.at(text, at).map(|(length, _)| length).or_else(touching)
}
