//! What the chart of an indicator draws of its lines.

use std::collections::BTreeSet;

use super::*;
use crate::{
    domain::{
        indicators::model::{Frequency, Topic},
        observations::model::{Qualifier, samples::observation},
    },
    text::{Bilingual, Named, Period, Unit},
};

fn market() -> Indicator {
    Indicator {
        named: Named::new("market".into(), "Market size".into(), None),
        topic: Topic::Revenue,
        unit: Unit::Money("CNY".into()),
        frequency: Frequency::Irregular,
        same_as: None,
        additive: true,
        default_chart: DefaultChart::Line,
        description: Bilingual::default(),
    }
}

fn over(producer: &str, code: &str) -> Observation {
    Observation { period: Period::from_code(code).unwrap(), ..observation(producer, 5, Qualifier::Exact) }
}

fn drawn(plan: &ChartPlan<'_>) -> TimeChart {
    match plan.chart() {
        Some(Chart::Time(chart)) => chart,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_chart_has_one_length_of_periods() {
    let months = ["2025-01", "2025-02", "2025-03", "2025-01-01/P8M"].map(|code| over("a", code));
    let years = ["2023", "2024"].map(|code| over("b", code));
    let quarter = over("a", "2025-Q2");
    let rows: Vec<Observation> = months.into_iter().chain(years).chain([quarter]).collect();
    let market = market();
    let plan = ChartPlan::of(&market, &rows, Locale::En);
    assert_eq!(plan.offered(), [ChartFrequency::Year, ChartFrequency::Month], "one quarter is no line");
    assert_eq!(plan.drawn(), Some(ChartFrequency::Month), "the longest line");
    assert_eq!(drawn(&plan).points().count(), 3);
    let plan = ChartPlan { every: Some(ChartFrequency::Year), ..plan };
    assert_eq!(drawn(&plan).points().count(), 2);
}

#[test]
fn what_says_nothing_is_not_drawn() {
    let market = market();
    for rows in [
        vec![over("a", "2024")],
        vec![over("a", "2024"), over("b", "2025")],
        vec![over("a", "2024"), over("a", "2025-Q1")],
        vec![over("a", "2021"), over("a", "2025")],
        vec![over("a", "2024"), Observation { qualifier: Qualifier::AtLeast, ..over("a", "2025") }],
    ] {
        assert!(ChartPlan::of(&market, &rows, Locale::En).chart().is_none());
    }
}

#[test]
fn two_bars_follow_each_other_or_are_a_year_apart() {
    let bars = Indicator { default_chart: DefaultChart::Bar, ..market() };
    let is_drawn = |first: &str, second: &str| {
        let rows = [first, second].map(|code| over("a", code));
        ChartPlan::of(&bars, &rows, Locale::En).chart().is_some()
    };
    assert!(is_drawn("2024", "2025") && is_drawn("2024-Q4", "2025-Q1") && is_drawn("2024-Q1", "2025-Q1"));
    assert!(!is_drawn("2013", "2025") && !is_drawn("2025-01", "2025-12"));
}

#[test]
fn two_values_across_a_break_are_not_drawn() {
    let rows = ["2023", "2024"].map(|code| over("a", code));
    let market = market();
    let one = SeriesBreak {
        indicator: market.named.clone(),
        entity: rows[0].entity.clone(),
        producer: rows[0].producer.named.clone(),
        from: "2024-01-01".parse().unwrap(),
        kind: crate::domain::observations::breaks::BreakKind::Scope,
        note: Bilingual::default(),
        source: rows[0].source.clone(),
    };
    let plan = ChartPlan { breaks: &[one], ..ChartPlan::of(&market, &rows, Locale::En) };
    assert!(plan.chart().is_none() && plan.offered().is_empty());
}

#[test]
fn a_label_names_the_entity_where_the_chart_has_others() {
    let mut rows: Vec<Observation> = ["2022", "2023", "2024"].map(|code| over("a", code)).into();
    let market = market();
    assert_eq!(drawn(&ChartPlan::of(&market, &rows, Locale::En)).series[0].label, "A");
    let japan = Named::new("japan".into(), "Japan".into(), None);
    rows.push(Observation { entity: japan, ..over("a", "2024") });
    assert_eq!(drawn(&ChartPlan::of(&market, &rows, Locale::En)).series[0].label, "China");
}

#[test]
fn a_subtitle_does_not_repeat_the_place_of_its_measure() {
    let rows = ["2022", "2023", "2024"].map(|code| over("a", code));
    let subtitle = |name: &str| {
        let market = Indicator { named: Named::new("m".into(), name.into(), None), ..market() };
        let plan = ChartPlan { finding: Some("It rose"), ..ChartPlan::of(&market, &rows, Locale::En) };
        drawn(&plan).heading.subtitle
    };
    assert_eq!(subtitle("Market size"), "Market size, China, 2022–2024");
    assert_eq!(subtitle("Market size in China"), "Market size in China, 2022–2024");
}

#[test]
fn at_most_six_lines_are_named_and_look_different() {
    let mut rows = Vec::new();
    for number in 0..8 {
        rows.extend(["2022", "2023", "2024"].map(|code| over(&format!("p{number}"), code)));
    }
    rows.push(over("single", "2024"));
    let market = market();
    let plan = ChartPlan::of(&market, &rows, Locale::En);
    let chart = drawn(&plan);
    let named: BTreeSet<usize> =
        chart.series.iter().filter(|each| !each.quiet).map(|each| each.slot).collect();
    assert_eq!(named, (0..6).collect());
    assert!(
        chart.series[..6].iter().all(|each| !each.quiet) && chart.series[6..].iter().all(|each| each.quiet)
    );
    assert_eq!(plan.unlabelled().len(), 7);
    assert_eq!(chart.points().count(), rows.len());
}

#[test]
fn a_line_keeps_its_colour_on_every_chart_of_the_page() {
    let mut rows: Vec<Observation> = Vec::new();
    rows.extend(["2022", "2023", "2024"].map(|code| over("a", code)));
    rows.extend(["2024-01", "2024-02", "2024-03"].map(|code| over("b", code)));
    rows.extend(["2024-Q1", "2024-Q2", "2024-Q3"].map(|code| over("a", code)));
    rows.extend(["2024-Q1", "2024-Q2", "2024-Q3"].map(|code| over("b", code)));
    let market = market();
    let slots = |every| -> BTreeMap<String, usize> {
        let plan = ChartPlan { every: Some(every), ..ChartPlan::of(&market, &rows, Locale::En) };
        drawn(&plan).series.iter().map(|each| (each.label.clone(), each.slot)).collect()
    };
    let (years, quarters, months) =
        (slots(ChartFrequency::Year), slots(ChartFrequency::Quarter), slots(ChartFrequency::Month));
    assert_eq!(years["A"], quarters["A"]);
    assert_eq!(months["B"], quarters["B"]);
    assert_ne!(quarters["A"], quarters["B"]);
}
