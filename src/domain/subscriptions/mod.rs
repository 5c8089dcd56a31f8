//! Subscriptions: who is notified of the changes of a page, and by which channel.
//!
//! Promises: an address is sealed before it reaches the database and is never logged; what serves pages can request, confirm and end a
//! subscription, but read none; a callback leads to a public address of the internet, unless the operator allows others.

pub mod callback;
pub mod model;
pub mod queue;
pub mod seal;
pub mod store;
