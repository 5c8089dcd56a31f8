//! `/programs/{slug}`: one programme: its terms, eligibility, dates and results.

use std::collections::HashSet;

use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        figure::Figure,
        inline::{Date, Linked},
        list::{KeepState, OnlyFirst},
        location,
        page::{FeedLink, Page},
    },
    domain::{
        events::model::Event,
        programs::{comparison::query::CompareQuery, model::Program},
    },
    loaders::programs::{
        data::{self, ProgramPage},
        rows::ProgramRow,
        titles::describe,
    },
    pages::{
        events::table::EventList,
        sources::cited::{Cited, Note},
        subsidies::table::{SubsidyColumns, SubsidyTable},
    },
    text::{
        Locale, Named, PartialDate, Unit,
        query::{self, Query},
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::{facts::Facts, measures::Measures, table::ProgramTable};

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
            title=program.named.name(locale).to_owned()
            description=describe(&program, locale)
            crumbs
        >
            <FeedLink locale path=format!("programs/{}/feed.atom", program.named.id)/>
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
                                <Figure locale chart id="dates" untitled=true/>
                            }
                        })}
                    <OnDay locale id=program.named.id.clone() day=page.day/>
                </div>
            </div>
            <Measures locale rows=page.measures standing=page.standing/>
            {(!page.subsidies.is_empty())
                .then(|| {
                    view! {
                        <section class="taken" id="money">
                            <h2>{locale.pick("Money under this programme", "本政策下的资金")}</h2>
                            <p class="result">
                                {locale
                                    .pick(
                                        "Each amount is of one kind. Amounts of different kinds are never added.",
                                        "每笔金额只属一个类别，不同类别不相加。",
                                    )}
                            </p>
                            <OnlyFirst locale shown=page.subsidies.len()/>
                            <SubsidyTable
                                locale
                                rows=page.subsidies
                                columns=SubsidyColumns { program: false, ..SubsidyColumns::ALL }
                                cited=cited.clone()
                                caption=locale.pick("Money under this programme", "本政策下的资金")
                            />
                        </section>
                    }
                })}
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
            {package
                .filter(|_| !page.siblings.is_empty())
                .map(|package| {
                    let caption = locale.pick("Other measures of the same package", "同一政策包的其他措施");
                    view! {
                        <section class="taken" id="siblings">
                            <h2>{caption}</h2>
                            <p class="result"><Linked locale room="programs" of=package/></p>
                            <ProgramTable locale rows=page.siblings caption place=false/>
                        </section>
                    }
                })}
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

#[component]
fn Particulars(locale: Locale, page: ProgramPage) -> impl IntoView {
    let ProgramPage { program, predecessors, successors, official, cited, .. } = page;
    let yearly =
        program.max_per_year_cny.map(|yearly| Unit::Money("CNY".into()).amount(yearly, locale).to_string());
    let activities: Vec<&str> = program.activities.iter().map(|activity| activity.name(locale)).collect();
    let activities = activities.join(locale.pick(", or ", "；"));
    let other = locale.other();
    let name_kind = match (locale, program.official_name) {
        (Locale::En, true) => "Chinese name, as published",
        (Locale::En, false) => "Chinese name, translated for this site",
        (Locale::Zh, _) => "英文名称（本站译名）",
    };
    let own_name_note = match (locale, program.official_name) {
        (Locale::En, _) => None,
        (Locale::Zh, true) => Some("名称为公布的正式名称。"),
        (Locale::Zh, false) => Some("名称由本站拟定，并非正式名称。"),
    };
    let wording = program.amount_note.get(locale).map(str::to_owned);
    let unknown = || locale.pick("Not known", "不详");
    let eligibility = program.eligibility.get(locale).unwrap_or(unknown()).to_owned();
    let agencies: Vec<String> =
        program.agency.get(locale).unwrap_or(unknown()).split("; ").map(str::to_owned).collect();
    let date_or = |date: Option<PartialDate>| match date {
        Some(date) => view! { <Date locale of=date/> }.into_any(),
        None => view! { <span>{unknown()}</span> }.into_any(),
    };
    view! {
        <dl class="particulars">
            {wording
                .map(|text| {
                    view! {
                        <dt>{locale.pick("Amount, in the source’s terms", "金额，来源表述")}</dt>
                        <dd><Note locale text sources=cited/></dd>
                    }
                })}
            {yearly
                .map(|yearly| {
                    view! {
                        <dt>{locale.pick("Most per firm and year", "每家企业每年上限")}</dt>
                        <dd>{yearly}</dd>
                    }
                })}
            <dt>{locale.pick("Who may apply", "申请对象")}</dt>
            <dd>
                {eligibility}
                {(!activities.is_empty())
                    .then(|| {
                        let text = locale.pick(format!("For a firm that {activities}."), format!("面向：{activities}。"));
                        view! { <span class="under">{text}</span> }
                    })}
            </dd>
            {program
                .scope
                .map(|scope| {
                    view! {
                        <dt>{locale.pick("Scope", "范围")}</dt>
                        <dd>{scope.name(locale)}</dd>
                    }
                })}
            <dt>{locale.pick("Instrument", "工具")}</dt>
            <dd>
                <a href=format!(
                    "/{locale}/programs?instrument={}",
                    program.instrument.word(),
                )>{program.instrument.name(locale)}</a>
            </dd>
            <dt>{locale.pick("Place", "地区")}</dt>
            <dd>
                <Linked locale room="places" of=program.jurisdiction/>
                " · "
                {program.level.name(locale)}
            </dd>
            <dt>{locale.pick("Agency", "部门")}</dt>
            <dd>{agencies.join(locale.pick("; ", "；"))}</dd>
            {program
                .doc_number
                .map(|number| {
                    view! {
                        <dt>{locale.pick("Document number", "文号")}</dt>
                        <dd lang="zh-Hans">{number}</dd>
                    }
                })}
            <dt>{locale.pick("Announced", "公布")}</dt>
            <dd>{date_or(program.announced_on)}</dd>
            <dt>{locale.pick("In force from", "生效")}</dt>
            <dd>{date_or(program.effective_from)}</dd>
            <dt>{locale.pick("In force to", "有效期至")}</dt>
            <dd>{date_or(program.effective_to)}</dd>
            {(program.applications_open.is_some() || program.applications_close.is_some())
                .then(|| {
                    view! {
                        <dt>{locale.pick("Applications", "申报时间")}</dt>
                        <dd>
                            {date_or(program.applications_open)}
                            " – "
                            {date_or(program.applications_close)}
                        </dd>
                    }
                })}
            {(!predecessors.is_empty())
                .then(|| {
                    let changes = format!("/{locale}/programs/{}/changes", program.named.id);
                    view! {
                        <dt>{locale.pick("Replaces", "取代或延续")}</dt>
                        <dd>
                            <ul class="plain">
                                {predecessors.into_iter().map(|of| view! { <li><Linked locale room="programs" of/></li> }).collect_view()}
                            </ul>
                            <a href=location::keep_state(changes)>{locale.pick("What changed", "查看变化")}</a>
                        </dd>
                    }
                })}
            {(!successors.is_empty())
                .then(|| {
                    let items = successors
                        .into_iter()
                        .map(|of| {
                            let changes = location::keep_state(format!("/{locale}/programs/{}/changes", of.id));
                            view! {
                                <li>
                                    <Linked locale room="programs" of/>
                                    " · "
                                    <a href=changes>{locale.pick("what changed", "查看变化")}</a>
                                </li>
                            }
                        })
                        .collect_view();
                    view! {
                        <dt>{locale.pick("Replaced by", "后续政策")}</dt>
                        <dd><ul class="plain">{items}</ul></dd>
                    }
                })}
            <dt>{name_kind}</dt>
            <dd>
                <span lang=other.tag()>{program.named.name(other).to_owned()}</span>
                {own_name_note.map(|note| view! { <span class="under">{note}</span> })}
            </dd>
            <dt>{locale.pick("Official text", "官方原文")}</dt>
            <dd>
                {match official {
                    Some(source) => {
                        view! {
                            <a href=source.url.clone() rel="external">{locale.pick("Read it at the publisher", "在发布方网站阅读")}</a>
                            <span class="under">{source.publisher(locale).to_owned()}</span>
                        }
                            .into_any()
                    }
                    None => locale.pick("No official text is known.", "暂未查到官方原文。").into_any(),
                }}
            </dd>
            <dt>{locale.pick("Source", "来源")}</dt>
            <dd><Cited locale source=program.source/></dd>
            <dt>{locale.pick("Follow", "订阅")}</dt>
            <dd class="links">
                <a href=format!("/{locale}/programs/{}/feed.atom", program.named.id)>"Atom"</a>
                " · "
                <a href=format!("/{locale}/programs/{}/dates.ics", program.named.id)>
                    {locale.pick("Calendar (iCal)", "日历（iCal）")}
                </a>
            </dd>
            <dt>{locale.pick("Id", "编号")}</dt>
            <dd><code>{program.named.id}</code></dd>
        </dl>
    }
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
