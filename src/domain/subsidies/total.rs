//! Totals of subsidies: of one kind, in one currency, and either of whole schemes or of single recipients.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::model::SubsidyKind;
use crate::text::{
    Locale, Unit,
    number::{currency_name, grouped},
};

/// Extent of all known subsidies, regardless of filters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LedgerCoverage {
    pub amounts: i64,
    /// Number of amounts with a named recipient.
    pub named: i64,
    pub places: i64,
    /// First and last year covered by any amount.
    pub years: Option<(i32, i32)>,
}

/// Sum of subsidies that may be added.
///
/// The amount of a whole scheme may include amounts of its recipients, so the two are never in one total. Amounts that
/// are part of another one, or may be (`part_of`, `counted_elsewhere`), are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    pub kind: SubsidyKind,
    /// ISO 4217 code.
    pub currency: String,
    /// Whether each amount went to a named recipient. Otherwise each is the amount of a whole scheme.
    pub to_recipients: bool,
    pub sum: Decimal,
    /// Number of amounts added.
    pub added: i64,
    /// Number of amounts left out because they are part of another.
    pub left_out: i64,
    /// Number of added amounts that are ranges, of which the lower end was added.
    pub ranges: i64,
    pub places: i64,
    /// First and last year covered by any of the amounts.
    pub years: Option<(i32, i32)>,
}

impl Total {
    pub fn amount(&self, locale: Locale) -> String {
        Unit::Money(self.currency.clone()).amount(self.sum, locale).to_string()
    }

    pub fn exact(&self, locale: Locale) -> String {
        Unit::Money(self.currency.clone()).exact(self.sum, locale).to_string()
    }

    pub fn heading(&self, locale: Locale) -> String {
        let kind = self.kind.name(locale);
        match (self.to_recipients, locale) {
            (true, Locale::En) => format!("{kind}, to named recipients"),
            (true, Locale::Zh) => format!("{kind}（有具名受助方）"),
            (false, Locale::En) => format!("{kind}, whole schemes"),
            (false, Locale::Zh) => format!("{kind}（整项计划）"),
        }
    }

    /// Describes what the total counts and what it leaves out.
    pub fn sentence(&self, locale: Locale) -> String {
        let added = grouped(self.added.into());
        let meaning = self.kind.explained(locale);
        let years = match self.years {
            None => String::new(),
            Some((first, last)) if first == last => locale.pick(format!(", {first}"), format!("，{first}年")),
            Some((first, last)) => {
                locale.pick(format!(", {first} to {last}"), format!("，{first}年至{last}年"))
            }
        };
        let mut out: Vec<String> = Vec::new();
        match locale {
            Locale::En => {
                let amounts = if self.added == 1 { "amount" } else { "amounts" };
                let whom = if self.to_recipients {
                    "to a named recipient each"
                } else {
                    "of whole schemes or places"
                };
                let places = match self.places {
                    0 => String::new(),
                    1 => ", from 1 place".to_owned(),
                    places => format!(", from {places} places"),
                };
                out.push(format!(
                    "Adds {added} {amounts} in {} {whom}{places}{years}: {meaning}.",
                    self.currency
                ));
                out.push(if self.kind == SubsidyKind::Budgeted {
                    "Grants and equity funds alike, for one year or several; most are wider than micro-dramas.".to_owned()
                } else {
                    "Many are wider than micro-dramas; the notes say so.".to_owned()
                });
                if self.left_out > 0 {
                    let them =
                        if self.left_out == 1 { "1 that is" } else { &format!("{} that are", self.left_out) };
                    out.push(format!("Leaves out {them} or may be part of another amount."));
                }
                if self.ranges > 0 {
                    out.push(format!("Of {} ranges the lower end is added.", self.ranges));
                }
                out.push("Other kinds, other currencies and what is not public are not in it.".to_owned());
            }
            Locale::Zh => {
                let whom = if self.to_recipients {
                    "各有具名受助方"
                } else {
                    "为整项计划或整个地区的金额"
                };
                let places = if self.places > 0 {
                    format!("，来自{}个地区", self.places)
                } else {
                    String::new()
                };
                out.push(format!(
                    "合计{added}笔{}金额，{whom}{places}{years}：{meaning}。",
                    currency_name(&self.currency, locale)
                ));
                out.push(if self.kind == SubsidyKind::Budgeted {
                    "资助与股权基金均计入，期限一年或多年不等；多数范围大于微短剧。".to_owned()
                } else {
                    "许多金额的范围大于微短剧，见各行说明。".to_owned()
                });
                if self.left_out > 0 {
                    out.push(format!("未计入{}笔，因其已包含或可能包含在其他金额之中。", self.left_out));
                }
                if self.ranges > 0 {
                    out.push(format!("其中{}笔为区间，按下限计。", self.ranges));
                }
                out.push("不含其他类别、其他币种以及未公开的金额。".to_owned());
            }
        }
        out.join(locale.pick(" ", ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_says_what_it_counts_and_what_it_leaves_out() {
        let total = Total {
            kind: SubsidyKind::Paid,
            currency: "CNY".into(),
            to_recipients: false,
            sum: 429_800_000.into(),
            added: 4,
            left_out: 1,
            ranges: 0,
            places: 3,
            years: Some((2016, 2025)),
        };
        assert_eq!(total.amount(Locale::En), "CNY 429.8 million");
        assert_eq!(
            total.sentence(Locale::En),
            "Adds 4 amounts in CNY of whole schemes or places, from 3 places, 2016 to 2025: reported as paid out. \
             Many are wider than micro-dramas; the notes say so. Leaves out 1 that is or may be part of another amount. \
             Other kinds, other currencies and what is not public are not in it."
        );
        assert!(total.sentence(Locale::Zh).contains(
            "合计4笔人民币金额，为整项计划或整个地区的金额，来自3个地区，2016年至2025年：据报道已拨付。"
        ));
    }
}
