//! Rows of programmes on pages and in files.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::programs::{lifecycle::ProgramStanding, model::Program};

/// A programme with its status on the requested day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgramRow {
    pub program: Program,
    pub standing: ProgramStanding,
    pub day: NaiveDate,
}

/// Pairs programmes with the status of each on a day.
pub fn standing(programs: impl IntoIterator<Item = Program>, day: NaiveDate) -> Vec<ProgramRow> {
    let row = |program: Program| ProgramRow { standing: program.standing(day), program, day };
    programs.into_iter().map(row).collect()
}
