//! `/programs/compare`: programmes or places side by side, on one printable page.

use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        figure::Figure,
        inline::{Date, Linked, Name},
        list::KeepState,
        location,
        page::Page,
    },
    domain::programs::{
        comparison::{CompareQuery, ComparisonMatrix, ComparisonTable, MAX, Offered},
        model::{Instrument, Program},
    },
    loaders::programs::{
        data::{self, Comparison, PlaceBox, ProgramRow},
        titles::{compare_description, compare_title},
    },
    pages::sources::cited::Cited,
    text::{Locale, PartialDate, number::grouped, query},
};
use leptos::{either::Either, prelude::*};

use super::table::{StandingTag, offer};

#[component]
pub fn Compare() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::compare(locale, CompareQuery::parse(&search)?).await };
    loaded(locale, page, move |page: Comparison| view! { <ComparePage locale page/> })
}

#[component]
fn ComparePage(locale: Locale, page: Comparison) -> impl IntoView {
    let Comparison { query, programs, suggested, table, matrix, caps, places, all, .. } = page;
    let title = compare_title(table.is_some(), locale);
    let state = query::encode(query.pairs());
    let has_chart = matrix.is_some() || !caps.is_empty();
    let body = match table {
        Some(table) => Either::Left(view! {
            <PlaceForm locale places/>
            {matrix.map(|chart| view! { <Figure locale chart id="matrix" untitled=true/> })}
            <Offers locale table/>
        }),
        None => Either::Right(view! {
            <SideBySide locale query=query.clone() programs/>
            <Suggested locale query suggested/>
        }),
    };
    let caps = caps
        .into_iter()
        .enumerate()
        .map(|(number, chart)| view! { <Figure locale chart id=format!("caps-{number}")/> })
        .collect_view();
    view! {
        <Page
            locale
            state
            take=ExportLinks::with(has_chart)
            title
            description=compare_description(locale)
            crumbs=vec![(locale.pick("Programmes", "政策").to_owned(), format!("/{locale}/programs"))]
        >
            {body}
            {caps}
            <EveryPlace locale all/>
        </Page>
    }
}

/// Selection of the places to compare.
#[component]
fn PlaceForm(locale: Locale, places: Vec<PlaceBox>) -> impl IntoView {
    let boxes = places
        .into_iter()
        .map(|place| {
            view! {
                <label class=format!("box depth-{}", place.depth.min(3))>
                    <input type="checkbox" name="place" value=place.named.id.clone() checked=place.chosen/>
                    <span><Name locale of=place.named/></span>
                    <span class="count">{grouped(place.measures.into())}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <details class="compare-chooser">
            <summary>{locale.pick("Choose other places", "选择其他地区")}</summary>
            <form method="get" action=format!("/{locale}/programs/compare")>
                <fieldset class="boxes">
                    <legend>
                        {locale
                            .pick(
                                format!("Two to {MAX} places, with the number of their measures"),
                                format!("两至{MAX}个地区及其措施数量"),
                            )}
                    </legend>
                    <div class="compare-chooser-boxes">{boxes}</div>
                </fieldset>
                <KeepState/>
                <p class="series-form-end">
                    <button type="submit">{locale.pick("Compare", "比较")}</button>
                    <a href=location::keep_state(format!("/{locale}/programs/compare"))>{locale.pick("Reset", "重置")}</a>
                </p>
            </form>
        </details>
    }
}

/// The measures behind the numbers, by name.
#[component]
fn Offers(locale: Locale, table: ComparisonTable) -> impl IntoView {
    let ComparisonTable { places, rows, .. } = table;
    let heads = places
        .iter()
        .map(|place| view! { <th scope="col"><Linked locale room="places" of=place.clone()/></th> })
        .collect_view();
    let caption = locale.pick("Measures by instrument and place", "各地措施，按工具分列");
    let body = rows
        .into_iter()
        .map(|(instrument, offered)| {
            let cells = places.iter().zip(offered);
            let cells = cells
                .map(|(place, offered)| {
                    let all =
                        format!("/{locale}/programs?place={}&instrument={}", place.id, instrument.word());
                    view! { <Cell locale offered all/> }
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{instrument.name(locale)}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="taken">
            <h2>{caption}</h2>
            <div class="table-box" role="region" aria-label=caption tabindex="0">
                <table class="compare-table">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("Instrument", "工具")}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Cell(locale: Locale, offered: Offered, all: String) -> impl IntoView {
    let Offered { count, programs, .. } = offered;
    if count == 0 {
        let none = locale.pick("none known", "暂未查到");
        return Either::Left(view! { <td class="none">{none}</td> });
    }
    let more = (programs.len() < count).then(|| {
        let count = grouped(count.into());
        let text = locale.pick(format!("All {count}"), format!("全部{count}项"));
        view! { <li><a href=location::keep_state(all)>{text}</a></li> }
    });
    let items = programs
        .into_iter()
        .map(|program| {
            let offer = program.offered(locale);
            view! {
                <li>
                    <Linked locale room="programs" of=program.named/>
                    {offer.map(|offer| view! { <span class="under">{offer}</span> })}
                </li>
            }
        })
        .collect_view();
    Either::Right(view! { <td><ul class="plain">{items} {more}</ul></td> })
}

/// Comparison table: programmes as columns, attributes as rows.
#[component]
fn SideBySide(locale: Locale, query: CompareQuery, programs: Vec<ProgramRow>) -> impl IntoView {
    let unknown = locale.pick("not known", "不详");
    let caption = locale.pick("Programmes side by side", "政策并列比较");
    let row = |name: &'static str, cell: &dyn Fn(&ProgramRow) -> AnyView| {
        let cells = programs.iter().map(|row| view! { <td>{cell(row)}</td> }).collect_view();
        view! {
            <tr>
                <th scope="row">{name}</th>
                {cells}
            </tr>
        }
    };
    let text = |text: Option<String>| match text {
        Some(text) => text.into_any(),
        None => view! { <span class="none">{unknown}</span> }.into_any(),
    };
    let date = |date: Option<PartialDate>| match date {
        Some(date) => view! { <Date locale of=date/> }.into_any(),
        None => view! { <span class="none">{unknown}</span> }.into_any(),
    };
    let heads = programs
        .iter()
        .map(|row| {
            let without = query.without(&row.program.named.id).href(locale);
            let removable = programs.len() > 1;
            view! {
                <th scope="col">
                    <Linked locale room="programs" of=row.program.named.clone()/>
                    {removable.then(|| view! { <a class="compare-remove" href=location::keep_state(without)>{locale.pick("remove", "移除")}</a> })}
                </th>
            }
        })
        .collect_view();
    let rows = view! {
        {row(
            locale.pick("Place", "地区"),
            &|row| view! { <Linked locale room="places" of=row.program.jurisdiction.clone()/> }.into_any(),
        )}
        {row(locale.pick("Instrument", "工具"), &|row| row.program.instrument.name(locale).into_any())}
        {row(locale.pick("Purpose", "目的"), &|row| text(row.program.objective.get(locale).map(str::to_owned)))}
        {row(locale.pick("Who may apply", "申请对象"), &|row| text(row.program.eligibility.get(locale).map(str::to_owned)))}
        {row(locale.pick("Offers", "支持内容"), &|row| text(offer(&row.program, locale)))}
        {row(
            locale.pick("What the amount is", "金额含义"),
            &|row| text(row.program.amount_kind.map(|kind| kind.explained(locale).to_owned())),
        )}
        {row(locale.pick("Agency", "部门"), &|row| text(row.program.agency.get(locale).map(str::to_owned)))}
        {row(locale.pick("Announced", "公布"), &|row| date(row.program.announced_on))}
        {row(locale.pick("In force from", "生效"), &|row| date(row.program.effective_from))}
        {row(locale.pick("In force to", "有效期至"), &|row| date(row.program.effective_to))}
        {row(
            locale.pick("Status today", "今日状态"),
            &|row| view! { <StandingTag locale standing=row.standing/> }.into_any(),
        )}
        {row(
            locale.pick("Source", "来源"),
            &|row| view! { <Cited locale source=row.program.source.clone()/> }.into_any(),
        )}
    };
    view! {
        <div class="table-box" role="region" aria-label=caption tabindex="0">
            <table class="compare-table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <td></td>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Suggestions: comparable programmes of other places.
#[component]
fn Suggested(locale: Locale, query: CompareQuery, suggested: Vec<Program>) -> impl IntoView {
    (!suggested.is_empty()).then(|| {
        let items = suggested
            .into_iter()
            .map(|program| {
                let href = location::keep_state(query.with(&program.named.id).href(locale));
                let place = program.jurisdiction.name(locale).to_owned();
                view! {
                    <li>
                        <a href=href>
                            {locale.pick("Add ", "加入")} <Name locale of=program.named/>
                        </a>
                        <span class="under">{place}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="taken compare-suggested">
                <h2>{locale.pick("Others of the same kind", "同类政策")}</h2>
                <ul class="plain columns">{items}</ul>
            </section>
        }
    })
}

/// Number of measures by place and instrument, each number linked to the measures.
#[component]
fn EveryPlace(locale: Locale, all: ComparisonMatrix) -> impl IntoView {
    (!all.is_empty()).then(|| {
        let caption = locale.pick("Every place, every instrument", "全部地区与工具");
        let used: Vec<Instrument> = Instrument::WORDS
            .iter()
            .map(|(_, instrument)| *instrument)
            .filter(|instrument| all.iter().any(|(_, counts)| counts.contains_key(instrument)))
            .collect();
        let heads =
            used.iter().map(|instrument| view! { <th scope="col" class="n">{instrument.name(locale)}</th> }).collect_view();
        let body = all
            .into_iter()
            .map(|(place, counts)| {
                let cells = used
                    .iter()
                    .map(|instrument| {
                        let href = format!("/{locale}/programs?place={}&instrument={}", place.id, instrument.word());
                        let count = counts.get(instrument).copied();
                        view! { <td class="n">{count.map(|count| view! { <a href=href>{count}</a> })}</td> }
                    })
                    .collect_view();
                view! {
                    <tr>
                        <th scope="row"><Linked locale room="places" of=place/></th>
                        {cells}
                    </tr>
                }
            })
            .collect_view();
        view! {
            <section class="taken compare-every-place">
                <h2>{caption}</h2>
                <p class="result">
                    {locale
                        .pick(
                            "Measures of the place itself. A number leads to the list, which also holds what lies within the place.",
                            "仅计该地区自有措施。点击数字可见列表，列表还包含该地区以下各地的措施。",
                        )}
                </p>
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
    })
}
