//! The Micro-Drama Observatory. Modules stand in the order in which they are best read.

pub mod text;
