//! Layout tests on drawings of the real data set, and snapshot tests on two drawings of a small one.

use std::collections::BTreeMap;

use super::{
    Bound, Break, Flag, Manner, MarkKind, Nature, Point, Series, TimeChart,
    compose::{Composed, compose},
    markers::legend_entries,
    summary,
};
use crate::{
    charts::{
        Chart,
        checks::check_words,
        draw,
        scene::{Bounds, Dash, Shape, Spot, Words},
        sheet::{Heading, NARROW, WIDE},
        theme::Theme,
    },
    text::{Locale, Period, Unit},
};

fn point(start: &str, end: &str, value: &str, nature: Nature) -> Point {
    let value = value.parse().unwrap();
    let period = Period::new(start.parse().unwrap(), end.parse().unwrap());
    let text = Unit::Money("CNY".into()).amount(value, Locale::En).to_string();
    Point { period, value, high: None, nature, bound: Bound::None, text, origin: None }
}

fn year(year: i32, value: &str, nature: Nature) -> Point {
    point(&format!("{year}-01-01"), &format!("{year}-12-31"), value, nature)
}

/// Sample chart of two producers: one skips a year and ends with a forecast, one has an eight-month value that is a lower bound.
pub fn sample(kind: MarkKind, locale: Locale) -> TimeChart {
    let first = vec![
        year(2022, "10000000000", Nature::Reported),
        year(2024, "50440000000", Nature::Estimate),
        year(2025, "67790000000", Nature::Estimate),
        year(2026, "79330000000", Nature::Forecast),
    ];
    let months =
        Point { bound: Bound::AtLeast, ..point("2025-01-01", "2025-08-31", "50000000000", Nature::Reported) };
    let series = |label: &str, slot, points| Series {
        label: label.into(),
        name: label.into(),
        slot,
        points,
        ..Series::default()
    };
    TimeChart {
        locale,
        kind,
        heading: Heading {
            title: "Market".into(),
            subtitle: "China".into(),
            source_line: "Measured by iiMedia and CNSA.".into(),
        },
        unit: Unit::Money("CNY".into()),
        series: vec![series("iiMedia Research", 0, first), series("CNSA", 1, vec![months])],
        flags: vec![Flag { date: "2025-12-05".parse().unwrap(), label: "Pudong: 8 measures".into() }],
        manner: Manner::default(),
    }
}

/// Returns a chart for every indicator of the shipped data set that has one, with its headline rows: one series for each entity, producer
/// and period length.
fn shipped(locale: Locale) -> Vec<TimeChart> {
    let rows = |table: &str| {
        let mut reader = csv::Reader::from_path(format!("data/{table}.csv")).unwrap();
        reader.deserialize().collect::<Result<Vec<BTreeMap<String, String>>, _>>().unwrap()
    };
    let observations = rows("observations");
    let mut charts = Vec::new();
    for indicator in rows("indicators") {
        let kind = match indicator["default_chart"].as_str() {
            "line" => MarkKind::Line,
            "bar" => MarkKind::Bar,
            _ => continue,
        };
        let unit = Unit::Money("CNY".into());
        let mut lines: BTreeMap<String, Vec<Point>> = BTreeMap::new();
        let own = observations
            .iter()
            .filter(|row| row["indicator_id"] == indicator["id"] && row["headline"] == "yes");
        for row in own {
            let nature = match row["qualifier"].as_str() {
                "forecast" => Nature::Forecast,
                "estimate" => Nature::Estimate,
                _ => Nature::Reported,
            };
            let mut point = point(&row["period_start"], &row["period_end"], &row["value"], nature);
            point.high = row["value_high"].parse().ok();
            point.bound = if row["qualifier"] == "at-least" { Bound::AtLeast } else { Bound::None };
            let length = point.period.length().adjective(locale);
            lines.entry(format!("{} · {} {length}", row["entity"], row["producer"])).or_default().push(point);
        }
        let series = lines
            .into_iter()
            .enumerate()
            .map(|(slot, (label, points))| Series {
                name: label.clone(),
                label,
                slot,
                points,
                ..Series::default()
            })
            .collect();
        let flag = |date: &str, label: &str| Flag { date: date.parse().unwrap(), label: label.into() };
        charts.push(TimeChart {
            series,
            kind,
            unit,
            heading: Heading { title: indicator["name_en"].clone(), ..sample(kind, locale).heading },
            flags: vec![
                flag("2024-06-01", "Shanghai: 4 measures"),
                flag("2025-10-01", "Several measures"),
                flag("2025-12-05", "浦东新区：8项措施"),
            ],
            ..sample(kind, locale)
        });
    }
    assert!(charts.len() > 20);
    charts
}

#[test]
fn drawings_of_the_shipped_data_keep_what_every_drawing_promises() {
    for locale in Locale::ALL {
        for chart in shipped(locale) {
            let what = format!("{} {locale}", chart.heading.title);
            Chart::Time(chart).check(&what);
        }
    }
}

#[test]
fn every_value_stands_in_the_plot_where_its_period_lies() {
    for chart in shipped(Locale::En) {
        let chart = chart.in_order();
        for layout in [WIDE, NARROW] {
            let composed = compose(&chart, &layout, Theme::Page);
            let frame = &composed.frame;
            for (series, spots) in chart.series.iter().zip(&composed.spots) {
                for (point, (x, y)) in series.points.iter().zip(spots) {
                    assert!((frame.top - 0.1..=frame.bottom + 0.1).contains(y), "{}", chart.heading.title);
                    assert!((frame.left..=frame.right).contains(x), "{}", chart.heading.title);
                    if chart.kind == MarkKind::Line {
                        assert!((x - frame.middle(point.period)).abs() < 0.1, "{}", chart.heading.title);
                    }
                }
            }
        }
    }
}

#[test]
fn a_gap_is_not_bridged_and_a_forecast_is_dashed() {
    let composed = compose(&sample(MarkKind::Line, Locale::En), &WIDE, Theme::Page);
    let paths: Vec<_> = composed
        .scene
        .shapes("series")
        .filter_map(|shape| match shape {
            Shape::Path { spots, stroke } if stroke.width > 1.5 => Some((spots, stroke.dash)),
            _ => None,
        })
        .collect();
    let spots = &composed.spots[0];
    assert_eq!(paths.len(), 2, "2024 to 2025, and 2025 to 2026");
    assert_eq!(paths[0], (&vec![spots[1], spots[2]], Dash::Solid));
    assert_eq!(paths[1], (&vec![spots[2], spots[3]], Dash::Forecast));
}

#[test]
fn a_line_never_reaches_a_bound() {
    let mut chart = sample(MarkKind::Line, Locale::En);
    chart.series.truncate(1);
    chart.series[0].points = vec![
        year(2022, "3", Nature::Reported),
        year(2023, "4", Nature::Reported),
        Point { bound: Bound::AtLeast, ..year(2024, "2", Nature::Reported) },
        year(2025, "5", Nature::Forecast),
    ];
    let composed = compose(&chart, &WIDE, Theme::Page);
    let spots = &composed.spots[0];
    let joined: Vec<_> = between_marks(&composed).collect();
    assert_eq!(joined, [vec![spots[0], spots[1]]]);
    assert!(summary(&chart).contains("from CNY 3 in 2022 to CNY 5"), "{}", summary(&chart));
    chart.series[0].points[3].bound = Bound::AtMost;
    assert!(summary(&chart).contains("first CNY 3 in 2022, last CNY 5"), "{}", summary(&chart));
}

#[test]
fn what_holds_until_the_next_value_goes_in_steps() {
    let mut chart = sample(MarkKind::Line, Locale::En);
    chart.series.truncate(1);
    chart.series[0].points = vec![year(2022, "3", Nature::Reported), year(2023, "4", Nature::Reported)];
    chart.manner.steps = true;
    let composed = compose(&chart, &WIDE, Theme::Page);
    let spots = &composed.spots[0];
    let corners = vec![spots[0], (spots[1].0, spots[0].1), spots[1]];
    let drawn = |shape: &Shape| matches!(shape, Shape::Path { spots, .. } if *spots == corners);
    assert!(composed.scene.shapes("series").any(drawn));
}

/// Returns the strokes that go from one mark to others.
fn between_marks(composed: &Composed) -> impl Iterator<Item = Vec<Spot>> {
    let marks: Vec<Spot> = composed.spots.iter().flatten().copied().collect();
    composed.scene.shapes("series").filter_map(move |shape| match shape {
        Shape::Path { spots, .. } if spots.len() > 1 && spots.iter().all(|spot| marks.contains(spot)) => {
            Some(spots.clone())
        }
        _ => None,
    })
}

/// Returns the sample without its forecast, with a change of scope before 2025.
fn broken(kind: MarkKind, locale: Locale) -> TimeChart {
    let mut chart = sample(kind, locale);
    chart.series[0].points[0] = year(2023, "10000000000", Nature::Reported);
    chart.series[0].breaks =
        vec![Break { from: "2025-01-01".parse().unwrap(), note: "Animated titles are counted.".into() }];
    chart
}

#[test]
fn a_break_is_a_gap_with_a_sign_and_a_note() {
    let chart = broken(MarkKind::Line, Locale::En);
    let composed = compose(&chart, &WIDE, Theme::Page);
    let spots = &composed.spots[0];
    let joined: Vec<_> = between_marks(&composed).collect();
    assert_eq!(joined, [vec![spots[0], spots[1]], vec![spots[2], spots[3]]]);
    assert_eq!(composed.scene.shapes("breaks").count(), 4, "two slashes, each on its halo");
    let legend: Vec<String> =
        legend_entries(&[&chart], Locale::En).into_iter().map(|entry| entry.name).collect();
    assert!(legend.contains(&"change of scope or method".to_owned()));
    let said = summary(&chart);
    assert!(
        said.starts_with("iiMedia Research: first CNY 10 billion in 2023, last CNY 79.33 billion in 2026"),
        "{said}"
    );
    assert!(said.contains("Change of scope or method before 2025: Animated titles are counted."), "{said}");
    assert!(!said.contains("not every period"), "{said}");
    let readout = super::view(&chart).readout.unwrap();
    let changed: Vec<_> = readout.columns.iter().filter(|column| !column.breaks.is_empty()).collect();
    let [column] = changed.as_slice() else { panic!("{changed:?}") };
    assert_eq!(column.period, "2025");
    let text = "iiMedia Research, change of scope or method: Animated titles are counted";
    assert_eq!(column.breaks, [(0, text.to_owned())]);
}

#[test]
fn the_sign_of_a_break_covers_no_mark_and_no_words() {
    let mut charts = vec![broken(MarkKind::Line, Locale::En), broken(MarkKind::Bar, Locale::Zh)];
    // A break in every line of the real data set, after its first value.
    for mut chart in shipped(Locale::En) {
        chart = chart.in_order();
        for series in &mut chart.series {
            let Some(second) = series.points.get(1) else { continue };
            series.breaks = vec![Break { from: second.period.start, note: "Wider.".into() }];
        }
        charts.push(chart);
    }
    for chart in charts {
        for layout in [WIDE, NARROW] {
            let composed = compose(&chart, &layout, Theme::Page);
            check_words(&composed.scene, &layout, &chart.heading.title);
            let signs = composed.scene.shapes("breaks").filter_map(|shape| match shape {
                Shape::Path { spots, .. } => {
                    Some(((spots[0].0 + spots[1].0) / 2.0, (spots[0].1 + spots[1].1) / 2.0))
                }
                _ => None,
            });
            for sign in signs.map(super::breaks::bounds) {
                assert!(
                    sign.left > -4.0 && sign.right < layout.width + 4.0 && sign.top > 0.0,
                    "{}: {sign:?}",
                    chart.heading.title
                );
                for words in composed.scene.words().map(Words::bounds) {
                    assert!(!sign.grown(-3.0).meets(words), "{}: {sign:?} {words:?}", chart.heading.title);
                }
                // On bars it stands at the base line, below them. Marks of a dense line leave no room for it.
                let is_sparse = chart.kind == MarkKind::Line && chart.points().count() <= 40;
                let marks = composed.spots.iter().flatten().filter(|_| is_sparse);
                for mark in marks.map(|mark| Bounds::around(*mark, 2.0)) {
                    assert!(!sign.grown(-2.0).meets(mark), "{}: {sign:?} {mark:?}", chart.heading.title);
                }
            }
        }
    }
}

#[test]
fn what_marks_look_like_is_told_where_it_occurs() {
    let sign_names = |chart: &TimeChart| -> Vec<String> {
        legend_entries(&[chart], Locale::En).into_iter().map(|entry| entry.name).collect()
    };
    assert_eq!(sign_names(&sample(MarkKind::Line, Locale::En)), ["estimate", "forecast", "at least"]);
    let mut plain = sample(MarkKind::Bar, Locale::En);
    plain.series.truncate(1);
    plain.series[0].points =
        vec![year(2024, "2", Nature::Reported), point("2025-01-01", "2025-06-30", "1", Nature::Reported)];
    assert_eq!(sign_names(&plain), [""; 0]);
    plain.series[0].points.push(year(2025, "3", Nature::Reported));
    assert_eq!(sign_names(&plain), ["longer period, with shorter ones in front"]);
    plain.kind = MarkKind::Line;
    assert_eq!(sign_names(&plain), [""; 0]);
}

#[test]
fn bars_begin_at_zero() {
    for chart in shipped(Locale::En).iter().filter(|chart| chart.kind == MarkKind::Bar) {
        let composed = compose(chart, &WIDE, Theme::Page);
        let base = composed.frame.baseline();
        for shape in composed.scene.shapes("series") {
            if let Shape::Area { spots, .. } = shape {
                assert!(
                    (spots[0].1 - base).abs() < 0.1 && (spots[3].1 - base).abs() < 0.1,
                    "{}",
                    chart.heading.title
                );
            }
        }
    }
}

#[test]
fn a_range_is_filled_as_far_as_is_certain() {
    let range = |first, low, high: &str| Point {
        high: Some(high.parse().unwrap()),
        ..year(first, low, Nature::Reported)
    };
    let points = vec![
        range(2022, "5000000000", "7000000000"),
        range(2023, "-7000000000", "-5000000000"),
        range(2024, "-2000000000", "1000000000"),
    ];
    let mut chart = sample(MarkKind::Bar, Locale::En);
    chart.series = vec![Series { points, ..chart.series[0].clone() }];
    let composed = compose(&chart, &WIDE, Theme::Page);
    let areas = composed.scene.shapes("series").filter_map(|shape| match shape {
        Shape::Area { spots, .. } => Some(spots[1]),
        _ => None,
    });
    let mut ends: Vec<_> = areas.collect();
    ends.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let ends: Vec<f64> = ends.into_iter().map(|(_, end)| end).collect();
    let level = |value: &str| composed.frame.level(value.parse().unwrap());
    assert_eq!(ends, ["5000000000", "-5000000000", "0"].map(level));
}

#[test]
fn the_same_description_gives_the_same_bytes_and_no_inline_style() {
    for chart in shipped(Locale::Zh) {
        let view = super::view(&chart);
        assert_eq!(view, super::view(&chart));
        assert!(!view.wide.contains("style="), "a strict content security policy would refuse it");
        assert!(!view.wide.contains("NaN") && !view.narrow.contains("NaN"));
        assert_eq!(
            view.readout
                .iter()
                .flat_map(|readout| &readout.columns)
                .map(|column| column.values.len())
                .sum::<usize>(),
            chart.points().count()
        );
    }
}

#[test]
fn the_summary_says_what_the_rows_say() {
    assert_eq!(
        summary(&sample(MarkKind::Line, Locale::En)),
        "iiMedia Research: from CNY 10 billion in 2022 to CNY 79.33 billion in 2026; not every period was measured; \
         2 of the values are estimates; one of the values is a forecast. CNSA: CNY 50 billion in Jan–Aug 2025."
    );
}

#[test]
fn names_are_escaped() {
    let mut chart = sample(MarkKind::Bar, Locale::En);
    chart.series[0].name = "<script>&\"".into();
    let svg = draw::svg(&compose(&chart, &NARROW, Theme::Page).scene, Theme::Page);
    assert!(svg.contains("&lt;script&gt;&amp;&quot;") && !svg.contains("<script"));
}

#[test]
fn drawings_stay_as_they_are() {
    insta::assert_snapshot!(
        "line_wide_en",
        super::view(&sample(MarkKind::Line, Locale::En)).wide.replace("><", ">\n<")
    );
    insta::assert_snapshot!(
        "bar_narrow_zh",
        super::view(&sample(MarkKind::Bar, Locale::Zh)).narrow.replace("><", ">\n<")
    );
    insta::assert_snapshot!(
        "broken_line_narrow_en",
        super::view(&broken(MarkKind::Line, Locale::En)).narrow.replace("><", ">\n<")
    );
    insta::assert_snapshot!(
        "picture_dark",
        draw::svg(&super::compose(&sample(MarkKind::Line, Locale::Zh), &WIDE, Theme::Dark), Theme::Dark)
            .replace("><", ">\n<")
    );
}

#[test]
fn several_single_values_are_named_in_the_legend_instead_of_by_leaders() {
    let mut chart = sample(MarkKind::Line, Locale::En);
    let line = chart.series[0].clone();
    let single = |slot: usize| Series {
        slot,
        label: format!("Single {slot}"),
        name: format!("Single {slot}"),
        points: vec![line.points[0].clone()],
        ..Series::default()
    };
    let keyed = |chart: &TimeChart| compose(chart, &WIDE, Theme::Page).scene.shapes("names").count() == 0;
    chart.series = vec![line.clone(), single(1)];
    assert!(!keyed(&chart));
    chart.series.push(single(2));
    assert!(keyed(&chart));
}
