//! Actions of data sets: what a client does with the observations of a message.

use chrono::{DateTime, Utc};

use super::components::RowContext;
use crate::domain::observations::store::MeasuredObservation;

/// What a client does with observations: the action of a data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Take note of them: all that match.
    Information,
    /// Add them, or replace those with the same key.
    Replace,
    /// Remove those with the same key.
    Delete,
}

impl Action {
    /// Code in SDMX-CSV.
    pub fn code(self) -> &'static str {
        match self {
            Action::Information => "I",
            Action::Replace => "R",
            Action::Delete => "D",
        }
    }

    /// Word in SDMX-JSON.
    pub fn word(self) -> &'static str {
        match self {
            Action::Information => "Information",
            Action::Replace => "Replace",
            Action::Delete => "Delete",
        }
    }
}

/// A data set of a message: observations of one action.
pub struct ActionSet {
    pub action: Action,
    pub rows: Vec<MeasuredObservation>,
    /// When the revision that did it was published; only in a history.
    pub valid_from: Option<DateTime<Utc>>,
    /// What the attributes of the observations are read from.
    pub context: RowContext,
}
