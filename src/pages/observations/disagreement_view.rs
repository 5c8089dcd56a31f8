//! Disagreements between sources about one entity and period, drawn side by side.

use leptos::prelude::*;

use crate::{
    charts::ChartView,
    components::{figure::Figure, inline::Name},
    domain::observations::{disagree::Disagreement, model::Observation},
    text::{Locale, Unit, number::grouped},
};

/// Number of periods shown expanded; older ones are collapsed.
const OPEN: usize = 3;

#[component]
pub fn Differences(
    locale: Locale,
    unit: Unit,
    disagreements: Vec<Disagreement>,
    /// The comparable figures of the entity and period that has most of them, drawn.
    strips: Option<ChartView>,
    /// Number of that drawing among the pictures of the page.
    picture: usize,
    /// Whether the page covers several entities, so that each case must name its own.
    several: bool,
) -> impl IntoView {
    if disagreements.is_empty() {
        return ().into_any();
    }
    let cases = view! { <Cases locale unit disagreements several/> };
    let cases = match strips {
        None => cases.into_any(),
        Some(chart) => {
            let all = locale.pick("All of them, with their sources", "全部数据及来源");
            view! {
                <h3>{chart.title.clone()}</h3>
                <div class="small-multiples"><Figure locale chart id="strips" untitled=true small=true picture/></div>
                <details><summary>{all}</summary>{cases}</details>
            }
            .into_any()
        }
    };
    view! {
        <section class="taken" id="differ">
            <h2>{locale.pick("Where sources differ", "来源之间的差异")}</h2>
            <p>
                {locale
                    .pick(
                        "All figures for the same period, lowest first. None of them is ours; which to use depends on what it counts.",
                        "同一时段的全部数据，从低到高排列。本站不作取舍，采用哪一项取决于其口径。",
                    )}
            </p>
            {cases}
        </section>
    }
    .into_any()
}

/// The cases alone, latest periods first; older ones are collapsed.
#[component]
pub fn Cases(
    locale: Locale,
    unit: Unit,
    disagreements: Vec<Disagreement>,
    /// Whether each case must name its entity.
    several: bool,
) -> impl IntoView {
    let mut cases = disagreements;
    let folded = cases.split_off(cases.len().min(OPEN));
    let draw = move |cases: Vec<Disagreement>| {
        cases.into_iter().map(|case| view! { <Case locale unit=unit.clone() case several/> }).collect_view()
    };
    let rest = grouped(folded.len().into());
    let hidden = (!folded.is_empty()).then(|| {
        view! {
            <details>
                <summary>{locale.pick(format!("{rest} more periods"), format!("另有{rest}个时段"))}</summary>
                {draw(folded)}
            </details>
        }
    });
    view! {
        {draw(cases)}
        {hidden}
    }
}

#[component]
fn Case(locale: Locale, unit: Unit, case: Disagreement, several: bool) -> impl IntoView {
    let sentence = case.sentence(&unit, locale);
    let period = case.period.label(locale);
    let entity = several.then(|| view! { " · " <Name locale of=case.entity/> });
    let figures =
        case.figures.into_iter().map(|row| view! { <Side locale unit=unit.clone() row/> }).collect_view();
    view! {
        <div class="case">
            <h3>{period} {entity}</h3>
            <p>{sentence}</p>
            <ul class="sides">{figures}</ul>
        </div>
    }
}

#[component]
fn Side(locale: Locale, unit: Unit, row: Observation) -> impl IntoView {
    let basis = row.basis.map(|basis| format!(" · {}", basis.name(locale)));
    view! {
        <li>
            <span class="side-value">{row.worded(&unit, locale)}</span>
            <span class="under">
                <Name locale of=row.producer.named.clone()/> {basis} " · "
                <a href=format!("/{locale}/sources/{}", row.source.id)>{row.source.short(locale)}</a>
            </span>
        </li>
    }
}
