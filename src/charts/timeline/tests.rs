//! Layout tests of timelines: positions of items, and no overlapping text.

use super::{Item, Lane, Stretch, Timeline, compose::compose};
use crate::{
    charts::{
        Flag, Heading, Theme,
        checks::check_words,
        scene::Shape,
        sheet::{NARROW, WIDE},
    },
    text::Locale,
};

fn item(name: &str, stretch: Stretch) -> Item {
    Item {
        name: name.into(),
        text: format!("{name}, told"),
        stretch,
        slot: 0,
        hollow: false,
        count: 1,
        href: None,
    }
}

fn at(date: &str) -> Stretch {
    Stretch::At(date.parse().unwrap())
}

fn lasting(from: &str, to: &str) -> Stretch {
    Stretch::Lasting { from: from.parse().ok(), to: to.parse().ok() }
}

pub fn sample(whole_names: bool) -> Timeline {
    let lane = |name: &str, items| Lane { name: name.into(), items };
    Timeline {
        locale: Locale::En,
        heading: Heading {
            title: "Title".into(),
            subtitle: "Subtitle".into(),
            source_line: "Source.".into(),
        },
        lanes: vec![
            lane(
                "Validity",
                vec![
                    item(
                        "In force from the beginning of the year until further notice",
                        lasting("2025-01-01", ""),
                    ),
                    item("Ended", lasting("", "2024-03")),
                ],
            ),
            lane(
                "A lane with a rather long name that must be broken",
                vec![
                    item("Announced at a summit", at("2025-12-05")),
                    item("枫叶互动签约在浦东设立海外业务总部", at("2025-12-05")),
                    item("Reported", at("2025-12")),
                    item("Some time in the year", at("2024")),
                ],
            ),
            lane("Empty", vec![]),
        ],
        marked: Some(Flag { date: "2026-03-01".parse().unwrap(), label: "1 Mar 2026".into() }),
        whole_names,
    }
}

#[test]
fn no_words_meet_or_leave() {
    for whole_names in [true, false] {
        for layout in [WIDE, NARROW] {
            for theme in [Theme::Page, Theme::Light] {
                check_words(&compose(&sample(whole_names), &layout, theme), &layout, "timeline");
            }
        }
    }
}

#[test]
fn names_are_whole_where_they_must_be() {
    let scene = compose(&sample(true), &WIDE, Theme::Page);
    let names: String = scene.words().map(|words| words.text.as_str()).collect::<Vec<_>>().join(" ");
    for name in
        ["until further notice", "Announced at a summit", "枫叶互动", "Some time in the year", "1 Mar 2026"]
    {
        assert!(names.contains(name), "{name} is missing: {names}");
    }
}

#[test]
fn marks_of_the_same_day_stand_in_rows_of_their_own() {
    let scene = compose(&sample(false), &WIDE, Theme::Page);
    let centres: Vec<_> = scene
        .shapes("marks")
        .filter_map(|shape| match shape {
            Shape::Disc { centre, .. } => Some(*centre),
            _ => None,
        })
        .collect();
    assert_eq!(centres.len(), 4);
    assert!((centres[0].0 - centres[1].0).abs() < 0.01 && (centres[0].1 - centres[1].1).abs() > 8.0);
}

#[test]
fn a_timeline_is_told_in_order_of_time() {
    let summary = sample(true).view().summary;
    assert!(summary.starts_with("Validity: Ended, told; In force"), "{summary}");
    let years = summary.find("Some time in the year").unwrap();
    assert!(years < summary.find("Announced at a summit").unwrap());
}

#[test]
fn what_is_empty_is_drawn_too() {
    let empty = Timeline { lanes: Vec::new(), marked: None, ..sample(true) };
    assert!(compose(&empty, &NARROW, Theme::Page).height > 0.0);
}

#[test]
fn every_mark_is_named_and_a_link_covers_mark_and_name() {
    let mut chart = sample(false);
    for lane in &mut chart.lanes {
        for item in &mut lane.items {
            item.href = Some("/en/events/x".into());
        }
    }
    for layout in [WIDE, NARROW] {
        let scene = compose(&chart, &layout, Theme::Page);
        let names: String = scene.words().map(|words| words.text.as_str()).collect::<Vec<_>>().join(" ");
        for name in ["In force", "Ended", "Announced", "枫叶互动", "Reported", "Some time"] {
            assert!(names.contains(name), "{name} is missing: {names}");
        }
        assert_eq!(scene.links.len(), 6);
        for (at, link) in scene.links.iter().enumerate() {
            assert!(link.bounds.bottom - link.bounds.top >= 26.0 && link.bounds.right <= layout.width + 1.0);
            assert!(scene.links[at + 1..].iter().all(|other| !link.bounds.meets(other.bounds)));
        }
    }
    assert!(chart.view().linked && !sample(false).view().linked);
}
