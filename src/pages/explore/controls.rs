//! Controls of the explore page as one plain form. It works without script; with script the page follows each change.

use leptos::prelude::*;

use crate::{
    components::location,
    domain::explore::{
        formula,
        query::{Axis, ChartKind, Every, ExploreQuery, How, Mark, Measure, Panels},
    },
    loaders::explore::view::{ExploreOptions, SeriesView},
    text::{
        Locale, Period,
        currency::Currency,
        query::{AS_OF, KNOWN_ON},
    },
};

/// Returns the words of a vocabulary as options; the first one is the default.
fn words<T: Copy>(words: &[(&'static str, T)], name: impl Fn(T) -> String) -> Vec<(String, String)> {
    words.iter().map(|(word, value)| ((*word).to_owned(), name(*value))).collect()
}

/// Drop-down list.
#[component]
fn Select(
    name: &'static str,
    label: &'static str,
    /// Label of the default, if the default is none of the options.
    #[prop(optional)]
    none: Option<String>,
    options: Vec<(String, String)>,
    chosen: Option<String>,
) -> impl IntoView {
    let id = format!("c-{name}");
    let default = none.map(|text| view! { <option value="" selected=chosen.is_none()>{text}</option> });
    let has_default = default.is_some();
    let options = options
        .into_iter()
        .enumerate()
        .map(|(at, (word, text))| {
            let selected = chosen.as_ref().map_or(!has_default && at == 0, |chosen| *chosen == word);
            // The first option is the default, which the address omits.
            let value = if !has_default && at == 0 { String::new() } else { word };
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <p class="explore-control">
            <label for=id.clone()>{label}</label>
            <select id=id.clone() name=name>
                {default} {options}
            </select>
        </p>
    }
}

/// Returns the word of a choice; the default has none.
fn chosen_word(word: Option<&'static str>) -> Option<String> {
    word.map(str::to_owned)
}

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

/// The period whose estimates a chart of vintages draws.
#[component]
fn EstimatedPeriod(locale: Locale, query: ExploreQuery, options: ExploreOptions) -> impl IntoView {
    let estimates = options.estimate_counts.into_iter().map(|(code, label, count)| {
        (code, locale.pick(format!("{label} ({count} publications)"), format!("{label}（{count}次发布）")))
    });
    view! {
        <Select name="of" label=locale.pick("Estimates of", "所估时段") none=locale.pick("Most often estimated", "估算最多的时段").to_owned() options=estimates.collect() chosen=query.of.map(Period::code)/>
    }
}

/// What is made of the published values: period length, currency, measure, base and formula.
#[component]
fn ValueControls(locale: Locale, query: ExploreQuery, options: ExploreOptions) -> impl IntoView {
    let how = (query.every.is_some() && options.stocks).then(|| {
        view! {
            <Select name="how" label=locale.pick("What is not summed", "不可加总的数值") none=locale.pick("Left out", "不列出").to_owned() options=words(How::WORDS, |one| one.name(locale).to_owned()) chosen=chosen_word(query.how.map(How::word))/>
        }
    });
    let currency = options.money.then(|| {
        view! { <CurrencyControl locale chosen=query.currency offered={options.rates || query.currency.is_some()}/> }
    });
    let base = matches!(query.measure(), Measure::Index | Measure::AnnualRate)
        .then(|| view! { <BasePeriod locale query=query.clone() options/> });
    let formula = (query.series.len() > 1).then(|| view! { <FormulaField locale query=query.clone()/> });
    view! {
        <Select name="every" label=locale.pick("Periods", "时段长度") none=locale.pick("Most common", "最常见的一种").to_owned() options=words(Every::WORDS, |one| one.name(locale).to_owned()) chosen=chosen_word(query.every.map(Every::word))/>
        {how}
        {currency}
        <Select name="units" label=locale.pick("Values", "数值") options=words(Measure::WORDS, |one| one.name(locale).to_owned()) chosen=chosen_word(query.measure.map(Measure::word))/>
        {base}
        {formula}
    }
}

/// Currency to convert to, or why there is none.
#[component]
fn CurrencyControl(
    locale: Locale,
    chosen: Option<Currency>,
    /// Whether any value can be converted.
    offered: bool,
) -> impl IntoView {
    if offered {
        return view! {
            <Select name="currency" label=locale.pick("Currency", "币种") none=locale.pick("As published", "原币种").to_owned() options=words(Currency::WORDS, |one| one.name(locale).to_owned()) chosen=chosen_word(chosen.map(Currency::word))/>
        }
        .into_any();
    }
    view! {
        <p class="explore-control under">
            {locale
                .pick(
                    "No currency can be chosen: for none of these periods an exchange rate is published.",
                    "不能换算币种：这些时段均无已公布的汇率。",
                )}
        </p>
    }
    .into_any()
}

/// Base period of an index or of a compound rate.
#[component]
fn BasePeriod(locale: Locale, query: ExploreQuery, options: ExploreOptions) -> impl IntoView {
    let periods = options.periods;
    let none = match (&options.base, query.measure()) {
        (Some(code), Measure::Index) => {
            let label = periods.iter().find(|(known, _)| known == code).map_or(code, |(_, label)| label);
            locale.pick(format!("First they share: {label}"), format!("首个共有时段：{label}"))
        }
        _ => locale.pick("Each from the one before", "逐期计算").to_owned(),
    };
    view! {
        <Select name="base" label=locale.pick("Base period", "基期") none options=periods chosen=query.base.map(Period::code)/>
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

/// Text field for a formula over the chosen series, with suggestions.
#[component]
fn FormulaField(locale: Locale, query: ExploreQuery) -> impl IntoView {
    let letters = query.series.len().min(formula::MAX_SERIES);
    let last = formula::letter(letters - 1).map(String::from).unwrap_or_default();
    let examples = [(2, "a/b"), (2, "a/b*100"), (2, "a-b"), (2, "a+b"), (3, "(a+b)/c")];
    let examples = examples
        .into_iter()
        .filter(|(series, _)| *series <= letters)
        .map(|(_, formula)| view! { <option value=formula></option> })
        .collect_view();
    view! {
        <p class="explore-control">
            <label for="c-formula">
                {locale.pick(format!("Formula of a to {last}"), format!("算式（a至{last}）"))}
            </label>
            <input
                type="text"
                id="c-formula"
                name="formula"
                list="c-formulas"
                value=query.formula.map(|formula| formula.to_string())
                maxlength=formula::MAX_LENGTH
                placeholder="a/b"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            />
            <datalist id="c-formulas">{examples}</datalist>
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

/// Selected series, each with its actions.
#[component]
pub fn Chosen(locale: Locale, query: ExploreQuery, series: Vec<SeriesView>) -> impl IntoView {
    let several = series.len() > 1;
    let lettered = several && query.kind() != ChartKind::Vintages;
    let items = series
        .into_iter()
        .enumerate()
        .map(|(at, one)| {
            let focused = query.focus == Some(one.slot);
            let focus = query.with(|query| query.focus = (!focused).then_some(one.slot));
            let act = |query: ExploreQuery,
                       class: &'static str,
                       sign: &'static str,
                       label: String,
                       pressed: Option<bool>| {
                view! {
                    <a
                        class=format!("explore-act {class}")
                        id=format!("act-{class}-{}", one.slot)
                        href=location::keep_state(query.href(locale))
                        rel="nofollow"
                        aria-label=format!("{label}: {}", one.name)
                        title=label
                        aria-current=pressed.filter(|pressed| *pressed).map(|_| "true")
                    >
                        {sign}
                    </a>
                }
            };
            let earlier = (at > 0).then(|| {
                act(query.with_earlier(at), "earlier", "↑", locale.pick("Move up", "上移").to_owned(), None)
            });
            let stand_out = several.then(|| {
                let label = match focused {
                    true => locale.pick("All alike", "取消突出"),
                    false => locale.pick("Let it stand out", "突出显示"),
                };
                act(focus, "focus", "◉", label.to_owned(), Some(focused))
            });
            let remove = act(
                query.without_series(one.slot),
                "remove",
                "×",
                locale.pick("Remove", "移除").to_owned(),
                None,
            );
            view! {
                <li class="explore-chip" class:explore-chip-focus=focused>
                    <span class=format!("swatch series-{}", one.slot % 6 + 1) aria-hidden="true"></span>
                    {one.letter.filter(|_| lettered).map(|letter| view! { <b>{letter.to_string()}</b> })}
                    <a class="explore-chip-name" href=one.page.clone()>{one.name.clone()}</a>
                    <span class="explore-acts">{earlier} {stand_out} {remove}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="explore-chips" aria-label=locale.pick("Series on the chart", "图中序列")>{items}</ul> }
}
