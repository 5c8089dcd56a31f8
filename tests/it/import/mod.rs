//! Tests of the import.

mod interrupted;
mod published;
mod refused;
mod reviewed;
mod rollup;
mod sample;
mod warned;
mod words;
mod workbook;
