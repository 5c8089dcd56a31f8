//! Domain model: the subject of the site, without pages. One folder per noun: `model` (types and pure rules), `query` (URL state), `filter`
//! (rows that a query selects), `index` (per-snapshot rows for lists), `store` (SQL statements).
//!
//! Nouns are ordered: revisions, sources, entities, organizations, programs, subsidies, indicators, observations, events, map, and above
//! them explore, disagreements, check, search, changes, home, subscriptions, brief. Each uses only nouns before it.

pub mod brief;
pub mod changes;
pub mod check;
pub mod disagreements;
pub mod entities;
pub mod events;
pub mod explore;
pub mod home;
pub mod indicators;
pub mod listing;
pub mod map;
pub mod observations;
pub mod organizations;
pub mod programs;
pub mod registry;
pub mod revisions;
pub mod search;
pub mod sources;
pub mod subscriptions;
pub mod subsidies;
pub mod table;
pub mod text_search;
