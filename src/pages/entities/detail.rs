//! `/places/{slug}`: programmes, organizations, events and indicators of one place.

use crate::{
    charts::ChartView,
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        feeds::FollowEntry,
        figure::Figure,
        inline::{Linked, OtherName},
        location,
        page::{Crumb, Page},
        section::Section,
    },
    domain::{entities::model::Place, organizations::model::Organization, programs::comparison::OWN},
    loaders::{
        entities::{
            data::{self, MeasuredIndicator, PlacePage},
            titles::describe,
        },
        programs::{closing, rows::ProgramRow},
    },
    pages::{
        events::table::EventList,
        explore::link::AboutLink,
        organizations::{list::PudongTag, statements::Statements},
        programs::{closing::ClosingSoon, table::ProgramTable},
        sources::cited::Note,
        subsidies::table::{SubsidyColumns, SubsidyTable},
    },
    text::{Locale, Named, number::grouped, query::Query},
};
use leptos::prelude::*;

use super::list::PlaceTable;

#[component]
pub fn Detail() -> impl IntoView {
    let (locale, search, id) = (location::locale(), location::search(), location::param("slug"));
    let page = async move {
        Query::decode(&search).only(&[])?;
        data::one(locale, id).await
    };
    loaded(locale, page, move |page: PlacePage| view! { <OnePlace locale page/> })
}

#[component]
fn OnePlace(locale: Locale, page: PlacePage) -> impl IntoView {
    let place = page.own.place.clone();
    let (lies_in, members, cited) = (page.lies_in.clone(), page.members.clone(), page.cited.clone());
    let on_map = format!("/{locale}/map?place={}", place.named.id);
    let note = place.note.get(locale).map(str::to_owned);
    let take = ExportLinks::with(!page.caps.is_empty());
    let sections = sections(locale, page);
    view! {
        <Page
            locale
            take
            title=place.named.name(locale).to_owned()
            description=describe(&place, &lies_in, locale)
            crumbs=crumbs(&lies_in, locale)
        >
            <OtherName locale of=place.named.clone()/>
            <PlaceFacts locale place members/>
            <p class="result"><a href=on_map>{locale.pick("On the map", "在地图上查看")}</a></p>
            {note.map(|text| view! { <p><Note locale text sources=cited/></p> })}
            {sections.is_empty()
                .then(|| {
                    let text = locale
                        .pick("Nothing is known of this place itself yet.", "目前尚无该地区自身的资料。");
                    view! { <p class="empty">{text}</p> }
                })}
            {sections.into_iter().map(Section::view).collect_view()}
        </Page>
    }
}

/// The sections of a place that have anything in them.
fn sections(locale: Locale, page: PlacePage) -> Vec<Section> {
    let PlacePage {
        own,
        inside,
        programs,
        caps,
        subsidies,
        organizations,
        events,
        statements,
        closing,
        measured,
        cited,
        ..
    } = page;
    let id = own.place.named.id.clone();
    let all = locale.pick("Full list with filters, including places within it", "可筛选列表（含所辖各地）");
    let list = |room: &str, shown: usize, of: i64, name: &'static str| {
        let href = format!("/{locale}/{room}?place={id}");
        view! { <p class="result">{only(shown, of, locale)} <a href=href>{name}</a></p> }
    };
    let mut sections = Vec::new();
    if !programs.is_empty() {
        let title = locale.pick("What it offers", "提供什么");
        let first = only(programs.len(), own.programs, locale);
        let body = view! { <Offer locale id=id.clone() first programs caps closing title/> };
        sections.push(Section::new("programs", title, body));
    }
    if !subsidies.is_empty() {
        let title = locale.pick("Public money given", "出资情况");
        let columns = SubsidyColumns { place: false, ..SubsidyColumns::ALL };
        let ledger = locale.pick("In the ledger, with totals", "在台账中查看合计");
        let body = view! {
            {list("subsidies", subsidies.len(), own.subsidies, ledger)}
            <SubsidyTable locale rows=subsidies columns cited=cited.clone() caption=title/>
        };
        sections.push(Section::new("money", title, body));
    }
    if !organizations.is_empty() {
        let body = view! {
            {list("organizations", organizations.len(), own.organizations, all)}
            <Seated locale organizations/>
        };
        let title = locale.pick("Who has a head office here", "总部在此的机构");
        sections.push(Section::new("organizations", title, body));
    }
    if !measured.is_empty() {
        let name = own.place.named.name(locale).to_owned();
        let body = view! {
            <p class="result"><AboutLink locale entity=id.clone() name/></p>
            <MeasuredList locale place=id.clone() measured/>
        };
        sections.push(Section::new("figures", locale.pick("Figures about it", "相关数据"), body));
    }
    if !statements.is_empty() {
        let body = view! { <Statements locale statements/> };
        sections.push(Section::new("statements", locale.pick("What was said", "各方表述"), body));
    }
    if !events.is_empty() {
        let body = view! {
            {list("events", events.len(), own.events, all)}
            <EventList locale events cited/>
        };
        sections.push(Section::new("events", locale.pick("Events", "事件"), body));
    }
    if !inside.is_empty() {
        let title = locale.pick("Places within it", "下辖地区");
        sections.push(Section::new(
            "places",
            title,
            view! { <PlaceTable locale rows=inside caption=title/> },
        ));
    }
    sections
}

/// The programmes of a place, those that close soon, and the caps of its grants.
#[component]
fn Offer(
    locale: Locale,
    id: String,
    /// Note if the table is truncated.
    first: Option<String>,
    programs: Vec<ProgramRow>,
    caps: Vec<ChartView>,
    closing: closing::ClosingSoon,
    title: &'static str,
) -> impl IntoView {
    let compare = format!("/{locale}/programs/compare");
    let (compare, compare_name) = match id == OWN {
        true => (compare, locale.pick("Compare with other places", "与其他地区比较")),
        false => {
            (format!("{compare}?place={OWN}&place={id}"), locale.pick("Compare with Pudong", "与浦东比较"))
        }
    };
    let within = format!("/{locale}/programs?place={id}");
    let charts = caps
        .into_iter()
        .enumerate()
        .map(
            |(number, chart)| view! { <Figure locale chart id=format!("caps-{number}") picture=number + 1/> },
        )
        .collect_view();
    view! {
        <p class="result">
            {first}
            <a href=within.clone()>{locale.pick("Full list with filters, including places within it", "可筛选列表（含所辖各地）")}</a>
            " · "
            <a href=compare>{compare_name}</a>
        </p>
        <h3>{locale.pick("Closing within 90 days", "90天内截止")}</h3>
        <ClosingSoon locale closing list=format!("{within}&sort=closing")/>
        <ProgramTable locale rows=programs caption=title place=false/>
        {charts}
    }
}

/// Codes of a place, what a region consists of, and the feed of the place.
#[component]
fn PlaceFacts(locale: Locale, place: Place, members: Vec<Named>) -> impl IntoView {
    let code =
        |name: &'static str, code: Option<String>| code.map(|code| view! { <dt>{name}</dt><dd>{code}</dd> });
    let has_members = !members.is_empty();
    let last = members.len().saturating_sub(1);
    let links = members
        .into_iter()
        .enumerate()
        .map(|(at, member)| {
            let between = (at < last).then_some(locale.pick(", ", "、"));
            view! { <Linked locale room="places" of=member/> {between} }
        })
        .collect_view();
    let members = has_members.then(|| {
        view! {
            <dt>{locale.pick("Consists of, as far as known", "组成部分（以已知者为限）")}</dt>
            <dd>{links}</dd>
        }
    });
    view! {
        <dl class="particulars">
            {code("ISO 3166", place.iso_3166)} {code("GB/T 2260", place.gbt_2260)} {members} <FollowEntry locale/>
        </dl>
    }
}

/// Note for a truncated section: the number of rows shown and in total.
fn only(shown: usize, all: i64, locale: Locale) -> Option<String> {
    let all = ((shown as i64) < all).then(|| grouped(all.into()))?;
    Some(locale.pick(format!("The first {shown} of {all}. "), format!("共{all}项，列出前{shown}项。")))
}

fn crumbs(lies_in: &[Named], locale: Locale) -> Vec<Crumb> {
    let larger =
        lies_in.iter().map(|place| (place.name(locale).to_owned(), format!("/{locale}/places/{}", place.id)));
    std::iter::once((locale.pick("Places", "地区").to_owned(), format!("/{locale}/places")))
        .chain(larger)
        .collect()
}

#[component]
fn Seated(locale: Locale, organizations: Vec<Organization>) -> impl IntoView {
    let items = organizations
        .into_iter()
        .map(|organization| {
            view! {
                <li>
                    <Linked locale room="organizations" of=organization.named/>
                    <span class="under">
                        {organization.kind.name(locale)} " · " <PudongTag locale status=organization.pudong/>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="plain columns">{items}</ul> }
}

#[component]
fn MeasuredList(locale: Locale, place: String, measured: Vec<MeasuredIndicator>) -> impl IntoView {
    let items = measured
        .into_iter()
        .map(|row| {
            let href = format!("/{locale}/indicators/{}?entity={place}", row.indicator.id);
            let count = grouped(row.figures.into());
            let figures = match (row.figures, locale) {
                (1, Locale::En) => "1 figure".to_owned(),
                (_, Locale::En) => format!("{count} figures"),
                (_, Locale::Zh) => format!("{count}项数据"),
            };
            view! {
                <li>
                    <a href=href>{row.indicator.name(locale).to_owned()}</a>
                    <span class="under">{row.topic} " · " {figures}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="plain columns">{items}</ul> }
}
