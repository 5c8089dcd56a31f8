//! Programmes that close soon, on the front page, the list and the pages of places.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::rows::{ProgramRow, standing};
use crate::{domain::revisions::Snapshot, error::AppError};

/// How far ahead a closing date counts as soon, in days.
const SOON: Days = Days::new(90);

/// Maximum number of programmes named.
const NAMED: usize = 5;

/// Programmes that close soon, earliest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClosingSoon {
    /// Last day that counts as soon.
    pub until: NaiveDate,
    pub rows: Vec<ProgramRow>,
    /// Their number, where not all of them are named.
    pub all: usize,
}

/// Returns the programmes that close within 90 days of a day: all, or those of a place and what lies within it.
pub async fn closing_soon(
    snapshot: &Snapshot,
    day: NaiveDate,
    place: Option<&str>,
) -> Result<ClosingSoon, AppError> {
    use crate::domain::{
        entities::model::Places,
        programs::{filter, index::ProgramIndex},
    };

    let (index, places) = (snapshot.cached::<ProgramIndex>().await?, snapshot.cached::<Places>().await?);
    let until = day.checked_add_days(SOON).unwrap_or(NaiveDate::MAX);
    let closing = index.closing(day, until, |id| place.is_none_or(|larger| places.within(id, larger)));
    let all = closing.len();
    let rows = filter::fetch_by_ids(snapshot, closing.into_iter().take(NAMED)).await?;
    Ok(ClosingSoon { until, rows: standing(rows, day), all })
}
