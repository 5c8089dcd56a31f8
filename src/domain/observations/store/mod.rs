//! SQL statements about observations.

mod breaks;
mod pages;
mod rows;
mod select;
mod stream;

pub use self::{
    pages::{ObservationVersion, page, updated, updated_count, versions},
    rows::MeasuredObservation,
    select::{ObservationSelector, SeriesKey, select},
    stream::{StreamForm, StreamTexts, everything},
};
