//! Charts of the presets and of random queries: the chart, the words and the table agree, and all labels are legible.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::DataSet;
use crate::{
    charts::{Chart, Flag},
    domain::explore::{
        formula::Formula,
        notice::Notice,
        query::{Axis, ChartKind, Chosen, Every, ExploreQuery, How, Measure, Panels, SeriesKey},
    },
    loaders::explore::table::CellView,
    loaders::explore::{
        charts::{self, Shown},
        workings,
    },
    text::{Locale, Period, currency::Currency},
};

/// Deterministic pseudorandom numbers (Marsaglia's xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    fn one<T: Copy>(&mut self, of: &[(&str, T)]) -> T {
        of[self.below(of.len())].1
    }

    /// Returns a value in one case of three, otherwise none.
    fn seldom<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(3) == 0).then(|| make(self))
    }

    fn state(&mut self, keys: &[SeriesKey]) -> ExploreQuery {
        let mut series: Vec<Chosen> = Vec::new();
        // Neighbours in the list measure the same thing, as in charts that people build; every third time they share a
        // producer.
        let start = self.below(keys.len());
        let kind = self.one(ChartKind::WORDS);
        let stacked = kind == ChartKind::Stacked;
        let alike: Vec<usize> = match self.below(3) {
            0 => by_one_producer(keys, start),
            _ if stacked => by_one_producer(keys, start),
            _ => (0..keys.len()).map(|at| (start + at) % keys.len()).collect(),
        };
        for slot in 0..=self.below(12) {
            let at = if !stacked && self.below(6) == 0 {
                self.below(keys.len())
            } else {
                alike[slot % alike.len()]
            };
            if !series.iter().any(|chosen| chosen.key == keys[at]) {
                series.push(Chosen { key: keys[at].clone(), slot });
            }
        }
        let focus = series[self.below(series.len())].slot;
        ExploreQuery {
            every: match stacked {
                true => Some(self.one(Every::WORDS)),
                false => self.seldom(|chance| chance.one(Every::WORDS)),
            },
            currency: self.seldom(|chance| chance.one(Currency::WORDS)),
            measure: self.seldom(|chance| chance.one(Measure::WORDS)),
            formula: self.seldom(|chance| {
                const FORMULAS: [&str; 6] = ["a/b", "a/b*100", "a-b", "a+b", "(a+b)/c", "(a-b)/(c+d)*e"];
                Formula::parse(FORMULAS[chance.below(FORMULAS.len())]).unwrap()
            }),
            how: self.seldom(|chance| chance.one(How::WORDS)),
            kind: Some(kind),
            axis: self.seldom(|chance| chance.one(Axis::WORDS)),
            panels: self.seldom(|chance| chance.one(Panels::WORDS)),
            start: self.seldom(|_| Period::from_code("2024").unwrap()),
            focus: self.seldom(|_| focus),
            series,
            ..Default::default()
        }
    }
}

/// Returns the series that measure the same thing by the same producer as a given one.
fn by_one_producer(keys: &[SeriesKey], as_in: usize) -> Vec<usize> {
    let first = &keys[as_in];
    let alike =
        |at: &usize| (&keys[*at].indicator, &keys[*at].producer) == (&first.indicator, &first.producer);
    (0..keys.len()).filter(alike).collect()
}

fn flags() -> Vec<Flag> {
    (1..=12)
        .map(|month| Flag {
            date: format!("2025-{month:02}-0{}", month % 3 + 1).parse().unwrap(),
            label: format!("Measures for the audiovisual industry, part {month}"),
        })
        .collect()
}

/// Checks that the words, the table and the chart have the same values.
fn check_agreement(shown: &Shown, query: &ExploreQuery, locale: Locale, what: &str) {
    let table = workings::table(shown, query, locale);
    let mut listed: Vec<String> = table
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .filter_map(|cell| match cell {
            CellView::Value { text, .. } => Some(text.split("; ").map(str::to_owned)),
            CellView::Missing { why, .. } => {
                assert!(!why.is_empty(), "{what}: a gap without a reason");
                None
            }
        })
        .flatten()
        .collect();
    let Some(chart) = &shown.chart else {
        assert!(listed.is_empty(), "{what}: values are listed but not drawn");
        return;
    };
    let view = chart.view();
    let mut drawn: Vec<String> = match chart {
        Chart::Slope(slope) => {
            slope.lines.iter().flat_map(|line| [line.first.text.clone(), line.last.text.clone()]).collect()
        }
        _ => {
            let readout = view.readout.as_ref().unwrap();
            readout.columns.iter().flat_map(|column| &column.values).map(|value| value.text.clone()).collect()
        }
    };
    drawn.iter_mut().for_each(|text| *text = text.replace("; ", ", "));
    listed.sort();
    drawn.sort();
    assert_eq!(listed, drawn, "{what}");
    let filled = (0..shown.worked.lines.len()).filter(|at| !shown.texts[*at].is_empty());
    for at in filled.take(6) {
        if !matches!(chart, Chart::Panels(_)) {
            assert!(
                view.summary.contains(&shown.labels[at]),
                "{what}: {} is missing from the summary",
                shown.labels[at]
            );
        }
        let first = shown.texts[at].first().unwrap();
        assert!(
            view.summary.contains(first) || shown.worked.kind == ChartKind::Vintages,
            "{what}: {first} is missing from the summary"
        );
    }
}

#[test]
fn ready_charts_are_legible_and_agree() {
    let data = DataSet::shipped();
    for locale in Locale::ALL {
        let presets = data.presets(locale);
        assert!(presets.len() >= 10);
        for (id, ready) in presets {
            for flags in [Vec::new(), flags()] {
                let worked = data.worked(&ready.query, locale);
                let shown = charts::shown(worked, &ready.query, Some(ready.headline.clone()), flags, locale);
                let chart = shown.chart.as_ref().unwrap_or_else(|| panic!("{id} draws nothing"));
                let refused = |notice: &Notice| !matches!(notice, Notice::Aggregated(..));
                assert!(!shown.worked.notices.iter().any(refused), "{id}: {:?}", shown.worked.notices);
                chart.check(&format!("{id} {locale}"));
                chart.check_pictures(&format!("{id} {locale}"));
                check_agreement(&shown, &ready.query, locale, &id);
            }
        }
    }
}

#[test]
fn three_hundred_states_are_legible_and_agree() {
    let data = DataSet::shipped();
    let keys = data.keys();
    let mut chance = Chance(0x5EED_2025);
    let mut kinds = std::collections::BTreeMap::new();
    for number in 0..300 {
        let query = chance.state(&keys);
        for locale in Locale::ALL {
            let worked = data.worked(&query, locale);
            let flags = if number % 5 == 0 { flags() } else { Vec::new() };
            let shown = charts::shown(worked, &query, None, flags, locale);
            let what = format!("{number}: {}", query.href(locale));
            if let Some(chart) = &shown.chart {
                chart.check(&what);
            }
            check_agreement(&shown, &query, locale, &what);
            *kinds.entry(shown.worked.kind).or_insert(0) += usize::from(shown.chart.is_some());
        }
    }
    // The random queries covered all of them.
    assert!(
        ChartKind::WORDS.iter().all(|(_, kind)| kinds.get(kind).is_some_and(|count| *count > 1)),
        "{kinds:?}"
    );
}

#[test]
fn more_than_six_lines_are_small_multiples_of_one_axis() {
    let data = DataSet::shipped();
    let mut indicators: std::collections::BTreeMap<String, Vec<SeriesKey>> = Default::default();
    for key in data.keys() {
        indicators.entry(key.indicator.clone()).or_default().push(key);
    }
    let mut seen = 0;
    for keys in indicators.into_values().filter(|keys| keys.len() > 6) {
        let series = keys.into_iter().take(12).enumerate().map(|(slot, key)| Chosen { key, slot });
        let query =
            ExploreQuery { series: series.collect(), kind: Some(ChartKind::Lines), ..Default::default() };
        let shown = data.shown(&query, Locale::En);
        let drawn = shown.texts.iter().filter(|texts| !texts.is_empty()).count();
        match &shown.chart {
            Some(Chart::Panels(chart)) if drawn > 6 => {
                let reach = chart.panels[0].manner.reach;
                assert!(reach.is_some() && chart.panels.iter().all(|panel| panel.manner.reach == reach));
                seen += 1;
            }
            other => assert!(drawn <= 6, "{other:?}"),
        }
        // Lines among which one stands out stay together.
        let focus = ExploreQuery { focus: Some(0), ..query };
        assert!(!matches!(data.shown(&focus, Locale::En).chart, Some(Chart::Panels(_))));
    }
    assert!(seen > 0);
}

#[test]
fn a_logarithmic_axis_makes_like_factors_alike() {
    let data = DataSet::shipped();
    let query = ExploreQuery::parse("series=domestic-market-revenue.china.iimedia&axis=log").unwrap();
    let view = data.shown(&query, Locale::En).chart.unwrap().view();
    let readout = view.readout.unwrap();
    let heights: Vec<Decimal> =
        readout.columns.iter().map(|column| Decimal::from(column.values[0].wide.1)).collect();
    // 0.94, 3.68 and 10.17 billion: the first step is a factor of 3.915, the second one of 2.764.
    let steps = ((heights[0] - heights[1]) / (heights[1] - heights[2])).to_f64().unwrap();
    assert!((steps - 3.915_f64.ln() / 2.764_f64.ln()).abs() < 0.02, "{steps}");
    assert!(view.wide.contains("logarithmic"));
}
