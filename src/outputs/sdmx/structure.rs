//! Structure of the data: dimensions, attributes and code lists.

use std::collections::BTreeMap;

use super::period::FREQUENCIES;
use crate::{
    domain::{
        indicators::index::IndicatorIndex,
        observations::{
            inventory::Inventory,
            model::{Basis, Qualifier},
        },
        revisions::Snapshot,
        sources,
    },
    error::AppError,
    text::{Locale, Named},
};

pub const AGENCY: &str = "MDO";
pub const FLOW: &str = "OBSERVATIONS";
pub const VERSION: &str = "1.0";
/// Name of the dataflow and of its structure, in English and Chinese.
pub const FLOW_NAME: (&str, &str) = ("Figures of the Micro-Drama Observatory", "微短剧观察的数据");
pub const CONCEPTS: &str = "CONCEPTS";

/// A code with its name in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    pub id: String,
    pub en: String,
    pub zh: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codelist {
    pub id: &'static str,
    pub en: &'static str,
    pub zh: &'static str,
    pub codes: Vec<Code>,
}

/// A component of the structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component {
    pub id: &'static str,
    pub en: &'static str,
    pub zh: &'static str,
    /// Its code list; none for free values.
    pub codelist: Option<&'static str>,
}

const fn component(
    id: &'static str,
    en: &'static str,
    zh: &'static str,
    codelist: Option<&'static str>,
) -> Component {
    Component { id, en, zh, codelist }
}

/// Dimensions of the key, in order; time is not part of it.
pub const DIMENSIONS: [Component; 5] = [
    component("FREQ", "Length of the period", "时段长度", Some("CL_FREQ")),
    component("INDICATOR", "Indicator", "指标", Some("CL_INDICATOR")),
    component("ENTITY", "What the figure is about", "对象", Some("CL_ENTITY")),
    component("PRODUCER", "Who measured or estimated it", "数据方", Some("CL_PRODUCER")),
    component("SOURCE", "Where it was seen", "来源", Some("CL_SOURCE")),
];

pub const TIME: Component = component("TIME_PERIOD", "Period", "时段", None);
pub const MEASURE: Component = component("OBS_VALUE", "Value", "数值", None);

pub const ATTRIBUTES: [Component; 13] = [
    component("UPPER_VALUE", "Upper end of a range", "数值上限", None),
    component("UNIT_MEASURE", "Unit", "单位", Some("CL_UNIT")),
    component("UNIT_MULT", "Power of ten to multiply with: always 0", "倍数（10的幂）：恒为0", None),
    component("OBS_STATUS", "Status", "状态", Some("CL_OBS_STATUS")),
    component("CONF_STATUS", "Confidentiality: always free", "保密状态：恒为公开", Some("CL_CONF_STATUS")),
    component("QUALIFIER", "How the source words it", "限定词", Some("CL_QUALIFIER")),
    component("BASIS", "Before or after store fees", "口径", Some("CL_BASIS")),
    component(
        "BREAK_FROM",
        "Day of the last break in the series; values with different days must not be compared",
        "最近一次口径变化的起始日；起始日不同的数值不可比",
        None,
    ),
    component("HEADLINE", "Drawn by default", "主要行", None),
    component("PERIOD_START", "First day covered", "时段起", None),
    component("PERIOD_END", "Last day covered", "时段止", None),
    component("SOURCE_URL", "Address of the source", "来源网址", None),
    component("COMMENT_OBS", "Note", "说明", None),
];

/// Returns every component, the key first.
pub fn components() -> impl Iterator<Item = &'static Component> {
    DIMENSIONS.iter().chain([&TIME, &MEASURE]).chain(&ATTRIBUTES)
}

/// Returns the code lists as of a snapshot, with only the codes that have observations.
pub async fn codelists(snapshot: &Snapshot) -> Result<Vec<Codelist>, AppError> {
    let inventory = snapshot.cached::<Inventory>().await?;
    let both = |named: &Named| (named.id.clone(), (named.en.clone(), named.name(Locale::Zh).to_owned()));
    let sources = sources::store::of_figures(&snapshot.db, snapshot.at).await?;
    let sources = sources.into_iter().map(|source| {
        let title = |locale| source.title_for(locale).0.to_owned();
        (source.id.clone(), (title(Locale::En), title(Locale::Zh)))
    });
    let indicators = snapshot.cached::<IndicatorIndex>().await?;
    let units: BTreeMap<String, (String, String)> = indicators
        .all()
        .iter()
        .map(|indicator| {
            let word = indicator.unit.word().to_owned();
            (unit_code(&word), (word.clone(), word))
        })
        .collect();
    let measured = indicators.all().iter().map(|indicator| both(&indicator.named));
    let fixed = |codes: &[(&str, &str, &str)]| -> Vec<Code> {
        codes.iter().map(|(id, en, zh)| code(id, en, zh)).collect()
    };
    let list = |id, en, zh, codes| Codelist { id, en, zh, codes };
    Ok(vec![
        list("CL_FREQ", "Lengths of periods", "时段长度", fixed(&FREQUENCIES)),
        list("CL_INDICATOR", "Indicators", "指标", named(measured)),
        list("CL_ENTITY", "Entities", "对象", named(inventory.entities().map(both))),
        list("CL_PRODUCER", "Producers", "数据方", named(inventory.producers().map(both))),
        list("CL_SOURCE", "Sources", "来源", named(sources)),
        list("CL_UNIT", "Units", "单位", named(units)),
        list(
            "CL_OBS_STATUS",
            "Statuses",
            "状态",
            fixed(&[
                ("A", "Normal value: reported", "报告值"),
                ("E", "Estimated value", "估算值"),
                ("F", "Forecast value", "预测值"),
            ]),
        ),
        list("CL_CONF_STATUS", "Confidentiality", "保密状态", fixed(&[("F", "Free", "公开")])),
        list("CL_QUALIFIER", "Qualifiers", "限定词", words(Qualifier::WORDS, Qualifier::name)),
        list("CL_BASIS", "Bases", "口径", words(Basis::WORDS, Basis::name)),
    ])
}

fn code(id: &str, en: &str, zh: &str) -> Code {
    Code { id: id.to_owned(), en: en.to_owned(), zh: zh.to_owned() }
}

fn named(codes: impl IntoIterator<Item = (String, (String, String))>) -> Vec<Code> {
    codes.into_iter().map(|(id, (en, zh))| Code { id, en, zh }).collect()
}

fn words<T: Copy>(words: &[(&str, T)], name: fn(T, Locale) -> &'static str) -> Vec<Code> {
    words.iter().map(|(word, value)| code(word, name(*value, Locale::En), name(*value, Locale::Zh))).collect()
}

/// Returns a unit as a code, which contains no spaces: `CNY_per_USD`.
pub fn unit_code(word: &str) -> String {
    word.replace(' ', "_")
}

/// Returns `OBS_STATUS` of a qualifier.
pub fn status(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Estimate => "E",
        Qualifier::Forecast => "F",
        _ => "A",
    }
}
