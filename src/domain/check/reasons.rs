//! Reasons of verdicts, in both languages.

use serde::{Deserialize, Serialize};

use crate::text::Locale;

/// Why a verdict was given. Texts in it are figures or names in both languages, English first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// Indicator, entity, period and value agree.
    Agrees,
    /// The source words the figure with a qualifier that the text leaves out.
    QualifierLeftOut((String, String)),
    /// Other producers give other values.
    OthersGive((String, String)),
    /// A later figure of the same producer.
    SupersededBy((String, String)),
    /// The value is held for other periods, places or producers, listed here.
    HeldFor((String, String)),
    /// What is held for what the text says.
    HeldInstead((String, String)),
    OtherProducer((String, String)),
    NoPeriod,
    RelativePeriod,
    NoEntity,
    PartOnly,
    PowerOfTen(i32),
    OtherCurrency((String, String)),
    NoCurrency((String, String)),
    QualifierContradicts((String, String)),
    ForecastAsFact,
    FactAsForecast,
    InRange,
    Denied,
    Outlier,
    NoIndicator,
    NothingHeld((String, String)),
    NoUnit,
    TooLong,
}

impl Reason {
    pub fn words(&self, locale: Locale) -> String {
        let en = locale == Locale::En;
        let pick = |en: &str, zh: &str| locale.pick(en, zh).to_owned();
        let own = |pair: &(String, String)| if en { pair.0.clone() } else { pair.1.clone() };
        match self {
            Reason::Agrees => pick(
                "Indicator, entity, period and value agree, within the rounding as written.",
                "指标、对象、时段和数值均相符（按所写精度）。",
            ),
            Reason::QualifierLeftOut(figure) => locale
                .pick(format!("The source words it as {}.", figure.0), format!("来源表述为{}。", figure.1)),
            Reason::OthersGive(figures) => {
                locale.pick(format!("Others give {}.", figures.0), format!("其他数据方给出{}。", figures.1))
            }
            Reason::SupersededBy(figure) => locale.pick(
                format!("It was right when written; the same producer has since given {}.", figure.0),
                format!("发布当时无误；同一数据方此后给出{}。", figure.1),
            ),
            Reason::HeldFor(scopes) => locale
                .pick(format!("This value is given for {}.", scopes.0), format!("该数值见于{}。", scopes.1)),
            Reason::HeldInstead(figures) => locale
                .pick(format!("Held instead: {}.", figures.0), format!("已收录的数据为：{}。", figures.1)),
            Reason::OtherProducer(name) => locale.pick(
                format!("The text names another producer; this value is from {}.", name.0),
                format!("文中所称数据方不同；该数值来自{}。", name.1),
            ),
            Reason::NoPeriod => pick("The text names no period.", "文中未写明时段。"),
            Reason::RelativePeriod => {
                pick("The text does not say which year is meant.", "文中未写明所指年份。")
            }
            Reason::NoEntity => pick(
                "The text does not say which place, company or app is meant.",
                "文中未写明所指地区、企业或应用。",
            ),
            Reason::PartOnly => pick(
                "The text speaks of a part (one country or region) only.",
                "文中所指仅为其中一部分（某一国家或地区）。",
            ),
            Reason::PowerOfTen(power) => {
                let times = format!("1{}", "0".repeat(power.unsigned_abs() as usize));
                match (*power > 0, en) {
                    (true, true) => format!("The text is {times} times too high."),
                    (false, true) => format!("The text is {times} times too low."),
                    (true, false) => format!("文中数值大了{times}倍（数量级有误）。"),
                    (false, false) => format!("文中数值仅为其{times}分之一（数量级有误）。"),
                }
            }
            Reason::OtherCurrency(unit) => locale.pick(
                format!("The same number is held in another currency: {}.", unit.0),
                format!("同一数值收录时的币种不同：{}。", unit.1),
            ),
            Reason::NoCurrency(unit) => locale.pick(
                format!("The text names no currency; the figure held is {}.", unit.0),
                format!("文中未写明币种；已收录数据为{}。", unit.1),
            ),
            Reason::QualifierContradicts(figure) => locale.pick(
                format!("The number agrees, but not the words around it: the source has {}.", figure.0),
                format!("数值相同，但限定词不符：来源为{}。", figure.1),
            ),
            Reason::ForecastAsFact => pick(
                "The number is a forecast or a target; the text states it as a fact.",
                "该数值为预测或目标，文中写成了事实。",
            ),
            Reason::FactAsForecast => pick(
                "The text calls it a forecast; the source reports or estimates it.",
                "文中称其为预测；来源给出的是已公布或估算的数据。",
            ),
            Reason::InRange => pick(
                "The source and the text do not both give a range with the same ends.",
                "来源与文中并非给出两端相同的区间。",
            ),
            Reason::Denied => pick(
                "The sentence denies or compares the number instead of stating it.",
                "文中对该数值是否定或比较，而非陈述。",
            ),
            Reason::Outlier => pick(
                "The figure held should not be used: it is marked as an outlier.",
                "已收录的该数据标为异常值，不宜使用。",
            ),
            Reason::NoIndicator => pick(
                "The text does not say, in words known here, what the number measures.",
                "未能从文中辨认该数值所指的指标。",
            ),
            Reason::NothingHeld(scope) => locale.pick(
                format!("No figure is held for {}.", own(scope)),
                format!("未收录{}的数据。", own(scope)),
            ),
            Reason::NoUnit => pick("No unit stands with the number.", "该数值没有单位。"),
            Reason::TooLong => pick("The row of digits is too long to be read.", "数字位数过多，无法识别。"),
        }
    }
}
