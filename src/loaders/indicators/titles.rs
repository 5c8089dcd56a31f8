//! Titles and descriptions of the pages about indicators; their files and feeds use them too.

use crate::text::{Locale, Named, Period};

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

/// Title of the page about everything published about one figure.
pub fn history_title(indicator: &Named, entity: &Named, period: Period, locale: Locale) -> String {
    let (indicator, entity, period) = (indicator.name(locale), entity.name(locale), period.label(locale));
    locale.pick(
        format!("History of a figure: {indicator}, {entity}, {period}"),
        format!("数据沿革：{indicator}，{entity}，{period}"),
    )
}

pub fn history_description(locale: Locale) -> &'static str {
    locale.pick(
        "Everything that sources published about it, in order of publication: who, what, and how far the first figure was from the last.",
        "按发布顺序列出各来源公布的全部数值：由谁发布、数值多少、首次与最新公布值相差多少。",
    )
}
