//! `/organizations/screen`: companies as a table of their latest figures, sorted by any of them.

use std::collections::BTreeSet;

use leptos::{either::Either, prelude::*};

use super::key_figures::{qualified, value};
use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        inline::{Linked, Name},
        list::KeepState,
        location,
    },
    domain::{
        explore::query::{ExploreQuery, SeriesKey},
        indicators::model::Indicator,
        listing::{parameter::ListQuery, view::ListView},
        observations::{latest::Latest, model::Basis},
        organizations::screen::{MAX_INDICATORS, ScreenColumn, ScreenQuery, ScreenSort},
    },
    loaders::organizations::{
        screen::{self, OfferedIndicator, ScreenPage, ScreenRow},
        titles::{screen_description, screen_title},
    },
    pages::listing::{ListPage, ListState},
    text::{Locale, PeriodLength, number::grouped},
};

#[component]
pub fn Screen() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { screen::screen(locale, ScreenQuery::parse(&search)?).await };
    loaded(locale, page, move |page: ScreenPage| view! { <Screened locale page/> })
}

#[component]
fn Screened(locale: Locale, page: ScreenPage) -> impl IntoView {
    let ScreenPage { query, sort, indicators, offered, rows, total, next, groups } = page;
    let list = ListState::of_view(locale, &query, next);
    let chooser = query.clone();
    let count = grouped(total.into());
    let notes = notes(&indicators, &rows, locale);
    let notes = notes.into_iter().map(|text| view! { <p class="result">{text}</p> }).collect_view();
    view! {
        <ListPage
            locale
            list
            take=ExportLinks::Rows
            title=screen_title(locale)
            description=screen_description(locale)
            crumbs=vec![(locale.pick("Companies", "企业与机构").to_owned(), format!("/{locale}/organizations"))]
            search=locale.pick("Name, app or ticker", "名称、应用或股票代码")
            groups
            lead=move || view! { <Chooser locale query=chooser offered/> }
            count=locale
                .pick(
                    format!("{count} organizations with one of these figures"),
                    format!("{count}家机构有其中至少一项数据"),
                )
        >
            {notes}
            <ScreenTable locale query sort indicators rows/>
        </ListPage>
    }
}

/// Form that chooses the indicators.
#[component]
fn Chooser(locale: Locale, query: ScreenQuery, offered: Vec<OfferedIndicator>) -> impl IntoView {
    let filters = ScreenQuery { list: query.list.with(|_| ()), ..ScreenQuery::default() };
    let filters = filters.pairs().into_iter();
    let filters = filters.map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let filters = filters.collect_view();
    let boxes = offered.into_iter().map(|OfferedIndicator { named, organizations, chosen }| {
        view! {
            <label class="box">
                <input type="checkbox" name="indicator" value=named.id.clone() checked=chosen/>
                <span><Name locale of=named/></span>
                <span class="count">{organizations}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    let title = locale.pick("Choose indicators", "选择指标");
    view! {
        <details>
            <summary>{title}</summary>
            <form class="series-form" method="get" action=format!("/{locale}/organizations/screen")>
                {filters}
                <fieldset class="boxes">
                    <legend>
                        {locale
                            .pick(
                                format!("At most {MAX_INDICATORS}; beside each the number of organizations that have a figure"),
                                format!("最多{MAX_INDICATORS}项；旁注为有数据的机构数"),
                            )}
                    </legend>
                    {boxes}
                </fieldset>
                <KeepState/>
                <button type="submit">{locale.pick("Show", "显示")}</button>
            </form>
        </details>
    }
}

/// States where the figures of a column are not alike, and what an empty cell and a change mean.
fn notes(indicators: &[Indicator], rows: &[ScreenRow], locale: Locale) -> Vec<String> {
    let mut notes = vec![
        locale
            .pick(
                "A dash means no figure. Below a figure stands its change on the same period of the year before, where the two can be compared. Where a company has no figure of its own, the app with the largest stands for it, under its own name; nothing is added up.",
                "“–”表示本站无数据；数据下方为可比时的同比变化。企业自身无数据时，列出其应用中数值最大的一项并注明应用名称，不作加总。",
            )
            .to_owned(),
    ];
    let (mut bases, mut lengths): (Vec<String>, Vec<String>) = Default::default();
    for (at, indicator) in indicators.iter().enumerate() {
        let figures = || rows.iter().filter_map(|row| Some(&row.cells.get(at)?.as_ref()?.figure));
        let name = indicator.named.name(locale).to_owned();
        if figures().map(|figure| figure.basis).collect::<BTreeSet<Option<Basis>>>().len() > 1 {
            bases.push(name.clone());
        }
        if figures().map(|figure| figure.period.length()).collect::<BTreeSet<PeriodLength>>().len() > 1 {
            lengths.push(name);
        }
    }
    if !bases.is_empty() {
        let names = bases.join(locale.pick(", ", "、"));
        notes.push(locale.pick(
            format!("Some columns have figures before and after store fees, or of unknown basis ({names}). Each says which; compare only those of the same basis."),
            format!("以下指标同列数据口径不一（扣除商店佣金前、扣除后或不详），各已注明，仅同口径者可比：{names}。"),
        ));
    }
    if !lengths.is_empty() {
        let names = lengths.join(locale.pick(", ", "、"));
        notes.push(locale.pick(
            format!(
                "Periods differ in length ({names}). Each is given; compare only those of the same length."
            ),
            format!("以下指标各数据的时段长短不一，各已注明，仅时段相同者可比：{names}。"),
        ));
    }
    notes
}

/// Number of rows ticked at first for the chart.
const TICKED: usize = 5;

#[component]
fn ScreenTable(
    locale: Locale,
    query: ScreenQuery,
    sort: ScreenSort,
    indicators: Vec<Indicator>,
    rows: Vec<ScreenRow>,
) -> impl IntoView {
    if rows.is_empty() {
        let text = locale.pick(
            "No organization with such a figure matches these filters.",
            "没有符合条件且有数据的机构。",
        );
        return Either::Left(view! { <p class="empty">{text}</p> });
    }
    let caption = screen_title(locale);
    let (by_name, direction) = direction(&sort, &ScreenColumn::Name);
    let name = view! {
        <th scope="col" aria-sort=direction>
            <SortLink locale query=query.clone() column=ScreenColumn::Name sorted=by_name text=locale.pick("Company", "企业").to_owned() sort=sort.clone()/>
        </th>
    };
    let heads = indicators.iter().map(|indicator| view! { <Head locale query=query.clone() sort=sort.clone() indicator=indicator.clone()/> });
    let heads = heads.collect_view();
    // The chart has lines of one unit: those of the indicator sorted by, or of the first.
    let charted = sort.column.indicator().and_then(|id| indicators.iter().position(|one| one.named.id == id));
    let charted = charted.unwrap_or(0);
    let body = rows
        .into_iter()
        .enumerate()
        .map(|(number, row)| view! { <Row locale indicators=indicators.clone() row charted ticked=number < TICKED/> })
        .collect_view();
    let chart = indicators.get(charted).map(|indicator| {
        let name = indicator.named.name(locale);
        locale.pick(format!("Chart the ticked companies: {name}"), format!("为勾选企业作图：{name}"))
    });
    Either::Right(view! {
        <form method="get" action=format!("/{locale}/explore")>
            <div class="table-box" role="region" aria-label=caption tabindex="0">
                <table class="screen">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead><tr>{name} {heads}</tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
            <KeepState/>
            <p><button type="submit">{chart}</button></p>
        </form>
    })
}

/// Whether the table is sorted by a column, and the value of its `aria-sort`.
fn direction(sort: &ScreenSort, column: &ScreenColumn) -> (bool, Option<&'static str>) {
    let own = sort.column == *column;
    (own, own.then_some(if sort.descending { "descending" } else { "ascending" }))
}

/// Heading of an indicator: sorts by its value and by its change.
#[component]
fn Head(locale: Locale, query: ScreenQuery, sort: ScreenSort, indicator: Indicator) -> impl IntoView {
    let id = indicator.named.id.clone();
    let (value, change) = (ScreenColumn::Value(id.clone()), ScreenColumn::Change(id));
    let ((by_value, of_value), (by_change, of_change)) =
        (direction(&sort, &value), direction(&sort, &change));
    let name = indicator.named.name(locale).to_owned();
    view! {
        <th scope="col" class="n" aria-sort=of_value.or(of_change)>
            <SortLink locale query=query.clone() column=value sorted=by_value text=name sort=sort.clone()/>
            <SortLink locale query column=change sorted=by_change text=locale.pick("change", "同比").to_owned() sort/>
        </th>
    }
}

/// Link that sorts by a column; the column sorted by is reversed.
#[component]
fn SortLink(
    locale: Locale,
    query: ScreenQuery,
    column: ScreenColumn,
    /// Whether the table is sorted by it.
    sorted: bool,
    text: String,
    sort: ScreenSort,
) -> impl IntoView {
    // Names begin with the first, figures with the largest.
    let descending = match sorted {
        true => !sort.descending,
        false => column != ScreenColumn::Name,
    };
    let sign = sorted.then_some(if sort.descending { " ↓" } else { " ↑" });
    let class = matches!(column, ScreenColumn::Change(_)).then_some("under");
    let href = location::keep_state(query.href_sorted(locale, column, descending));
    view! { <a class=class href=href rel="nofollow">{text} {sign}</a> }
}

#[component]
fn Row(
    locale: Locale,
    indicators: Vec<Indicator>,
    row: ScreenRow,
    /// Position of the indicator that is charted.
    charted: usize,
    ticked: bool,
) -> impl IntoView {
    let ScreenRow { organization, cells } = row;
    let key = |at: usize| {
        let (indicator, cell) = (indicators.get(at)?, cells.get(at)?.as_ref()?);
        Some(SeriesKey {
            indicator: indicator.named.id.clone(),
            entity: cell.figure.entity.id.clone(),
            producer: cell.figure.producer.named.id.clone(),
        })
    };
    let name = organization.named.name(locale).to_owned();
    let tick = key(charted).map(|key| {
        let label = locale.pick(format!("Chart {name}"), format!("作图：{name}"));
        view! {
            <input type="checkbox" name="series" value=key.to_string() checked=ticked aria-label=label/>
        }
    });
    let own: Vec<SeriesKey> = (0..indicators.len()).filter_map(key).collect();
    let link = location::keep_state(ExploreQuery::of_series(own).href(locale));
    let cells = indicators
        .iter()
        .zip(&cells)
        .map(|(indicator, cell)| match cell {
            Some(latest) => {
                let (indicator, latest, owner) =
                    (indicator.clone(), latest.clone(), organization.named.id.clone());
                Either::Left(view! { <Figure locale indicator latest owner/> })
            }
            None => Either::Right(view! { <td class="n none">"–"</td> }),
        })
        .collect_view();
    view! {
        <tr>
            <th scope="row">
                {tick}
                <Linked locale room="organizations" of=organization.named.clone()/>
                <span class="under">
                    {organization.seat.map(|of| view! { <Name locale of/> " · " })}
                    <a href=link>
                        {locale.pick("chart", "作图")}
                        <span class="visually-hidden">" " {name}</span>
                    </a>
                </span>
            </th>
            {cells}
        </tr>
    }
}

/// A figure with its change, period, qualifier, basis, producer and source, and the app that it is about.
#[component]
fn Figure(locale: Locale, indicator: Indicator, latest: Latest, owner: String) -> impl IntoView {
    let Latest { figure, change, .. } = latest;
    let href = format!("/{locale}/indicators/{}?entity={}", indicator.named.id, figure.entity.id);
    let app = (figure.entity.id != owner).then(|| view! { <Name locale of=figure.entity.clone()/> " · " });
    let change = change.map(|change| change.worded(locale));
    let exact = figure.worded_exactly(&indicator.unit, locale);
    view! {
        <td class="n" title=exact>
            <a class="nowrap" href=location::keep_state(href)>{value(&figure, &indicator.unit, locale)}</a>
            {change.map(|change| view! { <span class="under">{change}</span> })}
            <span class="under">{app} {figure.period.label(locale)} " · " {qualified(&figure, locale)}</span>
            <span class="under">
                <a href=location::keep_state(format!("/{locale}/sources/{}", figure.source.id))>
                    <Name locale of=figure.producer.named/>
                </a>
            </span>
        </td>
    }
}
