//! `/programs/{slug}`: one programme: its terms, eligibility, dates and results.

use std::collections::HashSet;

use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        figure::Figure,
        inline::Linked,
        list::{KeepState, OnlyFirst},
        location,
        page::Page,
    },
    domain::{
        events::model::Event,
        programs::{comparison::query::CompareQuery, model::Program},
        sources::model::Mentioned,
        subsidies::model::Subsidy,
    },
    loaders::programs::{
        data::{self, ProgramPage},
        rows::ProgramRow,
        titles::describe,
    },
    pages::{
        events::table::EventList,
        sources::cited::Note,
        subsidies::table::{SubsidyColumns, SubsidyTable},
    },
    text::{
        Locale, Named,
        query::{self, Query},
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::{facts::Facts, measures::Measures, particulars::Particulars, table::ProgramTable};

#[component]
pub fn Detail() -> impl IntoView {
    let (locale, search, id) = (location::locale(), location::search(), location::param("slug"));
    let page = async move {
        let query = Query::decode(&search);
        query.only(&["on"])?;
        data::one(locale, id, query.day("on")?).await
    };
    loaded(locale, page, move |page: ProgramPage| view! { <OneProgram locale page/> })
}

#[component]
fn OneProgram(locale: Locale, page: ProgramPage) -> impl IntoView {
    let program = page.program.clone();
    let place = program.jurisdiction.clone();
    let mut crumbs = vec![
        (locale.pick("Programmes", "政策").to_owned(), format!("/{locale}/programs")),
        (place.name(locale).to_owned(), format!("/{locale}/programs?place={}", place.id)),
    ];
    if let Some(package) = &program.package {
        crumbs.push((package.name(locale).to_owned(), format!("/{locale}/programs/{}", package.id)));
    }
    let on = Query::decode(&location::search()).day("on").ok().flatten();
    let state = query::encode(on.map(|day| ("on", day.to_string())));
    let cited = page.cited.clone();
    let note = program.note.get(locale).map(str::to_owned);
    let package = program.package.clone();
    let events = events_without_links_to(&page);
    view! {
        <Page
            locale
            state
            take=ExportLinks::with(page.chart.is_some())
            chart=page.chart.as_ref().map(|_| "dates")
            title=program.named.name(locale).to_owned()
            description=describe(&program, locale)
            crumbs
        >
            <Facts locale page=page.clone()/>
            <div class="columns-two">
                <div>
                    <Particulars locale page=page.clone()/>
                </div>
                <div>
                    {note
                        .map(|text| {
                            view! {
                                <aside class="caveat">
                                    <h2>{locale.pick("What is not known", "尚不清楚之处")}</h2>
                                    <p><Note locale text sources=cited.clone()/></p>
                                </aside>
                            }
                        })}
                    {page
                        .chart
                        .map(|chart| {
                            view! {
                                <h2>{locale.pick("Timeline", "时间轴")}</h2>
                                <Figure locale chart id="dates" untitled=true picture=1/>
                            }
                        })}
                    <OnDay locale id=program.named.id.clone() day=page.day/>
                </div>
            </div>
            <Measures locale rows=page.measures standing=page.standing/>
            <Money locale subsidies=page.subsidies cited=cited.clone()/>
            <Parties locale organizations=page.organizations/>
            {(!events.is_empty())
                .then(|| {
                    view! {
                        <section class="taken" id="events">
                            <h2>{locale.pick("What happened", "相关事件")}</h2>
                            <OnlyFirst locale shown=events.len()/>
                            <EventList locale events cited=cited.clone()/>
                        </section>
                    }
                })}
            {package.map(|package| view! { <Siblings locale package rows=page.siblings/> })}
            <Elsewhere locale program rows=page.comparable/>
        </Page>
    }
}

/// Returns the events of a page without their links to programmes that the page lists anyway: itself, its package and measures.
fn events_without_links_to(page: &ProgramPage) -> Vec<Event> {
    let rows = page.measures.iter().chain(&page.siblings).map(|row| &row.program.named.id);
    let listed: HashSet<&String> = rows
        .chain([&page.program.named.id])
        .chain(page.program.package.as_ref().map(|package| &package.id))
        .collect();
    let mut events = page.events.clone();
    for event in &mut events {
        event.programs.retain(|program| !listed.contains(&program.id));
    }
    events
}

/// Amounts paid or set aside under the programme.
#[component]
fn Money(locale: Locale, subsidies: Vec<Subsidy>, cited: Mentioned) -> impl IntoView {
    (!subsidies.is_empty()).then(|| {
        let caption = locale.pick("Money under this programme", "本政策下的资金");
        let columns = SubsidyColumns { program: false, ..SubsidyColumns::ALL };
        view! {
            <section class="taken" id="money">
                <h2>{caption}</h2>
                <p class="result">
                    {locale
                        .pick(
                            "Each amount is of one kind. Amounts of different kinds are never added.",
                            "每笔金额只属一个类别，不同类别不相加。",
                        )}
                </p>
                <OnlyFirst locale shown=subsidies.len()/>
                <SubsidyTable locale rows=subsidies columns cited caption/>
            </section>
        }
    })
}

/// The other measures of the programme's package.
#[component]
fn Siblings(locale: Locale, package: Named, rows: Vec<ProgramRow>) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let caption = locale.pick("Other measures of the same package", "同一政策包的其他措施");
        view! {
            <section class="taken" id="siblings">
                <h2>{caption}</h2>
                <p class="result"><Linked locale room="programs" of=package/></p>
                <ProgramTable locale rows caption place=false/>
            </section>
        }
    })
}

/// Form to show the status on another day.
#[component]
fn OnDay(locale: Locale, id: String, day: NaiveDate) -> impl IntoView {
    view! {
        <form class="on-day" method="get" action=format!("/{locale}/programs/{id}")>
            <label for="on">{locale.pick("Status on another day", "查看某日状态")}</label>
            <input id="on" type="date" name="on" value=day.to_string()/>
            <KeepState/>
            <button type="submit">{locale.pick("Show", "显示")}</button>
        </form>
    }
}

#[component]
fn Parties(locale: Locale, organizations: Vec<Named>) -> impl IntoView {
    (!organizations.is_empty()).then(|| {
        let items = organizations
            .into_iter()
            .map(|organization| view! { <li><Linked locale room="organizations" of=organization/></li> })
            .collect_view();
        view! {
            <section class="taken" id="organizations">
                <h2>{locale.pick("Who is involved", "相关机构")}</h2>
                <ul class="plain columns">{items}</ul>
            </section>
        }
    })
}

/// Comparable support in other places, with a link to a comparison.
#[component]
fn Elsewhere(locale: Locale, program: Program, rows: Vec<ProgramRow>) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let mut compared = vec![program.named.id.clone()];
        compared.extend(rows.iter().take(3).map(|row| row.program.named.id.clone()));
        let compare = CompareQuery { programs: compared, ..CompareQuery::default() }.href(locale);
        let caption = locale.pick("The same kind of support elsewhere", "他处的同类支持");
        view! {
            <section class="taken" id="elsewhere">
                <h2>{caption}</h2>
                <p class="result">
                    <a href=compare>{locale.pick("Compare with three similar measures", "与三项同类措施比较")}</a>
                </p>
                <ProgramTable locale rows caption place=true/>
            </section>
        }
    })
}
