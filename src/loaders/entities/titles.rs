//! Titles and descriptions of the pages about places; their files and feeds use them too.

use crate::{
    domain::entities::model::Place,
    text::{Locale, Named},
};

/// Title of the page; its files use it too.
pub fn title(locale: Locale) -> &'static str {
    locale.pick("Places", "地区")
}

pub fn description(locale: Locale) -> &'static str {
    locale.pick(
        "Every place on this site, each below the larger one it lies in, with how much is known of the place itself.",
            "本站收录的全部地区，按隶属关系排列，并列出各地自身的资料数量。",
    )
}

pub fn describe(place: &Place, lies_in: &[Named], locale: Locale) -> String {
    let kind = place.kind.name(locale);
    let within: Vec<&str> = lies_in.iter().rev().map(|place| place.name(locale)).collect();
    match (within.is_empty(), locale) {
        (true, Locale::En) => format!("{}{}.", kind[..1].to_uppercase(), &kind[1..]),
        (true, Locale::Zh) => format!("{kind}。"),
        (false, Locale::En) => {
            format!("{}{}, in {}.", kind[..1].to_uppercase(), &kind[1..], within.join(", "))
        }
        (false, Locale::Zh) => format!("{kind}，位于{}。", within.into_iter().rev().collect::<String>()),
    }
}
