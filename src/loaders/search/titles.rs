//! Titles and descriptions of the search page; its files use them too.

use super::data::SearchPage;
use crate::{
    domain::search::model::SearchQuery,
    text::{Locale, number::grouped},
};

/// Title of the page; its files use it too.
pub fn title(query: &SearchQuery, locale: Locale) -> String {
    let text = query.text.clone().unwrap_or_default();
    match (text.is_empty(), locale) {
        (true, _) => locale.pick("Search", "搜索").to_owned(),
        (false, Locale::En) => format!("Search: {text}"),
        (false, Locale::Zh) => format!("搜索：{text}"),
    }
}

/// Returns the number of results in words.
pub fn description(page: &SearchPage, locale: Locale) -> String {
    let total: i64 = page.results.iter().map(|results| results.total).sum();
    let more = page.results.iter().any(|results| results.or_more);
    let count = format!("{}{}", grouped(total.into()), if more { "+" } else { "" });
    match (page.asked, total, locale) {
        (false, ..) => locale
            .pick(
                "Everything on this site, in English and Chinese: figures, indicators, programmes, companies, apps, places, events, subsidies, \
                 statements and sources.",
                "搜索本站全部内容，中英文均可：数据、指标、政策、企业、应用、地区、事件、补贴、表述和来源。",
            )
            .to_owned(),
        (true, 0, _) => locale.pick("Nothing was found.", "没有找到结果。").to_owned(),
        (true, 1, Locale::En) => "1 result.".to_owned(),
        (true, _, Locale::En) => format!("{count} results."),
        (true, _, Locale::Zh) => format!("共{count}条结果。"),
    }
}
