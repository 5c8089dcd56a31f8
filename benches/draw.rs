//! Benchmarks of chart drawing: twelve series of a hundred values, from the chart's description to the output that a page needs.
//!
//! `cargo bench --features ssr --bench draw`

use criterion::{Criterion, criterion_group, criterion_main};
use observatory::{
    charts::{
        Bound, Chart, Foot, Heading, Manner, MarkKind, Nature, Outline, PanelsChart, Point, Series, Theme,
        TimeChart,
    },
    text::{Locale, Period, Unit},
};
use rust_decimal::Decimal;

const LINES: usize = 12;
const VALUES: usize = 100;

/// A chart of twelve monthly series from 2018 on, each with a different pattern of rises and falls.
fn chart(kind: MarkKind, values: usize) -> TimeChart {
    let unit = Unit::Money("USD".into());
    let line = |slot: usize| {
        let point = |at: usize| {
            let value = Decimal::from(1_000_000 * (10 + (at * (slot + 3)) % 97 + at));
            Point {
                period: Period::from_code(&format!("{}-{:02}", 2018 + at / 12, at % 12 + 1))
                    .expect("valid month"),
                value,
                high: None,
                nature: if at.is_multiple_of(5) { Nature::Estimate } else { Nature::Reported },
                bound: if at.is_multiple_of(7) { Bound::AtLeast } else { Bound::None },
                text: unit.amount(value, Locale::En).to_string(),
                origin: None,
            }
        };
        let name = format!("App number {slot} · a producer of figures");
        Series {
            label: name.clone(),
            name,
            slot,
            points: (0..values).map(point).collect(),
            ..Series::default()
        }
    };
    TimeChart {
        locale: Locale::En,
        kind,
        heading: Heading {
            title: "In-app revenue".into(),
            subtitle: "Twelve apps".into(),
            source_line: "Measured by a producer.".into(),
        },
        unit: unit.clone(),
        series: (0..LINES).map(line).collect(),
        flags: Vec::new(),
        manner: Manner::default(),
    }
}

fn drawings(criterion: &mut Criterion) {
    let foot = Foot {
        locale: Locale::En,
        revision: 1,
        published_on: Default::default(),
        licence: "CC BY 4.0",
        address: "https://observatory.example/en/explore".into(),
    };
    for (name, kind) in [("lines", MarkKind::Line), ("bars", MarkKind::Bar), ("stacked", MarkKind::Stacked)] {
        let one = Chart::Time(chart(kind, VALUES));
        criterion.bench_function(&format!("drawing {name}, {LINES} × {VALUES}"), |bench| {
            bench.iter(|| one.drawing());
        });
    }
    let one = Chart::Time(chart(MarkKind::Line, VALUES));
    criterion.bench_function("both drawings with text and readout", |bench| bench.iter(|| one.view()));
    criterion.bench_function("picture with title and footer", |bench| {
        bench.iter(|| one.picture(Outline::Wide, Theme::Light, &foot));
    });
    let long = Chart::Time(chart(MarkKind::Line, 1000));
    criterion.bench_function(&format!("drawing lines, {LINES} × 1000"), |bench| {
        bench.iter(|| long.drawing());
    });
    let panels = (0..LINES).map(|at| {
        let whole = chart(MarkKind::Line, VALUES);
        TimeChart { series: vec![whole.series[at].clone()], ..whole }
    });
    let panels = Chart::Panels(PanelsChart {
        locale: Locale::En,
        heading: Heading::default(),
        panels: panels.collect(),
    });
    criterion.bench_function(&format!("drawing {LINES} panels"), |bench| bench.iter(|| panels.drawing()));
}

criterion_group!(benches, drawings);
criterion_main!(benches);
