//! `/sources`: every source, who published it and how many facts it gave.

use leptos::prelude::*;

use super::{
    api::{self, SourceList},
    model::{Facet, Language, SourceKind, SourceOrder, SourceQuery, SourceRow},
};
use crate::{
    text::{Locale, number::grouped},
    ui::{
        here,
        list::{Choices, Facets, Group, Pager, ResultLine, TextFilter, Value},
        loaded::loaded,
        page::Page,
        take::{Covers, Take},
        words::Date,
    },
};

/// What the page is called, and what it has: also on files that leave it.
pub fn title(locale: Locale) -> &'static str {
    locale.pick("Sources", "来源")
}

pub fn description(locale: Locale) -> &'static str {
    locale.pick(
        "Every page, report and filing from which a figure or fact was taken, with all that was taken from it.",
            "本站数据和事实所出自的每一个网页、报告和公告，以及取自其中的全部内容。",
    )
}

#[component]
pub fn List() -> impl IntoView {
    let (locale, search) = (here::locale(), here::search());
    let page = async move { api::list(SourceQuery::parse(&search)?).await };
    loaded(locale, page, move |page: SourceList| view! { <SourcesPage locale page/> })
}

#[component]
fn SourcesPage(locale: Locale, page: SourceList) -> impl IntoView {
    let SourceList { query, rows, more, facets } = page;
    let matching = |facet: &&Facet| fits(&query, facet, None);
    let total: i64 = facets.iter().filter(matching).map(|facet| facet.count).sum();
    let next = more.then(|| rows.last().map(|row| row.cited.id.clone())).flatten();
    let next = next.map(|id| SourceQuery { after: Some(id), ..query.clone() }.href(locale));
    let first = query.after.is_some().then(|| query.with(|_| ()).href(locale));
    let reset = query.is_filtered().then(|| format!("/{locale}/sources"));
    let keep = query.with(|query| query.text = None).pairs();
    view! {
        <Page
            locale
            take=Take::Rows
            covers=Covers::default()
            title=title(locale)
            description=description(locale)
        >
            <div class="with-facets">
                <Facets locale>
                    <TextFilter
                        locale
                        label=locale.pick("Title or publisher", "标题或发布者")
                        action=format!("/{locale}/sources")
                        value=query.text.clone()
                        keep
                    />
                    <Choices group=kinds(&query, &facets, locale)/>
                    <Choices group=languages(&query, &facets, locale)/>
                    <Choices group=standings(&query, &facets, locale)/>
                    <Choices group=orders(&query, locale)/>
                </Facets>
                <div>
                    <ResultLine
                        locale
                        text=locale
                            .pick(format!("{} sources", grouped(total.into())), format!("{}个来源", grouped(total.into())))
                        reset
                    />
                    <SourceTable locale rows/>
                    <Pager locale first next/>
                </div>
            </div>
        </Page>
    }
}

#[component]
fn SourceTable(locale: Locale, rows: Vec<SourceRow>) -> impl IntoView {
    if rows.is_empty() {
        let text = locale.pick("No source fits these choices.", "没有符合条件的来源。");
        return view! { <p class="empty">{text}</p> }.into_any();
    }
    let body = rows.into_iter().map(|row| view! { <SourceLine locale row/> }).collect_view();
    let caption = locale.pick("Sources", "来源");
    view! {
        <div class="table-box" role="region" aria-label=caption tabindex="0">
            <table class="sources">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Source", "来源")}</th>
                        <th scope="col">{locale.pick("Published", "发布日期")}</th>
                        <th scope="col">{locale.pick("Kind", "类型")}</th>
                        <th scope="col">{locale.pick("Language", "语言")}</th>
                        <th scope="col" class="n">{locale.pick("Figures", "数据")}</th>
                        <th scope="col" class="n">{locale.pick("Other facts", "其他事实")}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn SourceLine(locale: Locale, row: SourceRow) -> impl IntoView {
    let (title, lang) = row.cited.title_for(locale);
    let kind = row.kind.name(locale);
    let kind = if row.cited.official { format!("{kind} · {}", official(locale)) } else { kind.to_owned() };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/{locale}/sources/{}", row.cited.id) lang=lang.to_owned()>{title.to_owned()}</a>
                <span class="under">{row.cited.publisher.clone()}</span>
            </th>
            <td class="nowrap">{row.cited.published_on.map(|date| view! { <Date locale of=date/> })}</td>
            <td>{kind}</td>
            <td>{row.cited.language.name(locale)}</td>
            <td class="n">{grouped(row.figures.into())}</td>
            <td class="n">{grouped(row.others.into())}</td>
        </tr>
    }
}

pub(super) fn official(locale: Locale) -> &'static str {
    locale.pick("official", "官方")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Own {
    Kind,
    Language,
    Official,
}

/// Whether a facet's sources stand in the list, leaving out one of the choices so that its alternatives can be counted.
fn fits(query: &SourceQuery, facet: &Facet, without: Option<Own>) -> bool {
    let holds = |own, chosen: bool| without == Some(own) || chosen;
    holds(Own::Kind, query.kind.is_none_or(|kind| kind == facet.kind))
        && holds(Own::Language, query.language.is_none_or(|language| language == facet.language))
        && holds(Own::Official, query.official.is_none_or(|official| official == facet.official))
}

fn count(query: &SourceQuery, facets: &[Facet], own: Own, value: impl Fn(&Facet) -> bool) -> i64 {
    facets.iter().filter(|facet| value(facet) && fits(query, facet, Some(own))).map(|facet| facet.count).sum()
}

fn kinds(query: &SourceQuery, facets: &[Facet], locale: Locale) -> Group {
    let counted = |kind: SourceKind| count(query, facets, Own::Kind, |facet| facet.kind == kind);
    Group::facet(
        locale,
        locale.pick("Kind", "类型"),
        count(query, facets, Own::Kind, |_| true),
        SourceKind::WORDS.iter().map(|(_, kind)| Value::new(*kind, kind.name(locale), counted(*kind))),
        query.kind.as_ref(),
        |kind| query.with(|query| query.kind = kind.copied()).href(locale),
    )
}

fn languages(query: &SourceQuery, facets: &[Facet], locale: Locale) -> Group {
    let counted =
        |language: Language| count(query, facets, Own::Language, |facet| facet.language == language);
    Group::facet(
        locale,
        locale.pick("Language", "语言"),
        count(query, facets, Own::Language, |_| true),
        Language::WORDS
            .iter()
            .map(|(_, language)| Value::new(*language, language.name(locale), counted(*language))),
        query.language.as_ref(),
        |language| query.with(|query| query.language = language.copied()).href(locale),
    )
}

fn standings(query: &SourceQuery, facets: &[Facet], locale: Locale) -> Group {
    let counted = |value: bool| count(query, facets, Own::Official, |facet| facet.official == value);
    Group::facet(
        locale,
        locale.pick("Standing", "性质"),
        count(query, facets, Own::Official, |_| true),
        [(true, official(locale)), (false, locale.pick("not official", "非官方"))]
            .map(|(value, label)| Value::new(value, label, counted(value))),
        query.official.as_ref(),
        |value| query.with(|query| query.official = value.copied()).href(locale),
    )
}

fn orders(query: &SourceQuery, locale: Locale) -> Group {
    Group::order(
        locale,
        SourceOrder::WORDS.iter().map(|(_, order)| (*order, order.name(locale))),
        query.order,
        |order| query.with(|query| query.order = order).href(locale),
    )
}
