//! Data of the explore page.

pub mod browser;
pub mod charts;
pub mod chosen;
pub mod data;
pub mod load;
pub mod loader;
pub mod presets;
pub mod table;
#[cfg(test)]
pub mod tests;
pub mod view;
pub mod wording;
pub mod workings;
