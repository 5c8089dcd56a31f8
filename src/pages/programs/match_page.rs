//! `/programs/match`: a form about a firm in three steps, and every programme by how it matches.

use crate::{
    components::{
        async_page::{loaded, set_status},
        downloads::ExportLinks,
        list::KeepState,
        location,
        page::Page,
    },
    domain::programs::{
        matching::{
            MatchQuery, Need,
            query::{AMOUNT, BASES},
        },
        model::{Activity, RateBase},
    },
    error::{AppError, QueryError},
    loaders::programs::{
        data::PlaceBox,
        matching::{self, MatchPage},
        titles::{match_description, match_title},
    },
    text::{Locale, query},
};
use leptos::prelude::*;

use super::match_results::Results;

#[component]
pub fn Fit() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let (asked, refused) = asked(&search);
    let page = async move { matching::matched(locale, asked?).await };
    loaded(locale, page, move |page: MatchPage| view! { <FitPage locale page refused/> })
}

/// Parses a query string. An amount that cannot be read is set aside, so that the form keeps the other answers beside the error.
fn asked(search: &str) -> (Result<MatchQuery, QueryError>, Option<QueryError>) {
    match MatchQuery::parse(search) {
        Err(error) if error.parameter == AMOUNT => {
            (MatchQuery::parse(&query::without(search, AMOUNT)), Some(error))
        }
        asked => (asked, None),
    }
}

#[component]
fn FitPage(locale: Locale, page: MatchPage, refused: Option<QueryError>) -> impl IntoView {
    let MatchPage { query, day, places, counts, lists } = page;
    let state = query::encode(query.pairs());
    let shown = refused.is_none() && !counts.is_empty();
    let refused = refused.map(|error| {
        let (typed, error) = (error.value.clone(), AppError::Query(error));
        set_status(error.status());
        (typed, error.explanation(locale))
    });
    view! {
        <Page
            locale
            state
            title=match_title(locale)
            description=match_description(locale)
            take=if shown { ExportLinks::Rows } else { ExportLinks::Nothing }
            crumbs=vec![(locale.pick("Programmes", "政策").to_owned(), format!("/{locale}/programs"))]
        >
            {refused.clone().map(|(_, problem)| view! { <Problem locale problem/> })}
            <MatchForm locale query=query.clone() places refused/>
            {shown.then(|| view! { <Results locale query day counts lists/> })}
        </Page>
    }
}

/// Summary of what is wrong with the form, with a link to the field.
#[component]
fn Problem(locale: Locale, problem: String) -> impl IntoView {
    view! {
        <div class="problem" role="alert">
            <h2>{locale.pick("There is a problem", "填写有误")}</h2>
            <p class="links"><a href="#amount">{problem}</a></p>
        </div>
    }
}

#[component]
fn MatchForm(
    locale: Locale,
    query: MatchQuery,
    places: Vec<PlaceBox>,
    /// The amount as typed, and why it is refused.
    refused: Option<(String, String)>,
) -> impl IntoView {
    let does = Activity::WORDS.iter().map(|(word, activity)| {
        view! { <Tick name="does" word label=activity.name(locale) chosen=query.does.contains(activity)/> }
    });
    let needs = Need::WORDS.iter().map(|(word, need)| {
        view! { <Tick name="needs" word label=need.name(locale) chosen=query.needs.contains(need)/> }
    });
    view! {
        <form class="match-form" method="get" action=format!("/{locale}/programs/match")>
            <div class="match-step">
                <StepHeading number=1 text=locale.pick("The firm", "企业")/>
                <PlaceChoice locale places/>
                <fieldset class="boxes">
                    <legend>{locale.pick("What does it do?", "从事什么业务？")}</legend>
                    {does.collect_view()}
                </fieldset>
            </div>
            <div class="match-step">
                <StepHeading number=2 text=locale.pick("Its needs", "需求")/>
                <fieldset class="boxes">
                    <legend>{locale.pick("What does it need?", "需要什么支持？")}</legend>
                    {needs.collect_view()}
                </fieldset>
            </div>
            <div class="match-step">
                <StepHeading number=3 text=locale.pick("An amount", "金额")/>
                <AmountFields locale amount=query.amount.map(|amount| amount.to_string()) base=query.base refused/>
            </div>
            <KeepState/>
            <p class="series-form-end">
                <button type="submit">{locale.pick("Find programmes", "查找政策")}</button>
                <a href=location::keep_state(format!("/{locale}/programs/match"))>{locale.pick("Reset", "重置")}</a>
            </p>
        </form>
    }
}

#[component]
fn StepHeading(number: u8, text: &'static str) -> impl IntoView {
    view! { <h2><span class="match-number">{number}</span> " " {text}</h2> }
}

#[component]
fn Tick(name: &'static str, word: &'static str, label: &'static str, chosen: bool) -> impl IntoView {
    view! {
        <label class="box">
            <input type="checkbox" name=name value=word checked=chosen/>
            <span>{label}</span>
        </label>
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
        <p class="match-field">
            <label for="place">{locale.pick("Where is the firm?", "企业在哪里？")}</label>
            <select id="place" name="place">
                <option value="">{locale.pick("anywhere", "不限")}</option>
                {options}
            </select>
        </p>
    }
}

#[component]
fn AmountFields(
    locale: Locale,
    amount: Option<String>,
    base: RateBase,
    refused: Option<(String, String)>,
) -> impl IntoView {
    let (typed, problem) = refused.unzip();
    let (invalid, described) = match problem {
        Some(_) => (Some("true"), "amount-hint amount-problem"),
        None => (None, "amount-hint"),
    };
    let hint = locale.pick(
        "Optional. Programmes that pay a share of it then show the most they pay. In digits, such as 1500000 or 1,500,000.50",
        "选填。按比例支持的政策将据此显示最高支持金额。以元为单位，用数字填写，如1500000或1,500,000.50",
    );
    let options = BASES.map(|(word, known)| {
        view! { <option value=word selected=known == base>{base_name(known, locale)}</option> }
    });
    view! {
        <div class="match-field" class:match-wrong=invalid.is_some()>
            <label for="amount">{locale.pick("Amount in yuan (CNY)", "金额（元）")}</label>
            <p class="under" id="amount-hint">{hint}</p>
            {problem.map(|problem| view! { <p class="match-problem" id="amount-problem">{problem}</p> })}
            <input
                type="text"
                id="amount"
                name=AMOUNT
                inputmode="decimal"
                autocomplete="off"
                value=typed.or(amount)
                aria-describedby=described
                aria-invalid=invalid
            />
        </div>
        <p class="match-field">
            <label for="base">{locale.pick("What is this amount?", "这笔金额是什么？")}</label>
            <select id="base" name="base">{options}</select>
        </p>
    }
}

fn base_name(base: RateBase, locale: Locale) -> &'static str {
    match base {
        RateBase::Cost => locale.pick("cost: what the firm spends", "费用：企业的支出"),
        RateBase::Income => locale.pick("income: what the firm earns", "收入：企业的所得"),
        RateBase::Investment => locale.pick("investment in a project", "投资：对项目的投入"),
        RateBase::Rent => locale.pick("rent: what it pays for premises", "租金：为场地支付的租金"),
        RateBase::Interest | RateBase::Other => base.name(locale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_wrong_amount_leaves_the_other_answers() {
        let (kept, refused) = asked("place=shanghai&needs=works&amount=1e6&base=income");
        assert_eq!(kept, MatchQuery::parse("place=shanghai&needs=works&base=income"));
        assert_eq!(refused.map(|error| error.value), Some("1e6".to_owned()));
        let (refused, none) = asked("needs=luck&amount=1e6");
        assert!(refused.is_err() && none.is_none());
        let (kept, none) = asked("amount=5");
        assert!(kept.is_ok() && none.is_none());
    }
}
