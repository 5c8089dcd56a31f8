//! Fuzzes the parsers of periods and dates. A parsed value must format to a text that parses to the same value, have a label in both
//! languages, and have valid neighbours.
#![no_main]

use libfuzzer_sys::fuzz_target;
use observatory::text::{Locale, PartialDate, Period};

fuzz_target!(|text: &str| {
    if let Some(period) = Period::from_code(text) {
        assert_eq!(Period::from_code(&period.code()), Some(period), "{text}");
        for locale in Locale::ALL {
            assert!(!period.label(locale).is_empty());
            let _ = period.length().adjective(locale);
        }
        let _ = (period.middle(), period.length(), period.year_before());
        if let Some(before) = period.before() {
            assert!(before.end < period.start, "{text}");
            let _ = period.months_after(before);
        }
    }
    if let Ok(date) = text.parse::<PartialDate>() {
        assert_eq!(date.to_string().parse::<PartialDate>(), Ok(date), "{text}");
        let _ = (date.last_day(), date.label(Locale::En), date.label(Locale::Zh));
    }
});
