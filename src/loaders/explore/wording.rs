//! Words of explore's charts: title, subtitle, source line, and the rules by which values were found.

use std::collections::BTreeSet;

use crate::{
    domain::{
        explore::{
            model::{Input, Line},
            pipeline::Worked,
            query::{ChartKind, ExploreQuery, Measure},
            rule::Rule,
        },
        observations::model::Observation,
    },
    loaders::observations::plot,
    text::Locale,
};

/// Returns the title in one line: the indicators, and the transform applied to them.
pub fn title(worked: &Worked, query: &ExploreQuery, locale: Locale) -> String {
    let mut names: Vec<String> = Vec::new();
    for subject in worked.lines.iter().flat_map(Line::subjects) {
        let name = subject.indicator.named.name(locale).to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let what = match names.len() {
        0 => locale.pick("Explore the figures", "数据探索").to_owned(),
        1 | 2 => locale.list(&names),
        more => locale.pick(format!("{more} indicators"), format!("{more}项指标")),
    };
    let marks: Vec<String> = [
        (query.measure() != Measure::Level).then(|| query.measure().name(locale).to_owned()),
        worked.combined().map(|combined| combined.formula.lettered()),
        (worked.kind == ChartKind::Ranking).then(|| ChartKind::Ranking.name(locale).to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    match (worked.kind, worked.of) {
        (ChartKind::Vintages, Some(of)) => {
            let of = of.label(locale);
            return locale.pick(
                format!("{what}: figures published for {of}, by date of publication"),
                format!("{what}：各方公布的{of}数据（按发布日期）"),
            );
        }
        _ if marks.is_empty() => return what,
        _ => {}
    }
    locale.pick(format!("{what}: {}", marks.join("; ")), format!("{what}：{}", marks.join("；")))
}

/// Returns the subtitle: the entities and the period.
pub fn subtitle(worked: &Worked, query: &ExploreQuery, locale: Locale) -> String {
    let mut names: Vec<String> = Vec::new();
    for subject in worked.lines.iter().filter(|line| !line.values.is_empty()).flat_map(Line::subjects) {
        let name = subject.entity.name(locale).to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let who = match names.len() {
        0 => return String::new(),
        1..=4 => locale.list(&names),
        more => locale.pick(format!("{more} entities"), format!("{more}个对象")),
    };
    let values = || worked.lines.iter().flat_map(|line| &line.values);
    let first = values().map(|value| value.period).min_by_key(|period| period.start);
    let last = values().map(|value| value.period).max_by_key(|period| period.end);
    let span = match first.zip(last) {
        Some((first, last)) if first == last => first.label(locale),
        Some((first, last)) => {
            let (first, last) = (first.label(locale), last.label(locale));
            locale.pick(format!("{first} to {last}"), format!("{first}至{last}"))
        }
        None => String::new(),
    };
    let mut parts = vec![who, span];
    if let Some(currency) = query.currency.filter(|_| uses(&worked.lines, Rule::Currency)) {
        parts.push(locale.pick(
            format!("in {} at the rate of each period", currency.word()),
            format!("按各时段汇率折为{}", currency.name(locale)),
        ));
    }
    let said = parts.join(locale.pick(", ", "，"));
    match worked.combined() {
        None => said,
        Some(combined) => format!("{said}{}{}", locale.pick("; ", "；"), combined.key(locale)),
    }
}

fn uses(lines: &[Line], rule: Rule) -> bool {
    lines.iter().flat_map(|line| &line.values).flat_map(|value| &value.steps).any(|step| step.rule == rule)
}

/// Returns the rules by which the values of the lines were derived.
pub fn rules(lines: &[Line]) -> BTreeSet<Rule> {
    lines.iter().flat_map(|line| &line.values).flat_map(|value| &value.steps).map(|step| step.rule).collect()
}

/// Returns every observation that the lines derive from, each once.
pub fn figures(lines: &[Line]) -> Vec<&Observation> {
    let mut figures: Vec<&Observation> = Vec::new();
    let mut seen: BTreeSet<*const Input> = BTreeSet::new();
    for input in lines.iter().flat_map(|line| &line.values).flat_map(|value| &value.inputs) {
        if seen.insert(std::sync::Arc::as_ptr(input)) {
            figures.push(&input.observation);
        }
    }
    figures
}

pub fn source_line(lines: &[Line], locale: Locale) -> String {
    let figures = figures(lines);
    if figures.is_empty() {
        return String::new();
    }
    let measured = plot::source_line(figures.iter().copied(), locale);
    if !lines.iter().any(Line::is_derived) {
        return measured;
    }
    locale.pick(
        format!(
            "{measured} Calculated by the Micro-Drama Observatory from these figures; formulas on the page."
        ),
        format!("{measured}由微短剧观察据上述数据计算，公式见页面。"),
    )
}
