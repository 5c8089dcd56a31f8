//! The front page: what the industry is worth, what Pudong offers, what happened lately. All of it follows from rows by
//! rules, so that it stays true when the data changes.

pub mod model;
