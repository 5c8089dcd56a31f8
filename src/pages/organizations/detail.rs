//! `/organizations/{slug}`: one organization, every fact with its source.

use crate::{
    components::{
        async_page::loaded, downloads::ExportLinks, list::OnlyFirst, location, page::Page, section::Section,
    },
    domain::{events::model::Event, sources::model::Mentioned, subsidies::model::Subsidy},
    loaders::{
        events::deals::Deal,
        organizations::{
            data::{self, Profile},
            titles::describe,
        },
    },
    pages::{
        events::{deals::DealTable, table::EventList},
        programs::table::ProgramTable,
        subsidies::table::{SubsidyColumns, SubsidyTable},
    },
    text::{Locale, Named, query::Query},
};
use leptos::{either::Either, prelude::*};

use super::{
    figures::Figures,
    key_figures::{LatestFigures, Subsidiaries},
    particulars::{Apps, Particulars},
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
