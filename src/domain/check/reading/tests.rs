//! What a number of a text is read with.

use super::{
    super::lexicon::{Contents, Lexicon},
    *,
};

fn numbers(text: &str) -> Vec<String> {
    let readings = read(text, &Lexicon::new(Contents::default()));
    let shown = |reading: Reading| {
        let number = reading.number;
        let high = number.high.map(|high| format!("-{}", high.normalize())).unwrap_or_default();
        format!("{}{high} {:?} {:?}", number.value.normalize(), number.measure, number.bound)
    };
    readings.into_iter().map(shown).collect()
}

#[test]
fn numbers_are_read_with_unit_and_qualifier() {
    for (text, expected) in [
        ("CNY 50 billion", "50000000000 Money(\"CNY\") Plain"),
        ("more than RMB50bn", "50000000000 Money(\"CNY\") MoreThan"),
        ("逾５００亿元", "50000000000 Money(\"CNY\") MoreThan"),
        ("近五百亿元", "50000000000 Money(\"CNY\") Nearly"),
        ("500多亿元", "50000000000 Money(\"CNY\") MoreThan"),
        ("US$1.5 billion", "1500000000 Money(\"USD\") Plain"),
        ("15.25亿美元", "1525000000 Money(\"USD\") Plain"),
        ("USD 20 billion to USD 25 billion", "20000000000-25000000000 Money(\"USD\") Plain"),
        ("20至25亿美元", "2000000000-2500000000 Money(\"USD\") Plain"),
        ("fifty million downloads", "50000000 Count(Some(\"downloads\")) Plain"),
        ("6.96亿人", "696000000 People Plain"),
        ("1,330,000 jobs", "1330000 People Plain"),
        ("up to 34.9 per cent", "34.9 Percent AtMost"),
        ("百分之三十五", "35 Percent Plain"),
        ("三成五", "35 Percent Plain"),
        ("2.3个百分点", "2.3 PercentagePoints Plain"),
        ("almost tripled", "3 Times Nearly"),
    ] {
        assert_eq!(numbers(text), [expected], "{text}");
    }
}

#[test]
fn names_dates_and_identifiers_are_no_numbers() {
    for text in ["in 2025", "h264", "第一季度", "top 10", "36kr", "2025年12月5日", "v1.2.3"] {
        assert_eq!(numbers(text), [""; 0], "{text}");
    }
}

#[test]
fn a_long_row_of_digits_is_said_to_be_too_long() {
    let readings = read(&"9".repeat(5_000), &Lexicon::new(Contents::default()));
    assert!(readings.len() == 1 && readings[0].too_long);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "[\\PC0-9.,亿万千百一二三至到约近超年月日$¥% -]{0,200}") {
        for reading in read(&text, &Lexicon::new(Contents::default())) {
            for range in [&reading.clause, &reading.written, &reading.whole] {
                proptest::prop_assert!(text.get(range.clone()).is_some(), "{:?}", range);
            }
        }
    }
}
