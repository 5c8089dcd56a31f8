//! A subsidy is one amount of public money.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    text::{Bilingual, Locale, Named, PartialDate, Unit},
    vocabulary,
};

vocabulary! {
    /// How far the money has come.
    pub enum SubsidyKind {
        Budgeted = "budgeted", "budgeted", "预算安排";
        Approved = "approved", "approved", "已核准";
        Paid = "paid", "paid", "已拨付";
        Disclosed = "disclosed", "disclosed", "企业披露";
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subsidy {
    pub id: String,
    pub kind: SubsidyKind,
    pub program: Option<Named>,
    pub recipient: Option<Named>,
    pub jurisdiction: Option<Named>,
    pub amount: Decimal,
    /// The upper end of a range.
    pub high: Option<Decimal>,
    /// ISO 4217 code.
    pub currency: String,
    pub disclosed_on: Option<PartialDate>,
    pub note: Bilingual,
}

impl Subsidy {
    /// The amount with its kind: `paid: CNY 19.8 million`.
    pub fn worded(&self, locale: Locale) -> String {
        let unit = Unit::Money(self.currency.clone());
        let low = unit.amount(self.amount, locale);
        let kind = self.kind.name(locale);
        match (self.high, locale) {
            (Some(high), Locale::En) => format!("{kind}: {low} to {}", unit.amount(high, locale)),
            (Some(high), Locale::Zh) => format!("{kind}：{low}至{}", unit.amount(high, locale)),
            (None, Locale::En) => format!("{kind}: {low}"),
            (None, Locale::Zh) => format!("{kind}：{low}"),
        }
    }
}
