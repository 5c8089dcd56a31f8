//! Particulars of a programme: its terms, dates, names and sources.

use leptos::prelude::*;

use crate::{
    components::{
        feeds::FollowEntry,
        inline::{Date, Linked},
        location,
    },
    domain::{
        programs::model::Program,
        sources::model::{Mentioned, SourceRef},
    },
    loaders::programs::data::ProgramPage,
    pages::sources::cited::{Cited, Note},
    text::{Locale, Named, PartialDate, Unit},
};

#[component]
pub fn Particulars(locale: Locale, page: ProgramPage) -> impl IntoView {
    let ProgramPage { program, predecessors, successors, official, cited, .. } = page;
    let id = program.named.id.clone();
    let calendar = format!("/{locale}/programs/{id}/dates.ics");
    let reminding = format!("{calendar}?alarm=7");
    view! {
        <dl class="particulars">
            <Terms locale program=program.clone() cited/>
            <Issuer locale program=program.clone()/>
            <Dates locale program=program.clone()/>
            <Lineage locale id=id.clone() predecessors successors/>
            <OtherName locale program=program.clone()/>
            <OfficialText locale official/>
            <dt>{locale.pick("Source", "来源")}</dt>
            <dd><Cited locale source=program.source/></dd>
            <FollowEntry locale>
                <a href=calendar>{locale.pick("Calendar (iCal)", "日历（iCal）")}</a>
                " · "
                <a href=reminding>{locale.pick("with reminders a week ahead", "提前一周提醒")}</a>
            </FollowEntry>
            <dt>{locale.pick("Id", "编号")}</dt>
            <dd><code>{id}</code></dd>
        </dl>
    }
}

fn unknown(locale: Locale) -> &'static str {
    locale.pick("Not known", "不详")
}

/// What it pays, and who may apply.
#[component]
fn Terms(locale: Locale, program: Program, cited: Mentioned) -> impl IntoView {
    let wording = program.amount_note.get(locale).map(str::to_owned);
    let yearly =
        program.max_per_year_cny.map(|yearly| Unit::Money("CNY".into()).amount(yearly, locale).to_string());
    let eligibility = program.eligibility.get(locale).unwrap_or(unknown(locale)).to_owned();
    let activities: Vec<&str> = program.activities.iter().map(|activity| activity.name(locale)).collect();
    let activities = activities.join(locale.pick(", or ", "；"));
    view! {
        {wording
            .map(|text| {
                view! {
                    <dt>{locale.pick("Amount, in the source’s terms", "金额，来源表述")}</dt>
                    <dd><Note locale text sources=cited/></dd>
                }
            })}
        {yearly
            .map(|yearly| {
                view! {
                    <dt>{locale.pick("Most per firm and year", "每家企业每年上限")}</dt>
                    <dd>{yearly}</dd>
                }
            })}
        <dt>{locale.pick("Who may apply", "申请对象")}</dt>
        <dd>
            {eligibility}
            {(!activities.is_empty())
                .then(|| {
                    let text = locale.pick(format!("For a firm that {activities}."), format!("面向：{activities}。"));
                    view! { <span class="under">{text}</span> }
                })}
        </dd>
        {program
            .scope
            .map(|scope| {
                view! {
                    <dt>{locale.pick("Scope", "范围")}</dt>
                    <dd>{scope.name(locale)}</dd>
                }
            })}
        <dt>{locale.pick("Instrument", "工具")}</dt>
        <dd>
            <a href=format!(
                "/{locale}/programs?instrument={}",
                program.instrument.word(),
            )>{program.instrument.name(locale)}</a>
        </dd>
    }
}

/// Where it holds and who issued it.
#[component]
fn Issuer(locale: Locale, program: Program) -> impl IntoView {
    let agencies: Vec<&str> = program.agency.get(locale).unwrap_or(unknown(locale)).split("; ").collect();
    let agencies = agencies.join(locale.pick("; ", "；"));
    view! {
        <dt>{locale.pick("Place", "地区")}</dt>
        <dd>
            <Linked locale room="places" of=program.jurisdiction/>
            " · "
            {program.level.name(locale)}
        </dd>
        <dt>{locale.pick("Agency", "部门")}</dt>
        <dd>{agencies}</dd>
        {program
            .doc_number
            .map(|number| {
                view! {
                    <dt>{locale.pick("Document number", "文号")}</dt>
                    <dd lang="zh-Hans">{number}</dd>
                }
            })}
    }
}

#[component]
fn Dates(locale: Locale, program: Program) -> impl IntoView {
    let date_or = |date: Option<PartialDate>| match date {
        Some(date) => view! { <Date locale of=date/> }.into_any(),
        None => view! { <span>{unknown(locale)}</span> }.into_any(),
    };
    view! {
        <dt>{locale.pick("Announced", "公布")}</dt>
        <dd>{date_or(program.announced_on)}</dd>
        <dt>{locale.pick("In force from", "生效")}</dt>
        <dd>{date_or(program.effective_from)}</dd>
        <dt>{locale.pick("In force to", "有效期至")}</dt>
        <dd>{date_or(program.effective_to)}</dd>
        {(program.applications_open.is_some() || program.applications_close.is_some())
            .then(|| {
                view! {
                    <dt>{locale.pick("Applications", "申报时间")}</dt>
                    <dd>
                        {date_or(program.applications_open)}
                        " – "
                        {date_or(program.applications_close)}
                    </dd>
                }
            })}
    }
}

/// The notices that it replaces, and those that replace it, with what changed between them.
#[component]
fn Lineage(locale: Locale, id: String, predecessors: Vec<Named>, successors: Vec<Named>) -> impl IntoView {
    let changes = move |id: &str| location::keep_state(format!("/{locale}/programs/{id}/changes"));
    let earlier = (!predecessors.is_empty()).then(|| {
        let items = predecessors
            .into_iter()
            .map(|of| view! { <li><Linked locale room="programs" of/></li> })
            .collect_view();
        view! {
            <dt>{locale.pick("Replaces", "取代或延续")}</dt>
            <dd>
                <ul class="plain">{items}</ul>
                <a href=changes(&id)>{locale.pick("What changed", "查看变化")}</a>
            </dd>
        }
    });
    let later = (!successors.is_empty()).then(|| {
        let items = successors
            .into_iter()
            .map(|of| {
                let changes = changes(&of.id);
                view! {
                    <li>
                        <Linked locale room="programs" of/>
                        " · "
                        <a href=changes>{locale.pick("what changed", "查看变化")}</a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <dt>{locale.pick("Replaced by", "后续政策")}</dt>
            <dd><ul class="plain">{items}</ul></dd>
        }
    });
    view! { {earlier} {later} }
}

/// The name in the other language, and which of the two is official.
#[component]
fn OtherName(locale: Locale, program: Program) -> impl IntoView {
    let other = locale.other();
    let kind = match (locale, program.official_name) {
        (Locale::En, true) => "Chinese name, as published",
        (Locale::En, false) => "Chinese name, translated for this site",
        (Locale::Zh, _) => "英文名称（本站译名）",
    };
    let own_name_note = match (locale, program.official_name) {
        (Locale::En, _) => None,
        (Locale::Zh, true) => Some("名称为公布的正式名称。"),
        (Locale::Zh, false) => Some("名称由本站拟定，并非正式名称。"),
    };
    view! {
        <dt>{kind}</dt>
        <dd>
            <span lang=other.tag()>{program.named.name(other).to_owned()}</span>
            {own_name_note.map(|note| view! { <span class="under">{note}</span> })}
        </dd>
    }
}

#[component]
fn OfficialText(locale: Locale, official: Option<SourceRef>) -> impl IntoView {
    let text = match official {
        Some(source) => {
            view! {
                <a href=source.url.clone() rel="external">{locale.pick("Read it at the publisher", "在发布方网站阅读")}</a>
                <span class="under">{source.publisher(locale).to_owned()}</span>
            }
            .into_any()
        }
        None => locale.pick("No official text is known.", "暂未查到官方原文。").into_any(),
    };
    view! {
        <dt>{locale.pick("Official text", "官方原文")}</dt>
        <dd>{text}</dd>
    }
}
