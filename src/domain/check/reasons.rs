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
    /// Who forecast it and when that was published.
    ForecastAsFact((String, String)),
    FactAsForecast,
    /// Which of several names the number is about is not clear.
    SeveralNamed,
    OffField,
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
        self.fixed().map_or_else(|| self.worked(locale), |(en, zh)| locale.pick(en, zh).to_owned())
    }

    /// Sentences that name nothing of the data set.
    fn fixed(&self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Reason::Agrees => (
                "Indicator, entity, period and value agree, within the rounding as written.",
                "指标、对象、时段和数值均相符（按所写精度）。",
            ),
            Reason::NoPeriod => ("The text names no period.", "文中未写明时段。"),
            Reason::RelativePeriod => ("The text does not say which year is meant.", "文中未写明所指年份。"),
            Reason::NoEntity => (
                "The text does not say which place, company or app is meant.",
                "文中未写明所指地区、企业或应用。",
            ),
            Reason::PartOnly => (
                "The text speaks of a part (one country or region) only.",
                "文中所指仅为其中一部分（某一国家或地区）。",
            ),
            Reason::SeveralNamed => (
                "The text names several, or another one beside the one whose figure this is; which one the number is about is not clear.",
                "文中提及多个对象或另有所指，无法确定该数值属于哪一个。",
            ),
            Reason::OffField => {
                ("The text does not say that micro-dramas are meant.", "文中未写明所指为微短剧。")
            }
            Reason::FactAsForecast => (
                "The text calls it a forecast; the source reports or estimates it.",
                "文中称其为预测；来源给出的是已公布或估算的数据。",
            ),
            Reason::InRange => (
                "The source and the text do not both give a range with the same ends.",
                "来源与文中并非给出两端相同的区间。",
            ),
            Reason::Denied => (
                "The sentence denies or compares the number instead of stating it.",
                "文中对该数值是否定或比较，而非陈述。",
            ),
            Reason::Outlier => (
                "The figure held should not be used: it is marked as an outlier.",
                "已收录的该数据标为异常值，不宜使用。",
            ),
            Reason::NoIndicator => (
                "The text does not say, in words known here, what the number measures.",
                "未能从文中辨认该数值所指的指标。",
            ),
            Reason::NoUnit => ("No unit stands with the number.", "该数值没有单位。"),
            Reason::TooLong => ("The row of digits is too long to be read.", "数字位数过多，无法识别。"),
            _ => return None,
        })
    }

    /// Sentences with figures or names in them.
    fn worked(&self, locale: Locale) -> String {
        let (before, pair, after) = match self {
            Reason::PowerOfTen(power) => return powers(*power, locale),
            Reason::QualifierLeftOut(pair) => (("The source words it as ", "来源表述为"), pair, "。"),
            Reason::OthersGive(pair) => (("Others give ", "其他数据方给出"), pair, "。"),
            Reason::SupersededBy(pair) => (
                (
                    "It was right when written; the same producer has since given ",
                    "发布当时无误；同一数据方此后给出",
                ),
                pair,
                "。",
            ),
            Reason::ForecastAsFact(pair) => (
                (
                    "The text states as a fact what is a forecast or a target: ",
                    "文中写成了事实，实为预测或目标：",
                ),
                pair,
                "。",
            ),
            Reason::HeldFor(pair) => (("This value is given for ", "该数值见于"), pair, "。"),
            Reason::HeldInstead(pair) => (("Held instead: ", "已收录的数据为："), pair, "。"),
            Reason::OtherProducer(pair) => (
                ("The text names another producer; this value is from ", "文中所称数据方不同；该数值来自"),
                pair,
                "。",
            ),
            Reason::OtherCurrency(pair) => {
                (("The same number is held in another currency: ", "同一数值收录时的币种不同："), pair, "。")
            }
            Reason::NoCurrency(pair) => (
                ("The text names no currency; the figure held is ", "文中未写明币种；已收录数据为"),
                pair,
                "。",
            ),
            Reason::QualifierContradicts(pair) => (
                (
                    "The number agrees, but not the words around it: the source has ",
                    "数值相同，但限定词不符：来源为",
                ),
                pair,
                "。",
            ),
            Reason::NothingHeld(pair) => (("No figure is held for ", "未收录"), pair, "的数据。"),
            _ => return String::new(),
        };
        let (before, own) = locale.pick((before.0, &pair.0), (before.1, &pair.1));
        format!("{before}{own}{}", locale.pick(".", after))
    }
}

fn powers(power: i32, locale: Locale) -> String {
    let times = format!("1{}", "0".repeat(power.unsigned_abs() as usize));
    match (power > 0, locale) {
        (true, Locale::En) => format!("The text is {times} times too high."),
        (false, Locale::En) => format!("The text is {times} times too low."),
        (true, Locale::Zh) => format!("文中数值大了{times}倍（数量级有误）。"),
        (false, Locale::Zh) => format!("文中数值仅为其{times}分之一（数量级有误）。"),
    }
}
