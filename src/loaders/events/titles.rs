//! Titles and descriptions of the pages about events; their files and feeds use them too.

use crate::text::Locale;

/// Title of the page; its files use it too.
pub fn title(locale: Locale) -> &'static str {
    locale.pick("Events", "事件")
}

/// Title of the page of deals; its files use it too.
pub fn deals_title(locale: Locale) -> &'static str {
    locale.pick("Deals: investments and listings", "投资与上市")
}

pub fn deals_description(locale: Locale) -> &'static str {
    locale.pick(
        "Investments, takeovers and listings around micro-dramas, each with its amount in the original currency, its parties and its source.",
        "微短剧相关的投资、并购与上市，逐项列出原币种金额、相关机构与来源。",
    )
}

pub fn description(locale: Locale) -> &'static str {
    locale.pick(
        "Policies, agreements, summits, investments, listings and openings, each with the organizations and programmes it concerns.",
            "政策、签约、大会、投资、上市与启用，各自注明所涉机构和政策。",
    )
}
