//! Totals of subsidies, each of one kind, one scope and one currency.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::model::SubsidyKind;
use crate::{
    domain::programs::model::Scope,
    text::{Locale, Unit},
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

/// Amounts added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    pub amount: Decimal,
    /// Number of amounts added.
    pub count: i64,
    /// Number of added amounts that are ranges, of which the lower end was added.
    pub ranges: i64,
}

impl Sum {
    pub fn add(&mut self, amount: Decimal, is_range: bool) {
        self.amount += amount;
        self.count += 1;
        self.ranges += i64::from(is_range);
    }
}

/// Total of the subsidies of one kind, one scope and one currency.
///
/// Amounts that are part of another one, or may be (`part_of`, `counted_elsewhere`), are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    pub kind: SubsidyKind,
    /// `None` if not known.
    pub scope: Option<Scope>,
    /// ISO 4217 code.
    pub currency: String,
    pub all: Sum,
    /// Those of the amounts that went to a named recipient.
    pub named: Sum,
    /// Number of amounts left out because they are, or may be, part of another.
    pub left_out: i64,
    pub places: i64,
    /// First and last year covered by any of the amounts.
    pub years: Option<(i32, i32)>,
}

impl Total {
    /// Formats a sum in the currency of the total, rounded for reading.
    pub fn rounded(&self, sum: Sum, locale: Locale) -> String {
        Unit::Money(self.currency.clone()).rounded(sum.amount, locale)
    }

    /// Formats a sum in the currency of the total with every digit.
    pub fn exact(&self, sum: Sum, locale: Locale) -> String {
        Unit::Money(self.currency.clone()).exact(sum.amount, locale).to_string()
    }
}
