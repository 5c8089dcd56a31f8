//! Draws disagreements: a strip of dots for the comparable figures of each entity and period.

use std::collections::BTreeSet;

use crate::{
    charts::{Chart, Dot, Heading, Strip, Strips},
    domain::{
        indicators::model::Indicator,
        observations::{comparable::Comparable, disagree::Disagreement},
    },
    loaders::observations::plot,
    text::Locale,
};

/// The comparable figures of one entity and period.
type Group<'a> = (&'a Disagreement, Comparable<'a>);

/// Draws the comparable figures of the first cases, at most `count` strips. None where no two figures can be compared.
pub fn latest(indicator: &Indicator, cases: &[Disagreement], count: usize, locale: Locale) -> Option<Chart> {
    let mut groups = groups(cases);
    let all = groups.len();
    groups.truncate(count);
    let shown = match (all > count, locale) {
        (false, _) => String::new(),
        (true, Locale::En) => format!("The latest {count} of {all}. "),
        (true, Locale::Zh) => format!("共{all}组，列出最近{count}组。"),
    };
    draw(indicator, &groups, &shown, locale)
}

/// Draws the comparable figures of the entity and period that has most of them.
pub fn most_disputed(indicator: &Indicator, cases: &[Disagreement], locale: Locale) -> Option<Chart> {
    let groups = groups(cases);
    let most = fullest(&groups)?;
    draw(indicator, std::slice::from_ref(most), "", locale)
}

fn groups(cases: &[Disagreement]) -> Vec<Group<'_>> {
    let cases = cases.iter().filter(|case| case.is_beyond_rounding());
    cases.flat_map(|case| case.comparable().into_iter().map(move |group| (case, group))).collect()
}

/// Returns the group with most figures, of equal ones the first.
fn fullest<'a, 'b>(groups: &'b [Group<'a>]) -> Option<&'b Group<'a>> {
    groups.iter().rev().max_by_key(|(_, group)| group.figures.len())
}

/// `shown`: how many of the groups are drawn, if not all.
fn draw(indicator: &Indicator, groups: &[Group<'_>], shown: &str, locale: Locale) -> Option<Chart> {
    let several = groups.iter().any(|(case, _)| case.entity.id != groups[0].0.entity.id);
    let (case, most) = fullest(groups)?;
    let (period, spread) = (case.period.label(locale), most.spread_in_words(&indicator.unit, locale));
    let entity = case.entity.name(locale);
    let title = match (several, locale) {
        (true, Locale::En) => format!("{entity}, {period}: {spread}"),
        (false, Locale::En) => format!("For {period}, {spread}"),
        (true, Locale::Zh) => format!("{entity}，{period}：{spread}"),
        (false, Locale::Zh) => format!("{period}：{spread}"),
    };
    let name = indicator.named.name(locale);
    let subtitle =
        locale.pick(format!("{name}. {shown}Each strip starts at 0."), format!("{name}。{shown}横轴从0起。"));
    let figures = groups.iter().flat_map(|(_, group)| group.figures.iter().copied());
    let heading = Heading { title, subtitle, source_line: plot::source_line(figures, locale) };
    let strips = groups.iter().map(|(case, group)| strip(indicator, case, group, several, locale));
    Some(Chart::Strips(Strips { locale, heading, strips: strips.collect() }))
}

fn strip(
    indicator: &Indicator,
    case: &Disagreement,
    group: &Comparable<'_>,
    several: bool,
    locale: Locale,
) -> Strip {
    let entity = several.then(|| case.entity.name(locale).to_owned());
    let bases: BTreeSet<_> = case.figures.iter().map(|row| row.basis).collect();
    let basis = (bases.len() > 1).then(|| match group.basis {
        Some(basis) => basis.name(locale).to_owned(),
        None => locale.pick("store fees not stated", "未说明是否扣除商店佣金").to_owned(),
    });
    let name: Vec<String> = [Some(case.period.label(locale)), entity, basis].into_iter().flatten().collect();
    let dots = group.figures.iter().map(|row| {
        let point = plot::point(row, indicator, locale);
        let producer = row.producer.named.name(locale);
        Dot {
            value: point.value,
            high: point.high,
            nature: point.nature,
            bound: point.bound,
            text: locale.pick(format!("{}, {producer}", point.text), format!("{}，{producer}", point.text)),
        }
    });
    Strip {
        name: name.join(" · "),
        finding: group.spread_in_words(&indicator.unit, locale),
        dots: dots.collect(),
    }
}
