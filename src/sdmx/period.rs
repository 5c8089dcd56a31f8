//! How long the period of a figure is, as SDMX says it.

use crate::text::{Period, PeriodLength};

/// `FREQ`, from the standard's code list: how long the period is that a figure covers.
pub const FREQUENCIES: [(&str, &str, &str); 6] = [
    ("A", "Annual", "年"),
    ("S", "Half-yearly", "半年"),
    ("Q", "Quarterly", "季度"),
    ("M", "Monthly", "月"),
    ("D", "A day: a point in time", "日（时点）"),
    ("_O", "Other: from the first to the last day given", "其他（见起止日）"),
];

pub fn frequency(period: Period) -> &'static str {
    match period.length() {
        PeriodLength::Year => "A",
        PeriodLength::Half => "S",
        PeriodLength::Quarter => "Q",
        PeriodLength::Month => "M",
        PeriodLength::Point => "D",
        PeriodLength::Months(_) | PeriodLength::Days => "_O",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_has_its_frequency() {
        for (form, code) in [
            ("2025", "A"),
            ("2025-S2", "S"),
            ("2025-Q2", "Q"),
            ("2025-04", "M"),
            ("2025-12-08", "D"),
            ("2025-01-01/P8M", "_O"),
            ("2025-02-08/P7D", "_O"),
        ] {
            assert_eq!(frequency(Period::from_code(form).unwrap()), code);
        }
    }
}
