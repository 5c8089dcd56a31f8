//! `/programs/compare`: programmes or places side by side, on one printable page.

mod cells;
mod chooser;
mod finding;
mod places;

use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        figure::Figure,
        inline::{Date, Linked, Name},
        location,
        page::Page,
    },
    domain::programs::{comparison::query::CompareQuery, model::Program},
    loaders::programs::{
        data::{self, Comparison},
        rows::ProgramRow,
        titles::{compare_description, compare_title},
    },
    pages::sources::cited::Cited,
    text::{Locale, PartialDate, query},
};
use leptos::{either::Either, prelude::*};

use self::places::PlacesCompared;
use super::table::{StandingTag, offer};

#[component]
pub fn Compare() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::compare(locale, CompareQuery::parse(&search)?).await };
    loaded(locale, page, move |page: Comparison| view! { <ComparePage locale page/> })
}

#[component]
fn ComparePage(locale: Locale, page: Comparison) -> impl IntoView {
    let Comparison { query, not_added, programs, suggested, table, matrix, caps, others, all, day } = page;
    let of_places = table.is_some();
    let state = query::encode(query.pairs());
    // Files refuse a place that is not found.
    let take = match not_added {
        None => ExportLinks::with(matrix.is_some() || !caps.is_empty()),
        Some(_) => ExportLinks::Nothing,
    };
    let chart = matrix.as_ref().map(|_| "matrix");
    let (with_pictures, before) = (not_added.is_none(), usize::from(matrix.is_some()));
    let caps = caps
        .into_iter()
        .enumerate()
        .map(|(number, chart)| {
            let picture = if with_pictures { before + number + 1 } else { 0 };
            view! { <Figure locale chart id=format!("caps-{number}") picture/> }
        })
        .collect_view();
    let body = match table {
        Some(table) => {
            Either::Left(view! { <PlacesCompared locale query table not_added others matrix caps all day/> })
        }
        None => Either::Right(view! {
            <SideBySide locale query=query.clone() programs/>
            <Suggested locale query suggested/>
            {caps}
        }),
    };
    view! {
        <Page
            locale
            state
            take
            chart
            title=compare_title(of_places, locale)
            description=compare_description(of_places, locale)
            crumbs=vec![(locale.pick("Programmes", "政策").to_owned(), format!("/{locale}/programs"))]
        >
            {body}
        </Page>
    }
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
