//! Titles and descriptions of the pages about indicators; their files and feeds use them too.

use crate::{
    domain::observations::model::Observation,
    text::{Locale, Named, Period, Unit},
};

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

/// States what was published first and last about one figure.
pub fn history_finding(dated: &[Observation], undated: usize, unit: &Unit, locale: Locale) -> String {
    let said = |row: &Observation| {
        let producer = row.producer.named.name(locale);
        let amount = row.worded(unit, locale);
        let on = row.source.published_on.map(|on| on.label(locale)).unwrap_or_default();
        locale.pick(format!("{amount} by {producer} ({on})"), format!("{producer}的{amount}（{on}）"))
    };
    match (dated, undated) {
        ([], 0) => locale
            .pick(
                "Nothing is known about this period. Choose another above.",
                "该时段没有已公布的数据。请在上方另选时段。",
            )
            .to_owned(),
        ([], _) => locale
            .pick("No source of this figure says when it was published.", "该数据的来源均未注明发布日期。")
            .to_owned(),
        ([only], _) => {
            let only = said(only);
            locale.pick(
                format!("Published once with a date: {only}."),
                format!("注明日期的公布仅一次：{only}。"),
            )
        }
        ([first, .., last], _) => {
            let (count, first, last) = (dated.len(), said(first), said(last));
            locale.pick(
                format!("{count} dated publications. First: {first}. Latest: {last}."),
                format!("注明日期的公布共{count}次。最早：{first}；最新：{last}。"),
            )
        }
    }
}
