//! Table of programmes on other pages: one row each, with offer and status.

use leptos::prelude::*;

use crate::{
    components::inline::{Date, Linked, Name},
    domain::programs::{lifecycle::ProgramStanding, model::Program},
    loaders::programs::rows::ProgramRow,
    text::{Locale, note},
};

/// Returns what a programme offers, in its own words if there is no amount in yuan. The links of the words are on its page.
pub fn offer(program: &Program, locale: Locale) -> Option<String> {
    program.offered(locale).or_else(|| program.amount_note.get(locale).map(note::without_links))
}

/// Label for the status of a programme, with a marker that does not rely on colour.
#[component]
pub fn StandingTag(locale: Locale, standing: ProgramStanding) -> impl IntoView {
    let class = match standing {
        ProgramStanding::InForce => "tag tag-now",
        ProgramStanding::Announced | ProgramStanding::Coming => "tag tag-soon",
        ProgramStanding::Planned | ProgramStanding::NotYet => "tag tag-plan",
        ProgramStanding::PeriodOver
        | ProgramStanding::Ended
        | ProgramStanding::EndedUndated
        | ProgramStanding::Superseded => "tag tag-over",
    };
    view! { <span class=class>{standing.name(locale)}</span> }
}

/// Table of programmes. `place` adds a column for their place.
#[component]
pub fn ProgramTable(
    locale: Locale,
    rows: Vec<ProgramRow>,
    #[prop(into)] caption: String,
    place: bool,
) -> impl IntoView {
    let body = rows.into_iter().map(|row| view! { <ProgramLine locale row place/> }).collect_view();
    view! {
        <div class="table-box" role="region" aria-label=caption.clone() tabindex="0">
            <table class="programs cards">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Programme", "政策")}</th>
                        {place.then(|| view! { <th scope="col">{locale.pick("Place", "地区")}</th> })}
                        <th scope="col">{locale.pick("Instrument", "工具")}</th>
                        <th scope="col">{locale.pick("Offers", "支持内容")}</th>
                        <th scope="col">{locale.pick("Announced", "公布")}</th>
                        <th scope="col">{locale.pick("Status", "状态")}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

#[component]
fn ProgramLine(locale: Locale, row: ProgramRow, place: bool) -> impl IntoView {
    let ProgramRow { program, standing, .. } = row;
    let offer = offer(&program, locale);
    view! {
        <tr>
            <th scope="row"><Linked locale room="programs" of=program.named/></th>
            {place.then(|| view! { <td><Name locale of=program.jurisdiction.clone()/></td> })}
            <td>{program.instrument.name(locale)}</td>
            <td>{offer}</td>
            <td class="nowrap">{program.announced_on.map(|date| view! { <Date locale of=date/> })}</td>
            <td><StandingTag locale standing/></td>
        </tr>
    }
}
