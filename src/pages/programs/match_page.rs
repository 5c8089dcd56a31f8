//! `/programs/match`: three questions to a company, and the matching programmes with reasons.

use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        inline::{Linked, Name},
        list::{KeepState, Pager},
        location,
        page::Page,
    },
    domain::programs::{
        matching::{Match, MatchQuery, Matches, Need},
        model::Activity,
    },
    loaders::programs::{
        data::{self, FitPage, PlaceBox},
        titles::{match_description, match_title},
    },
    text::{Locale, number::grouped, query},
};
use leptos::{either::Either, prelude::*};

use super::table::offer;

#[component]
pub fn Fit() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::matched(locale, MatchQuery::parse(&search)?).await };
    loaded(locale, page, move |page: FitPage| view! { <FitForm locale page/> })
}

#[component]
fn FitForm(locale: Locale, page: FitPage) -> impl IntoView {
    let FitPage { query, places, matches } = page;
    let boxes = |name: &'static str, word: &'static str, label: &'static str, checked: bool| {
        view! {
            <label class="box">
                <input type="checkbox" name=name value=word checked=checked/>
                <span>{label}</span>
            </label>
        }
    };
    let does = Activity::WORDS
        .iter()
        .map(|(word, activity)| boxes("does", word, activity.name(locale), query.does.contains(activity)))
        .collect_view();
    let needs = Need::WORDS
        .iter()
        .map(|(word, need)| boxes("needs", word, need.name(locale), query.needs.contains(need)))
        .collect_view();
    let state = query::encode(query.pairs());
    view! {
        <Page
            locale
            state
            title=match_title(locale)
            description=match_description(locale)
            take=if matches.is_some() { ExportLinks::Rows } else { ExportLinks::Nothing }
            crumbs=vec![(locale.pick("Programmes", "政策").to_owned(), format!("/{locale}/programs"))]
        >
            <form class="match-form" method="get" action=format!("/{locale}/programs/match")>
                <PlaceChoice locale places/>
                <fieldset class="boxes">
                    <legend>{locale.pick("What does it do?", "从事什么业务？")}</legend>
                    {does}
                </fieldset>
                <fieldset class="boxes">
                    <legend>{locale.pick("What does it need?", "需要什么支持？")}</legend>
                    {needs}
                </fieldset>
                <KeepState/>
                <p class="series-form-end">
                    <button type="submit">{locale.pick("Find programmes", "查找政策")}</button>
                    <a href=location::keep_state(format!("/{locale}/programs/match"))>{locale.pick("Reset", "重置")}</a>
                </p>
            </form>
            {matches.map(|matches| view! { <Found locale query matches/> })}
        </Page>
    }
}

#[component]
fn PlaceChoice(locale: Locale, places: Vec<PlaceBox>) -> impl IntoView {
    let options = places
        .into_iter()
        .map(|place| {
            // An option contains plain text only: non-collapsing spaces show the hierarchy of places.
            let indent = "\u{2003}".repeat(place.depth.into());
            let name = format!("{indent}{}", place.named.name(locale));
            view! { <option value=place.named.id selected=place.chosen>{name}</option> }
        })
        .collect_view();
    view! {
        <p class="match-place">
            <label for="place">{locale.pick("Where is the firm?", "企业在哪里？")}</label>
            <select id="place" name="place">
                <option value="">{locale.pick("anywhere", "不限")}</option>
                {options}
            </select>
        </p>
    }
}

#[component]
fn Found(locale: Locale, query: MatchQuery, matches: Matches) -> impl IntoView {
    let Matches { fit, might, fits, mights, elsewhere, over, other_support, other_activities, next } =
        matches;
    let next = next.map(|id| MatchQuery { after: Some(id), ..query.clone() }.href(locale));
    let first = query.after.is_some().then(|| MatchQuery { after: None, ..query }.href(locale));
    let (none_fits, none_might) = (fits == 0, mights == 0);
    let (fits, mights) = (grouped(fits.into()), grouped(mights.into()));
    view! {
        <section class="taken" id="fit">
            <h2>{locale.pick(format!("These fit: {fits}"), format!("符合：{fits}项"))}</h2>
            <p class="result">
                {locale
                    .pick(
                        "The row answers every question you asked with a yes.",
                        "对您的每个问题，记录均给出肯定回答。",
                    )}
            </p>
            <MatchList locale list=fit none=none_fits/>
        </section>
        <section class="taken" id="might">
            <h2>{locale.pick(format!("These might: {mights}"), format!("可能符合：{mights}项"))}</h2>
            <p class="result">
                {locale
                    .pick(
                        "The row leaves at least one question open; the reasons say which.",
                        "至少有一个问题记录未作回答，理由中已注明。",
                    )}
            </p>
            <MatchList locale list=might none=none_might/>
        </section>
        <Pager locale first next/>
        <p class="result">
            {locale
                .pick(
                    format!(
                        "Left out: {elsewhere} that apply elsewhere, {over} that are over, {other_support} that give another kind of \
                         support, {other_activities} that are for firms that do something else. Packages stand as their measures.",
                    ),
                    format!("未列出：{elsewhere}项适用于他处，{over}项已失效，{other_support}项为其他类型的支持，{other_activities}项面向其他业务。政策包按所含措施列出。"),
                )}
        </p>
    }
}

#[component]
fn MatchList(locale: Locale, list: Vec<Match>, none: bool) -> impl IntoView {
    if list.is_empty() {
        let text = match none {
            true => locale.pick("None.", "无。"),
            false => locale.pick("They stand on another page.", "见其他页。"),
        };
        return Either::Left(view! { <p class="empty">{text}</p> });
    }
    let items = list
        .into_iter()
        .map(|found| {
            let offer = offer(&found.program, locale);
            let reasons = found
                .reasons
                .into_iter()
                .map(|reason| {
                    let (class, mark) = if reason.says_so {
                        ("yes", locale.pick("Yes", "是"))
                    } else {
                        ("open", locale.pick("Open", "未明"))
                    };
                    view! { <li class=class><b>{mark}</b> " " {reason.text}</li> }
                })
                .collect_view();
            view! {
                <li class="entry">
                    <h3 class="entry-name"><Linked locale room="programs" of=found.program.named/></h3>
                    <p class="entry-meta">
                        <Name locale of=found.program.jurisdiction/>
                        " · "
                        {found.program.instrument.name(locale)}
                        {offer.map(|offer| format!(" · {offer}"))}
                    </p>
                    <ul class="match-reasons">{reasons}</ul>
                </li>
            }
        })
        .collect_view();
    Either::Right(view! { <ol class="entries">{items}</ol> })
}
