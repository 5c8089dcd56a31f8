//! Worked examples from the shipped observations, each with its arithmetic.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::DataSet;
use crate::{
    domain::{
        explore::{
            measure::converted,
            model::{Input, Missing},
            notice::Notice,
            printed::PrintedGrowth,
            query::{ChartKind, ExploreQuery, Measure, SeriesKey},
        },
        observations::model::Observation,
    },
    text::{Locale, Period, PeriodLength, Unit, currency::Currency},
};

fn parse(raw: &str) -> ExploreQuery {
    ExploreQuery::parse(raw).unwrap()
}

/// Returns the value of a line for a period, to eight decimal places, with the last of its sums and its wording.
fn value(data: &DataSet, raw: &str, line: usize, code: &str) -> (Decimal, String, String) {
    let worked = data.worked(&parse(raw), Locale::En);
    let line = &worked.lines[line];
    let found = line.at(Period::from_code(code).unwrap()).unwrap_or_else(|| panic!("{raw}: no {code}"));
    let sum = found.steps.last().map(|step| step.sum.clone()).unwrap_or_default();
    (found.quantity.low.round_dp(8).normalize(), sum, found.worded(&line.unit, Locale::En))
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

const MARKET: &str = "series=domestic-market-revenue.china.iimedia";

#[test]
fn growth_of_the_market_by_hand() {
    let data = DataSet::shipped();
    // iiMedia: CNY 37.39 bn in 2023, 50.44 bn (a forecast) in 2024. 50.44 ÷ 37.39 = 1.3490238032; less one, times a hundred.
    let (growth, sum, text) = value(&data, &format!("{MARKET}&units=percent-year"), 0, "2024");
    assert_eq!(growth, number("34.90238032"));
    assert_eq!(sum, "(50,440,000,000 ÷ 37,390,000,000 − 1) × 100 = 34.9023803156…");
    assert_eq!(text, "34.9% (forecast)");
    let (change, _, text) = value(&data, &format!("{MARKET}&units=change"), 0, "2024");
    assert_eq!((change, text.as_str()), (number("13050000000"), "CNY 13.05 billion (forecast)"));
}

#[test]
fn index_and_compound_rate_by_hand() {
    let data = DataSet::shipped();
    // 0.94 bn in 2020 is the hundred; 37.39 ÷ 0.94 × 100 = 3977.65957447.
    let (index, ..) = value(&data, &format!("{MARKET}&units=index&base=2020"), 0, "2023");
    assert_eq!(index, number("3977.65957447"));
    // Over three years: the cube root of 39.7765957447 is 3.41357, so 241.357 % a year.
    let (rate, sum, _) = value(&data, &format!("{MARKET}&units=annual-rate&base=2020"), 0, "2023");
    assert_eq!(rate.round_dp(3), number("241.357"));
    assert!(sum.starts_with("((37,390,000,000 ÷ 940,000,000) ^ (12 ÷ 36) − 1) × 100 = 241.35"), "{sum}");
}

#[test]
fn dollars_at_the_rate_of_the_year_by_hand() {
    let data = DataSet::shipped();
    // The Federal Reserve's average of 2023: CNY 7.0809 per USD. 37.39 bn ÷ 7.0809 = USD 5.2804 bn.
    let (dollars, sum, text) = value(&data, &format!("{MARKET}&currency=USD"), 0, "2023");
    assert_eq!(dollars.round_dp(0), number("5280402209"));
    assert!(sum.starts_with("37,390,000,000 CNY ÷ 7.0809 = 5,280,402,208.76"), "{sum}");
    assert_eq!(text, "USD 5.28 billion (estimate)");
    // No rate for the whole of 2026 is published, so there is no value.
    let worked = data.worked(&parse(&format!("{MARKET}&currency=USD")), Locale::En);
    assert_eq!(worked.why_missing(&worked.lines[0], Period::from_code("2026").unwrap()), Missing::NoRate);
}

/// The published rate is of yuan and dollars alone.
#[test]
fn other_currencies_are_not_converted_as_if_they_were_dollars() {
    let data = DataSet::shipped();
    let mut line = data.worked(&parse(MARKET), Locale::En).lines.remove(0);
    assert!(!converted(&line, Currency::Usd, &data.rates).values.is_empty());
    line.unit = Unit::Money("INR".into());
    for currency in [Currency::Cny, Currency::Usd] {
        assert!(converted(&line, currency, &data.rates).values.is_empty(), "{currency:?}");
    }
}

#[test]
fn a_year_is_not_made_of_quarters_that_are_not_there() {
    let data = DataSet::shipped();
    // COL reports its profit of 2025 for the half, and for the first and third quarter; 2024 and 2025 are published
    // themselves.
    let raw = "series=company-net-profit.col-group.col-group&every=half";
    let worked = data.worked(&parse(raw), Locale::En);
    let halves: Vec<String> = worked.lines[0].values.iter().map(|value| value.period.code()).collect();
    assert_eq!(halves, ["2022-S1", "2023-S1", "2024-S1", "2025-S1"]);
    assert!(worked.lines[0].values.iter().all(|value| value.steps.is_empty()));
    assert_eq!(worked.lines[0].missing.get(&Period::from_code("2025-S2").unwrap()), Some(&Missing::Parts));
}

#[test]
fn months_sum_to_a_quarter_by_hand() {
    let data = DataSet::shipped();
    // DataEye: 187.5 m in July, 196.4 m in August, 190.2 m in September 2025: USD 574.1 m in the third quarter.
    let raw = "series=overseas-iap-revenue.overseas.dataeye&every=quarter";
    let (quarter, sum, text) = value(&data, raw, 0, "2025-Q3");
    assert_eq!(quarter, number("574100000"));
    assert_eq!(sum, "187,500,000 + 196,400,000 + 190,200,000 = 574,100,000");
    assert_eq!(text, "≈ USD 574.1 million", "each part is “about”, so the sum is");
}

#[test]
fn shanghai_against_the_country_by_hand() {
    let data = DataSet::shipped();
    // Nearly CNY 7 bn of at least CNY 50 bn: 0.14, and no more than that.
    let raw = "series=domestic-market-revenue.shanghai.sh-culture-tourism\
               &series=domestic-market-revenue.china.wuzhen-summit&formula=a/b";
    let (ratio, sum, text) = value(&data, raw, 0, "2024");
    assert_eq!(ratio, number("0.14"));
    assert_eq!(sum, "7,000,000,000 ÷ 50,000,000,000 = 0.14");
    assert_eq!(text, "≤ 0.14 times");
}

#[test]
fn a_bound_over_a_bound_says_that_it_may_be_either() {
    let data = DataSet::shipped();
    // ReelShort and DramaBox, both at least USD 30 m in October 2025.
    let raw =
        "series=app-iap-revenue.reelshort.dataeye&series=app-iap-revenue.dramabox.dataeye&formula=ratio";
    let (ratio, _, text) = value(&data, raw, 0, "2025-10");
    assert_eq!(ratio, Decimal::ONE);
    assert_eq!(text, "≈ 1 times (from bounds, may be more or less)");
}

#[test]
fn different_producers_have_no_shares() {
    let data = DataSet::shipped();
    let raw = "series=app-iap-revenue.reelshort.dataeye&series=app-iap-revenue.dramabox.omdia&units=share&kind=stacked";
    let worked = data.worked(&parse(raw), Locale::En);
    assert!(worked.notices.iter().any(|notice| matches!(notice, Notice::Share(_))));
    assert!(worked.notices.iter().any(|notice| matches!(notice, Notice::Stack(_))));
    assert_eq!(worked.kind, ChartKind::Lines);
}

/// Of every shipped series and every measure, no value derives from observations on both sides of a break.
#[test]
fn no_shipped_growth_reaches_across_a_break() {
    fn is_break(why: &Missing) -> bool {
        match why {
            Missing::ButPrinted { why, .. } => is_break(why),
            _ => matches!(why, Missing::Break(..)),
        }
    }
    let data = DataSet::shipped();
    let mut refused = 0;
    for key in data.keys() {
        for units in ["change", "percent-change", "percent-year", "annual-rate", "index"] {
            let worked = data.worked(&parse(&format!("series={key}&units={units}")), Locale::En);
            for line in &worked.lines {
                refused += line.missing.values().filter(|why| is_break(why)).count();
                for value in line.values.iter().filter(|value| value.inputs.len() > 1) {
                    let periods = || value.inputs.iter().map(|input| input.observation.period);
                    let (first, last) = (periods().min().unwrap(), periods().max().unwrap());
                    assert_eq!(
                        line.break_between(first, last),
                        None,
                        "{key} {units} {}",
                        value.period.code()
                    );
                }
            }
        }
    }
    assert!(refused > 20, "{refused}");
    // DataEye counts animated titles from 2025, so that year is not set against 2024.
    let market =
        data.worked(&parse("series=domestic-market-revenue.china.dataeye&units=percent-year"), Locale::En);
    let why = market.lines[0].missing.get(&Period::from_code("2025").unwrap());
    assert_eq!(
        why.map(|why| why.sentence(Locale::En)).as_deref(),
        Some("not comparable: change of scope from 1 Jan 2025; the source prints 98% (estimate)")
    );
}

/// What a source prints stands beside a growth that differs by more than rounding.
#[test]
fn a_growth_stands_beside_the_one_that_is_printed() {
    let data = DataSet::shipped();
    let raw = format!("{MARKET}&units=percent-year");
    // 35 % is the 34.9 % of the values in fewer digits, so there is nothing to add.
    let (.., text) = value(&data, &raw, 0, "2024");
    assert_eq!(text, "34.9% (forecast)");
    let key = SeriesKey {
        indicator: "domestic-market-growth".into(),
        entity: "china".into(),
        producer: "iimedia".into(),
    };
    let other = data.figures[&key].iter().map(|input| {
        let observation = Observation { value: 33.into(), ..input.observation.clone() };
        Arc::new(Input { observation, ..Input::clone(input) })
    });
    let mut line = data.worked(&parse(&raw), Locale::En).lines.remove(0);
    PrintedGrowth::of(other).beside(&mut line, Measure::PercentYear);
    let year = line.at(Period::from_code("2024").unwrap()).unwrap();
    assert!(year.worded(&line.unit, Locale::En).starts_with("34.9% (forecast) (the source prints 33%"));
    assert!(year.worded(&line.unit, Locale::Zh).contains("来源所载为33%"));
}

/// Rounding is told where it could move a growth rate by half a percentage point and by a fiftieth.
#[test]
fn a_growth_from_rounded_values_says_so() {
    let data = DataSet::shipped();
    let (mut rounded, mut all) = (0, 0);
    for key in data.keys() {
        let worked = data.worked(&parse(&format!("series={key}&units=percent-year")), Locale::En);
        for value in worked.lines.iter().flat_map(|line| &line.values) {
            all += 1;
            rounded += usize::from(value.is_from_rounded());
            let said = value.worded(&Unit::Percent, Locale::En).contains("from rounded values");
            assert_eq!(said, value.is_from_rounded(), "{key}");
        }
    }
    assert!(rounded > 0 && rounded < all, "{rounded} of {all}");
}

/// What a choice of years makes of months and quarters, and what it leaves out, is said.
#[test]
fn a_period_length_says_what_it_loses() {
    let data = DataSet::shipped();
    let said = |raw: &str| {
        let worked = data.worked(&parse(raw), Locale::En);
        worked.notices.iter().map(|notice| notice.sentence(Locale::En)).collect::<Vec<_>>().join(" ")
    };
    let quarters = said("series=overseas-iap-revenue.overseas.dataeye&every=quarter");
    assert!(quarters.contains("months become"), "{quarters}");
    assert!(quarters.contains("with fewer than 3 months are left out."), "{quarters}");
    let users = "series=users-short-video.china.cnnic&every=year";
    assert!(said(users).contains("choose the average or the end"), "{}", said(users));
    let end = said(&format!("{users}&how=end"));
    assert!(end.contains("(End of period)") && end.contains("without a value at their end"), "{end}");
}

/// Without a choice of period length each series has lines of one, and a notice names the others.
#[test]
fn each_shipped_series_is_drawn_at_one_frequency() {
    let data = DataSet::shipped();
    let mut several = 0;
    for key in data.keys() {
        let worked = data.worked(&parse(&format!("series={key}")), Locale::En);
        let mut lengths: Vec<_> = worked.lines.iter().map(|line| line.length).collect();
        lengths.dedup();
        assert_eq!(lengths.len(), 1, "{key}");
        let alone = !worked.notices.iter().any(|notice| matches!(notice, Notice::NoneAlike(_)));
        assert!(alone, "{key}");
        let headline = data.figures[&key].iter().filter(|input| input.observation.headline);
        let mut all: Vec<_> = headline.map(|input| input.observation.period.length()).collect();
        all.sort();
        all.dedup();
        let noticed = worked.notices.iter().any(|notice| matches!(notice, Notice::OtherLengths(_)));
        assert_eq!(noticed, all.len() > 1, "{key}");
        several += usize::from(noticed);
    }
    assert!(several > 10, "{several}");
}

/// Amounts of a year are not drawn beside amounts of months.
#[test]
fn a_yearly_amount_is_not_drawn_beside_monthly_ones() {
    let data = DataSet::shipped();
    let both = "series=overseas-iap-revenue.overseas.dataeye&series=overseas-iap-revenue.overseas.appfigures";
    let worked = data.worked(&parse(both), Locale::En);
    let numbers: Vec<_> = worked.lines.iter().map(|line| (line.number, line.length)).collect();
    assert_eq!(numbers, [(0, PeriodLength::Year), (1, PeriodLength::Year)]);
    let months =
        "series=overseas-iap-revenue.overseas.dataeye&series=overseas-iap-revenue.overseas.duanju-zixishi";
    let three =
        data.worked(&parse(&format!("{months}&series=overseas-iap-revenue.overseas.appfigures")), Locale::En);
    assert!(three.lines.iter().all(|line| line.length == PeriodLength::Month));
    assert!(
        three
            .notices
            .iter()
            .any(|notice| matches!(notice, Notice::NoneAlike(name) if name.contains("Appfigures")))
    );
}

/// Members of a region are inside it, although neither is the other's parent.
#[test]
fn a_region_and_its_members_are_not_stacked() {
    let data = DataSet::shipped();
    assert!(
        data.contents.overlap("southeast-asia", "thailand")
            && data.contents.overlap("hongguo", "micro-drama-apps-china")
    );
    assert!(!data.contents.overlap("us", "japan"));
}

#[test]
fn estimates_move_from_publication_to_publication() {
    let data = DataSet::shipped();
    let raw = "series=domestic-market-revenue.china.dataeye&kind=vintages&of=2025";
    let worked = data.worked(&parse(raw), Locale::En);
    let estimates: Vec<(String, Decimal)> =
        worked.lines[0].values.iter().map(|value| (value.period.code(), value.quantity.low)).collect();
    let billion = |value: &str| number(value) * Decimal::from(1_000_000_000);
    let expected = [
        ("2025-01", "68"),
        ("2025-03", "63.4"),
        ("2025-07", "63.43"),
        ("2025-09", "68"),
        ("2026-01", "100"),
        ("2026-01-15", "100"),
    ];
    assert_eq!(estimates, expected.map(|(code, value)| (code.to_owned(), billion(value))));
}

/// An estimate whose source has no date has no place on the time axis; it is listed instead.
#[test]
fn estimates_without_a_date_are_not_lost() {
    let data = DataSet::shipped();
    let mut undated = 0;
    for (key, figures) in &data.figures {
        let query = parse(&format!("series={key}&kind=vintages"));
        let worked = data.worked(&query, Locale::En);
        let own = figures.iter().filter(|input| Some(input.observation.period) == worked.of);
        let without = own.filter(|input| input.observation.source.published_on.is_none()).count();
        assert_eq!(worked.undated.len(), without, "{key}");
        undated += without;
    }
    assert!(undated > 0);
}

#[test]
fn ready_charts_say_what_the_figures_say() {
    let data = DataSet::shipped();
    let headlines: Vec<String> =
        data.presets(Locale::En).into_iter().map(|(id, ready)| format!("{id}: {}", ready.headline)).collect();
    insta::assert_snapshot!(headlines.join("\n"));
    assert_eq!(data.presets(Locale::Zh).len(), headlines.len());
}
