//! An event is something dated that happened.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    domain::sources::model::SourceRef,
    text::{Bilingual, Locale, Named, PartialDate, Unit},
    vocabulary,
};

vocabulary! {
    pub enum EventKind {
        Policy = "policy", "Policy", "政策";
        Summit = "summit", "Summit", "大会";
        Agreement = "agreement", "Agreement", "签约";
        Opening = "opening", "Opening", "启用";
        Investment = "investment", "Investment", "投资";
        Listing = "listing", "Listing", "上市";
        Report = "report", "Report", "报告";
        Other = "other", "Other", "其他";
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its id and its title in both languages.
    pub named: Named,
    pub date: PartialDate,
    pub kind: EventKind,
    pub jurisdiction: Option<Named>,
    /// Who took part, the one it is about first.
    pub organizations: Vec<Named>,
    /// What it is about or followed from.
    pub programs: Vec<Named>,
    /// Money named with it, in this currency: read the title, never add up.
    pub amount: Option<(Decimal, String)>,
    pub source: SourceRef,
    pub note: Bilingual,
}

impl crate::domain::listing::IndexEntry for Event {
    fn id(&self) -> &str {
        &self.named.id
    }
}

impl Event {
    /// The money named with it: `CNY 400 million`.
    pub fn amount(&self, locale: Locale) -> Option<String> {
        let (amount, currency) = self.amount.clone()?;
        Some(Unit::Money(currency).amount(amount, locale).to_string())
    }
}
