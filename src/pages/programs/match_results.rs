//! Results of `/programs/match`: counts and a table for each group, with the answer to every condition.

use crate::{
    components::{
        inline::{Date, Linked, Name},
        list::Pager,
        location,
    },
    domain::programs::{
        matching::{
            Answer, Condition, Match, MatchGroup, MatchQuery,
            reasons::Question,
            worked::{Worked, terms},
        },
        model::Program,
    },
    loaders::programs::matching::MatchList,
    text::{
        Locale, PartialDate, date,
        number::{grouped, unbroken},
    },
};
use chrono::NaiveDate;
use leptos::{either::Either, prelude::*};

use super::table::{StandingTag, offer};

#[component]
pub fn Results(
    locale: Locale,
    query: MatchQuery,
    day: NaiveDate,
    counts: Vec<(MatchGroup, usize)>,
    lists: Vec<MatchList>,
) -> impl IntoView {
    let count = |group| counts.iter().find(|(known, _)| *known == group).map_or(0, |(_, count)| *count);
    let groups = lists
        .into_iter()
        .map(|list| view! { <GroupOf locale query=query.clone() count=count(list.group) list/> })
        .collect_view();
    let amount = query.amount.is_some();
    view! {
        <Counts locale query=query.clone() counts=counts.clone()/>
        <ReadingHelp locale day amount/>
        {groups}
    }
}

/// Number of programmes in each group, linked to its list.
#[component]
fn Counts(locale: Locale, query: MatchQuery, counts: Vec<(MatchGroup, usize)>) -> impl IntoView {
    let items = counts
        .into_iter()
        .map(|(group, count)| {
            let word = group.word();
            // On a page of one group the other groups are on the page of all.
            let href = match query.group {
                Some(only) if only != group => location::keep_state(query.of_all().href(locale)) + "#" + word,
                _ => format!("#{word}"),
            };
            view! { <li><a href=href><b>{grouped(count.into())}</b> <span>{group.name(locale)}</span></a></li> }
        })
        .collect_view();
    view! { <ul class="match-counts" aria-label=locale.pick("Results", "结果")>{items}</ul> }
}

/// What the results rest on, and what they leave out.
#[component]
fn ReadingHelp(locale: Locale, day: NaiveDate, amount: bool) -> impl IntoView {
    let day = date::day(day, locale);
    let basis = locale.pick(
        format!(
            "Status as of {day}. Packages are listed as their measures; regulations offer nothing and are left out. The data does not record the size of firms: read who may apply."
        ),
        format!("状态截至{day}。政策包按所含措施列出；监管规定不提供支持，未列入。数据未收录企业规模，请阅读申请对象。"),
    );
    let worked = amount.then(|| {
        locale.pick(
            "A worked amount is the most that the rate and the caps allow, not what an agency will pay: rates are the upper end of what is \
             stated. Nothing is rounded, except down to the fen where stated.",
            "测算金额为比例和上限所允许的最高金额，并非主管部门实际支付的金额：比例取所载上限。除注明舍去不足一分的部分外，未作舍入。",
        )
    });
    view! {
        <p class="result">{basis}</p>
        {worked.map(|worked| view! { <p class="result">{worked}</p> })}
    }
}

#[component]
fn GroupOf(locale: Locale, query: MatchQuery, count: usize, list: MatchList) -> impl IntoView {
    let MatchList { group, matches, next } = list;
    let heading = format!("{}{}{}", group.name(locale), locale.pick(": ", "："), grouped(count.into()));
    let is_page = query.group.is_some();
    let next = next.map(|id| query.of_group(group, Some(id)).href(locale));
    let first = query.after.is_some().then(|| query.of_group(group, None).href(locale));
    let all = is_page.then(|| {
        let href = location::keep_state(query.of_all().href(locale));
        view! { <p class="links"><a href=href>{locale.pick("All results", "全部结果")}</a></p> }
    });
    let list = view! {
        <p class="result">{group.explained(locale)}</p>
        <MatchTable locale matches group/>
        <Pager locale first next/>
        {all}
    };
    // What does not fit and what has ended can be opened.
    let is_open = is_page || matches!(group, MatchGroup::Fits | MatchGroup::Might);
    match is_open {
        true => Either::Left(view! {
            <section class="match-group" id=group.word()>
                <h2>{heading}</h2>
                {list}
            </section>
        }),
        false => Either::Right(view! {
            <section class="match-group" id=group.word()>
                <details>
                    <summary><h2>{heading}</h2></summary>
                    {list}
                </details>
            </section>
        }),
    }
}

#[component]
fn MatchTable(locale: Locale, matches: Vec<Match>, group: MatchGroup) -> impl IntoView {
    if matches.is_empty() {
        return Either::Left(view! { <p class="empty">{locale.pick("None.", "无。")}</p> });
    }
    let rows = matches.into_iter().map(|found| view! { <MatchRow locale found/> }).collect_view();
    Either::Right(view! {
        <div class="table-box" role="region" aria-label=group.name(locale) tabindex="0">
            <table class="match-table cards">
                <caption class="visually-hidden">{group.name(locale)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Programme", "政策")}</th>
                        <th scope="col">{locale.pick("Conditions", "条件")}</th>
                        <th scope="col">{locale.pick("Status", "状态")}</th>
                        <th scope="col">{locale.pick("Closes", "截止")}</th>
                        <th scope="col">{locale.pick("Amount", "金额")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    })
}

#[component]
fn MatchRow(locale: Locale, found: Match) -> impl IntoView {
    let Match { program, standing, conditions, worked, .. } = found;
    let who = program.eligibility.get(locale).map(|who| {
        let label = locale.pick("Who may apply: ", "申请对象：");
        view! { <span class="under">{label} {who.to_owned()}</span> }
    });
    let scope = program.scope.map(|scope| format!(" · {}", scope.name(locale)));
    let amount = view! { <Amount locale program=program.clone() worked/> };
    let conditions =
        conditions.into_iter().filter(is_shown).map(|condition| view! { <ConditionLine locale condition/> });
    view! {
        <tr>
            <th scope="row">
                <Linked locale room="programs" of=program.named/>
                <span class="under">
                    <Name locale of=program.jurisdiction/>
                    {format!(" · {}", program.instrument.name(locale))}
                    {scope}
                </span>
                {who}
            </th>
            <td><ul class="match-answers">{conditions.collect_view()}</ul></td>
            <td>
                <span class="on-card">{locale.pick("Status: ", "状态：")}</span>
                <StandingTag locale standing/>
            </td>
            <td>
                <span class="on-card">{locale.pick("Closes: ", "截止：")}</span>
                <Closes locale applications=program.applications_close term=program.effective_to/>
            </td>
            <td class="match-amount">
                <span class="on-card">{locale.pick("Amount: ", "金额：")}</span>
                {amount}
            </td>
        </tr>
    }
}

/// Whether a condition says more than the column with the status.
fn is_shown(condition: &Condition) -> bool {
    condition.question != Question::Open || condition.answer == Answer::NotStated
}

/// A condition, with a mark that differs in shape and the answer in words.
#[component]
fn ConditionLine(locale: Locale, condition: Condition) -> impl IntoView {
    let Condition { question, answer, reason } = condition;
    let mark = match answer {
        Answer::Met => "✓",
        Answer::NotMet => "✕",
        Answer::NotStated => "?",
    };
    let answered = locale.pick(
        format!("{} {}", question.name(locale), answer.name(locale)),
        format!("{}{}", question.name(locale), answer.name(locale)),
    );
    view! {
        <li class=answer.word()>
            <span class="mark" aria-hidden="true">{mark}</span>
            <span><b>{answered}</b> {locale.pick(": ", "：")} {reason}</span>
        </li>
    }
}

/// Last days of the application window and of the term that are known.
#[component]
fn Closes(locale: Locale, applications: Option<PartialDate>, term: Option<PartialDate>) -> impl IntoView {
    if applications.is_none() && term.is_none() {
        return Either::Left(view! { <span class="none">{locale.pick("not stated", "未说明")}</span> });
    }
    let line = |label: &'static str, date: PartialDate| view! { <span class="line">{label} " " <Date locale of=date/></span> };
    Either::Right(view! {
        {applications.map(|date| line(locale.pick("applications:", "申报："), date))}
        {term.map(|date| line(locale.pick("term:", "有效期："), date))}
    })
}

/// The worked amount with its steps, or the terms of the programme with the reason why nothing is worked out.
#[component]
fn Amount(locale: Locale, program: Program, worked: Option<Worked>) -> impl IntoView {
    let stated = || match terms(&program, locale) {
        terms if terms.is_empty() => offer(&program, locale),
        terms => Some(terms.join(locale.pick("; ", "；"))),
    };
    let (result, text, steps) = match worked {
        Some(Worked::Amount(amount)) => (Some(amount.result(locale)), None, Some(amount.formula(locale))),
        Some(worked) => (None, stated(), Some(worked.explained(locale))),
        None => (None, stated(), None),
    };
    let is_known = result.is_some() || text.is_some();
    view! {
        {result.map(|result| view! { <b>{unbroken(&result)}</b> })}
        {text.map(|text| unbroken(&text))}
        {(!is_known).then(|| view! { <span class="none">{locale.pick("not stated", "未说明")}</span> })}
        {steps.map(|steps| view! { <span class="under">{unbroken(&steps)}</span> })}
    }
}
