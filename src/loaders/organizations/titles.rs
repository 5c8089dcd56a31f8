//! Titles and descriptions of the pages about organizations; their files and feeds use them too.

use crate::{
    domain::organizations::model::Organization,
    text::{Locale, Named},
};

/// Title of the page; its files use it too.
pub fn title(locale: Locale) -> &'static str {
    locale.pick("Companies and other organizations", "企业与机构")
}

pub fn description(locale: Locale) -> &'static str {
    locale.pick(
        "Who makes, shows, sells, supports and governs micro-dramas; who is headquartered in Pudong, who signed to come, and what public money each received.",
            "制作、播出、发行、扶持和监管微短剧的各方：谁的总部在浦东，谁签约入驻，各获得多少公共资金。",
    )
}

/// Title of the company screen; its files use it too.
pub fn screen_title(locale: Locale) -> &'static str {
    locale.pick("Company screen", "企业数据筛选")
}

pub fn screen_description(locale: Locale) -> &'static str {
    locale.pick(
        "Companies by their latest figures: sort by any indicator or by its change on the year before, filter, chart, and take the \
            table away.",
        "按最新数据比较企业：可按任一指标或其同比变化排序、筛选、作图并下载。",
    )
}

/// Returns kind, seat and status in Pudong in one sentence.
pub fn describe(organization: &Organization, country: Option<&Named>, locale: Locale) -> String {
    let kind = organization.kind.name(locale);
    let seat = organization.seat.as_ref().map(|seat| {
        let place = seat.name(locale);
        match country.filter(|country| country.id != seat.id) {
            Some(country) => {
                locale.pick(format!("{place}, {}", country.en), format!("{}{place}", country.name(locale)))
            }
            None => place.to_owned(),
        }
    });
    let status = organization.pudong_explained(locale);
    match seat {
        Some(seat) => locale.pick(format!("{kind}, {seat}. {status}"), format!("{kind}，{seat}。{status}")),
        None => locale.pick(format!("{kind}. {status}"), format!("{kind}。{status}")),
    }
}
