//! The amount of a subsidy in another currency, on demand.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    domain::sources::model::SourceRef,
    text::{Locale, Period, Unit, number::grouped},
};

/// A subsidy's amount in the currency that the reader asked for, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// ISO 4217 code.
    pub currency: String,
    pub result: Result<Converted, NotConverted>,
}

/// A converted amount and the rates of exactly its period by which it was converted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Converted {
    pub amount: Decimal,
    /// Upper end of a range.
    pub high: Option<Decimal>,
    /// One rate, or two where the amount was converted through a third currency.
    pub rates: Vec<RateUsed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateUsed {
    pub rate: Decimal,
    /// `CNY per USD`.
    pub unit: Unit,
    /// Whether the amount is divided by the rate. Otherwise it is multiplied.
    pub divides: bool,
    pub period: Period,
    pub source: SourceRef,
}

/// Reason why an amount is not converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotConverted {
    /// The first or the last day that the amount covers is not known.
    NoPeriod,
    /// No published rate of exactly its period is held.
    NoRate,
    /// The result has too many digits.
    TooLarge,
}

impl Conversion {
    /// Formats the amount, rounded for reading: `USD 2.75 million`.
    pub fn amount(&self, converted: &Converted, locale: Locale) -> String {
        let unit = Unit::Money(self.currency.clone());
        let low = unit.rounded(converted.amount, locale);
        match converted.high.map(|high| unit.rounded(high, locale)) {
            Some(high) => locale.pick(format!("{low} to {high}"), format!("{low}至{high}")),
            None => low,
        }
    }

    /// States the rates, or why there is none: `÷ 7.1957 CNY per USD, 2024`.
    pub fn explained(&self, locale: Locale) -> String {
        match &self.result {
            Ok(converted) => {
                let rates: Vec<String> = converted.rates.iter().map(|rate| rate.worded(locale)).collect();
                rates.join(locale.pick("; ", "；"))
            }
            Err(reason) => reason.sentence(locale).to_owned(),
        }
    }
}

impl RateUsed {
    pub fn worded(&self, locale: Locale) -> String {
        let sign = if self.divides { "÷" } else { "×" };
        let Unit::Rate(name) = &self.unit else { return format!("{sign} {}", grouped(self.rate)) };
        let (rate, period) = (grouped(self.rate), self.period.label(locale));
        locale.pick(format!("{sign} {rate} {name}, {period}"), format!("{sign}{rate}（{name}，{period}）"))
    }
}

impl NotConverted {
    pub fn sentence(self, locale: Locale) -> &'static str {
        match self {
            NotConverted::NoPeriod => {
                locale.pick("not converted: its period is not known", "未换算：所属时段不详")
            }
            NotConverted::NoRate => locale.pick(
                "not converted: no rate of exactly its period is held",
                "未换算：本站没有完全对应该时段的汇率",
            ),
            NotConverted::TooLarge => locale.pick("not converted: too many digits", "未换算：位数过多"),
        }
    }
}
