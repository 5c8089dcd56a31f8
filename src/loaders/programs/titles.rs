//! Titles and descriptions of the pages about programmes; their files and feeds use them too.

use crate::{
    domain::programs::{
        choices::{ScopeChoice, Within},
        comparison::query::CompareQuery,
        model::{Program, Scope},
    },
    text::Locale,
};

/// Title of the page; its files use it too.
pub fn title(locale: Locale) -> &'static str {
    locale.pick("Programmes", "政策")
}

pub fn description(locale: Locale) -> &'static str {
    locale.pick(
        "Support measures and rules for micro-dramas, in Pudong and in comparable places, measure by measure: what is offered, to whom, since when, and by which source.",
            "浦东及可比地区的微短剧扶持措施和规定，逐项列出：提供什么、面向谁、何时起、出自何处。",
    )
}

/// Returns the purpose of a programme; where no source states it, its kind and place.
pub fn describe(program: &Program, locale: Locale) -> String {
    let place = program.jurisdiction.name(locale);
    let instrument = program.instrument.name(locale);
    match program.objective.get(locale) {
        Some(objective) => locale.pick(format!("{objective}."), format!("{objective}。")),
        None => locale.pick(format!("{instrument} in {place}."), format!("{place}的{instrument}。")),
    }
}

/// Title of the page that sets a notice beside those it replaces.
pub fn changes_title(program: &Program, locale: Locale) -> String {
    let name = program.named.name(locale);
    locale.pick(format!("What changed: {name}"), format!("政策变化：{name}"))
}

pub fn changes_description(locale: Locale) -> &'static str {
    locale.pick(
        "The notice beside the one that it replaces or continues, field by field and measure by measure, as far as the \
         sources state them.",
        "该通知与其取代或延续的通知逐项、逐条对照，以来源所载为限。",
    )
}

/// Title of the page, for places or for programmes; its files use it too.
pub fn compare_title(of_places: bool, locale: Locale) -> &'static str {
    match of_places {
        true => locale.pick("Who offers what", "各地提供什么"),
        false => locale.pick("Programmes side by side", "政策并列比较"),
    }
}

pub fn compare_description(of_places: bool, locale: Locale) -> &'static str {
    match of_places {
        true => locale.pick(
            "Support measures by instrument and place: how many are in force, and what one place has that another lacks. A city \
             counts the measures of its districts, a province those of its cities, a country those of its parts.",
            "各地扶持措施，按工具分列：有多少正在施行，哪些为他处所有而本地所无。城市含所辖区县的措施，省含各市的措施，国家含其各地的措施。",
        ),
        false => locale.pick(
            "Programmes beside each other. Amounts of different kinds are never put on one scale.",
            "政策并列比较。不同类别的金额不放在同一尺度上。",
        ),
    }
}

/// States which measures a comparison of places counts.
pub fn counted(query: &CompareQuery, locale: Locale) -> String {
    let scope = match query.scope {
        Some(ScopeChoice::Related) => {
            locale.pick("measures made for micro-dramas or covering them", "专为或涵盖微短剧的措施")
        }
        Some(ScopeChoice::Exactly(Scope::MicroDrama)) => {
            locale.pick("measures made for micro-dramas", "专为微短剧的措施")
        }
        Some(ScopeChoice::Exactly(Scope::Includes)) => {
            locale.pick("wider measures that cover micro-dramas", "范围较宽、涵盖微短剧的措施")
        }
        Some(ScopeChoice::Exactly(Scope::General)) => locale.pick("general measures", "一般性措施"),
        None => locale.pick("measures of any scope, general ones included", "各种范围的措施，含一般性措施"),
    };
    match query.within {
        Within::All => locale.pick(
            format!("Counted: {scope}, of each place and of the places within it."),
            format!("计入：各地及其所辖各地{scope}。"),
        ),
        Within::Own => locale.pick(
            format!("Counted: {scope}, only each place’s own."),
            format!("计入：各地本级的{scope}，不含所辖各地。"),
        ),
    }
}

/// Title of the page; its files use it too.
pub fn match_title(locale: Locale) -> &'static str {
    locale.pick("Which programmes fit my firm?", "哪些政策适合我的企业？")
}

pub fn match_description(locale: Locale) -> &'static str {
    locale.pick(
        "State what you know about the firm, and leave the rest open. Answers rest on the recorded data of each programme alone. They are not advice: the agency decides.",
        "填写您了解的企业情况，其余可以留空。结果仅依据各项政策的数据字段得出，不构成建议；最终以主管部门为准。",
    )
}
