//! An observation is one value (or range) of an indicator for an entity and a period, by a producer, seen in a source.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    domain::sources::model::SourceRef,
    text::{Bilingual, Locale, Named, Period, Unit},
    vocabulary,
};

vocabulary! {
    /// Wording of the figure in its source.
    pub enum Qualifier {
        Exact = "exact", "stated", "来源直接给出";
        Estimate = "estimate", "estimate", "估算";
        Approximately = "approximately", "about", "约";
        Nearly = "nearly", "nearly", "近";
        AtLeast = "at-least", "at least", "至少";
        AtMost = "at-most", "at most", "至多";
        Range = "range", "range", "区间";
        Forecast = "forecast", "forecast", "预测";
    }
}

impl Qualifier {
    /// Explanation of the qualifier for readers.
    pub fn explained(self, locale: Locale) -> &'static str {
        match self {
            Qualifier::Exact => {
                locale.pick("The source prints it as a plain figure.", "来源直接给出该数值。")
            }
            Qualifier::Estimate => locale.pick("From a model or a survey.", "由模型或调查得出。"),
            Qualifier::Approximately => locale.pick("The source says “about”.", "来源称“约”。"),
            Qualifier::Nearly => locale.pick("Just below the value.", "略低于该数值。"),
            Qualifier::AtLeast => locale.pick("A lower bound.", "下限。"),
            Qualifier::AtMost => locale.pick("An upper bound.", "上限。"),
            Qualifier::Range => {
                locale.pick("Between the value and the upper value.", "介于数值与数值上限之间。")
            }
            Qualifier::Forecast => locale.pick(
                "About a period that was not over when the figure was made, or a target.",
                "作出时所涉时段尚未结束，或为目标值。",
            ),
        }
    }
}

vocabulary! {
    /// Whether app-store revenue is counted before or after the store's fee.
    pub enum Basis {
        Gross = "gross", "before store fees", "扣除商店佣金前";
        Net = "net", "after store fees", "扣除商店佣金后";
    }
}

vocabulary! {
    /// Kinds of producers, in order of preference for the front page: those that count before those that estimate.
    pub enum ProducerKind {
        Regulator = "regulator", "regulator", "监管部门";
        Association = "association", "association", "行业协会";
        CentralBank = "central-bank", "central bank", "央行";
        Survey = "survey", "survey", "调查";
        Company = "company", "company", "企业";
        ResearchFirm = "research-firm", "research firm", "研究机构";
        AppAnalytics = "app-analytics", "app analytics", "应用数据机构";
        Bank = "bank", "bank", "银行或券商";
        Media = "media", "media", "媒体";
        Other = "other", "other", "其他";
    }
}

/// Body that measured or estimated an observation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Producer {
    pub named: Named,
    pub kind: ProducerKind,
}

impl Producer {
    /// Whether it is a body. Figures whose producer no source names share one id, and so do figures calculated by this site.
    pub fn is_body(&self) -> bool {
        !matches!(self.named.id.as_str(), "unattributed" | "derived")
    }
}

/// An observation with everything that must be shown with it, except its indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    pub entity: Named,
    pub producer: Producer,
    pub period: Period,
    /// In the unit of the indicator.
    pub value: Decimal,
    /// Upper end of a range of which `value` is the lower end.
    pub high: Option<Decimal>,
    pub qualifier: Qualifier,
    pub basis: Option<Basis>,
    /// Whether the observation is drawn by default. At most one row per indicator, entity, producer and period.
    pub headline: bool,
    pub source: SourceRef,
    pub note: Bilingual,
    /// Whether the figure should not be used; the note gives the reason. Never a headline row.
    pub outlier: bool,
}

impl Observation {
    /// Whether it is a single number that another can be compared with, though it may be rounded or estimated: neither a bound nor a range
    /// nor a forecast.
    pub fn is_one_number(&self) -> bool {
        let is_number = match self.qualifier {
            Qualifier::Exact | Qualifier::Estimate | Qualifier::Approximately | Qualifier::Nearly => true,
            Qualifier::AtLeast | Qualifier::AtMost | Qualifier::Range | Qualifier::Forecast => false,
        };
        is_number && self.high.is_none()
    }

    /// Formats the value, always with its qualifier: `≥ CNY 100 billion`, `CNY 20 billion to CNY 25 billion`.
    pub fn worded(&self, unit: &Unit, locale: Locale) -> String {
        self.worded_with(|value| unit.amount(value, locale).to_string(), locale)
    }

    /// Formats the value with every digit: `≥ CNY 100,000,000,000`.
    pub fn worded_exactly(&self, unit: &Unit, locale: Locale) -> String {
        self.worded_with(|value| unit.exact(value, locale).to_string(), locale)
    }

    fn worded_with(&self, amount: impl Fn(Decimal) -> String, locale: Locale) -> String {
        worded(self.value, self.high, self.qualifier, amount, locale)
    }

    /// Formats the value for running text: `at least CNY 100 billion`, `an estimated USD 4 billion`.
    pub fn spoken(&self, unit: &Unit, locale: Locale) -> String {
        let amount = unit.amount(self.value, locale);
        let word = match (self.qualifier, locale) {
            (Qualifier::Exact | Qualifier::Range, _) => "",
            (Qualifier::Estimate, Locale::En) => "an estimated ",
            (Qualifier::Estimate, Locale::Zh) => "估计",
            (Qualifier::Forecast, Locale::En) => "a forecast ",
            (Qualifier::Forecast, Locale::Zh) => "预计",
            (qualifier, Locale::En) => &format!("{} ", qualifier.name(locale)),
            (qualifier, Locale::Zh) => qualifier.name(locale),
        };
        match (self.high, locale) {
            (Some(high), Locale::En) => format!("{word}{amount} to {}", unit.amount(high, locale)),
            (Some(high), Locale::Zh) => format!("{word}{amount}至{}", unit.amount(high, locale)),
            (None, _) => format!("{word}{amount}"),
        }
    }

    /// Sign printed before a figure in large type. The qualifier is printed below it in words.
    pub fn sign(&self) -> &'static str {
        match self.qualifier {
            Qualifier::Approximately | Qualifier::Nearly => "≈",
            Qualifier::AtLeast => "≥",
            Qualifier::AtMost => "≤",
            Qualifier::Exact | Qualifier::Estimate | Qualifier::Range | Qualifier::Forecast => "",
        }
    }

    /// Upper end of the range, or the value itself.
    pub fn upper(&self) -> Decimal {
        self.high.unwrap_or(self.value)
    }
}

/// Formats a value or a range with its qualifier: `≥ CNY 100 billion`. `amount` formats a number with its unit.
pub fn worded(
    value: Decimal,
    high: Option<Decimal>,
    qualifier: Qualifier,
    amount: impl Fn(Decimal) -> String,
    locale: Locale,
) -> String {
    let value = amount(value);
    let span = |high| match locale {
        Locale::En => format!("{value} to {}", amount(high)),
        Locale::Zh => format!("{value}至{}", amount(high)),
    };
    match (qualifier, high) {
        (Qualifier::Forecast, Some(high)) => {
            locale.pick(format!("{} (forecast)", span(high)), format!("{}（预测）", span(high)))
        }
        (_, Some(high)) => span(high),
        (Qualifier::Exact | Qualifier::Range, None) => value,
        (Qualifier::Estimate, None) => locale.pick(format!("{value} (estimate)"), format!("{value}（估算）")),
        (Qualifier::Forecast, None) => locale.pick(format!("{value} (forecast)"), format!("{value}（预测）")),
        (Qualifier::Approximately, None) => format!("≈ {value}"),
        (Qualifier::AtLeast, None) => format!("≥ {value}"),
        (Qualifier::AtMost, None) => format!("≤ {value}"),
        (Qualifier::Nearly, None) => locale.pick(format!("nearly {value}"), format!("近{value}")),
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use super::*;
    use crate::text::Language;

    /// Sample observation of China for 2025, for tests to modify.
    pub fn observation(producer: &str, value: i64, qualifier: Qualifier) -> Observation {
        Observation {
            entity: Named::new("china".into(), "China".into(), Some("中国".into())),
            producer: Producer {
                named: Named::new(producer.into(), producer.to_uppercase(), None),
                kind: ProducerKind::ResearchFirm,
            },
            period: Period::new("2025-01-01".parse().unwrap(), "2025-12-31".parse().unwrap()),
            value: Decimal::from(value),
            high: None,
            qualifier,
            basis: None,
            headline: true,
            source: SourceRef {
                id: format!("{producer}-2025"),
                title: "A report".into(),
                title_en: None,
                publisher: "Publisher".into(),
                publisher_zh: None,
                published_on: None,
                url: "https://example.org".into(),
                language: Language::English,
                official: false,
            },
            note: Bilingual::default(),
            outlier: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{samples::observation, *};

    #[test]
    fn a_figure_never_stands_without_its_qualifier() {
        let cny = Unit::Money("CNY".into());
        for (qualifier, en, zh) in [
            (Qualifier::Exact, "CNY 50 billion", "500亿元"),
            (Qualifier::Estimate, "CNY 50 billion (estimate)", "500亿元（估算）"),
            (Qualifier::Forecast, "CNY 50 billion (forecast)", "500亿元（预测）"),
            (Qualifier::AtLeast, "≥ CNY 50 billion", "≥ 500亿元"),
            (Qualifier::Nearly, "nearly CNY 50 billion", "近500亿元"),
        ] {
            let figure = observation("x", 50_000_000_000, qualifier);
            assert_eq!(figure.worded(&cny, Locale::En), en);
            assert_eq!(figure.worded(&cny, Locale::Zh), zh);
        }
    }

    #[test]
    fn a_range_gives_both_ends() {
        let figure = Observation { high: Some(Decimal::from(60)), ..observation("x", 40, Qualifier::Range) };
        assert_eq!(figure.worded(&Unit::People, Locale::En), "40 people to 60 people");
        let figure = Observation { qualifier: Qualifier::Forecast, ..figure };
        assert_eq!(figure.worded(&Unit::Percent, Locale::Zh), "40%至60%（预测）");
    }
}
