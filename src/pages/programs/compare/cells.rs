//! Measures of each place by instrument: their numbers, and their names.

use leptos::{either::Either, prelude::*};

use crate::{
    components::{
        inline::{Linked, Name},
        location,
    },
    domain::{
        listing::parameter::ListQuery,
        programs::{
            choices::ProgramKind,
            comparison::{Cell, ComparedPlace, ComparisonTable, query::CompareQuery},
            model::{Instrument, Program},
            query::ProgramQuery,
        },
    },
    text::{Locale, Named},
};

/// The list of exactly the measures that a cell counts.
pub fn list_of(query: &CompareQuery, place: &Named, instrument: Instrument, locale: Locale) -> String {
    let list = ProgramQuery {
        place: Some(place.id.clone()),
        within: query.within,
        kind: Some(ProgramKind::Measure),
        instrument: Some(instrument),
        scope: query.scope,
        ..ProgramQuery::default()
    };
    location::keep_state(list.href(locale))
}

/// Number of measures by instrument and place, each linked to the list of exactly these.
#[component]
pub fn Numbers(locale: Locale, query: CompareQuery, table: ComparisonTable<Program>) -> impl IntoView {
    let caption = locale.pick("Measures by instrument and place", "各地措施数量，按工具分列");
    let own = table.own;
    let heads = table.places.iter().enumerate().map(|(column, place)| {
        view! { <th scope="col" class:own=column == own><Linked locale room="places" of=place.named.clone()/></th> }
    });
    let heads = heads.collect_view();
    let rows = table.rows.iter().map(|(instrument, cells)| {
        let gap = table.is_gap(*instrument);
        let cells = table.places.iter().zip(cells).enumerate().map(|(column, (place, cell))| {
            let href = list_of(&query, &place.named, *instrument, locale);
            view! {
                <td class:own=column == own class:gap=column == own && gap>
                    <Number locale place=place.clone() instrument=*instrument cell=cell.clone() href/>
                </td>
            }
        });
        let cells = cells.collect_view();
        view! {
            <tr>
                <th scope="row">{instrument.name(locale)}</th>
                {cells}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-box compare-numbers" role="region" aria-label=caption tabindex="0">
            <table class="compare-table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Instrument", "工具")}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// The counts of a cell. A place without measures is told apart from one that was not researched.
#[component]
fn Number(
    locale: Locale,
    place: ComparedPlace,
    instrument: Instrument,
    cell: Cell<Program>,
    href: String,
) -> impl IntoView {
    if cell.counts.total() == 0 {
        return Either::Left(match place.researched {
            true => view! { <span class="none">{locale.pick("none known", "暂未查到")}</span> },
            false => {
                view! { <span class="not-researched">{locale.pick("not researched", "尚未收集")}</span> }
            }
        });
    }
    let (main, rest) = cell.counts.worded(locale);
    let what = locale.pick(
        format!(": {}, {}", instrument.name(locale), place.named.name(locale)),
        format!("：{}，{}", place.named.name(locale), instrument.name(locale)),
    );
    Either::Right(view! {
        <a href=href>{main}<span class="visually-hidden">{what}</span></a>
        <span class="under">{rest}</span>
    })
}

/// The measures by name, folded up by instrument. On phones it takes the place of the table.
#[component]
pub fn Names(locale: Locale, query: CompareQuery, table: ComparisonTable<Program>) -> impl IntoView {
    let instruments = table.rows.iter().map(|(instrument, cells)| {
        let open = cells.iter().filter(|cell| cell.counts.is_open()).count();
        let all = cells.len();
        let mut gist = locale.pick(
            format!("in force or announced in {open} of {all}"),
            format!("{all}地中{open}地施行中或已公布"),
        );
        let gap = table.is_gap(*instrument);
        if gap {
            let own = table.places[table.own].named.name(locale);
            gist += &locale.pick(format!(", none known in {own}"), format!("，{own}暂未查到"));
        }
        let places = table.places.iter().zip(cells).map(|(place, cell)| {
            let href = list_of(&query, &place.named, *instrument, locale);
            view! { <NamedCell locale place=place.clone() instrument=*instrument cell=cell.clone() href/> }
        });
        let places = places.collect_view();
        view! {
            <details class="compare-instrument">
                <summary>
                    <span class="compare-instrument-name">{instrument.name(locale)}</span>
                    <span class="under" class:gap=gap>{gist}</span>
                </summary>
                <dl class="compare-cells">{places}</dl>
            </details>
        }
    });
    let instruments = instruments.collect_view();
    view! {
        <section class="compare-names">
            <h2>{locale.pick("The measures by name", "措施名称")}</h2>
            {instruments}
        </section>
    }
}

/// The counts and names of a cell, under the name of its place.
#[component]
fn NamedCell(
    locale: Locale,
    place: ComparedPlace,
    instrument: Instrument,
    cell: Cell<Program>,
    href: String,
) -> impl IntoView {
    let more = (cell.programs.len() < cell.counts.total()).then(|| {
        let all = cell.counts.total();
        let text = locale.pick(format!("All {all}"), format!("全部{all}项"));
        view! { <li><a href=href.clone()>{text}</a></li> }
    });
    let items = cell.programs.iter().map(|program| {
        let offer = program.offered(locale);
        let of =
            (program.jurisdiction.id != place.named.id).then(|| program.jurisdiction.name(locale).to_owned());
        let under: Vec<String> = of.into_iter().chain(offer).collect();
        view! {
            <li>
                <Linked locale room="programs" of=program.named.clone()/>
                {(!under.is_empty()).then(|| view! { <span class="under">{under.join(" · ")}</span> })}
            </li>
        }
    });
    let items = items.collect_view();
    view! {
        <div>
            <dt><Name locale of=place.named.clone()/></dt>
            <dd>
                <p class="compare-cell-number"><Number locale place instrument cell href/></p>
                <ul class="plain">{items} {more}</ul>
            </dd>
        </div>
    }
}
