//! Pages about the data set: available files, column definitions, and the changes of each revision.

pub mod data;
pub mod page;
pub mod revision;
