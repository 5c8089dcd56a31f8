//! Tests of worked examples of an amount.

use super::*;
use crate::domain::programs::model::{Rate, samples::program};

fn of(percent: &str, base: RateBase, cap: Option<(i64, AmountKind)>) -> Program {
    Program {
        rate: Some(Rate { percent: percent.parse().unwrap(), base }),
        max_amount_cny: cap.map(|(amount, _)| amount.into()),
        amount_kind: cap.map(|(_, kind)| kind),
        ..program("p")
    }
}

fn amount(program: &Program, base: &str) -> WorkedAmount {
    match worked(program, RateBase::Cost, base.parse().unwrap()) {
        Some(Worked::Amount(amount)) => amount,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_cap_lowers_the_share_and_says_so() {
    let capped = of("30", RateBase::Cost, Some((300_000, AmountKind::PerWork)));
    let capped = Program { max_per_year_cny: Some(1_500_000.into()), ..capped };
    let worked = amount(&capped, "1500000");
    assert_eq!(worked.at_most, 300_000.into());
    assert_eq!(worked.result(Locale::En), "at most CNY 300,000");
    assert_eq!(
        worked.formula(Locale::En),
        "30% of CNY 1,500,000 = CNY 450,000; at most CNY 300,000 per work → CNY 300,000; \
             at most CNY 1,500,000 per firm and year (not reached)"
    );
    assert_eq!(
        worked.formula(Locale::Zh),
        "1,500,000元的30%=450,000元；每部作品最多300,000元→300,000元；每家企业每年最多1,500,000元（未达上限）"
    );
    let below = amount(&capped, "1000000");
    assert_eq!(below.at_most, 300_000.into());
    assert!(below.formula(Locale::En).contains("per work (not reached)"));
}

#[test]
fn a_yearly_cap_lowers_what_no_other_cap_does() {
    let yearly = Program { max_per_year_cny: Some(5.into()), ..of("50", RateBase::Cost, None) };
    assert_eq!(amount(&yearly, "100").at_most, 5.into());
    assert_eq!(
        amount(&yearly, "100").formula(Locale::En),
        "50% of CNY 100 = CNY 50; at most CNY 5 per firm and year → CNY 5"
    );
}

#[test]
fn a_pool_is_no_cap() {
    let pool = of("50", RateBase::Cost, Some((1000, AmountKind::FundPool)));
    assert_eq!(amount(&pool, "1000000").at_most, 500_000.into());
    assert_eq!(
        amount(&pool, "1000000").formula(Locale::En),
        "50% of CNY 1,000,000 = CNY 500,000; the pool of CNY 1,000 is for all recipients and caps no single payment"
    );
}

#[test]
fn nothing_is_rounded_but_below_the_fen() {
    let exact = amount(&of("2.5", RateBase::Cost, None), "999999999999.96");
    assert_eq!((exact.share.to_string(), exact.rounded), ("24999999999.99".to_owned(), true));
    assert!(exact.formula(Locale::En).ends_with("= CNY 24,999,999,999.99 (rounded down to the fen)"));
    let exact = amount(&of("10", RateBase::Cost, None), "0.1");
    assert_eq!((exact.share, exact.rounded), ("0.01".parse().unwrap(), false));
    assert_eq!(exact.formula(Locale::En), "10% of CNY 0.10 = CNY 0.01");
}

#[test]
fn a_rate_of_something_else_is_not_worked_out() {
    let of_base = |base| worked(&of("50", base, None), RateBase::Cost, 100.into()).unwrap();
    assert_eq!(of_base(RateBase::Interest), Worked::PrimeRate);
    assert_eq!(of_base(RateBase::Other), Worked::BaseNotStated);
    let rent = of_base(RateBase::Rent);
    assert_eq!(rent, Worked::OtherBase { needed: RateBase::Rent, given: RateBase::Cost });
    assert_eq!(
        rent.explained(Locale::En),
        "Not calculated: the rate is a share of rent, and your figure is cost."
    );
    assert_eq!(worked(&program("p"), RateBase::Cost, 100.into()), None);
    assert_eq!(worked(&of("50", RateBase::Cost, None), RateBase::Cost, Decimal::MAX), None);
}

#[test]
fn terms_are_those_of_the_columns() {
    let per_work = Some((500_000, AmountKind::PerWork));
    let program =
        Program { max_per_year_cny: Some(1_500_000.into()), ..of("10", RateBase::Income, per_work) };
    assert_eq!(
        terms(&program, Locale::En).join("; "),
        "up to 10% of income; up to CNY 500,000 per work; at most CNY 1.5 million per firm and year"
    );
    assert_eq!(terms(&of("50", RateBase::Interest, None), Locale::En), ["up to 50% of the prime rate"]);
}
