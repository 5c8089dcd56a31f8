//! Places side by side: the finding, the chooser, the measures by instrument, and all places in one table.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    charts::ChartView,
    components::{figure::Figure, inline::Linked},
    domain::programs::{
        comparison::{
            ComparisonTable, PlaceRow,
            query::{CompareQuery, NotAdded},
        },
        model::{Instrument, Program},
    },
    loaders::programs::titles::counted,
    text::{Locale, Named, date},
};

use super::{
    cells::{Names, Numbers, list_of},
    chooser::Chooser,
    finding::Findings,
};

#[component]
pub fn PlacesCompared(
    locale: Locale,
    query: CompareQuery,
    table: ComparisonTable<Program>,
    not_added: Option<NotAdded>,
    /// Places that can be added, each with the one around it.
    others: Vec<(Named, Option<Named>)>,
    matrix: Option<ChartView>,
    /// Charts of the amounts offered.
    caps: impl IntoView + 'static,
    all: Vec<PlaceRow>,
    /// Day of the standings.
    day: NaiveDate,
) -> impl IntoView {
    // Files refuse a place that is not found.
    let picture = usize::from(not_added.is_none());
    let chosen: Vec<Named> = table.places.iter().map(|place| place.named.clone()).collect();
    view! {
        <Findings locale table=table.clone()/>
        <Chooser locale query=query.clone() chosen not_added others/>
        <Numbers locale query=query.clone() table=table.clone()/>
        <Counted locale query=query.clone() day/>
        <Names locale query=query.clone() table/>
        <div class="compare-charts">
            {matrix.map(|chart| view! { <Figure locale chart id="matrix" picture/> })}
            {caps}
        </div>
        <EveryPlace locale query all/>
    }
}

/// What the numbers count, and what their words mean.
#[component]
fn Counted(locale: Locale, query: CompareQuery, day: NaiveDate) -> impl IntoView {
    let day = date::day(day, locale);
    view! {
        <p class="compare-counted">
            {counted(&query, locale)} {locale.pick(" ", "")}
            {locale
                .pick(
                    format!(
                        "Standing on {day}. Announced: the start is not known or still to come. Over: ended, replaced, or past its term. \
                         A package counts as its measures; rules that only regulate do not count. None known: looked for and not found. \
                         Not researched: not looked for yet.",
                    ),
                    format!(
                        "状态截至{day}。已公布：生效日期不详或尚未到来。已过期：已结束、被取代或期限已过。政策包按其所含措施计，监管规定不计。\
                         暂未查到：已查而未见。尚未收集：还没有查过。",
                    ),
                )}
        </p>
    }
}

/// Number of measures of every place by instrument, as a tree, each number linked to the measures.
#[component]
fn EveryPlace(locale: Locale, query: CompareQuery, all: Vec<PlaceRow>) -> impl IntoView {
    let caption = locale.pick("Every place, every instrument", "全部地区与工具");
    let used: BTreeSet<Instrument> = all.iter().flat_map(|row| row.counts.keys().copied()).collect();
    let heads = used
        .iter()
        .map(|instrument| view! { <th scope="col" class="n">{instrument.name(locale)}</th> })
        .collect_view();
    let body = all.into_iter().map(|PlaceRow { named, depth, counts }| {
        let cells = used.iter().map(|instrument| {
            let count = counts.get(instrument).copied();
            let href = list_of(&query, &named, *instrument, locale);
            view! { <td class="n">{count.map(|count| view! { <a href=href rel="nofollow">{count}</a> })}</td> }
        });
        let cells = cells.collect_view();
        view! {
            <tr>
                <th scope="row" class=format!("depth-{}", depth.min(3))><Linked locale room="places" of=named.clone()/></th>
                {cells}
            </tr>
        }
    });
    let body = body.collect_view();
    view! {
        <section class="taken compare-every-place">
            <h2>{caption}</h2>
            <p class="result">{counted(&query, locale)}</p>
            <div class="table-box" role="region" aria-label=caption tabindex="0">
                <table class="compare-matrix">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("Place", "地区")}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    }
}
