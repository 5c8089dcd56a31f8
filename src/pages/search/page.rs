//! `/search`: results grouped by kind, with the matched text.

use crate::{
    components::{
        async_page::loaded, downloads::ExportLinks, inline::Name, list::KeepState, location, page::Page,
    },
    domain::{
        check::model::CheckQuery,
        explore::query::ExploreQuery,
        registry::Noun,
        search::model::{FoundFigure, Hit, SearchQuery},
    },
    loaders::search::{
        data::{self, Results, SearchPage},
        titles::{description, title},
    },
    pages::sources::cited::Cited,
    text::{Locale, number::grouped, query},
};
use leptos::{either::Either, prelude::*};

#[component]
pub fn Search() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::search(locale, SearchQuery::parse(&search)?).await };
    loaded(locale, page, move |page: SearchPage| view! { <FoundPage locale page/> })
}

#[component]
fn FoundPage(locale: Locale, page: SearchPage) -> impl IntoView {
    let (title, description) = (title(&page.query, locale), description(&page, locale));
    let SearchPage { query, results, asked, meant } = page;
    let state = query::encode(query.pairs());
    let nothing = results.is_empty();
    let text = query.text.clone().unwrap_or_default();
    let (kind, one_kind) = (query.kind, query.kind.is_some());
    let groups = results
        .into_iter()
        .map(|results| view! { <Group locale query=query.clone() results/> })
        .collect_view();
    let series = query.text.clone().map(|text| {
        let href = ExploreQuery { find: Some(text), ..Default::default() }.href(locale);
        let name = locale.pick("Series for a chart with these words", "含这些词、可作图的序列");
        view! { <p class="result"><a href=location::keep_state(href) rel="nofollow">{name}</a></p> }
    });
    // A text with a number may be a sentence that somebody wants to verify.
    let check = query.text.clone().filter(|text| text.contains(|c: char| c.is_ascii_digit())).map(|text| {
        let href = CheckQuery { text: Some(text) }.href(locale);
        let name = locale.pick("Check the numbers of this text", "核对这段文字中的数字");
        view! { <p class="result"><a href=location::keep_state(href) rel="nofollow">{name}</a></p> }
    });
    let back = one_kind.then(|| {
        let all = SearchQuery { kind: None, ..query.clone() }.href(locale);
        view! { <p class="result"><a href=location::keep_state(all)>{locale.pick("All kinds of results", "全部类型的结果")}</a></p> }
    });
    view! {
        <Page locale state title description index=false take=if nothing { ExportLinks::Nothing } else { ExportLinks::Rows }>
            <form class="search-again" method="get" action=format!("/{locale}/search") role="search" aria-label=locale.pick("Search again", "重新搜索")>
                <label for="q" class="visually-hidden">{locale.pick("Words to look for", "搜索词")}</label>
                <input id="q" type="search" name="q" value=text maxlength="100"/>
                {kind.map(|kind| view! { <input type="hidden" name="kind" value=kind.word()/> })}
                <KeepState/>
                <button type="submit">{locale.pick("Search", "搜索")}</button>
            </form>
            {back}
            {(!meant.is_empty()).then(|| view! { <Meant locale query=query.clone() meant/> })}
            {nothing.then(|| view! { <Help locale asked/> })}
            {groups}
            {series}
            {check}
        </Page>
    }
}

#[component]
fn Group(locale: Locale, query: SearchQuery, results: Results) -> impl IntoView {
    let Results { kind, hits, total, or_more } = results;
    let shown = hits.len() as i64;
    let count = format!("{}{}", grouped(total.into()), if or_more { "+" } else { "" });
    let all = (query.kind.is_none() && total > shown).then(|| {
        let href = SearchQuery { kind: Some(kind), ..query }.href(locale);
        let name = kind.name(locale);
        let text =
            locale.pick(format!("All {count} {}", name.to_lowercase()), format!("全部{count}条{name}"));
        view! { <p class="result"><a href=location::keep_state(href)>{text}</a></p> }
    });
    let items = hits.into_iter().map(|hit| view! { <HitItem locale hit/> }).collect_view();
    view! {
        <section class="taken of-kind" id=kind.word()>
            <h2>{kind.name(locale)} " " <span class="count">{count}</span></h2>
            <ol class="hits">{items}</ol>
            {all}
        </section>
    }
}

/// Suggested corrections of the search.
#[component]
fn Meant(locale: Locale, query: SearchQuery, meant: Vec<String>) -> impl IntoView {
    let links = meant
        .into_iter()
        .enumerate()
        .map(|(number, text)| {
            let href = SearchQuery { text: Some(text.clone()), ..query.clone() }.href(locale);
            let before = if number > 0 { locale.pick(", ", "、") } else { "" };
            view! { {before} <a href=location::keep_state(href)>{text}</a> }
        })
        .collect_view();
    view! { <p class="meant">{locale.pick("Did you mean: ", "您是不是要找：")} {links} {locale.pick("?", "？")}</p> }
}

/// A figure as a search result: with its qualifier, period, producer and source.
#[component]
fn FigureFound(locale: Locale, figure: FoundFigure) -> impl IntoView {
    let FoundFigure { indicator, observation } = figure;
    let worded = observation.worded(&indicator.unit, locale);
    let period = observation.period.label(locale);
    view! {
        <p class="figure-found">
            <strong>{worded}</strong> " · " {period} " · " <Name locale of=observation.producer.named/>
        </p>
        <p class="excerpt"><Cited locale source=observation.source/></p>
    }
}

#[component]
fn HitItem(locale: Locale, hit: Hit) -> impl IntoView {
    let href = hit.href(locale);
    let figure = hit.figure.map(|figure| view! { <FigureFound locale figure=*figure/> });
    let pieces = hit
        .excerpt
        .into_iter()
        .map(|piece| match piece.hit {
            true => Either::Left(view! { <mark>{piece.text}</mark> }),
            false => Either::Right(piece.text),
        })
        .collect_view();
    view! {
        <li>
            <a href=href><Name locale of=hit.named/></a>
            {match figure {
                Some(figure) => Either::Left(figure),
                None => Either::Right(view! { <p class="excerpt">{pieces}</p> }),
            }}
        </li>
    }
}

/// Advice when nothing is found.
#[component]
fn Help(locale: Locale, asked: bool) -> impl IntoView {
    let tips = locale.pick(
        [
            "Use fewer or shorter words: the beginning of a word is enough.",
            "Both languages are searched at once: 枫叶 finds Crazy Maple Studio, and Pudong finds 浦东.",
            "Micro-drama, short drama, 微短剧 and 短剧 are taken as the same.",
            "Figures are found by what they are of, or by their value: ReelShort revenue, CNY 50 billion, 500亿元.",
            "Chinese names are found in pinyin too: fengye, fyhd.",
        ],
        [
            "减少或缩短搜索词：英文输入单词开头即可。",
            "中英文同时搜索：“枫叶”可找到Crazy Maple Studio，“Pudong”可找到浦东。",
            "“微短剧”“短剧”“micro-drama”“short drama”视为同义。",
            "可按名称或数值查找数据：“ReelShort收入”“500亿元”“CNY 50 billion”。",
            "中文名称可用拼音或首字母查找：fengye、fyhd。",
        ],
    );
    let tips = tips.map(|tip| view! { <li>{tip}</li> }).collect_view();
    let lists = Noun::all()
        .map(|noun| view! { <li><a href=format!("/{locale}/{}", noun.word())>{noun.name(locale)}</a></li> })
        .collect_view();
    view! {
        <section class="search-help">
            <h2>
                {if asked {
                    locale.pick("What may help", "可以试试")
                } else {
                    locale.pick("How to search", "如何搜索")
                }}
            </h2>
            <ul class="prose-list">{tips}</ul>
            <p>{locale.pick("Or browse:", "或直接浏览：")}</p>
            <ul class="concerned">{lists}</ul>
        </section>
    }
}
