//! Front page: the size of the industry, what Pudong offers, recent events. All of it is derived from rows by rules, so that it stays
//! correct when the data change.

pub mod model;
