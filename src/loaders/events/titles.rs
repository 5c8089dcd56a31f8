//! Titles and descriptions of the pages about events; their files and feeds use them too.

use crate::text::Locale;

/// Title of the page; its files use it too.
pub fn title(locale: Locale) -> &'static str {
    locale.pick("Events", "事件")
}

pub fn description(locale: Locale) -> &'static str {
    locale.pick(
        "Policies, agreements, summits, investments, listings and openings, each with whom and what it concerns.",
            "政策、签约、大会、投资、上市与启用，各自注明所涉机构和政策。",
    )
}
