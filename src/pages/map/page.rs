//! `/map`: what there is in each province, district and country, as tile maps and tables.

use crate::{
    components::{
        async_page::loaded,
        downloads::{Covers, ExportLinks},
        figure::Figure,
        inline::{Linked, Name},
        list::{Choices, Facets},
        location,
        page::Page,
    },
    domain::map::{
        model::{MapLevel, MapRow, MapValue},
        query::{MapMeasure, MapQuery},
    },
    loaders::map::{
        data::{self, MapEntry, MapPage, MapSection},
        titles::{description, title},
    },
    text::{Locale, query},
};
use leptos::{either::Either, prelude::*};

#[component]
pub fn Map() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::map(locale, MapQuery::parse(&search)?).await };
    loaded(locale, page, move |page: MapPage| view! { <AllAreas locale page/> })
}

#[component]
fn AllAreas(locale: Locale, page: MapPage) -> impl IntoView {
    let MapPage { query, sections, groups, national } = page;
    let state = query::encode(query.pairs());
    let choices = groups.clone();
    let groups = groups.into_iter().map(|group| view! { <Choices group/> }).collect_view();
    let by = query.by;
    let national = national.map(|count| {
        let text = locale.pick(
            match count {
                1 => "1 more is national and belongs to no province:".to_owned(),
                count => format!("{count} more are national and belong to no province:"),
            },
            format!("另有{count}项为全国性政策，不属于任何省份："),
        );
        let href = format!("/{locale}/places/china");
        view! { <p class="result">{text} " " <a href=href>{locale.pick("China", "中国")}</a></p> }
    });
    let mut national = Some(national);
    let chart = sections.iter().find(|section| section.chart.is_some()).map(|section| section.level.word());
    let mut pictures = 0;
    let sections = sections
        .into_iter()
        .map(|section| {
            pictures += usize::from(section.chart.is_some());
            let note = (section.level == MapLevel::Province).then(|| national.take()).flatten();
            view! { <Section locale section by picture=pictures>{note}</Section> }
        })
        .collect_view();
    view! {
        <Page
            locale
            state
            take=ExportLinks::RowsAndChart
            chart
            covers=Covers::default()
            title=title(locale)
            description=description(locale)
            choices
            crumbs=vec![(locale.pick("Places", "地区").to_owned(), format!("/{locale}/places"))]
        >
            <div class="with-facets">
                <Facets locale>{groups}</Facets>
                <div>{sections}</div>
            </div>
        </Page>
    }
}

#[component]
fn Section(
    locale: Locale,
    section: MapSection,
    by: MapMeasure,
    /// Number of its map among the pictures of the page.
    picture: usize,
    children: Children,
) -> impl IntoView {
    let MapSection { level, headline, chart, rows, none, not_researched } = section;
    let heading = match chart {
        Some(chart) => Either::Left(view! { <Figure locale chart id=level.word() picture/> }),
        None => Either::Right(view! { <h2 id=level.word()>{headline}</h2> }),
    };
    let district = (level == MapLevel::District).then(|| {
        let text = locale.pick(
            "What lies in several districts, such as the Lin-gang Special Area, counts in Shanghai and in none of its districts.",
            "跨区的区域（如临港新片区）计入上海，不计入任何一区。",
        );
        view! { <p class="result">{text}</p> }
    });
    let table = (!rows.is_empty()).then(|| view! { <AreaTable locale caption=level.name(locale) rows by/> });
    view! {
        <section class="taken map-level">
            {heading} {children()} {district} {table}
            <Others locale title=locale.pick("None known", "暂未查到") rows=none/>
            <Others locale title=locale.pick("Not researched", "尚未收集") rows=not_researched/>
        </section>
    }
}

/// Areas with a value, in descending order.
#[component]
fn AreaTable(locale: Locale, caption: &'static str, rows: Vec<MapEntry>, by: MapMeasure) -> impl IntoView {
    let body = rows.into_iter().map(|entry| view! { <AreaLine locale entry/> }).collect_view();
    let details = match by {
        MapMeasure::Programs | MapMeasure::Companies => Vec::new(),
        MapMeasure::Paid => vec![locale.pick("Years", "年份"), locale.pick("What is added", "合计内容")],
        MapMeasure::Titles => {
            vec![locale.pick("Of", "所涉地区"), locale.pick("Period", "时段"), locale.pick("Source", "来源")]
        }
    };
    let details = details.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view();
    view! {
        <div class="table-box" role="region" aria-label=caption tabindex="0">
            <table class="areas">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Place", "地区")}</th>
                        <th scope="col" class="n">{by.name(locale)}</th>
                        {details}
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

#[component]
fn AreaLine(locale: Locale, entry: MapEntry) -> impl IntoView {
    let MapEntry { row, text, href } = entry;
    let value = match href {
        Some(href) => Either::Left(view! { <a href=location::keep_state(href)>{text}</a> }),
        None => Either::Right(text),
    };
    let details = match row.value.clone() {
        MapValue::Paid(total) => {
            let years = total.years.map(|(first, last)| match first == last {
                true => first.to_string(),
                false => format!("{first}–{last}"),
            });
            let (added, left_out, ranges) = (total.all.count, total.left_out, total.all.ranges);
            let added = locale.pick(
                format!("{added} {}", if added == 1 { "amount" } else { "amounts" }),
                format!("{added}笔"),
            );
            let left_out = (left_out > 0).then(|| {
                locale.pick(
                    format!("; {left_out} left out as part of another"),
                    format!("；{left_out}笔已含于他项，不计入"),
                )
            });
            let ranges = (ranges > 0).then(|| {
                locale.pick(
                    format!("; of {ranges} given as a range, the lower end"),
                    format!("；{ranges}笔为区间，取下限"),
                )
            });
            view! { <td>{years}</td><td>{added} {left_out} {ranges}</td> }.into_any()
        }
        MapValue::Figure(figure) => {
            let source = format!("/{locale}/sources/{}", figure.source.id);
            view! {
                <td><Linked locale room="places" of=figure.entity.clone()/></td>
                <td>{figure.period.label(locale)}</td>
                <td><a href=source>{figure.source.short(locale)}</a></td>
            }
            .into_any()
        }
        MapValue::Count(_) | MapValue::None | MapValue::NotResearched => ().into_any(),
    };
    view! {
        <tr>
            <th scope="row"><AreaName locale row/></th>
            <td class="n">{value}</td>
            {details}
        </tr>
    }
}

/// The name of an area, linked to the page of its place if there is one.
#[component]
fn AreaName(locale: Locale, row: MapRow) -> impl IntoView {
    match row.has_page {
        true => Either::Left(view! { <Linked locale room="places" of=row.named/> }),
        false => Either::Right(view! { <Name locale of=row.named/> }),
    }
}

/// Areas without a value, in one line.
#[component]
fn Others(locale: Locale, title: &'static str, rows: Vec<MapRow>) -> impl IntoView {
    let last = rows.len().saturating_sub(1);
    (!rows.is_empty()).then(|| {
        let names = rows
            .into_iter()
            .enumerate()
            .map(|(at, row)| {
                let between = (at < last).then_some(locale.pick(", ", "、"));
                view! { <AreaName locale row/> {between} }
            })
            .collect_view();
        view! { <p class="result"><strong>{title}</strong> {locale.pick(": ", "：")} {names}</p> }
    })
}
