//! `/programs/{slug}/changes`: a notice beside the ones that it replaces or continues.

use leptos::{either::Either, prelude::*};

use super::table::offer;
use crate::{
    components::{
        async_page::loaded,
        inline::{Linked, OtherName},
        location,
        page::Page,
    },
    domain::programs::{
        changes::{FieldChange, FieldPair, InstrumentPair},
        comparison::CompareQuery,
        model::Program,
    },
    loaders::programs::{
        changes::{self, NoticeChange, ProgramChanges},
        titles,
    },
    pages::sources::cited::{Cited, Note},
    text::{Locale, query::Query},
};

#[component]
pub fn Changes() -> impl IntoView {
    let (locale, search, id) = (location::locale(), location::search(), location::param("slug"));
    let page = async move {
        Query::decode(&search).only(&[])?;
        changes::changes(locale, id).await
    };
    loaded(locale, page, move |page: ProgramChanges| view! { <ChangesPage locale page/> })
}

#[component]
fn ChangesPage(locale: Locale, page: ProgramChanges) -> impl IntoView {
    let ProgramChanges { program, changes, cited } = page;
    let name = program.named.name(locale).to_owned();
    let crumbs = vec![
        (locale.pick("Programmes", "政策").to_owned(), format!("/{locale}/programs")),
        (name, format!("/{locale}/programs/{}", program.named.id)),
    ];
    let mut compared = vec![program.named.id.clone()];
    compared.extend(changes.iter().map(|notice| notice.before.named.id.clone()));
    let compare = CompareQuery { programs: compared, ..CompareQuery::default() }.href(locale);
    let sections = changes
        .into_iter()
        .map(|notice| view! { <OneNotice locale now=program.clone() notice cited=cited.clone()/> })
        .collect_view();
    view! {
        <Page
            locale
            title=titles::changes_title(&program, locale)
            description=titles::changes_description(locale).to_owned()
            crumbs
        >
            <p class="result">
                <a href=location::keep_state(compare)>
                    {locale.pick("Side by side, with downloads", "并列比较，可下载文件")}
                </a>
            </p>
            {sections}
        </Page>
    }
}

#[component]
fn OneNotice(
    locale: Locale,
    now: Program,
    notice: NoticeChange,
    cited: crate::domain::sources::model::Mentioned,
) -> impl IntoView {
    let NoticeChange { before, fields, measures } = notice;
    let caption = locale.pick("Field by field", "逐项对照");
    let changed = fields.iter().filter(|pair| pair.change() != FieldChange::Same).count();
    let summary = locale.pick(
        format!("{changed} of {} fields differ.", fields.len()),
        format!("{}项中有{changed}项不同。", fields.len()),
    );
    let rows =
        fields.into_iter().map(|pair| view! { <Field locale pair cited=cited.clone()/> }).collect_view();
    let heads = [before.named.clone(), now.named.clone()]
        .map(|of| view! { <th scope="col"><Linked locale room="programs" of/></th> });
    view! {
        <section class="taken">
            <h2>{locale.pick("Compared with ", "对照：")} <Linked locale room="programs" of=before.named.clone()/></h2>
            <OtherName locale of=before.named.clone()/>
            <p class="result">{summary}</p>
            <div class="table-box" role="region" aria-label=caption tabindex="0">
                <table class="changes cards">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("Field", "项目")}</th>
                            {heads}
                            <th scope="col">{locale.pick("Change", "变化")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {rows}
                        <tr>
                            <th scope="row">{locale.pick("Source", "来源")}</th>
                            <td><Cited locale source=before.source.clone()/></td>
                            <td><Cited locale source=now.source.clone()/></td>
                            <td></td>
                        </tr>
                    </tbody>
                </table>
            </div>
            <MeasurePairs locale measures/>
        </section>
    }
}

#[component]
fn Field(locale: Locale, pair: FieldPair, cited: crate::domain::sources::model::Mentioned) -> impl IntoView {
    let change = pair.change();
    let class = if change == FieldChange::Same { "" } else { "changes-differs" };
    let cell = |text: Option<String>, when: &'static str| match text {
        Some(text) => Either::Left(view! {
            <td>
                <span class="on-card">{when}</span>
                <Note locale text sources=cited.clone()/>
            </td>
        }),
        None => Either::Right(view! {
            <td class="none">
                <span class="on-card">{when}</span>
                {locale.pick("not stated", "未载明")}
            </td>
        }),
    };
    view! {
        <tr class=class>
            <th scope="row">{pair.label.clone()}</th>
            {cell(pair.before, locale.pick("Before: ", "原："))}
            {cell(pair.now, locale.pick("Now: ", "现："))}
            <td>{change.name(locale)}</td>
        </tr>
    }
}

/// The measures of both notices, by instrument; nothing if neither has measures of its own.
#[component]
fn MeasurePairs(locale: Locale, measures: Vec<InstrumentPair>) -> impl IntoView {
    (!measures.is_empty()).then(|| {
        let caption = locale.pick("Measure by measure", "逐条措施对照");
        let rows = measures
            .into_iter()
            .map(|pair| {
                view! {
                    <tr>
                        <th scope="row">{pair.instrument.name(locale)}</th>
                        <MeasureCell locale programs=pair.before when=locale.pick("Before: ", "原：")/>
                        <MeasureCell locale programs=pair.now when=locale.pick("Now: ", "现：")/>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <h3>{caption}</h3>
            <p class="result">
                {locale
                    .pick(
                        "Measures with the same instrument stand beside each other. The sources do not say which continues which.",
                        "相同工具的措施并列。来源未说明哪项措施延续哪项。",
                    )}
            </p>
            <div class="table-box" role="region" aria-label=caption tabindex="0">
                <table class="changes cards">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("Instrument", "工具")}</th>
                            <th scope="col">{locale.pick("Before", "原措施")}</th>
                            <th scope="col">{locale.pick("Now", "现措施")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    })
}

#[component]
fn MeasureCell(locale: Locale, programs: Vec<Program>, when: &'static str) -> impl IntoView {
    if programs.is_empty() {
        let none = locale.pick("none known", "暂未查到");
        return Either::Left(view! { <td class="none"><span class="on-card">{when}</span>{none}</td> });
    }
    let items = programs
        .into_iter()
        .map(|program| {
            let offer = offer(&program, locale);
            view! {
                <li>
                    <Linked locale room="programs" of=program.named/>
                    {offer.map(|offer| view! { <span class="under">{offer}</span> })}
                </li>
            }
        })
        .collect_view();
    Either::Right(view! { <td><span class="on-card">{when}</span><ul class="plain">{items}</ul></td> })
}
