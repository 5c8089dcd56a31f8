//! Pages about indicators.

mod definition;
pub mod detail;
mod drawing;
pub mod history;
pub mod list;
mod series_form;
