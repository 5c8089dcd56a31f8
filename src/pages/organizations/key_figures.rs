//! Latest figures of an organization, and what its subsidiaries have, each with the chain that leads to it.

use leptos::prelude::*;

use crate::{
    components::{
        inline::{Linked, Name},
        location,
    },
    domain::{
        observations::{latest::Latest, model::Observation},
        subsidies::total::Total,
    },
    loaders::organizations::{
        rollup::{KeyFigure, Subsidiary},
        rows::money_worded,
    },
    pages::subsidies::totals::scope_name,
    text::{Locale, Named, Unit, number::unbroken},
};

/// Maximum number of latest figures shown at once. The others are collapsed.
const OPEN: usize = 16;

/// The latest figure of each indicator, entity and producer. If there are many, those that represent an indicator are shown first and the
/// others are collapsed.
#[component]
pub fn LatestFigures(
    locale: Locale,
    figures: Vec<KeyFigure>,
    #[prop(into)] caption: String,
) -> impl IntoView {
    let mut order: Vec<usize> = (0..figures.len()).collect();
    order.sort_by_key(|at| !figures[*at].latest.leads);
    order.truncate(OPEN);
    let (mut open, mut rest) = (Vec::new(), Vec::new());
    for (at, figure) in figures.into_iter().enumerate() {
        if order.contains(&at) { open.push(figure) } else { rest.push(figure) }
    }
    let count = rest.len();
    let rest = (count > 0).then(|| {
        let more = locale.pick(
            match count {
                1 => "1 more figure".to_owned(),
                count => format!("{count} more figures, by other producers or of other indicators"),
            },
            format!("另有{count}项：其他数据方或其他指标"),
        );
        view! {
            <details class="differ">
                <summary>{more.clone()}</summary>
                <KeyFigures locale figures=rest caption=more/>
            </details>
        }
    });
    view! {
        <p class="result">
            {locale
                .pick(
                    "One row for each indicator and producer. The change is from the same period of the year before, where both values have one basis and no break, bound or loss lies between them; ≈ where one is rounded or estimated.",
                    "每个指标、每个数据方一行。同比仅在口径相同、其间无口径变化、均非上下限且无亏损时给出；≈表示其一为约数或估算。",
                )}
        </p>
        <KeyFigures locale figures=open caption/>
        {rest}
    }
}

/// Table of latest figures, each with period, qualifier, producer and source, and with its change if any of them has one. Figures of several
/// entities stand under their names.
#[component]
fn KeyFigures(
    locale: Locale,
    /// Figures of one entity follow each other.
    figures: Vec<KeyFigure>,
    #[prop(into)] caption: String,
) -> impl IntoView {
    let entity = |one: &KeyFigure| one.latest.figure.entity.clone();
    let groups: Vec<&[KeyFigure]> = figures.chunk_by(|a, b| entity(a) == entity(b)).collect();
    let several = groups.len() > 1;
    let compared = figures.iter().any(|one| one.latest.change.is_some());
    let columns = if compared { 7 } else { 6 };
    let groups = groups
        .into_iter()
        .map(|figures| {
            let about = figures.first().filter(|_| several).map(entity);
            let head = about.map(|of| {
                view! { <tr class="group"><th scope="rowgroup" colspan=columns><Name locale of/></th></tr> }
            });
            let rows = figures
                .iter()
                .map(|one| view! { <KeyFigureRow locale one=one.clone() compared/> })
                .collect_view();
            view! { <tbody>{head} {rows}</tbody> }
        })
        .collect_view();
    view! {
        <div class="table-box" role="region" aria-label=caption.clone() tabindex="0">
            <table class="cards key-figures">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Indicator", "指标")}</th>
                        <th scope="col">{locale.pick("Latest figure", "最新数据")}</th>
                        {compared.then(|| view! { <th scope="col">{locale.pick("Year on year", "同比")}</th> })}
                        <th scope="col">{locale.pick("Period", "时段")}</th>
                        <th scope="col">{locale.pick("Qualifier", "数值限定")}</th>
                        <th scope="col">{locale.pick("Measured by", "数据方")}</th>
                        <th scope="col">{locale.pick("Source", "来源")}</th>
                    </tr>
                </thead>
                {groups}
            </table>
        </div>
    }
}

#[component]
fn KeyFigureRow(
    locale: Locale,
    one: KeyFigure,
    /// Whether the table has a column for changes.
    compared: bool,
) -> impl IntoView {
    let KeyFigure { indicator, latest: Latest { figure, change, .. } } = one;
    let href = format!("/{locale}/indicators/{}?entity={}", indicator.named.id, figure.entity.id);
    let change = compared.then(|| match change {
        Some(change) => view! {
            <td class="nowrap">
                {change.worded(locale)} <span class="on-card">{locale.pick(" year on year", "（同比）")}</span>
            </td>
        }
        .into_any(),
        None => view! { <td class="none off-card">"–"</td> }.into_any(),
    });
    view! {
        <tr>
            <th scope="row"><a href=location::keep_state(href)><Name locale of=indicator.named.clone()/></a></th>
            <td class="key-value" title=figure.worded_exactly(&indicator.unit, locale)>
                {value(&figure, &indicator.unit, locale)}
            </td>
            {change}
            <td class="nowrap">{figure.period.label(locale)}</td>
            <td>{qualified(&figure, locale)}</td>
            <td><Name locale of=figure.producer.named/></td>
            <td class="seen">
                <a href=format!("/{locale}/sources/{}", figure.source.id)>{figure.source.short(locale)}</a>
            </td>
        </tr>
    }
}

/// Formats a value with its sign, for a table that has the qualifier beside it: `≥ CNY 2 billion`, `20% to 30%`.
pub fn value(figure: &Observation, unit: &Unit, locale: Locale) -> String {
    let low = unit.amount(figure.value, locale);
    let value = match figure.high.map(|high| unit.amount(high, locale)) {
        Some(high) => locale.pick(format!("{low} to {high}"), format!("{low}至{high}")),
        None => low.to_string(),
    };
    let sign = figure.sign();
    let value = if sign.is_empty() { value } else { format!("{sign} {value}") };
    unbroken(&value)
}

/// Qualifier of a figure and, where it has one, its basis.
pub fn qualified(figure: &Observation, locale: Locale) -> String {
    match figure.basis {
        Some(basis) => format!("{} · {}", figure.qualifier.name(locale), basis.name(locale)),
        None => figure.qualifier.name(locale).to_owned(),
    }
}

/// Apps, public money and key figures of each subsidiary, below the chain that leads to it.
#[component]
pub fn Subsidiaries(locale: Locale, subsidiaries: Vec<Subsidiary>) -> impl IntoView {
    let items = subsidiaries.into_iter().map(|one| view! { <OneSubsidiary locale one/> }).collect_view();
    view! {
        <p>
            {locale
                .pick(
                    "Shown for each subsidiary by itself, and never added to the figures above: accounts of a group may or may not include them.",
                    "各下属机构分别列示，不与上文数据相加：集团财报可能已包含，也可能未包含。",
                )}
        </p>
        {items}
    }
}

#[component]
fn OneSubsidiary(locale: Locale, one: Subsidiary) -> impl IntoView {
    let Subsidiary { chain, apps, figures, money } = one;
    let caption = chain.iter().map(|named| named.name(locale)).collect::<Vec<_>>().join(" › ");
    let apps: Vec<String> = apps.iter().map(|app| app.name(locale).to_owned()).collect();
    let apps = (!apps.is_empty()).then(|| {
        view! {
            <dt>{locale.pick("Apps and works", "应用与作品")}</dt>
            <dd>{apps.join(locale.pick("; ", "；"))}</dd>
        }
    });
    let figures = (!figures.is_empty()).then(|| view! { <KeyFigures locale figures caption/> });
    view! {
        <div class="subsidiary">
            <h3><Chain locale chain/></h3>
            <dl class="particulars">
                {apps} <dt>{locale.pick("Public money", "公共资金")}</dt> <dd><Money locale totals=money/></dd>
            </dl>
            {figures}
        </div>
    }
}

/// From a subsidiary up to the organization of the page: `StoryMatrix › Dianzhong`.
#[component]
fn Chain(locale: Locale, chain: Vec<Named>) -> impl IntoView {
    let last = chain.len().saturating_sub(1);
    let links = chain.into_iter().enumerate().map(|(at, of)| match at == last {
        true => view! { <Name locale of/> }.into_any(),
        false => view! { <Linked locale room="organizations" of/> " › " }.into_any(),
    });
    links.collect_view()
}

/// Public money known to have gone to an organization, or the words that none is known.
#[component]
pub fn Money(locale: Locale, totals: Vec<Total>) -> impl IntoView {
    let Some(first) = totals.first() else {
        return view! { <span class="none">{locale.pick("none known", "暂未查到")}</span> }.into_any();
    };
    let scope = match totals.iter().all(|total| total.scope == first.scope) {
        true => scope_name(first.scope, locale),
        false => locale.pick("of several scopes", "范围不一"),
    };
    let words = money_worded(&totals, locale, false);
    let text = locale.pick(format!("{words} ({scope})"), format!("{words}（{scope}）"));
    view! { <span title=money_worded(&totals, locale, true)>{text}</span> }.into_any()
}
