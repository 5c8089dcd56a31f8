//! `/sources/{slug}`: one source and all facts taken from it.

use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        feeds::FollowEntry,
        inline::{Date, Name},
        location,
        page::Page,
    },
    domain::{
        events::model::Event,
        indicators::model::Indicator,
        observations::model::Observation,
        organizations::model::{Mention, MentionKind},
        programs::model::Program,
        sources::model::{Mentioned, Source},
        subsidies::model::Subsidy,
    },
    loaders::sources::{
        data::{self, SourcePage},
        titles::describe,
    },
    pages::{
        observations::table::{Columns, FigureTable},
        programs::table::offer,
    },
    text::{Locale, Named, PartialDate, number::grouped, query::Query},
};
use leptos::prelude::*;

use super::cited::Note;

#[component]
pub fn Detail() -> impl IntoView {
    let (locale, search, id) = (location::locale(), location::search(), location::param("slug"));
    let page = async move {
        Query::decode(&search).only(&[])?;
        data::one(id).await
    };
    loaded(locale, page, move |page: SourcePage| view! { <OneSource locale page/> })
}

#[component]
fn OneSource(locale: Locale, page: SourcePage) -> impl IntoView {
    let SourcePage { source, figures, programs, subsidies, events, mentions, others, cited } = page;
    let title = source.cited.title_for(locale).0.to_owned();
    // Different sources can have the same headline.
    let detail = match source.cited.published_on {
        Some(date) => format!("{}, {}", source.cited.publisher(locale), date.label(locale)),
        None => source.cited.publisher(locale).to_owned(),
    };
    let description = describe(&source, locale);
    let facts = facts(&programs, &subsidies, &events, &mentions, locale);
    view! {
        <Page
            locale
            take=ExportLinks::Rows
            title
            description
            detail
            crumbs=vec![(locale.pick("Sources", "来源").to_owned(), format!("/{locale}/sources"))]
        >
            <Particulars locale source cited=cited.clone()/>
            {figures
                .into_iter()
                .map(|(indicator, rows)| view! { <Figures locale indicator rows cited=cited.clone()/> })
                .collect_view()}
            {(!facts.is_empty()).then(|| view! { <Facts locale facts others cited/> })}
        </Page>
    }
}

#[component]
fn Particulars(locale: Locale, source: Source, cited: Mentioned) -> impl IntoView {
    let cited_source = source.cited;
    let lang = cited_source.language.word();
    let keywords = source.keywords.join(locale.pick(", ", "、"));
    view! {
        <dl class="particulars">
            <dt>{locale.pick("Title as published", "原标题")}</dt>
            <dd lang=lang>{cited_source.title}</dd>
            <dt>{locale.pick("Address", "网址")}</dt>
            <dd class="address"><a href=cited_source.url.clone() rel="external">{cited_source.url.clone()}</a></dd>
            {source
                .author
                .map(|author| view! { <dt>{locale.pick("Author", "作者")}</dt> <dd>{author}</dd> })}
            {(!keywords.is_empty())
                .then(|| {
                    view! {
                        <dt>{locale.pick("Keywords given by the page", "页面所列关键词")}</dt>
                        <dd lang=lang>{keywords}</dd>
                    }
                })}
            {source
                .note
                .get(locale)
                .map(|text| {
                    let text = text.to_owned();
                    view! {
                        <dt>{locale.pick("Note", "说明")}</dt>
                        <dd><Note locale text sources=cited/></dd>
                    }
                })}
            <FollowEntry locale/>
            <dt>{locale.pick("Id", "编号")}</dt>
            <dd><code>{cited_source.id}</code></dd>
        </dl>
    }
}

#[component]
fn Figures(locale: Locale, indicator: Indicator, rows: Vec<Observation>, cited: Mentioned) -> impl IntoView {
    let href = format!("/{locale}/indicators/{}", indicator.named.id);
    let name = indicator.named.name(locale).to_owned();
    view! {
        <section class="taken">
            <h2><a href=href>{name.clone()}</a></h2>
            <FigureTable
                locale
                indicator=indicator.clone()
                rows
                columns=Columns { entity: true, source: false }
                cited
                caption=locale.pick(format!("{name}: figures seen in this source"), format!("{name}：取自本来源的数据"))
            />
        </section>
    }
}

/// A fact other than an indicator figure, in one line.
#[derive(Clone)]
struct Fact {
    kind: &'static str,
    named: Named,
    /// Path segment and id of the fact's page; `None` if it is shown on the page of another item.
    page: Option<(&'static str, String)>,
    date: Option<PartialDate>,
    /// Amount or wording, in the page's language.
    detail: Option<String>,
    note: Option<String>,
}

fn facts(
    programs: &[Program],
    subsidies: &[Subsidy],
    events: &[Event],
    mentions: &[Mention],
    locale: Locale,
) -> Vec<Fact> {
    let programs = programs.iter().map(|program| Fact {
        kind: locale.pick("Programme", "政策"),
        named: program.named.clone(),
        page: Some(("programs", program.named.id.clone())),
        date: program.announced_on,
        detail: offer(program, locale),
        note: program.note.get(locale).map(str::to_owned),
    });
    let subsidies = subsidies.iter().map(|subsidy| Fact {
        kind: locale.pick("Subsidy", "补贴"),
        named: subsidy
            .recipient
            .clone()
            .or_else(|| subsidy.program.clone())
            .or_else(|| subsidy.jurisdiction.clone())
            .unwrap_or_else(|| Named::new(subsidy.id.clone(), subsidy.id.clone(), None)),
        page: Some(("subsidies", subsidy.id.clone())),
        date: subsidy.disclosed_on,
        detail: Some(subsidy.worded(locale)),
        note: subsidy.note.get(locale).map(str::to_owned),
    });
    let events = events.iter().map(|event| Fact {
        kind: locale.pick("Event", "事件"),
        named: event.named.clone(),
        page: Some(("events", event.named.id.clone())),
        date: Some(event.date),
        detail: Some(event.kind.name(locale).to_owned()),
        note: event.note.get(locale).map(str::to_owned),
    });
    let mentions = mentions.iter().map(|mention| Fact {
        kind: mention.kind.name(locale),
        named: mention.named.clone(),
        page: (mention.kind == MentionKind::Organization)
            .then(|| ("organizations", mention.named.id.clone())),
        date: mention.date,
        detail: None,
        note: mention.text.get(locale).map(str::to_owned),
    });
    programs.chain(subsidies).chain(events).chain(mentions).collect()
}

#[component]
fn Facts(locale: Locale, facts: Vec<Fact>, others: i64, cited: Mentioned) -> impl IntoView {
    let (shown, all) = (grouped(facts.len().into()), grouped(others.into()));
    let only = ((facts.len() as i64) < others).then(|| {
        let text = locale.pick(
            format!("{shown} of {all}; the downloads have all."),
            format!("共{all}项，仅列{shown}项，完整内容见下载文件。"),
        );
        view! { <p class="result">{text}</p> }
    });
    let caption = locale.pick(
        "Programmes, subsidies, events and statements taken from this source",
        "取自本来源的政策、补贴、事件和表述",
    );
    let body = facts
        .into_iter()
        .map(|fact| {
            view! {
                <tr class="fact">
                    <th scope="row">{fact.kind}</th>
                    <td>
                        {match fact.page {
                            Some((room, id)) => {
                                let href = format!("/{locale}/{room}/{id}");
                                view! { <a href=href><Name locale of=fact.named/></a> }.into_any()
                            }
                            None => view! { <Name locale of=fact.named/> }.into_any(),
                        }}
                    </td>
                    <td class="nowrap">{fact.date.map(|date| view! { <Date locale of=date/> })}</td>
                    <td>{fact.detail}</td>
                    <td class="note">{fact.note.map(|text| view! { <Note locale text sources=cited.clone()/> })}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="taken">
            <h2>{locale.pick("Other facts", "其他事实")}</h2>
            {only}
            <div class="table-box" role="region" aria-label=caption tabindex="0">
                <table class="cards">
                    <caption>{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("Kind", "类型")}</th>
                            <th scope="col">{locale.pick("Name", "名称")}</th>
                            <th scope="col">{locale.pick("Date", "日期")}</th>
                            <th scope="col">{locale.pick("In brief", "概要")}</th>
                            <th scope="col">{locale.pick("Note", "说明")}</th>
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    }
}
