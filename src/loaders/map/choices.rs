//! Choices of the map: what is shown, of which programmes, amounts or figures, and what counts in an area.

use crate::{
    components::list::{FacetChoice, FacetGroup, FacetValue},
    domain::{
        map::{
            query::{MapCount, MapMeasure, MapQuery},
            values::MapValues,
        },
        programs::{
            lifecycle::ProgramStanding,
            model::{Instrument, Scope},
        },
    },
    text::Locale,
};

/// Returns the choices that fit the measure. The default of each comes first.
pub fn groups(values: &MapValues, locale: Locale) -> Vec<FacetGroup> {
    let query = &values.query;
    let measures = MapMeasure::WORDS
        .iter()
        .map(|(_, by)| choice(by.name(locale), None, query.measured(*by), query.by == *by, locale));
    let show = group(locale.pick("Show", "显示"), measures);
    let counts = MapCount::WORDS.iter().map(|(_, count)| {
        let target = query.with(|query| query.count = *count);
        choice(count.name(locale), None, target, query.count == *count, locale)
    });
    let count = group(locale.pick("Counted in an area", "计入范围"), counts);
    let mut groups = vec![show];
    match query.by {
        MapMeasure::Programs => groups.extend([statuses(values, locale), instruments(values, locale)]),
        MapMeasure::Paid => groups.push(scopes(query, locale)),
        MapMeasure::Titles => groups.extend([years(values, locale), indicators(values, locale)]),
        MapMeasure::Companies => {}
    }
    groups.push(count);
    groups.retain(|group| group.choices.len() > 1);
    groups
}

fn group(title: &str, choices: impl Iterator<Item = FacetChoice>) -> FacetGroup {
    FacetGroup { title: title.to_owned(), choices: choices.collect() }
}

fn choice(
    label: impl Into<String>,
    count: Option<i64>,
    target: MapQuery,
    chosen: bool,
    locale: Locale,
) -> FacetChoice {
    FacetChoice { label: label.into(), count, href: target.href(locale), chosen, depth: 0 }
}

fn statuses(values: &MapValues, locale: Locale) -> FacetGroup {
    let query = &values.query;
    let count =
        |standing| values.standings.iter().find(|(known, _)| *known == standing).map(|(_, count)| *count);
    let target = |status| query.with(|query| query.status = status);
    let of = |standing: ProgramStanding| {
        let (status, chosen) = (Some(standing), query.status == Some(standing));
        choice(standing.name(locale), count(standing).or(Some(0)), target(status), chosen, locale)
    };
    let usual = MapQuery::default().status;
    let others = ProgramStanding::WORDS.iter().map(|(_, standing)| *standing);
    let others = others.filter(|standing| {
        Some(*standing) != usual && (count(*standing).is_some() || query.status == Some(*standing))
    });
    let all = values.standings.iter().map(|(_, count)| count).sum();
    let any = choice(locale.pick("any", "不限"), Some(all), target(None), query.status.is_none(), locale);
    group(locale.pick("Status", "状态"), usual.into_iter().chain(others).map(of).chain([any]))
}

fn instruments(values: &MapValues, locale: Locale) -> FacetGroup {
    let query = &values.query;
    let all = values.instruments.iter().filter(|(instrument, _)| *instrument != Instrument::Regulation);
    FacetGroup::facet(
        locale,
        locale.pick("Instrument", "工具"),
        all.map(|(_, count)| count).sum(),
        values
            .instruments
            .iter()
            .map(|(instrument, count)| FacetValue::new(*instrument, instrument.name(locale), *count)),
        query.instrument.as_ref(),
        |instrument| query.with(|query| query.instrument = instrument.copied()).href(locale),
    )
}

fn scopes(query: &MapQuery, locale: Locale) -> FacetGroup {
    let choices = Scope::WORDS.iter().map(|(_, scope)| {
        let target = query.with(|query| query.scope = *scope);
        choice(scope.name(locale), None, target, query.scope == *scope, locale)
    });
    group(locale.pick("Scope", "范围"), choices)
}

fn indicators(values: &MapValues, locale: Locale) -> FacetGroup {
    let query = &values.query;
    let shown = values.indicator.as_ref().map(|indicator| &indicator.named.id);
    let choices = values.indicators.iter().enumerate().map(|(at, indicator)| {
        // The years are those of the indicator.
        let target = query.with(|query| {
            query.indicator = (at > 0).then(|| indicator.id.clone());
            query.year = None;
        });
        choice(indicator.name(locale), None, target, shown == Some(&indicator.id), locale)
    });
    group(locale.pick("Indicator", "指标"), choices)
}

fn years(values: &MapValues, locale: Locale) -> FacetGroup {
    let query = &values.query;
    let choices = values.years.iter().enumerate().map(|(at, year)| {
        let target = query.with(|query| query.year = (at > 0).then_some(*year));
        let label = locale.pick(year.to_string(), format!("{year}年"));
        choice(label, None, target, values.year == Some(*year), locale)
    });
    group(locale.pick("Year", "年份"), choices)
}
