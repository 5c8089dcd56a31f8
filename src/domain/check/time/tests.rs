//! Periods as they are written.

use super::{super::letters::Letters, *};
use crate::text::Period;

fn found(text: &str) -> Vec<String> {
    let found = find(&Letters::of(text));
    let code = |one: WrittenPeriod| {
        format!("{}{}", one.period.map_or("?".into(), Period::code), if one.is_end { "!" } else { "" })
    };
    found.into_iter().map(code).collect()
}

#[test]
fn periods_are_read_in_both_languages() {
    for (text, codes) in [
        ("in 2024", vec!["2024"]),
        ("2024年", vec!["2024"]),
        ("二〇二四年", vec!["2024"]),
        ("the first eight months of 2025", vec!["2025-01-01/P8M"]),
        ("January to August 2025", vec!["2025-01-01/P8M"]),
        ("Jan–Aug 2025", vec!["2025-01-01/P8M"]),
        ("2025年前八个月", vec!["2025-01-01/P8M"]),
        ("2025年1至8月", vec!["2025-01-01/P8M"]),
        ("2025年1-8月", vec!["2025-01-01/P8M"]),
        ("2025年1月至8月", vec!["2025-01-01/P8M"]),
        ("H1 2025", vec!["2025-S1"]),
        ("the first half of 2025", vec!["2025-S1"]),
        ("2025年上半年", vec!["2025-S1"]),
        ("Q3 2025", vec!["2025-Q3"]),
        ("3Q25", vec!["2025-Q3"]),
        ("the third quarter of 2025", vec!["2025-Q3"]),
        ("2025年第三季度", vec!["2025-Q3"]),
        ("2025年三季度", vec!["2025-Q3"]),
        ("first three quarters of 2025", vec!["2025-01-01/P9M"]),
        ("2025年前三季度", vec!["2025-01-01/P9M"]),
        ("August 2025", vec!["2025-08"]),
        ("2025年8月", vec!["2025-08"]),
        ("by the end of 2025", vec!["2025!"]),
        ("截至2025年6月底", vec!["2025-06!"]),
        ("2025年底", vec!["2025!"]),
        ("5 December 2025", vec!["2025-12-05"]),
        ("December 5, 2025", vec!["2025-12-05"]),
        ("2025年12月5日", vec!["2025-12-05"]),
        ("2026年3月16日至22日", vec!["2026-03-16/P7D"]),
        ("16–22 March 2026", vec!["2026-03-16/P7D"]),
        ("2025-12-05", vec!["2025-12-05"]),
        ("2024年…，上半年", vec!["2024", "2024-S1"]),
        ("last year", vec!["?"]),
        ("2020–2024", vec!["2020-01-01/P60M"]),
        ("in 2025, from 3 in 2024", vec!["2025", "2024"]),
        ("the eight months to August 2025", vec!["2025-01-01/P8M"]),
        ("2000 titles may be 2,024", vec![]),
    ] {
        assert_eq!(found(text), codes, "{text}");
    }
}

#[test]
fn impossible_periods_are_passed_over() {
    for text in [
        "2025年9至3月",
        "2025年前0个月",
        "the first 0 months of 2025",
        "0 months to November 2025",
        "2025年0月",
    ] {
        assert!(found(text).iter().all(|code| !code.contains("P0M")), "{text}");
    }
}
