//! Briefs: what is known of a thing on one A4 page, from the loaders of its page.

pub mod chart;
pub mod collected;
pub mod compose;
pub mod data;
pub mod draft;
pub mod figure;
pub mod fit;
pub mod indicator;
pub mod measure;
pub mod organization;
pub mod place;
pub mod program;
pub mod subsidy;
