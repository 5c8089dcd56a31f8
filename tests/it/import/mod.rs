//! Tests of the import.

mod digested;
mod interrupted;
mod published;
mod refused;
mod sample;
mod warned;
mod words;
