//! Parts of pages that know no noun of the product.

#[cfg(feature = "hydrate")]
pub mod ask;
pub mod figure;
pub mod furniture;
pub mod here;
pub mod list;
pub mod loaded;
pub mod markup;
pub mod page;
pub mod readout;
pub mod share;
pub mod suggest;
pub mod take;
pub mod theme;
pub mod title;
pub mod words;
