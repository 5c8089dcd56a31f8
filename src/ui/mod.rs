//! Parts of pages that know no noun of the product.

pub mod list;
pub mod loaded;
pub mod page;
pub mod words;
