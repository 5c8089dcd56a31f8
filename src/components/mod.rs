//! Shared page components, independent of the domain.

pub mod async_page;
pub mod downloads;
pub mod feeds;
pub mod figure;
pub mod inline;
pub mod layout;
pub mod list;
pub mod location;
pub mod markup;
pub mod page;
pub mod section;
pub mod share;
pub mod title;
