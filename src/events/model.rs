//! An event is something dated that happened.

use serde::{Deserialize, Serialize};

use crate::{
    sources::model::SourceRef,
    text::{Bilingual, Named, PartialDate},
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
    pub source: SourceRef,
    pub note: Bilingual,
}
