//! Title and description of the page that checks a text; its files use them too.

use crate::{
    domain::check::model::{Claim, MAX_NUMBERS, Verdict},
    text::Locale,
};

pub fn title(locale: Locale) -> &'static str {
    locale.pick("Check a figure", "核对数据")
}

/// Returns what the page does, or how many numbers it found and how many of them match.
pub fn description(claims: Option<&[Claim]>, locale: Locale) -> String {
    let Some(claims) = claims else {
        return locale
            .pick(
                "Paste a sentence: each number in it is compared with the figures held here, with their sources.",
                "粘贴一句话，逐一与本站收录的数据及其来源核对其中的数字。",
            )
            .to_owned();
    };
    let matching = claims.iter().filter(|claim| claim.verdict == Verdict::Matches).count();
    match (claims.len(), locale) {
        (0, _) => locale.pick("No number was found in the text.", "文中没有找到数字。").to_owned(),
        (1, Locale::En) => format!("1 number: {}.", claims[0].verdict.name(locale).to_lowercase()),
        (1, Locale::Zh) => format!("找到1个数字：{}。", claims[0].verdict.name(locale)),
        (all, Locale::En) if all >= MAX_NUMBERS => format!("The first {all} numbers: {matching} match."),
        (all, Locale::Zh) if all >= MAX_NUMBERS => format!("仅核对前{all}个数字，其中{matching}个相符。"),
        (all, Locale::En) => format!("{all} numbers: {matching} match."),
        (all, Locale::Zh) => format!("找到{all}个数字，其中{matching}个相符。"),
    }
}
