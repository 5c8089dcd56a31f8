//! `/organizations/{slug}`: one organization, every fact with its source.

use crate::{
    charts::ChartView,
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        figure::Figure,
        inline::{Date, Linked, Name},
        list::OnlyFirst,
        location,
        page::{FeedLink, Page},
        section::Section,
    },
    domain::{
        events::model::Event,
        explore::query::ExploreQuery,
        indicators::model::Indicator,
        organizations::model::{App, Organization},
        sources::model::Mentioned,
        subsidies::model::Subsidy,
    },
    loaders::{
        events::deals::Deal,
        organizations::{
            data::{self, OrganizationFigures, Profile},
            titles::describe,
        },
    },
    pages::{
        events::{deals::DealTable, table::EventList},
        explore::link::{AboutLink, ExploreLink},
        observations::{
            disagreement_view::Cases,
            table::{Columns, FigureTable},
        },
        programs::table::ProgramTable,
        sources::cited::{Cited, Note},
        subsidies::table::{SubsidyColumns, SubsidyTable},
    },
    text::{Locale, Named, query::Query},
};
use leptos::{either::Either, prelude::*};

use super::{
    key_figures::{LatestFigures, Subsidiaries},
    list::PudongTag,
    statements::{People, Statements},
};

#[component]
pub fn Detail() -> impl IntoView {
    let (locale, search, id) = (location::locale(), location::search(), location::param("slug"));
    let page = async move {
        Query::decode(&search).only(&[])?;
        data::one(locale, id).await
    };
    loaded(locale, page, move |page: Profile| view! { <OneOrganization locale page/> })
}

#[component]
fn OneOrganization(locale: Locale, page: Profile) -> impl IntoView {
    let (organization, country, cited) =
        (page.organization.clone(), page.country.clone(), page.cited.clone());
    let kind = organization.kind;
    let has_chart = page.figures.iter().any(|figures| figures.chart.is_some());
    let children: Vec<Named> =
        page.subsidiaries.iter().filter_map(|one| one.chain.first().cloned()).collect();
    let sections = sections(locale, page);
    let contents = sections.iter().map(|section| (section.id, section.title)).collect();
    view! {
        <Page
            locale
            take=ExportLinks::with(has_chart)
            title=organization.named.name(locale).to_owned()
            description=describe(&organization, country.as_ref(), locale)
            crumbs=vec![
                (locale.pick("Companies", "企业与机构").to_owned(), format!("/{locale}/organizations")),
                (kind.name(locale).to_owned(), format!("/{locale}/organizations?kind={}", kind.word())),
            ]
        >
            <FeedLink locale path=format!("organizations/{}/feed.atom", organization.named.id)/>
            <Particulars locale organization country children cited/>
            <Contents locale contents/>
            {sections.into_iter().map(Section::view).collect_view()}
        </Page>
    }
}

/// The sections of a profile that have anything in them. Public money is there even if none is known.
fn sections(locale: Locale, page: Profile) -> Vec<Section> {
    let Profile {
        key_figures,
        subsidiaries,
        apps,
        figures,
        programs,
        subsidies,
        events,
        people,
        statements,
        cited,
        ..
    } = page;
    let mut sections = Vec::new();
    if !key_figures.is_empty() {
        let title = locale.pick("Latest figures", "最新数据");
        let body = view! { <LatestFigures locale figures=key_figures caption=title/> };
        sections.push(Section::new("latest", title, body));
    }
    if !figures.is_empty() {
        let title = locale.pick("Trends and all figures", "走势与全部数据");
        sections.push(Section::new("trends", title, view! { <Figures locale figures cited=cited.clone()/> }));
    }
    let title = locale.pick("Public money received", "获得的公共资金");
    let body = view! { <PublicMoney locale subsidies cited=cited.clone() caption=title/> };
    sections.push(Section::new("money", title, body));
    if !programs.is_empty() {
        let title = locale.pick("Programmes it is linked to", "相关政策");
        let body = view! { <ProgramTable locale rows=programs caption=title place=true/> };
        sections.push(Section::new("programs", title, body));
    }
    if !apps.is_empty() {
        let body = view! { <Apps locale apps cited=cited.clone()/> };
        sections.push(Section::new("apps", locale.pick("Apps", "应用"), body));
    }
    if !subsidiaries.is_empty() {
        let title = locale.pick("Its subsidiaries", "下属机构");
        sections.push(Section::new("subsidiaries", title, view! { <Subsidiaries locale subsidiaries/> }));
    }
    let (deals, events): (Vec<Event>, Vec<Event>) = events.into_iter().partition(Event::is_deal);
    if !deals.is_empty() {
        let title = locale.pick("Deals", "投资与上市");
        let rows = deals.into_iter().map(|event| Deal { event, conversion: None }).collect();
        let body = view! { <DealTable locale rows cited=cited.clone() caption=title/> };
        sections.push(Section::new("deals", title, body));
    }
    if !people.is_empty() {
        let title = locale.pick("People quoted in office", "公开发言的负责人");
        sections.push(Section::new("people", title, view! { <People locale people/> }));
    }
    if !events.is_empty() {
        let body = view! {
            <OnlyFirst locale shown=events.len()/>
            <Events locale events cited/>
        };
        sections.push(Section::new("events", locale.pick("Events", "事件"), body));
    }
    if !statements.is_empty() {
        let title = locale.pick("What was said", "各方表述");
        sections.push(Section::new("statements", title, view! { <Statements locale statements/> }));
    }
    sections
}

#[component]
fn Particulars(
    locale: Locale,
    organization: Organization,
    country: Option<Named>,
    children: Vec<Named>,
    cited: Mentioned,
) -> impl IntoView {
    let note = organization.note.get(locale).map(str::to_owned);
    let unknown = locale.pick("not known", "不详");
    let children = children
        .into_iter()
        .map(|child| view! { <li><Linked locale room="organizations" of=child/></li> })
        .collect_view();
    let has_children = !children.is_empty();
    view! {
        <dl class="particulars">
            <dt>{locale.pick("In Pudong", "与浦东的关系")}</dt>
            <dd>
                <PudongTag locale status=organization.pudong/>
                {organization
                    .pudong_date
                    .map(|of| view! { " · " {locale.pick("as of ", "截至")} <Date locale of/> })}
                <span class="under">{organization.pudong_explained(locale)}</span>
            </dd>
            <dt>{locale.pick("Head office", "总部")}</dt>
            <dd>
                {match organization.seat {
                    Some(of) => view! { <Linked locale room="places" of/> }.into_any(),
                    None => view! { <span>{unknown}</span> }.into_any(),
                }}
                {country.map(|country| view! { " · " <Name locale of=country/> })}
            </dd>
            {organization
                .parent
                .map(|of| {
                    view! {
                        <dt>{locale.pick("Part of", "隶属")}</dt>
                        <dd><Linked locale room="organizations" of/></dd>
                    }
                })}
            {has_children
                .then(|| {
                    view! {
                        <dt>{locale.pick("Parts of it", "下属机构")}</dt>
                        <dd><ul class="plain">{children}</ul></dd>
                    }
                })}
            <dt>{locale.pick("Stock code", "股票代码")}</dt>
            <dd>{organization.ticker.unwrap_or(locale.pick("none known", "暂未查到").to_owned())}</dd>
            {organization
                .founded
                .map(|of| view! { <dt>{locale.pick("Founded", "成立")}</dt> <dd><Date locale of/></dd> })}
            {organization
                .website
                .map(|url| {
                    view! {
                        <dt>{locale.pick("Website", "网站")}</dt>
                        <dd class="address"><a href=url.clone() rel="external">{url.clone()}</a></dd>
                    }
                })}
            <OtherNames locale named=organization.named.clone() aliases=organization.aliases/>
            {note
                .map(|text| {
                    view! {
                        <dt>{locale.pick("Note", "说明")}</dt>
                        <dd><Note locale text sources=cited/></dd>
                    }
                })}
            <dt>{locale.pick("Source of the above", "以上内容来源")}</dt>
            <dd><Cited locale source=organization.source/></dd>
            <dt>{locale.pick("Follow", "订阅")}</dt>
            <dd><a href=format!("/{locale}/organizations/{}/feed.atom", organization.named.id)>"Atom"</a></dd>
            <dt>{locale.pick("Id", "编号")}</dt>
            <dd><code>{organization.named.id}</code></dd>
        </dl>
    }
}

/// The name in the other language, and all other names.
#[component]
fn OtherNames(locale: Locale, named: Named, aliases: Vec<String>) -> impl IntoView {
    let other = locale.other();
    let aliases = aliases.join(locale.pick("; ", "；"));
    view! {
        <dt>{locale.pick("In Chinese", "英文名称")}</dt>
        <dd>
            {match (locale, named.zh.is_some()) {
                (Locale::En, false) => {
                    view! { <span>{locale.pick("no Chinese name known", "")}</span> }.into_any()
                }
                _ => view! { <span lang=other.tag()>{named.name(other).to_owned()}</span> }.into_any(),
            }}
        </dd>
        {(!aliases.is_empty())
            .then(|| {
                view! {
                    <dt>{locale.pick("Also known as", "其他名称")}</dt>
                    <dd>{aliases}</dd>
                }
            })}
    }
}

/// Table of contents of a long page.
#[component]
fn Contents(locale: Locale, contents: Vec<(&'static str, &'static str)>) -> impl IntoView {
    (contents.len() > 1).then(|| {
        let items = contents
            .into_iter()
            .map(|(id, title)| view! { <li><a href=format!("#{id}")>{title}</a></li> })
            .collect_view();
        view! {
            <nav aria-label=locale.pick("On this page", "本页内容")>
                <ul class="contents">{items}</ul>
            </nav>
        }
    })
}

#[component]
fn Apps(locale: Locale, apps: Vec<App>, cited: Mentioned) -> impl IntoView {
    let caption = locale.pick("Apps it runs", "所运营的应用");
    let body = apps
        .into_iter()
        .map(|app| {
            let note = app.note.get(locale).map(str::to_owned);
            let id = app.named.id.clone();
            view! {
                <tr class="app" id=id>
                    <th scope="row"><Name locale of=app.named/></th>
                    <td class="nowrap">
                        {app.launched_on.map(|of| {
                            view! { <span class="on-card">{locale.pick("Launched ", "上线：")}</span><Date locale of/> }
                        })}
                    </td>
                    <td>{app.markets.get(locale).map(str::to_owned)}</td>
                    <td class="seen">
                        <a href=format!("/{locale}/sources/{}", app.source.id)>{app.source.short(locale)}</a>
                    </td>
                    <td class="note">{note.map(|text| view! { <Note locale text sources=cited.clone()/> })}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-box" role="region" aria-label=caption tabindex="0">
            <table class="cards">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("App", "应用")}</th>
                        <th scope="col">{locale.pick("Launched", "上线")}</th>
                        <th scope="col">{locale.pick("Markets", "市场")}</th>
                        <th scope="col">{locale.pick("Source", "来源")}</th>
                        <th scope="col">{locale.pick("Note", "说明")}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

/// Amounts that name the organization as recipient, or the words that none is known.
#[component]
fn PublicMoney(
    locale: Locale,
    subsidies: Vec<Subsidy>,
    cited: Mentioned,
    caption: &'static str,
) -> impl IntoView {
    if subsidies.is_empty() {
        let none = locale.pick(
            "Public money: none known. No source that this site holds names it as the recipient of an amount.",
            "公共资金：暂未查到。本站所收来源均未载明其获得公共资金。",
        );
        return Either::Left(view! { <p>{none}</p> });
    }
    let columns = SubsidyColumns { recipient: false, ..SubsidyColumns::ALL };
    Either::Right(view! {
        <OnlyFirst locale shown=subsidies.len()/>
        <SubsidyTable locale rows=subsidies columns cited caption/>
    })
}

/// Number of events shown at once. Older ones are collapsed.
const OPEN_EVENTS: usize = 3;

#[component]
fn Events(locale: Locale, events: Vec<Event>, cited: Mentioned) -> impl IntoView {
    let mut events = events;
    let older = events.split_off(events.len().min(OPEN_EVENTS));
    let count = older.len();
    let older = (count > 0).then(|| {
        let text = locale.pick(
            if count == 1 { "1 earlier event".to_owned() } else { format!("{count} earlier events") },
            format!("更早的{count}项事件"),
        );
        view! {
            <details>
                <summary>{text}</summary>
                <EventList locale events=older cited=cited.clone()/>
            </details>
        }
    });
    view! {
        <EventList locale events cited/>
        {older}
    }
}

/// Charts of the series with several points; below them, collapsed, every figure with its note, and where sources differ.
#[component]
fn Figures(locale: Locale, figures: Vec<OrganizationFigures>, cited: Mentioned) -> impl IntoView {
    let charts: Vec<_> = figures
        .iter()
        .filter_map(|figures| {
            let chart = figures.chart.clone()?;
            Some((figures.indicator.clone(), chart))
        })
        .zip(1..)
        .map(|((indicator, chart), picture)| view! { <Trend locale indicator chart picture/> })
        .collect();
    let charts = (!charts.is_empty()).then(|| view! { <div class="small-multiples">{charts}</div> });
    let differ: Vec<_> = figures
        .iter()
        .filter(|figures| !figures.disagreements.is_empty())
        .map(|OrganizationFigures { indicator, disagreements, .. }| {
            let (unit, name) = (indicator.unit.clone(), indicator.named.name(locale).to_owned());
            view! {
                <h3>{name}</h3>
                <Cases locale unit disagreements=disagreements.clone() several=true/>
            }
        })
        .collect();
    let differ = (!differ.is_empty()).then(|| {
        view! {
            <details class="differ">
                <summary>{locale.pick("Where sources differ", "来源之间的差异")}</summary>
                {differ}
            </details>
        }
    });
    let count = figures.iter().map(|figures| figures.rows.len()).sum::<usize>();
    let mut entities: Vec<Named> = Vec::new();
    for row in figures.iter().flat_map(|figures| &figures.rows) {
        if !entities.contains(&row.entity) {
            entities.push(row.entity.clone());
        }
    }
    let about = entities
        .into_iter()
        .enumerate()
        .map(|(at, named)| {
            let name = named.name(locale).to_owned();
            view! { {(at > 0).then_some(" · ")} <AboutLink locale entity=named.id name/> }
        })
        .collect_view();
    let tables = figures.into_iter().map(|OrganizationFigures { indicator, rows, .. }| {
        let explore = ExploreQuery::of_rows(&indicator.named.id, &rows);
        view! {
            <FigureTable
                locale
                indicator=indicator.clone()
                rows
                columns=Columns { entity: true, source: true }
                cited=cited.clone()
                caption=indicator.named.name(locale).to_owned()
            />
            <ExploreLink locale query=explore/>
        }
    });
    let tables = tables.collect_view();
    view! {
        <p class="result">{about}</p>
        {charts}
        <details class="differ">
            <summary>{locale.pick(format!("All {count} figures, with their notes"), format!("全部{count}项数据及说明"))}</summary>
            {tables}
        </details>
        {differ}
    }
}

/// Chart of an indicator, under its name.
#[component]
fn Trend(locale: Locale, indicator: Indicator, chart: ChartView, picture: usize) -> impl IntoView {
    let href = location::keep_state(format!("/{locale}/indicators/{}", indicator.named.id));
    view! {
        <div>
            <h3><a href=href>{indicator.named.name(locale).to_owned()}</a></h3>
            <Figure locale chart id=format!("chart-{}", indicator.named.id) untitled=true picture/>
        </div>
    }
}
