//! Places and the tree they form. What applies in a city applies in its districts.

pub mod contents;
pub mod known;
pub mod model;
pub mod names;
pub mod parameter;
pub mod store;
