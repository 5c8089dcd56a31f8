//! Tests of the sentences of a finding.

use std::collections::BTreeMap;

use super::*;
use crate::{
    domain::{
        indicators::model::{DefaultChart, Topic, unit},
        observations::{
            breaks::BreakKind,
            model::{ProducerKind, samples::observation},
        },
    },
    text::{Bilingual, Named},
};

fn market() -> Indicator {
    Indicator {
        named: Named::new("market".into(), "Market size".into(), Some("市场规模".into())),
        topic: Topic::Revenue,
        unit: Unit::Money("CNY".into()),
        frequency: Frequency::Annual,
        same_as: None,
        additive: true,
        default_chart: DefaultChart::Line,
        description: Bilingual::default(),
    }
}

fn year(year: i32, value: i64, qualifier: Qualifier) -> Observation {
    let day = |text: &str| format!("{year}-{text}").parse().unwrap();
    Observation {
        period: Period::new(day("01-01"), day("12-31")),
        ..observation("dataeye", value, qualifier)
    }
}

fn sentences(rows: &[Observation], breaks: &[SeriesBreak]) -> [String; 2] {
    let finding = finding(rows, breaks, Frequency::Annual).unwrap();
    Locale::ALL.map(|locale| finding.sentence(&market(), locale))
}

#[test]
fn a_change_is_told_from_the_first_comparable_figure() {
    let rows = [
        year(2022, 100_000_000, Qualifier::Forecast),
        year(2023, 200_000_000, Qualifier::Exact),
        year(2024, 300_000_000, Qualifier::Exact),
        year(2025, 500_000_000, Qualifier::Estimate),
        year(2026, 900_000_000, Qualifier::Forecast),
    ];
    assert_eq!(
        sentences(&rows, &[]),
        [
            "China: Market size rose from CNY 200 million in 2023 to an estimated CNY 500 million in 2025, according to DATAEYE",
            "DATAEYE：中国市场规模由2023年的2亿元增至2025年的5亿元（估算）",
        ]
    );
    let note = Bilingual::default();
    let broken = SeriesBreak {
        indicator: market().named,
        entity: rows[0].entity.clone(),
        producer: rows[0].producer.named.clone(),
        from: "2025-01-01".parse().unwrap(),
        kind: BreakKind::Scope,
        note,
        source: rows[0].source.clone(),
    };
    assert_eq!(
        sentences(&rows, &[broken]),
        [
            "China: Market size came to CNY 500 million in 2025, DATAEYE estimates; earlier figures are not comparable",
            "DATAEYE估算：2025年中国市场规模为5亿元，此前数字不可比",
        ]
    );
}

#[test]
fn estimates_and_forecasts_are_called_so() {
    let rows = [year(2024, 300, Qualifier::Estimate), year(2025, 200, Qualifier::Estimate)];
    let [en, zh] = sentences(&rows, &[]);
    assert_eq!(en, "China: Market size fell from CNY 300 in 2024 to CNY 200 in 2025, DATAEYE estimates");
    assert_eq!(zh, "DATAEYE估算：中国市场规模由2024年的300元降至2025年的200元");
    let [en, zh] = sentences(&[year(2027, 300, Qualifier::Forecast)], &[]);
    assert_eq!(en, "China: Market size will come to CNY 300 in 2027, DATAEYE forecasts");
    assert_eq!(zh, "DATAEYE预测：2027年中国市场规模为300元");
}

#[test]
fn nothing_is_compared_with_a_bound() {
    let rows = [year(2024, 300, Qualifier::Exact), year(2025, 400, Qualifier::AtLeast)];
    let [en, zh] = sentences(&rows, &[]);
    assert_eq!(
        en,
        "China: Market size came to at least CNY 400 in 2025, according to DATAEYE; earlier figures are not comparable"
    );
    assert_eq!(zh, "DATAEYE：2025年中国市场规模至少400元，此前数字不可比");
}

type Row = BTreeMap<String, String>;

/// Rows of a table of the shipped data set.
fn shipped(table: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(format!("data/{table}.csv")).unwrap();
    reader.deserialize().collect::<Result<_, _>>().unwrap()
}

fn named(id: &str) -> Named {
    Named::new(id.to_owned(), id.to_owned(), None)
}

fn observation_of(row: &Row) -> Observation {
    Observation {
        entity: named(&row["entity"]),
        producer: super::super::model::Producer { named: named(&row["producer"]), kind: ProducerKind::Other },
        period: Period::new(row["period_start"].parse().unwrap(), row["period_end"].parse().unwrap()),
        value: row["value"].parse().unwrap(),
        high: row["value_high"].parse().ok(),
        basis: row["basis"].parse().ok(),
        headline: row["headline"] == "yes",
        ..observation("x", 0, row["qualifier"].parse().unwrap())
    }
}

fn break_of(row: &Row) -> SeriesBreak {
    SeriesBreak {
        indicator: named(&row["indicator_id"]),
        entity: named(&row["entity"]),
        producer: named(&row["producer"]),
        from: row["from_date"].parse().unwrap(),
        kind: row["kind"].parse().unwrap(),
        note: Bilingual::default(),
        source: observation("x", 0, Qualifier::Exact).source,
    }
}

/// Every finding of the shipped data set.
#[test]
fn no_sentence_crosses_a_break_or_rests_on_a_bound() {
    let (observations, broken) = (shipped("observations"), shipped("breaks"));
    let mut compared = 0;
    for row in shipped("indicators") {
        let of = |other: &&Row| other["indicator_id"] == row["id"];
        let rows: Vec<Observation> = observations.iter().filter(of).map(observation_of).collect();
        let breaks: Vec<SeriesBreak> = broken.iter().filter(of).map(break_of).collect();
        let indicator = Indicator {
            named: Named::new(row["id"].clone(), row["name_en"].clone(), Some(row["name_zh"].clone())),
            unit: unit(&row["unit"], &row["unit_label_en"], Some(&row["unit_label_zh"])),
            frequency: row["frequency"].parse().unwrap(),
            ..market()
        };
        // About each entity, as a page that shows only one.
        let entities: std::collections::BTreeSet<&str> =
            rows.iter().map(|row| row.entity.id.as_str()).collect();
        for entity in entities {
            let own: Vec<Observation> = rows.iter().filter(|row| row.entity.id == entity).cloned().collect();
            let Some(finding) = finding(&own, &breaks, indicator.frequency) else { continue };
            for locale in Locale::ALL {
                let sentence = finding.sentence(&indicator, locale);
                let producer = finding.lead.producer.named.name(locale);
                assert!(sentence.contains(&finding.lead.period.label(locale)), "{sentence}");
                let is_named = Attribution::of(finding.lead) == Attribution::Producer;
                assert!(sentence.contains(producer) || !is_named, "{sentence}");
            }
            let Some(since) = finding.since else { continue };
            compared += 1;
            let between = breaks.iter().any(|one| {
                one.entity == since.entity
                    && one.producer == since.producer.named
                    && since.period.end < one.from
                    && one.from <= finding.lead.period.end
            });
            assert!(!between, "{}: {entity}", row["id"]);
            for row in [since, finding.lead] {
                assert!(
                    !matches!(row.qualifier, Qualifier::AtLeast | Qualifier::AtMost | Qualifier::Forecast)
                        && row.high.is_none(),
                    "{row:?}"
                );
            }
            assert_eq!(since.basis, finding.lead.basis);
            assert_eq!(since.producer, finding.lead.producer);
            assert_eq!(since.period.length(), finding.lead.period.length());
        }
    }
    assert!(compared > 70, "only {compared} findings compare");
}
