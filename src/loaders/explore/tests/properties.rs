//! Properties of every transform, for any values.

use std::{collections::BTreeMap, sync::Arc};

use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::{
    domain::{
        explore::{
            aggregate::of_length,
            combine::{Unlike, combined},
            formula::Formula,
            measure::{Unsummable, converted, measured},
            model::{Input, Line, LineValue, Missing, Subject, lines},
            query::{How, Measure},
            rates::Rates,
        },
        indicators::model::{DefaultChart, Frequency, Indicator, Topic},
        observations::{
            breaks::{BreakKind, Breaks, SeriesBreak},
            model::{Observation, Qualifier, samples::observation},
        },
    },
    text::{Bilingual, Named, Period, PeriodLength, Unit, currency::Currency},
};

fn indicator(unit: Unit, additive: bool) -> Arc<Indicator> {
    Arc::new(Indicator {
        named: Named::new("revenue".into(), "Revenue".into(), None),
        topic: if matches!(unit, Unit::Rate(_)) { Topic::Fx } else { Topic::Revenue },
        unit,
        frequency: Frequency::Annual,
        same_as: None,
        additive,
        default_chart: DefaultChart::Line,
        description: Bilingual::default(),
    })
}

fn period(code: &str) -> Period {
    Period::from_code(code).unwrap()
}

fn input(indicator: &Arc<Indicator>, entity: &str, code: &str, value: Decimal) -> Arc<Input> {
    let row = Observation {
        entity: Named::new(entity.into(), entity.into(), None),
        period: period(code),
        value,
        ..observation("p", 0, Qualifier::Exact)
    };
    Arc::new(Input { indicator: indicator.clone(), observation: row })
}

fn line(entity: &str, values: &[(String, Decimal)]) -> Line {
    let indicator = indicator(Unit::Money("USD".into()), true);
    let figures: Vec<_> =
        values.iter().map(|(code, value)| input(&indicator, entity, code, *value)).collect();
    lines(&figures, &Breaks::default(), 0, 0).remove(0)
}

fn years(entity: &str, values: &[u32]) -> Line {
    let values: Vec<_> = values
        .iter()
        .enumerate()
        .map(|(at, value)| (format!("{}", 2000 + at), Decimal::from(*value)))
        .collect();
    line(entity, &values)
}

fn apart(_: &str, _: &str) -> bool {
    false
}

/// Applies a formula to lines of entities that have nothing in common.
fn made(lines: &[Line], formula: &str) -> Result<Line, Unlike> {
    combined(lines, &Formula::parse(formula).unwrap(), &apart).map(|mut made| made.remove(0))
}

fn near(a: Decimal, b: Decimal) -> bool {
    (a - b).abs() <= Decimal::new(1, 18) * b.abs().max(Decimal::ONE)
}

proptest! {
    #[test]
    fn an_index_is_a_hundred_at_its_base_and_in_proportion_elsewhere(
        values in prop::collection::vec(1_u32..1_000_000_000, 2..12), at in 0_usize..12
    ) {
        let at = at % values.len();
        let base = period(&(2000 + at).to_string());
        let made = measured(&[years("a", &values)], Measure::Index, Some(base), &apart).unwrap();
        prop_assert_eq!(made[0].at(base).unwrap().quantity.low, Decimal::ONE_HUNDRED);
        for (own, value) in made[0].values.iter().zip(&values) {
            let expected = Decimal::from(*value) / Decimal::from(values[at]) * Decimal::ONE_HUNDRED;
            prop_assert!(near(own.quantity.low, expected));
        }
    }

    #[test]
    fn shares_sum_to_a_hundred(a in prop::collection::vec(1_u32..u32::MAX, 1..8), b in prop::collection::vec(1_u32..u32::MAX, 8), c in prop::collection::vec(1_u32..u32::MAX, 8)) {
        let lines = [years("a", &a), years("b", &b), years("c", &c)];
        let made = measured(&lines, Measure::Share, None, &apart).unwrap();
        for value in &made[0].values {
            let sum: Decimal = made.iter().map(|line| line.at(value.period).unwrap().quantity.low).sum();
            prop_assert!(near(sum, Decimal::ONE_HUNDRED), "{}", sum);
        }
        // Where one has no value there is no total, so there is no share.
        prop_assert_eq!(made[0].values.len(), a.len());
        prop_assert_eq!(made[1].values.len(), a.len());
    }

    #[test]
    fn a_year_is_the_sum_of_its_complete_parts_and_of_nothing_less(values in prop::collection::vec(0_u32..1_000_000, 4), quarters in any::<bool>(), gap in 0_usize..5) {
        let codes: Vec<String> = match quarters {
            true => (1..=4).map(|number| format!("2024-Q{number}")).collect(),
            false => vec!["2024-S1".into(), "2024-Q3".into(), "2024-10".into(), "2024-11-01/P2M".into()],
        };
        let parts: Vec<(String, Decimal)> =
            codes.into_iter().zip(&values).map(|(code, value)| (code, Decimal::from(*value))).collect();
        let indicator = indicator(Unit::Money("USD".into()), true);
        let figures: Vec<_> = parts
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != gap)
            .map(|(_, (code, value))| input(&indicator, "a", code, *value))
            .collect();
        let made = of_length(&lines(&figures, &Breaks::default(), 0, 0), PeriodLength::Year, None);
        if gap < 4 {
            prop_assert!(made.is_empty());
        } else {
            let year = made[0].at(period("2024")).unwrap();
            prop_assert_eq!(year.quantity.low, values.iter().copied().map(Decimal::from).sum::<Decimal>());
            prop_assert_eq!(year.inputs.len(), 4);
        }
    }

    #[test]
    fn money_comes_back_from_the_other_currency(value in 1_u64..10_000_000_000_000, rate in 60_000_u32..80_000) {
        let rate = Decimal::new(rate.into(), 4);
        let fx = input(&indicator(Unit::Rate("CNY per USD".into()), false), "china", "2024", rate);
        let rates = Rates::of([fx]);
        let dollars = line("a", &[("2024".into(), Decimal::from(value)), ("2025".into(), Decimal::ONE)]);
        let yuan = converted(&dollars, Currency::Cny, &rates);
        prop_assert_eq!(yuan.values[0].quantity.low, Decimal::from(value) * rate);
        prop_assert_eq!(yuan.missing.get(&period("2025")), Some(&Missing::NoRate));
        let back = converted(&yuan, Currency::Usd, &rates);
        prop_assert!(near(back.values[0].quantity.low, Decimal::from(value)));
        prop_assert_eq!(back.values[0].steps.len(), 2);
    }

    #[test]
    fn changes_add_up_to_the_way_from_first_to_last(values in prop::collection::vec(0_u32..u32::MAX, 2..12)) {
        let made = measured(&[years("a", &values)], Measure::Change, None, &apart).unwrap();
        let sum: Decimal = made[0].values.iter().map(|value| value.quantity.low).sum();
        prop_assert_eq!(sum, Decimal::from(values[values.len() - 1]) - Decimal::from(values[0]));
        prop_assert_eq!(made[0].values.len(), values.len() - 1);
    }

    #[test]
    fn growth_on_growth_leads_from_first_to_last(values in prop::collection::vec(1_u32..1_000_000, 2..9)) {
        for measure in [Measure::PercentChange, Measure::PercentYear, Measure::AnnualRate] {
            let made = measured(&[years("a", &values)], measure, None, &apart).unwrap();
            let factor = made[0].values.iter().fold(Decimal::ONE, |factor, value| {
                factor * (Decimal::ONE + value.quantity.low / Decimal::ONE_HUNDRED)
            });
            let expected = Decimal::from(values[values.len() - 1]) / Decimal::from(values[0]);
            prop_assert!(((factor - expected) / expected).abs() < Decimal::new(1, 12), "{} {}", factor, expected);
        }
    }

    #[test]
    fn a_compound_rate_kept_up_gives_the_later_value(first in 1_u32..1_000_000, last in 1_u32..1_000_000, years in 1_u32..20) {
        let base = period("2000");
        let both = line("a", &[("2000".into(), first.into()), ((2000 + years).to_string(), last.into())]);
        let made = measured(&[both], Measure::AnnualRate, Some(base), &apart).unwrap();
        let rate = Decimal::ONE + made[0].values[0].quantity.low / Decimal::ONE_HUNDRED;
        let kept = (0..years).fold(Decimal::from(first), |value, _| value * rate);
        prop_assert!(((kept - Decimal::from(last)) / Decimal::from(last)).abs() < Decimal::new(1, 12));
    }

    #[test]
    fn a_ratio_a_percentage_and_a_difference_are_of_the_same_period(a in prop::collection::vec(1_u32..1_000_000, 2..9), b in prop::collection::vec(1_u32..1_000_000, 2..9)) {
        let lines = [years("a", &a), Line { number: 1, ..years("b", &b) }];
        let both = a.len().min(b.len());
        let ratio = made(&lines, "a/b").unwrap();
        let percentage = made(&lines, "a/b*100").unwrap();
        let difference = made(&lines, "a-b").unwrap();
        prop_assert_eq!((ratio.values.len(), difference.values.len()), (both, both));
        for at in 0..both {
            prop_assert!(near(ratio.values[at].quantity.low * Decimal::from(b[at]), Decimal::from(a[at])));
            prop_assert!(near(percentage.values[at].quantity.low, ratio.values[at].quantity.low * Decimal::ONE_HUNDRED));
            prop_assert_eq!(percentage.unit.clone(), Unit::Percent);
            prop_assert_eq!(difference.values[at].quantity.low, Decimal::from(a[at]) - Decimal::from(b[at]));
        }
    }
}

/// The order is that of the module: the currency is converted before the index is computed, so an index of dollars
/// includes the movement of the rate.
#[test]
fn currency_comes_before_measure() {
    let rate = indicator(Unit::Rate("CNY per USD".into()), false);
    let rates = Rates::of([input(&rate, "china", "2023", 7.into()), input(&rate, "china", "2024", 8.into())]);
    let yuan = Line {
        unit: Unit::Money("CNY".into()),
        ..line("a", &[("2023".into(), 70.into()), ("2024".into(), 160.into())])
    };
    let dollars = converted(&yuan, Currency::Usd, &rates);
    let index = measured(&[dollars], Measure::Index, Some(period("2023")), &apart).unwrap();
    // 160 ÷ 8 = 20 dollars after 70 ÷ 7 = 10: 200, where the yuan alone would give 228.57.
    assert_eq!(index[0].values[1].quantity.low, 200.into());
    let rules: Vec<_> = index[0].values[1].steps.iter().map(|step| step.sum.as_str()).collect();
    assert_eq!(rules, ["160 CNY ÷ 8 = 20 USD", "70 CNY ÷ 7 = 10 USD", "20 ÷ 10 × 100 = 200"]);
}

#[test]
fn what_must_not_be_summed_is_refused() {
    let summable = |lines: &[Line], inside: &dyn Fn(&str, &str) -> bool| {
        measured(lines, Measure::Share, None, inside).map(|_| ())
    };
    let (a, b) = (years("a", &[1, 2]), years("b", &[3, 4]));
    assert_eq!(summable(&[a.clone(), b.clone()], &apart), Ok(()));
    assert_eq!(summable(std::slice::from_ref(&a), &apart), Err(Unsummable::One));
    assert_eq!(summable(&[a.clone(), b.clone()], &|a, b| (a, b) == ("a", "b")), Err(Unsummable::Overlap));
    assert_eq!(summable(&[a.clone(), a.clone()], &apart), Err(Unsummable::Overlap));
    let other = Subject { producer: Named::new("q".into(), "Q".into(), None), ..b.subject.clone() };
    let other = Line { subject: other, ..b.clone() };
    assert_eq!(summable(&[a.clone(), other], &apart), Err(Unsummable::Producers));
    let stock = |line: &Line| {
        let subject = Subject { indicator: indicator(Unit::People, false), ..line.subject.clone() };
        Line { subject, unit: Unit::People, ..line.clone() }
    };
    assert_eq!(summable(&[stock(&a), stock(&b)], &apart), Err(Unsummable::NotAdditive));
    let mut range = b.clone();
    range.values[0].quantity.high = 9.into();
    assert_eq!(summable(&[a.clone(), range], &apart), Err(Unsummable::Ranges));
    let mut loss = b;
    loss.values[0].quantity.low = (-1).into();
    loss.values[0].quantity.high = (-1).into();
    assert_eq!(summable(&[a, loss], &apart), Err(Unsummable::Negative));
}

/// A break in all values of an entity.
fn series_break(entity: &str, from: &str) -> SeriesBreak {
    let sample = observation("p", 0, Qualifier::Exact);
    SeriesBreak {
        indicator: indicator(Unit::Percent, false).named.clone(),
        entity: Named::new(entity.into(), entity.into(), None),
        producer: sample.producer.named,
        from: from.parse().unwrap(),
        kind: BreakKind::Scope,
        note: Bilingual::default(),
        source: sample.source,
    }
}

#[test]
fn nothing_is_compared_or_summed_across_a_break() {
    let values = ["2022", "2023", "2024", "2025"].map(|year| (year.to_owned(), Decimal::from(100)));
    let found = series_break("a", "2024-03-01");
    let broken = Line { breaks: vec![found.clone()], ..line("a", &values) };
    for (measure, base) in [
        (Measure::Change, None),
        (Measure::PercentChange, None),
        (Measure::PercentYear, None),
        (Measure::AnnualRate, None),
        (Measure::Index, Some(period("2023"))),
    ] {
        let made = measured(std::slice::from_ref(&broken), measure, base, &apart).unwrap();
        assert_eq!(
            made[0].missing.get(&period("2024")),
            Some(&Missing::Break(BreakKind::Scope, found.from)),
            "{measure:?}"
        );
        assert!(made[0].at(period("2023")).is_some(), "{measure:?}");
        assert_eq!(made[0].at(period("2025")).is_some(), measure != Measure::Index, "{measure:?}");
    }
    let first = broken.since_last_break().first().map(|value| value.period);
    assert_eq!(first, Some(period("2024")));

    let indicator = indicator(Unit::Money("USD".into()), true);
    let quarters: Vec<_> = ["2023", "2024"]
        .into_iter()
        .flat_map(|year| (1..=4).map(move |quarter| format!("{year}-Q{quarter}")))
        .map(|code| input(&indicator, "a", &code, 5.into()))
        .collect();
    let amid = Breaks::new(vec![series_break("a", "2024-08-01")]);
    let made = of_length(&lines(&quarters, &amid, 0, 0), PeriodLength::Year, None);
    assert_eq!(made[0].values.len(), 1);
    assert_eq!(
        made[0].missing.get(&period("2024")),
        Some(&Missing::Break(BreakKind::Scope, "2024-08-01".parse().unwrap()))
    );
}

#[test]
fn gross_and_net_are_neither_divided_nor_subtracted() {
    use crate::domain::observations::model::Basis;
    let of = |number, basis| Line { number, basis, ..years("a", &[1, 2]) };
    let ratio = |first, second| made(&[of(0, first), of(1, second)], "a/b").map(|_| ());
    assert_eq!(ratio(Some(Basis::Gross), Some(Basis::Net)), Err(Unlike::Bases));
    assert_eq!(ratio(Some(Basis::Gross), Some(Basis::Gross)), Ok(()));
    assert_eq!(ratio(Some(Basis::Gross), None), Ok(()));
    // Of several lines of the second series, the one of the same basis.
    let several = [of(0, Some(Basis::Net)), of(1, Some(Basis::Gross)), of(1, Some(Basis::Net))];
    assert!(made(&several, "a/b").is_ok());
}

#[test]
fn a_formula_works_out_its_unit() {
    let of = |number, entity: &str, unit: Unit, additive| {
        let line = years(entity, &[6, 12]);
        let subject = Subject { indicator: indicator(unit.clone(), additive), ..line.subject.clone() };
        Line { number, unit, subject, ..line }
    };
    let cny = || Unit::Money("CNY".into());
    let lines = [
        of(0, "a", cny(), true),
        of(1, "b", cny(), true),
        of(2, "c", Unit::People, false),
        of(3, "d", Unit::Percent, false),
        of(4, "e", Unit::Money("USD".into()), true),
    ];
    for (formula, unit, first) in [
        ("a+b", cny(), 12),
        ("a/b", Unit::Ratio, 1),
        ("(a+b)/c", cny(), 2),
        ("(a-b)/a*100", Unit::Percent, 0),
        ("(a/b-1)*100", Unit::Percent, 0),
        ("a*(d/100)*50", cny(), 18),
        ("2*a/3", cny(), 4),
        ("a/e", Unit::Rate("CNY per USD".into()), 1),
        ("d-d", Unit::Points, 0),
    ] {
        let line = made(&lines, formula).unwrap();
        assert_eq!((line.unit.clone(), line.values[0].quantity.low), (unit, first.into()), "{formula}");
    }
    for formula in ["a+c", "a+e", "a*b", "a-1", "a/d", "1/a", "a*d"] {
        assert!(matches!(made(&lines, formula), Err(Unlike::Units(_))), "{formula}");
    }
    for formula in ["c+c", "d+d", "a/c+b/c"] {
        assert!(matches!(made(&lines, formula), Err(Unlike::NotAdditive(_))), "{formula}");
    }
    assert_eq!(made(&lines[..1], "a/b").unwrap_err(), Unlike::NoSeries('b'));
    assert_eq!(made(&lines, "(a+a)/b").unwrap_err(), Unlike::Overlap("a + a".into()));
    let inside = |one: &str, other: &str| (one, other) == ("a", "b");
    let sum = Formula::parse("a+b").unwrap();
    assert_eq!(combined(&lines, &sum, &inside).unwrap_err(), Unlike::Overlap("a + b".into()));
    let worked = made(&lines, "(a+b)/c").unwrap();
    assert_eq!(worked.values[1].steps.last().unwrap().sum, "(12 + 12) ÷ 12 = 2");
    assert_eq!(worked.combined.unwrap().named(crate::text::Locale::En), "(a + b) ÷ c");
}

#[test]
fn a_formula_has_the_breaks_of_all_its_series() {
    let broken = Line { number: 1, breaks: vec![series_break("b", "2001-01-01")], ..years("b", &[1, 2]) };
    assert_eq!(made(&[years("a", &[1, 2]), broken], "a/b").unwrap().breaks_shown().count(), 1);
}

#[test]
fn what_is_not_summed_is_averaged_or_taken_at_the_end() {
    let indicator = indicator(Unit::People, false);
    let figures: Vec<_> =
        (1..=4).map(|quarter| input(&indicator, "a", &format!("2024-Q{quarter}"), quarter.into())).collect();
    let year = |count: usize, how| {
        let made =
            of_length(&lines(&figures[..count], &Breaks::default(), 0, 0), PeriodLength::Year, Some(how));
        made.first().and_then(|line| line.at(period("2024")).cloned())
    };
    let average = year(4, How::Average).unwrap();
    assert_eq!((average.quantity.low, average.inputs.len()), (Decimal::new(25, 1), 4));
    assert_eq!(
        average.steps.iter().map(|step| step.sum.as_str()).collect::<Vec<_>>(),
        ["(1 + 2 + 3 + 4) ÷ 4 = 2.5"]
    );
    assert_eq!(year(4, How::End).unwrap().quantity.low, 4.into());
    assert!(year(3, How::Average).is_none() && year(3, How::End).is_none());
    let day = [input(&indicator, "a", "2024-12-31", 9.into())];
    let made = of_length(&lines(&day, &Breaks::default(), 0, 0), PeriodLength::Year, Some(How::End));
    assert_eq!(made[0].at(period("2024")).unwrap().quantity.low, 9.into());
}

#[test]
fn amounts_per_month_are_alike_whatever_their_period() {
    let quarter = line("a", &[("2024-Q1".into(), 30.into())]);
    let month = line("a", &[("2024-01".into(), 10.into())]);
    let per_month = |line: &Line| {
        measured(std::slice::from_ref(line), Measure::PerMonth, None, &apart).unwrap().remove(0)
    };
    assert_eq!(per_month(&quarter).values[0].quantity.low, 10.into());
    assert_eq!(per_month(&quarter).values[0].steps[0].sum, "30 ÷ 3 = 10");
    assert!(!per_month(&month).is_derived(), "a month stays as published");
    let stock = Line {
        subject: Subject { indicator: indicator(Unit::People, false), ..quarter.subject.clone() },
        ..quarter
    };
    assert_eq!(per_month(&stock).missing[&period("2024-Q1")], Missing::NotPerMonth);
}

/// FRED: cch is (ln xₜ − ln xₜ₋₁) × 100, and cca that times the number of periods in a year.
#[test]
fn continuous_rates_are_those_of_fred() {
    let quarters = line("a", &[("2024-Q1".into(), 100.into()), ("2024-Q2".into(), 105.into())]);
    let rate = |measure| {
        let made = measured(std::slice::from_ref(&quarters), measure, None, &apart).unwrap().remove(0);
        assert_eq!(made.unit, Unit::Percent);
        made.values[0].quantity.low.round_dp(10)
    };
    // ln 1.05 = 0.04879016416943…
    assert_eq!(rate(Measure::ContinuousRate), Decimal::new(48_790_164_169, 10));
    assert_eq!(rate(Measure::ContinuousAnnualRate), Decimal::new(195_160_656_678, 10));
    let years = line("a", &[("2023-Q1".into(), 100.into()), ("2024-Q1".into(), 105.into())]);
    let change = measured(&[years], Measure::ChangeYear, None, &apart).unwrap().remove(0);
    assert_eq!((change.values[0].quantity.low, change.unit), (5.into(), Unit::Money("USD".into())));
}

#[test]
fn a_stock_has_no_sum_over_time() {
    let indicator = indicator(Unit::People, false);
    let figures: Vec<_> =
        (1..=4).map(|quarter| input(&indicator, "a", &format!("2024-Q{quarter}"), 5.into())).collect();
    assert!(of_length(&lines(&figures, &Breaks::default(), 0, 0), PeriodLength::Year, None).is_empty());
}

#[test]
fn a_published_year_is_not_replaced_by_a_sum() {
    let indicator = indicator(Unit::Money("USD".into()), true);
    let mut figures: Vec<_> =
        (1..=4).map(|quarter| input(&indicator, "a", &format!("2024-Q{quarter}"), 5.into())).collect();
    figures.push(input(&indicator, "a", "2024", 21.into()));
    let made = of_length(&lines(&figures, &Breaks::default(), 0, 0), PeriodLength::Year, None);
    let year: &LineValue = made[0].at(period("2024")).unwrap();
    assert_eq!((year.quantity.low, year.steps.len()), (21.into(), 0));
}

#[test]
fn what_cannot_be_said_says_why() {
    let gap = line("a", &[("2020".into(), 0.into()), ("2021".into(), 5.into()), ("2023".into(), 6.into())]);
    let made = measured(&[gap], Measure::PercentYear, None, &apart).unwrap().remove(0);
    assert!(made.values.is_empty());
    let expected: BTreeMap<Period, Missing> = [
        (period("2020"), Missing::Nothing(period("2019"))),
        (period("2021"), Missing::NotAboveZero(period("2020"))),
        (period("2023"), Missing::Nothing(period("2022"))),
    ]
    .into();
    assert_eq!(made.missing, expected);
}
