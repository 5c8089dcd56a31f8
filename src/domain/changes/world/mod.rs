//! What happened in the world in a time, apart from what changed in the data.
//!
//! A date counts if all of it lies in the time: of a month or a year that had begun before, or has not passed, nobody can say.

pub mod store;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    domain::sources::model::SourceRef,
    text::{Named, PartialDate},
    vocabulary,
};

vocabulary! {
    /// What happened.
    pub enum HappeningKind {
        Announced = "announced", "Programmes announced", "政策公布";
        InForce = "in-force", "Programmes that entered into force", "政策生效";
        ApplicationsClosed = "applications-closed", "Applications that closed", "申报截止";
        TermEnded = "term-ended", "Programmes whose term ended", "政策有效期届满";
        Signed = "signed", "Companies that signed to come to Pudong", "企业签约落户浦东";
        Published = "published", "Figures that sources published", "来源发布的数据";
    }
}

impl HappeningKind {
    /// Returns every kind, in display order.
    pub fn all() -> impl Iterator<Item = HappeningKind> {
        HappeningKind::WORDS.iter().map(|(_, kind)| *kind)
    }
}

/// Something that happened in the world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    pub kind: HappeningKind,
    pub on: PartialDate,
    /// The programme, the company or the source.
    pub row: Named,
    /// Path of its page below the language.
    pub page: String,
    /// Number of figures that a source published.
    pub figures: Option<i64>,
    pub source: SourceRef,
}

/// The time and the subject of which is asked what happened. What is unset does not restrict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The time begins after this day.
    pub after: NaiveDate,
    pub until: NaiveDate,
    /// Ids of a place and of every place within it.
    pub places: Option<Vec<String>>,
    pub indicator: Option<String>,
    pub organization: Option<String>,
    pub program: Option<String>,
}
