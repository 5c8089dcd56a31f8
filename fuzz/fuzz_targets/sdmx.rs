//! Fuzzes SDMX data queries: a key, followed by `?` and a query string.
#![no_main]

use libfuzzer_sys::fuzz_target;
use observatory::outputs::sdmx::DataQuery;

fuzz_target!(|text: &str| {
    let (key, raw) = text.split_once('?').unwrap_or((text, ""));
    let _ = DataQuery::parse(key, raw);
});
