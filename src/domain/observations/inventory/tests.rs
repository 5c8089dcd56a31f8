//! Tests of the inventory of series.

use super::*;
use crate::domain::observations::model::ProducerKind;

fn named(id: &str, zh: &str) -> Named {
    Named::new(id.to_owned(), id.to_uppercase(), Some(zh.to_owned()))
}

fn inventory() -> Inventory {
    let row = |indicator: &str, entity: &str, figures, headlines| store::SeriesRow {
        indicator_id: indicator.to_owned(),
        entity: entity.to_owned(),
        producer: "bureau".to_owned(),
        figures,
        headlines,
        last_day: NaiveDate::from_ymd_opt(2025, 12, 31).unwrap(),
    };
    let names = store::Names {
        indicators: vec![named("profit", "利润"), named("revenue", "收入")],
        entities: vec![named("alpha", "阿尔法"), named("beta", "贝塔")],
        producers: vec![Producer { named: named("bureau", "统计局"), kind: ProducerKind::Regulator }],
    };
    let rows = vec![
        row("revenue", "beta", 3, 3),
        row("revenue", "alpha", 9, 2),
        row("profit", "alpha", 1, 0),
        row("unnamed", "alpha", 1, 1),
    ];
    Inventory::new(names, rows)
}

fn find(words: &[&str], limit: usize) -> Vec<(String, String)> {
    let needles: Vec<_> = words.iter().flat_map(|word| words::needles(word)).map(|word| vec![word]).collect();
    let found = inventory().find(&needles, limit);
    found.into_iter().map(|found| (found.indicator.id, found.entity.id)).collect()
}

fn pair(indicator: &str, entity: &str) -> (String, String) {
    (indicator.to_owned(), entity.to_owned())
}

#[test]
fn every_word_has_to_stand_in_one_of_the_names() {
    let both = [pair("revenue", "beta"), pair("revenue", "alpha")];
    assert_eq!(find(&["Revenue"], 9), both);
    assert_eq!(find(&["收入", "BUREAU"], 9), both);
    assert_eq!(find(&["revenue", "阿尔"], 9), [pair("revenue", "alpha")]);
    assert!(find(&["revenue", "gamma"], 9).is_empty());
    assert!(find(&["profit"], 9).is_empty(), "none of its observations is drawn by default");
}

#[test]
fn words_name_an_indicator_and_what_it_is_of() {
    let together = |text: &str| {
        let needles: Vec<_> = words::needles(text).into_iter().map(|word| vec![word]).collect();
        inventory().named_together(&needles)
    };
    assert_eq!(together("alpha revenue"), [pair("revenue", "alpha")]);
    assert_eq!(together("阿尔法 收入"), [pair("revenue", "alpha")]);
    assert_eq!(together("bureau revenues"), [pair("revenue", "beta"), pair("revenue", "alpha")]);
    assert!(together("alpha").is_empty(), "no indicator is named");
    assert!(together("gamma revenue").is_empty());
}

#[test]
fn those_with_most_figures_come_first() {
    assert_eq!(find(&[], 1), [pair("revenue", "beta")]);
}

#[test]
fn series_that_fit_are_counted() {
    let inventory = inventory();
    let all = [pair("profit", "alpha"), pair("revenue", "alpha"), pair("revenue", "beta")];
    assert_eq!(inventory.pairs(|_, _, producer| producer == "bureau"), (13, all.to_vec()));
    assert_eq!(
        inventory.pairs(|indicator, entity, _| indicator == "revenue" && entity == "beta"),
        (3, all[2..].to_vec())
    );
}

#[test]
fn series_of_an_indicator_stand_by_entity() {
    let inventory = inventory();
    let of = |id: &str| -> Vec<(String, u32)> {
        inventory.of_indicator(id).map(|one| (one.entity.id.clone(), one.figures)).collect()
    };
    assert_eq!(of("revenue"), [("alpha".to_owned(), 9), ("beta".to_owned(), 3)]);
    assert!(of("unnamed").is_empty() && of("nothing").is_empty());
}
