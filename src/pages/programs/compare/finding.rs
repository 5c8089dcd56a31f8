//! What others offer and the own place does not, in sentences.

use leptos::{either::Either, prelude::*};

use crate::{
    components::{inline::Name, location},
    domain::programs::{comparison::ComparisonTable, model::Program},
    text::{Locale, Named, Unit, number::unbroken},
};

/// What others offer and the own place does not, the highest amounts per work, and which places contain others.
#[component]
pub fn Findings(locale: Locale, table: ComparisonTable<Program>) -> impl IntoView {
    let finding = table.finding(locale).map(|finding| view! { <p class="compare-finding">{finding}</p> });
    let containing = table.containing.iter().map(|(larger, inside)| {
        let inside: Vec<String> = inside.iter().map(|place| place.name(locale).to_owned()).collect();
        let (larger, inside) = (larger.name(locale), locale.list(&inside));
        let text = locale.pick(
            format!("{larger} contains {inside}: its numbers include those."),
            format!("{larger}包含{inside}，其数字含后者。"),
        );
        view! { <p class="result">{text}</p> }
    });
    let containing = containing.collect_view();
    view! {
        <section class="compare-findings" aria-label=locale.pick("Finding", "结论")>
            {finding}
            <PerWork locale table/>
            {containing}
        </section>
    }
}

/// The highest amount per work of each place, linked to the measure.
#[component]
fn PerWork(locale: Locale, table: ComparisonTable<Program>) -> impl IntoView {
    let ComparisonTable { places, per_work, .. } = table;
    let mut known: Vec<(Named, Program)> = Vec::new();
    let mut unknown: Vec<String> = Vec::new();
    for (place, program) in places.into_iter().zip(per_work) {
        match program {
            Some(program) => known.push((place.named, program)),
            None => unknown.push(place.named.name(locale).to_owned()),
        }
    }
    if known.is_empty() {
        let text = locale.pick(
            "No amount per work in force or announced is known for any of these places.",
            "各地施行中或已公布的措施均未查到每部作品的金额。",
        );
        return Either::Left(view! { <p>{text}</p> });
    }
    known.sort_by_key(|(_, program)| std::cmp::Reverse(program.max_amount_cny));
    let amounts = known.into_iter().enumerate().map(|(number, (place, program))| {
        let amount = Unit::Money("CNY".into()).amount(program.max_amount_cny.unwrap_or_default(), locale);
        let before = if number == 0 { "" } else { locale.pick(", ", "、") };
        let href = location::keep_state(format!("/{locale}/programs/{}", program.named.id));
        let title = program.named.name(locale).to_owned();
        view! { {before} <Name locale of=place/> {locale.pick(" ", "")} <a href=href title=title>{unbroken(&amount.to_string())}</a> }
    });
    let amounts = amounts.collect_view();
    let unknown = (!unknown.is_empty()).then(|| {
        let places = locale.list(&unknown);
        locale.pick(format!("; none known of {places}"), format!("；{places}暂未查到"))
    });
    Either::Right(view! {
        <p>
            {locale.pick("Highest amount per work, in force or announced: ", "每部作品最高金额（施行中或已公布）：")}
            {amounts}
            {unknown}
            {locale.pick(".", "。")}
        </p>
    })
}
