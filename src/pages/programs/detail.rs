//! `/programs/{slug}`: one programme: its terms, eligibility, dates and results.

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
    domain::programs::{comparison::CompareQuery, model::Program},
    loaders::programs::{
        data::{self, ProgramPage},
        titles::describe,
    },
    pages::{
        events::table::EventList,
        sources::cited::{Cited, Note},
        subsidies::table::{SubsidyColumns, SubsidyTable},
    },
    text::{
        Locale, Named, Unit, date,
        query::{self, Query},
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::table::{ProgramTable, StandingTag};

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
            <div class="columns-two">
                <div>
                    <Particulars locale page=page.clone()/>
                    {note
                        .map(|text| {
                            view! {
                                <aside class="caveat">
                                    <h2>{locale.pick("What is not known", "尚不清楚之处")}</h2>
                                    <p><Note locale text sources=cited.clone()/></p>
                                </aside>
                            }
                        })}
                </div>
                <div>
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
            <Measures locale rows=page.measures/>
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
            {(!page.events.is_empty())
                .then(|| {
                    view! {
                        <section class="taken" id="events">
                            <h2>{locale.pick("What happened", "相关事件")}</h2>
                            <OnlyFirst locale shown=page.events.len()/>
                            <EventList locale events=page.events cited=cited.clone()/>
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

#[component]
fn Particulars(locale: Locale, page: ProgramPage) -> impl IntoView {
    let ProgramPage { program, standing, day, predecessors, successors, cited, .. } = page;
    let rate = program.rate.as_ref().map(|rate| rate.worded(locale));
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
    let offered = program.offered(locale);
    let kind = program.amount_kind.map(|kind| kind.explained(locale));
    let wording = program.amount_note.get(locale).map(str::to_owned);
    let unknown = || locale.pick("Not known", "不详");
    let eligibility = program.eligibility.get(locale).unwrap_or(unknown()).to_owned();
    let agencies: Vec<String> =
        program.agency.get(locale).unwrap_or(unknown()).split("; ").map(str::to_owned).collect();
    let date_or = |date: Option<crate::text::PartialDate>| match date {
        Some(date) => view! { <Date locale of=date/> }.into_any(),
        None => view! { <span>{unknown()}</span> }.into_any(),
    };
    view! {
        <dl class="particulars">
            <dt>{locale.pick("Status", "状态")}</dt>
            <dd>
                <StandingTag locale standing/>
                <span class="under">
                    {locale
                        .pick(
                            format!("on {}; recorded as “{}”", date::day(day, locale), program.status.name(locale)),
                            format!("截至{}；记录为“{}”", date::day(day, locale), program.status.name(locale)),
                        )}
                </span>
            </dd>
            <dt>{locale.pick("Offers", "支持金额")}</dt>
            <dd>
                {match offered {
                    Some(offered) => view! { <strong>{offered}</strong> }.into_any(),
                    None => view! { <span>{locale.pick("No amount in CNY known", "暂未查到人民币金额")}</span> }.into_any(),
                }}
                {kind.map(|kind| view! { <span class="under">{kind}</span> })}
                {wording
                    .map(|text| {
                        view! {
                            <span class="under">{locale.pick("In the source’s terms: ", "来源表述：")} <Note locale text sources=cited/></span>
                        }
                    })}
            </dd>
            {rate
                .map(|rate| {
                    view! {
                        <dt>{locale.pick("Share paid", "支持比例")}</dt>
                        <dd>{rate}</dd>
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
            <dt>{locale.pick("Last confirmed", "最近核实")}</dt>
            <dd>{date_or(program.last_confirmed_on)}</dd>
            <Related locale title=locale.pick("Replaces", "取代或延续") programs=predecessors/>
            <Related locale title=locale.pick("Replaced by", "后续政策") programs=successors/>
            <dt>{name_kind}</dt>
            <dd>
                <span lang=other.tag()>{program.named.name(other).to_owned()}</span>
                {own_name_note.map(|note| view! { <span class="under">{note}</span> })}
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

/// Links to earlier or later programmes; nothing if there are none.
#[component]
fn Related(locale: Locale, title: &'static str, programs: Vec<Named>) -> impl IntoView {
    (!programs.is_empty()).then(|| {
        let items = programs
            .into_iter()
            .map(|of| view! { <li><Linked locale room="programs" of/></li> })
            .collect_view();
        view! {
            <dt>{title}</dt>
            <dd><ul class="plain">{items}</ul></dd>
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

/// The measures of a package, and how complete they are.
#[component]
fn Measures(locale: Locale, rows: Vec<data::ProgramRow>) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let count = rows.len();
        let text = locale.pick(
            format!(
                "{count} measures of this package are known and stand below. A source may name only some of a notice’s \
                 measures; what is missing is said in the note above."
            ),
            format!("本政策包已知{count}项措施，列于下方。来源可能只点名部分措施，缺失之处见上方说明。"),
        );
        view! {
            <section class="taken" id="measures">
                <h2>{locale.pick("Its measures", "所含措施")}</h2>
                <p>{text}</p>
                <ProgramTable locale rows caption=locale.pick("Measures of the package", "政策包所含措施") place=false/>
            </section>
        }
    })
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
fn Elsewhere(locale: Locale, program: Program, rows: Vec<data::ProgramRow>) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let mut compared = vec![program.named.id.clone()];
        compared.extend(rows.iter().take(3).map(|row| row.program.named.id.clone()));
        let compare = CompareQuery { programs: compared, places: Vec::new() }.href(locale);
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
