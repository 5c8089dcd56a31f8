//! Tests of pictures of charts.

use super::*;
use crate::charts::{MarkKind, checks, matrix, ranked, series, strips, timeline};

fn foot(locale: Locale) -> Foot {
    Foot {
        locale,
        revision: 3,
        published_on: "2026-11-25".parse().unwrap(),
        licence: "CC BY 4.0",
        address:
            "https://observatory.example/en/indicators/domestic-market-revenue?entity=china&producer=iimedia"
                .into(),
    }
}

/// Returns a chart of nine lines with long names that all end at the same height.
fn crowded(locale: Locale) -> crate::charts::TimeChart {
    let mut chart = series::tests::sample(MarkKind::Line, locale);
    let first = chart.series[0].clone();
    chart.series = (0..9)
        .map(|slot| {
            let label = format!("National Radio and Television Administration {slot}");
            crate::charts::Series { slot, name: label.clone(), label, ..first.clone() }
        })
        .collect();
    chart
}

fn samples(locale: Locale) -> Vec<Chart> {
    vec![
        Chart::Time(series::tests::sample(MarkKind::Line, locale)),
        Chart::Time(series::tests::sample(MarkKind::Bar, locale)),
        Chart::Timeline(timeline::tests::sample(true)),
        Chart::Matrix(matrix::tests::sample(locale)),
        Chart::Ranked(ranked::tests::sample()),
        Chart::Time(crowded(locale)),
        Chart::Strips(strips::tests::sample(locale)),
    ]
}

#[test]
fn no_word_leaves_a_picture_or_meets_another() {
    for locale in Locale::ALL {
        for (number, chart) in samples(locale).iter().enumerate() {
            for (name, outline) in Outline::WORDS {
                let (scene, _) = chart.fitted(outline, Theme::Light, &foot(locale));
                let layout = Layout { width: scene.width, plot: 0.0, text: TEXT, marker: 0.0, wide: true };
                checks::check_words(&scene, &layout, &format!("{name} {number} {locale}"));
                assert!(scene.shapes("foot").count() > 1);
                assert!(scene.shapes("source").count() > 0, "{name} {number}");
            }
        }
    }
}

#[test]
fn a_picture_has_its_size_and_the_same_bytes_each_time() {
    for (_, outline) in Outline::WORDS {
        let chart = Chart::Time(series::tests::sample(MarkKind::Line, Locale::Zh));
        let picture = chart.picture(outline, Theme::Dark, &foot(Locale::Zh));
        assert_eq!((picture.width, picture.height), outline.size());
        assert_eq!(picture, chart.picture(outline, Theme::Dark, &foot(Locale::Zh)));
        let (width, height) = outline.size();
        assert!(picture.svg.contains(&format!("width=\"{width}\" height=\"{height}\"")));
    }
}

#[test]
fn what_a_reader_writes_stays_within_the_picture() {
    use crate::charts::Dress;
    for text in ["W".repeat(120), "微短剧".repeat(40), "a ".repeat(60), "https://x/".repeat(12)] {
        let dress = Dress { title: Some(text.clone()), note: Some(text.repeat(2)), ..Dress::default() };
        for chart in samples(Locale::En) {
            let chart = chart.dressed(&dress).unwrap();
            for (name, outline) in Outline::WORDS {
                let (scene, _) = chart.fitted(outline, Theme::Light, &foot(Locale::En));
                let layout = Layout { width: scene.width, plot: 0.0, text: TEXT, marker: 0.0, wide: true };
                checks::check_words(&scene, &layout, &format!("{name} {text}"));
            }
        }
    }
}

#[test]
fn a_picture_names_and_describes_itself() {
    for locale in Locale::ALL {
        for chart in samples(locale) {
            let picture = chart.picture(Outline::Wide, Theme::Light, &foot(locale));
            assert!(!picture.description.is_empty());
            for (text, element) in [(&picture.title, "title"), (&picture.description, "desc")] {
                let (_, rest) = picture.svg.split_once(&format!("<{element} id=\"")).unwrap();
                let (id, rest) = rest.split_once("\">").unwrap();
                let labels = picture.svg.split("aria-labelledby=\"").nth(1).unwrap();
                let labels = labels.split('"').next().unwrap();
                assert!(labels.split(' ').any(|label| label == id), "{id} is not in {labels}");
                let content = rest.split('<').next().unwrap();
                assert_eq!(content, crate::text::html::escape(text));
            }
            let tag = locale.tag();
            assert!(picture.svg.contains(&format!("role=\"img\" lang=\"{tag}\" xml:lang=\"{tag}\"")));
        }
    }
}

#[test]
fn pictures_in_one_page_share_no_id() {
    let ids = |picture: &Picture| -> Vec<String> {
        let ids = picture.svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        ids.map(str::to_owned).collect()
    };
    let chart = Chart::Time(series::tests::sample(MarkKind::Line, Locale::En));
    let other = Chart::Matrix(matrix::tests::sample(Locale::En));
    let mut all = Vec::new();
    for (chart, outline, theme) in [
        (&chart, Outline::Wide, Theme::Light),
        (&chart, Outline::Wide, Theme::Dark),
        (&chart, Outline::Square, Theme::Light),
        (&other, Outline::Wide, Theme::Light),
    ] {
        all.extend(ids(&chart.picture(outline, theme, &foot(Locale::En))));
    }
    let distinct: std::collections::BTreeSet<&String> = all.iter().collect();
    assert_eq!((all.len(), distinct.len()), (8, 8));
}

#[test]
fn markup_in_a_title_stays_text() {
    let hostile = "</title><script>alert(1)</script>]]>&\"'";
    let picture = card(hostile, &[hostile.to_owned()], Outline::Card, Theme::Light, &foot(Locale::En));
    assert!(!picture.svg.contains("<script"));
    assert_eq!(picture.svg.matches("</title>").count(), 1);
}

#[test]
fn a_card_of_words_is_cut_with_dots_and_not_at_its_rim() {
    let long = "Where sources contradict each other, side by side, ".repeat(20);
    let picture = card(&long, std::slice::from_ref(&long), Outline::Card, Theme::Light, &foot(Locale::En));
    assert_eq!((picture.width, picture.height), (1200, 630));
    assert!(picture.svg.contains('…'));
}
