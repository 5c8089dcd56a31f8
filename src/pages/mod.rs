//! Pages: Leptos components, one folder per noun. They render view models returned by loaders and access no store.

pub mod about;
pub mod api;
pub mod app;
pub mod brief;
pub mod changes;
mod check;
pub mod dataset;
pub mod disagreements;
pub mod download;
pub mod entities;
pub mod events;
pub mod explore;
pub mod follow;
pub mod home;
pub mod indicators;
pub mod licences;
mod listing;
pub mod map;
pub mod observations;
pub mod organizations;
pub mod programs;
pub mod report;
pub mod revisions;
pub mod search;
pub mod sources;
pub mod subsidies;
