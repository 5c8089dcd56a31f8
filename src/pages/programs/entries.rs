//! Table of the programmes of a list, with checkboxes to select them for comparison.

use leptos::prelude::*;

use crate::{
    components::inline::{Date, Linked, Name},
    domain::programs::model::{Instrument, Program},
    loaders::programs::rows::ProgramRow,
    text::{Locale, Named, PartialDate},
};

use super::{
    closing::Closes,
    table::{StandingTag, offer},
};

/// Table of programmes, with checkboxes to select them for comparison.
#[component]
pub fn Entries(locale: Locale, rows: Vec<ProgramRow>) -> impl IntoView {
    if rows.is_empty() {
        let text = locale.pick(
            "No programmes match these filters. Remove a filter, or search for fewer words.",
            "没有符合条件的政策。请减少条件，或换用更短的词。",
        );
        return view! { <p class="empty">{text}</p> }.into_any();
    }
    let caption = locale.pick("Programmes", "政策");
    // A measure below its package, or below another of its measures, need not name it again.
    let mut above: Option<Program> = None;
    let entries = rows
        .into_iter()
        .map(|row| {
            let above = above.replace(row.program.clone());
            let above = above.filter(|above| whole(above).id == whole(&row.program).id);
            view! { <Entry locale row above/> }
        })
        .collect_view();
    view! {
        <form class="programs-list" method="get" action=format!("/{locale}/programs/compare")>
            <div class="table-box" role="region" aria-label=caption tabindex="0">
                <table class="programs cards">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("Programme", "政策")}</th>
                            <th scope="col">{locale.pick("Offers", "支持内容")}</th>
                            <th scope="col">{locale.pick("Announced, in force", "公布、施行")}</th>
                            <th scope="col">{locale.pick("Closes", "截止")}</th>
                            <th scope="col">{locale.pick("Status, last confirmed", "状态、最近核实")}</th>
                        </tr>
                    </thead>
                    <tbody>{entries}</tbody>
                </table>
            </div>
            <p class="entries-end">
                <button type="submit">{locale.pick("Compare those ticked", "比较所选")}</button>
                <span>{locale.pick("two to six", "两至六项")}</span>
            </p>
        </form>
    }
    .into_any()
}

/// The package of a measure; of another programme, the programme.
fn whole(program: &Program) -> &Named {
    program.package.as_ref().unwrap_or(&program.named)
}

/// What a phone does not repeat in a row.
#[derive(Clone, Copy)]
struct Repeated {
    /// The place is that of the row above.
    place: bool,
    /// The kind of instrument says nothing.
    kind: bool,
    /// The day of the announcement is that of the row above.
    date: bool,
}

impl Repeated {
    fn of(program: &Program, above: Option<&Program>) -> Repeated {
        let place = |above: &Program| above.jurisdiction.id == program.jurisdiction.id;
        Repeated {
            place: above.is_some_and(place) && !program.is_package(),
            kind: program.instrument == Instrument::Other,
            date: above.is_some_and(|above| above.announced_on == program.announced_on),
        }
    }
}

/// A row of the table.
#[component]
fn Entry(
    locale: Locale,
    row: ProgramRow,
    /// The programme of the row above, if it belongs to the same package.
    above: Option<Program>,
) -> impl IntoView {
    let ProgramRow { program, standing, day } = row;
    let repeated = Repeated::of(&program, above.as_ref());
    let offer = offer(&program, locale);
    let closes = program.closing(day);
    let confirmed = program.last_confirmed_on;
    view! {
        <tr class:part=above.is_some()>
            <th scope="row">
                <NameCell locale program=program.clone() repeated named=above.is_none()/>
            </th>
            <td class="programs-offer">{offer}</td>
            <DatesCell locale program repeated/>
            <td>
                {closes
                    .map(|(kind, on)| {
                        view! {
                            <span class="on-card">{locale.pick("Closes ", "截止：")}</span>
                            <Closes locale on/>
                            <span class="under">{kind.name(locale)}</span>
                        }
                    })}
            </td>
            <td>
                <StandingTag locale standing/>
                {confirmed
                    .map(|on| {
                        view! {
                            <span class="under off-card">{locale.pick("confirmed ", "核实于")} <Date locale of=on/></span>
                        }
                    })}
            </td>
        </tr>
    }
}

/// Checkbox, name, place and kind of a programme. `named`: whether a measure names its package.
#[component]
fn NameCell(locale: Locale, program: Program, repeated: Repeated, named: bool) -> impl IntoView {
    let name = program.named.name(locale).to_owned();
    let pick = locale.pick(format!("Compare: {name}"), format!("加入比较：{name}"));
    let package = program.package.clone().filter(|_| named).map(|package| {
        view! { " · " {locale.pick("of ", "属")} <Linked locale room="programs" of=package/> }
    });
    let measures = program.is_package().then(|| {
        let count = program.measures;
        let measures = if count == 1 { "measure" } else { "measures" };
        locale
            .pick(format!(" · package of {count} known {measures}"), format!(" · 政策包，已知{count}项措施"))
    });
    view! {
        <div class="programs-pick">
            <label class="entry-pick">
                <input type="checkbox" name="program" value=program.named.id.clone()/>
                <span class="visually-hidden">{pick}</span>
            </label>
            <div>
                <Linked locale room="programs" of=program.named/>
                <span class="under" class:off-card=repeated.place && repeated.kind>
                    <span class:off-card=repeated.place>
                        <Name locale of=program.jurisdiction/>
                        <span class:off-card=repeated.kind>" · "</span>
                    </span>
                    <span class:off-card=repeated.kind>{program.instrument.name(locale)}</span>
                    {package}
                    {measures}
                </span>
            </div>
        </div>
    }
}

/// When a programme was announced, and its term. A phone shows the term alone where there is one.
#[component]
fn DatesCell(locale: Locale, program: Program, repeated: Repeated) -> impl IntoView {
    let term = in_force(&program, locale);
    let has_term = term.is_some();
    view! {
        <td class="programs-dates" class:off-card=repeated.date && !has_term>
            {program
                .announced_on
                .map(|on| {
                    view! {
                        <div class:off-card=has_term>
                            <span class="off-card">{locale.pick("Announced ", "公布：")}</span>
                            <Date locale of=on/>
                        </div>
                    }
                })}
            {term
                .map(|term| {
                    view! { <div><span class="off-card">{locale.pick("In force ", "施行：")}</span> {term}</div> }
                })}
        </td>
    }
}

/// The term of a programme: `from 1 Jan 2025 to 31 Dec 2027`. `None` if neither end is known.
fn in_force(program: &Program, locale: Locale) -> Option<String> {
    let label = |date: PartialDate| date.label(locale);
    match (program.effective_from.map(label), program.effective_to.map(label)) {
        (Some(from), Some(to)) => Some(locale.pick(format!("{from} to {to}"), format!("{from}至{to}"))),
        (Some(from), None) => Some(locale.pick(format!("from {from}"), format!("{from}起"))),
        (None, Some(to)) => Some(locale.pick(format!("to {to}"), format!("至{to}"))),
        (None, None) => None,
    }
}
