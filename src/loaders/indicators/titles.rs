//! Titles and descriptions of the pages about indicators; their files and feeds use them too.

use crate::text::Locale;

/// Title of the page; its files use it too.
pub fn title(locale: Locale) -> &'static str {
    locale.pick("Indicators", "指标")
}

pub fn description(locale: Locale) -> &'static str {
    locale.pick(
        "Everything that is measured here, with its latest figure. Each opens to its chart, its table and its sources.",
            "本站收录的全部指标及其最新数据。点开可见图表、数据表和来源。",
    )
}
