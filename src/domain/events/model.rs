//! An event is something that happened on a known date.

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
    /// Id, and title in both languages.
    pub named: Named,
    pub date: PartialDate,
    pub kind: EventKind,
    pub jurisdiction: Option<Named>,
    /// Participants. The first is the main subject of the event.
    pub organizations: Vec<Named>,
    /// Programmes that the event is about or follows from.
    pub programs: Vec<Named>,
    /// Amount mentioned with the event, and its currency. The title says what the amount means; amounts must not be summed.
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
    /// Formats the amount mentioned with the event: `CNY 400 million`.
    pub fn amount(&self, locale: Locale) -> Option<String> {
        let (amount, currency) = self.amount.clone()?;
        Some(Unit::Money(currency).amount(amount, locale).to_string())
    }
}
