//! Controls of the explore page as one plain form. It works without script; with script the page follows each change.

use leptos::prelude::*;

use super::{
    select::{Select, chosen_word, words},
    value_controls::{EstimatedPeriod, ValueControls},
};

use crate::{
    components::location,
    domain::explore::query::{Axis, ChartKind, ExploreQuery, Mark, Panels},
    loaders::explore::view::ExploreOptions,
    text::{
        Locale, Period,
        query::{AS_OF, KNOWN_ON},
    },
};

/// Form with all controls.
#[component]
pub fn Controls(
    locale: Locale,
    query: ExploreQuery,
    options: ExploreOptions,
    /// Canonical address of this state.
    address: String,
    /// Names to suggest in the search field.
    suggestions: Vec<String>,
) -> impl IntoView {
    let kind = query.kind();
    let series = query
        .pairs()
        .into_iter()
        .filter(|(name, _)| matches!(*name, "series" | "focus"))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let of_estimates = match kind {
        ChartKind::Vintages => {
            view! { <EstimatedPeriod locale query=query.clone() options=options.clone()/> }.into_any()
        }
        _ => view! { <ValueControls locale query=query.clone() options=options.clone()/> }.into_any(),
    };
    let own_axes = (kind == ChartKind::Panels).then(|| {
        view! {
            <Select name="panels" label=locale.pick("Panels", "分面") options=words(Panels::WORDS, |one| one.name(locale).to_owned()) chosen=chosen_word(query.panels.map(Panels::word))/>
        }
    });
    let range = (kind != ChartKind::Vintages)
        .then(|| view! { <TimeRange locale query=query.clone() periods=options.periods.clone()/> });
    let path = format!("/{locale}/explore");
    let beginning = location::keep_state(path.clone());
    let over = location::keep_state(
        ExploreQuery { series: query.series.clone(), ..Default::default() }.href(locale),
    );
    view! {
        <form class="explore-form" data-address=address method="get" action=path aria-label=locale.pick("The chart", "图表设置")>
            {series}
            <Finder locale query=query.clone() value=query.find.clone() suggestions/>
            <Select name="kind" label=locale.pick("Chart", "图表") options=words(ChartKind::WORDS, |one| one.name(locale).to_owned()) chosen=chosen_word(query.kind.map(ChartKind::word))/>
            {of_estimates}
            <Select name="axis" label=locale.pick("Value axis", "纵轴") options=words(Axis::WORDS, |one| one.name(locale).to_owned()) chosen=chosen_word(query.axis.map(Axis::word))/>
            {own_axes}
            {range}
            <p class="explore-control">
                <label for="c-known-on">{locale.pick("As known on", "截至某日所知")}</label>
                <input type="date" id="c-known-on" name=KNOWN_ON value=location::state_of(KNOWN_ON)/>
            </p>
            <p class="explore-control">
                <label for="c-as-of">{locale.pick("Data revision", "数据版本")}</label>
                <input
                    type="text"
                    id="c-as-of"
                    name=AS_OF
                    value=location::state_of(AS_OF)
                    placeholder=as_of_hint(&options, locale)
                    autocomplete="off"
                />
            </p>
            <Marks locale query options/>
            <p class="series-form-end">
                <button type="submit">{locale.pick("Show", "显示")}</button>
                <a href=over rel="nofollow">{locale.pick("Reset", "重置")}</a>
                <a href=beginning>{locale.pick("Start over", "重新开始")}</a>
            </p>
        </form>
    }
}

/// Kinds of events and programmes to mark on the time axis.
#[component]
fn Marks(locale: Locale, query: ExploreQuery, options: ExploreOptions) -> impl IntoView {
    let marks = Mark::WORDS
        .iter()
        .map(|(word, mark)| {
            let id = format!("c-mark-{word}");
            view! {
                <label class="box" for=id.clone()>
                    <input type="checkbox" id=id.clone() name="mark" value=*word checked=query.marks.contains(mark)/>
                    <span>{mark.name(locale)}</span>
                </label>
            }
        })
        .collect_view();
    let places =
        options.places.iter().map(|place| (place.id.clone(), place.name(locale).to_owned())).collect();
    view! {
        <fieldset class="boxes">
            <legend>{locale.pick("Mark on the time axis", "在时间轴上标注")}</legend>
            {marks}
            <Select name="place" label=locale.pick("Only of", "仅限地区") none=locale.pick("All places", "全部地区").to_owned() options=places chosen=query.place/>
        </fieldset>
    }
}

/// Returns the placeholder of the revision fields: day and number of the displayed revision.
fn as_of_hint(options: &ExploreOptions, locale: Locale) -> String {
    let (number, day) = options.as_of;
    locale.pick(format!("{day} or {number}"), format!("{day}或{number}"))
}

/// Search field for series.
#[component]
pub fn Finder(
    locale: Locale,
    query: ExploreQuery,
    value: Option<String>,
    suggestions: Vec<String>,
) -> impl IntoView {
    let tree = location::keep_state(format!("{}#series", query.browsing("all").href(locale)));
    let names = suggestions.into_iter().map(|name| view! { <option value=name></option> }).collect_view();
    view! {
        <p class="explore-control finder">
            <label for="c-find">{locale.pick("Add a series", "添加序列")}</label>
            <span class="explore-finder-row">
                <input
                    type="search"
                    id="c-find"
                    name="find"
                    value=value
                    maxlength="100"
                    autocomplete="off"
                    list="c-names"
                    placeholder=locale.pick("revenue dataeye", "收入、用户")
                />
                <button type="submit">{locale.pick("Find", "查找")}</button>
            </span>
            <datalist id="c-names">{names}</datalist>
            <a href=tree rel="nofollow">{locale.pick("Browse all series", "浏览全部序列")}</a>
        </p>
    }
}

/// Time range: typed, chosen by links, or with script set by two sliders that also respond to arrow keys.
#[component]
fn TimeRange(locale: Locale, query: ExploreQuery, periods: Vec<(String, String)>) -> impl IntoView {
    if periods.len() < 2 {
        return ().into_any();
    }
    let codes: Vec<&str> = periods.iter().map(|(code, _)| code.as_str()).collect();
    let last = codes.len() - 1;
    let place = |period: Option<Period>, otherwise: usize| {
        let code = period.map(Period::code);
        code.and_then(|code| codes.iter().position(|known| *known == code)).unwrap_or(otherwise)
    };
    let field = |name: &'static str, label: &'static str, value: Option<Period>, otherwise: usize| {
        let at = place(value, otherwise);
        let said = periods[at].1.clone();
        view! {
            <span class="explore-range-end">
                <label for=format!("c-{name}")>{label}</label>
                <input type="text" id=format!("c-{name}") name=name value=value.map(Period::code) placeholder=codes[otherwise].to_owned() list="c-periods" autocomplete="off"/>
                <input
                    type="range"
                    class="explore-by-script"
                    id=format!("c-slide-{name}")
                    data-for=format!("c-{name}")
                    data-rest=otherwise.to_string()
                    min="0"
                    max=last.to_string()
                    value=at.to_string()
                    aria-label=label
                    aria-valuetext=said
                />
            </span>
        }
    };
    let from = field("start", locale.pick("From", "起"), query.start, 0);
    let to = field("end", locale.pick("To", "止"), query.end, last);
    let known = periods
        .iter()
        .map(|(code, label)| view! { <option value=code.clone()>{label.clone()}</option> })
        .collect_view();
    let quick = {
        use chrono::Datelike;
        let year = |index: usize| Period::from_code(codes[index]).map(|period| period.start.year());
        let span = year(0).zip(year(last)).map(|(first, last)| (first, last, last - 2));
        let all = query.with(|query| (query.start, query.end) = (None, None)).href(locale);
        let three = span.filter(|(first, _, since)| first < since).and_then(|(_, _, since)| {
            let since = Period::from_code(&since.to_string())?;
            Some(query.with(|query| (query.start, query.end) = (Some(since), None)).href(locale))
        });
        view! {
            <span class="under">
                <a href=location::keep_state(all) rel="nofollow">{locale.pick("All", "全部")}</a>
                {three
                    .map(|href| {
                        view! { " · " <a href=location::keep_state(href) rel="nofollow">{locale.pick("Last three years", "最近三年")}</a> }
                    })}
            </span>
        }
    };
    view! {
        <fieldset class="explore-control explore-range" data-codes=codes.join(" ")>
            <legend>{locale.pick("Time", "时间")}</legend>
            {from} {to} {quick}
            <span class="under explore-by-script">{locale.pick("Or drag across the chart.", "也可在图上拖动选取。")}</span>
            <datalist id="c-periods">{known}</datalist>
        </fieldset>
    }
    .into_any()
}
