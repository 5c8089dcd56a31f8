//! `/follow`: the ways to be told of the changes of a page, and the links in e-mails.

mod data;
mod forms;
pub mod page;
pub mod token;
mod ways;
