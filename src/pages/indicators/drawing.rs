//! What an indicator's page draws: its leading figure, the chart under its finding, and what the chart does not label.

use leptos::prelude::*;

use crate::{
    charts::ChartView,
    components::{
        figure::Figure,
        inline::Name,
        list::{Alternatives, FacetGroup},
    },
    domain::{
        observations::{breaks::SeriesBreak, model::Observation},
        sources::model::Mentioned,
    },
    pages::sources::cited::Note,
    text::{Locale, Unit, date, number::grouped},
};

/// The leading figure, with its qualifier, period, producer and source.
#[component]
pub fn Lead(locale: Locale, unit: Unit, lead: Observation) -> impl IntoView {
    let amount = unit.amount(lead.value, locale);
    let upper = lead.high.map(|high| format!("–{}", unit.amount(high, locale).figure));
    let sign = lead.sign();
    let basis = lead.basis.map(|basis| format!(" · {}", basis.name(locale)));
    view! {
        <div class="lead-figure">
            <p class="home-value" title=lead.worded_exactly(&unit, locale)>
                {(!sign.is_empty()).then(|| view! { <span class="home-value-sign">{sign} " "</span> })}
                {(!amount.before.is_empty()).then(|| view! { <span class="home-value-unit">{amount.before.clone()} " "</span> })}
                <span class="home-value-figure">{amount.figure.clone()} {upper}</span>
                <span class="home-value-unit">{amount.after.clone()}</span>
            </p>
            <p class="home-answer-meta">
                <Name locale of=lead.entity/> " · " {lead.period.label(locale)} " · " {lead.qualifier.name(locale)} {basis} " · "
                <Name locale of=lead.producer.named/> " · "
                <a href=format!("/{locale}/sources/{}", lead.source.id)>{lead.source.short(locale)}</a>
            </p>
        </div>
    }
}

/// The chart under its finding, the choice of its periods, and the figures that it does not label. Where nothing can be drawn, the finding
/// alone.
#[component]
pub fn Drawing(
    locale: Locale,
    unit: Unit,
    finding: Option<String>,
    chart: Option<ChartView>,
    lengths: FacetGroup,
    unlabelled: Vec<Observation>,
    /// Whether the page covers several entities.
    several: bool,
) -> impl IntoView {
    let Some(chart) = chart else {
        return finding.map(|finding| view! { <h2 class="finding">{finding}</h2> }).into_any();
    };
    let lengths = (lengths.choices.len() > 1).then(|| view! { <Alternatives group=lengths/> });
    view! {
        {finding.map(|finding| view! { <h2 class="finding">{finding}</h2> })}
        {lengths}
        <Figure locale chart id="chart" untitled=true picture=1/>
        <AlsoPublished locale unit rows=unlabelled several/>
    }
    .into_any()
}

/// Number of figures listed before the rest is collapsed.
const LISTED: usize = 8;

/// Figures that the chart draws without a label.
#[component]
fn AlsoPublished(locale: Locale, unit: Unit, rows: Vec<Observation>, several: bool) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let count = grouped(rows.len().into());
    let title = locale.pick("Also published", "其他已公布数据");
    let summary = locale.pick(format!("{title}: {count} figures"), format!("{title}：{count}项"));
    let folded = rows.len() > LISTED;
    let items = rows
        .into_iter()
        .map(|row| {
            let about = several.then(|| view! { " · " <Name locale of=row.entity.clone()/> });
            view! {
                <li>
                    {row.period.label(locale)} {locale.pick(": ", "：")} <b>{row.worded(&unit, locale)}</b> {about} " · "
                    <Name locale of=row.producer.named.clone()/> " · "
                    <a href=format!("/{locale}/sources/{}", row.source.id)>{row.source.short(locale)}</a>
                </li>
            }
        })
        .collect_view();
    let list = view! { <ul class="plain columns">{items}</ul> };
    match folded {
        true => view! { <details class="also"><summary>{summary}</summary>{list}</details> }.into_any(),
        false => view! { <div class="also"><h3>{title}</h3>{list}</div> }.into_any(),
    }
}

/// Changes of scope, method or basis in the lines drawn.
#[component]
pub fn BreakList(locale: Locale, breaks: Vec<SeriesBreak>, cited: Mentioned, several: bool) -> impl IntoView {
    if breaks.is_empty() {
        return ().into_any();
    }
    let items = breaks
        .into_iter()
        .map(|one| {
            let about = several.then(|| view! { <Name locale of=one.entity.clone()/> " · " });
            let note = one.note.get(locale).unwrap_or_default().to_owned();
            view! {
                <li>
                    <b>{about} <Name locale of=one.producer.clone()/></b>
                    {locale.pick(format!(", {} from ", one.kind.name(locale)), "，自".to_owned())}
                    {date::day(one.from, locale)}
                    {locale.pick(". ".to_owned(), format!("起{}。", one.kind.name(locale)))}
                    <Note locale text=note sources=cited.clone()/> " "
                    <a href=format!("/{locale}/sources/{}", one.source.id)>{one.source.short(locale)}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="breaks" id="breaks">
            <h3>{locale.pick("Changes within the lines", "序列中的口径变化")}</h3>
            <ul>{items}</ul>
        </section>
    }
    .into_any()
}
